"""A question in the terminal: what is shown of a finding, and the keys and lines that answer it; from a pipe, its characters and its lines."""

import os
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import get_terminal_size

import click

from cleanup.cli.said import say, visible
from cleanup.findings import Level, Placed
from cleanup.reports.review import engine
from cleanup.reports.text import around
from cleanup.result import Result

HELP = """\
  a  accept                        A  accept all of this file with the same rule and words
  r  leave as it is, or put back   R  the same for all of them
  W  accept in the whole repository     V  leave as it is there, wherever these words stand
  e  write other words             n  name the speaker
  s  on, nothing decided           k  back
  u  undo                          b  edits that were made, or what is open
  q  save and leave                x  leave without saving"""
_ARROWS = {"\x1b[A": "k", "\x1b[B": "s", "\x03": "x", "\x04": "q"}
"""Up and down, and what Ctrl-C and Ctrl-D mean where the terminal hands them on."""
_AROUND = 200
_LEVELS = {Level.SAFE: "edit that was made", Level.SUGGEST: "suggestion", Level.REMARK: "remark"}
_GONE = {"moved": "(front matter)", "removed": "(cut)", "changed": "(nothing)"}


def question(
    result: Result, row: Placed, *, at: str, why: str, speaker: str | None, alike: int, undo: bool, repository: bool
) -> Iterator[str]:
    """Yield a finding with the words around it, what would stand there, why, and the keys that answer it."""
    rule, text = row.finding.rule, result.source.text
    yield " · ".join(filter(None, [at, _LEVELS[row.finding.level], f"line {row.line}:{row.column}", speaker]))
    yield f"  {row.finding.message}"
    yield ""
    left = _clip(text[max(0, row.start - _AROUND) : row.start], -1)
    right = _clip(text[row.end : row.end + _AROUND], 1)
    here = text[row.start : row.end]
    yield from _wrapped(f"{left}⟦{here if len(here) < 300 else around(here, 300)}⟧{right}", "    ")
    yield ""
    for _, _, old, new in row.edits[:3]:
        yield f"  - {_blanks(old)}" if old else "  -"
        yield f"  + {_blanks(new) if new else _GONE[row.finding.fate]}"
    if len(row.edits) > 3:
        yield f"    and {len(row.edits) - 3} more like these"
    yield from _wrapped(f"{rule}{f', found by {engine(rule)}' if engine(rule) else ''}", "  ")
    yield from _wrapped(why, "  ")
    yield from _wrapped(f"Not done by itself: {row.why_not}." if row.why_not else "", "  ")
    can = row.finding.edits and not row.applied
    offered = ["[a]ccept" if can else "", "[r] put back" if row.applied else "[r] leave as it is", "[e]dit",
               f"[n]ame {speaker or 'who opens'}" if speaker is not None else "", "[s]kip", "[u]ndo" if undo else "",
               f"{'[A]ccept, ' if can else ''}[R] all {alike} alike" if alike > 1 else "",
               f"{'[W] accept, ' if can else ''}[V] leave it in the whole repository" if repository else "", "[?]"]  # fmt: skip
    yield from _wrapped("  ".join(filter(None, offered)), "  ")


def _clip(text: str, side: int) -> str:
    """Return the words next to a finding, with dots where more of them stand beyond, and no farther than its paragraph."""
    near = text.split("\n\n")[0 if side > 0 else -1]
    if len(near) < _AROUND:
        return near
    return f"{near.rpartition(' ')[0] or near} …" if side > 0 else f"… {near.partition(' ')[2] or near}"


def _wrapped(text: str, indent: str) -> list[str]:
    width = min(100, get_terminal_size().columns)
    return textwrap.wrap(visible(text), width, initial_indent=indent, subsequent_indent=indent)


def _blanks(text: str) -> str:
    """Return a text on one line; blanks alone are shown by a sign."""
    return around(text, 300) if text.strip() else text.replace(" ", "␣").replace("\n", "⏎")


@contextmanager
def keys(*, at_once: bool = True) -> Iterator[None]:
    """Have a terminal hand over each key at once, or (`at_once` False) lines that can be edited; what was typed ahead stays.

    Click's own `getchar` throws away what is typed between two keys, so that a quick hand would lose decisions.
    """
    if sys.platform == "win32" or sys.stdin is None or not sys.stdin.isatty():
        yield
        return
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin.fileno())
    try:
        wanted = list(before)
        if at_once:
            tty.setcbreak(sys.stdin.fileno(), termios.TCSADRAIN)
        else:
            wanted[3] |= termios.ICANON | termios.ECHO
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, wanted)
        yield
    finally:
        termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, before)


def pressed() -> str:
    """Return the next key; the end of the input is empty, and an interrupt is `x`."""
    if sys.stdin is None:
        return ""
    if not sys.stdin.isatty():
        while (key := sys.stdin.read(1)) and key.isspace():
            pass
        return key
    try:
        click.echo("> ", nl=False, err=True)
        key = click.getchar() if sys.platform == "win32" else _read()
    except EOFError:
        key = "q"
    except KeyboardInterrupt:
        key = "x"
    key = _ARROWS.get(key, key)
    say(key if key.isprintable() else "")
    return key


def _read() -> str:
    """Return a key of the terminal; an arrow is three characters that come together."""
    import select

    data = os.read(sys.stdin.fileno(), 1)
    while data[:1] == b"\x1b" and len(data) < 3 and select.select([sys.stdin], [], [], 0)[0]:
        data += os.read(sys.stdin.fileno(), 1)
    return data.decode("utf-8", "replace") or "q"


def line(what: str) -> str:
    """Return a line of text; an interrupt, or nothing, is empty."""
    if sys.stdin is None or not sys.stdin.isatty():
        return sys.stdin.readline() if sys.stdin else ""
    try:
        with keys(at_once=False):
            return str(click.prompt(f"  {what}", default="", show_default=False, err=True))
    except (click.Abort, KeyboardInterrupt):
        say()
        return ""
