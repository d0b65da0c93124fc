"""A run that is killed, or that another runs beside, leaves every page old or new: none torn, none lost, no litter."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_strangers import PAGE

ROOT = Path(__file__).parents[1]
PAGES = 60
NEW = PAGE.replace("\nComments are closed.\n", "")
KILLED = """
import os
import sys

at, seen = int(sys.argv.pop(1)), 0


def count(event, args):
    global seen
    if event in EVENTS:
        seen += 1
        if seen == at:
            os.kill(os.getpid(), 9)


EVENTS = {"open", "os.chmod", "os.rename", "os.scandir", "os.remove"}
from cleanup.cli import main, pages
from cleanup.writers import files, inplace

os._exit = sys.exit
sys.addaudithook(count)
try:
    main()
finally:
    print(seen, file=sys.stderr)
"""
"""Counts what the run does with files, and dies in the middle of one of these; without a number it says how many there are."""


def fix(folder: Path, *, at: int = -1) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", KILLED, str(at), "fix", *(f"{number}.md" for number in range(PAGES))], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip


def fill(folder: Path) -> None:
    for number in range(PAGES):
        (folder / f"{number}.md").write_text(PAGE)


def pages(folder: Path) -> list[str]:
    return [(folder / f"{number}.md").read_text() for number in range(PAGES)]


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_killed_at_twenty_moments(tmp_path: Path) -> None:
    fill(tmp_path)
    whole = fix(tmp_path)
    told = whole.communicate()[1].splitlines()
    assert whole.returncode == 1 and set(pages(tmp_path)) == {NEW}
    moments = random.Random(4).sample(range(1, int(told[-1]) + 1), 20)
    litter = 0
    for moment in moments:
        fill(tmp_path)
        killed = fix(tmp_path, at=moment)
        err = killed.communicate()[1]
        assert killed.returncode == -signal.SIGKILL, (moment, err)
        assert set(pages(tmp_path)) <= {PAGE, NEW}, moment
        litter += len(list(tmp_path.iterdir())) - PAGES
        again = fix(tmp_path)
        again.communicate()
        assert set(pages(tmp_path)) == {NEW}, moment
        assert len(list(tmp_path.iterdir())) == PAGES, moment
    assert litter, "no moment was in the middle of a page"


@pytest.mark.slow
def test_two_runs_at_once(tmp_path: Path) -> None:
    """Each page is fixed once; where both want the same, one finds it done or changed, and says so."""
    fill(tmp_path)
    runs = [fix(tmp_path), fix(tmp_path)]
    for run in runs:
        err = run.communicate()[1]
        assert run.returncode in (0, 1, 3)
        assert (run.returncode == 3) == ("was changed by somebody else meanwhile" in err)
    assert set(pages(tmp_path)) == {NEW} and len(list(tmp_path.iterdir())) == PAGES
