"""`cleanup review --adopt`: what a hand has edited on a page becomes decisions beside the raw file."""

from datetime import date

import click

from cleanup.batch import raw_name
from cleanup.cli.job import look
from cleanup.cli.said import say
from cleanup.cli.sitting import Sitting, keep
from cleanup.decisions import Decisions, beside, read
from cleanup.decisions.adopt import adopt
from cleanup.errors import InputError
from cleanup.pipeline import as_page, clean
from cleanup.proof import differences
from cleanup.reading import fetch
from cleanup.reports.text import count
from cleanup.stages import Options
from cleanup.writers.files import standing, write
from cleanup.writers.sites import SITES


def adopted(sitting: Sitting) -> int:
    """Turn the edits of a page into decisions, and write the page as they say: it must say the same as it did."""
    page, raw, settings = sitting.page, sitting.raw, sitting.run.settings
    if page is None:
        raise click.UsageError(f"{raw}: --adopt is about a page that cleanup wrote and a hand has edited")
    site = next((site for site in SITES.values() if page.name.endswith(site.suffix)), SITES["markdown"])
    before = read(beside(raw))
    result = sitting.result(before)
    every = frozenset(rule.stage for rule in sitting.run.book.by_id.values())  # what a hand wrote is read as it stands
    hand = clean(fetch(str(page)), str(page), sitting.run.book, Options(format="markdown", without=every))
    edited = hand.script()
    made = adopt(result.source.text, result.script(), edited, by=sitting.by, on=date.today().isoformat())
    known = {**before.given.speakers, **made.given.speakers}
    decisions = Decisions(
        (*before.rows, *made.rows), before.given._replace(speakers=known), {**before.facts, **made.facts}
    )
    again = sitting.result(decisions)
    left = differences(again.script(), edited)
    if left or again.lost:
        what = left[0] if left else f"“{again.lost[0].words}” stands nowhere in the raw file"
        raise InputError(f"{page}: cannot be adopted whole: {what}; change that in {raw} instead. Nothing is written")
    text = as_page(
        again, sitting.run.book, site=site, stem=raw.stem, raw=raw_name(str(raw), settings.root, page.parent),
        look=look(settings), kept=standing(page, edited=True), options=sitting.run.options,
    ).text  # fmt: skip
    keep(sitting, decisions)
    write(page, text.encode())
    say(f"cleanup: {count(len(made.rows) + len(made.given.speakers) + len(made.facts), 'edit')} of {page} adopted")
    return 0
