"""Who speaks in an archive: each voice once, near-duplicates shown, and a roster that is read back."""

import json
from pathlib import Path

import pytest

from cleanup.archive.people import Voice, alike, roster, voices
from cleanup.casting import roster as reading
from cleanup.document import Cast, Speaker
from cleanup.script import Block, Run
from tests.conftest import Run as Call


def file(name: str, *people: Speaker) -> tuple[str, Cast, tuple[Block, ...]]:
    blocks = tuple(Block("turn", (Run("text", "two words"),), 0, 1, person.shown) for person in people)
    return name, Cast(people), blocks


def voice(shown: str, files: int = 1, *, named: bool = True) -> Voice:
    return Voice(shown if named else None, (shown,), tuple(map(str, range(files))), 1, 1)


def test_one_name_is_one_voice_and_a_label_without_one_another() -> None:
    ana = Speaker("KOVAC", ("ANA KOVAC, HOST", "KOVAC"), "Ana Kovac", "HOST", None, "declared")
    shy = Speaker("LIND", ("LIND",), "Mira Lind", None, None, "inferred")
    found = voices([file("a", ana, shy), file("b", ana, Speaker("CALLER", ("CALLER",), generic=True))])
    assert [(v.shown, len(v.files), v.turns, v.words) for v in found] == [
        ("Ana Kovac", 2, 2, 4), ("CALLER", 1, 1, 2), ("LIND", 1, 1, 2),
    ]  # fmt: skip
    assert found[0].labels == ("ANA KOVAC, HOST", "KOVAC") and found[0].role == "HOST" and found[1].generic


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Jim Thorp", "Jim Thorpe", "one letter apart: thorp, thorpe"),
        ("ana kovac", "Ana Kovac", "the same letters"),
        ("Ana Kovač", "Ana Kovac", "the same letters"),
        ("A. Kovac", "Ana Kovac", "an initial for a first name"),
        ("Ana Kovac", "Mira Kovac", ""),
        ("Ana Kovac", "Ana Lind", ""),
    ],
)
def test_two_that_may_be_one(one: str, other: str, why: str) -> None:
    assert [row[2] for row in alike([voice(other, 3), voice(one)])] == ([why] if why else [])


def test_a_label_may_be_the_last_name_of_somebody_known() -> None:
    pairs = [(rare.shown, why) for rare, _, why in alike([voice("Ana Kovac", 2), voice("KOVAC", named=False)])]
    assert pairs == [("KOVAC", "the label is the last name")]
    caller = voice("CALLER", named=False)._replace(generic=True)
    assert list(alike([caller, caller])) == []


def test_a_roster_is_read_back(tmp_path: Path) -> None:
    rows = [Voice("Ana Kovac", ("KOVAC", "THE CAPTAIN"), ("a",), 1, 1, 'captain: "first"', "Norvik Radio")]
    (tmp_path / "people.yaml").write_text(roster([*rows, voice("LIND", named=False)]), "utf-8")
    assert reading.read(tmp_path / "people.yaml") == (
        reading.Entry("Ana Kovac", ("THE CAPTAIN",), 'captain: "first"', "Norvik Radio"),
    )


def test_the_command_counts_a_page_and_its_raw_file_once(run: Call) -> None:
    talk = "ANA KOVAC: Good evening.\n\nMIRA LIND: Hello.\n\nANA KOVAC: Well.\n"
    Path("raw").mkdir()
    Path("raw/a.txt").write_text(talk)
    Path("raw/b.txt").write_text(talk.replace("LIND", "LYND"))
    Path("raw/list.txt").write_text("Bread\nMilk\n")
    assert run("publish", "raw/a.txt", "-o", "pages").code == 0
    ran = run("speakers", "raw", "pages")
    assert ran.code == 0 and ran.lines[-1] == "cleanup: 3 speakers in 2 transcripts, 3 by full name"
    assert "Ana Kovac  2 files, 4 turns" in ran.out and "perhaps one: “Mira" in ran.out
    rows = json.loads(run("speakers", "raw", "pages", "--format", "json").out)
    assert [row["name"] for row in rows["speakers"]] == ["Ana Kovac", "Mira Lind", "Mira Lynd"] and len(
        rows["alike"]
    ) == 1
    assert run("speakers", "raw", "-o", "people.yaml").code == 0
    assert run("speakers", "raw", "-o", "people.yaml").code == 0, "the same again is no loss"
    Path("people.yaml").write_text("people: []\n")
    ran = run("speakers", "raw", "-o", "people.yaml")
    assert ran.code == 3 and Path("people.yaml").read_text() == "people: []\n"


def test_what_cannot_be_read_is_named_and_the_others_are_counted(run: Call) -> None:
    Path("a.txt").write_text("ANA KOVAC: Good evening.\n\nMIRA LIND: Hello.\n\nANA KOVAC: Well.\n")
    Path("b.txt").write_bytes(b"\x00\x01\x02" * 99)
    ran = run("speakers", "a.txt", "b.txt", "gone.txt")
    assert ran.code == 3 and ran.lines[-1].startswith("cleanup: 2 speakers in 1 transcript")
    assert sum("b.txt" in line or "gone.txt" in line for line in ran.lines) == 2
