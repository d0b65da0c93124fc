"""`cleanup completion`: the script that completes commands and options in a shell."""

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from cleanup.cli.said import out

SHELLS = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


@click.command()
@click.argument("shell", type=click.Choice(list(SHELLS)))
def completion(shell: str) -> int:
    """Print the completion script: put it where your shell looks, or `eval` it."""
    from cleanup.cli.commands import cleanup

    out(SHELLS[shell](cleanup, {}, "cleanup", "_CLEANUP_COMPLETE").source() + "\n")
    return 0
