"""Where the words of a decision stand in a text: the place whose neighbours fit best."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from cleanup.decisions import Decision, Spot
from cleanup.findings import Placed
from cleanup.regexes import late

_LONG = 24
"""Characters of a neighbour that are looked at, those next to the words: scripts without spaces have long ones."""

_NEAR = 5
_FAR = 40
"""Words on either side that are looked at: five say enough, but for what stands there many times."""

_TOKEN = late(r"\w+")
_SIGN = late(r"([!-/:-@\[-`{-~])")


def about(text: str, row: Placed, do: str, *, new: str = "", by: str = "", on: str = "") -> Decision:
    """Return a decision about a finding of a text."""
    return at(text, row.start, row.end, do, rule=row.finding.rule, new=new, by=by, on=on)


def at(text: str, start: int, end: int, do: str, *, rule: str, new: str = "", by: str = "", on: str = "") -> Decision:
    """Return a decision about a stretch of a text, with as many neighbours as tell it from its likes."""
    if not text[start:end].strip():  # a finding of no width: the word beside it says where
        word = _TOKEN.search(text, end) or next(reversed(list(_TOKEN.finditer(text, max(0, start - 99), start))), None)
        start, end = (min(start, word.start()), max(end, word.end())) if word else (start, end)
    words = text[start:end]
    near = _NEAR
    while near < _FAR:
        found = _places(text, Decision(rule, do, words, *_neighbours(text, start, end, near)))
        if len(found) == 1:
            break
        near *= 2
    return Decision(rule, do, words, *_neighbours(text, start, end, near), new, by, on)


def _neighbours(text: str, start: int, end: int, near: int) -> tuple[str, str]:
    reach = _LONG * near
    left = list(_TOKEN.finditer(text, max(0, start - reach), start))[-near:]
    right = list(_TOKEN.finditer(text, end, end + reach))[:near]
    before = text[left[0].start() : start] if left else ""
    after = text[end : right[-1].end()] if right else ""
    return " ".join(before.split()), " ".join(after.split())


def place(text: str, rows: Iterable[Decision]) -> tuple[tuple[Spot, ...], tuple[Decision, ...]]:
    """Return where decisions stand in a text, and those that fit nowhere any more.

    A decision fits where its words stand, written with any blanks and escapes, and the nearest
    neighbours are the same; where several places fit as well, those that were decided alike share them in order.
    """
    spots: list[Spot] = []
    lost: list[Decision] = []
    taken: set[tuple[int, str]] = set()
    alike: dict[Decision, int] = {}
    rows = list(rows)
    for row in rows:
        bare = row._replace(by="", on="")
        alike[bare] = alike.get(bare, 0) + 1
    for row in rows:
        found = [(a, b) for a, b in _places(text, row) if (a, row.rule) not in taken]
        if not found or len(found) > max(1, alike[row._replace(by="", on="")]):
            lost.append(row)
            continue
        taken.add((found[0][0], row.rule))
        spots.append(Spot(*found[0], row))
    return tuple(sorted(spots)), tuple(lost)


def _places(text: str, row: Decision) -> list[tuple[int, int]]:
    places, fits = _found(text, row.words, row.before, row.after)
    if fits or (row.do == "reject" and len(places) == 1):
        return places
    return []  # on a page furniture that stood beside it is gone; to leave words as they are harms nothing


def _found(text: str, words: str, before: str, after: str) -> tuple[list[tuple[int, int]], bool]:
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
        words = [match[0].casefold() for match in _TOKEN.finditer(text)]
        self.left, self.right = [word[-_LONG:] for word in words], [word[:_LONG] for word in words]
        self.starts = [match.start() for match in _TOKEN.finditer(text)]
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
        left, right = self.text[max(0, start - 3 * _LONG) : start], self.text[end : end + 3 * _LONG]
        torn = re.fullmatch(r"\w\w", self.text[max(0, end - 1) : end + 1])  # the words end inside one of the text's
        before, after = bisect_left(self.starts, start) - 1, bisect_left(self.starts, end) + (torn is None)
        return _Spot(start, end, _first(_left(left)), _first(_right(right)), before, after)

    def score(self, spot: _Spot, before: Sequence[str], after: Sequence[str]) -> int:
        """Count how many neighbours in a row are those wanted, on either side."""
        count = 0
        if before and before[0] == spot.left:
            count += 1 + same(self.left[max(0, spot.before + 1 - len(before)) : max(0, spot.before)][::-1], before[1:])
        if after and after[0] == spot.right:
            count += 1 + same(self.right[spot.after : spot.after + len(after) - 1], after[1:])
        return count


_standing = lru_cache(maxsize=1)(_Standing)


def _left(text: str) -> list[str]:
    """Return the words before a place, the nearest first."""
    return [word[-_LONG:] for word in reversed(_TOKEN.findall(text.casefold()))]


def _right(text: str) -> list[str]:
    return [word[:_LONG] for word in _TOKEN.findall(text.casefold())]


def _first(words: Sequence[str]) -> str:
    return words[0] if words else ""


def same(have: Iterable[str], wanted: Iterable[str]) -> int:
    """Count how many words are the same from the first on."""
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
