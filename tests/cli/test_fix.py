"""`cleanup fix` changes pages where they stand, and on them nothing but spans."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cleanup.writers import inplace
from tests.conftest import TALK, Run

FURNITURE = "\nComments are closed.\n"
HEAD = "---\n# ours\ntitle: 'Harbour: a talk'   # why\ntranscript: {}\nweight: 007\n---\n"
BODY = "\n**KOVAC:** Good evening, and welcome.\n\n**LIND:** I am glad to be here.\n"
PAGE = HEAD + BODY


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "page.md"


def test_furniture_goes_and_is_named(page: Path, run: Run) -> None:
    page.write_text(PAGE + FURNITURE)
    ran = run("fix", "page.md")
    assert ran.code == 1 and page.read_text() == PAGE
    assert ran.out == "page.md:12:1: removed “Comments are closed.”  boilerplate/wordpress/comments-closed\n"
    assert ran.lines[-1].startswith("cleanup: 1 page fixed, no spoken word changed")
    again = run("fix", "page.md")
    assert again.code == 0 and again.out == "" and page.read_text() == PAGE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encoding_line_ends_and_mode_stay(encoding: str, newline: str, page: Path, run: Run) -> None:
    text = (PAGE.replace("glad", "glad, naïve and happy – “so” –") + FURNITURE).replace("\n", newline)
    page.write_bytes(text.encode(encoding))
    page.chmod(0o640)
    assert run("fix", "page.md", "--any").code == 1
    assert page.read_bytes() == text.removesuffix(FURNITURE.replace("\n", newline)).encode(encoding)
    assert page.stat().st_mode & 0o777 == 0o640


def test_a_file_that_mixes_line_ends_keeps_each(page: Path, run: Run) -> None:
    mixed = PAGE.replace("welcome.\n", "welcome.\r\n") + FURNITURE + "\nSource link\n"
    page.write_bytes(mixed.encode())
    assert run("fix", "page.md").code == 1
    assert page.read_bytes() == PAGE.replace("welcome.\n", "welcome.\r\n").encode()


@pytest.mark.parametrize("head", [
    '+++\ntitle = "x"   # why\n[transcript]\nraw = "a.txt"\n+++\n', '{\n  "title": "x",\n  "transcript": {"raw": "a.txt"}\n}\n',
])  # fmt: skip
def test_front_matter_in_other_forms_is_only_read(head: str, page: Path, run: Run) -> None:
    page.write_text(head + BODY + FURNITURE)
    assert run("fix", "page.md").code == 0, "a mark is a key in YAML"
    assert run("fix", "page.md", "--any").code == 1
    assert page.read_text() == head + BODY


@pytest.mark.parametrize("line", ["Copyright 2021 NPR. To learn more, visit", "<https://talks.example.org/42>"])
def test_what_says_where_a_page_comes_from_is_for_a_person(line: str, page: Path, run: Run) -> None:
    """Publishing keeps it in front matter; where nothing is added to that, it would be lost."""
    text = PAGE.replace(BODY, f"\n{line}\n{BODY}")
    page.write_text(text)
    ran = run("fix", "page.md")
    assert ran.code == 0 and page.read_text() == text
    assert "a page in place has nowhere else to say it" in run("check", "page.md").out


def test_the_hash_follows_the_body_where_it_fitted(run: Run, tmp_path: Path) -> None:
    """So that a page that was only fixed is published again; one that a hand has touched stays a hand's."""
    (tmp_path / "talk.txt").write_text(TALK)
    run("publish", "talk.txt", "-o", "out", "--without", "boilerplate")
    page = tmp_path / "out" / "harbour-talk.md"
    whole = page.read_text()
    assert run("fix", "out").code == 1 and "Comments" not in page.read_text()
    assert run("publish", "talk.txt", "-o", "out").code == 0
    assert "up to date" in run("publish", "talk.txt", "-o", "out").err
    page.write_text(whole.replace("glad", "very glad"))
    assert run("fix", "out").code == 1 and "Comments" not in page.read_text()
    assert run("publish", "talk.txt", "-o", "out").code == 3 and "very glad" in page.read_text()


def test_a_diff_changes_nothing(page: Path, run: Run) -> None:
    page.write_text(PAGE + FURNITURE)
    ran = run("fix", "page.md", "--diff")
    assert ran.code == 1 and page.read_text() == PAGE + FURNITURE
    assert "--- a/page.md\n+++ b/page.md\n" in ran.out and "-Comments are closed.\n" in ran.out
    assert "would be fixed" in ran.err


