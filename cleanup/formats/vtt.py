"""WebVTT, and the lines that SubRip shares with it: cues with their timings, voices, notes and tags.

Follows https://www.w3.org/TR/webvtt1/ and what real files do against it: no blank line between cues, hours or
the header missing, numbers missing or twice, `,` for `.`, blanks in clocks, blank lines inside a cue. Whatever
is no structure is words, so that no file loses any.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape
from itertools import chain, pairwise
from typing import NamedTuple

from cleanup.document import Part, stripped
from cleanup.formats import text as lines
from cleanup.formats.atoms import Atoms
from cleanup.formats.sounds import Sounds
from cleanup.formats.stamps import milliseconds

_CLOCK = (
    r"-?(?:\d{1,3} ?: ?\d{1,2} ?: ?\d{1,2}(?: ?[.,:] ?\d{1,9})?|\d{1,4} ?: ?\d{1,2} ?[.,] ?\d{1,9}|\d{1,6}[.,]\d{1,9})"
)
_SETTING = r"(?:align|position|line|size|vertical|region|[xXyY][12]):[^\s]*"
TIMING = re.compile(
    rf"^[ \t\ufeff]*(?:(?P<number>\d{{1,7}})[ \t]+)?(?P<at>{_CLOCK})[ \t]*(?:-{{1,3}} ?>|[–—]-?>|--&gt;|→)[ \t]*"
    rf"(?P<until>{_CLOCK})(?P<settings>(?:[ \t]+{_SETTING})*)(?=[ \t]|$)",
    re.MULTILINE,
)
_NUMBER = re.compile(r"\d{1,7}")
_WEBEX = re.compile(r'\d+ "([^"\n]+)" \(\d+\)')
"""The name of a cue as Webex writes it: number, speaker, and whose account it is."""
_KEY = re.compile(r"([A-Za-z][\w-]{0,30})[ \t]*:[ \t]*\"?([^\n\"]*)\"?")
_STYLE = re.compile(r"[{}#]|::|^[\w-]+=")
_STYLES = re.compile(r"(?:STYLE|REGION)[ \t]*")
_NOTE = re.compile(r"NOTE(?=\s|$)[ \t]*")
_MARK = re.compile(r"cleanup ([0-9a-f]{16})")
"""What a file that this program wrote says of itself: there voices are all the labels, as on a page of ours."""
_TAG = re.compile(
    r"<(?P<time>\d+:[\d:.,]+)>"
    r"|<v(?:\.[^\s<>]*)?[ \t]+(?P<name>[^<>\n]*[^<>\s])\s*>"
    r"|</?(?P<tag>v|c|i|b|u|s|ruby|rt|lang|font|span|em|strong|p|br)\b[^<>\n]*>"
    r"|\{(?:\\|[A-Za-z]:)[^{}\n]*\}",
    re.IGNORECASE,
)
_FORMS = {"br": "line", "n": "line", "h": "space"}
"""Tags, and letters behind a backslash, that part lines or words."""
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_WRITTEN = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;"}


class Vtt(NamedTuple):
    """WebVTT: every cue is a time and its words; `<v Ana>` is a label, `NOTE` a note."""

    sounds: Sounds
    name: str = "vtt"

    def split(self, text: str) -> tuple[Part, ...]:
        """Cut the text into timings, voices, tags, notes and words."""
        return tuple(cut(text, self.sounds, vtt=True))

    def plain(self, text: str) -> str:
        """Undo entities."""
        return plain(text)

    def quote(self, text: str) -> str:
        """Write plain text so that no character of it is markup."""
        return quote(text)


def plain(text: str) -> str:
    """Undo entities that end as they should; `AT&T` is what it is."""
    return _ENTITY.sub(lambda m: unescape(m[0]), text) if "&" in text else text


def quote(text: str) -> str:
    """Write the signs of markup as entities, and the brace that opens an override of ASS."""
    return re.sub(r"[&<>]|\{(?=\\|[A-Za-z]:)", lambda m: _WRITTEN[m[0]], text)


class Line(NamedTuple):
    """A line that is not blank; `apart` says that a blank line, or nothing, stands above it."""

    start: int
    end: int
    apart: bool


class Cutter:
    """Lays parts one behind the other, and blanks between them.

    Blanks of the frame of cues have the form `cue`, those between two lines of one cue `line`:
    people see no line end there, only the end of a picture's width.
    """

    def __init__(self, text: str, atoms: Atoms) -> None:
        self.text, self.atoms = text, atoms
        self.parts: list[Part] = []
        self.at = 0
        self.block = "p"
        self.inside = False
        """Words of this cue stand before, so that what follows goes on with them."""

    def fill(self, start: int, form: str = "cue") -> None:
        """Lay the blanks before a place."""
        if start > self.at:
            piece = self.text[self.at : start]
            kind = (
                "break" if "\n" in piece and piece.isspace() else "gap" if piece.isspace() else "markup"
            )  # a mark of byte order
            self.parts.append(Part(kind, self.at, start, self.block, None, form))
            self.at = start

    def put(self, kind: str, start: int, end: int, *, at: int | None = None, form: str | None = "cue") -> None:
        """Lay a part of the frame; an empty one is left out, and markup takes in the blanks before it on its line."""
        if start < end:
            if kind == "markup" and "\n" not in self.text[self.at : start]:
                start = self.at
            self.fill(start)
            self.parts.append(Part(kind, start, end, self.block, at, form))
            self.at = end

    def cue(self, at: tuple[int, int], until: tuple[int, int], clock: tuple[int | None, int | None]) -> None:
        """Lay a timing: two times, given by their places, and what stands between them."""
        self.put("stamp", *at, at=clock[0])
        self.put("markup", at[1], until[0])
        self.put("stamp", *until, at=clock[1], form="until")
        self.inside = False

    def trimmed(self, kind: str, start: int, end: int, *, form: str | None = "cue") -> None:
        """Lay a part without the blanks at its edges."""
        start, end = stripped(self.text, start, end)
        if start < end:
            self.put(kind, start, end, form=form)

    def words(self, start: int, end: int) -> None:
        """Lay a stretch of one line that a viewer reads."""
        self.fill(start, "line" if self.inside else "cue")
        self.parts += lines.words(self.text, start, end, self.atoms)
        self.at, self.inside = end, True

    def tag(self, start: int, end: int, form: str | None = None) -> None:
        """Lay markup inside a line."""
        self.fill(start, "line" if self.inside else "cue")
        self.parts.append(Part("markup", start, end, "p", None, form))
        self.at, self.inside = end, True

    def rest(self) -> list[Part]:
        """Return all parts, what is left of the text as blanks."""
        self.fill(len(self.text))
        return self.parts


def cut(text: str, sounds: Sounds, *, vtt: bool) -> list[Part]:
    """Cut a text at its timings; `vtt` says that it may have a header, notes and names of cues."""
    cutter = Cutter(text, Atoms(text, sounds, bare=False))
    numbered: bool | None = None
    for row, following in pairwise(chain((None,), TIMING.finditer(text), (None,))):
        begin = 0
        if row:
            cutter.put("markup", *row.span("number"))
            cutter.cue(row.span("at"), row.span("until"), (_at(row["at"]), _at(row["until"])))
            cutter.trimmed("markup", *row.span("settings"))
            begin = row.end()
        own = list(listed(text, begin, following.start() if following else len(text)))
        name = own.pop() if following and own and _names(text, own, following, numbered, vtt=vtt) else None
        numbered = name is not None
        if row is None and vtt:
            own = _header(cutter, own)
        _cue(cutter, own, vtt=vtt, head=row is None)
        if name:
            said = _WEBEX.fullmatch(text, name.start, name.end)
            first, last = said.span(1) if said else (name.end, name.end)
            cutter.put("markup", name.start, first)
            cutter.put("words", first, last, form="voice")
            cutter.put("markup", last, name.end)
    return cutter.rest()


@lru_cache(maxsize=2)
def _at(clock: str) -> int:
    """Return a clock in milliseconds: one caption goes as the next one comes, and a number for both is lighter."""
    return milliseconds(clock.replace(" ", ""))


def listed(text: str, begin: int, end: int) -> Iterator[Line]:
    """Yield the lines of a stretch that are not blank, without the blanks at their edges."""
    at, blank = begin, begin == 0
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        first, last = stripped(text, at, stop)
        if first < last:
            yield Line(first, last, blank)
        blank = first == last and (at > begin or begin == 0)
        at = stop + 1


def _names(text: str, own: Sequence[Line], row: "re.Match[str]", numbered: bool | None, *, vtt: bool) -> bool:
    """Say whether the last line before a timing is the number or the name of its cue, and no words.

    Where cues have no numbers, `1986` alone on a line is what somebody said.
    """
    line = own[-1]
    below = text.count("\n", line.end, row.start()) > 1
    if _NUMBER.fullmatch(text, line.start, line.end):
        if numbered is None:
            return True
        return line.apart or not below if numbered else line.apart and not below
    named = vtt and line.apart and not below and not text.startswith("WEBVTT", line.start)
    return named and (len(own) > 1 or numbered is None)


def _header(cutter: Cutter, own: list[Line]) -> list[Line]:
    """Lay the header of a file, and return the lines behind it; `Language: en` states a fact."""
    text = cutter.text
    if not own or not text.startswith("WEBVTT", own[0].start):
        return own
    cutter.block = "front"
    first, *own = own
    cutter.put("markup", first.start, first.start + 6)
    cutter.trimmed("note", first.start + 6, first.end, form=None)
    while own and not own[0].apart:
        line = own.pop(0)
        if not state(cutter, line):
            cutter.put("markup" if _STYLE.search(text, line.start, line.end) else "note", line.start, line.end)
    cutter.block = "p"
    return own


def state(cutter: Cutter, line: Line) -> bool:
    """Lay a line `Key: value` of a header as a value of front matter."""
    match = _KEY.match(cutter.text, line.start, line.end)
    if match:
        cutter.put("markup", line.start, match.start(2))
        cutter.trimmed("value", *match.span(2), form=match[1].lower())
        cutter.trimmed("markup", match.end(2), line.end)
    return match is not None


def _cue(cutter: Cutter, own: Sequence[Line], *, vtt: bool, head: bool) -> None:
    """Lay the lines of a cue, and the notes and styles between it and the next; in the head a note may state facts."""
    text, kind = cutter.text, ""
    for line in own:
        begin = line.start
        if line.apart and vtt:
            note = _NOTE.match(text, line.start, line.end)
            mark = note and _MARK.fullmatch(text, note.end(), line.end)
            if mark:
                cutter.block = "front"
                cutter.put("markup", line.start, mark.start(1))
                cutter.put("value", *mark.span(1), form="transcript.body")
                cutter.block = "p"
                continue
            style = note and _KEY.fullmatch(text, note.end(), line.end)
            kind = "markup" if _STYLES.fullmatch(text, line.start, line.end) else ""
            if note:
                cutter.put("markup", line.start, line.start + 4)
                kind = "markup" if style and " " not in style[2].strip() else "note"
                begin = note.end()
        if kind == "note" and head and _KEY.fullmatch(text, begin, line.end):
            cutter.block = "front"
            state(cutter, Line(begin, line.end, line.apart))
            cutter.block = "p"
        elif kind:
            cutter.trimmed(kind, begin, line.end, form="cue" if kind == "markup" else None)
        else:
            spoken(cutter, begin, line.end)


def spoken(cutter: Cutter, start: int, end: int, tag: "re.Pattern[str]" = _TAG) -> None:
    """Lay one line of a cue: tags, voices, times of words, sounds, words."""
    at = start
    for match in tag.finditer(cutter.text, start, end):
        cutter.words(at, match.start())
        at = match.end()
        groups = match.groupdict()
        if groups.get("time"):
            first, last = match.span("time")
            cutter.tag(match.start(), first)
            cutter.parts.append(Part("stamp", first, last, "p", milliseconds(match["time"]), "word"))
            cutter.at = last
            cutter.tag(last, at)
        elif groups.get("name"):
            first, last = match.span("name")
            cutter.tag(match.start(), first)
            cutter.parts.append(Part("words", first, last, "p", None, "voice"))
            cutter.at = last
            cutter.tag(last, at)
        else:
            cutter.tag(match.start(), at, _FORMS.get((groups.get("tag") or "").lower()))
    cutter.words(at, end)
