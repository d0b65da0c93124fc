"""What a run of `publish` was asked for, and what is said of it: about one input in full, about many in a line each."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from cleanup.batch import Input, Targets, raw_name, stem
from cleanup.casting.given import Given
from cleanup.cli.run import Run
from cleanup.cli.said import out, say
from cleanup.pipeline import as_page
from cleanup.reports import text as report
from cleanup.result import Result
from cleanup.settings import check_site
from cleanup.writers.body import Look
from cleanup.writers.exports import EXPORTS
from cleanup.writers.front import Value
from cleanup.writers.json import dumps, ran
from cleanup.writers.pages import Page
from cleanup.writers.sites import SITES

FORMATS = ("json", *EXPORTS)
"""What `--to` knows beside sites."""


def page_of(
    run: Run, result: Result, path: str, *, site: str, folder: Path | None, kept: Mapping[str, Value] | None = None
) -> Page:
    """Return the page of a raw file as the settings want it, for a folder; raises `ProofError`."""
    wanted = run.settings
    look = Look(labels=wanted.labels, credit=wanted.credit, times=wanted.times or "off")
    return as_page(
        result, run.book, site=SITES[site], stem=stem(path), raw=raw_name(path, wanted.root, folder), look=look,
        kept=kept, options=run.options,
    )  # fmt: skip


class Done(NamedTuple):
    """One input that was done: its result, its page if it became one, and where that stands.

    `changes` says in a dry run what would be another on the page that stands there, None where none does.
    """

    result: Result
    page: Page | None
    where: Path | None
    written: bool
    changes: Mapping[str, int] | None = None


class Job(Run):
    """A run of `publish`: what is made (`to`) and where it goes (`targets`; None: to standard output).

    Raises where options and settings contradict each other. `many` inputs are told of in a line each.
    """

    def __init__(self, raw: Sequence[str], given: Mapping[str, Any]) -> None:
        super().__init__(raw, given)
        people = Given(names_of(given["speaker"]), given["label"], given["no_label"], given["opening"])
        stated = {key: given[key] for key in ("title", "date", "source") if (given[key] or "").strip()}
        if "date" in stated and not _is_day(stated["date"]):
            raise click.UsageError(f"--date {stated['date']}: a day is written YYYY-MM-DD")
        self.options = self.options._replace(given=people, stated=stated, hashed=True, counted=True)
        self.settings = self.settings._replace(times=given["times"] or self.settings.times)
        check_site(self.settings, (*SITES, *FORMATS))
        self.to: str = given["to"] or self.settings.site or "markdown"
        folders = any(path != "-" and Path(path).is_dir() for path in raw)
        self.many = len(self.inputs.found) > 1 or folders
        self.targets = self._targets(given["output"])
        self.as_json = given["format_"] == "json"
        if self.as_json and not self.targets and not given["dry_run"]:
            raise click.UsageError("--format json needs -o PATH: standard output cannot hold the page too")

    def _targets(self, output: str | None) -> Targets | None:
        if output == "":
            raise click.UsageError("-o needs a file, a folder, or - for standard output")
        if output is None and self.many:
            raise click.UsageError("several inputs need a folder: -o FOLDER (or --to json -o - for JSON lines)")
        if output == "-" and self.many and self.to != "json":
            raise click.UsageError("several pages cannot go to standard output; give -o FOLDER")
        if output is None or output == "-":
            return None
        targets = Targets(output)
        if targets.single and self.many:
            raise click.UsageError(f"-o {output} is one file, and there are several inputs; give a folder")
        return targets


def names_of(pairs: Sequence[str]) -> dict[str, str]:
    """Return the names that `--speaker LABEL=NAME` gives."""
    names: dict[str, str] = {}
    for pair in pairs:
        label, sign, name = (piece.strip() for piece in pair.partition("="))
        if not (sign and label and name):
            raise click.UsageError(f'--speaker {pair}: write it as --speaker "LABEL=Full Name"')
        names[label] = name
    return names


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def told(item: Input, job: Job, one: Done | None) -> Iterator[str]:
    """Yield what is said about one input: in full, or in a line where there are many."""
    if one is None:
        return
    brief = [f"{item.path}: {line}" for line in (*_unused(one.result, job), *report.unheard(one.result))]
    if job.to in FORMATS and not job.targets:
        yield from brief
        return
    if one.where is None:
        verdict = "would go to standard output" if job.given["dry_run"] else "on standard output"
    elif job.given["dry_run"] and one.changes:
        verdict = f"would change {one.where}: {', '.join(f'{name} ({number})' for name, number in one.changes.items())}"
    elif job.given["dry_run"] and one.changes is None:
        verdict = f"would write {one.where}"
    else:
        verdict = f"wrote {one.where}" if one.written else f"{one.where} is up to date"
    verdict += " (draft)" if one.page and one.page.draft else ""
    verdict += ", read back and equal" if one.page else ""
    names = job.book.table("languages").get("names")
    head = report.headline(one.result, names if isinstance(names, Mapping) else {})
    quiet, tamed = job.given["quiet"], one.page.tamed if one.page else ()
    if job.many:
        yield from ([] if quiet else [f"{head} → {verdict}"]) + brief
    elif quiet:
        yield verdict
    else:
        yield from (head, *report.report(one.result, given=_unused(one.result, job), tamed=tamed), verdict)


def _unused(result: Result, job: Job) -> Iterator[str]:
    """Say which names and labels that a person gave fit nothing here."""
    for row in result.lost:
        yield f"a decision fits nowhere any more: “{report.short(row.words)}” ({row.do}, {row.rule})"
    given, cast = job.options.given, result.cast
    known = {form for speaker in cast.speakers for form in (speaker.label, *speaker.labels)} | set(cast.forms)
    names = {speaker.name for speaker in cast.speakers if speaker.evidence == "given"}
    pairs = ((label, name) for label, name in given.speakers.items() if label not in known and name not in names)
    yield from (f'--speaker "{label}={name}" fits no label here' for label, name in pairs)
    yield from (f'--label "{form}" stands nowhere as a label' for form in given.labels if form not in known)
    yield from (f'--no-label "{form}" stands nowhere' for form in given.no_labels if form not in result.source.text)
    first = next((block for block in result.walk() if block.kind == "turn"), None)
    if given.opening and (first is None or first.label):
        yield f'--opening "{given.opening}" is not needed: the first turn has a label'


def print_json(item: Input, one: Done) -> None:
    """Print what was done about one input, for programs."""
    told = {
        "schema": "cleanup/publish@1",
        "path": item.path,
        "page": one.where.as_posix() if one.where else None,
        "written": one.written,
        "changes": one.changes,
        "draft": bool(one.page and one.page.draft),
        "is_transcript": one.result.cast.speech,
    }
    out(dumps({**told, **ran(one.result)}))


def summary(job: Job, done: Sequence[tuple[int, bool]]) -> None:
    """Say the last line: how much was done, with how many remarks and as a draft or not, and what was not."""
    left = job.left()
    if (job.to in FORMATS and not job.targets and not left) or (job.failed and not job.many):
        return
    noun = "transcript" if job.to in FORMATS else "page"
    pieces = [report.count(len(done), noun) + (" would be published" if job.given["dry_run"] else "")]
    pieces += [report.count(sum(remarks for remarks, _ in done), "remark")]
    pieces += [report.count(sum(draft for _, draft in done), "draft")] if job.many and any(d for _, d in done) else []
    say(" · ".join([*pieces, *left]))