def test_what_is_not_marked_is_counted(page: Path, run: Run, tmp_path: Path) -> None:
    old = "---\ntitle: About\n---\n\nWe are open.\n" + FURNITURE
    page.write_text(old)
    (tmp_path / "talk.txt").write_text(TALK)
    ran = run("fix", ".")
    assert ran.code == 0 and "2 files not looked at" in ran.err and "page.md" in ran.err
    assert page.read_text() == old and (tmp_path / "talk.txt").read_text() == TALK
    assert run("fix", "--any", ".").code == 1 and "Comments" not in page.read_text()


@pytest.mark.parametrize(("tail", "rule"), [
    ("\n### Comments are closed.\n", "boilerplate/wordpress/comments-closed"),
    ("\n<p>Comments are closed.</p>\n", "boilerplate/wordpress/comments-closed"),
])  # fmt: skip
def test_headings_and_elements_of_a_page_are_for_a_person(tail: str, rule: str, page: Path, run: Run) -> None:
    """Published from a raw file they go; on a page that stands they may be what a site is built on."""
    page.write_text(PAGE + tail)
    ran = run("fix", "page.md")
    assert ran.code == 0 and page.read_text() == PAGE + tail and "nothing to fix in 1 page" in ran.err
    assert (
        f"suggest: “Comments are closed.”  Page furniture, not speech; here the page's own shape hangs on it  {rule}"
        in (run("check", "page.md").out.replace("### ", ""))
    )


def test_what_stays_open_is_said_of_pages_that_were_changed(page: Path, run: Run) -> None:
    doubled = BODY.replace("glad to", "glad to to")
    page.write_text(HEAD + doubled)
    assert "open" not in run("fix", "page.md").err, (
        "nothing is to be done there, and `check` says what is to be looked at"
    )
    page.write_text(HEAD + doubled + FURNITURE)
    assert "1 page fixed, no spoken word changed · 1 remark open" in run("fix", "page.md").err
    assert page.read_text() == HEAD + doubled
    assert "suggest" in run("check", "page.md").out


def test_a_suggestion_that_a_person_has_accepted_is_done(page: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK)
    page.write_text(PAGE.replace("{}", "{raw: talk.txt}").replace("glad to", "glad to to"))
    told = run("check", "page.md").out
    assert "“to to” → “to”" in told
    rule = told.split()[-1]
    (tmp_path / "talk.txt.review.yaml").write_text(
        f"decisions:\n- {{rule: {rule}, words: to to, before: glad, after: be here., do: accept}}\n"
    )
    assert run("fix", "page.md").code == 1 and "glad to be" in page.read_text()


def during(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object]) -> None:
    """Let something happen between the moment when a page was read, and that when it is written."""
    whole = inplace.rewritten

    def rewritten(*args: object) -> bytes:
        deed()
        return whole(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(inplace, "rewritten", rewritten)


def test_a_file_that_changes_meanwhile_is_left_and_named(
    page: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.md"
    for file in (page, other):
        file.write_text(PAGE + FURNITURE)
    by_hand = PAGE.replace("glad", "very glad") + FURNITURE
    during(monkeypatch, lambda: page.write_text(by_hand))
    ran = run("fix", "page.md", "other.md")
    assert ran.code == 3 and page.read_text() == by_hand and other.read_text() == PAGE
    assert "cleanup: page.md: was changed by somebody else meanwhile; it stays as it is (run again)" in ran.lines


def test_the_same_fix_by_another_run_meanwhile_is_no_fault(
    page: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.write_text(PAGE + FURNITURE)
    during(monkeypatch, lambda: page.write_text(PAGE))
    assert run("fix", "page.md").code in (0, 1) and page.read_text() == PAGE


def test_a_rule_that_would_go_on_is_refused(page: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes out is looked at again before it is written."""
    page.write_text(PAGE + FURNITURE)
    monkeypatch.setattr(inplace, "rewritten", lambda data, *rest: data)
    ran = run("fix", "page.md")
    assert ran.code == 3 and "a second run would go on with boilerplate/wordpress/comments-closed" in ran.err
    assert page.read_text() == PAGE + FURNITURE
