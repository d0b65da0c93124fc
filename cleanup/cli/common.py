"""What commands share: options, the rules in force, and how results are said."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from cleanup.kinds import KINDS
from cleanup.rulebook import Rulebook, open_book
from cleanup.settings import Settings, check_packs, find

F = TypeVar("F", bound=Callable[..., Any])


def rule_options(command: F) -> F:
    """Add the options that say which rules run, and what is known beforehand."""
    for option in reversed(
        (
            click.option(
                "--rules", "rule_paths", multiple=True, type=click.Path(), help="Rule file or folder of your own."
            ),
            click.option("--with", "with_", multiple=True, metavar="PACK", help="Switch a pack on that is off."),
            click.option("--without", multiple=True, metavar="RULE", help="Leave a rule, a pack or a stage out."),
            click.option(
                "--language", metavar="TAG", help="The language, as en or pt-BR; else it is told by evidence."
            ),
            click.option("--from", "from_", metavar="FORMAT", help="Read as text or markdown; else told by content."),
            click.option("--encoding", metavar="NAME", help="The encoding; else told by the bytes."),
        )
    ):
        command = option(command)
    return command


def load(
    paths: Sequence[str], rule_paths: Iterable[str], with_: Iterable[str], without: Iterable[str]
) -> tuple[Settings, Rulebook]:
    """Return the settings for the first input, and the rules in force; raise where either is wrong."""
    first = next((path for path in paths if path != "-"), ".")
    settings = find(Path(first) if Path(first).exists() else Path())
    book = open_book([*settings.rules, *map(Path, rule_paths)], kinds=KINDS)
    packs = frozenset(pack.name for pack in book.packs)
    check_packs(settings, packs)
    stages = {name.split("/")[0] for name in packs}
    for name in with_:
        if name not in packs:
            raise click.UsageError(f"--with {name}: there is no such pack; see `cleanup rules list`")
    for name in without:
        if name not in packs | set(book.by_id) | stages:
            raise click.UsageError(f"--without {name}: there is no such rule, pack or stage; see `cleanup rules list`")
    return settings, book


def say(text: str = "", *, bold: bool = False, dim: bool = False) -> None:
    """Write a line to standard error; colour only on a terminal, and never where `NO_COLOR` is set."""
    import os

    plain = not sys.stderr.isatty() or "NO_COLOR" in os.environ
    click.echo(text if plain else click.style(text, bold=bold, dim=dim), err=True)


def out(text: str) -> None:
    r"""Write to standard output as UTF-8 with `\\n`, on every platform."""
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
