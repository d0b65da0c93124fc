"""Options that several commands have."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from cleanup.formats import FORMATS
from cleanup.reading import LIMIT

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = {
    "any": [click.option("--any", "any_", is_flag=True, help="Look at Markdown pages that are not marked as transcripts too.")],
    "json": [click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)],
    "rules": [
        click.option("--rules", "rule_paths", multiple=True, type=click.Path(), help="Rule file or folder of your own."),
        click.option("--with", "with_", multiple=True, metavar="PACK", help="Switch a pack on that is off."),
        click.option("--without", multiple=True, metavar="RULE", help="Leave a rule, a pack or a stage out."),
    ],
    "grammar": [
        click.option("--grammar", metavar="ENGINE", type=click.Choice(["languagetool"]), help="Ask an engine too: languagetool."),
        click.option("--languagetool-url", metavar="URL",
                     help="A LanguageTool server that runs; else $LANGUAGETOOL_URL, else a local one by the jars in $LTP_PATH."),
    ],
    "read": [
        click.option("--language", metavar="TAG", help="The language, as en or pt-BR; else told by evidence."),
        click.option("--from", "from_", metavar="FORMAT", help=f"One of {', '.join(FORMATS)}; else told by content."),
        click.option("--encoding", metavar="NAME", help="The encoding; else told by the bytes."),
        click.option("--max-size", metavar="MIB", type=click.IntRange(1, 4096), default=LIMIT >> 20, show_default=True, help="Largest input."),
    ],
}  # fmt: skip


def asks(*names: str) -> Callable[[F], F]:
    """Return a decorator that adds groups of options to a command, in this order."""

    def add(command: F) -> F:
        for option in reversed([option for name in names for option in _OPTIONS[name]]):
            command = option(command)
        return command

    return add
