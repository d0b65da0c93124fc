"""Literals of which every match of a pattern holds one: what to look for before a pattern is tried."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from cleanup.guard import parser

FLAGS = re.IGNORECASE | re.MULTILINE

Key = tuple[str, int, int]
"""Literals (folded, a line each), at so many to so many characters from the start of a match; -1 is unbounded."""


def fold(text: str) -> str:
    """Lower the text character by character, so that every offset stays what it is."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else "i" for c in text)
    return low.replace("ſ", "s") if "ſ" in low else low


KNOWN: dict[str, Sequence[tuple[Key, ...]]] = {}
"""Keys that were worked out before, by pattern: the compiled packs bring theirs, since parsing costs."""


def keys(pattern: str) -> tuple[Key, ...]:
    """Return literals of which every match holds at least one, or none where the pattern needs none."""
    if pattern not in KNOWN:
        KNOWN[pattern] = found(pattern)
    return KNOWN[pattern][0]


def beside(pattern: str) -> Sequence[tuple[Key, ...]]:
    """Return other literals, of each group of which every match holds one too, as far as they are known."""
    return KNOWN.get(pattern, ())[1:]


_SIGNS = "%$€£©§"
"""Characters that are rare enough to be looked for alone."""


def found(pattern: str) -> tuple[tuple[Key, ...], ...]:
    """Work out the keys of a pattern: those that stand in the fewest places, and what stands beside them."""
    tree = parser().parse(pattern, FLAGS)
    groups = sorted(_Required(_MOST).walk(tree).groups, key=_cost)
    if groups and _cost(groups[0]) > _DEAR:
        groups = min(
            groups, sorted(_Required(_MOST_DEAR).walk(tree).groups, key=_cost), key=lambda rows: _cost(rows[0])
        )
    return tuple(groups) or ((),)


_MOST, _DEAR, _MOST_DEAR = 48, 1.5, 400
"""Texts that a run may have: `depend(?:s|ed|ing)? of` is four keys that stand in few texts, where `depend` stands in many. What
a run may cost before it is worth more: `in (?=[1-9] of (?:january|february))` is met at every `in `.
"""
_ENOUGH, LONGEST = 8, 10
"""Characters after which a run does not branch again, and after which it is cut: more would find no fewer places."""
_TALK = """
 well, i think that it is one of the things you have to do, and i don't know what they want. so we are going to talk about this and how it
 was at the time, because people like to say that he is right. when i was there, in the first year, a lot of them would have been with us,
 but that's not what you can see now. she said yes, and then it's just like you know, the other day we had to go to work and get what we
 need. who will be in the house? where do they come from? these are good questions, and there is an answer for all of you. i mean, if you're
 really here for more than two years, you could make your own way in the world. they're on their way, i'm sure, and which of those you use
 is up to you. do you think so? no, not any more. many of the new ones came out of it last week, and some think they should have more. it
 has been a big part of our life, and it can be very different. did you ever feel that way? what would you like to do? he wants to know, and
 i love that. let me ask you, how did you start? it's been great. people need help, and that is a problem. the country, the city, the story.
 she was in it for a few months, and he had the idea before me. i didn't say it was bad, you know. as i said, we were looking at each other.
 into the night, by the way, on the street, to the point, a kind of thing. if i may: it was late, and since we came from there, maybe you
 know which state i mean. if it is an old one, take it
""".replace("\n", "")
"""How people talk: a text that stands here stands everywhere."""


_APART, _NEAR, _LINE = 400, 4, 16
"""Characters between a key and the start of a match: where they may be more, the whole line is looked at. What that costs, in tries
of a pattern at one place, and what a key costs that stands at many distances at most, since a look at what is beside it is cheaper.
"""


def _cost(rows: tuple[Key, ...]) -> float:
    """Return about how many tries in a few hundred words some keys lead to; the keys themselves cost something too."""
    return sum(
        _often(text) * (_LINE if high < 0 else min(_NEAR, 1 + high - low)) + 0.01
        for texts, low, high in rows for text in texts.split("\n")
    )  # fmt: skip


