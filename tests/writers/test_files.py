"""A file is the old one or the new one, whatever happens; a page that a hand has touched is left alone."""

import os
import stat
from pathlib import Path

import pytest

from cleanup.batch import Origin, raw_of
from cleanup.errors import HandEdited, InputError
from cleanup.writers import files
from cleanup.writers.files import standing, write
from cleanup.writers.front import Verbatim, front_matter
from cleanup.writers.pages import body_hash

BODY = "**LIND:** Two.\n"
PAGE = (
    front_matter({"title": "Talk", "slug": "talk", "transcript": {"raw": "a.txt", "body": body_hash(BODY)}})
    + "\n"
    + BODY
)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    files._sweep.cache_clear()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_and_its_folders_are_made(tmp_path: Path) -> None:
    assert write(tmp_path / "a" / "b" / "x.md", b"new")
    assert (tmp_path / "a" / "b" / "x.md").read_bytes() == b"new" and names(tmp_path / "a" / "b") == ["x.md"]


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(b"same")
    before = path.stat()
    assert not write(path, b"same")
    after = path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


@pytest.mark.parametrize("mode", [0o640, 0o755, 0o600])
def test_the_mode_stays(mode: int, tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(b"old")
    path.chmod(mode)
    assert write(path, b"new") and stat.S_IMODE(path.stat().st_mode) == mode


def test_a_new_file_has_the_mode_that_the_system_asks_for(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write(tmp_path / "x.md", b"new")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "x.md").stat().st_mode) == 0o640


@pytest.mark.parametrize("call", ["fsync", "open", "write"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(b"old")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    if call == "write":
        monkeypatch.setattr(Path, "replace", full)
    else:
        monkeypatch.setattr(os, call, full)
    with pytest.raises(InputError, match=r"x\.md: cannot be written \(No space left on device\)"):
        write(path, b"new")
    assert path.read_bytes() == b"old" and names(tmp_path) == ["x.md"]


def test_an_interruption_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(b"old")

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write(path, b"new")
    assert path.read_bytes() == b"old" and names(tmp_path) == ["x.md"]


def test_a_folder_that_cannot_be_synced_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def only_files(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(22, "Invalid argument")
        real(handle)

    monkeypatch.setattr(os, "fsync", only_files)
    assert write(tmp_path / "x.md", b"new") and (tmp_path / "x.md").read_bytes() == b"new"


def test_leftovers_of_the_dead_go_and_those_of_the_living_stay(tmp_path: Path) -> None:
    dead, alive = ".x.md.cleanup-4194999-a1b2c3d4.tmp", f".x.md.cleanup-{os.getpid()}-a1b2c3d4.tmp"
    others = [".x.md.swp", ".notes.tmp", ".x.md.123-a1b2c3d4.tmp", "x.md.cleanup-4194999-a1b2c3d4.tmp"]
    for name in (dead, alive, *others):
        (tmp_path / name).write_text("")
    write(tmp_path / "y.md", b"new")
    assert names(tmp_path) == sorted([alive, *others, "y.md"])


def test_a_name_as_long_as_the_system_allows(tmp_path: Path) -> None:
    path = tmp_path / ("é" * 120 + ".md")
    assert write(path, b"new") and names(tmp_path) == [path.name]


def test_a_link_within_its_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_bytes(b"old")
    (tmp_path / "x.md").symlink_to("real.md")
    assert write(tmp_path / "x.md", b"new")
    assert (tmp_path / "x.md").is_symlink() and (tmp_path / "real.md").read_bytes() == b"new"


@pytest.mark.parametrize("target", ["../out.md", "../missing.md", "/dev/null", "x.md"])
def test_a_link_that_leads_out_is_refused(target: str, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (tmp_path / "out.md").write_bytes(b"old")
    (folder / "x.md").symlink_to(target)
    with pytest.raises(InputError, match=r"x\.md: "):
        write(folder / "x.md", b"new")
    assert (tmp_path / "out.md").read_bytes() == b"old" and names(tmp_path) == ["out.md", "site"]


def test_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    for name in ("folder.md", "pipe.md"):
        with pytest.raises(InputError, match="is no plain file"):
            write(tmp_path / name, b"new")


def test_a_read_only_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_, **__: False)  # root may write everywhere
    with pytest.raises(InputError, match="is read-only"):
        write(path, b"new")
    assert path.read_bytes() == b"old"


def test_nothing_stands_there(tmp_path: Path) -> None:
    assert standing(tmp_path / "x.md") is None and raw_of(tmp_path / "x.md") == Origin()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("tail", ["", "\n\n", "   \n"])
def test_our_page_untouched_by_hands(tail: str, newline: str, tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    path.write_bytes((PAGE + tail).replace("\n", newline).encode())
    assert standing(path) == {"slug": "talk"} and raw_of(path).raw == "a.txt"


def test_lines_of_others_are_kept_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    lines = 'featured: true\nweight: 007\nmenu:\n  main:   # here\n    - x\ndescription: "by hand"\n'
    path.write_text(PAGE.replace("transcript:", lines + "transcript:").replace("slug:", "title2: x\nslug:"))
    assert standing(path) == {
        "title2": Verbatim("title2: x"),
        "slug": "talk",
        "featured": Verbatim("featured: true"),
        "weight": Verbatim("weight: 007"),
        "menu": Verbatim("menu:\n  main:   # here\n    - x"),
        "description": Verbatim('description: "by hand"'),
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (PAGE + "**LIND:** By hand.\n", "edited by hand"),
        (PAGE.replace("Two", "2"), "edited by hand"),
        ("# A page\n", "not a page that cleanup wrote"),
        ("---\ntitle: x\n---\n\nText\n", "not a page that cleanup wrote"),
        (PAGE.replace('title: "Talk"', 'title: "a": b'), "not a page that cleanup wrote"),
        (PAGE.replace('title: "Talk"', "a: &a x\nb: *a"), "not a page that cleanup wrote"),
        ("", "not a page that cleanup wrote"),
    ],
)
def test_what_is_not_ours_or_edited_is_left(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    path.write_text(text)
    with pytest.raises(HandEdited, match=says) as problem:
        standing(path)
    assert str(problem.value).startswith(str(path)) and problem.value.exit_code == 3
    assert path.read_text() == text


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_bytes(b"---\ntitle: \xff\n---\n")
    with pytest.raises(HandEdited, match="not UTF-8"):
        standing(tmp_path / "talk.md")
    assert raw_of(tmp_path / "talk.md") == Origin()
