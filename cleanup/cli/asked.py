"""Options that several commands have."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from cleanup.formats import FORMATS
from cleanup.reading import LIMIT

F = TypeVar("F", bound=Callable[..., Any])


def _together(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Return a decorator that adds several options to a command."""

    def add(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return add


rule_options = _together(
    click.option("--rules", "rule_paths", multiple=True, type=click.Path(), help="Rule file or folder of your own."),
    click.option("--with", "with_", multiple=True, metavar="PACK", help="Switch a pack on that is off."),
    click.option("--without", multiple=True, metavar="RULE", help="Leave a rule, a pack or a stage out."),
)
grammar_options = _together(
    click.option("--grammar", metavar="ENGINE", type=click.Choice(["languagetool"]), help="Ask an engine too: languagetool."),
    click.option("--languagetool-url", metavar="URL",
                 help="A LanguageTool server that runs; else $LANGUAGETOOL_URL, else a local one by the jars in $LTP_PATH."),
)  # fmt: skip
read_options = _together(
    click.option("--language", metavar="TAG", help="The language, as en or pt-BR; else told by evidence."),
    click.option("--from", "from_", metavar="FORMAT", help=f"One of {', '.join(FORMATS)}; else told by content."),
    click.option("--encoding", metavar="NAME", help="The encoding; else told by the bytes."),
    click.option("--max-size", metavar="MIB", type=click.IntRange(1, 4096), default=LIMIT >> 20, show_default=True, help="Largest input."),
)  # fmt: skip
json_option = click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)
any_option = click.option(
    "--any", "any_", is_flag=True, help="Look at Markdown pages that are not marked as transcripts too."
)
