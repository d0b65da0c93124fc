"""What `publish` says: about one input in full, about many in a line each, and what it comes to."""

from collections.abc import Iterator, Mapping, Sequence

from cleanup.batch import Input
from cleanup.cli.job import FORMATS, Done, Job
from cleanup.cli.said import out, say
from cleanup.reports import text as report
from cleanup.result import Result
from cleanup.writers.json import dumps, ran


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
