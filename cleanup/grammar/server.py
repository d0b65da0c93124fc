"""The local server of LanguageTool: one Java machine, bounded, that ends with the run."""

import os
import subprocess
import time
from pathlib import Path
from typing import Any

from cleanup.errors import EngineError

HOW = "docs/grammar.md has the commands; or name a server that runs: --languagetool-url URL"
_MEMORY = "-Xmx1g -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError"
"""Half of it does for one language, and five fill it by three quarters; without a bound one page in another language takes 4 GB."""

_STARTS = 3
"""Servers that one run starts at most: where the third has died, the next would too."""

_READY = 90.0
"""Seconds until a server must answer; three are usual."""


class Server:
    """Starts the server when its address is wanted, again where it has died, and ends it with the run.

    Of language-tool-python its look-out for Java and for the jars under `LTP_PATH` is used, and
    its command. Not its `LanguageTool`, which may download a server, starts another one at each
    failure without an end to the one before, and can neither bound its memory nor wait longer.
    A copy in another process has the address, and neither starts nor ends anything.
    """

    def __init__(self) -> None:
        self.command = _command()
        self.address = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._starts = 0

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_process": None, "_starts": _STARTS}

    def url(self) -> str:
        """Return the address of a server that runs; raises `EngineError` where none can be had."""
        if self._process is None or self._process.poll() is not None:
            if self._starts < _STARTS:
                self.start(_free())
            elif self._process is not None:
                raise EngineError(f"the local LanguageTool has ended {_STARTS} times, and is not started again")
        return self.address

    def start(self, port: int) -> None:
        """Start a server on a port of this machine, and wait until it answers."""
        import atexit

        self.close()
        self._starts += 1
        own = {"JAVA_TOOL_OPTIONS": f"{_MEMORY} {os.environ.get('JAVA_TOOL_OPTIONS', '')}".strip()}
        try:
            self._process = subprocess.Popen(
                [*self.command, "-p", str(port)], env={**os.environ, **own},
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except OSError as problem:
            raise EngineError(f"the local LanguageTool cannot be started ({problem.strerror})") from None
        atexit.register(self.close)
        self.address = f"http://127.0.0.1:{port}"
        end = time.monotonic() + _READY
        while not _answers(port):
            if self._process.poll() is not None:
                raise EngineError(f"the local LanguageTool ended at once (exit {self._process.returncode}); {HOW}")
            if time.monotonic() > end:
                self.close()
                raise EngineError(f"the local LanguageTool was not ready within {_READY:.0f} s")
            time.sleep(0.1)

    def wait(self) -> int:
        """Return the exit code of the server when it has ended."""
        return self._process.wait() if self._process else 0

    def close(self) -> None:
        """End the server, and wait for that."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()


def _command() -> list[str]:
    """Return the command that starts the latest server under `LTP_PATH`; nothing is downloaded or made."""
    folder = Path(os.environ.get("LTP_PATH") or Path.home() / ".cache" / "language_tool_python")
    from language_tool_python.download_lt import LocalLanguageTool, confirm_java_compatibility
    from language_tool_python.exceptions import LanguageToolError

    try:
        local = LocalLanguageTool.get_latest_installed_version() if folder.is_dir() else None  # it would make one
        if local is None:
            raise EngineError(f"LanguageTool: no server is named, and no jars are in {folder} (LTP_PATH); {HOW}")
        confirm_java_compatibility(local.version_name)
        return [str(piece) for piece in local.get_server_cmd()]
    except (OSError, SystemError, ValueError, ImportError, subprocess.SubprocessError, LanguageToolError) as problem:
        what = " ".join(str(problem).split())[:200]  # of paths and versions alone: no text has been read yet
        raise EngineError(f"LanguageTool: no server is named, and the local one cannot run ({what}); {HOW}") from None


def _free() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as place:
        return int(place.getsockname()[1])


def _answers(port: int) -> bool:
    from http.client import HTTPConnection, HTTPException

    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/v2/healthcheck")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
