"""What one review is about, and how its decisions are written: beside the raw file, and at the root of the repository."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cleanup.cli.common import for_raw
from cleanup.cli.said import say
from cleanup.decisions import EVERY, REPOSITORY, Decisions, beside, dumps, everywhere, read, wide
from cleanup.pipeline import clean, with_decisions
from cleanup.reading import fetch
from cleanup.reports.text import count
from cleanup.result import Result
from cleanup.rulebook import Rulebook
from cleanup.settings import Settings
from cleanup.stages import Options
from cleanup.writers.files import write

if TYPE_CHECKING:
    from cleanup.grammar.languagetool import LanguageTool


class Sitting(NamedTuple):
    """What one review is about: the raw file, its page where that was named, and the rules in force."""

    raw: Path
    page: Path | None
    book: Rulebook
    settings: Settings
    options: Options
    engine: "LanguageTool | None"
    by: str
    limit: int

    def result(self, decisions: Decisions | None = None) -> Result:
        """Return what is found in the raw file under some decisions, else under those that lie beside it."""
        wanted = for_raw(self.raw, self.options) if decisions is None else with_decisions(self.options, decisions)
        return clean(fetch(str(self.raw), limit=self.limit), str(self.raw), self.book, wanted, self.engine)


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
    root = sitting.settings.root or Path()
    rows = {wide(row): row for row in (*everywhere(root), *decisions.everywhere)}
    write(root / REPOSITORY, dumps(Decisions(tuple(rows.values())), EVERY).encode())
    say(f"cleanup: {count(len(rows), 'decision')} for the whole repository in {os.path.relpath(root / REPOSITORY)}")
