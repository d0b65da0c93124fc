"""The local server: started once, bounded, started again where it has died, and ended with the run however that ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleanup.errors import EngineError
from cleanup.grammar.server import Server, _free
from tests.conftest import TALK

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs a script on the path, and POSIX signals")

JAVA = """#!{python}
import json, os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer
if sys.argv[1] == "-version":
    sys.exit(print('openjdk version "{version}" 2024-01-16', file=sys.stderr))
with open({log!r}, "a") as log:
    print(os.getpid(), os.environ["JAVA_TOOL_OPTIONS"], file=log)
if {broken}:
    sys.exit(1)

class Answers(BaseHTTPRequestHandler):
    def log_message(self, *args): pass
    def do_GET(self):
        row = [{{"code": "en", "longCode": "en"}}]
        self.send(row if "languages" in self.path else {{"software": {{"version": "6.8"}}}})
    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"]))
        if b"STORM" in text:
            os._exit(3)
        while b"STANDSTILL" in text:
            os.kill({parent}, 0)
            os.sched_yield()
        self.send({{"matches": []}})
    def send(self, data):
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("-p") + 1])), Answers).serve_forever()
"""


class Stand:
    """A stand-in for `java`, in a folder that looks as language-tool-python wants it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.log = folder, folder / "started"
        jars = folder / "jars" / "LanguageTool-6.8"
        jars.mkdir(parents=True)
        (jars / "languagetool-server.jar").write_bytes(b"")
        self.java()
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.setenv("LTP_PATH", str(folder / "jars"))
        monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        monkeypatch.delenv("LANGUAGETOOL_URL", raising=False)
        monkeypatch.delenv("JAVA_TOOL_OPTIONS", raising=False)

    def java(self, *, version: str = "17.0.9", broken: bool = False) -> None:
        script = self.folder / "java"
        text = JAVA.format(python=sys.executable, log=str(self.log), version=version, broken=broken, parent=os.getpid())
        script.write_text(text)
        script.chmod(0o755)

    @property
    def started(self) -> list[int]:
        return [int(line.split()[0]) for line in self.log.read_text().splitlines()] if self.log.exists() else []

    def runs(self, pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return True


@pytest.fixture
def stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    yield Stand(tmp_path, monkeypatch)


def heeding() -> None:
    """Let a process heed Ctrl-C again: where tests run in the background it is ignored, and that is handed down."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def command(*args: str) -> list[str]:
    return [sys.executable, "-m", "cleanup", *args]


@POSIX
def test_one_server_a_run_and_none_after_it(stand: Stand, tmp_path: Path) -> None:
    """An input at which it dies is not done; the next one has another server."""
    talks = tmp_path / "talks"
    talks.mkdir()
    for name, words in (("a", "Monday"), ("b", "STORM"), ("c", "Friday")):
        (talks / f"{name}.txt").write_text(TALK.replace("Thursday", words).replace("Harbour talk", f"Talk {name}"))
    done = subprocess.run(
        command("publish", "talks", "-o", "out", "--grammar", "languagetool"),
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 3 and [line for line in done.stderr.splitlines() if "b.txt" in line] != [], done.stderr
    assert len(list((tmp_path / "out").iterdir())) == 2
    assert len(stand.started) == 2 and not any(map(stand.runs, stand.started))
    assert "-Xmx1g" in stand.log.read_text()


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_ends_with_a_run_that_is_interrupted(stand: Stand, tmp_path: Path, number: int, code: int) -> None:
    (tmp_path / "talk.txt").write_text(TALK.replace("Thursday", "STANDSTILL"))
    run = subprocess.Popen(
        command("check", "talk.txt", "--grammar", "languagetool"),
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeding,
    )
    while not stand.started:
        assert run.poll() is None
        os.sched_yield()
    run.send_signal(number)
    _, err = run.communicate(timeout=60)
    assert run.returncode == code and len([line for line in err.splitlines() if line]) == 1, err
    assert not any(map(stand.runs, stand.started))


@POSIX
def test_serve_runs_one_until_it_is_interrupted(stand: Stand, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK)
    with subprocess.Popen(
        command("grammar", "serve", "--port", str(_free())),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=heeding,
    ) as server:
        assert server.stdout
        name, _, url = server.stdout.readline().strip().removeprefix("export ").partition("=")
        for _ in range(2):
            done = subprocess.run(
                command("check", "talk.txt", "--grammar", "languagetool"),
                cwd=tmp_path, env={**os.environ, name: url}, capture_output=True, text=True,
            )  # fmt: skip
            assert done.returncode == 0 and len(stand.started) == 1, done.stderr
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=60) == 0
    assert not any(map(stand.runs, stand.started))


@POSIX
def test_servers_do_not_pile_up(stand: Stand) -> None:
    """Each start ends the one before, and after the third nobody starts another."""
    server = Server()
    for _ in range(3):
        server.url()
        server.close()
    with pytest.raises(EngineError, match="3 times"):
        server.url()
    assert len(stand.started) == 3 and not any(map(stand.runs, stand.started))


@POSIX
def test_what_cannot_run_says_so_in_a_line(stand: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand.java(broken=True)
    with pytest.raises(EngineError, match="ended at once"):
        Server().url()
    stand.java(version="11.0.2")
    with pytest.raises(EngineError, match="Java >= 17"):
        Server()
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(EngineError, match="cannot run"):
        Server()
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "no such folder"))
    with pytest.raises(EngineError, match="no jars"):
        Server()
    assert not (tmp_path / "no such folder").exists()
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "empty"))
    with pytest.raises(EngineError, match="no jars"):
        Server()
