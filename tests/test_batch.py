from pathlib import Path

import pytest

from cleanup.batch import Input, Targets, inputs, raw_name, stem
from cleanup.errors import InputError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def touch(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()


def test_a_walk_is_in_order_and_takes_what_a_format_claims(folder: Path) -> None:
    touch("raw/b.md", "raw/a/z.TXT", "raw/.git/x.txt", "raw/.b.txt", "raw/c.pdf", "raw/ReadMe.txt", "raw/cleanup.yaml")
    found = inputs(["raw"])
    assert [(item.path, item.below, item.named) for item in found.found] == [
        ("raw/b.md", ".", False),
        ("raw/a/z.TXT", "a", False),
    ]
    assert found.skipped == 3 and found.problems == ()


def test_what_is_named_is_taken_once_and_as_it_is(folder: Path) -> None:
    touch("raw/a.txt", "README.md")
    Path("link.txt").symlink_to("raw/a.txt")
    found = inputs(["README.md", "raw/a.txt", "./raw/a.txt", "link.txt", "raw", "-", "-", "missing.txt"]).found
    assert [item.path for item in found] == ["README.md", "raw/a.txt", "-", "missing.txt"]
    assert all(item.named for item in found)


def test_two_inputs_of_one_page_also_where_names_differ_in_case(folder: Path) -> None:
    targets = Targets("out")
    assert targets.place(Input("a.txt"), "talk.md") == Path("out/talk.md")
    with pytest.raises(InputError, match=r"b\.txt: its page would be out/Talk\.md, which a\.txt has already"):
        targets.place(Input("b.txt"), "Talk.md")
    assert targets.place(Input("c.txt", "inner"), "talk.md") == Path("out/inner/talk.md")


@pytest.mark.parametrize(
    ("path", "root", "page", "name"),
    [
        ("-", None, "content", "-"),
        ("raw/talk.txt", ".", "content/talks", "raw/talk.txt"),
        ("raw/talk.txt", None, "content/talks", "../../raw/talk.txt"),
        ("raw/talk.txt", "content", "content/talks", "../../raw/talk.txt"),
        ("raw/talk.txt", None, None, "talk.txt"),
    ],
)
def test_front_matter_never_names_an_absolute_path(
    folder: Path, path: str, root: str | None, page: str | None, name: str
) -> None:
    touch("raw/talk.txt", "content/talks/x.md")
    assert raw_name(path, Path(root) if root else None, Path(page) if page else None) == name


def test_stems() -> None:
    assert (stem("-"), stem("raw/a.b.txt")) == ("transcript", "a.b")
