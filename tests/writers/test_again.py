"""Publishing onto a page that stands there already."""

import json
from pathlib import Path

import pytest

from tests.conftest import TALK, Run

THEIRS = 'featured: true\nweight: 007   # first\nurl: /harbour/\nseries: Boats\npublishdate: 2020-01-01\ndescription: "By hand: {x}"\n'


def test_what_others_wrote_in_front_matter_is_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK)
    assert run("publish", "talk.txt", "-o", "out").code == 0
    path = tmp_path / "out" / "harbour-talk.md"
    path.write_text(path.read_text().replace("speakers:", THEIRS + "speakers:"))
    assert run("publish", "talk.txt", "-o", "out").code == 0
    text = path.read_text()
    assert all(line in text for line in THEIRS.splitlines())
    state = path.stat()
    assert "up to date" in run("publish", "talk.txt", "-o", "out").err
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (state.st_ino, state.st_mtime_ns)


def test_a_new_title_keeps_file_and_slug(run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK)
    run("publish", "talk.txt", "-o", "out")
    assert run("publish", "talk.txt", "-o", "out", "--title", "Boats").code == 0
    (path,) = (tmp_path / "out").iterdir()
    assert path.name == "harbour-talk.md"
    assert 'title: "Boats"' in path.read_text() and 'slug: "harbour-talk"' in path.read_text()


