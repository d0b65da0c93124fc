"""What a pack would do to an archive: each file is looked at with it and without, and the difference told by rule."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from cleanup.cli.asked import asks
from cleanup.cli.looking import look, passed_over
from cleanup.cli.run import Run, prove
from cleanup.cli.said import out, say, visible
from cleanup.errors import CleanupError
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


@click.command()
@click.argument("pack")
@click.argument("path", nargs=-1, required=True, type=click.Path())
@asks("any", "json", "rules", "read")
def impact(pack: str, path: tuple[str, ...], **given: Any) -> int:
    """Say what PACK would do to an archive before it lands: by rule how often, and where, with samples.

    PACK is a rule file or folder, or the name of a pack. A file takes the place of the pack of its
    name, if that is in force from elsewhere; else, as for a name, a run with it is held against one without.

    \b
    Examples:
      cleanup rules impact house/names.yaml transcripts/ content/
      cleanup rules impact typography/house content/ --any
    """  # noqa: D301 (Click reads the `\b`)
    before, after = Run(path, given), Run(path, given)
    names, state = _part(pack, before, after)
    rows: dict[str, _Row] = {}
    passed = 0
    for item, seen in after.each(lambda item: (look(before, item), look(after, item))):
        if isinstance(seen, CleanupError):
            continue
        found = [one.result.findings for one in seen if one.result]
        if found:
            _compare(item.path, found, rows)
        after.done, passed = after.done + bool(found), passed + (not found)
    ordered = sorted(rows.items(), key=lambda item: (item[0].rpartition("/")[0] not in names, item[0]))
    told = _as_json if given["format_"] == "json" else _told
    out("".join(told(name, row) for name, row in ordered))
    touched = len(set().union(*(row.files for row in rows.values())))
    places = sum(row.new.total() + row.gone.total() for row in rows.values())
    pieces = [f"{', '.join(names)} ({state}): {count(places, 'place')} in {touched:,} of {count(after.done, 'file')}"]
    pieces += passed_over(passed)
    pieces += [f"{count(after.failed, 'input')} not done"] if after.failed else []
    say("cleanup: " + "; ".join(pieces))
    return 3 if after.failed else 0


def _part(pack: str, before: Run, after: Run) -> tuple[list[str], str]:
    """Let two runs differ in a pack; return the names of what differs, and how it stands to what is in force.

    Raises `SettingsError` where the pack is wrong, as a run of it would.
    """
    book = before.book
    known = {one.name: one for one in book.packs}
    if pack in known:
        names, state, new = [pack], "against a run without it", [known[pack]]
    elif Path(pack).exists():
        new = list(own_packs(pack, KINDS, book))
        names = [one.name for one in new]
        there = [name for name in names if name in known and _home(known[name]) not in map(_home, new)]
        state = _REPLACES if there else "against a run without it" if set(names) & set(known) else "new"
    else:
        raise click.UsageError(f"{pack}: is no rule file, and no pack; `cleanup rules list` shows them")
    kept = [one for one in book.packs if one.name not in names]
    old = [known[name] for name in names if name in known] if state == _REPLACES else []
    before.book, after.book = Rulebook((*kept, *old), book.tables), Rulebook((*kept, *new), book.tables)
    prove(after.book)
    asked = after.options
    after.options = asked._replace(packs=asked.packs | set(names), without=asked.without - set(names))
    return names, state


def _home(pack: Pack) -> str:
    return next((str(Path(rule.where.rpartition(":")[0]).resolve()) for rule in pack.rules), "")


def _compare(path: str, looks: Sequence[Sequence[Placed]], rows: dict[str, _Row]) -> None:
    """Enter what differs between two looks at a file; a finding is the same where rule, place, edits and deed are."""
    old, new = (
        {(row.finding.rule, row.start, row.end, row.edits, row.applied): row for row in found} for found in looks
    )
    for mine, theirs, gained in ((new, old, True), (old, new, False)):
        for key, row in mine.items():
            if key not in theirs:
                rows.setdefault(row.finding.rule, _Row()).add(path, row, new=gained)


def _told(name: str, row: _Row) -> str:
    deeds = [f"would {_SIGNS[deed]} {number:,}" for deed, number in row.new.items()]
    deeds += [f"would no longer {_SIGNS[deed]} {number:,}" for deed, number in row.gone.items()]
    lines = [f"{name}  {', '.join(deeds)}; {count(len(row.files), 'file')}"]
    for path, one, new in row.samples:
        lines.append(f"  {'+' if new else '-'} {path}:{one.line}:{one.column}: {_shown(one)}")
    return visible("\n".join(lines) + "\n")


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
