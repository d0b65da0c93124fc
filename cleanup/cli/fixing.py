"""What `cleanup fix` does; no Click here, so that a hook on one page starts at once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleanup.batch import Input
from cleanup.cli.looking import Seen, in_place, look, unheard
from cleanup.cli.run import Run
from cleanup.cli.said import out, say, visible
from cleanup.errors import ProofError
from cleanup.reports import text as report
from cleanup.result import Result

_NAMED = 3
"""Files that were not looked at are named up to this number; of more, only how many."""


def run(path: Sequence[str], given: Mapping[str, Any]) -> int:
    """Fix what is named, and return the exit code."""
    run = Run(path, given)
    counts: Counter[str] = Counter()
    passed: list[str] = []

    def fix(item: Input) -> Seen:
        seen = look(run, item, raw=False)
        if seen.result:
            _one(seen, seen.result, run, counts)
        else:
            passed.append(item.path)
        return seen

    for _ in run.each(fix, unheard):
        pass
    if run.done or passed or run.failed != 1:
        _summary(run, counts, passed)
    return 3 if run.failed else int(counts["fixed"] > 0)


def _one(seen: Seen, result: Result, run: Run, counts: Counter[str]) -> None:
    """Write one page anew where something on it is to be fixed; a second run over it must find nothing to do."""
    run.done += 1
    counts["open"] += sum(not row.applied for row in result.findings)
    if not result.changed:
        return
    from cleanup.writers.files import write
    from cleanup.writers.inplace import rewritten

    data = rewritten(seen.data, result.source, result.document.text, result.origin)
    left = next((row for row in in_place(run, seen.path, data).findings if row.applied), None)
    if left:
        raise ProofError(f"{seen.path}: a second run would go on with {left.finding.rule}; the page stays as it is")
    if run.given["diff"]:
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


def _summary(run: Run, counts: Counter[str], passed: Sequence[str]) -> None:
    done = f"{report.count(counts['fixed'], 'page')} {'would be ' if run.given['diff'] else ''}fixed"
    words = f"{report.count(counts['words'], 'spoken word')} changed" if counts["words"] else "no spoken word changed"
    pieces = [f"{done}, {words}" if counts["fixed"] else f"nothing to fix in {report.count(run.done, 'page')}"]
    pieces += [f"{report.count(counts['open'], 'remark')} open"] if counts["open"] else []
    if passed:
        names = f": {', '.join(passed)}" if len(passed) <= _NAMED else ""
        pieces.append(f"{report.count(len(passed), 'file')} not looked at (raw, or no `transcript:` key){names}")
    say("cleanup: " + " · ".join([*pieces, *run.left()]))
