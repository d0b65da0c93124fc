"""The command line: the only room that knows Click, and the only one that prints."""

import os
import signal
import sys
from importlib import import_module
from types import FrameType

import click

from cleanup import __version__
from cleanup.errors import CleanupError

COMMANDS = {
    "publish": "publish",
    "check": "check",
    "explain": "explain",
    "rules": "rules",
    "doctor": "doctor",
    "completion": "completion",
}
"""Commands and the rooms that they live in; a room is opened only when its command runs."""


class _Commands(click.Group):
    """Loads a command when it is asked for, so that `--version` loads none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"cleanup.cli.{COMMANDS[name]}"), name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="cleanup %(version)s")
def cleanup() -> None:
    """Turn raw transcripts into clean pages: every word kept, every change explained."""


def main() -> None:
    """Run the command line; every way out has a documented exit code, and no traceback.

    0 fine; 1 `check`: something is to be fixed; 2 usage, settings or rules are wrong; 3 some input
    was not done; 130 and 143 interrupted.
    """
    signal.signal(signal.SIGTERM, _terminated)
    try:
        code = _run()
        sys.stdout.flush()
    except BrokenPipeError:
        code = 0
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as problem:
        click.echo(f"cleanup: standard output cannot be written ({problem.strerror or problem})", err=True)
        code = 3
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def _run() -> int:
    try:
        result = cleanup.main(standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("cleanup: interrupted; what was not written stays as it was", err=True)
        return 130
    except _Terminated:
        click.echo("cleanup: terminated; what was not written stays as it was", err=True)
        return 143
    except CleanupError as problem:
        click.echo(f"cleanup: {problem}", err=True)
        return problem.exit_code
    except (BrokenPipeError, OSError):
        raise
    except Exception as problem:
        if os.environ.get("CLEANUP_DEBUG"):
            raise
        click.echo(
            f"cleanup: internal error ({type(problem).__name__}: {_line(problem)}); set CLEANUP_DEBUG=1 to see where",
            err=True,
        )
        return 3


def _line(problem: Exception) -> str:
    return " ".join(str(problem).split())[:200]


class _Terminated(BaseException):
    """SIGTERM, so that temporary files are removed on the way out."""


def _terminated(number: int, frame: FrameType | None) -> None:
    raise _Terminated
