"""What a pack would do to an archive: each file is looked at with it and without, and the difference told by rule."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from cleanup.cli.asked import read_options, rule_options
from cleanup.cli.common import prove
from cleanup.cli.looking import Look, Seen
from cleanup.cli.said import out, say, visible
from cleanup.findings import Level, Pack, Placed
from cleanup.kinds import KINDS
from cleanup.reports.text import around, count
from cleanup.rulebook import Rulebook, own_packs

_SAMPLES = 5
_REPLACES = "in the place of the one in force"
_SIGNS = {"applied": "apply", "suggest": "suggest", "remark": "show"}


class _Row:
    """What changes for one rule: places by what would be done there, those that it loses, and a few of them."""

    def __init__(self) -> None:
        self.new: Counter[str] = Counter()
        self.gone: Counter[str] = Counter()
        self.files: set[str] = set()
        self.samples: list[tuple[str, Placed, bool]] = []

    def add(self, path: str, row: Placed, *, new: bool) -> None:
        deed = "applied" if row.applied else "suggest" if row.finding.level is not Level.REMARK else "remark"
        (self.new if new else self.gone)[deed] += 1
        if len(self.samples) < _SAMPLES and (path, new) not in [(name, sign) for name, _, sign in self.samples]:
            self.samples.append((path, row, new))
        self.files.add(path)


class _Runs(NamedTuple):
    """The two runs that are held against each other, and how the pack stands to what is in force."""

    without: Look
    with_: Look
    names: Sequence[str]
    state: str


@click.command()
@click.argument("pack")
@click.argument("path", nargs=-1, required=True, type=click.Path())
@click.option("--any", "any_", is_flag=True, help="Look at Markdown pages that are not marked as transcripts too.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@rule_options
@read_options
def impact(pack: str, path: tuple[str, ...], **given: Any) -> int:
    """Say what PACK would do to an archive before it lands: by rule how often, and where, with samples.

    PACK is a rule file or folder, or the name of a pack. A file takes the place of the pack of its
    name, if that is in force from elsewhere; else, as for a name, a run with it is held against one without.

    \b
    Examples:
      cleanup rules impact house/names.yaml transcripts/ content/
      cleanup rules impact typography/house content/ --any
    """  # noqa: D301 (Click reads the `\b`)
    runs = _runs(pack, path, given)
    rows: dict[str, _Row] = {}
    counts = Counter(failed=len(runs.with_.items.problems))
    for problem in runs.with_.items.problems:
        say(f"cleanup: {problem}")
    for before, after in zip(runs.without.files(), runs.with_.files(), strict=True):
        counts[_compare(before, after, rows)] += 1
        if after.problem or before.problem:
            say(f"cleanup: {after.problem or before.problem}")
    ordered = sorted(rows.items(), key=lambda item: (item[0].rpartition("/")[0] not in runs.names, item[0]))
    out(
        "".join(
            _as_json(name, row) if given["format_"] == "json" else visible(_told(name, row)) for name, row in ordered
        )
    )
    touched = len(set().union(*(row.files for row in rows.values())))
    places = sum(row.new.total() + row.gone.total() for row in rows.values())
    pieces = [
        f"{', '.join(runs.names)} ({runs.state}): {count(places, 'place')} in {touched:,} of {count(counts['done'], 'file')}"
    ]
    pieces += (
        [f"{count(counts['passed'], 'Markdown file')} not looked at (no `transcript:` key; --any overrules)"]
        if counts["passed"]
        else []
    )
    pieces += [f"{count(counts['failed'], 'input')} not done"] if counts["failed"] else []
    say("cleanup: " + "; ".join(pieces))
    return 3 if counts["failed"] else 0


def _runs(pack: str, path: Sequence[str], given: Mapping[str, Any]) -> _Runs:
    """Make the two runs; raises `SettingsError` where the pack is wrong, as a run of it would."""
    look, other = (Look(path, given, raw=True) for _ in range(2))
    known = {one.name: one for one in look.book.packs}
    if pack in known:
        names, state, new = [pack], "against a run without it", [known[pack]]
    elif Path(pack).exists():
        new = list(own_packs(Path(pack), KINDS, look.book.tables))
        names = [one.name for one in new]
        there = [name for name in names if name in known and _home(known[name]) not in map(_home, new)]
        state = _REPLACES if there else "against a run without it" if set(names) & set(known) else "new"
    else:
        raise click.UsageError(f"{pack}: is no rule file, and no pack; `cleanup rules list` shows them")
    kept = [one for one in look.book.packs if one.name not in names]
    if state == _REPLACES:
        kept = [*kept, *(known[name] for name in names if name in known)]
    look.book = Rulebook(tuple(kept), look.book.tables)
    other.book = Rulebook((*(one for one in kept if one.name not in names), *new), look.book.tables)
    prove(other.book)
    packs = other.options.packs | set(names)
    other.options = other.options._replace(packs=packs, without=other.options.without - set(names))
    return _Runs(look, other, names, state)


def _home(pack: Pack) -> str:
    return next((str(Path(rule.where.rpartition(":")[0]).resolve()) for rule in pack.rules), "")


def _compare(before: Seen, after: Seen, rows: dict[str, _Row]) -> str:
    """Enter what differs between two looks at a file; a finding is the same where rule, place, edits and deed are."""
    if before.problem or after.problem:
        return "failed"
    if after.result is None or before.result is None:
        return "passed"
    old, new = ({_key(row): row for row in seen.result.findings} for seen in (before, after) if seen.result)
    for mine, theirs, gained in ((new, old, True), (old, new, False)):
        for key, row in mine.items():
            if key not in theirs:
                rows.setdefault(row.finding.rule, _Row()).add(after.path, row, new=gained)
    return "done"


def _key(row: Placed) -> tuple[object, ...]:
    return row.finding.rule, row.start, row.end, row.edits, row.applied


def _told(name: str, row: _Row) -> str:
    lines = [f"{name}  {', '.join(_counts(row))}; {count(len(row.files), 'file')}"]
    for path, one, new in row.samples:
        lines.append(f"  {'+' if new else '-'} {path}:{one.line}:{one.column}: {_shown(one)}")
    return "\n".join(lines) + "\n"


def _counts(row: _Row) -> Iterator[str]:
    for sign, counts in (("would {}", row.new), ("would no longer {}", row.gone)):
        yield from (f"{sign.format(_SIGNS[deed])} {number:,}" for deed, number in counts.items())


def _shown(row: Placed) -> str:
    edits: Iterable[tuple[int, int, str, str]] = row.edits or ((row.start, row.end, row.finding.message, ""),)
    return ", ".join(
        f"“{around(old)}” → “{around(new)}”" if new else f"“{around(old)}” goes" if row.edits else old
        for _, _, old, new in list(edits)[:3]
    )


def _as_json(name: str, row: _Row) -> str:
    from cleanup.writers.json import dumps, finding

    samples = [{"path": path, "new": new, **finding(one)} for path, one, new in row.samples]
    told = {"schema": "cleanup/impact@1", "rule": name, "new": row.new, "gone": row.gone, "files": len(row.files)}
    return dumps({**told, "samples": samples})
