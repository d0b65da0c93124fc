"""`cleanup explain`: why a rule is there, and what became of a line."""

from pathlib import Path
from typing import Any

import click

from cleanup.casting.given import Given
from cleanup.cli.common import load, out, rule_options
from cleanup.findings import Rule
from cleanup.pipeline import Options, Result, clean
from cleanup.reading import fetch
from cleanup.reports.text import short


@click.command()
@click.argument("what", metavar="RULE | FILE:LINE")
@rule_options
def explain(what: str, **given: Any) -> int:
    """Explain a rule (boilerplate/wordpress/comments-closed) or a line of a file (talk.txt:14)."""
    path, _, number = what.rpartition(":")
    is_place = number.isdigit() and Path(path).is_file()
    settings, book = load([path] if is_place else [], given["rule_paths"], given["with_"], given["without"])
    if what in book.by_id:
        out(_rule(book.by_id[what], on=what.rpartition("/")[0] not in book.off))
        return 0
    if not is_place:
        raise click.UsageError(
            f"{what}: is no rule (see `cleanup rules list`), and no FILE:LINE of a file that is there"
        )
    options = Options(
        format=given["from_"], encoding=given["encoding"], language=given["language"] or settings.language, given=Given(),
        without=frozenset(given["without"]) | settings.off, packs=frozenset(given["with_"]) | settings.on,
    )  # fmt: skip
    result = clean(fetch(path), path, book, options)
    out(_place(result, path, int(number)))
    return 0


def _rule(rule: Rule, *, on: bool) -> str:
    lines = [rule.id, f"  kind      {rule.kind}, at most {rule.level.name.lower()}", f"  why       {rule.why}"]
    lines += [f"  languages {', '.join(sorted(rule.languages))}"] if rule.languages else []
    lines += [f"  sources   {', '.join(sorted(rule.sources))}"] if rule.sources else []
    lines += [
        f"  pack      is {'on' if on else 'off; --with ' + rule.id.rpartition('/')[0]}",
        f"  file      {rule.where}",
    ]
    for example in rule.examples:
        lines.append(
            f"  before    {example.before!r}" if example.after is not None else f"  keep      {example.before!r}"
        )
        lines += [f"  after     {example.after!r}"] if example.after not in (None, example.before) else []
    return "\n".join(lines) + "\n"


def _place(result: Result, path: str, number: int) -> str:
    """Say what a line is, what was found in it, and what was not applied, and why."""
    text = result.source.text.split("\n")
    if not 1 <= number <= len(text):
        raise click.UsageError(f"{path}:{number}: the file has {len(text)} lines")
    start = sum(len(line) + 1 for line in text[: number - 1])
    end = start + len(text[number - 1])
    lines = [f"{path}:{number}  “{short(text[number - 1], 90)}”"]
    for span in result.spans:
        if span.start < max(end, start + 1) and span.end > start:
            piece = result.source.text[max(start, span.start) : min(end, span.end)].strip()
            if piece:
                lines.append(f"  {span.fate:<9} “{short(piece, 70)}”{'  (changed)' if span.changed else ''}")
    for row in result.findings:
        if row.start <= end and row.end >= start:
            state = "applied" if row.applied else f"not applied: {row.why_not or _reason(row.finding.level.name)}"
            lines.append(f"  {row.finding.rule}  {state}  {row.finding.message}")
    for fact in result.facts:
        if fact.start is not None and fact.end is not None and fact.start < end and fact.end > start:
            chosen = result.chosen.get(fact.key) == fact
            lines.append(
                f"  fact      {fact.key} = “{short(fact.value)}”{'' if chosen else ', another claim was chosen'}"
            )
    for form, why in result.cast.rejected:
        if form and form in text[number - 1][:120]:
            lines.append(f'  no label  “{short(form)}”: {why}; --label "{form}" makes it one')
    for pack in result.closed:
        lines.append(f"  closed    {pack}: its rules wait for a language (--language TAG)")
    return "\n".join(lines) + "\n"


def _reason(level: str) -> str:
    return "it waits for a person" if level == "SUGGEST" else "it is shown, not done"
