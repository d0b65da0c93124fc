"""`cleanup explain`: why a rule is there, and what became of a line."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from cleanup.cli.asked import read_options, rule_options
from cleanup.cli.common import load, one_input, options
from cleanup.cli.said import out, visible
from cleanup.findings import Level, Pack, Placed, Rule
from cleanup.pipeline import Result, clean
from cleanup.reading import fetch
from cleanup.reports.text import short
from cleanup.rulebook import Rulebook
from cleanup.settings import Settings

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>[0-9]+)(?::[0-9]+)?:?")


@click.command()
@click.argument("what", metavar="RULE | FILE:LINE")
@rule_options
@read_options
def explain(what: str, **given: Any) -> int:
    """Say why a rule is there, or what became of a line and why nothing else was done to it.

    \b
    Examples:
      cleanup explain boilerplate/wordpress/comments-closed
      cleanup explain talk.txt:14
    """  # noqa: D301 (Click reads the `\b`)
    place = _PLACE.fullmatch(what)
    path = place["path"] if place else ""
    if path and not Path(path).is_file():
        path = ""
    settings, book = load([path] if path else [], given)
    packs = {pack.name: pack for pack in book.packs}
    on = frozenset(given["with_"]) | settings.on
    if what in book.by_id:
        out(visible(_rule(book.by_id[what], _state(what.rpartition("/")[0], book, settings, on))))
    elif what in packs:
        out(visible(_pack(packs[what], _state(what, book, settings, on))))
    elif place and path:
        with one_input(path):
            result = clean(fetch(path, limit=given["max_size"] << 20), path, book, options(given, settings))
        out(visible("\n".join(_line(result, path, int(place["line"]))) + "\n"))
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


def _rule(rule: Rule, state: str) -> str:
    levels = {Level.SAFE: "applied where it is safe", Level.SUGGEST: "only suggested", Level.REMARK: "only shown"}
    lines = [rule.id, f"  kind      {rule.kind}, {levels[rule.level]}", f"  why       {rule.why}"]
    lines += [f"  languages {', '.join(sorted(rule.languages))}"] if rule.languages else []
    lines += [f"  sources   {', '.join(sorted(rule.sources))}"] if rule.sources else []
    lines += [f"  pack      {state}", f"  file      {rule.where}"]
    for example in rule.examples:
        name = "keep" if example.after is None else "shown in" if example.after == example.before else "before"
        lines.append(f"  {name:<9} {example.before!r}")
        lines += [f"  after     {example.after!r}"] if name == "before" else []
    return "\n".join(lines) + "\n"


def _line(result: Result, path: str, number: int) -> Iterator[str]:
    """Yield what a line is, what was found in it, and what was not applied, and why."""
    text = result.source.text.split("\n")
    if not 1 <= number <= len(text):
        raise click.UsageError(f"{path}:{number}: the file has {len(text)} lines")
    line = text[number - 1]
    start = sum(len(row) + 1 for row in text[: number - 1])
    end = start + len(line)
    yield f"{path}:{number}  “{short(line, 90)}”"
    yield from _fates(result, start, end)
    yield from _block(result, start, end)
    for row in result.findings:
        if row.start <= end and row.end >= start:
            yield f"  {row.finding.rule}  {_verdict(row)}  {row.finding.message}"
    for fact in result.facts:
        if fact.start is not None and fact.end is not None and fact.start < end and fact.end > start:
            chosen = result.chosen.get(fact.key)
            kept = (
                "" if not chosen or chosen == fact or chosen.value == fact.value else f"; “{chosen.value}” was chosen"
            )
            yield f"  fact      {fact.key} = “{short(fact.value)}”{kept}"
    for form, why in dict(result.cast.rejected).items():
        if form and form in line[:120]:
            yield f'  no label  “{short(form)}”: {why}; --label "{form}" makes it one'
    for pack in result.closed:
        yield f"  closed    {pack}: its rules wait for a language (--language TAG)"


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
