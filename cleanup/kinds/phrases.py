"""Rules of kinds `find` and `replace`: what a term or a pattern finds is shown, states a fact, or becomes another text."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from cleanup.document import Cast, Document
from cleanup.edits import Edit
from cleanup.findings import Fact, Finding, Found, Kind, Level, Rule
from cleanup.kinds.patterns import by_view, check_gives, fill, hits, texts
from cleanup.kinds.patterns import facts as given
from cleanup.literals import fold
from cleanup.matching import Hit
from cleanup.regexes import late
from cleanup.view import View

_GROWTH = 4
_WORD = late(r"[^\W_]+(?:['’\-.][^\W_]+)*")


def find(document: Document, cast: Cast, facts: Iterable[Fact], rules: tuple[Rule, ...]) -> Found:
    """Return what each match says, in the words of turns or in the parts that a rule's scope names: both kinds look at once."""
    found = Found()
    for view, own in by_view(document, rules):
        for rule, hit in hits(own, view.text, "terms", "pattern", "patterns", "pairs"):
            if rule.kind == "find":
                _shown(view, rule, hit, found)
            else:
                found.findings.extend(_replaced(view, rule, hit))
        del view  # of a large text two at a time weigh too much
    return found


def _shown(view: View, rule: Rule, hit: Hit, found: Found) -> None:
    """Add a remark, or the facts that a rule gives: one that only gives facts makes no remark."""
    spans = view.spans(hit.start, hit.end)
    if spans:
        start, end = spans[0][0], spans[-1][1]
        found.facts.extend(given(rule, hit.groups, start, end))
        if rule.message:
            message = fill(rule.message, hit.groups)
            found.findings.append(Finding(rule.id, message, start, end, level=Level.REMARK))


def _replaced(view: View, rule: Rule, hit: Hit) -> Iterator[Finding]:
    """Yield the finding that puts a rule's text in place of a match; an empty text drops it."""
    if "context" in rule.fields and not _in_context(rule, view.text, hit.start, hit.end):
        return
    pairs = rule.fields.get("pairs")
    text = pairs[hit.pattern] if isinstance(pairs, Mapping) else rule.fields.get("text", "")
    new = fill(str(text), hit.groups)
    if pairs and hit.groups["0"][:1].isupper():
        new = new[:1].upper() + new[1:]
    if new == hit.groups["0"] or len(new) > _GROWTH * (hit.end - hit.start) + 80:
        return
    start, end = (hit.start, hit.end) if new else _with_blank(view.text, hit.start, hit.end)
    yield from _finding(view, rule, start, end, new, hit.groups["0"])


def _in_context(rule: Rule, text: str, start: int, end: int) -> bool:
    """Say whether one of the words that a rule wants near it stands in the same turn, outside of the match."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    around = fold(text[first:start] + "\n" + text[end : len(text) if last < 0 else last])
    near = frozenset(_WORD.findall(around))
    return any(fold(word) in near for word in texts(rule, "context"))


def _finding(view: View, rule: Rule, start: int, end: int, new: str, old: str) -> Iterator[Finding]:
    spans = view.spans(start, end)
    if not spans:
        return
    edits = view.edit(start, end, new)
    if edits and not new:
        edits = (*edits, *_blank(view.document, spans))
    message = rule.message or (f"“{old}” → “{new}”" if new else f"“{old}” is dropped")
    level = rule.level if edits else min(rule.level, Level.REMARK)
    yield Finding(rule.id, message, spans[0][0], spans[-1][1], edits or (), level)


def _with_blank(text: str, start: int, end: int) -> tuple[int, int]:
    """Take one blank along, so that no double blank stays: the one behind, or at a line's end the one before."""
    if end < len(text) and text[end] in " \xa0" and (start == 0 or text[start - 1].isspace()):
        return start, end + 1
    if start and text[start - 1] in " \xa0" and (end == len(text) or not text[end].isalnum()):
        return start - 1, end
    return start, end


def _blank(document: Document, spans: list[tuple[int, int]]) -> Iterator[Edit]:
    """Delete the blank that stood between parts that are both dropped."""
    for (_, end), (start, _) in pairwise(spans):
        if document.text[end:start].isspace() and "\n" not in document.text[end:start]:
            yield Edit(end, start, "")


def _check_find(rule: Rule) -> None:
    if not {"terms", "pattern", "patterns"} & set(rule.fields):
        raise ValueError("a `find` rule has `terms`, a `pattern` or `patterns`")
    if not rule.message and "gives" not in rule.fields:
        raise ValueError("a `find` rule has a `message`, or `gives` a fact")
    check_gives(rule)


def _check_replace(rule: Rule) -> None:
    if sum(key in rule.fields for key in ("terms", "pattern", "pairs")) != 1:
        raise ValueError("a `replace` rule has `terms`, a `pattern` or `pairs`, one of them")
    if "pairs" in rule.fields:
        if not isinstance(rule.fields["pairs"], Mapping) or "text" in rule.fields:
            raise ValueError("`pairs` maps patterns to what stands there afterwards, and needs no `text`")
    elif not isinstance(rule.fields.get("text"), str):
        raise ValueError('`text` is what stands there afterwards; "" drops the term')


FIND = Kind(
    "find", frozenset(), frozenset({"terms", "pattern", "patterns", "case", "gives", "weight"}), find, _check_find
)
REPLACE = Kind(
    "replace", frozenset(), frozenset({"terms", "pattern", "pairs", "text", "case", "context"}), find, _check_replace
)
