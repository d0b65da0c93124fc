"""The examples of rules, run: they are their tests."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleanup.edits import apply
from cleanup.findings import Level, Pack, Rule
from cleanup.grading import settle
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.result import Result
from cleanup.rulebook import Rulebook


class Failure(NamedTuple):
    """An example that does not hold, the line where it stands, and what came instead."""

    rule: Rule
    line: int
    what: str


def check(book: Rulebook, rules: Iterable[Rule]) -> Iterator[Failure]:
    """Yield every example of the rules that does not hold.

    Before gives after exactly, after gives nothing more, and what is to be kept is left alone. A
    rule that only remarks has equal `before` and `after`, and must be heard on `before`.
    """
    for rule in rules:
        alone = Rulebook(tuple(_only(book, rule)), book.tables)
        for before, after, line in rule.examples:
            what = _try(alone, rule, before, after)
            if what:
                yield Failure(rule, line, what)


def _only(book: Rulebook, rule: Rule) -> Iterator[Pack]:
    for pack in book.packs:
        if rule in pack.rules:
            yield Pack(pack.name, pack.about, (rule,))


def _try(book: Rulebook, rule: Rule, before: str, wanted: str | None) -> str | None:
    result = _run(book, rule, before)
    after = _written(result, rule)
    heard = any(p.finding.rule == rule.id for p in result.findings) or any(f.rule == rule.id for f in result.facts)
    if wanted is None:
        gone = any(p.finding.rule == rule.id for p in result.findings)
        return f"it is not left alone: {after!r}" if after != before or gone else None
    if after != wanted:
        return f"it becomes {after!r}"
    if not heard:
        return "nothing is found in it"
    if wanted != before:
        again = _written(_run(book, rule, after), rule)
        return f"a second run goes on: {again!r}" if again != after else None
    return None


def _run(book: Rulebook, rule: Rule, text: str) -> Result:
    language = next(iter(sorted(rule.languages)), None)
    packs = frozenset(pack.name for pack in book.packs)
    form = "html" if rule.kind == "region" else "vtt" if text.startswith("WEBVTT\n") else "text"
    if rule.fields.get("only") == "markdown" or text.startswith(("---\n", "# ")):
        form = "markdown"
    return clean(text.encode(), "example", book, Options(format=form, language=language, packs=packs))


def _written(result: Result, rule: Rule) -> str:
    """Return the text after what was applied, and after what the rule suggests: a suggestion shows its edits too."""
    text = result.document.text
    last = next((r for r in result.revisions if r.stage == rule.stage), None)
    waiting = [
        f for f in (last.remaining if last else ()) if f.level is Level.SUGGEST and f.edits and f.rule == rule.id
    ]
    if not last or not waiting or rule.kind == "cast":
        return text
    winners, _ = settle(waiting)
    return text if last.edits else apply(last.after.text, [edit for finding in winners for edit in finding.edits])
