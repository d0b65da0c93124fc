"""`cleanup fix`: what is safe is done in place, on pages."""

from typing import Any

import click

from cleanup.cli import pages
from cleanup.cli.asked import asks


@click.command()
@click.argument("path", nargs=-1, required=True, type=click.Path())
@click.option("--diff", is_flag=True, help="Show what would be changed, as a diff; change nothing.")
@click.option("--any", "any_", is_flag=True, help="Fix Markdown pages that are not marked as transcripts too.")
@asks("rules", "grammar", "read")
def fix(path: tuple[str, ...], **given: Any) -> int:
    """Fix pages where they stand; only what is safe is done, and no raw file is touched.

    A Markdown page is looked at where it carries a `transcript:` key or lies under `pages:` of
    cleanup.yaml. Exit 1 says that pages were changed.
    """
    return pages.fix(path, given)
