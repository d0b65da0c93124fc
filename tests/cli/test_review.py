"""A person decides in the terminal, and what was decided is done."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cleanup.decisions import read
from tests.conftest import Ran, Run

TALK = """Harbour talk

KOVAC: Good evening. It was, um, a long night at the quay.

LIND: The White House is worried. He fears the storm, um, and the tide.

KOVAC: On Thursday, uh, at nine.

Comments are closed.
"""
FILLERS = ("--with", "fillers/fillers", "--by", "Ana")

Review = Callable[..., Ran]


@pytest.fixture
def review(run: Run, monkeypatch: pytest.MonkeyPatch) -> Review:
    """Review one file with some keys; fillers are suggestions in it."""
    monkeypatch.setenv("COLUMNS", "100")
    Path("talk.txt").write_text(TALK)

    def call(keys: str, *args: str) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO(keys))
        return run("review", "talk.txt", *FILLERS, *args)

    return call


def rows() -> list[tuple[str, str]]:
    return [(row.do, row.words) for row in read(Path("talk.txt.review.yaml")).rows]


def published(run: Run) -> str:
    return run("publish", "talk.txt", "--with", "fillers/fillers").out


UM, HE, UH = "um, ", "The White House is worried. He fears", "uh, "


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        pytest.param("aq", [("accept", UM)], id="accept, save"),
        pytest.param("a", [("accept", UM)], id="the end of the input saves"),
        pytest.param("rrrr", [("reject", UM), ("reject", HE), ("reject", UM), ("reject", UH)], id="leave"),
        pytest.param("A r", [("accept", UM), ("accept", UM), ("reject", HE)], id="all alike, and on"),
        pytest.param("Ru", [], id="undo all alike"),
        pytest.param("saa", [], id="a remark cannot be accepted"),
        pytest.param("skka", [("accept", UM)], id="back"),
        pytest.param("e\na", [("accept", UM)], id="no words, no edit"),
        pytest.param("eer,\n", [("edit", UM)], id="edit"),
        pytest.param("brq", [("reject", "Harbour talk")], id="put back"),
        pytest.param("abru", [("accept", UM)], id="undo over both lists"),
        pytest.param("az?q", [("accept", UM)], id="a key that is none"),
        pytest.param("axq", [("accept", UM)], id="leaving is asked twice"),
        pytest.param("axx", [], id="leave without saving"),
        pytest.param("x", [], id="leave"),
    ],
)
def test_keys(review: Review, keys: str, wanted: list[tuple[str, str]]) -> None:
    assert review(keys).code == 0
    assert Path("talk.txt.review.yaml").exists() is bool(wanted)
    assert rows() == wanted


def test_what_was_decided_is_published(review: Review, run: Run) -> None:
    review("eer,\nrabsr")
    page = published(run)
    assert "It was, er, a long night" in page
    assert "fears the storm, and the tide" in page
    assert "Comments are closed." in page
    assert [row.by for row in read(Path("talk.txt.review.yaml")).rows] == ["Ana"] * 4


def test_a_second_sitting_keeps_the_first(review: Review) -> None:
    review("a")
    review("r")
    assert rows() == [("accept", UM), ("reject", HE)]
    assert "nothing was decided" in review("q").err


def test_a_speaker_is_named(review: Review, run: Run) -> None:
    review("nMira Kovac\nnAna Lind\n")
    assert dict(read(Path("talk.txt.review.yaml")).given.speakers) == {"KOVAC": "Mira Kovac", "LIND": "Ana Lind"}
    assert "**Mira Kovac:** Good evening" in published(run)


def test_places_that_cannot_be_told_apart_are_decided_together(review: Review, run: Run) -> None:
    turn = "KOVAC: It was, um, so.\n\n"
    Path("talk.txt").write_text(turn + "LIND: Yes.\n\n" * 45 + turn + "LIND: Yes.\n\n" * 45 + turn)
    told = review("sa", "--language", "en")
    assert [do for do, _ in rows()] == ["accept"]
    assert "fits nowhere" not in told.err
    Path("talk.txt").write_text(turn * 100)
    Path("talk.txt.review.yaml").unlink()
    told = review("s" * 50 + "a", "--language", "en")
    assert len(set(rows())) == 1 < len(rows())
    assert "fits nowhere" not in told.err and f"{100 - len(rows())} remarks open" in told.err


def test_what_a_producer_reads(review: Review) -> None:
    said = review("ss?").err
    for line in (
        "1 of 4 · suggestion · line 3:30 · KOVAC",
        "    KOVAC: Good evening. It was, ⟦um, ⟧a long night at the quay.",
        "  - um,",
        "  + (nothing)",
        "  fillers/fillers/english",
        "  [a]ccept  [r] leave as it is  [e]dit  [n]ame KOVAC  [s]kip  [A]ccept, [R] all 2 alike  [?]",
        "2 of 4 · remark · line 5:7 · LIND",
        "  [r] leave as it is  [e]dit  [n]ame LIND  [s]kip  [?]",
    ):
        assert line in said.splitlines()
    assert said.count("English speakers fill pauses") == 1
    assert "leave without saving" in said


def test_a_question_names_keys_and_no_options(review: Review) -> None:
    Path("talk.txt").write_text("Good evening, and welcome.\n\n" + TALK.partition("\n\n")[2])
    said = review("n Ana Lind\nq").err
    assert "1 paragraph(s) before the first label have no speaker" in said and "[n]ame who opens" in said
    assert " --" not in said and read(Path("talk.txt.review.yaml")).given.opening == "Ana Lind"


BLANKS = """\
pack: blanks
about: Blanks.
rules:
  - id: two
    kind: find
    pattern: "(?<=was)  (?=a)"
    message: two blanks
    why: Somebody paused.
    examples:
      - {before: "It was  a night.\\n", after: "It was  a night.\\n"}
      - {keep: "It was a night.\\n"}
