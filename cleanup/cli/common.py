"""What commands share: options, the rules in force, and how results are said."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from cleanup.casting.given import Given
from cleanup.errors import CleanupError, InputError, SettingsError
from cleanup.formats import FORMATS
from cleanup.kinds import KINDS
from cleanup.pipeline import Options
from cleanup.reading import LIMIT
from cleanup.rulebook import Rulebook, open_book
from cleanup.settings import Settings, check_packs, find

F = TypeVar("F", bound=Callable[..., Any])

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def rule_options(command: F) -> F:
    """Add the options that say which rules run."""
    return _added(
        command,
        click.option(
            "--rules", "rule_paths", multiple=True, type=click.Path(), help="Rule file or folder of your own."
        ),
        click.option("--with", "with_", multiple=True, metavar="PACK", help="Switch a pack on that is off."),
        click.option("--without", multiple=True, metavar="RULE", help="Leave a rule, a pack or a stage out."),
    )


def read_options(command: F) -> F:
    """Add the options that say how an input is read."""
    size = click.IntRange(1, 4096)
    return _added(
        command,
        click.option("--language", metavar="TAG", help="The language, as en or pt-BR; else told by evidence."),
        click.option("--from", "from_", metavar="FORMAT", help=f"One of {', '.join(FORMATS)}; else told by content."),
        click.option("--encoding", metavar="NAME", help="The encoding; else told by the bytes."),
        click.option(
            "--max-size", metavar="MIB", type=size, default=LIMIT >> 20, show_default=True, help="Largest input."
        ),
    )


def _added(command: F, *options: Callable[[F], F]) -> F:
    for option in reversed(options):
        command = option(command)
    return command


def load(paths: Sequence[str], given: Mapping[str, Any], *, tried: bool = True) -> tuple[Settings, Rulebook]:
    """Return the settings for the first input, and the rules in force; raise where either is wrong.

    The examples of rules of the user's own are run (`tried`): a rule that does not do what it says
    is refused before any transcript is opened.
    """
    first = next((path for path in paths if path != "-"), ".")
    settings = find(Path(first) if Path(first).exists() else Path())
    book = open_book([*settings.rules, *map(Path, given["rule_paths"])], kinds=KINDS)
    packs = frozenset(pack.name for pack in book.packs)
    check_packs(settings, packs)
    stages = {name.split("/")[0] for name in packs}
    for name in given["with_"]:
        if name not in packs:
            raise click.UsageError(f"--with {name}: there is no such pack; `cleanup rules list` shows them")
    for name in given["without"]:
        if name not in packs | set(book.by_id) | stages:
            raise click.UsageError(
                f"--without {name}: there is no such rule, pack or stage; `cleanup rules list` shows them"
            )
    own = [rule for rule in book.by_id.values() if rule.own]
    if own and tried:
        from cleanup.examples import check

        for failure in check(book, own):
            raise SettingsError(
                f"{failure.rule.where}: {failure.rule.id}: the example at line {failure.example.line}"
                f" does not hold: {failure.what}"
            )
    return settings, book


def options(
    given: Mapping[str, Any],
    settings: Settings,
    *,
    people: Given | None = None,
    stated: Mapping[str, str] | None = None,
) -> Options:
    """Return what a person asked for, settings included; raise where it cannot be."""
    language = given["language"]
    if language and not _TAG.fullmatch(language):
        raise click.UsageError(f"--language {language}: a language is written as en, de or pt-BR")
    if given["from_"] and given["from_"] not in FORMATS:
        raise click.UsageError(f"--from {given['from_']}: there is no such format; there are {', '.join(FORMATS)}")
    return Options(
        format=given["from_"],
        encoding=given["encoding"],
        language=language or settings.language,
        given=people or Given(),
        stated=stated or {},
        without=frozenset(given["without"]) | settings.off,
        packs=frozenset(given["with_"]) | settings.on,
    )


@contextmanager
def one_input(path: str) -> Iterator[None]:
    """Turn what nobody foresaw into the one line of an input that was not done, so that the others go on."""
    try:
        yield
    except (CleanupError, click.ClickException, BrokenPipeError):
        raise
    except Exception as problem:
        if os.environ.get("CLEANUP_DEBUG"):
            raise
        raise InputError(f"{path}: {internal(problem)}") from problem


def internal(problem: Exception) -> str:
    """Return the line for a mistake of this program."""
    what = " ".join(f"{type(problem).__name__}: {problem}".split())[:200]
    return f"internal error ({what}); nothing was written for it. Please report it, with what CLEANUP_DEBUG=1 shows"


class OutputError(click.ClickException):
    """Standard output is closed or full: nothing more can be said there."""

    exit_code = 3


def say(text: str = "", *, bold: bool = False) -> None:
    """Write a line to standard error; bold only on a terminal, and never where `NO_COLOR` is set."""
    if sys.stderr is None:
        return
    plain = not bold or not sys.stderr.isatty() or "NO_COLOR" in os.environ
    text = visible(text)
    click.echo(text if plain else click.style(text, bold=True), err=True)


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


def visible(text: str) -> str:
    """Return a text that cannot steer the terminal: control characters are shown by their number."""
    return _CONTROL.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


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
            click.echo("\r\033[K", err=True, nl=False)
        told = list(lines)
        for number, line in enumerate(told):
            say(line, bold=number == 0 and len(told) > 2)
        self.done += 1
        if self.on and self.done < self.total:
            full = 30 * self.done // self.total
            click.echo(f"[{'#' * full}{'.' * (30 - full)}] {self.done} of {self.total}", err=True, nl=False)
