"""What a transcript is made of: bytes that were read, a text with its parts, and who speaks."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, Protocol, runtime_checkable

NOBODY = "—"
"""The form of a turn that has no speaker; on a sound or a rule it ends the turn before it."""

NOTHING: Mapping[str, Any] = {}
"""What stands in a value by default; nobody writes into it."""

_UNTIMED = frozenset({"html", "markdown", "docx", "irc"})
"""Formats that have no captions, and often many parts."""

BODY = frozenset({"words", "code"})
"""Kinds of part that a reader reads as the text."""


class Source(NamedTuple):
    r"""One input as it was read: the only place that knows bytes.

    `text` has `\\n` line ends and no byte order mark; `newline` and `bom` say what the file had.
    `remarks` are what reading noticed, a line each (an encoding that was guessed, say). `form` is
    the format where the bytes say it and the text no longer does (`docx`).
    """

    path: str
    text: str
    encoding: str = "utf-8"
    newline: str = "\n"
    bom: bool = False
    sha256: str = ""
    remarks: tuple[str, ...] = ()
    form: str = ""


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
    `front`, or the id of the rule that takes away such a part of a page (`aside` is true). `form` of markup
    is `para` where it ends a paragraph, `line` where it ends a line (`<br>`). `at` is the time in whole milliseconds at which the part starts, where known.

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

    @property
    def aside(self) -> bool:
        """Say whether this stands around the text of a page: navigation, comments, what is told under other pages."""
        return "/" in self.block


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the blanks at its edges; where nothing else is in it, it is empty."""
    piece = text[start:end]
    inner = piece.strip()
    ahead = piece.find(inner)
    first = start + ahead if ahead else start  # a sum is a number of its own, and a large text has many
    return first, first + len(inner) if ahead + len(inner) < len(piece) else end


def edged(text: str, part: Part, start: int, end: int) -> Iterator[Part]:
    """Yield a part over a span, the blanks at its edges apart."""
    first, last = stripped(text, start, end)
    if first == last:
        first = last = end
    if start < first:
        yield Part("gap", start, first, part.block)
    if first < last:
        yield part._replace(start=first, end=last)
    if last < end:
        yield Part("gap", last, end, part.block)


class Span(NamedTuple):
    """`length` characters at `start` of the text stand as `size` characters at `origin` of the decoded input.

    Where the two lengths differ (an escape) only the whole is known. Spans are in the order of the
    text, which need not be that of the input; what lies between them is layout.
    """

    start: int
    length: int
    origin: int
    size: int


class Format(Protocol):
    """What a format knows: where its structure is, and how a word is written in it."""

    @property
    def name(self) -> str:
        """Return the name by which `--from` and the JSON form know it."""
        ...

    def plain(self, text: str) -> str:
        """Return what a reader sees of a `words` part: escapes and entities undone."""
        ...

    def quote(self, text: str) -> str:
        """Return plain text written so that this format shows it literally."""
        ...


class Splitter(Format, Protocol):
    """A format whose text is the input: its structure stands in the text, and is read out of it after every change."""

    def split(self, text: str) -> tuple[Part, ...]:
        """Cut the text into parts, without gap or overlap; any string has parts."""
        ...


@runtime_checkable
class Importer(Format, Protocol):
    """A format whose words stand in a structure that is not text: a text of its own is made of them.

    What is said in it reads as it stands (`plain` and `quote` change nothing).
    """

    def read(self, text: str) -> "Document":
        """Take the transcript out of an input, with the `spans` it came from; raises `InputError`."""
        ...


class Document(NamedTuple):
    """An unchanging text and its parts.

    `ours` is true for a page that this program wrote: there the people that it states are the
    only labels. What an importer has read also says where it came from: `spans`, and `beside`,
    (start, end, fate) of what stands in the input and not in the text, where it is not markup;
    `remarks` are a line each.
    """

    text: str
    parts: tuple[Part, ...]
    format: Format
    ours: bool = False
    spans: tuple[Span, ...] = ()
    beside: tuple[tuple[int, int, str], ...] = ()
    remarks: tuple[str, ...] = ()

    def words(self, part: Part) -> str:
        """Return the part as a reader sees it."""
        raw = self.text[part.start : part.end]
        shown = part.kind in ("words", "sound", "note") or (part.kind == "value" and self.format.name == "html")
        return self.format.plain(raw) if shown else raw

    @property
    def timed(self) -> bool:
        """Say whether the document is made of captions."""
        return self.format.name not in _UNTIMED and any(
            part.form == "cue" and part.kind == "stamp" for part in self.parts
        )

    def within(self, scope: frozenset[str]) -> Iterator[Part]:
        """Yield the parts whose kind is in `scope`."""
        return (part for part in self.parts if part.kind in scope)

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column of a place, both counted from 1."""
        lines = _lines(self.text)
        line = bisect_right(lines, offset)
        return line, offset - lines[line - 1] + 1

    def origin(self, offset: int) -> int:
        """Return where a place of an imported text stands in the decoded input."""
        span = self._span(offset)
        beyond = max(0, offset - span.start)
        if span.size == span.length or not beyond:
            return span.origin + min(beyond, span.size)
        return span.origin + (span.size if beyond >= span.length else 0)

    def ends(self, offset: int) -> int:
        """Return where the character before a place of an imported text ends in the decoded input."""
        span = self._span(offset - 1)
        return self.origin(offset - 1) + 1 if span.size == span.length else span.origin + span.size

    def place(self, origin: int) -> int:
        """Return where a place of the decoded input stands in an imported text, and its end where it does not."""
        for span in self.spans:
            if span.origin <= origin < span.origin + span.size:
                return span.start + min(origin - span.origin, span.length - 1)
        return len(self.text)

    def _span(self, offset: int) -> Span:
        at = bisect_right(self.spans, offset, key=lambda span: span.start)
        return self.spans[max(0, at - 1)] if self.spans else Span(0, 0, 0, 0)


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
    name is known; `quote` are the words that say so and `quote_at` their offset in the input. An inferred name is a suggestion: `shown` leaves it out.
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
    headings, folded, of sections that are not speech (show notes, credits); `remarks` are patterns
    of lines that somebody wrote beside the speech, and `headline` is a first line that only looks labelled. `hands` are
    the forms of who asks in bold and of who answers, where labels are none.
    """

    speakers: tuple[Speaker, ...] = ()
    forms: Mapping[str, int | None] = NOTHING
    shapes: frozenset[str] = frozenset()
    rejected: tuple[tuple[str, str], ...] = ()
    opening: int | None = None
    speech: bool = False
    asides: frozenset[str] = frozenset()
    remarks: tuple[str, ...] = ()
    headline: str = ""
    hands: tuple[str, ...] = ()

    def speaker(self, form: str | None) -> Speaker | None:
        """Return whose label a form is."""
        index = self.forms.get(form) if form else None
        return None if index is None else self.speakers[index]
