"""`cleanup explain`: why a rule is there, and what became of a line."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from cleanup.batch import is_page
from cleanup.cli.asked import grammar_options, read_options, rule_options
from cleanup.cli.common import ENGINE, heard
from cleanup.cli.looking import in_place, marked
from cleanup.cli.run import Run, one_input
from cleanup.cli.said import out, visible
from cleanup.cli.why import Asked, Line, gate, unfired
from cleanup.findings import Level, Placed, Rule
from cleanup.grammar import Table
from cleanup.reports.text import short
from cleanup.result import Result

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>[0-9]+)(?::[0-9]+)?:?")


@click.command()
@click.argument("what", metavar="RULE | FILE:LINE")
@click.argument("rule", required=False)
@rule_options
@grammar_options
@read_options
def explain(what: str, rule: str | None, **given: Any) -> int:
    """Say why a rule is there, or what became of a line and why nothing else was done to it.

    With a RULE behind FILE:LINE only that rule is spoken of.

    \b
    Examples:
      cleanup explain boilerplate/wordpress/comments-closed
      cleanup explain talk.txt:14
      cleanup explain talk.txt:14 fillers/fillers/um
    """  # noqa: D301 (Click reads the `\b`)
    place = _PLACE.fullmatch(what)
    path = place["path"] if place and Path(place["path"]).is_file() else ""
    run = Run([path] if path else [], given)
    book, settings = run.book, run.settings
    packs = {pack.name: pack for pack in book.packs}
    if rule and (not path or (rule not in book.by_id and not rule.startswith(f"{ENGINE}/"))):
        raise click.UsageError(f"{rule}: is no rule (`cleanup rules list` shows them), or stands behind no FILE:LINE")
    if what in book.by_id:
        told = _rule(book.by_id[what], _state(what.rpartition("/")[0], run))
    elif what in packs:
        rows = [("about", packs[what].about), ("pack", _state(what, run))]
        told = _rows(what, [*rows, *(("rule", rule.id) for rule in packs[what].rules)])
    elif what == ENGINE or what.startswith(f"{ENGINE}/"):
        told = _rows(what, _engine(what.removeprefix(ENGINE).strip("/"), heard(settings)))
    elif place and path:
        with one_input(path):
            asked = _asked(run, path)
        text, number = asked.result.source.text.split("\n"), int(place["line"])
        if not 1 <= number <= len(text):
            raise click.UsageError(f"{path}:{number}: the file has {len(text)} lines")
        with one_input(path):
            told = [f"{path}:{number}  “{short(text[number - 1], 90)}”", *_line(asked, text, number, rule)]
    else:
        raise click.UsageError(
            f"{what}: is no rule or pack (`cleanup rules list` shows them), and no FILE:LINE of a file that is there"
        )
    out(visible("\n".join(told) + "\n"))
    return 0


def _rows(head: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    return [head, *(f"  {name:<9} {text}" for name, text in rows)]


def _state(pack: str, run: Run) -> str:
    if pack in run.settings.off:
        return f"off by {run.settings.file}"
    return f"off; --with {pack} switches it on" if pack in run.book.off - run.options.packs else "on"


def _engine(rule: str, table: Table) -> Iterator[tuple[str, str]]:
    """Yield what the table says of a rule of LanguageTool, or of all that is heard of it."""
    yield "asked", "by --grammar languagetool; it changes no word, and what is not named is ignored"
    named = list(table.named(rule))
    if not rule:
        for tag, entries in table.rows.items():
            yield tag, f"{sum(entry.level is not None for entry in entries.values())} rules are heard"
    elif not named:
        yield "ignored", "it is not named; it could be heard only where its category is"
    for tag, entry in named:
        yield tag, f"{'ignored' if entry.level is None else entry.level.name.lower()}: {entry.why}"


def _rule(rule: Rule, state: str) -> list[str]:
    levels = {Level.SAFE: "applied where it is safe", Level.SUGGEST: "only suggested", Level.REMARK: "only shown"}
    rows = [("kind", f"{rule.kind}, {levels[rule.level]}"), ("why", rule.why)]
    rows += [("languages", ", ".join(sorted(rule.languages)))] if rule.languages else []
    rows += [("sources", ", ".join(sorted(rule.sources)))] if rule.sources else []
    rows += [("pack", state), ("file", rule.where)]
    for before, after, _ in rule.examples:
        name = "keep" if after is None else "shown in" if after == before else "before"
        rows += [(name, repr(before)), *([("after", repr(after))] if name == "before" else [])]
    return _rows(rule.id, rows)


def _asked(run: Run, path: str) -> Asked:
    """Look at the file as `check` does."""
    data = run.fetch(path)
    if is_page(path) and marked(path, run.settings):
        return Asked(run, in_place(run, path, data), data, in_place=True)
    return Asked(run, run.result(path, data), data, in_place=False)


def _line(asked: Asked, text: Sequence[str], number: int, only: str | None) -> Iterator[str]:
    """Yield what a line is, what was found in it, what was not applied, and which rules did not fire, and why."""
    result, line = asked.result, text[number - 1]
    start = sum(len(row) + 1 for row in text[: number - 1])
    end = start + len(line)
    if not only:
        yield from _fates(result, start, end)
        yield from _block(result, start, end)
    found = [row for row in result.findings if row.start <= end and row.end >= start]
    for row in found:
        if only in (None, row.finding.rule):
            yield f"  {row.finding.rule}  {_verdict(row)}  {row.finding.message}"
    for first, last, decision in result.decided:
        if first <= end and last >= start and only in (None, decision.rule):
            said = " ".join(filter(None, (decision.do, decision.by and f"by {decision.by}", decision.on)))
            yield f"  decided   {said}: “{short(decision.words)}”  {decision.rule}"
    if not only:
        yield from _facts(result, start, end)
        for form, why in dict(result.cast.rejected).items():
            if form and form in line[:120]:
                yield f'  no label  “{short(form)}”: {why}; --label "{form}" makes it one'
    label = max((s.end for s in result.spans() if s.fate == "labels" and start <= s.start < end), default=None)
    silent = dict(unfired(asked, Line(start, end, label))) if line.strip() else {}
    for name, why in silent.items():
        if only in (None, name):
            yield f"  {name}  did not fire: {why}"
    if only and only not in silent.keys() | {row.finding.rule for row in found}:
        closed = gate(asked, asked.run.book.by_id[only]) if only in asked.run.book.by_id else ""
        yield f"  {only}  did not fire: {f'{closed}; and ' if closed else ''}nothing on this line is what it looks for"
    for pack in () if only else result.closed:
        yield f"  closed    {pack}: its rules wait for a language (--language TAG)"


def _facts(result: Result, start: int, end: int) -> Iterator[str]:
    for fact in result.facts:
        if fact.start is not None and fact.end is not None and fact.start < end and fact.end > start:
            chosen = result.chosen.get(fact.key)
            lost = chosen and chosen != fact and chosen.value != fact.value
            yield f"  fact      {fact.key} = “{short(fact.value)}”{f'; “{chosen.value}” was chosen' if chosen and lost else ''}"


def _fates(result: Result, start: int, end: int) -> Iterator[str]:
    names = {"body": "spoken", "labels": "label", "stamps": "time", "notes": "note"}
    for span in result.spans():
        if span.start < max(end, start + 1) and span.end > start:
            piece = result.source.text[max(start, span.start) : min(end, span.end)].strip()
            if piece:
                changed = "  (changed)" if span.changed else ""
                yield f"  {names.get(span.fate, span.fate):<9} “{short(piece, 70)}”{changed}"


def _block(result: Result, start: int, end: int) -> Iterator[str]:
    """Yield whose turn the line belongs to, and on what evidence the name stands there."""
    for block in result.blocks():
        if block.kind == "turn" and block.start <= max(start, end - 1) and block.end > start:
            person = next((s for s in result.cast.speakers if s.shown == block.speaker), None)
            if person is None:
                yield "  turn      of nobody who is named"
            else:
                quote = f" by “{short(person.quote)}”" if person.quote and person.name == person.shown else ""
                grounds = f" ({person.evidence}{quote})" if person.evidence else ""
                yield f"  turn      of {person.shown}{grounds}"


def _verdict(row: Placed) -> str:
    if row.applied:
        return "applied"
    waits = {Level.SUGGEST: "it waits for a person", Level.REMARK: "it is shown, not done"}
    return f"not applied: {row.why_not or waits.get(row.finding.level, 'it was refused')}"
