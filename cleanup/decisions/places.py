"""Where the words of a decision stand in a text: the place whose neighbours fit best."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from cleanup.matching import late

LONG = 24
"""Characters of a neighbour that are looked at, those next to the words: scripts without spaces have long ones."""

TOKEN = late(r"\w+")
_SIGN = late(r"([!-/:-@\[-`{-~])")


def found(text: str, words: str, before: str, after: str) -> tuple[list[tuple[int, int]], bool]:
    """Return the places where words stand with the neighbours that fit best, and whether any neighbour fits."""
    standing = _standing(text)
    places = standing.of(words)
    left, right = _left(before), _right(after)
    near = standing.beside(words, (_first(left), _first(left[1:]), _first(right), _first(right[1:])))
    best = max((standing.score(spot, left, right) for spot in near), default=0)
    if not near or best < len(left) + len(right):  # none fits wholly, or a hand has written no neighbours
        near = places
        best = max((standing.score(spot, left, right) for spot in places), default=0)
    fits = best > 0 or not (left or right)
    return [(spot.start, spot.end) for spot in near if standing.score(spot, left, right) == best], fits


class _Spot(NamedTuple):
    """A place with the words next to it; `before` words of the text stand before `left`, `after` up to `right` with it."""

    start: int
    end: int
    left: str
    right: str
    before: int
    after: int


_Near = tuple[str, str, str, str]
"""Two words on either side, the nearest first; empty where the text ends."""


class _Standing:
    """The words of one text, and where some of them stand: two thousand places of one `um` are looked up once."""

    def __init__(self, text: str) -> None:
        self.text = text
        words = [match[0].casefold() for match in TOKEN.finditer(text)]
        self.left, self.right = [word[-LONG:] for word in words], [word[:LONG] for word in words]
        self.starts = [match.start() for match in TOKEN.finditer(text)]
        self._known: dict[str, list[_Spot]] = {}
        self._beside: dict[str, dict[_Near, list[_Spot]]] = {}

    def of(self, words: str) -> list[_Spot]:
        """Return the places of some words, written with any blanks and escapes."""
        if words not in self._known:
            places = list(_exact(self.text, words)) or [m.span() for m in re.finditer(_loose(words), self.text) if m[0]]
            self._known[words] = [self._spot(start, end) for start, end in places]
        return self._known[words]

    def beside(self, words: str, near: _Near) -> list[_Spot]:
        """Return the places of some words that have these neighbours."""
        if words not in self._beside:
            places = self._beside.setdefault(words, {})
            for spot in self.of(words):
                second = self.left[spot.before - 1] if spot.before > 0 else ""
                key = spot.left, second, spot.right, _first(self.right[spot.after : spot.after + 1])
                places.setdefault(key, []).append(spot)
        return self._beside[words].get(near, [])

    def _spot(self, start: int, end: int) -> _Spot:
        left, right = self.text[max(0, start - 3 * LONG) : start], self.text[end : end + 3 * LONG]
        torn = re.fullmatch(r"\w\w", self.text[max(0, end - 1) : end + 1])  # the words end inside one of the text's
        before, after = bisect_left(self.starts, start) - 1, bisect_left(self.starts, end) + (torn is None)
        return _Spot(start, end, _first(_left(left)), _first(_right(right)), before, after)

    def score(self, spot: _Spot, before: Sequence[str], after: Sequence[str]) -> int:
        """Count how many neighbours in a row are those wanted, on either side."""
        count = 0
        if before and before[0] == spot.left:
            count += 1 + _same(self.left[max(0, spot.before + 1 - len(before)) : max(0, spot.before)][::-1], before[1:])
        if after and after[0] == spot.right:
            count += 1 + _same(self.right[spot.after : spot.after + len(after) - 1], after[1:])
        return count


_standing = lru_cache(maxsize=1)(_Standing)


def _left(text: str) -> list[str]:
    """Return the words before a place, the nearest first."""
    return [word[-LONG:] for word in reversed(TOKEN.findall(text.casefold()))]


def _right(text: str) -> list[str]:
    return [word[:LONG] for word in TOKEN.findall(text.casefold())]


def _first(words: Sequence[str]) -> str:
    return words[0] if words else ""


def _same(have: Iterable[str], wanted: Sequence[str]) -> int:
    count = 0
    for a, b in zip(have, wanted, strict=False):
        if a != b:
            break
        count += 1
    return count


def _exact(text: str, words: str) -> Iterable[tuple[int, int]]:
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def _loose(words: str) -> str:
    """Return a pattern of words over line ends, and with the escapes that Markdown has."""
    return r"\s+".join(
        "".join(r"\\?" + re.escape(c) if _SIGN.match(c) else re.escape(c) for c in w) for w in words.split()
    )
