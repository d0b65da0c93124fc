"""`cleanup completion`: the script that completes commands and options in a shell."""

import click
from click.shell_completion import get_completion_class

from cleanup.cli.said import out


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print the completion script: put it where your shell looks, or `eval` it."""
    from cleanup.cli.commands import cleanup

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"there is no completion for {shell}")
    out(kind(cleanup, {}, "cleanup", "_CLEANUP_COMPLETE").source() + "\n")
    return 0
