import io
import sys
from pathlib import Path

import pytest

from cleanup.cli.said import Progress, say
from tests.conftest import TALK, Run


class Screen(io.TextIOWrapper):
    """A stream that says whether it is a terminal."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), "utf-8", newline="")
        self.here = True

    def isatty(self) -> bool:
        return self.here

    @property
    def shown(self) -> str:
        """What has been written."""
        self.flush()
        return bytes(self.buffer.getvalue()).decode()  # type: ignore[attr-defined]


def screen_of(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Let standard error be a terminal; in the test itself, since pytest sets its streams anew before it."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    made = Screen()
    monkeypatch.setattr(sys, "stderr", made)
    return made


def test_bold_only_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = screen_of(monkeypatch)
    say("talk.txt", bold=True)
    monkeypatch.setenv("NO_COLOR", "1")
    say("talk.txt", bold=True)
    monkeypatch.delenv("NO_COLOR")
    screen.here = False
    say("talk.txt", bold=True)
    assert screen.shown == "\x1b[1mtalk.txt\x1b[0m\ntalk.txt\ntalk.txt\n"


def test_the_bar_stands_below_the_lines_and_goes_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = screen_of(monkeypatch)
    bar = Progress(2)
    bar.lines(["one"])
    bar.lines(["two"])
    assert screen.shown == f"\r\x1b[Kone\n[{'#' * 15}{'.' * 15}] 1 of 2\r\x1b[Ktwo\n"


@pytest.mark.parametrize(("total", "quiet"), [(1, False), (2, True)])
def test_no_bar_for_one_file_or_where_quiet_was_asked_for(
    total: int, quiet: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen_of(monkeypatch)
    assert not Progress(total, quiet=quiet).on


def test_no_bar_where_results_go_to_the_same_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = screen_of(monkeypatch)
    assert Progress(2, prints=True).on
    monkeypatch.setattr(sys, "stdout", screen)
    assert not Progress(2, prints=True).on


def test_no_bar_in_a_pipe(run: Run) -> None:
    for name in ("a.txt", "b.txt"):
        Path(name).write_text(TALK.replace("Harbour", name[0]))
    assert "[#" not in run("publish", "a.txt", "b.txt", "-o", "out").err
