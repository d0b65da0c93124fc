"""Publishing onto a page that stands there already."""

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
