"""`cleanup rules new`: a glossary proposed from an archive, for a person to read."""

from pathlib import Path
from typing import Any

import click

from cleanup.archive import terms
from cleanup.cli.archived import transcripts
from cleanup.cli.asked import rule_options
from cleanup.cli.run import PLAIN, Run
from cleanup.cli.said import out, say
from cleanup.decisions import Decisions
from cleanup.errors import HandEdited
from cleanup.reports.text import count
from cleanup.writers.files import write


@click.command("new")
@click.option("--from", "path", multiple=True, required=True, type=click.Path(), help="Pages, or folders of them.")
@click.option("-o", "--output", metavar="FILE", help="Write the glossary to a file; default: standard output.")
@rule_options
def new(path: tuple[str, ...], output: str | None, **given: Any) -> int:
    """Propose a glossary from what people have put right on pages, and from rare spellings of their names.

    Each entry says how often it was put right and let stand, with an example; nothing is in force
    until the file is named under `rules:` in cleanup.yaml.
    """
    run = Run(path, {**PLAIN, **given})
    turns: list[terms.Turn] = []
    for found in transcripts(run):
        page = found.result.blocks()
        said = run.result(str(found.raw), decided=Decisions()).blocks() if found.raw else page
        turns += terms.turns(said, page, found.path)
    rows = terms.corrections(turns)
    known = {row.variant for row in rows}
    rows += [row for row in terms.spellings(turns) if row.variant not in known]
    text = terms.glossary(rows)
    if output in (None, "-"):
        out(text)
    elif output and Path(output).exists():
        raise HandEdited(
            f"{output}: is there already; it stays as it is (choose another name, and put the two together)"
        )
    elif output:
        write(Path(output), text.encode())
    say(
        f"cleanup: {count(len(rows), 'spelling')} from {count(run.done, 'transcript')}; read them before they are in force"
    )
    return 3 if run.failed else 0
