import json
from pathlib import Path

import pytest

from tests.conftest import TALK, Run

PAGE = Path("out/harbour-talk.md")


@pytest.fixture(autouse=True)
def talk(run: Run) -> None:
    Path("talk.txt").write_text(TALK)


def test_the_report_names_facts_people_cuts_and_the_account(run: Run) -> None:
    ran = run("publish", "talk.txt", "--to", "hugo", "-o", "out")
    assert ran.code == 0 and ran.out == ""
    assert ran.lines[0] == "talk.txt  text, English, 4 turns, 2 speakers"
    for said in (
        "title     Harbour talk",
        "--date YYYY-MM-DD",
        "KOVAC     no full name",
        "“Comments are closed.” 11",
        "33 in = 24 spoken + 2 title and front matter + 3 cut + 4 labels.  0 words changed",
    ):
        assert said in ran.err, said
    assert ran.lines[-2] == "wrote out/harbour-talk.md (draft), read back and equal"
    assert ran.lines[-1] == "1 page · 0 remarks"
    assert PAGE.read_text("utf-8").startswith('---\ntitle: "Harbour talk"\n')


def test_quiet_keeps_the_last_two_lines(run: Run) -> None:
    full = run("publish", "talk.txt", "-o", "out", "--dry-run").lines
    assert run("publish", "talk.txt", "-o", "out", "--dry-run", "--quiet").lines == full[-2:]


def test_a_dry_run_writes_nothing(run: Run) -> None:
    ran = run("publish", "talk.txt", "-o", "out", "--dry-run")
    assert ran.code == 0 and "would write out/harbour-talk.md" in ran.err
    assert not Path("out").exists()


def test_one_input_goes_to_standard_output(run: Run) -> None:
    with_, without = run("publish", "talk.txt", "-o", "-"), run("publish", "talk.txt")
    assert with_.out == without.out and with_.out.startswith("---\n") and with_.code == 0


def test_several_inputs_without_a_target_are_a_usage_error(run: Run) -> None:
    Path("other.txt").write_text(TALK)
    ran = run("publish", "talk.txt", "other.txt")
    assert ran.code == 2 and len(ran.lines) == 1 and "-o FOLDER" in ran.err and ran.out == ""


def test_json_is_one_object_a_line(run: Run) -> None:
    Path("other.txt").write_text(TALK)
    ran = run("publish", "talk.txt", "other.txt", "--to", "json", "-o", "-")
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert [row["input"] for row in rows] == ["talk.txt", "other.txt"]
    assert all(row["schema"] == "cleanup/transcript@1" for row in rows)


@pytest.mark.parametrize(
    ("target", "made"),
    [
        ("page.md", "page.md"),
        ("out", "out/harbour-talk.md"),
        ("v1.2/", "v1.2/harbour-talk.md"),
        ("there.d", "there.d/harbour-talk.md"),
    ],
)
def test_a_suffix_names_a_file_and_an_existing_folder_is_a_folder(target: str, made: str, run: Run) -> None:
    Path("there.d").mkdir()
    assert run("publish", "talk.txt", "-o", target).code == 0
    assert Path(made).is_file()


def test_two_inputs_for_one_page(run: Run) -> None:
    Path("other.txt").write_text(TALK)
    ran = run("publish", "talk.txt", "other.txt", "-o", "out")
    assert ran.code == 3
    assert "other.txt: its page would be out/harbour-talk.md, which talk.txt has already" in ran.err
    assert [path.name for path in Path("out").iterdir()] == ["harbour-talk.md"]


def test_a_walk_keeps_the_tree_and_passes_over_what_is_no_transcript(run: Run) -> None:
    for name in ("a/one.txt", "b/two.txt", "b/.hidden.txt", "README.md", "a/notes.review.yaml", "a/picture.png"):
        path = Path("raw", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TALK.replace("Harbour talk", f"About {path.stem}"))
    ran = run("publish", "raw", "-o", "out")
    assert ran.code == 0, ran.err
    assert sorted(path.as_posix() for path in Path("out").rglob("*.*")) == ["out/a/about-one.md", "out/b/about-two.md"]
    assert len(ran.lines) == 3 and "3 other files passed over" in ran.lines[-1]


def test_publishing_a_folder_onto_itself_makes_no_copies(run: Run) -> None:
    first = run("publish", ".", "-o", "pages")
    second = run("publish", ".", "-o", "pages")
    assert first.code == second.code == 0, second.err
    assert [path.name for path in Path("pages").iterdir()] == ["harbour-talk.md"]
    assert "is up to date" in second.err and "1 other file passed over" in second.err


def test_a_page_edited_by_hand_is_left(run: Run) -> None:
    run("publish", "talk.txt", "-o", "out")
    edited = PAGE.read_text("utf-8").replace("at nine", "at ten")
    PAGE.write_text(edited, "utf-8")
    ran = run("publish", "talk.txt", "-o", "out", "--force")
    assert ran.code == 3 and len(ran.lines) == 1 and "edited by hand" in ran.err
    assert PAGE.read_text("utf-8") == edited


