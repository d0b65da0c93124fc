"""What a transcript is made of: bytes that were read, a text with its parts, and who speaks."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

NOBODY = "—"
"""The form of a turn that has no speaker; on a sound or a rule it ends the turn before it."""

NOTHING: Mapping[str, Any] = {}
"""What stands in a value by default; nobody writes into it."""

BODY = frozenset({"words", "code"})
"""Kinds of part that a reader reads as the text."""


class Source(NamedTuple):
    r"""One input as it was read: the only place that knows bytes.

    `text` has `\\n` line ends and no byte order mark; `newline` and `bom` say what the file had.
    `remarks` are what reading noticed, a line each (an encoding that was guessed, say).
    """

    path: str
    text: str
    encoding: str = "utf-8"
    newline: str = "\n"
    bom: bool = False
    sha256: str = ""
    remarks: tuple[str, ...] = ()


class Part(NamedTuple):
    """A stretch of the text that is one thing.

    `kind` is one of

    - `words`: what a reader reads, never over a line end;
    - `code`: code that a reader reads, inline or fenced;
    - `label`: a speaker's label with its colon (only after `casting.mark`); `form` names it;
    - `stamp`: a time; - `sound`: `(LAUGHTER)` with its brackets; - `note`: written talk;
    - `mark`: inline markup that a Markdown page keeps (`**`, `[`, `](https://…)`);
    - `markup`: any other markup (tags, comments, bullets, `#`, fences, shortcodes, keys of
      front matter);
    - `value`: a value of front matter; `form` is its dotted key;
    - `break`: blanks only, one line end or more; `gap`: blanks within a line.

    `block` says what stands there: `p`, `h1`-`h6`, `li`, `table`, `code`, `hr`, `quote`,
    `front`. `at` is the time in whole milliseconds at which the part starts, where known.

    In timed text the frame of a caption has the form `cue`: the stamp at which it comes, the blanks,
    numbers and settings around; the stamp at which it goes has the form `until`. Between two lines
    of one caption stands a `break` or `markup` of the form `line`, between two words that a format
    writes apart one of the form `space`. The stamp of a single word has the form `word`; words of
    the form `voice` are whom the format names as the speaker.
    """

    kind: str
    start: int
    end: int
    block: str = "p"
    at: int | None = None
    form: str | None = None


class Span(NamedTuple):
    """`length` characters at `start` of the text came from `origin` of the decoded input."""

    start: int
    length: int
    origin: int


class Format(Protocol):
    """What a format knows: where its structure is, and how a word is written in it."""

    @property
    def name(self) -> str:
        """Return the name by which `--from` and the JSON form know it."""
        ...

    def split(self, text: str) -> tuple[Part, ...]:
        """Cut the text into parts, without gap or overlap; any string has parts."""
        ...

    def plain(self, text: str) -> str:
        """Return what a reader sees of a `words` part: escapes and entities undone."""
        ...

    def quote(self, text: str) -> str:
        """Return plain text written so that this format shows it literally."""
        ...


class Document(NamedTuple):
    """An unchanging text, its parts, and the spans of the input that the text came from.

    No `spans` means that the text is the input. `ours` is true for a page that this program
    wrote: there the people that it states are the only labels.
    """

    text: str
    parts: tuple[Part, ...]
    format: Format
    spans: tuple[Span, ...] = ()
    ours: bool = False

    def words(self, part: Part) -> str:
        """Return the part as a reader sees it."""
        raw = self.text[part.start : part.end]
        return self.format.plain(raw) if part.kind in ("words", "sound", "note") else raw

    @property
    def timed(self) -> bool:
        """Say whether the document is made of captions."""
        return any(part.kind == "stamp" and part.form == "cue" for part in self.parts)

    def within(self, scope: frozenset[str]) -> Iterator[Part]:
        """Yield the parts whose kind is in `scope`."""
        return (part for part in self.parts if part.kind in scope)

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column of a place, both counted from 1."""
        lines = _lines(self.text)
        line = bisect_right(lines, offset)
        return line, offset - lines[line - 1] + 1

    def origin(self, offset: int) -> int:
        """Return where a place of the text stands in the decoded input."""
        if not self.spans:
            return offset
        span = self.spans[max(0, bisect_right(self.spans, (offset, len(self.text) + 1, 0)) - 1)]
        return span.origin + min(max(0, offset - span.start), span.length)


def line_starts(text: str) -> "array[int]":
    r"""Return the offset at which each line starts; a line ends at `\\n` and nowhere else."""
    starts = array("q", [0])
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


_lines = lru_cache(maxsize=1)(line_starts)


class Speaker(NamedTuple):
    """One who speaks: the label as it first stands, all its forms, and what is known.

    `evidence` is `given`, `declared`, `roster`, `mentioned` or `inferred`, and None where no
    name is known; `quote` are the words that say so and `quote_at` their offset in the text
    that was cast. An inferred name is a suggestion: `shown` leaves it out.
    `generic` labels (`CALLER`, `Q`) name a part in the talk, and nobody misses a name behind them.
    """

    label: str
    labels: tuple[str, ...]
    name: str | None = None
    role: str | None = None
    affiliation: str | None = None
    evidence: str | None = None
    quote: str | None = None
    quote_at: int | None = None
    generic: bool = False

    @property
    def shown(self) -> str:
        """The name where it is certain enough to stand in public, else the label."""
        return self.name if self.name and self.evidence != "inferred" else self.label


class Cast(NamedTuple):
    """Who speaks, decided once a file and then frozen.

    `forms` ties each form that a part of kind `label` may carry to a place in `speakers`; None
    is a turn that nobody is named for (`—` on our pages, an opening). `shapes` are the label
    shapes that this file uses. `rejected` are label-like strings that were refused, each with
    the reason. `opening` is who speaks before the first label, where a person has said so.
    `speech` says whether anything here looks like speech by turns or by time. `asides` are
    headings, folded, of sections that are not speech (show notes, credits).
    """

    speakers: tuple[Speaker, ...] = ()
    forms: Mapping[str, int | None] = NOTHING
    shapes: frozenset[str] = frozenset()
    rejected: tuple[tuple[str, str], ...] = ()
    opening: int | None = None
    speech: bool = False
    asides: frozenset[str] = frozenset()

    def speaker(self, form: str | None) -> Speaker | None:
        """Return whose label a form is."""
        index = self.forms.get(form) if form else None
        return None if index is None else self.speakers[index]
