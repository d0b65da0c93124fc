"""How the command line speaks: results to standard output, all else to standard error."""

import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress

from cleanup.errors import HandEdited

_CONTROL = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
    r"|(?m:^[^\S\n]*):(?=:)|#(?=#\[)"
)
"""Control characters, and how a line begins (`::`) or what it holds (`##[`) that GitHub's runner takes for a command."""


def internal(problem: Exception) -> str:
    """Return the line for a mistake of this program."""
    what = " ".join(f"{type(problem).__name__}: {problem}".split())[:200]
    return f"internal error ({what}); nothing was written for it. Please report it, with what CLEANUP_DEBUG=1 shows"


def mute() -> None:
    """Point standard output at nothing, so that the interpreter does not fail on it again."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class OutputError(Exception):
    """Standard output is closed or full: nothing more can be said there, for no input."""

    exit_code = 3


def say(text: str = "", *, bold: bool = False) -> None:
    """Write a line to standard error; bold only on a terminal, and never where `NO_COLOR` is set."""
    if sys.stderr is None:
        return
    plain = not bold or not sys.stderr.isatty() or "NO_COLOR" in os.environ
    _err(f"{visible(text)}\n" if plain else f"\033[1m{visible(text)}\033[0m\n")


def ended(line: str, code: int) -> int:
    """Say why a run ends, and return its exit code."""
    say(f"cleanup: {line}")
    return code


def _err(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def out(text: str) -> None:
    """Write to standard output as UTF-8 and with LF line ends, on every platform."""
    if sys.stdout is None:
        raise OutputError("standard output is closed")
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise OutputError(f"standard output cannot be written ({problem.strerror or problem})") from problem


def put(text: str, output: str | None) -> None:
    """Write what was made of an archive to a file, or to standard output; a file that says something else is left."""
    if output in (None, "-"):
        out(text)
        return
    from pathlib import Path

    from cleanup.writers.files import write

    file = Path(str(output))
    if file.exists() and file.read_bytes() != text.encode():
        raise HandEdited(
            f"{output}: is there already and says something else; it stays as it is (-o - prints the new one)"
        )
    write(file, text.encode())
    say(f"cleanup: wrote {output}")


def visible(text: str) -> str:
    """Return a text that can steer neither a terminal nor a runner of CI: what would is shown by its number."""
    if text.isprintable() and "::" not in text and "##[" not in text:
        return text
    return re.sub(_CONTROL, lambda match: f"{match[0][:-1]}<U+{ord(match[0][-1]):04X}>", text)


class Progress:
    """A bar below the lines of a run over many files.

    Silent where nobody looks on, and where results go to the same terminal (`prints`).
    """

    def __init__(self, total: int, *, quiet: bool = False, prints: bool = False) -> None:
        self.total, self.done = total, 0
        mixed = prints and sys.stdout is not None and sys.stdout.isatty()
        self.on = total > 1 and not quiet and not mixed and sys.stderr is not None and sys.stderr.isatty()

    def lines(self, lines: Iterable[str]) -> None:
        """Say lines above the bar, and draw it again one step further."""
        if self.on:
            _err("\r\033[K")
        told = list(lines)
        for number, line in enumerate(told):
            say(line, bold=number == 0 and len(told) > 2)
        self.done += 1
        if self.on and self.done < self.total:
            full = 30 * self.done // self.total
            _err(f"[{'#' * full}{'.' * (30 - full)}] {self.done} of {self.total}")
