"""The command line: the only room that knows Click, and the only one that prints."""

import gc

gc.set_threshold(100_000, 50, 50)  # what is made while modules load stays; looking at it again and again costs

import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from cleanup.cli.said import OutputError, ended, internal, mute
from cleanup.errors import CleanupError

COMMANDS = (
    "publish", "check", "fix", "review", "explain", "speakers", "rules", "grammar", "init", "doctor", "completion",
)  # fmt: skip
"""Commands, and the rooms that they live in; a room is opened only when its command runs."""


def main() -> None:
    """Run the command line; every way out has a documented exit code, and no traceback.

    0 fine; 1 `check`: something is to be fixed; 2 usage, settings or rules are wrong; 3 some input
    was not done; 130 and 143 interrupted. A reader that has gone (`| head`) ends the run in silence.
    """
    signal.signal(signal.SIGTERM, _terminated)
    try:
        code = _run(sys.argv[1:])
    except BrokenPipeError:
        mute()
        code = 0
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except OSError:
        code = code or 3
        mute()
    if "atexit" not in sys.modules:
        os._exit(code)  # nobody waits for the end, and taking the modules apart takes as long as a small file
    sys.exit(code)


def _run(args: Sequence[str]) -> int:
    try:
        paths = _plain(args)
        if paths:
            from cleanup.cli import pages
            from cleanup.cli.run import PLAIN

            return (pages.fix if args[0] == "fix" else pages.check)(paths, PLAIN)
        from cleanup.cli.commands import call

        return call()
    except KeyboardInterrupt:
        return ended("interrupted; what was not written stays as it was", 130)
    except _Terminated:
        return ended("terminated; what was not written stays as it was", 143)
    except (CleanupError, OutputError) as problem:
        return ended(str(problem), problem.exit_code)
    except BrokenPipeError:
        raise
    except Exception as problem:
        if os.environ.get("CLEANUP_DEBUG"):
            raise
        if isinstance(problem, OSError) and problem.filename is None:
            return ended(f"standard output cannot be written ({problem.strerror})", 3)
        return ended(internal(problem), 3)


def _plain(args: Sequence[str]) -> Sequence[str]:
    """Return the inputs of a check or fix without options: it needs no Click, which takes longer to load than a file to check.

    On Windows Click expands wildcards, so it is asked there.
    """
    if args[:1] not in (["check"], ["fix"]) or os.name == "nt":
        return ()
    if args[1:2] == ["--"]:  # as the hook calls us
        return args[2:]
    return () if any(arg.startswith("-") and arg != "-" for arg in args) else args[1:]


class _Terminated(BaseException):
    """SIGTERM, so that temporary files are removed on the way out."""


def _terminated(number: int, frame: FrameType | None) -> None:
    raise _Terminated
