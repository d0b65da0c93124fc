"""What `cleanup fix` does; no Click here, so that a hook on one page starts at once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleanup.cli.looking import Look, Seen
from cleanup.cli.said import Progress, out, say, visible
from cleanup.errors import CleanupError, ProofError
from cleanup.reports import text as report
from cleanup.result import Result

_NAMED = 3
"""Files that were not looked at are named up to this number; of more, only how many."""


def run(path: Sequence[str], given: Mapping[str, Any]) -> int:
    """Fix what is named, and return the exit code."""
    look = Look(path, given, raw=False)
    counts = Counter(failed=len(look.items.problems))
    passed: list[str] = []
    for line in look.items.problems:
        say(f"cleanup: {line}")
    bar = Progress(len(look.items.found), prints=True)
    for seen in look.files():
        problem = seen.problem
        if seen.result is None and not problem:
            passed.append(seen.path)
        elif seen.result:
            try:
                _one(seen, seen.result, look, counts, diff=given["diff"])
            except CleanupError as refused:
                problem = refused
        counts["failed"] += problem is not None
        unheard = [f"{seen.path}: {line}" for line in report.unheard(seen.result)] if seen.result else []
        bar.lines([f"cleanup: {problem}"] if problem else unheard)
    if counts["done"] or passed or counts["failed"] != 1:
        _summary(counts, passed, look.items.skipped, diff=given["diff"])
    return 3 if counts["failed"] else int(counts["fixed"] > 0)


def _one(seen: Seen, result: Result, look: Look, counts: Counter[str], *, diff: bool) -> None:
    """Write one page anew where something on it is to be fixed; a second run over it must find nothing to do."""
    counts["done"] += 1
    counts["open"] += sum(not row.applied for row in result.findings)
    if not result.changed:
        return
    from cleanup.writers.files import write
    from cleanup.writers.inplace import rewritten

    data = rewritten(seen.data, result.source, result.document.text, result.origin)
    left = next((row for row in look.found(data, seen.path, page=True).findings if row.applied), None)
    if left:
        raise ProofError(f"{seen.path}: a second run would go on with {left.finding.rule}; the page stays as it is")
    if diff:
        out("".join(_diff(seen.path, seen.data, data, result.source.encoding)))
    else:
        write(Path(seen.path), data, instead_of=seen.data)
        out("".join(_lines(seen.path, result)))
    counts["fixed"] += 1
    counts["words"] += result.account["changed"]


def _lines(path: str, result: Result) -> Iterator[str]:
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


def _summary(counts: Counter[str], passed: Sequence[str], skipped: int, *, diff: bool) -> None:
    done = f"{report.count(counts['fixed'], 'page')} {'would be ' if diff else ''}fixed"
    words = f"{report.count(counts['words'], 'spoken word')} changed" if counts["words"] else "no spoken word changed"
    pieces = [f"{done}, {words}" if counts["fixed"] else f"nothing to fix in {report.count(counts['done'], 'page')}"]
    pieces += [f"{report.count(counts['open'], 'remark')} open"] if counts["open"] else []
    if passed:
        names = f": {', '.join(passed)}" if len(passed) <= _NAMED else ""
        pieces.append(f"{report.count(len(passed), 'file')} not looked at (raw, or no `transcript:` key){names}")
    pieces += [f"{report.count(skipped, 'other file')} passed over"] if skipped else []
    pieces += [f"{report.count(counts['failed'], 'input')} not done"] if counts["failed"] else []
    say("cleanup: " + " · ".join(pieces))
