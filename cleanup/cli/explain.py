"""`cleanup explain`: why a rule is there, and what became of a line."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from cleanup.batch import Input
from cleanup.cli.asked import asks
from cleanup.cli.looking import look
from cleanup.cli.run import ENGINE, PLAIN, Run, heard, one_input
from cleanup.cli.said import out, visible
from cleanup.cli.why import Line, gate, unfired
from cleanup.errors import SettingsError
from cleanup.findings import Level, Placed, Rule
from cleanup.grammar import Table
from cleanup.reports.text import short

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>[0-9]+)(?::[0-9]+)?:?")


@click.command()
@click.argument("what", metavar="RULE | FILE:LINE")
@click.argument("rule", required=False)
@asks("rules", "grammar", "read")
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
    run = Run([path] if path else [], {**PLAIN, **given})
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
            told = list(_line(_looked(run, path, int(place["line"])), rule))
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
    rows += [("raw", "not asked of a page that stays in place")] if rule.raw else []
    rows += [("pack", state), ("file", rule.where)]
    for before, after, _ in rule.examples:
        name = "keep" if after is None else "shown in" if after == before else "before"
        rows += [(name, repr(before)), *([("after", repr(after))] if name == "before" else [])]
    return _rows(rule.id, rows)


def _looked(run: Run, path: str, number: int) -> Line:
    """Look at the file as `check` does, and return one of its lines."""
    seen = look(run, Input(path))
    result = seen.result or run.result(path)
    lines = result.source.text.split("\n")
    if not 1 <= number <= len(lines):
        raise SettingsError(f"{path}:{number}: the file has {len(lines)} lines")
    start = sum(len(row) + 1 for row in lines[: number - 1])
    end = start + len(lines[number - 1])
    label = max((s.end for s in result.spans() if s.fate == "labels" and start <= s.start < end), default=None)
    return Line(run, result, seen.page and seen.result is not None, start, end, label)


def _line(line: Line, only: str | None) -> Iterator[str]:
    """Yield what a line is, what was found in it, what was not applied, and which rules did not fire, and why."""
    result = line.result
    words = result.source.text[line.start : line.end]
    yield f"{result.source.path}:{result.source.text.count(chr(10), 0, line.start) + 1}  “{short(words, 90)}”"
    if not only:
        yield from _fates(line)
        yield from _turn(line)
    for row in line.findings:
        if only in (None, row.finding.rule):
            yield f"  {row.finding.rule}  {_verdict(row)}  {row.finding.message}"
    for decision in line.decided:
        if only in (None, decision.rule):
            said = " ".join(filter(None, (decision.do, decision.by and f"by {decision.by}", decision.on)))
            yield f"  decided   {said}: “{short(decision.words)}”  {decision.rule}"
    if not only:
        for fact in line.facts:
            chosen = result.chosen.get(fact.key, fact).value
            yield f"  fact      {fact.key} = “{short(fact.value)}”" + (
                f"; “{chosen}” was chosen" if chosen != fact.value else ""
            )
        for form, why in dict(result.cast.rejected).items():
            if form and form in words[:120]:
                yield f'  no label  “{short(form)}”: {why}; --label "{form}" makes it one'
    silent = unfired(line) if words.strip() else {}
    for name, why in silent.items():
        if only in (None, name):
            yield f"  {name}  did not fire: {why}"
    if only and only not in silent.keys() | {row.finding.rule for row in line.findings}:
        closed = gate(line, line.run.book.by_id[only]) if only in line.run.book.by_id else ""
        yield f"  {only}  did not fire: {f'{closed}; and ' if closed else ''}nothing on this line is what it looks for"
    for pack in () if only else result.closed:
        yield f"  closed    {pack}: its rules wait for a language (--language TAG)"


def _fates(line: Line) -> Iterator[str]:
    names = {"body": "spoken", "labels": "label", "stamps": "time", "notes": "note"}
    for span in line.result.spans():
        piece = line.result.source.text[max(line.start, span.start) : min(line.end, span.end)].strip()
        if piece:
            yield f"  {names.get(span.fate, span.fate):<9} “{short(piece, 70)}”{'  (changed)' if span.changed else ''}"


def _turn(line: Line) -> Iterator[str]:
    """Yield whose turn the line belongs to, and on what evidence the name stands there."""
    for block in line.result.walk():
        if block.kind == "turn" and block.start <= max(line.start, line.end - 1) and block.end > line.start:
            person = next((s for s in line.result.cast.speakers if s.shown == block.speaker), None)
            if person is None:
                yield "  turn      of nobody who is named"
                continue
            quote = f" by “{short(person.quote)}”" if person.quote and person.name == person.shown else ""
            yield f"  turn      of {person.shown}" + (f" ({person.evidence}{quote})" if person.evidence else "")


def _verdict(row: Placed) -> str:
    if row.applied:
        return "applied"
    waits = {Level.SUGGEST: "it waits for a person", Level.REMARK: "it is shown, not done"}
    return f"not applied: {row.why_not or waits.get(row.finding.level, 'it was refused')}"
