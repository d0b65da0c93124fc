"""What the documents show works as they show it."""

import io
import re
import shlex
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleanup.cli import COMMANDS
from cleanup.cli.terminal import HELP
from cleanup.decisions import read
from cleanup.examples import check
from cleanup.kinds import KINDS
from cleanup.rulebook import open_book
from cleanup.settings import KEYS
from tests.conftest import TALK, Run

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]


def fences(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def packs() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        yield from ((page.name, block) for block in fences(page, "yaml") if block.startswith("pack:"))


@pytest.mark.parametrize(("page", "text"), list(packs()), ids=lambda value: value[:12])
def test_rules_that_are_shown_hold(page: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / "boilerplate" / "shown.yaml"
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    book = open_book([file], kinds=KINDS)
    own = [rule for rule in book.by_id.values() if rule.own]
    assert own and not list(check(book, own))


def test_the_kind_that_is_shown_works(tmp_path: Path) -> None:
    module = types.ModuleType("shout")
    exec(fences(ROOT / "CONTRIBUTING.md", "python")[0], module.__dict__)
    file = tmp_path / "wording" / "loud.yaml"
    file.parent.mkdir()
    file.write_text(
        "pack: loud\nabout: Loud words.\nrules:\n  - id: loud\n    kind: shout\n    letters: 5\n    why: Somebody shouts.\n"
        "    examples:\n      - {before: 'It is LOUD here.', after: 'It is LOUD here.'}\n      - {keep: 'It is not.'}\n"
    )
    kind = module.KIND
    book = open_book([file], kinds={**KINDS, kind.name: kind})
    rule = book.by_id["wording/loud/loud"]
    from cleanup import formats
    from cleanup.document import Cast

    document = formats.document("It was TOO LOUDLY said.\n", formats.make("text", book.table("sounds")))
    assert [finding.message for finding in kind.find(document, Cast(), (), (rule,)).findings] == ["“LOUDLY”"]


def test_all_kinds_and_their_keys_are_told() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for name, kind in KINDS.items():
        row = re.search(rf"^\| `{name}` \|.*$", text, re.MULTILINE)
        assert row, name
        for key in kind.required:
            assert f"`{key}`" in row[0], f"{name}: {key}"


def test_every_key_of_the_settings_is_told() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert [key for key in sorted(KEYS) if f"`{key}`" not in text and f"`{key}:" not in text] == []


def test_the_first_two_commands_are_one_line_each() -> None:
    install, test = fences(ROOT / "README.md", "sh")[:2]
    assert install.count("\n") == test.count("\n") == 1
    assert "publish" in shlex.split(install) and "pytest" in shlex.split(test)
    for name in shlex.split(install):
        assert not name.startswith("examples/") or (ROOT / name).is_file()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_only_commands_that_exist_are_named(page: Path) -> None:
    named = set(
        re.findall(
            r"(?<![\w./])cleanup ([a-z]+)\b",
            " ".join(re.findall(r"`[^`\n]*`|^ {4}.*$", page.read_text("utf-8"), re.MULTILINE)),
        )
    )
    assert named <= set(COMMANDS)


def test_reviewing_works_as_it_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands run in their order, the file of decisions is read, the keys are those of the program."""
    page = ROOT / "docs" / "review.md"
    Path("talks").mkdir()
    Path("talks/monday.txt").write_text(TALK)
    assert run("publish", "talks/monday.txt", "-o", "content/").code == 0
    made = Path("content/harbour-talk.md")
    made.write_text(made.read_text().replace("On Thursday", "On Friday"))
    for command in "".join(fences(page, "sh")).splitlines():
        monkeypatch.setattr(sys, "stdin", io.StringIO("q"))
        assert run(*shlex.split(command)[1:]).code == 0, command
    assert Path("review.html").exists()
    kept = Path("talks/monday.txt.review.yaml").read_text()
    assert "Friday" in kept and "Mira Lind" in kept
    Path("shown.yaml").write_text(fences(page, "yaml")[0])
    assert read(Path("shown.yaml")).rows[0].by == "Ana Lind"
    table = page.read_text("utf-8").partition("## In a browser")[0]
    told = {key for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for key in re.findall(r"`(.)`", row)}
    assert told == {*re.findall(r"(?:^| {2})([A-Za-z]) {2}", HELP, re.MULTILINE), "?"}
