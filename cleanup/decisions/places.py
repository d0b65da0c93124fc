"""Where the words of a decision stand in a text: the place whose neighbours fit best."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from cleanup.decisions import Decision, Spot
from cleanup.findings import Placed
from cleanup.regexes import late

_LONG = 24
"""Characters of a neighbour that are looked at, those next to the words: scripts without spaces have long ones."""

_NEAR = (5, 10, 20, 40)
_FAR = _NEAR[-1]
"""Words on either side that are looked at: five say enough, but for what stands there many times."""

_TOKEN = late(r"\w+")
_SIGN = late(r"([!-/:-@\[-`{-~])")


def about(text: str, row: Placed, do: str) -> Decision:
    """Return a decision about a finding of a text."""
    return at(text, row.start, row.end, do, rule=row.finding.rule)


def at(text: str, start: int, end: int, do: str, *, rule: str) -> Decision:
    """Return a decision about a stretch of a text, with as many neighbours as tell it from its likes."""
    if not text[start:end].strip():  # a finding of no width: the word beside it says where
        word = _TOKEN.search(text, end) or next(reversed(list(_TOKEN.finditer(text, max(0, start - 99), start))), None)
        start, end = (min(start, word.start()), max(end, word.end())) if word else (start, end)
    for near in _NEAR:
        row = Decision(rule, do, text[start:end], *_neighbours(text, start, end, near))
        if near == _FAR or len(_places(text, row)) == 1:
            break
    return row


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
    left, right = _left(before), _right(after)
    near, best = _best(_standing(text).beside(words, left, right), left, right)
    if not near or best < len(left) + len(right):  # none fits wholly, or a hand has written no neighbours
        near, best = _best(_standing(text).of(words), left, right)
    return near, best > 0 or not (left or right)


def _best(places: "Sequence[_Place]", left: Sequence[str], right: Sequence[str]) -> tuple[list[tuple[int, int]], int]:
    """Return the places that have the most of some neighbours in a row, and how many these are."""
    scores = [same(place.left, left) + same(place.right, right) for place in places]
    best = max(scores, default=0)
    return [(place.start, place.end) for place, score in zip(places, scores, strict=True) if score == best], best


class _Place(NamedTuple):
    """A place with the words on either side, the nearest first."""

    start: int
    end: int
    left: list[str]
    right: list[str]


class _Standing:
    """Where words stand in one text: two thousand places of one `um` are looked up once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[str, list[_Place]] = {}
        self._beside: dict[tuple[str, ...], list[_Place]] = {}

    def of(self, words: str) -> list[_Place]:
        """Return the places of some words, written with any blanks and escapes."""
        if words not in self._known:
            text, reach = self.text, _LONG * _FAR
            spans = list(_exact(text, words)) or [m.span() for m in re.finditer(_loose(words), text) if m[0]]
            self._known[words] = [
                _Place(a, b, _left(text[max(0, a - reach) : a]), _right(text[b : b + reach])) for a, b in spans
            ]
            for place in self._known[words]:
                self._beside.setdefault((words, *_next(place.left, place.right)), []).append(place)
        return self._known[words]

    def beside(self, words: str, left: Sequence[str], right: Sequence[str]) -> list[_Place]:
        """Return the places of some words that have the same two words next to them on either side."""
        self.of(words)
        return self._beside.get((words, *_next(left, right)), [])


_standing = lru_cache(maxsize=1)(_Standing)


def _next(left: Sequence[str], right: Sequence[str]) -> tuple[str, ...]:
    return (*left[:2], "\n", *right[:2])


def _left(text: str) -> list[str]:
    """Return the words before a place, the nearest first."""
    return [word[-_LONG:] for word in reversed(_TOKEN.findall(text.casefold()))]


def _right(text: str) -> list[str]:
    return [word[:_LONG] for word in _TOKEN.findall(text.casefold())]


def same(have: Iterable[str], wanted: Iterable[str]) -> int:
    """Count how many words are the same from the first on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(have, wanted, strict=False)))


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
