"""`cleanup explain`: why a rule is there, and what became of a line."""

import re
from collections.abc import Iterator
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
from cleanup.findings import Level, Pack, Placed, Rule
from cleanup.grammar import Table
from cleanup.reports.text import short
from cleanup.result import Result
from cleanup.rulebook import Rulebook
from cleanup.settings import Settings

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
    on = run.options.packs
    if rule and (not path or (rule not in book.by_id and not rule.startswith(f"{ENGINE}/"))):
        raise click.UsageError(f"{rule}: is no rule (`cleanup rules list` shows them), or stands behind no FILE:LINE")
    if what in book.by_id:
        out(visible(_rule(book.by_id[what], _state(what.rpartition("/")[0], book, settings, on))))
    elif what in packs:
        out(visible(_pack(packs[what], _state(what, book, settings, on))))
    elif what == ENGINE or what.startswith(f"{ENGINE}/"):
        out(visible(_engine(what, heard(settings))))
    elif place and path:
        with one_input(path):
            page = is_page(path) and marked(path, settings)
            data = run.fetch(path)
            result = in_place(run, path, data) if page else run.result(path, data)
            asked = Asked(result, data, book, settings, run.options._replace(in_place=page), given["without"])
        lines = result.source.text.count("\n") + 1
        if not 1 <= int(place["line"]) <= lines:
            raise click.UsageError(f"{path}:{place['line']}: the file has {lines} lines")
        with one_input(path):
            out(visible("\n".join(_line(asked, path, int(place["line"]), rule)) + "\n"))
    else:
        raise click.UsageError(
            f"{what}: is no rule or pack (`cleanup rules list` shows them), and no FILE:LINE of a file that is there"
        )
    return 0


def _state(pack: str, book: Rulebook, settings: Settings, on: frozenset[str]) -> str:
    if pack in settings.off:
        return f"off by {settings.file}"
    return f"off; --with {pack} switches it on" if pack in book.off and pack not in on else "on"


def _pack(pack: Pack, state: str) -> str:
    rows = [pack.name, f"  about     {pack.about}", f"  pack      {state}"]
    return "\n".join([*rows, *(f"  rule      {rule.id}" for rule in pack.rules)]) + "\n"


def _engine(name: str, table: Table) -> str:
    """Return what the table says of a rule of LanguageTool, or of all that is heard of it."""
    rule = name.removeprefix(ENGINE).strip("/")
    rows = [name, "  asked     by --grammar languagetool; it changes no word, and what is not named is ignored"]
    if not rule:
        for tag, entries in table.rows.items():
            heard = sum(entry.level is not None for entry in entries.values())
            rows.append(f"  {tag:<9} {heard} rules are heard")
    for tag, entry in table.named(rule):
        rows.append(f"  {tag:<9} {'ignored' if entry.level is None else entry.level.name.lower()}: {entry.why}")
    if rule and len(rows) == 2:
        rows.append("  ignored   it is not named; it could be heard only where its category is")
    return "\n".join(rows) + "\n"


def _rule(rule: Rule, state: str) -> str:
    levels = {Level.SAFE: "applied where it is safe", Level.SUGGEST: "only suggested", Level.REMARK: "only shown"}
    lines = [rule.id, f"  kind      {rule.kind}, {levels[rule.level]}", f"  why       {rule.why}"]
    lines += [f"  languages {', '.join(sorted(rule.languages))}"] if rule.languages else []
    lines += [f"  sources   {', '.join(sorted(rule.sources))}"] if rule.sources else []
    lines += [f"  pack      {state}", f"  file      {rule.where}"]
    for before, after, _ in rule.examples:
        name = "keep" if after is None else "shown in" if after == before else "before"
        lines.append(f"  {name:<9} {before!r}")
        lines += [f"  after     {after!r}"] if name == "before" else []
    return "\n".join(lines) + "\n"


def _line(asked: Asked, path: str, number: int, only: str | None) -> Iterator[str]:
    """Yield what a line is, what was found in it, what was not applied, and which rules did not fire, and why."""
    result = asked.result
    text = result.source.text.split("\n")
    line = text[number - 1]
    start = sum(len(row) + 1 for row in text[: number - 1])
    end = start + len(line)
    yield f"{path}:{number}  “{short(line, 90)}”"
    if not only:
        yield from _fates(result, start, end)
        yield from _block(result, start, end)
    found = [row for row in result.findings if row.start <= end and row.end >= start]
    for row in found:
        if only in (None, row.finding.rule):
            yield f"  {row.finding.rule}  {_verdict(row)}  {row.finding.message}"
    yield from _decided(result, start, end, only)
    if not only:
        yield from _facts(result, start, end)
        for form, why in dict(result.cast.rejected).items():
            if form and form in line[:120]:
                yield f'  no label  “{short(form)}”: {why}; --label "{form}" makes it one'
    label = max((s.end for s in result.spans() if s.fate == "labels" and start <= s.start < end), default=None)
    silent = list(unfired(asked, Line(start, end, label))) if line.strip() else []
    for rule, why in silent:
        if only in (None, rule.id):
            yield f"  {rule.id}  did not fire: {why}"
    if only and only not in {row.finding.rule for row in found} | {rule.id for rule, _ in silent}:
        closed = gate(asked, asked.book.by_id[only]) if only in asked.book.by_id else ""
        yield f"  {only}  did not fire: {f'{closed}; and ' if closed else ''}nothing on this line is what it looks for"
    for pack in () if only else result.closed:
        yield f"  closed    {pack}: its rules wait for a language (--language TAG)"


def _facts(result: Result, start: int, end: int) -> Iterator[str]:
    for fact in result.facts:
        if fact.start is not None and fact.end is not None and fact.start < end and fact.end > start:
            chosen = result.chosen.get(fact.key)
            lost = chosen and chosen != fact and chosen.value != fact.value
            yield f"  fact      {fact.key} = “{short(fact.value)}”{f'; “{chosen.value}” was chosen' if chosen and lost else ''}"


def _decided(result: Result, start: int, end: int, only: str | None) -> Iterator[str]:
    """Yield what people decided here."""
    for first, last, row in result.decided:
        if first <= end and last >= start and only in (None, row.rule):
            said = " ".join(filter(None, (row.do, row.by and f"by {row.by}", row.on)))
            yield f"  decided   {said}: “{short(row.words)}”  {row.rule}"


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
