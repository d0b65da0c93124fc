"""What all timed text is laid with: lines, cues and the blanks of their frame, tags inside a line."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from cleanup.document import Part, stripped
from cleanup.formats.atoms import Atoms
from cleanup.formats.stamps import milliseconds

KEY = re.compile(r"([A-Za-z][\w-]{0,30})[ \t]*:[ \t]*\"?([^\n\"]*)\"?")
"""A line of a header that states a fact."""
_FORMS = {"br": "line", "n": "line", "h": "space"}
"""Tags, and letters behind a backslash, that part lines or words."""
_WORD, _VOICE = ("stamp", "word", "time"), ("words", "voice", "name")
"""Kind and form of what a tag holds, and the group of its pattern."""


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
            blank = "break" if "\n" in piece else "gap"
            kind = blank if piece.isspace() else "markup"  # a mark of byte order
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
        self.parts += self.atoms.parts(start, end)
        self.at, self.inside = end, True

    def tag(self, start: int, end: int, form: str | None = None) -> None:
        """Lay markup inside a line."""
        self.fill(start, "line" if self.inside else "cue")
        self.parts.append(Part("markup", start, end, "p", None, form))
        self.at, self.inside = end, True

    def state(self, line: Line) -> bool:
        """Lay a line `Key: value` of a header as a value of front matter."""
        match = KEY.match(self.text, line.start, line.end)
        if match:
            self.put("markup", line.start, match.start(2))
            self.trimmed("value", *match.span(2), form=match[1].lower())
            self.trimmed("markup", match.end(2), line.end)
        return match is not None

    def tagged(self, start: int, end: int, tag: "re.Pattern[str]") -> None:
        """Lay one line of a cue: tags, voices (`name`), times of words (`time`), sounds, words."""
        at = start
        for match in tag.finditer(self.text, start, end):
            self.words(at, match.start())
            at = match.end()
            groups = match.groupdict()
            kind, form, inner = _WORD if groups.get("time") else _VOICE
            if groups.get(inner):
                first, last = match.span(inner)
                self.tag(match.start(), first)
                time = milliseconds(match[inner]) if kind == "stamp" else None
                self.parts.append(Part(kind, first, last, "p", time, form))
                self.at = last
                self.tag(last, at)
            else:
                self.tag(match.start(), at, _FORMS.get((groups.get("tag") or "").lower()))
        self.words(at, end)

    def rest(self) -> list[Part]:
        """Return all parts, what is left of the text as blanks."""
        self.fill(len(self.text))
        return self.parts


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