"""


def test_blanks_are_no_words_that_could_stand_elsewhere(review: Review) -> None:
    Path("cleanup.yaml").write_text("language: en\n")
    Path("wording").mkdir()
    Path("wording/blanks.yaml").write_text(BLANKS)
    Path("talk.txt").write_text(TALK.replace("was, um, a", "was  a"))
    said = review("Vq", "--rules", "wording/blanks.yaml").err
    assert "wording/blanks/two" in said and "there are no words here" in said
    assert "[V]" not in said and not Path("cleanup.review.yaml").exists()


def test_nothing_in_a_file_steers_the_terminal(review: Review) -> None:
    Path("talk.txt").write_text(TALK.replace("It was, um", "It \x1b[31mwas, um"))
    assert "\x1b" not in review("q").err


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of its own")
def test_on_a_terminal_an_interrupt_asks_before_decisions_are_lost(tmp_path: Path) -> None:
    import pty
    import select

    (tmp_path / "talk.txt").write_text(TALK)
    child, terminal = pty.fork()
    if not child:
        os.chdir(tmp_path)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a job in the background is deaf
        os.execv(sys.executable, [sys.executable, "-m", "cleanup", "review", "talk.txt", *FILLERS])
    said = ""

    def until(words: str, *, again: bytes = b"") -> None:
        """Read up to some words; a signal that came just before a read is heard with the next one, as at any terminal."""
        nonlocal said
        while words not in said:
            if again and not select.select([terminal], [], [], 5)[0]:
                os.write(terminal, again)
            assert select.select([terminal], [], [], 60)[0], f"no {words!r} after {said!r}"
            said += os.read(terminal, 4096).decode("utf-8", "replace")
        said = said.partition(words)[2]

    until("> ")
    os.write(terminal, b"a")
    until("2 of 4")
    until("> ")
    os.write(terminal, b"\x03")
    until("1 decision would be lost", again=b"\x03")
    until("> ")
    os.write(terminal, b"e")
    until("instead")
    os.write(terminal, b"\x03")
    until("> ", again=b"\x03")
    os.write(terminal, b"\x04")
    until("1 decision in")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    os.close(terminal)
    assert [row.do for row in read(tmp_path / "talk.txt.review.yaml").rows] == ["accept"]


def test_a_decision_for_the_whole_repository_holds_in_every_file(review: Review, run: Run) -> None:
    Path("cleanup.yaml").write_text("packs: {on: fillers/fillers}\n")
    Path("other.txt").write_text(TALK.replace("a long night", "a short night"))
    assert review("W V q").code == 0
    kept = read(Path("cleanup.review.yaml")).rows
    assert [(row.do, row.words, row.before) for row in kept] == [("accept", UM, ""), ("reject", HE, "")]
    assert not Path("talk.txt.review.yaml").exists()
    for name in ("talk.txt", "other.txt"):
        page = run("publish", name).out
        assert (
            " um," not in page
            and " uh, " in page
            and "He fears the storm and the tide" in page.replace(", and", " and")
        )
    assert "institution-he" not in run("check", "other.txt").out


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("talk.txt", TALK.replace("House is", "House is\u200b")),
        ("talk.html", "".join(f"<p>{p}</p>" for p in TALK.replace("White House", "<i>White House</i>").split("\n\n"))),
    ],
)
def test_words_that_the_program_reads_in_another_way_are_known_again(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    Path("cleanup.yaml").write_text("language: en\n")
    Path(name).write_text(text, "utf-8")
    assert "institution-he" in run("check", name).out
    monkeypatch.setattr(sys, "stdin", io.StringIO("V"))
    assert run("review", name).code == 0
    assert [row.rule.rpartition("/")[2] for row in read(Path("cleanup.review.yaml")).rows] == ["institution-he"]
    assert "institution-he" not in run("check", name).out


def test_a_pipe_is_read_like_a_person(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK)
    called = [sys.executable, "-m", "cleanup", "review", "talk.txt", *FILLERS]
    ran = subprocess.run(called, cwd=tmp_path, input=b"eer,\nr", capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    assert [(row.do, row.text) for row in read(tmp_path / "talk.txt.review.yaml").rows] == [
        ("edit", "er, "),
        ("reject", ""),
    ]


def test_the_last_decision_for_the_whole_repository_counts_and_is_undone_like_any(review: Review) -> None:
    Path("cleanup.yaml").write_text("language: en\n")
    assert review("Vuq").code == 0 and not Path("cleanup.review.yaml").exists()
    review("Vq")
    Path("cleanup.review.yaml").write_text(Path("cleanup.review.yaml").read_text().replace("reject", "accept"))
    assert [row.do for row in read(Path("cleanup.review.yaml")).rows] == ["accept"]


def test_without_a_repository_nothing_is_decided_for_one(review: Review) -> None:
    ran = review("Wq")
    assert (
        ran.code == 0
        and "no repository" in ran.err
        and "[W]" not in ran.err
        and not Path("cleanup.review.yaml").exists()
    )


@pytest.mark.parametrize(
    "text",
    [
        "decisions: [{rule: a, do: edit, words: b, text: c}]\n",
        "decisions: [{rule: a, do: accept, words: b, before: c}]\n",
        "opening: Ana\n",
    ],
)
def test_what_is_about_one_place_does_not_hold_everywhere(text: str, review: Review, run: Run) -> None:
    Path("cleanup.yaml").write_text("language: en\n")
    Path("cleanup.review.yaml").write_text(text)
    ran = run("check", "talk.txt")
    assert ran.code == 2 and len(ran.lines) == 1 and "cleanup.review.yaml" in ran.err
