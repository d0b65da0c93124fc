"""What one review is about, and what becomes decisions: beside the raw file, and at the root of the repository."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from cleanup.batch import raw_name
from cleanup.cli.job import look, names_of
from cleanup.cli.run import Run
from cleanup.cli.said import say
from cleanup.decisions import EVERY, REPOSITORY, Decisions, beside, dumps, everywhere, read, wide
from cleanup.decisions.adopt import adopt
from cleanup.errors import InputError
from cleanup.pipeline import as_page, clean
from cleanup.proof import differences
from cleanup.reading import fetch
from cleanup.reports.text import count
from cleanup.result import Result
from cleanup.stages import Options
from cleanup.writers.files import standing, write
from cleanup.writers.sites import SITES


class Sitting(NamedTuple):
    """What one review is about: the raw file, its page where that was named, and who decides."""

    raw: Path
    page: Path | None
    run: Run
    by: str

    @property
    def decisions(self) -> Decisions:
        """What was decided so far."""
        return read(beside(self.raw))

    def result(self, decisions: Decisions) -> Result:
        """Return what is found in the raw file under some decisions."""
        return self.run.result(str(self.raw), decided=decisions)


def keep(sitting: Sitting, decisions: Decisions) -> None:
    """Write the decisions, and say what they come to."""
    where, result = beside(sitting.raw), sitting.result(decisions)
    if decisions.everywhere:
        _everywhere(sitting, decisions)
        decisions = decisions._replace(everywhere=())
    if decisions != sitting.decisions:
        write(where, dumps(decisions, sitting.raw.name).encode())
    for row in result.lost:
        say(f"cleanup: a decision fits nowhere any more: “{row.words}” ({row.do}, {row.rule})")
    made = count(len(decisions.rows) + len(decisions.given.speakers), "decision")
    say(f"cleanup: {made} in {where}; {count(sum(not row.applied for row in result.findings), 'remark')} open")


def _everywhere(sitting: Sitting, decisions: Decisions) -> None:
    """Write what holds in the whole repository; a later decision about the same words is the one that counts."""
    root = sitting.run.settings.root or Path()
    rows = {wide(row): row for row in (*everywhere(root), *decisions.everywhere)}
    write(root / REPOSITORY, dumps(Decisions(tuple(rows.values())), EVERY).encode())
    say(f"cleanup: {count(len(rows), 'decision')} for the whole repository in {os.path.relpath(root / REPOSITORY)}")


def name(sittings: Sequence[Sitting], pairs: Sequence[str]) -> int:
    """Decide names in every file whose labels have them, without a question."""
    names = names_of(pairs)
    done = 0
    for sitting in sittings:
        decisions = sitting.decisions
        known = dict(decisions.given.speakers)
        speakers = sitting.result(decisions).cast.speakers
        for form, full in names.items():
            known |= {s.label: full for s in speakers if form in (s.label, s.name, *s.labels)}
        if known != decisions.given.speakers:
            keep(sitting, decisions._replace(given=decisions.given._replace(speakers=known)))
            done += 1
    say(f"cleanup: decided in {count(done, 'file')} of {len(sittings)}; publish them again to change their pages")
    return 0


def adopted(sitting: Sitting) -> int:
    """Turn what a hand has edited on a page into decisions, and write the page as they say: it must say what it did."""
    page, raw, run = sitting.page, sitting.raw, sitting.run
    if page is None:
        raise click.UsageError(f"{raw}: --adopt is about a page that cleanup wrote and a hand has edited")
    before = sitting.decisions
    result = sitting.result(before)
    every = frozenset(rule.stage for rule in run.book.by_id.values())  # what a hand wrote is read as it stands
    hand = clean(fetch(str(page)), str(page), run.book, Options(format="markdown", without=every)).script()
    made = adopt(result.source.text, result.script(raw.stem), hand, by=sitting.by, on=date.today().isoformat())
    known = before.given._replace(speakers={**before.given.speakers, **made.given.speakers})
    decisions = Decisions((*before.rows, *made.rows), known, {**before.facts, **made.facts})
    again = sitting.result(decisions)
    left = differences(again.script(), hand)
    if left or again.lost:
        what = left[0] if left else f"“{again.lost[0].words}” stands nowhere in the raw file"
        raise InputError(f"{page}: cannot be adopted whole: {what}; change that in {raw} instead. Nothing is written")
    site, root = SITES.get(run.settings.site or "", SITES["markdown"]), run.settings.root
    text = as_page(
        again, run.book, site=site, stem=raw.stem, raw=raw_name(str(raw), root, page.parent),
        look=look(run.settings), kept=standing(page, edited=True), options=run.options,
    ).text  # fmt: skip
    keep(sitting, decisions)
    write(page, text.encode())
    say(f"cleanup: {count(len(made.rows) + len(made.given.speakers) + len(made.facts), 'edit')} of {page} adopted")
    return 0
