"""Transcripts that were copied out of a player: a time alone on a line, and below it a caption of one line."""

import re
from collections.abc import Sequence
from itertools import pairwise

from cleanup.document import Part
from cleanup.formats.atoms import Atoms
from cleanup.formats.cutter import Cutter, Line, listed
from cleanup.formats.sounds import Sounds
from cleanup.formats.stamps import CLOCK, milliseconds

_TIME = re.compile(rf"^[ \t]*({CLOCK})[ \t]*$", re.MULTILINE)
_LABEL = re.compile(r"^[ \t]*(?:>>|(?!Chapter \d)[^\s:][^\n:]{0,40}:(?=\s))", re.MULTILINE)
_FEW, _MOST, _WIDE = 3, 0.8, 200
"""So many times at least, of which so many go on, and have one line below them of so many characters."""
_START = 5_000
"""Milliseconds: a first chapter begins with the film."""


def captions(text: str, sounds: Sounds) -> list[Part] | None:
    """Return the parts of such a text, and None where it is none.

    YouTube's panel shows the title of a chapter on a line of its own before its first time; a title
    over the first time says that a text has some. For readers of screens it says each time once more
    in words (`1 minute, 6 seconds`).
    """
    rows = [(match.start(1), match.end(1), milliseconds(match[1])) for match in _TIME.finditer(text)]
    if len(rows) < _FEW:
        return None
    bounds = [*(start for start, _, _ in rows[1:]), len(text)]
    below = [_below(text, row, stop) for row, stop in zip(rows, bounds, strict=True)]
    single = sum(len(lines) < 2 and all(line.end - line.start <= _WIDE for line in lines) for _, lines in below)
    going = sum(after[2] >= before[2] for before, after in pairwise(rows))
    if single < _MOST * len(rows) or going < _MOST * (len(rows) - 1):
        return None
    head = list(listed(text, 0, rows[0][0]))
    more = any(len(lines) > 1 for _, lines in below[:-1])
    chapters = bool(head) and more and rows[0][2] <= _START and not _LABEL.search(text)
    cutter = Cutter(text, Atoms(text, sounds, bare=False))
    _lay(cutter, head, 0 if chapters else len(head))
    for (start, end, at), (said, lines) in zip(rows, below, strict=True):
        cutter.put("stamp", start, end, at=at)
        cutter.inside = False
        for line in said:
            cutter.put("stamp", line.start, line.end, form="word")
        last = end == rows[-1][1] or not chapters
        _lay(cutter, lines, len(lines) if last else 1)
    return cutter.rest()


def _below(text: str, row: tuple[int, int, int], stop: int) -> tuple[Sequence[Line], Sequence[Line]]:
    """Return the line that says a time in words, and the others."""
    lines = list(listed(text, row[1], stop))
    fields = [int(field) for field in re.findall(r"\d+", text[row[0] : row[1]])]
    while len(fields) > 1 and not fields[0]:
        fields.pop(0)
    line = text[lines[0].start : lines[0].end] if lines else ""
    numbers = [int(field) for field in re.findall(r"[0-9]{1,4}", line)]
    spelt = bool(line) and len(line) < 60 and numbers in (fields, [field for field in fields if field])
    cut = spelt and len(lines) > 1 and any(map(str.isalpha, line)) and line[0].isdigit()
    return (lines[:1], lines[1:]) if cut else ((), lines)


def _lay(cutter: Cutter, lines: Sequence[Line], words: int) -> None:
    """Lay lines: so many are said, and the last of the others is the title of a chapter where it begins like one."""
    for index, line in enumerate(lines):
        first = cutter.text[line.start]
        if index >= words and index == len(lines) - 1 and first == first.upper() and line.end - line.start <= 120:
            cutter.block = "h2"
            cutter.put("words", line.start, line.end, form=None)
            cutter.block = "p"
        else:
            cutter.words(line.start, line.end)
