"""Keys of a person at a terminal, one at a time, and lines of text; from a pipe, its characters and its lines."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from cleanup.cli.said import say

_ARROWS = {"\x1b[A": "k", "\x1b[B": "s", "\x03": "x", "\x04": "q"}
"""Up and down, and what Ctrl-C and Ctrl-D mean where the terminal hands them on."""


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
