"""What `cleanup check` does; no Click here, so that a plain check of a file starts at once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from cleanup.batch import Input, inputs
from cleanup.cli.common import load, one_input, options
from cleanup.cli.said import Progress, out, say, visible
from cleanup.errors import CleanupError
from cleanup.findings import Placed
from cleanup.formats import SUFFIXES
from cleanup.pipeline import Result, clean
from cleanup.reading import LIMIT, fetch
from cleanup.reports import text as report
from cleanup.settings import Settings

_TOGETHER = 500
"""Findings that are written at a time: a large text has more of them than anybody wants in memory."""


PLAIN: Mapping[str, Any] = {
    "any_": False, "strict": False, "format_": "text", "rule_paths": (), "with_": (), "without": (),
    "language": None, "from_": None, "encoding": None, "max_size": LIMIT >> 20,
}  # fmt: skip
"""What a check is asked for where nobody asks for anything: the defaults of its options."""


def run(path: Sequence[str], given: Mapping[str, Any]) -> int:
    """Check what is named, and return the exit code."""
    items = inputs(path)
    settings, book = load(path, given)
    wanted = options(given, settings)._replace(hashed=False)
    limit = given["max_size"] << 20
    counts = Counter(failed=len(items.problems))
    for problem in items.problems:
        say(f"cleanup: {problem}")
    bar = Progress(len(items.found), prints=True)
    for item in items.found:
        try:
            with one_input(item.path):
                page = _is_page(item, settings, limit)
                looked = page is not False or given["any_"]
                result = clean(fetch(item.path, limit=limit), item.path, book, wanted) if looked else None
        except CleanupError as problem:
            if problem.exit_code == 2:
                raise
            bar.lines([f"cleanup: {problem}"])
            counts["failed"] += 1
            continue
        bar.lines([])
        if given["format_"] == "json":
            _print_json(item.path, result)
        elif result:
            lines = _lines(item.path, result, page=page is not None)
            while some := "".join(islice(lines, _TOGETHER)):
                out(some)
        _count(counts, result, page=page is not None)
    if counts["done"] or counts["passed"] or counts["failed"] != 1:
        _summary(counts, items.skipped)
    if counts["failed"]:
        return 3
    return int(counts["pages"] > 0 or (given["strict"] and counts["open"] > 0))


def _is_page(item: Input, settings: Settings, limit: int) -> bool | None:
    """Say whether a file is a page that is to be looked at; None is a raw file, which always is."""
    if SUFFIXES.get(Path(item.path).suffix.lower()) != "markdown":
        return None
    full = Path(item.path).resolve()
    if any(full.is_relative_to(place) for place in settings.pages):
        return True
    head = fetch(item.path, limit=limit)[: 1 << 16].removeprefix(b"\xef\xbb\xbf").replace(b"\r", b"")
    return head.startswith(b"---\n") and b"\ntranscript:" in head.partition(b"\n---\n")[0]


def _fixes(result: Result, *, page: bool) -> list[Placed]:
    """Return what `publish` does to a raw file, or what wants fixing on a page.

    There no text moves into front matter, so a title that stands in the body is nothing to fix.
    """
    return [row for row in result.findings if row.applied and not (page and row.finding.fate == "moved")]


def _count(counts: Counter[str], result: Result | None, *, page: bool) -> None:
    if result is None:
        counts["passed"] += 1
        return
    counts["done"] += 1
    counts["pages"] += page and bool(_fixes(result, page=page))
    counts["open"] += sum(not row.applied for row in result.findings)


def _lines(path: str, result: Result, *, page: bool) -> Iterator[str]:
    """Yield findings as `path:line:column: level: words  message  rule`."""
    fixes = set(map(id, _fixes(result, page=page)))
    for row in result.findings:
        if row.applied and id(row) not in fixes:
            continue
        sign = ("to fix" if page else "publish would") if row.applied else row.finding.level.name.lower()
        quote = report.around(result.source.text[row.start : row.end])
        line = f"{path}:{row.line}:{row.column}: {sign}: “{quote}”  {row.finding.message}  {row.finding.rule}"
        yield visible(" ".join(line.splitlines())) + "\n"


def _print_json(path: str, result: Result | None) -> None:
    from cleanup.reports.json import check as as_check
    from cleanup.writers.json import dumps

    out(
        dumps(
            as_check(
                path,
                looked_at=result is not None,
                is_transcript=result is not None and result.cast.speech,
                findings=result.findings if result else (),
                account=result.account if result else {},
            )
        )
    )


def _summary(counts: Counter[str], skipped: int) -> None:
    pieces = [f"{report.count(counts['open'], 'remark')} in {report.count(counts['done'], 'file')}"]
    pieces += [f"{report.count(counts['pages'], 'page')} to fix"] if counts["pages"] else []
    if counts["passed"]:
        pages = report.count(counts["passed"], "Markdown file")
        pieces.append(f"{pages} not looked at (no `transcript:` key; --any overrules)")
    pieces += [f"{report.count(skipped, 'other file')} passed over"] if skipped else []
    pieces += [f"{report.count(counts['failed'], 'input')} not done"] if counts["failed"] else []
    say("cleanup: " + "; ".join(pieces))
