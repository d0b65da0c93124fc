"""What a pack would do to an archive is said before it lands, and nothing is written."""

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import QUAY
from tests.conftest import TALK, Run

PAGE = f"---\ntranscript: {{}}\n---\n\n{TALK}"
RULE = "wording/quay/evening"


@pytest.fixture(autouse=True)
def archive(run: Run) -> None:
    Path("talks").mkdir()
    Path("pages").mkdir()
    Path("quay.yaml").write_text(QUAY)
    for number in range(3):
        Path(f"talks/{number}.txt").write_text(TALK)
        Path(f"pages/{number}.md").write_text(PAGE)
    Path("talks/none.txt").write_text(TALK.replace("Good evening", "Hello"))
    Path("pages/about.md").write_text(TALK)


def test_a_new_pack(run: Run) -> None:
    before = {file: file.read_bytes() for file in Path().rglob("*") if file.is_file()}
    ran = run("rules", "impact", "quay.yaml", "talks", "pages")
    assert ran.code == 0
    head, *samples = ran.out.splitlines()
    assert head == f"{RULE}  would apply 6; 6 files"
    assert samples[0] == "  + talks/0.txt:3:8: “Good evening” → “Good day”" and len(samples) == 5
    assert ran.lines == ["cleanup: wording/quay (new): 6 places in 6 of 7 files; 1 Markdown file not looked at"
                         " (no `transcript:` key; --any overrules)"]  # fmt: skip
    assert before == {file: file.read_bytes() for file in Path().rglob("*") if file.is_file()}


def test_a_changed_pack_is_held_against_the_one_in_force(run: Run) -> None:
    Path("house").mkdir()
    Path("house/quay.yaml").write_text(QUAY)
    Path("cleanup.yaml").write_text("rules: [house]\n")
    assert run("rules", "impact", "quay.yaml", "talks").out == ""
    Path("quay.yaml").write_text(QUAY.replace("Good day", "Good noon"))
    ran = run("rules", "impact", "quay.yaml", "talks", "--format", "json")
    (row,) = map(json.loads, ran.out.splitlines())
    assert (row["rule"], row["new"], row["gone"], row["files"]) == (RULE, {"applied": 3}, {"applied": 3}, 3)
    assert {sample["edits"][0]["after"] for sample in row["samples"]} == {"Good day", "Good noon"}
    assert "in the place of the one in force" in ran.err
    again = run("rules", "impact", "house/quay.yaml", "talks")
    assert "would apply 3" in again.out and "against a run without it" in again.err


def test_a_shipped_pack_by_name(run: Run) -> None:
    ran = run("rules", "impact", "boilerplate/wordpress", "talks", "pages")
    assert ran.code == 0 and ran.out.startswith("boilerplate/wordpress/comments-closed  would apply 7; 7 files\n")
    assert "“Comments are closed.” goes" in ran.out and "against a run without it" in ran.err
    assert run("rules", "impact", "fillers/fillers", "talks").code == 0, "also one that is off"


@pytest.mark.parametrize("pack", ["no/such", "gone.yaml", "broken.yaml", "liar.yaml"])
def test_a_pack_that_is_wrong(pack: str, run: Run) -> None:
    Path("broken.yaml").write_text(QUAY.replace("replace", "replaec"))
    Path("liar.yaml").write_text(QUAY.replace("Good day, all", "Good night, all"))
    ran = run("rules", "impact", pack, "talks")
    assert ran.code == 2 and ran.out == "" and len(ran.lines) == 1


def test_a_file_that_cannot_be_read(run: Run) -> None:
    Path("talks/bad.txt").write_bytes(bytes(range(256)) * 20)
    ran = run("rules", "impact", "quay.yaml", "talks")
    assert ran.code == 3 and "would apply 3" in ran.out and "1 input not done" in ran.err
