"""`cleanup review`: a person decides what the program only shows, and the decisions are kept beside the raw file."""

import os
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from cleanup.batch import is_page
from cleanup.cli.asked import asks
from cleanup.cli.asking import ask
from cleanup.cli.job import names_of, page_of
from cleanup.cli.run import Run
from cleanup.cli.said import ended, out, say
from cleanup.cli.sitting import Sitting, pair
from cleanup.decisions import EVERY, REPOSITORY, Decisions, beside, dumps, everywhere, wide
from cleanup.decisions.adopt import adopt
from cleanup.errors import InputError
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.proof import differences
from cleanup.reading import fetch
from cleanup.reports.text import count
from cleanup.writers.files import standing, write
from cleanup.writers.sites import SITES


def _git_name() -> str:
    try:
        done = subprocess.run(["git", "config", "user.name"], capture_output=True, check=False, timeout=5)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").strip()


@click.command()
@click.argument("path", nargs=-1, required=True, type=click.Path())
@click.option("--html", metavar="FILE", help="Write a page to review in a browser; it needs no server and no network.")
@click.option("--adopt", is_flag=True, help="Turn what a hand has edited on the page PATH into decisions.")
@click.option(
    "--speaker", multiple=True, metavar="LABEL=NAME", help="Decide a name wherever the label stands; no questions."
)
@click.option("--by", metavar="NAME", default=_git_name, help="Who decides; default: the name that git knows.")
@asks("rules", "grammar", "read")
def review(path: tuple[str, ...], **given: Any) -> int:
    """Decide on suggestions and remarks of a raw file, or of the one that a page was made of.

    Decisions are kept beside the raw file, in RAW.review.yaml; `publish`, `check` and `fix` follow them.

    \b
    Examples:
      cleanup review talks/monday.txt
      cleanup review talks/monday.txt --html review.html
      cleanup review content/monday.md --adopt
      cleanup review talks/ --speaker "LIND=Mira Lind"
    """  # noqa: D301 (Click reads the `\b`)
    run = Run(path, given)
    run.options = run.options._replace(hashed=True)
    named = [item.path for item in run.inputs.found if item.named or not is_page(item.path)]
    sittings = [Sitting(*pair(path, run.settings), run, given["by"]) for path in named]
    if given["speaker"]:
        return _name(sittings, given["speaker"])
    if len(sittings) != 1:
        raise click.UsageError("one file at a time is reviewed; several only with --speaker")
    sitting = sittings[0]
    if given["adopt"]:
        return _adopted(sitting)
    if given["html"] is not None:
        return _html(sitting, given["html"])
    decisions = sitting.decisions
    made = ask(sitting, sitting.result(decisions), decisions)
    if made is None or made == decisions:
        return ended("nothing was decided; nothing is written", 0)
    _keep(sitting, made)
    return 0


def _html(sitting: Sitting, file: str) -> int:
    from cleanup.reports.review import page, shown

    decisions = sitting.decisions
    run, root = sitting.run, sitting.run.settings.root
    results = sitting.result(decisions), sitting.result(Decisions())
    known = None if root is None else everywhere(root)
    text = page(shown(*results, decisions, sitting.by, run.book.by_id, known))
    if file == "-":
        out(text)
        return 0
    if os.path.realpath(file) in (os.path.realpath(sitting.raw), os.path.realpath(sitting.page or sitting.raw)):
        raise click.UsageError(f"--html {file}: that is the file under review; choose another")
    write(Path(file), text.encode("utf-8", "backslashreplace"))
    say(f"cleanup: wrote {file}; open it in a browser, decide, and save what it gives as {beside(sitting.raw)}")
    return 0


def _keep(sitting: Sitting, decisions: Decisions) -> None:
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


def _name(sittings: Sequence[Sitting], pairs: Sequence[str]) -> int:
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
            _keep(sitting, decisions._replace(given=decisions.given._replace(speakers=known)))
            done += 1
    say(f"cleanup: decided in {count(done, 'file')} of {len(sittings)}; publish them again to change their pages")
    return 0


def _adopted(sitting: Sitting) -> int:
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
    site = run.settings.site if run.settings.site in SITES else "markdown"
    text = page_of(run, again, str(raw), site=str(site), folder=page.parent, kept=standing(page, edited=True)).text
    _keep(sitting, decisions)
    write(page, text.encode())
    say(f"cleanup: {count(len(made.rows) + len(made.given.speakers) + len(made.facts), 'edit')} of {page} adopted")
    return 0
