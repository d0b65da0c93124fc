"""Rules of kind `find`: something to show, with no edit, or a fact that the words state."""

from collections.abc import Iterable

from cleanup.document import Cast, Document
from cleanup.findings import Fact, Finding, Found, Kind, Level, Rule
from cleanup.kinds.patterns import by_scope, check_gives, fill, hits
from cleanup.kinds.patterns import facts as given
from cleanup.view import View


def find(document: Document, cast: Cast, facts: Iterable[Fact], rules: tuple[Rule, ...]) -> Found:
    """Return a remark for each match; a rule that only gives a fact makes none."""
    found = Found()
    for scope, own in by_scope(rules):
        _look(View.of(document, scope), own, found)
    return found


def _look(view: View, rules: tuple[Rule, ...], found: Found) -> None:
    for rule, hit in hits(rules, view.text, "terms", "pattern", "patterns"):
        spans = view.spans(hit.start, hit.end)
        if not spans:
            continue
        start, end = spans[0][0], spans[-1][1]
        found.facts.extend(given(rule, hit.groups, start, end))
        if rule.message:
            message = fill(rule.message, hit.groups)
            found.findings.append(Finding(rule.id, message, start, end, level=Level.REMARK))


def _check(rule: Rule) -> None:
    if not {"terms", "pattern", "patterns"} & set(rule.fields):
        raise ValueError("a `find` rule has `terms`, a `pattern` or `patterns`")
    if not rule.message and "gives" not in rule.fields:
        raise ValueError("a `find` rule has a `message`, or `gives` a fact")
    check_gives(rule)


KIND = Kind("find", frozenset(), frozenset({"terms", "pattern", "patterns", "case", "gives", "weight"}), find, _check)
