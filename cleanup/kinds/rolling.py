"""Rules of kind `rolling`: lines that captions show again while new ones come are kept once.

Recognisers and live captions let two lines roll: each caption begins with what the one before it
ended with, so that half of a file or more stands in it two or three times. Only a file where that
is the habit is touched, and only captions that meet in time: who says `No.` twice said it twice.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence

from cleanup.document import Cast, Document
from cleanup.edits import Edit
from cleanup.findings import Fact, Finding, Found, Kind, Rule

_MEET = 100
"""Milliseconds between two captions that meet."""
_FEW, _SHARE, _EVIDENCE = 3, 0.25, 0.1
"""Captions that go on with the one before: so many at least, of all; and of these, which bring something new as well."""
_TELLING = 20
"""Characters (wide ones count twice) of a caption that nobody says twice by chance."""


class _Line:
    def __init__(self, start: int, end: int, text: str) -> None:
        self.start, self.end, self.text = start, end, text


class _Cue:
    def __init__(self, at: int) -> None:
        self.at = self.until = at
        self.lines: list[_Line] = []


def find(document: Document, cast: Cast, facts: Iterable[Fact], rules: tuple[Rule, ...]) -> Found:
    """Return one finding, with an edit for each place where a line stands again."""
    found = Found()
    if not document.timed or document.ours:
        return found
    cues = list(_cues(document))
    edits: list[Edit] = []
    rolled = new = told = 0
    for before, cue in itertools.pairwise(cues):
        count, part = (
            _again(before.lines, cue.lines) if abs(cue.at - before.until) <= _MEET or cue.at < before.until else (0, 0)
        )
        if count:
            own = cue.lines
            rest = len(own) > count or part
            rolled, new, told = rolled + 1, new + bool(rest), told + (not rest and _tells(own))
            last = own[count - 1].start + part if part else own[count].start if len(own) > count else own[-1].end
            edits.append(Edit(own[0].start, last, ""))
    habit = rolled >= max(_FEW, _SHARE * len(cues))
    for rule in rules if habit and max(new, told) >= max(_FEW, _EVIDENCE * len(cues)) else ():
        message = rule.message or f"{len(edits)} captions show again what stands in the one before"
        found.findings.append(
            Finding(rule.id, message, edits[0].start, edits[-1].end, tuple(edits), rule.level, "removed", proven=True)
        )
    return found


def _again(before: Sequence[_Line], own: Sequence[_Line]) -> tuple[int, int]:
    """Return how many lines of a caption its forerunner ended with, and how much of the last where it has grown."""
    for count in range(min(len(before), len(own)), 0, -1):
        last, grown = before[-1], own[count - 1]
        if [line.text for line in before[-count:-1]] != [line.text for line in own[: count - 1]]:
            continue
        if last.text == grown.text:
            return count, 0
        if grown.text.startswith(last.text + " ") and grown.end - grown.start == len(grown.text):
            return count, len(last.text) + 1
    return 0, 0


def _tells(lines: Sequence[_Line]) -> bool:
    return sum(1 + (char >= "\u3040") for line in lines for char in line.text) >= _TELLING


def _cues(document: Document) -> Iterator[_Cue]:
    """Yield the captions, each with its lines as a viewer reads them."""
    cue: _Cue | None = None
    pieces: list[str] = []
    start = end = 0
    for part in (*document.parts, None):
        ends = part is None or part.form in ("cue", "until", "line", "para")
        if ends and pieces:
            if cue:
                cue.lines.append(_Line(start, end, "".join(pieces)))
            pieces = []
        if part is None or (part.kind == "stamp" and part.form == "cue"):
            if cue:
                yield cue
            cue = None if part is None else _Cue(part.at or 0)
        elif cue and part.kind == "stamp" and part.form == "until":
            cue.until = part.at or 0
        elif part.kind in ("words", "sound") or (pieces and (part.kind == "gap" or part.form == "space")):
            start = start if pieces else part.start
            pieces.append(document.words(part) if part.kind in ("words", "sound") else " ")
            end = part.end if part.kind != "gap" else end


def _check(rule: Rule) -> None:
    """Nothing can be wrong: the kind has no keys of its own."""


KIND = Kind("rolling", frozenset(), frozenset(), find, _check)
