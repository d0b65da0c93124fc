"""`cleanup init`: what a repository needs to keep its transcripts clean, written where a person agrees."""

import os
import sys
from pathlib import Path
from textwrap import indent

import click

from cleanup.cli.proposal import ADDRESS, Proposal, proposals
from cleanup.cli.said import ended, out, say, visible
from cleanup.cli.survey import Survey, listed, survey
from cleanup.errors import InputError
from cleanup.kinds import KINDS
from cleanup.rulebook import open_book
from cleanup.writers.files import write


@click.command()
@click.argument("path", default=".", type=click.Path(exists=True))
@click.option("-y", "--yes", is_flag=True, help="Write everything that is proposed, without asking.")
def init(path: str, yes: bool) -> int:
    """Propose settings, a hook and a step of CI for the repository that PATH lies in, and ask before writing.

    No file is overwritten; a list of hooks that is there gets one entry more. Without a terminal
    and without --yes nothing is written.
    """
    found = survey(Path(path), open_book(kinds=KINDS))
    out(visible("".join(f"{name:<12} {what}\n" for name, what in _told(found))))
    rows = proposals(found)
    for row in rows:
        head = f"{row.name} ({'new' if row.before is None else 'these lines are added'}):"
        if row.why_not:
            head = f"{row.name} stays as it is: {row.why_not}. Put these lines in by hand:"
        out(visible(f"\n{head}\n{indent(row.shown, '    ')}"))
    wanted = [row for row in rows if not row.why_not]
    if not wanted:
        why = "; the lines above are for you to put in" if rows else ", all of it is there"
        return ended(f"nothing to write{why}", 0)
    asks = not yes and _terminal()
    written = [row for row in wanted if yes or (asks and click.confirm(f"write {row.name}?", err=True))]
    for row in written:
        _write(found.root, row)
        say(f"wrote {row.name}")
    if not written:
        say("cleanup: nothing was written" + ("" if asks else "; --yes writes it"))
    elif any("OWNER" in row.text for row in written):
        say(f"cleanup: put the owner of {ADDRESS} in the place of OWNER; then `cleanup doctor` says what is in force")
    return 0


def _terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _told(found: Survey) -> list[tuple[str, str]]:
    site = f"{found.generator.name} ({found.config})" if found.generator else "no site generator that is known"
    if found.generator and found.generator.site != found.generator.name:
        site += f"; pages are written as {found.generator.site}"
    return [
        ("repository", str(found.root)),
        ("site", site),
        ("transcripts", listed(found.raw) or "none found"),
        (
            "pages",
            ", ".join(filter(None, (listed(found.marked), listed(found.pages)))) or "none that look like transcripts",
        ),
        *([("note", found.generator.note)] if found.generator and found.generator.note else []),
        ("looked at", found.paths + ("" if found.whole else " (too many files to list them all)")),
    ]


def _write(root: Path, row: Proposal) -> None:
    """Write a proposal, if all is still as it was, and it lies in the repository."""
    file = root / row.name
    if not Path(os.path.realpath(file.parent)).is_relative_to(root):
        raise InputError(f"{file}: lies behind a link out of the repository; it is not written")
    if row.before is None and os.path.lexists(file):
        raise InputError(f"{file}: is there meanwhile; it stays as it is")
    write(file, row.text.encode(), instead_of=row.before)
