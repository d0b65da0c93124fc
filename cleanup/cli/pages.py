"""What `cleanup check` says of files, and what `cleanup fix` does to pages; no Click here, so that a plain call starts at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from cleanup.batch import Input
from cleanup.cli.looking import Seen, in_place, look, passed_over, unheard
from cleanup.cli.run import Run
from cleanup.cli.said import out, say, visible
from cleanup.errors import CleanupError, ProofError
from cleanup.reports import text as report
from cleanup.result import Result

_TOGETHER = 500
"""Findings that are written at a time: a large text has more of them than anybody wants in memory."""

_NAMED = 3
"""Files that `fix` has not looked at are named up to this number; of more, only how many."""

_Row = tuple[Input, Seen | CleanupError]


def check(path: Sequence[str], given: Mapping[str, Any]) -> int:
    """Check what is named, and return the exit code."""
    run = Run(path, given)
    counts: Counter[str] = Counter()
    rows = _counted(run, counts, lambda item: look(run, item))
    if given["format_"] in ("github", "sarif"):
        _report(rows, run, given["format_"])
    for _, seen in rows:
        if isinstance(seen, CleanupError):
            continue
        if given["format_"] == "json":
            _print_json(seen)
        elif seen.result:
            lines = _found(seen.path, seen.result, page=seen.page)
            while some := "".join(islice(lines, _TOGETHER)):
                out(some)
    if run.done or counts["passed"] or run.failed != 1:
        pieces = [f"{report.count(counts['open'], 'remark')} in {report.count(run.done, 'file')}"]
        pieces += [f"{report.count(counts['pages'], 'page')} to fix"] if counts["pages"] else []
        say("cleanup: " + "; ".join([*pieces, *passed_over(counts["passed"]), *run.left()]))
    if run.failed:
        return 3
    return int(counts["pages"] > 0 or (given["strict"] and counts["open"] > 0))


def fix(path: Sequence[str], given: Mapping[str, Any]) -> int:
    """Fix what is named, and return the exit code; what stays open is looked for where a page was changed."""
    run = Run(path, given)
    counts: Counter[str] = Counter()
    passed: list[str] = []
    for item, seen in _counted(run, counts, lambda item: _fixed(look(run, item, raw=False, sure=True), run)):
        if isinstance(seen, CleanupError):
            continue
        if seen.result is None:
            passed.append(item.path)
        elif seen.result.changed:
            counts["words"] += seen.result.account["changed"]
            counts["left"] += sum(not row.applied for row in seen.result.findings)
    if run.done or passed or run.failed != 1:
        done = f"{report.count(counts['pages'], 'page')} {'would be ' if given['diff'] else ''}fixed"
        words = f"{report.count(counts['words'], 'spoken word') if counts['words'] else 'no spoken word'} changed"
        pieces = [f"{done}, {words}" if counts["pages"] else f"nothing to fix in {report.count(run.done, 'page')}"]
        pieces += [f"{report.count(counts['left'], 'remark')} open"] if counts["left"] else []
        if passed:
            names = f": {', '.join(passed)}" if len(passed) <= _NAMED else ""
            pieces.append(f"{report.count(len(passed), 'file')} not looked at (raw, or no `transcript:` key){names}")
        say("cleanup: " + " · ".join([*pieces, *run.left()]))
    return 3 if run.failed else int(counts["pages"] > 0)


def _counted(run: Run, counts: Counter[str], do: Callable[[Input], Seen]) -> Iterator[_Row]:
    """Yield what is seen of one file after the other, or why that could not be; all are counted."""
    for item, seen in run.each(do, unheard):
        yield item, seen
        if isinstance(seen, CleanupError):
            continue
        if seen.result is None:
            counts["passed"] += 1
            continue
        run.done += 1
        counts["pages"] += seen.page and seen.result.changed
        counts["open"] += sum(not row.applied for row in seen.result.findings)


def _found(path: str, result: Result, *, page: bool) -> Iterator[str]:
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
    from pathlib import Path

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


def _fixed(seen: Seen, run: Run) -> Seen:
    """Write one page anew where something on it is to be fixed; a second run over it must find nothing to do."""
    result = seen.result
    if result is None or not result.changed:
        return seen
    from pathlib import Path

    from cleanup.writers.files import write
    from cleanup.writers.inplace import rewritten

    result = seen.result = in_place(run, seen.path, seen.data)
    data = rewritten(seen.data, result.source, result.document.text, result.origin)
    left = next((row for row in in_place(run, seen.path, data, sure=True).findings if row.applied), None)
    if left:
        raise ProofError(f"{seen.path}: a second run would go on with {left.finding.rule}; the page stays as it is")
    if run.given["diff"]:
        out("".join(_diff(seen.path, seen.data, data, result.source.encoding)))
    else:
        write(Path(seen.path), data, instead_of=seen.data)
        out("".join(_done(seen.path, result)))
    return seen


def _done(path: str, result: Result) -> Iterator[str]:
    """Yield what was done as `path:line: deed “words”  rule`, lines and columns of the page as it was."""
    for row in result.findings:
        if row.applied:
            old = report.short(" ".join(result.source.text[row.start : row.end].split()))
            new = report.short(" ".join(after for _, _, _, after in row.edits))
            deed = f"removed “{old}”" if not new else f"“{old}” → “{new}”"
            yield visible(f"{path}:{row.line}:{row.column}: {deed}  {row.finding.rule}") + "\n"


def _diff(path: str, before: bytes, after: bytes, encoding: str) -> Iterator[str]:
    from difflib import unified_diff

    old, new = (data.decode(encoding).replace("\n", "\n\0").split("\0") for data in (before, after))
    for line in unified_diff(old, new, f"a/{path}", f"b/{path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