@cache
def _often(text: str) -> float:
    return _TALK.count(text.replace("’", "'")) + 2.0 ** -len(text)


class _Required:
    """The best literals of a parsed pattern: runs of which all texts are known, in groups and in what is looked ahead at too."""

    def __init__(self, most: int, low: int = 0, high: int = 0) -> None:
        self.most = most
        self.groups: list[tuple[Key, ...]] = []
        self.low, self.high = low, high
        self.runs, self.at = [""], (low, high)

    def walk(self, tree: Any) -> "_Required":
        self._items(tree)
        self._flush()
        return self

    def _items(self, tree: Any) -> None:
        for op, value in tree:
            name = str(op)
            known = _texts([(op, value)], self.most)
            if name == "ASSERT" and value[0] > 0:
                here = self.low, self.high
                self._items(value[1])
                self._flush()
                self.low, self.high = here
            elif name == "AT" or name.startswith("ASSERT"):
                continue
            elif name == "SUBPATTERN" and not known:
                self._items(value[3])
            else:
                self._item(op, value, known)

    def _item(self, op: Any, value: Any, known: list[str]) -> None:
        many = len(self.runs) * len(known) > self.most or (len(known) > 1 and min(map(len, self.runs)) >= _ENOUGH)
        if many or not known:
            self._flush()
        if known:
            if self.runs == [""]:
                self.at = self.low, self.high
            self.runs = [run + text for run in self.runs for text in known]
        elif str(op) == "BRANCH":
            rows = [_Required(self.most, self.low, self.high).walk(branch).best for branch in value[1]]
            if all(rows):
                self._offer(tuple(key for row in rows for key in row))
        elif str(op).endswith("REPEAT") and value[0] > 0:
            self._offer(_Required(self.most, self.low, self.high).walk(value[2]).best)
        least, most = _width(op, value)
        self.low += least
        self.high = -1 if self.high < 0 or most > _APART else self.high + most

    def _flush(self) -> None:
        if all(self.runs):
            self._offer((("\n".join(dict.fromkeys(run[:LONGEST] for run in self.runs)), *self.at),))
        self.runs = [""]

    @property
    def best(self) -> tuple[Key, ...]:
        return min(self.groups, key=_cost, default=())

    def _offer(self, rows: tuple[Key, ...]) -> None:
        by_place: dict[tuple[int, int], list[str]] = {}
        for texts, *place in rows:
            by_place.setdefault((place[0], place[1]), []).append(texts)
        keys = tuple(("\n".join(texts), *place) for place, texts in by_place.items())
        if keys and all(len(text) > 1 or text in _SIGNS for texts, _, _ in keys for text in texts.split("\n")):
            self.groups.append(keys)


def _texts(tree: Any, most: int) -> list[str]:
    """Return every text (folded) that a parsed sequence can match, or none where they are too many to say."""
    found = [""]
    for op, value in tree:
        name = str(op)
        if name == "LITERAL":
            rows = [fold(chr(value))] if value != 10 else []
        elif name == "IN":
            rows = [fold(chr(v)) for _, v in value] if all(str(o) == "LITERAL" and v != 10 for o, v in value) else []
        elif name == "SUBPATTERN":
            rows = _texts(value[3], most)
        elif name == "BRANCH":
            parts = [_texts(branch, most) for branch in value[1]]
            rows = [text for part in parts for text in part] if all(parts) else []
        elif name in ("MAX_REPEAT", "MIN_REPEAT") and value[:2] == (0, 1):
            part = _texts(value[2], most)
            rows = ["", *part] if part else []
        else:
            rows = [""] if name == "AT" or name.startswith("ASSERT") else []
        found = list(dict.fromkeys(text + row for text in found for row in rows))
        if not 0 < len(found) <= most:
            return []
    return found


def _width(op: Any, value: Any) -> tuple[int, int]:
    tools = parser()
    pattern = tools.SubPattern(tools.State(), [(op, value)])
    return tuple(int(x) for x in pattern.getwidth())  # type: ignore[return-value]
