"""The command line: the only room that knows Click, and the only one that prints."""

import os
import signal
import sys
from contextlib import suppress
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
    was not done; 130 and 143 interrupted. A reader that has gone (`| head`) ends the run in silence.
    """
    signal.signal(signal.SIGTERM, _terminated)
    try:
        code = _run()
    except BrokenPipeError:
        _mute()
        code = 0
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except OSError:
        code = code or 3
        _mute()
    sys.exit(code)


def _run() -> int:
    try:
        result = cleanup.main(standalone_mode=False)
        return result if isinstance(result, int) else 0
    except SystemExit as done:  # Click leaves so after completion, and with 1 where the reader has gone
        if done.code == 1:
            _mute()
        return 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as problem:
        return _refused(problem)
    except (click.Abort, KeyboardInterrupt):
        return _said("interrupted; what was not written stays as it was", 130)
    except _Terminated:
        return _said("terminated; what was not written stays as it was", 143)
    except CleanupError as problem:
        return _said(str(problem), problem.exit_code)
    except BrokenPipeError:
        raise
    except Exception as problem:
        if os.environ.get("CLEANUP_DEBUG"):
            raise
        if isinstance(problem, OSError) and problem.filename is None:
            return _said(f"standard output cannot be written ({problem.strerror})", 3)
        from cleanup.cli.common import internal

        return _said(internal(problem), 3)


def _refused(problem: click.ClickException) -> int:
    """Say in one line why a call is wrong, and where its options are listed."""
    if not isinstance(problem, click.UsageError):
        return _said(problem.format_message(), problem.exit_code)
    if type(problem).__name__ == "NoArgsIsHelpError":
        problem.show()
        return problem.exit_code
    message = problem.format_message().rstrip(".")
    if type(problem) is click.UsageError:  # ours: it says what to do
        return _said(message, problem.exit_code)
    name = problem.ctx.command_path if problem.ctx else "cleanup"
    return _said(f"{message} (`{name} --help` lists the options)", problem.exit_code)


def _said(line: str, code: int) -> int:
    from cleanup.cli.common import say

    say(f"cleanup: {line}")
    return code


def _mute() -> None:
    """Point standard output at nothing, so that the interpreter does not fail on it again."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class _Terminated(BaseException):
    """SIGTERM, so that temporary files are removed on the way out."""


def _terminated(number: int, frame: FrameType | None) -> None:
    raise _Terminated