def test_a_raw_name_with_signs_in_it_is_known_again(run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk {1} <b>.txt").write_text(TALK)
    assert run("publish", "talk {1} <b>.txt", "-o", "out").code == 0
    assert "up to date" in run("publish", "talk {1} <b>.txt", "-o", "out").err


def test_a_hand_edited_page_stays(run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK)
    run("publish", "talk.txt", "-o", "out")
    path = tmp_path / "out" / "harbour-talk.md"
    edited = path.read_text().replace("glad", "very glad")
    path.write_text(edited)
    ran = run("publish", "talk.txt", "-o", "out", "--title", "Boats", "--force")
    assert ran.code == 3 and "edited by hand" in ran.err and path.read_text() == edited


def test_the_page_of_another_raw_file_stays(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TALK)
    (tmp_path / "b.txt").write_text(TALK)
    run("publish", "a.txt", "-o", "out")
    before = (tmp_path / "out" / "harbour-talk.md").read_text()
    ran = run("publish", "b.txt", "-o", "out")
    assert ran.code == 3 and "a.txt" in ran.err and (tmp_path / "out" / "harbour-talk.md").read_text() == before


@pytest.mark.parametrize("stated", ["https://a.example/x", "null", "~", "4 March 2021", "AT&amp;T", "12:30", "a # b"])
def test_what_a_person_states_reads_back(stated: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK)
    assert run("publish", "talk.txt", "-o", "page.md", "--title", stated, "--source", stated).code == 0
    page = (tmp_path / "page.md").read_text()
    assert f'title: "{stated}"' in page and f'name: "{stated}"' in page and "draft: true" in page


def test_a_name_of_a_file_that_holds_a_day_is_no_date(run: Run, tmp_path: Path) -> None:
    (tmp_path / "Talk 4 March 2021.txt").write_text(TALK.partition("\n\n")[2])
    assert run("publish", "Talk 4 March 2021.txt", "-o", "page.md").code == 0
    assert "draft: true" in (tmp_path / "page.md").read_text()


@pytest.fixture
def archive(run: Run, tmp_path: Path) -> Path:
    """Publish three talks with the furniture still on them."""
    (tmp_path / "talks").mkdir()
    for number in range(3):
        (tmp_path / "talks" / f"{number}.txt").write_text(TALK.replace("Harbour talk", f"Harbour talk {number}"))
    assert run("publish", "talks", "-o", "out", "--without", "boilerplate").code == 0
    return tmp_path / "out"


def test_a_dry_run_says_which_pages_would_change_and_by_which_rule(archive: Path, run: Run) -> None:
    (archive / "harbour-talk-1.md").unlink()
    before = {page: page.read_bytes() for page in archive.iterdir()}
    ran = run("publish", "talks", "-o", "out", "--dry-run")
    assert ran.code == 0 and before == {page: page.read_bytes() for page in archive.iterdir()}
    first, second, third, _ = ran.lines
    for line, number in ((first, 0), (third, 2)):
        assert f"would change out/harbour-talk-{number}.md: boilerplate/wordpress/comments-closed (1)" in line
    assert "would write out/harbour-talk-1.md" in second
    rows = [
        json.loads(line)
        for line in run("publish", "talks", "-o", "out", "--dry-run", "--format", "json").out.splitlines()
    ]
    assert [row["changes"] for row in rows] == [{"boilerplate/wordpress/comments-closed": 1}, None,
                                                {"boilerplate/wordpress/comments-closed": 1}]  # fmt: skip
    run("publish", "talks", "-o", "out")
    ran = run("publish", "talks", "-o", "out", "--dry-run", "--date", "2024-03-01")
    assert all(": front matter draft (1), front matter date (1)" in line for line in ran.lines[:3])
    assert all("is up to date" in line for line in run("publish", "talks", "-o", "out", "--dry-run").lines[:3])


def test_one_name_is_corrected_over_an_archive(archive: Path, run: Run) -> None:
    (archive.parent / "talks" / "3.txt").write_text("KOVAC: Good evening.\n\nHOLM: Good evening.\n")
    run("publish", "talks", "-o", "out")
    ran = run("review", "talks", "--speaker", "LIND=Mira Lind", "--speaker", "KOVAC=Ana Kovac", "--by", "x")
    assert ran.code == 0 and "decided in 4 files of 4" in ran.err
    lines = run("publish", "talks", "-o", "out", "--dry-run").lines[:4]
    assert sum(": labels (1), front matter speakers (1)" in line for line in lines) == 3
    assert run("publish", "talks", "-o", "out").code == 0
    assert all("**Mira Lind:**" in page.read_text() or "LIND" not in page.read_text() for page in archive.iterdir())
    assert run("review", "talks", "--speaker", "Mira Lind=Mira Lindh", "--by", "x").code == 0
    run("publish", "talks", "-o", "out")
    assert sum("**Mira Lindh:**" in page.read_text() for page in archive.iterdir()) == 3


def test_a_raw_file_that_moved_is_known_by_its_bytes(archive: Path, run: Run) -> None:
    (archive.parent / "talks").rename(archive.parent / "raw")
    before = sorted(archive.iterdir())
    assert run("publish", "raw", "-o", "out").code == 0
    assert sorted(archive.iterdir()) == before and all("raw/" in page.read_text() for page in before)


def test_edits_of_a_page_are_adopted(archive: Path, run: Run) -> None:
    """After that the page is published with them, from the raw file and the decisions beside it."""
    page = archive / "harbour-talk-0.md"
    run("publish", "talks", "-o", "out")
    clean = page.read_text()
    edited = clean.replace("I am glad", "I am very glad").replace("at nine", "at ten")
    page.write_text(edited)
    assert run("publish", "talks", "-o", "out").code == 3
    assert run("review", "out/harbour-talk-0.md", "--adopt", "--by", "x").code == 0
    raw = archive.parent / "talks" / "0.txt"
    assert "glad" in raw.read_text() and "very glad" not in raw.read_text()
    assert "very" in Path(f"{raw}.review.yaml").read_text()
    page.unlink()
    assert run("publish", "talks", "-o", "out").code == 0
    assert "I am very glad" in page.read_text() and "at ten" in page.read_text()


def test_a_page_that_is_adopted_stays_one_of_its_site(run: Run) -> None:
    """Its code is still only shown there, and what no hand has edited is no decision: the title is the file's name."""
    Path("cleanup.yaml").write_text("site: hugo\n")
    Path("talk.md").write_text("KOVAC: Run `{{< x >}}` now.\n\nLIND: Yes, at noon.\n\nKOVAC: Good, I will.\n")
    assert run("publish", "talk.md", "-o", "out").code == 0
    page = Path("out/talk.md")
    assert "`{{</* x */>}}`" in page.read_text()
    page.write_text(page.read_text().replace("at noon", "at eleven"))
    ran = run("review", "out/talk.md", "--adopt", "--by", "x")
    assert ran.code == 0 and ran.lines[-1] == "cleanup: 1 edit of out/talk.md adopted"
    assert "`{{</* x */>}}`" in page.read_text() and "at eleven" in page.read_text()
    assert "facts" not in Path("talk.md.review.yaml").read_text()
