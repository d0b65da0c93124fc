"""`cleanup publish`: raw transcripts to pages."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from cleanup.batch import Input, Origin, is_from, raw_name, raw_of, stem
from cleanup.cli.asked import asks
from cleanup.cli.job import FORMATS, Done, Job, page_of, print_json, summary, told
from cleanup.cli.said import out
from cleanup.errors import HandEdited, InputError
from cleanup.formats import SUFFIXES
from cleanup.reports import text as report
from cleanup.result import Result
from cleanup.settings import TIMES
from cleanup.writers.exports import EXPORTS, check_standing
from cleanup.writers.exports import write as export
from cleanup.writers.files import standing, write
from cleanup.writers.json import dumps, transcript
from cleanup.writers.pages import Page
from cleanup.writers.sites import SITES


@click.command()
@click.argument("raw", nargs=-1, required=True, type=click.Path())
@click.option("--to", metavar="SITE|FORMAT", type=click.Choice([*SITES, *FORMATS]),
              help=f"One of {', '.join((*SITES, *FORMATS))}; default: markdown.")  # fmt: skip
@click.option("-o", "--output", metavar="PATH", help="A file (with a suffix), a folder, or - for standard output.")
@click.option("--title", help="The title; wins over what the transcript states.")
@click.option("--date", metavar="YYYY-MM-DD", help="The date; without one a page is a draft.")
@click.option("--source", metavar="NAME", help="Who published the original.")
@click.option("--speaker", multiple=True, metavar="LABEL=NAME", help="The full name behind a label.")
@click.option("--opening", metavar="NAME", help="Who speaks before the first label.")
@click.option("--label", multiple=True, metavar="FORM", help="A string that is a label.")
@click.option("--no-label", multiple=True, metavar="FORM", help="A string that is none.")
@click.option("--times", type=click.Choice(TIMES), help="Whether the time of each turn stands on its page.")
@click.option("--force", is_flag=True, help="Publish although it does not look like a transcript; nothing else.")
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Only the last two lines.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="How it is said what was done; json goes to standard output.")  # fmt: skip
@asks("rules", "grammar", "read")
def publish(raw: tuple[str, ...], **given: Any) -> int:
    """Turn raw transcripts into pages for a site, or into JSON.

    RAW is a file, a folder, or - for standard input. A page that a hand has edited is left alone.

    \b
    Examples:
      cleanup publish talk.txt --to hugo -o content/talks
      cleanup publish talk.txt --date 2024-03-01 --speaker "LIND=Mira Lind" -o talk.md
      cleanup publish transcripts/ --to hugo -o content --dry-run
    """  # noqa: D301 (Click reads the `\b`)
    job = Job(raw, given)
    if not job.inputs.found and not job.inputs.problems:
        raise click.UsageError(f"no transcript there; a folder is searched for {' '.join(SUFFIXES)} files")
    done: list[tuple[int, bool]] = []
    prints = job.as_json or not job.targets
    for item, one in job.each(
        lambda item: _one(item, job), lambda item, one: told(item, job, one), quiet=given["quiet"], prints=prints
    ):
        if not isinstance(one, Done):
            job.skipped += one is None
            continue
        if job.as_json:
            print_json(item, one)
        done.append((len(report.to_read(one.result.findings)), bool(one.page and one.page.draft)))
    summary(job, done)
    return 3 if job.failed else 0


def _one(item: Input, job: Job) -> Done | None:
    """Publish one input; raise where it cannot be done, with nothing written.

    None for a page of ours that a walk has found: publishing a folder onto itself makes no copies.
    """
    result = job.result(item.path)
    if result.document.ours and not item.named:
        return None
    if not result.cast.speech and not job.given["force"]:
        raise InputError(
            f"{item.path}: does not look like a transcript (no turns, no times): --force publishes it all the same,"
            " --label FORM says what a label is"
        )
    page: Page | None = None
    if job.to in SITES:
        page, where = _page(item, job, result)
        text = page.text
    else:
        suffix = EXPORTS[job.to].suffix if job.to in EXPORTS else ".json"
        where = job.targets.place(item, stem(item.path) + suffix) if job.targets else None
        text = _export(item, job, result)
        if where:
            check_standing(job.to, where, text)
    dry = job.given["dry_run"]
    if where is None and not dry:
        out(text)
    if where and dry:
        return Done(result, page, where, False, _changes(where, text, result))
    return Done(result, page, where, write(where, text.encode("utf-8", "backslashreplace")) if where else False)


def _changes(where: Path, text: str, result: Result) -> Mapping[str, int] | None:
    """Return what would be another in the file that stands at a place, by rule; None where there is none."""
    from cleanup.reports.changes import changes

    try:
        old = where.read_text("utf-8")
    except FileNotFoundError:
        return None
    return changes(old, text, result.findings) if old != text else {}


def _export(item: Input, job: Job, result: Result) -> str:
    if job.to == "json":
        return dumps(transcript(result))
    try:
        return export(job.to, result.script(stem(item.path)))
    except InputError as problem:
        raise InputError(f"{item.path}: {problem}") from problem


def _page(item: Input, job: Job, result: Result) -> tuple[Page, Path | None]:
    """Make the page, with slug and foreign keys of the one that stands there, if that is ours and untouched."""
    targets, root = job.targets, job.settings.root
    folder = targets.folder(item) if targets else None
    page = page_of(job, result, item.path, site=job.to, folder=folder)
    if not targets:
        return page, None
    origin = Origin(raw_name(item.path, root, folder), result.source.sha256)
    earlier = targets.earlier(item, origin, root)
    where = targets.place(item, earlier.name if earlier else f"{page.slug}.md")
    kept = standing(where)
    there = raw_of(where)
    if kept is not None and there.raw is not None and not is_from(where, origin, root):
        raise HandEdited(f"{item.path}: {where} is the page of {there.raw}; give another --title, or -o")
    if kept and dict(kept) != {"slug": page.slug}:
        page = page_of(job, result, item.path, site=job.to, folder=folder, kept=kept)
    return page, where
