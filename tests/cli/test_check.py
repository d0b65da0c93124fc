import json
from pathlib import Path

import pytest

from cleanup.cli.check import check
from cleanup.cli.run import PLAIN
from tests.conftest import TALK, Run


@pytest.fixture(autouse=True)
def talk(run: Run) -> None:
    Path("talk.txt").write_text(TALK)


def test_a_raw_file_is_read_as_publish_would_and_fails_nothing(run: Run) -> None:
    ran = run("check", "talk.txt")
    assert ran.code == 0
    assert "talk.txt:11:1: publish would: “Comments are closed.”" in ran.out
    assert "boilerplate/wordpress/comments-closed" in ran.out
    assert Path("talk.txt").read_text() == TALK


def test_pages_of_ours_are_clean_until_somebody_adds_furniture(run: Run) -> None:
    assert run("publish", "talk.txt", "-o", "page.md").code == 0
    assert run("check", "page.md").code == 0
    with Path("page.md").open("a") as page:
        page.write("\nComments are closed.\n")
    ran = run("check", "page.md")
    assert ran.code == 1 and "to fix: “Comments are closed.”" in ran.out
    assert "1 page to fix" in ran.lines[-1]


def test_markdown_of_others_is_counted_unless_it_is_asked_for(run: Run) -> None:
    Path("post.md").write_text("# Harbour\n\nA post.\n\nComments are closed.\n")
    Path("front.md").write_text("---\ntitle: x\n---\n\ntranscript:\n\nComments are closed.\n")
    ran = run("check", "post.md", "front.md")
    assert ran.code == 0 and ran.out == "" and "2 Markdown files not looked at" in ran.lines[-1]
    assert run("check", "--any", "post.md").code == 1


def test_pages_of_the_settings_are_looked_at(run: Run) -> None:
    Path("content").mkdir()
    Path("content/post.md").write_text("# Harbour\n\nA post.\n\nComments are closed.\n")
    assert run("check", "content").code == 0
    Path("cleanup.yaml").write_text("pages: content\n")
    assert run("check", "content").code == 1


def test_strict_fails_for_remarks(run: Run) -> None:
    Path("talk.txt").write_text(TALK.replace("KOVAC: Good evening", "Good evening, all of you.\n\nKOVAC: Good evening"))
    ran = run("check", "talk.txt")
    assert ran.code == 0 and "speakers/cast/unlabelled-opening" in ran.out
    assert run("check", "talk.txt", "--strict").code == 1


def test_json_is_one_object_an_input(run: Run) -> None:
    Path("post.md").write_text("# Harbour\n")
    ran = run("check", "talk.txt", "post.md", "--format", "json")
    raw, post = (json.loads(line) for line in ran.out.splitlines())
    assert list(raw) == ["schema", "path", "looked_at", "is_transcript", "findings", "account", "engines"]
    assert raw["schema"] == "cleanup/check@1" and raw["looked_at"] and raw["is_transcript"]
    assert not any(finding["applied"] for finding in raw["findings"]) and raw["account"]["words"] == 33
    assert (post["looked_at"], post["findings"]) == (False, [])


def test_one_bad_file_stops_no_other(run: Run) -> None:
    Path("bad.txt").write_bytes(b"PK\x03\x04")
    ran = run("check", "bad.txt", "talk.txt")
    assert ran.code == 3 and "talk.txt:11:1" in ran.out and "1 input not done" in ran.lines[-1]


def test_a_check_without_options_is_that_of_click(run: Run) -> None:
    context = check.make_context("check", ["talk.txt"])
    assert context.params == {"path": ("talk.txt",), **{key: value for key, value in PLAIN.items() if key != "diff"}}
    plain, asked = run("check", "talk.txt"), run("check", "--format", "text", "talk.txt")
    assert plain == asked and plain.out
    assert run("check", "gone.txt") == run("check", "--format", "text", "gone.txt")
