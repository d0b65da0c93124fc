"""The commands, as Click knows them."""

from importlib import import_module

import click

from cleanup import __version__
from cleanup.cli import COMMANDS
from cleanup.cli.said import ended, mute


class _Commands(click.Group):
    """Loads a command when it is asked for, so that `--version` loads none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"cleanup.cli.{name}"), name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="cleanup %(version)s")
def cleanup() -> None:
    """Turn raw transcripts into clean pages: every word kept, every change explained."""


def call() -> int:
    """Run the command that the arguments name, and return its exit code."""
    try:
        result = cleanup.main(standalone_mode=False)
        return result if isinstance(result, int) else 0
    except SystemExit as done:  # Click leaves so after completion, and with 1 where the reader has gone
        if done.code == 1:
            mute()
        return 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as problem:
        return _refused(problem)


def _refused(problem: click.ClickException) -> int:
    """Say in one line why a call is wrong, and where its options are listed."""
    if not isinstance(problem, click.UsageError):
        return ended(problem.format_message(), problem.exit_code)
    if type(problem).__name__ == "NoArgsIsHelpError":
        problem.show()
        return problem.exit_code
    message = problem.format_message().rstrip(".")
    if type(problem) is click.UsageError:  # ours: it says what to do
        return ended(message, problem.exit_code)
    name = problem.ctx.command_path if problem.ctx else "cleanup"
    return ended(f"{message} (`{name} --help` lists the options)", problem.exit_code)
