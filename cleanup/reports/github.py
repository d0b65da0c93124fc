"""Findings as annotations of GitHub: commands that its runner reads from the output of a step."""

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator

from cleanup.findings import Placed
from cleanup.reports.looked import Looked
from cleanup.reports.text import around, count

SHOWN = 10
"""Annotations of a level that GitHub shows for one step."""

_NAMES = {"error": "error", "warning": "warning", "note": "notice"}
"""Suggestions are warnings, not notices: each level has its own ten, and remarks would crowd out what waits for a decision."""

_NEXT = {"error": "Run: cleanup fix {}", "warning": "Decide: cleanup review {}", "note": "Shown, not changed."}


def annotations(rows: Iterable[Looked]) -> Iterator[str]:
    """Yield the worst ten commands of each level, and a last line, no command, that says how many there are in all.

    What could not be looked at comes first. No text of a transcript can become a command: see `command`.
    """
    kept: dict[str, list[str]] = {level: [] for level in ("problem", *_NAMES)}
    counts: Counter[str] = Counter()
    for looked in rows:
        graded = list(looked.graded())
        counts["files"] += 1
        counts["touched"] += bool(graded or looked.problem)
        counts["error"] += bool(looked.problem)
        if looked.problem and len(kept["problem"]) < SHOWN:
            told = {"file": looked.path, "title": "cleanup: not looked at"}
            kept["problem"].append(command("error", _visible(looked.problem), **told))
        for row, level in graded:
            counts[level] += 1
            if len(kept[level]) < SHOWN:
                kept[level].append(_annotation(looked, row, level))
    yield from (*kept["problem"], *kept["error"])[:SHOWN]
    yield from (*kept["warning"], *kept["note"])
    said = ", ".join(count(counts[level], name) for level, name in _NAMES.items())
    cut = max(counts[level] for level in _NAMES) > SHOWN
    more = "; the first ten of each level are annotated, `cleanup check` lists all" if cut else ""
    yield f"cleanup: {said} in {counts['touched']:,} of {count(counts['files'], 'file')}{more}"


def command(name: str, message: str, **properties: object) -> str:
    """Return one workflow command; properties without a value are left out.

    Escaped as the runner reads it back (`actions/runner`, ActionCommand.cs; `actions/toolkit`,
    command.ts): `%` and line ends everywhere, `:` and `,` in properties. So the line ends where we
    end it, and its first `::` behind the properties is ours.
    """
    head = ",".join(f"{key}={_data(str(value), ':,')}" for key, value in properties.items() if value)
    return f"::{name} {head}::{_data(message)}" if head else f"::{name}::{_data(message)}"


def _data(text: str, also: str = "") -> str:
    for char in "%\r\n" + also:
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def _annotation(looked: Looked, row: Placed, level: str) -> str:
    """Return the command for one finding; GitHub takes columns only where a span ends on the line on which it starts."""
    words = looked.text[row.start : row.end].rstrip("\n")
    lines = words.count("\n")
    place = {"endLine": row.line + lines} if lines else {"col": row.column, "endColumn": row.column + len(words)}
    quote = f"“{around(words)}”: " if words.strip() else ""
    said = _visible(f"{quote}{row.finding.message.rstrip('. ')}. {_NEXT[level].format(shlex.quote(looked.path))}")
    return command(_NAMES[level], said, file=looked.path, line=row.line, **place, title=row.finding.rule)


def _visible(text: str) -> str:
    """Return a text as one line, with what steers a terminal or a reader's eye shown by its number."""
    return "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in " ".join(text.split()))
