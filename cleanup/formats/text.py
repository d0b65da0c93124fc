"""Plain text: lines, blanks, rules, sounds and times; everything else is words."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from cleanup.document import Part
from cleanup.formats.atoms import Atoms
from cleanup.formats.sounds import Sounds
from cleanup.formats.stamps import CLOCK, FIELD
from cleanup.regexes import late

_SIGNS = "-_*=~—–•·#"
_RULE = late(rf"[{_SIGNS}]{{3,}}|(?:[-_*=~—] ){{2,}}[-_*=~—]")
_TIME = late(rf"^[ \t]*{CLOCK}[ \t]*$", re.MULTILINE)


class Text(NamedTuple):
    """Text as it stands: nothing in it is markup but a line of dashes."""

    sounds: Sounds
    name: str = "text"

    def split(self, text: str) -> tuple[Part, ...]:
        """Cut the text at line ends, sounds and times, or into the captions that it was copied from."""
        if FIELD.search(text) and _TIME.search(text):
            from cleanup.formats.copied import captions

            parts = captions(text, self.sounds)
            if parts:
                return tuple(parts)
        return tuple(_parts(text, Atoms(text, self.sounds), _margin(text)))

    def plain(self, text: str) -> str:
        """Return the text: a reader sees what stands there."""
        return text

    def quote(self, text: str) -> str:
        """Return the text: nothing needs to be written in another way."""
        return text


def _margin(text: str) -> dict[int, int]:
    """Return where numbers stand that nobody says: those of lines in a court, which begin anew on each page, and of captions over a time."""
    rows = list(_NUMBER.finditer(text)) if "1  " in text else []
    steps = sum(int(b[1]) in (1, int(a[1]) + 1) for a, b in pairwise(rows))
    spoken, wrapped = (sum(bool(sign.match(text, m.end())) for m in rows) for sign in (_SPOKEN, _WRAPPED))
    numbered = len(rows) >= _PAGE and steps > 0.9 * (len(rows) - 1) and spoken > 1 and wrapped
    cued = list(_CUED.finditer(text)) if "\n1\n" in f"\n{text}" else []
    return {m.start(1): m.end(1) for m in (*(rows if numbered else ()), *(cued if len(cued) > 2 else ()))}


_NUMBER, _PAGE = late(r"^[ \t]*(\d{1,2})(?:[ \t]{2,}(?=\S)|[ \t]*$)", re.MULTILINE), 10
_CUED = late(rf"^[ \t]*(\d{{1,5}})[ \t]*\n(?=[ \t]*{CLOCK}[ \t]*(?:-->|-|–|to)[ \t]*{CLOCK}[ \t]*$)", re.MULTILINE)
_SPOKEN, _WRAPPED = late(r"[QA]\.?[ \t]|[A-Z][A-Z. ]+:"), late(r"[a-z]")


def _parts(text: str, atoms: Atoms, margin: Mapping[int, int]) -> Iterator[Part]:
    at = 0  # everything before is covered; blanks over line ends are collected into one part
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        start = at + len(line) - len(line.lstrip())
        stop = at + len(line.rstrip())
        if start >= stop:  # a blank line at the very start
            start = stop = min(end + 1, len(text))
            following = _blank_until(text, start)
            yield Part("break", at, following)
            at = following
            continue
        if start > at:
            yield Part("gap", at, start)
        if start in margin:
            yield Part("markup", start, margin[start])
            first, start = margin[start], stop - len(text[margin[start] : stop].lstrip())
            if first < start:
                yield Part("gap", first, start)
        if start == stop:
            pass
        elif text[start] in _SIGNS and _RULE.fullmatch(text, start, stop):
            yield Part("markup", start, stop, "hr")
        else:
            yield from atoms.parts(start, stop)
        if stop < len(text):
            following = _blank_until(text, stop)
            yield Part("break" if "\n" in text[stop:following] else "gap", stop, following)
            at = following
        else:
            at = stop


def _blank_until(text: str, at: int) -> int:
    """Return where blanks end, but at most at the start of the text of a line."""
    match = _BLANK.match(text, at)
    return match.end() if match else at


_BLANK = late(r"\s*")
