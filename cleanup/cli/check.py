"""`cleanup check`: what is wrong, and nothing changed."""

from typing import Any

import click

from cleanup.cli import pages
from cleanup.cli.asked import asks


@click.command()
@click.argument("path", nargs=-1, required=True, type=click.Path())
@asks("any")
@click.option("--strict", is_flag=True, help="Exit 1 for suggestions and remarks too.")
@click.option(
    "--format", "format_", type=click.Choice(["text", "json", "github", "sarif"]), default="text", show_default=True
)
@asks("rules", "grammar", "read")
def check(path: tuple[str, ...], **given: Any) -> int:
    """Say what is wrong in transcripts and pages, and change nothing.

    Raw files are read as `publish` would read them. A Markdown page is looked at where it carries
    a `transcript:` key or lies under `pages:` of cleanup.yaml; exit 1 is for such pages alone.
    """
    return pages.check(path, given)
