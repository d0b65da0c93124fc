"""What `cleanup check` does; no Click here, so that a plain check of a file starts at once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from cleanup.cli.looking import Look, Seen
from cleanup.cli.said import Progress, out, say, visible
from cleanup.reports import text as report
from cleanup.result import Result

_TOGETHER = 500
"""Findings that are written at a time: a large text has more of them than anybody wants in memory."""


def run(path: Sequence[str], given: Mapping[str, Any]) -> int:
    """Check what is named, and return the exit code."""
    look = Look(path, given, raw=True)
    counts = Counter(failed=len(look.items.problems))
    for problem in look.items.problems:
        say(f"cleanup: {problem}")
    rows = _seen(look, counts)
    if given["format_"] in ("github", "sarif"):
        _report(rows, look, given["format_"])
    for seen in rows:
        if given["format_"] == "json" and not seen.problem:
            _print_json(seen.path, seen.result)
        elif seen.result:
            lines = _lines(seen.path, seen.result, page=seen.page)
            while some := "".join(islice(lines, _TOGETHER)):
                out(some)
    if counts["done"] or counts["passed"] or counts["failed"] != 1:
        _summary(counts, look.items.skipped)
    if counts["failed"]:
        return 3
    return int(counts["pages"] > 0 or (given["strict"] and counts["open"] > 0))


def _seen(look: Look, counts: Counter[str]) -> Iterator[Seen]:
    """Yield one file after the other; what is wrong with one is said, and all are counted."""
    bar = Progress(len(look.items.found), prints=True)
    for seen in look.files():
        unheard = [f"{seen.path}: {line}" for line in report.unheard(seen.result)] if seen.result else []
        bar.lines([f"cleanup: {seen.problem}"] if seen.problem else unheard)
        yield seen
        _count(counts, seen)


def _count(counts: Counter[str], seen: Seen) -> None:
    if seen.result is None:
        counts["failed" if seen.problem else "passed"] += 1
        return
    counts["done"] += 1
    counts["pages"] += seen.page and seen.result.changed
    counts["open"] += sum(not row.applied for row in seen.result.findings)


def _lines(path: str, result: Result, *, page: bool) -> Iterator[str]:
    """Yield findings as `path:line:column: level: words  message  rule`."""
    for row in result.findings:
        sign = ("to fix" if page else "publish would") if row.applied else row.finding.level.name.lower()
        quote = report.around(result.source.text[row.start : row.end])
        line = f"{path}:{row.line}:{row.column}: {sign}: “{quote}”  {row.finding.message}  {row.finding.rule}"
        yield visible(" ".join(line.splitlines())) + "\n"


def _print_json(path: str, result: Result | None) -> None:
    """Print what was found in one input, for programs; `applied` is false throughout, since a check changes nothing."""
    from cleanup.writers.json import dumps, ran

    head = {"schema": "cleanup/check@1", "path": path, "looked_at": result is not None}
    told = ran(result) if result else {"findings": [], "account": {}, "engines": []}
    found = [{**row, "applied": False} for row in told["findings"]]
    out(dumps({**head, "is_transcript": bool(result and result.cast.speech), **told, "findings": found}))


def _report(rows: Iterable[Seen], look: Look, form: str) -> None:
    """Print what machines read of a whole run; one file is in memory at a time."""
    from pathlib import Path

    from cleanup.reports.looked import Looked

    def looked() -> Iterator[Looked]:
        yield from (Looked("", "", False, (), (), line) for line in look.items.problems)
        for path, page, data, result, problem in rows:
            if result or problem:
                text, found = (result.source.text, result.findings) if result else ("", ())
                fixes = tuple(row for row in found if page and row.applied)
                newline = "\r\n" if b"\r" in data else "\n"
                yield Looked(Path(path).as_posix(), text, page, found, fixes, str(problem or ""), newline)

    if form == "github":
        from cleanup.reports.github import annotations

        out("".join(f"{line}\n" for line in annotations(looked())))
    else:
        from cleanup import __version__
        from cleanup.reports.sarif import log
        from cleanup.writers.json import dumps

        out(dumps(log(looked(), look.book.by_id.values(), __version__)))


def _summary(counts: Counter[str], skipped: int) -> None:
    pieces = [f"{report.count(counts['open'], 'remark')} in {report.count(counts['done'], 'file')}"]
    pieces += [f"{report.count(counts['pages'], 'page')} to fix"] if counts["pages"] else []
    if counts["passed"]:
        pages = report.count(counts["passed"], "Markdown file")
        pieces.append(f"{pages} not looked at (no `transcript:` key; --any overrules)")
    pieces += [f"{report.count(skipped, 'other file')} passed over"] if skipped else []
    pieces += [f"{report.count(counts['failed'], 'input')} not done"] if counts["failed"] else []
    say("cleanup: " + "; ".join(pieces))
