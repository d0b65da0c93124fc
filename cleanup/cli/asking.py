"""The questions of a review in the terminal: one key a decision."""

import sys
from collections.abc import Sequence

import click

from cleanup.casting.given import Given
from cleanup.cli.said import say, visible
from cleanup.decisions import Decision, Decisions, about
from cleanup.findings import Level, Placed
from cleanup.pipeline import Result
from cleanup.reports.text import count

KEYS = "[a]ccept [r]eject [e]dit [n]ame [s]kip [u]ndo [b] applied edits [q] save and leave [x] leave"
_AROUND = 160


def ask(result: Result, before: Decisions, *, by: str, on: str) -> Decisions | None:
    """Ask about each open finding; return all decisions, or None where the person leaves without saving.

    Standard input may be a pipe: then each character of it is a key, and a line where a text is asked for.
    """
    rows: Sequence[Placed] = [row for row in result.findings if not row.applied]
    applied: Sequence[Placed] = [row for row in result.findings if row.applied and row.finding.rule != "hand"]
    made: list[tuple[int, Decisions]] = []  # the place before each decision, and what was decided till then
    now, at = before, 0
    if not rows:
        say(f"cleanup: nothing is open; {count(len(applied), 'edit')} applied (b shows them)")
    while True:
        if at < len(rows):
            say()
            for line in _shown(result, rows[at], at + 1, len(rows)):
                say(line)
        elif rows is applied or not applied or (rows and at):
            say(f"cleanup: {count(len(made), 'decision')} made; q saves, u undoes, x leaves without saving")
        key = _key()
        if key in ("q", ""):
            return now
        if key == "x":
            return None
        if key == "u":
            if made:
                at, now = made.pop()
            continue
        if key == "b":
            rows, applied, at = applied, rows, 0
            continue
        if key not in "aren" and key != "s":
            say(KEYS)
            continue
        if at >= len(rows):
            continue
        decided = now if key == "s" else _decided(result, rows[at], key, now, by, on)
        if decided is None:
            continue
        if key != "s":
            made.append((at, now))
        now, at = decided, at + 1


def _decided(result: Result, row: Placed, key: str, now: Decisions, by: str, on: str) -> Decisions | None:
    """Return the decisions with one more, or None where there is nothing to decide so."""
    text = result.source.text
    if key == "n":
        return _named(result, row, now)
    if key == "a" and (not row.finding.edits or row.applied):
        say("there is nothing to accept here: [e]dit writes your words, [r]eject leaves it as it is")
        return None
    new = ""
    if key == "e":
        new = _line("what stands there instead", text[row.start : row.end])
        if not new:
            return None
    do = {"a": "accept", "r": "reject", "e": "edit"}[key]
    one = about(text, row, do, new=new, by=by, on=on)
    return now._replace(rows=(*(r for r in now.rows if not _same(r, one)), one))


def _same(one: Decision, other: Decision) -> bool:
    return one.rule == other.rule and one[2:5] == other[2:5]


def _named(result: Result, row: Placed, now: Decisions) -> Decisions | None:
    """Name the speaker of the turn that a finding stands in; before the first label, whoever opens."""
    turn = next((b for b in result.blocks() if b.kind == "turn" and b.start <= row.start <= b.end), None)
    turn = turn or next((b for b in result.blocks() if b.kind == "turn" and b.start >= row.start), None)
    speaker = next((s for s in result.cast.speakers if turn and turn.label in s.labels), None)
    name = _line(f"full name of {speaker.label}" if speaker else "who speaks before the first label")
    if not name:
        return None
    given: Given = now.given
    if speaker is None:
        return now._replace(given=given._replace(opening=name))
    return now._replace(given=given._replace(speakers={**given.speakers, speaker.label: name}))


def _shown(result: Result, row: Placed, number: int, total: int) -> list[str]:
    """Return a finding with the words around it, in brackets, and what may be done."""
    text = result.source.text
    left, right = text[max(0, row.start - _AROUND) : row.start], text[row.end : row.end + _AROUND]
    here = " ".join(text[row.start : row.end].split())
    levels = {Level.SAFE: "applied", Level.SUGGEST: "suggestion", Level.REMARK: "remark"}
    lines = [f"{number} of {total}  {row.finding.rule}  {levels[row.finding.level]}  {row.line}:{row.column}"]
    lines += [visible(" ".join(f"    {left}⟦{here}⟧{right}".split("\n"))), f"    {row.finding.message}"]
    lines += [f"    “{old}” → “{new}”" for _, _, old, new in row.edits[:3] if new or old]
    return lines


def _key() -> str:
    if sys.stdin is None:
        return ""
    if sys.stdin.isatty():
        click.echo("> ", nl=False, err=True)
        key = click.getchar()
        say(key)
        return key.lower()
    return (_skip_blanks() or "").lower()


def _skip_blanks() -> str:
    while (char := sys.stdin.read(1)) in ("\n", "\r", " "):
        pass
    return char


def _line(what: str, default: str = "") -> str:
    if sys.stdin is not None and sys.stdin.isatty():
        return str(click.prompt(what, default=default, err=True)).strip()
    return sys.stdin.readline().strip() if sys.stdin else ""
