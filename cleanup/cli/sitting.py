"""What one review is about, and how its decisions are written: beside the raw file, and at the root of the repository."""

import os
from pathlib import Path
from typing import NamedTuple

from cleanup.cli.run import Run
from cleanup.cli.said import say
from cleanup.decisions import EVERY, REPOSITORY, Decisions, beside, dumps, everywhere, read, wide
from cleanup.reports.text import count
from cleanup.result import Result
from cleanup.writers.files import write


class Sitting(NamedTuple):
    """What one review is about: the raw file, its page where that was named, and who decides."""

    raw: Path
    page: Path | None
    run: Run
    by: str

    def result(self, decisions: Decisions | None = None) -> Result:
        """Return what is found in the raw file under some decisions, else under those that lie beside it."""
        return self.run.result(str(self.raw), decided=decisions)


def keep(sitting: Sitting, decisions: Decisions) -> None:
    """Write the decisions, and say what they come to."""
    where, result = beside(sitting.raw), sitting.result(decisions)
    if decisions.everywhere:
        _everywhere(sitting, decisions)
        decisions = decisions._replace(everywhere=())
    if decisions != read(where):
        write(where, dumps(decisions, sitting.raw.name).encode())
    for row in result.lost:
        say(f"cleanup: a decision fits nowhere any more: “{row.words}” ({row.do}, {row.rule})")
    left = sum(not row.applied for row in result.findings)
    say(
        f"cleanup: {count(len(decisions.rows) + len(decisions.given.speakers), 'decision')} in {where}; {count(left, 'remark')} open"
    )


def _everywhere(sitting: Sitting, decisions: Decisions) -> None:
    """Write what holds in the whole repository; a later decision about the same words is the one that counts."""
    root = sitting.run.settings.root or Path()
    rows = {wide(row): row for row in (*everywhere(root), *decisions.everywhere)}
    write(root / REPOSITORY, dumps(Decisions(tuple(rows.values())), EVERY).encode())
    say(f"cleanup: {count(len(rows), 'decision')} for the whole repository in {os.path.relpath(root / REPOSITORY)}")
