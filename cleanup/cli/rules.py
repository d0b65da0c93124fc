"""`cleanup rules`: what rules there are, and whether their examples hold."""

from typing import Any

import click

from cleanup.archive import terms
from cleanup.cli.asked import asks
from cleanup.cli.impact import impact
from cleanup.cli.looking import transcripts
from cleanup.cli.run import PLAIN, Run, load
from cleanup.cli.said import out, put, say
from cleanup.decisions import Decisions
from cleanup.reports.text import count


@click.group()
def rules() -> None:
    """List the rules, run their examples, or say what a pack would do."""


@rules.command("list")
@asks("rules")
def list_(**given: Any) -> int:
    """List packs and rules, and which are off."""
    settings, book = load([], given)
    off = (book.off - {*given["with_"], *settings.on}) | settings.off
    for pack in book.packs:
        out(f"{pack.name}{'  (off)' if pack.name in off else ''}  {pack.about}\n")
        for rule in pack.rules:
            gates = f"  [{', '.join(sorted(rule.languages))}]" if rule.languages else ""
            out(f"  {rule.id}  {rule.kind}, {rule.level.name.lower()}{gates}\n")
    say(f"{count(len(book.by_id), 'rule')} in {count(len(book.packs), 'pack')}")
    return 0


@rules.command("test")
@click.argument("pack", nargs=-1)
@asks("rules")
def test(pack: tuple[str, ...], **given: Any) -> int:
    """Run the examples of all rules, or of the packs that are named."""
    from cleanup.examples import check

    _, book = load([], given, tried=False)
    chosen = [rule for rule in book.by_id.values() if not pack or any(rule.id.startswith(f"{name}/") for name in pack)]
    if not chosen:
        raise click.UsageError(f"there is no pack {', '.join(pack)}; see `cleanup rules list`")
    failures = list(check(book, chosen))
    for failure in failures:
        out(f"{failure.rule.where}: {failure.rule.id}: example at line {failure.line}: {failure.what}\n")
    total = sum(len(rule.examples) for rule in chosen)
    say(f"{count(total, 'example')} of {count(len(chosen), 'rule')}: {len(failures)} do not hold")
    return 1 if failures else 0


@rules.command("new")
@click.option("--from", "path", multiple=True, required=True, type=click.Path(), help="Pages, or folders of them.")
@click.option("-o", "--output", metavar="FILE", help="Write the glossary to a file; default: standard output.")
@asks("rules")
def new(path: tuple[str, ...], output: str | None, **given: Any) -> int:
    """Propose a glossary from what people have put right on pages, and from rare spellings of their names.

    Each entry says how often it was put right and let stand, with an example; nothing is in force
    until the file is named under `rules:` in cleanup.yaml.
    """
    run = Run(path, {**PLAIN, **given})
    turns: list[terms.Turn] = []
    for name, result, raw in transcripts(run):
        page = result.blocks()
        said = run.result(str(raw), decided=Decisions()).blocks() if raw else page
        turns += terms.turns(said, page, name)
    rows = terms.corrections(turns)
    known = {row.variant for row in rows}
    rows += [row for row in terms.spellings(turns) if row.variant not in known]
    put(terms.glossary(rows), output)
    say(
        f"cleanup: {count(len(rows), 'spelling')} from {count(run.done, 'transcript')}; read them before they are in force"
    )
    return 3 if run.failed else 0


rules.add_command(impact)
