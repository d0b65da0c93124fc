import sys
from pathlib import Path

import pytest

from cleanup.cli.common import Progress, say
from tests.conftest import TALK, Run


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    """Let standard error be a terminal."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    return capsys


def test_bold_only_on_a_terminal(terminal: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    say("talk.txt", bold=True)
    monkeypatch.setenv("NO_COLOR", "1")
    say("talk.txt", bold=True)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False)
    say("talk.txt", bold=True)
    assert terminal.readouterr().err == "\x1b[1mtalk.txt\x1b[0m\ntalk.txt\ntalk.txt\n"


def test_the_bar_stands_below_the_lines_and_goes_at_the_end(terminal: pytest.CaptureFixture[str]) -> None:
    bar = Progress(2)
    bar.lines(["one"])
    bar.lines(["two"])
    assert terminal.readouterr().err == f"\r\x1b[Kone\n[{'#' * 15}{'.' * 15}] 1 of 2\r\x1b[Ktwo\n"


@pytest.mark.parametrize("silent", [Progress(1), Progress(2, quiet=True)])
def test_no_bar_for_one_file_or_where_quiet_was_asked_for(silent: Progress) -> None:
    assert not silent.on


def test_no_bar_where_results_go_to_the_same_terminal(
    terminal: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Progress(2, prints=True).on
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert not Progress(2, prints=True).on


def test_no_bar_in_a_pipe(run: Run) -> None:
    for name in ("a.txt", "b.txt"):
        Path(name).write_text(TALK.replace("Harbour", name[0]))
    assert "[#" not in run("publish", "a.txt", "b.txt", "-o", "out").err
