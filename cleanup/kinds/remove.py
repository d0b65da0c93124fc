"""Rules of kind `remove`: page furniture goes, and what it says may become a fact."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from cleanup.document import Cast, Document
from cleanup.edits import Edit
from cleanup.findings import Fact, Finding, Found, Kind, Level, Rule
from cleanup.kinds.patterns import check_gives, hits, texts
from cleanup.kinds.patterns import facts as given
from cleanup.literals import keys
from cleanup.matching import Matcher, Needle, Same
from cleanup.view import Unit, View, fold, units, whole

_HEAD = 40
"""Units that can be the head of a page where no label says where the speech begins."""
_LONGEST, _TWO = 4000, 100


class Match:
    """A rule that takes a unit, or its end from `start` on, and the groups of the match."""

    def __init__(self, rule: Rule, start: int, end: int, groups: Mapping[str, str]) -> None:
        self.rule, self.start, self.end, self.groups = rule, start, end, groups


def find(document: Document, cast: Cast, facts: Iterable[Fact], rules: tuple[Rule, ...]) -> Found:
    """Peel furniture off both ends, and take from the middle what names its origin.

    A line that a label opens is speech, whatever it says. The tail is peeled by all rules
    together: behind it only furniture, sounds and blanks may follow. In captions, where `Play`
    alone on a line is said, only rules count that say so (`captions: true`).
    """
    found = Found()
    if document.timed:
        rules = tuple(rule for rule in rules if rule.fields.get("captions") is True)
    if document.ours:  # what captions are signed with has gone; here an address may be what was said
        rules = tuple(rule for rule in rules if rule.fields.get("captions") is not True)
    if document.format.name == "markdown":  # in a page that is there each line that is taken has to stand for itself
        rules = tuple(rule for rule in rules if rule.fields.get("between") is not True)
    rows = _gathered(document, _book(rules, "ends")) if document.timed else units(document)
    taken: list[tuple[Unit, Match]] = [
        *_head(rows, rules),
        *_tail(rows, rules),
        *_anywhere(rows, rules, timed=document.timed),
    ]
    done: set[int] = set()
    for unit, match in taken:
        if unit.first in done and match.start == 0 and match.end == len(unit.text):
            continue
        done.add(unit.first)
        entire = match.start == 0 and match.end == len(unit.text)
        edits = (whole(document, unit),) if entire else _partly(document, unit, match)
        if edits:
            _report(found, match.rule, match.groups, edits)
    ends = _book(rules, "tail")
    for unit in units(document, asides=True):  # goes as part of the page, and may say whose page it is
        told = ends.whole(unit)
        if told:
            found.facts.extend(given(told.rule, told.groups, unit.start, unit.end))
    view = View.of(document, frozenset({"words", "asides"}))
    for rule, hit in hits(tuple(filter(_strays, rules)), view.text, "sentence"):
        cut = view.edit(hit.start, hit.end, "")
        if cut and not any(e.start >= f.start and e.end <= f.end for f in found.findings for e in cut):
            _report(found, rule, hit.groups, cut)
    return found


def _strays(rule: Rule) -> bool:
    return rule.fields.get("at", "anywhere") == "anywhere"


def _gathered(document: Document, book: "_Book") -> Sequence[Unit]:
    """Return the lines of captions, and as one those that are furniture only together: `Untertitel von⏎Harbour Team`."""
    rows: list[Unit] = []
    for unit in units(document):
        last = rows[-1] if rows else None
        between = document.parts[last.last : unit.first] if last else ()
        if last and len(between) == 1 and between[0].form == "line" and (last.text[-1] == ":" or not book.whole(last)):
            both = last._replace(end=unit.end, text=f"{last.text} {unit.text}", last=unit.last)
            if len(both.text) <= _TWO and book.whole(both):
                rows[-1] = both
                continue
        rows.append(unit)
    return rows


def _report(found: Found, rule: Rule, groups: Mapping[str, str], edits: tuple[Edit, ...]) -> None:
    start, end = edits[0].start, edits[-1].end
    message = rule.message or "Page furniture, not speech"
    level = rule.level if rule.level is not Level.REMARK else Level.REMARK
    if not any(f.start == start and f.end == end for f in found.findings):
        found.findings.append(Finding(rule.id, message, start, end, edits, level, "removed"))
        found.facts.extend(given(rule, groups, start, end))


def _partly(document: Document, unit: Unit, match: Match) -> tuple[Edit, ...]:
    """Delete the end of a unit, where each character stands for itself."""
    if document.text[unit.start : unit.end] != unit.text:
        return ()
    start = unit.start + match.start
    while start > unit.start and document.text[start - 1] in " \xa0\t":
        start -= 1
    return (Edit(start, unit.start + match.end, ""),)


def _head(rows: Sequence[Unit], rules: tuple[Rule, ...]) -> Iterator[tuple[Unit, Match]]:
    labelled = next((i for i, unit in enumerate(rows) if unit.labelled), None)
    book = _book(rules, "head")
    for unit in rows[: min(_HEAD, labelled if labelled is not None else _HEAD)]:
        match = book.whole(unit)
        if match:
            yield unit, match


def _tail(rows: Sequence[Unit], rules: tuple[Rule, ...]) -> Iterator[tuple[Unit, Match]]:
    """Peel furniture off the end; short lines that stand between two pieces of it belong to it, where labels show who speaks."""
    book = _book(rules, "tail")
    between = next((rule for rule in rules if rule.fields.get("between") is True), None)
    between = between if any(unit.labelled for unit in rows) else None
    held: list[tuple[Unit, Match]] = []
    known = run = 0
    for unit in reversed(rows):
        match = None if unit.labelled else book.whole(unit)
        found = match or book.end(unit)
        if found:
            known, run = known + 1, 0
            held.append((unit, found))
            if known > 1 or len(held) == 1:
                yield from held
                held.clear()
            if not match:
                return
        elif between and run < _BETWEEN and _loose(unit):
            run += 1
            held.append((unit, Match(between, 0, len(unit.text), {"0": unit.text.strip()})))
        else:
            return


_BETWEEN = 6
"""Lines in a row that may stand between two pieces of furniture."""


def _loose(unit: Unit) -> bool:
    """Say whether a line is a headline, a name or a button, and no sentence."""
    text = unit.text.strip()
    return not unit.labelled and len(text) < 90 and len(text.split()) < 12 and text[-1:] not in ".,;:?!…。！？"


def _anywhere(rows: Sequence[Unit], rules: tuple[Rule, ...], *, timed: bool) -> Iterator[tuple[Unit, Match]]:
    book = _book(rules, "anywhere")
    for unit in rows:  # a machine that tells voices apart gives what it made up a voice too
        match = None if unit.labelled and not timed else book.line(unit)
        if match:
            yield unit, match


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


class _Book(NamedTuple):
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


def _book(rules: tuple[Rule, ...], place: str) -> _Book:
    return _make(Same(*rules), place)


@lru_cache(maxsize=32)
def _make(rules: Same, place: str) -> _Book:
    """Collect what may stand at a place: what may stand anywhere may stand at both ends too."""
    places = (place, "anywhere", "ends" if place != "anywhere" else "")
    own = [rule for rule in rules.values if rule.fields.get("at", "anywhere") in places]
    lines = {line: rule for rule in reversed(own) for line in _lines(Same(rule))}
    openings = [(fold(text), rule) for rule in own for text in texts(rule, "block")]
    among, here = _patterns(rules), set(map(id, own))
    return _Book(
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


def _check(rule: Rule) -> None:
    if not {"lines", "sentence", "block", "pattern"} & set(rule.fields):
        raise ValueError("a `remove` rule has `lines`, a `sentence`, a `block` or a `pattern`")
    if rule.fields.get("at", "anywhere") not in ("head", "tail", "ends", "anywhere"):
        raise ValueError("`at` is head, tail, ends or anywhere")
    if not isinstance(rule.fields.get("captions", True), bool):
        raise ValueError("`captions` is true or false")
    if "pattern" in rule.fields and rule.fields.get("at", "anywhere") == "anywhere":
        raise ValueError(
            "a `pattern` for whole lines needs `at` head, tail or ends; in the middle a `sentence` names its origin"
        )
    check_gives(rule)


KIND = Kind(
    "remove",
    frozenset(),
    frozenset({"lines", "sentence", "block", "pattern", "at", "captions", "between", "gives", "weight"}),
    find,
    _check,
)
