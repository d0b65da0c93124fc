"""What furniture may stand at a place of a page: the lines, openings and patterns of all rules together."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from cleanup.findings import Rule
from cleanup.kinds.patterns import texts
from cleanup.literals import keys
from cleanup.matching import Matcher, Needle, Same
from cleanup.units import Unit, fold

_LONGEST = 4000


class Match:
    """A rule that takes a unit, or its end from `start` on, and the groups of the match."""

    def __init__(self, rule: Rule, start: int, end: int, groups: Mapping[str, str]) -> None:
        self.rule, self.start, self.end, self.groups = rule, start, end, groups


class _Patterns:
    """The patterns of rules for all places, those of whole lines before the `sentences`: one automaton is made for them."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        rows = {
            field: [(text, rule) for rule in rules for text in texts(rule, field)] for field in ("pattern", "sentence")
        }
        self.rows, self.sentences = [*rows["pattern"], *rows["sentence"]], len(rows["pattern"])
        self.matcher = Matcher([Needle(i, text, keys(text), own=rule.own) for i, (text, rule) in enumerate(self.rows)])

    def possible(self, text: str, wanted: frozenset[int], first: int = 0) -> Iterator[tuple[Any, Rule]]:
        """Yield the patterns that may match in a text, in order; `wanted` are those for a place."""
        for index in self.matcher.likely(text, wanted):
            if index >= first:
                yield self.matcher.pattern(index), self.rows[index][1]


@lru_cache(maxsize=4)
def _patterns(rules: Same) -> _Patterns:
    return _Patterns(rules.values)


class Book(NamedTuple):
    """The lines, openings and patterns of the rules for one place."""

    lines: Mapping[str, Rule]
    openings: tuple[str, ...]
    opened: tuple[Rule, ...]
    wanted: frozenset[int]
    among: _Patterns
    longest: int

    def line(self, unit: Unit) -> Match | None:
        """Return the rule whose line, or the opening of whose block, the unit is."""
        text = unit.text
        folded = fold(text[: self.longest])
        rule = self.lines.get(folded) if len(text) <= self.longest else None
        if not rule and folded.startswith(self.openings):
            rule = next(r for o, r in zip(self.openings, self.opened, strict=True) if folded.startswith(o))
        return Match(rule, 0, len(text), {"0": text.strip()}) if rule else None

    def whole(self, unit: Unit) -> Match | None:
        """Return the rule that takes all of a unit, by its line, a pattern, or a sentence."""
        found = self.line(unit)
        if found or len(unit.text) > _LONGEST:
            return found
        text = unit.text.strip()
        for pattern, rule in self.among.possible(text, self.wanted):
            match = pattern.fullmatch(text) or pattern.fullmatch(text.rstrip(" .…"))
            if match:
                return Match(rule, 0, len(unit.text), _groups(match))
        return None

    def end(self, unit: Unit) -> Match | None:
        """Return the rule for a sentence that is glued to the end of other words."""
        text = unit.text
        for pattern, rule in self.among.possible(text[-_LONGEST:], self.wanted, self.among.sentences):
            for match in pattern.finditer(text, max(0, len(text) - _LONGEST)):
                if match.start() and not text[match.end() :].strip(" .…\xa0"):
                    return Match(rule, match.start(), len(text), _groups(match))
        return None


def _groups(match: "re.Match[str]") -> dict[str, str]:
    return {"0": match[0].strip(), **{k: v or "" for k, v in match.groupdict().items()}}


def book(rules: tuple[Rule, ...], place: str) -> Book:
    """Return what rules have for a place: `head`, `tail`, `ends` or `anywhere`; made once for each."""
    return _make(Same(*rules), place)


@lru_cache(maxsize=32)
def _make(rules: Same, place: str) -> Book:
    """Collect what may stand at a place: what may stand anywhere may stand at both ends too."""
    places = (place, "anywhere", "ends" if place != "anywhere" else "")
    own = [rule for rule in rules.values if rule.fields.get("at", "anywhere") in places]
    lines = {line: rule for rule in reversed(own) for line in _lines(Same(rule))}
    openings = [(fold(text), rule) for rule in own for text in texts(rule, "block")]
    among, here = _patterns(rules), set(map(id, own))
    return Book(
        lines,
        tuple(text for text, _ in openings),
        tuple(rule for _, rule in openings),
        frozenset(index for index, (_, rule) in enumerate(among.rows) if id(rule) in here),
        among,
        2 * max(map(len, (*lines, *(text for text, _ in openings))), default=0),
    )


@lru_cache(maxsize=512)
def _lines(rule: Same) -> list[str]:
    return [fold(line) for line in texts(rule.values[0], "lines")]
