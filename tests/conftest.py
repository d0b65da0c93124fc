import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from cleanup import rulebook
from cleanup.cli import main
from cleanup.findings import Placed
from cleanup.kinds import KINDS
from cleanup.result import Result
from cleanup.rulebook import Rulebook, open_book

settings.register_profile("untimed", deadline=None)  # no test times anything: a busy machine is no mistake
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return open_book(kinds=KINDS)


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What stands on standard error, a quoted line of a rule file left out."""
        return [line for line in self.err.splitlines() if not line.startswith("    ")]


Run = Callable[..., Ran]


@pytest.fixture
def run(
    book: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Iterator[Run]:
    """Run the command line in a folder of its own, as a process would, with the rules already read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CLEANUP_DEBUG", raising=False)
    monkeypatch.setattr(rulebook, "read_folder", lambda folder, kinds: book)
    before = signal.getsignal(signal.SIGTERM)

    def call(*args: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["cleanup", *args])
        capsysbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsysbinary.readouterr()
        return Ran(int(str(ended.value.code or 0)), out.decode(), err.decode())

    yield call
    signal.signal(signal.SIGTERM, before)


def removed(result: Result) -> list[Placed]:
    """Return the findings that took text away for good."""
    return [row for row in result.findings if row.applied and row.finding.fate == "removed"]


TALK = """Harbour talk

KOVAC: Good evening, and welcome to the harbour.

LIND: I am glad to be here.

KOVAC: When do the boats go out again?

LIND: On Thursday at nine.

Comments are closed.
"""
"""A transcript that everything goes well with."""
