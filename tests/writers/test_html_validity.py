"""The checker of the W3C (`vnu`, as an npm package) finds nothing wrong with the HTML that is written."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from cleanup.rulebook import Rulebook
from cleanup.writers.exports import write
from tests.test_examples import RAW
from tests.writers.test_exports import TIMED, transcript


def checker(folder: Path) -> list[str]:
    """Return the command of the checker, installed by npm; without npm or Java the test is skipped, but in CI it fails."""
    npm, java = shutil.which("npm"), shutil.which("java")
    if not npm or not java:
        if os.environ.get("CI"):
            pytest.fail("npm or java is missing")
        pytest.skip("npm or java is missing")
    subprocess.run([npm, "install", "--silent", "--prefix", str(folder), "vnu-jar"], check=True, capture_output=True)
    return [java, "-jar", str(next(folder.rglob("vnu.jar"))), "--format", "json", "--exit-zero-always"]


@pytest.mark.slow
def test_html_is_valid(tmp_path: Path, book: Rulebook) -> None:
    command = checker(tmp_path / "npm")
    texts = {"timed": TIMED, **{file.stem: file.read_text("utf-8") for file in RAW}}
    for name, text in texts.items():
        (tmp_path / f"{name}.html").write_text(write("html", transcript(text, book)), "utf-8")
    ran = subprocess.run([*command, *map(str, tmp_path.glob("*.html"))], capture_output=True, check=True, text=True)
    messages = json.loads(ran.stderr)["messages"]
    assert len(texts) > 4 and [row for row in messages if row["type"] == "error"] == []
