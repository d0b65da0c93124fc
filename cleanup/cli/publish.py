"""`cleanup publish`: raw transcripts to pages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from cleanup.batch import Input, Inputs, Targets, inputs, raw_name, stem
from cleanup.casting.given import Given
from cleanup.cli.common import Progress, load, one_input, options, out, read_options, rule_options, say
from cleanup.errors import CleanupError, HandEdited, InputError
from cleanup.pipeline import Options, Result, as_json, as_page, clean
from cleanup.reading import fetch
from cleanup.reports import text as report
from cleanup.rulebook import Rulebook
from cleanup.settings import Settings, check_site
from cleanup.writers.files import raw_of, standing, write
from cleanup.writers.front import Value
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
    as_json: bool
    limit: int
    many: bool


@dataclass(frozen=True, slots=True)
class _Done:
    """One input that was done: its result, its page if it became one, and where that stands."""

    result: Result
    page: Page | None
    where: Path | None
    written: bool


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
@click.option("--force", is_flag=True, help="Publish although it does not look like a transcript; nothing else.")
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Only the last two lines.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="How it is said what was done; json goes to standard output.")  # fmt: skip
@rule_options
@read_options
def publish(raw: tuple[str, ...], **given: Any) -> int:
    """Turn raw transcripts into pages for a site, or into JSON.

    RAW is a file, a folder, or - for standard input. A page that a hand has edited is left alone.

    \b
    Examples:
      cleanup publish talk.txt --to hugo -o content/talks
      cleanup publish talk.txt --date 2024-03-01 --speaker "LIND=Mira Lind" -o talk.md
      cleanup publish transcripts/ --to hugo -o content --dry-run
    """  # noqa: D301 (Click reads the `\b`)
    items = inputs(raw)
    job = _job(raw, items, given)
    if not items.found and not items.problems:
        raise click.UsageError("no transcript there; a folder is searched for .txt and .md files")
    done: list[tuple[int, bool]] = []
    failed, skipped = len(items.problems), items.skipped
    for problem in items.problems:
        say(f"cleanup: {problem}")
    bar = Progress(len(items.found), quiet=job.quiet)
    for item in items.found:
        try:
            with one_input(item.path):
                one = _one(item, job)
        except CleanupError as problem:
            if problem.exit_code == 2:
                raise
            bar.lines([f"cleanup: {problem}"])
            failed += 1
            continue
        if one is None:
            skipped += 1
            bar.lines([])
            continue
        bar.lines(_told(item, job, one))
        if job.as_json:
            _print_json(item, one)
        done.append((len(report.to_read(one.result.findings)), bool(one.page and one.page.draft)))
    _summary(job, done, failed, skipped)
    return 3 if failed else 0


def _summary(job: _Job, done: Sequence[tuple[int, bool]], failed: int, skipped: int) -> None:
    """Say the last line: how much was done, and what was not."""
    if (job.to == "json" and not job.targets and not failed and not skipped) or (failed and not job.many):
        return
    noun = "transcript" if job.to == "json" else "page"
    pieces = [report.count(len(done), noun) + (" would be published" if job.dry else "")]
    pieces += [report.count(sum(remarks for remarks, _ in done), "remark")]
    pieces += [report.count(sum(draft for _, draft in done), "draft")] if job.many and any(d for _, d in done) else []
    pieces += [f"{report.count(skipped, 'other file')} passed over"] if skipped else []
    pieces += [f"{report.count(failed, 'input')} not done"] if failed else []
    say(" · ".join(pieces))


def _job(raw: Sequence[str], items: Inputs, given: dict[str, Any]) -> _Job:
    settings, book = load(raw, given)
    check_site(settings, (*SITES, *_FORMATS))
    to = given["to"] or settings.site or "markdown"
    if to not in SITES and to not in _FORMATS:
        raise click.UsageError(
            f"--to {to}: there is no such site or format; there are {', '.join((*SITES, *_FORMATS))}"
        )
    output, folders = given["output"], any(path != "-" and Path(path).is_dir() for path in raw)
    many = len(items.found) > 1 or folders
    if output == "":
        raise click.UsageError("-o needs a file, a folder, or - for standard output")
    if output is None and many:
        raise click.UsageError("several inputs need a folder: -o FOLDER (or --to json -o - for JSON lines)")
    if output == "-" and many and to != "json":
        raise click.UsageError("several pages cannot go to standard output; give -o FOLDER")
    targets = Targets(output) if output not in (None, "-") else None
    if targets and targets.single and many:
        raise click.UsageError(f"-o {output} is one file, and there are several inputs; give a folder")
    if given["format_"] == "json" and not targets and not given["dry_run"]:
        raise click.UsageError("--format json needs -o PATH: standard output cannot hold the page too")
    return _Job(
        to=to,
        targets=targets,
        options=_options(given, settings),
        settings=settings,
        book=book,
        force=given["force"],
        dry=given["dry_run"],
        quiet=given["quiet"],
        as_json=given["format_"] == "json",
        limit=given["max_size"] << 20,
        many=many,
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
    people = Given(names, given["label"], given["no_label"], given["opening"])
    return options(given, settings, people=people, stated=stated)


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _one(item: Input, job: _Job) -> _Done | None:
    """Publish one input; raise where it cannot be done, with nothing written.

    None for a page of ours that a walk has found: publishing a folder onto itself makes no copies.
    """
    result = clean(fetch(item.path, limit=job.limit), item.path, job.book, job.options)
    if result.document.ours and not item.named:
        return None
    if not result.cast.speech and not job.force:
        raise InputError(
            f"{item.path}: does not look like a transcript (no turns, no times): --force publishes it all the same,"
            " --label FORM says what a label is"
        )
    if job.to == "json":
        page, where = None, job.targets.place(item, stem(item.path) + ".json") if job.targets else None
        text = dumps(as_json(result))
        if where and not _is_ours(where):
            raise HandEdited(f"{where}: is not a file that cleanup wrote; it stays as it is")
    else:
        page, where = _page(item, job, result)
        text = page.text
    if where is None and not job.dry:
        out(text)
    written = bool(where) and not job.dry and write(where, text.encode("utf-8", "backslashreplace")) if where else False
    return _Done(result, page, where, written)


def _is_ours(where: Path) -> bool:
    """Say whether a JSON file may be written: there is none, or it is one of ours."""
    try:
        with where.open("rb") as file:
            return file.read(40).startswith(b'{"schema": "cleanup/transcript@')
    except OSError:
        return True  # writing says what is wrong there


def _page(item: Input, job: _Job, result: Result) -> tuple[Page, Path | None]:
    """Make the page, with slug and foreign keys of the one that stands there, if that is ours and untouched."""
    site, targets = SITES[job.to], job.targets
    raw = raw_name(item.path, job.settings.root, targets.folder(item) if targets else None)

    def made(kept: Mapping[str, Value] | None = None) -> Page:
        look = Look(labels=job.settings.labels, credit=job.settings.credit)
        return as_page(
            result, job.book, site=site, stem=stem(item.path), raw=raw, look=look, kept=kept, options=job.options
        )

    page = made()
    if not targets:
        return page, None
    earlier = targets.earlier(item, site.suffix, raw)
    where = targets.place(item, earlier.name if earlier else page.slug + site.suffix)
    kept = standing(where)
    if kept is not None and raw_of(where) not in (raw, None):
        raise HandEdited(f"{item.path}: {where} is the page of {raw_of(where)}; give another --title, or -o")
    return (made(kept), where) if kept and dict(kept) != {"slug": page.slug} else (page, where)


def _told(item: Input, job: _Job, one: _Done) -> Iterator[str]:
    """Yield what is said about one input: in full, or in a line where there are many."""
    if job.to == "json" and not job.targets:
        yield from (f"{item.path}: {line}" for line in _unused(one.result, job))
        return
    if one.where is None:
        verdict = "would go to standard output" if job.dry else "on standard output"
    elif job.dry:
        verdict = f"would write {one.where}"
    else:
        verdict = f"wrote {one.where}" if one.written else f"{one.where} is up to date"
    verdict += " (draft)" if one.page and one.page.draft else ""
    verdict += ", read back and equal" if one.page else ""
    head = report.headline(one.result, _names(job))
    if job.many:
        if not job.quiet:
            yield f"{head} → {verdict}"
        yield from (f"{item.path}: {line}" for line in _unused(one.result, job))
        return
    if not job.quiet:
        yield head
        yield from report.report(one.result, given=_unused(one.result, job), tamed=one.page.tamed if one.page else ())
    yield verdict


def _names(job: _Job) -> Mapping[str, object]:
    names = job.book.table("languages").get("names")
    return names if isinstance(names, Mapping) else {}


def _unused(result: Result, job: _Job) -> Iterator[str]:
    """Say which names and labels that a person gave fit nothing here."""
    given, cast = job.options.given, result.cast
    known = {form for speaker in cast.speakers for form in (speaker.label, *speaker.labels)} | set(cast.forms)
    names = {speaker.name for speaker in cast.speakers if speaker.evidence == "given"}
    for label, name in given.speakers.items():
        if label not in known and name not in names:
            yield f'--speaker "{label}={name}" fits no label here'
    for form in given.labels:
        if form not in known:
            yield f'--label "{form}" stands nowhere as a label'
    text = result.source.text
    for form in given.no_labels:
        if form not in text:
            yield f'--no-label "{form}" stands nowhere'
    first = next((block for block in result.blocks() if block.kind == "turn"), None)
    if given.opening and (first is None or first.label):
        yield f'--opening "{given.opening}" is not needed: the first turn has a label'


def _print_json(item: Input, one: _Done) -> None:
    from cleanup.reports.json import publish as as_publish

    out(
        dumps(
            as_publish(
                item.path,
                page=one.where.as_posix() if one.where else None,
                written=one.written,
                draft=bool(one.page and one.page.draft),
                is_transcript=one.result.cast.speech,
                findings=one.result.findings,
                account=one.result.account,
            )
        )
    )
