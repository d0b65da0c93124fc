"""`cleanup publish`: raw transcripts to pages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from cleanup.batch import Input, Targets, inputs, named, stem
from cleanup.casting.given import Given
from cleanup.cli.common import load, out, rule_options, say
from cleanup.errors import CleanupError, InputError
from cleanup.pipeline import Options, Result, as_json, as_page, clean
from cleanup.reading import LIMIT, fetch
from cleanup.reports import text as report
from cleanup.rulebook import Rulebook
from cleanup.settings import Settings
from cleanup.writers.files import raw_of, standing, write
from cleanup.writers.json import dumps
from cleanup.writers.pages import Look, Page
from cleanup.writers.sites import SITES

_FORMATS = ("json",)


@dataclass(frozen=True, slots=True)
class _Job:
    """What one run of `publish` was asked for."""

    to: str
    targets: Targets | None
    options: Options
    settings: Settings
    book: Rulebook
    force: bool
    dry: bool
    quiet: bool
    limit: int
    many: bool


@click.command()
@click.argument("raw", nargs=-1, required=True, type=click.Path())
@click.option("--to", metavar="SITE|FORMAT", help=f"One of {', '.join((*SITES, *_FORMATS))}; default: markdown.")
@click.option("-o", "--output", metavar="PATH", help="A file (with a suffix), a folder, or - for standard output.")
@click.option("--title", help="The title; wins over what the transcript states.")
@click.option("--date", metavar="YYYY-MM-DD", help="The date; without one a page is a draft.")
@click.option("--source", metavar="NAME", help="Who published the original.")
@click.option("--speaker", multiple=True, metavar="LABEL=NAME", help="The full name behind a label.")
@click.option("--opening", metavar="NAME", help="Who speaks before the first label.")
@click.option("--label", multiple=True, metavar="FORM", help="A string that is a label.")
@click.option("--no-label", multiple=True, metavar="FORM", help="A string that is none.")
@click.option("--force", is_flag=True, help="Publish although it does not look like a transcript.")
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Only the last two lines.")
@click.option(
    "--max-size",
    default=LIMIT >> 20,
    show_default=True,
    metavar="MIB",
    type=click.IntRange(1, 4096),
    help="Largest input.",
)
@rule_options
def publish(raw: tuple[str, ...], **given: Any) -> int:
    """Turn raw transcripts into pages for a site, or into JSON.

    RAW is a file, a folder, or - for standard input.
    """
    items, skipped = inputs(raw)
    job = _job(raw, items, given)
    if not items:
        raise click.UsageError("no transcript there; a folder is searched for .txt and .md files")
    done = failed = drafts = remarks = 0
    bar = _progress(items, job)
    for item in items:
        try:
            page, result = _one(item, job)
        except CleanupError as problem:
            if problem.exit_code == 2:
                raise
            say(f"cleanup: {problem}")
            failed += 1
        else:
            done += 1
            drafts += page is not None and page.draft
            remarks += sum(not row.applied for row in result.findings)
        if bar:
            bar.update(1)
    if bar:
        bar.render_finish()
    if job.many or failed or skipped:
        extras = [report.count(failed, "input") + " not done"] if failed else []
        extras += [f"{report.count(len(skipped), 'other file')} passed over"] if skipped else []
        extras += [report.count(drafts, "draft")] if drafts else []
        verb = "would be published" if job.dry else "published"
        say(
            f"{report.count(done, 'transcript')} {verb}, {report.count(remarks, 'remark')}"
            + "".join(f", {e}" for e in extras)
        )
    return 3 if failed else 0


def _job(raw: Sequence[str], items: Sequence[Input], given: dict[str, Any]) -> _Job:
    settings, book = load(raw, given["rule_paths"], given["with_"], given["without"])
    to = given["to"] or settings.site or "markdown"
    if to not in SITES and to not in _FORMATS:
        raise click.UsageError(
            f"--to {to}: there is no such site or format; there are {', '.join((*SITES, *_FORMATS))}"
        )
    output = given["output"]
    if output is None and (len(items) != 1 or any(Path(path).is_dir() for path in raw)):
        raise click.UsageError("several inputs need a folder: -o FOLDER (or -o - for JSON lines)")
    if output == "-" and len(items) > 1 and to != "json":
        raise click.UsageError("several pages cannot go to standard output; give -o FOLDER")
    targets = Targets(output, {}) if output not in (None, "-") else None
    if targets and targets.single and len(items) > 1:
        raise click.UsageError(f"-o {output} is one file, and there are {len(items)} inputs; give a folder")
    return _Job(
        to=to,
        targets=targets,
        options=_options(given, settings),
        settings=settings,
        book=book,
        force=given["force"],
        dry=given["dry_run"],
        quiet=given["quiet"],
        limit=given["max_size"] << 20,
        many=len(items) > 1,
    )


def _options(given: dict[str, Any], settings: Settings) -> Options:
    stated = {key: given[key] for key in ("title", "date", "source") if given[key]}
    if "date" in stated and not _is_day(stated["date"]):
        raise click.UsageError(f"--date {stated['date']}: a day is written YYYY-MM-DD")
    names: dict[str, str] = {}
    for pair in given["speaker"]:
        label, sign, name = pair.partition("=")
        if not (sign and label.strip() and name.strip()):
            raise click.UsageError(f'--speaker {pair}: write it as --speaker "LABEL=Full Name"')
        names[label.strip()] = name.strip()
    return Options(
        format=given["from_"],
        encoding=given["encoding"],
        language=given["language"] or settings.language,
        given=Given(names, given["label"], given["no_label"], given["opening"]),
        stated=stated,
        without=frozenset(given["without"]) | settings.off,
        packs=frozenset(given["with_"]) | settings.on,
    )


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _one(item: Input, job: _Job) -> tuple[Page | None, Result]:
    """Publish one input; raise where it cannot be done, with nothing written."""
    result = clean(fetch(item.path, limit=job.limit), item.path, job.book, job.options)
    if not result.cast.speech and not job.force:
        raise InputError(f"{item.path}: does not look like a transcript (no turns, no times); publish it with --force")
    if job.to == "json":
        text = dumps(as_json(result))
        where = job.targets.place(item, stem(item.path) + ".json") if job.targets else None
        _deliver(text, where, item, job, result, None)
        return None, result
    page, where = _page(item, job, result)
    _deliver(page.text, where, item, job, result, page)
    return page, result


def _page(item: Input, job: _Job, result: Result) -> tuple[Page, Path | None]:
    """Make the page, with slug and foreign keys of the one that stands there, if that is ours and untouched."""
    site = SITES[job.to]
    raw = named(item.path, job.settings.root)
    look = Look(labels=job.settings.labels, credit=job.settings.credit)
    page = as_page(result, job.book, site=site, stem=stem(item.path), raw=raw, look=look)
    if not job.targets:
        return page, None
    where = job.targets.place(item, page.slug + site.suffix)
    earlier = _earlier(where, raw) if not job.targets.single else where
    if earlier and earlier != where and not where.exists():
        where = earlier
    kept = standing(where)
    if kept is not None:
        if raw_of(where) not in (raw, None):
            raise InputError(f"{item.path}: {where} is the page of {raw_of(where)}; give another --title, or -o")
        page = as_page(result, job.book, site=site, stem=stem(item.path), raw=raw, look=look, kept=kept)
    return page, where


def _earlier(where: Path, raw: str) -> Path | None:
    """Return the page of the same raw file beside this one: its slug is frozen, whatever the title is now."""
    if not where.parent.is_dir() or raw == "-":
        return None
    pages = (page for page in sorted(where.parent.glob(f"*{where.suffix}")) if raw_of(page) == raw)
    return next(pages, None)


def _deliver(text: str, where: Path | None, item: Input, job: _Job, result: Result, page: Page | None) -> None:
    if where is None:
        if not job.dry:
            out(text)
        verdict = "to standard output"
    elif job.dry:
        verdict = f"would write {where}"
    else:
        verdict = f"wrote {where}" if write(where, text.encode("utf-8")) else f"{where} is up to date"
    _tell(item, job, result, page, verdict)


def _tell(item: Input, job: _Job, result: Result, page: Page | None, verdict: str) -> None:
    """Say what was found: in full for one input, in a line for each of many."""
    if job.to == "json" and not job.targets:
        return
    script, document = result.blocks(), result.revisions[0].before
    head = report.headline(item.path, document.format.name, result.language, script, result.cast)
    draft = " (draft)" if page and page.draft else ""
    proven = f"{verdict}{draft}, read back and equal" if page else verdict
    rows = list(report.remarks(result.findings, result.source.text))
    total = f"{report.count(1, 'page')} · {report.count(sum(not r.applied for r in result.findings), 'remark')}"
    if job.many:
        say(f"{head} → {proven}")
        return
    if not job.quiet:
        say(head, bold=True)
        lines = [*report.facts(document, result.chosen, result.facts), *report.people(document, result.cast)]
        opening = next((r for r in result.findings if r.finding.rule.endswith("/unlabelled-opening")), None)
        if opening:
            lines.append(("opening", opening.finding.message, str(opening.line)))
        for line in report.table(lines):
            say(line)
        cuts = list(report.cuts(result.findings))
        if cuts:
            say("  cut      " + " · ".join(cuts))
        say("  words    " + report.words(result.account))
        for remark in result.source.remarks:
            say(f"  reading  {remark}")
        for pack in result.closed:
            say(f"  closed   {pack} waits for a language: --language TAG")
        for key in page.tamed if page else ():
            say(f"  front    `{key}` holds signs that themes would run; they are written as look-alikes")
        if rows:
            say(f"  to read  {report.count(len(rows), 'finding')}")
            for line in report.table(rows):
                say("  " + line)
        _unused(result, job)
    say(proven)
    say(total)


def _unused(result: Result, job: _Job) -> None:
    """Say which names and labels that a person gave fit nothing."""
    known = {form for speaker in result.cast.speakers for form in (speaker.label, *speaker.labels)}
    for label in job.options.given.speakers:
        if not any(label in (form, form.split(",")[0]) for form in known) and label not in {
            s.name for s in result.cast.speakers
        }:
            say(f"  given    --speaker {label}=… fits no label here")


def _progress(items: Sequence[Input], job: _Job) -> Any:
    """Return a progress bar where many files are published and a person looks on."""
    import sys

    if len(items) < 20 or not sys.stderr.isatty() or job.quiet:
        return None
    return click.progressbar(length=len(items), label="publishing", file=sys.stderr)