def test_the_slug_is_frozen_and_foreign_keys_stay(run: Run) -> None:
    run("publish", "talk.txt", "-o", "out")
    PAGE.write_text(PAGE.read_text("utf-8").replace("slug:", "weight: 3\nslug:"), "utf-8")
    ran = run("publish", "talk.txt", "-o", "out", "--title", "Another name")
    assert ran.code == 0 and [path.name for path in Path("out").iterdir()] == ["harbour-talk.md"]
    page = PAGE.read_text("utf-8")
    assert 'title: "Another name"' in page and 'slug: "harbour-talk"' in page and "weight:" in page


def test_no_file_that_is_not_ours_is_overwritten(run: Run) -> None:
    Path("mine.json").write_text("{}")
    Path("mine.md").write_text("# Mine\n")
    for to, target in (("json", "mine.json"), ("json", "talk.txt"), ("hugo", "mine.md"), ("hugo", "talk.txt")):
        ran = run("publish", "talk.txt", "--to", to, "-o", target, "--force")
        assert ran.code == 3 and "stays as it is" in ran.err, ran.err
    assert Path("mine.json").read_text() == "{}" and Path("talk.txt").read_text() == TALK


def test_what_is_no_transcript_needs_force(run: Run) -> None:
    Path("article.txt").write_text("The harbour was built in 1870.\n\nIt is still there.\n")
    ran = run("publish", "article.txt", "-o", "out")
    assert ran.code == 3 and len(ran.lines) == 1 and "--force" in ran.err and not Path("out").exists()
    assert run("publish", "article.txt", "-o", "out", "--force").code == 0


def test_what_people_give_wins(run: Run) -> None:
    ran = run(
        "publish", "talk.txt", "--to", "json", "--title", "Boats", "--date", "2024-03-01", "--source", "Radio Norvik",
        "--speaker", "LIND=Mira Lind", "--language", "nb",
    )  # fmt: skip
    row = json.loads(ran.out)
    assert (row["title"], row["date"], row["source"], row["language"]) == ("Boats", "2024-03-01", "Radio Norvik", "nb")
    assert [(s["name"], s["evidence"]) for s in row["speakers"]] == [(None, None), ("Mira Lind", "given")]


@pytest.mark.parametrize(
    ("option", "value"),
    [("--speaker", "NOBODY=Jim Doe"), ("--label", "NOBODY"), ("--no-label", "NOBODY"), ("--opening", "Jim Doe")],
)
def test_what_was_given_and_fits_nothing_is_said(option: str, value: str, run: Run) -> None:
    ran = run("publish", "talk.txt", "-o", "out", option, value)
    assert ran.code == 0 and f'{option} "{value}"' in ran.err


@pytest.mark.parametrize(
    "options",
    [
        ["--date", "1 March 2024"],
        ["--date", "2024-02-30"],
        ["--to", "wordperfect"],
        ["--from", "wordperfect"],
        ["--speaker", "LIND"],
        ["--language", "in English"],
        ["--with", "fillers/nothing"],
        ["--without", "boilerplate/nothing"],
        ["--encoding", "klingon"],
        ["-o", ""],
        ["--nothing"],
        ["--format", "json"],
    ],
    ids=" ".join,
)
def test_usage_errors_are_one_line_and_touch_nothing(options: list[str], run: Run) -> None:
    target = [] if "-o" in options or "--format" in options else ["-o", "out"]
    ran = run("publish", "talk.txt", *target, *options)
    assert ran.code == 2 and len(ran.lines) == 1 and ran.lines[0].startswith("cleanup: "), ran.err
    assert ran.out == "" and not Path("out").exists()


def test_without_a_rule_is_a_run_without_it(run: Run) -> None:
    ran = run("publish", "talk.txt", "--to", "json", "--without", "boilerplate/wordpress/comments-closed")
    assert "Comments are closed." in json.loads(ran.out)["blocks"][-1]["text"]


def test_the_report_as_json(run: Run) -> None:
    ran = run("publish", "talk.txt", "-o", "out", "--format", "json")
    row = json.loads(ran.out)
    assert (row["schema"], row["page"], row["written"], row["draft"]) == (
        "cleanup/publish@1", "out/harbour-talk.md", True, True,
    )  # fmt: skip
    assert [f["rule"] for f in row["findings"] if f["applied"]]


def test_a_transcript_cannot_steer_the_terminal(run: Run) -> None:
    Path("talk.txt").write_text(TALK.replace("Harbour", "\x1b[31mHarbour"))
    ran = run("publish", "talk.txt", "-o", "out")
    assert "\x1b" not in ran.err


def test_settings_say_what_the_command_does_not(run: Run) -> None:
    Path("cleanup.yaml").write_text("site: hugo\npacks: {off: [boilerplate/wordpress]}\n")
    ran = run("publish", "talk.txt", "-o", "out")
    assert ran.code == 0 and "Comments are closed." in PAGE.read_text("utf-8")
