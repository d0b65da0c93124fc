"""What `cleanup check` does; no Click here, so that a plain check of a file starts at once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from cleanup.batch import Input
from cleanup.cli.looking import Seen, look, passed_over, unheard
from cleanup.cli.run import Run
from cleanup.cli.said import out, say, visible
from cleanup.errors import CleanupError
from cleanup.reports import text as report
from cleanup.result import Result

_TOGETHER = 500
"""Findings that are written at a time: a large text has more of them than anybody wants in memory."""

_Row = tuple[Input, Seen | CleanupError]


def run(path: Sequence[str], given: Mapping[str, Any]) -> int:
    """Check what is named, and return the exit code."""
    run = Run(path, given)
    counts: Counter[str] = Counter()
    rows = _counted(run, counts)
    if given["format_"] in ("github", "sarif"):
        _report(rows, run, given["format_"])
    for _, seen in rows:
        if isinstance(seen, CleanupError):
            continue
        if given["format_"] == "json":
            _print_json(seen)
        elif seen.result:
            lines = _lines(seen.path, seen.result, page=seen.page)
            while some := "".join(islice(lines, _TOGETHER)):
                out(some)
    if run.done or counts["passed"] or run.failed != 1:
        _summary(run, counts)
    if run.failed:
        return 3
    return int(counts["pages"] > 0 or (given["strict"] and counts["open"] > 0))


def _counted(run: Run, counts: Counter[str]) -> Iterator[_Row]:
    """Yield what is seen of one file after the other, or why that could not be; all are counted."""
    for item, seen in run.each(lambda item: look(run, item), unheard):
        yield item, seen
        if isinstance(seen, CleanupError):
            continue
        if seen.result is None:
            counts["passed"] += 1
            continue
        run.done += 1
        counts["pages"] += seen.page and seen.result.changed
        counts["open"] += sum(not row.applied for row in seen.result.findings)


def _lines(path: str, result: Result, *, page: bool) -> Iterator[str]:
    """Yield findings as `path:line:column: level: words  message  rule`."""
    for row in result.findings:
        sign = ("to fix" if page else "publish would") if row.applied else row.finding.level.name.lower()
        quote = report.around(result.source.text[row.start : row.end])
        line = f"{path}:{row.line}:{row.column}: {sign}: “{quote}”  {row.finding.message}  {row.finding.rule}"
        yield visible(" ".join(line.splitlines())) + "\n"


def _print_json(seen: Seen) -> None:
    """Print what was found in one input, for programs; `applied` is false throughout, since a check changes nothing."""
    from cleanup.writers.json import dumps, ran

    result = seen.result
    head = {"schema": "cleanup/check@1", "path": seen.path, "looked_at": result is not None}
    told = ran(result) if result else {"findings": [], "account": {}, "engines": []}
    found = [{**row, "applied": False} for row in told["findings"]]
    out(dumps({**head, "is_transcript": bool(result and result.cast.speech), **told, "findings": found}))


def _report(rows: Iterable[_Row], run: Run, form: str) -> None:
    """Print what machines read of a whole run; one file is in memory at a time."""
    from cleanup.reports.looked import Looked

    def looked() -> Iterator[Looked]:
        yield from (Looked("", "", False, (), line) for line in run.inputs.problems)
        for item, seen in rows:
            path = Path(item.path).as_posix()
            if isinstance(seen, CleanupError):
                yield Looked(path, "", True, (), str(seen))
            elif seen.result:
                newline = "\r\n" if b"\r" in seen.data else "\n"
                yield Looked(path, seen.result.source.text, seen.page, seen.result.findings, newline=newline)

    if form == "github":
        from cleanup.reports.github import annotations

        out("".join(f"{line}\n" for line in annotations(looked())))
    else:
        from cleanup import __version__
        from cleanup.reports.sarif import log
        from cleanup.writers.json import dumps

        out(dumps(log(looked(), run.book.by_id.values(), __version__)))


def _summary(run: Run, counts: Counter[str]) -> None:
    pieces = [f"{report.count(counts['open'], 'remark')} in {report.count(run.done, 'file')}"]
    pieces += [f"{report.count(counts['pages'], 'page')} to fix"] if counts["pages"] else []
    pieces += passed_over(counts["passed"])
    say("cleanup: " + "; ".join([*pieces, *run.left()]))
