import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from cleanup.cli import init as command
from cleanup.cli.proposal import HOOKS, SCHEMA
from cleanup.cli.survey import Generator, generators, survey
from cleanup.rulebook import Rulebook
from cleanup.settings import read
from tests.conftest import TALK, Run

NEW = ["cleanup.yaml", SCHEMA, HOOKS, ".github/workflows/transcripts.yml"]
PAGE = f"---\ntitle: Harbour talk\n---\n\n{TALK}"


@pytest.fixture(autouse=True)
def repository(run: Run) -> None:
    for name in (".git", "transcripts", "content/talks", "node_modules/x"):
        Path(name).mkdir(parents=True)
    Path("hugo.toml").write_text('title = "Harbour"\n')
    for number in range(3):
        Path(f"transcripts/{number}.txt").write_text(TALK)
        Path(f"content/talks/{number}.md").write_text(PAGE)
        Path(f"content/{number}.md").write_text("---\ntitle: Opening hours\n---\n\nWe are open.\n")
    Path("node_modules/x/talk.txt").write_text(TALK)


def there() -> set[str]:
    return {name for name in NEW if Path(name).exists()}


def test_without_a_terminal_it_is_shown_and_nothing_is_written(run: Run) -> None:
    ran = run("init")
    assert ran.code == 0 and there() == set()
    for said in ("hugo (hugo.toml)", "transcripts (3 files)", "content/talks (3 files)", "site: hugo", "id: cleanup-fix",
                 "uses: OWNER/cleanup@v", "paths: transcripts content/talks", *NEW):  # fmt: skip
        assert said in ran.out, said
    assert "node_modules" not in ran.out
    assert ran.lines == ["cleanup: nothing was written; --yes writes it"]


def test_what_it_writes_is_right_and_asked_for_once(run: Run) -> None:
    ran = run("init", "content/talks", "--yes")
    assert ran.code == 0 and there() == set(NEW)
    assert ran.lines[:-1] == [f"wrote {name}" for name in NEW] and "OWNER" in ran.lines[-1]
    settings = Path("cleanup.yaml")
    assert read(settings).site == "hugo" and read(settings).pages == ()
    first = settings.read_text().splitlines()[0]
    schema = json.loads(Path(first.removeprefix("# yaml-language-server: $schema=")).read_text("utf-8"))
    jsonschema.validate(yaml.safe_load(settings.read_text()), schema)
    assert run("doctor").code == run("check", "transcripts", "content/talks").code == 0
    again = run("init", "--yes")
    assert again.code == 0 and again.lines == ["cleanup: nothing to write, all of it is there"]


def test_the_line_for_pages_is_right_once_it_is_switched_on(run: Run) -> None:
    run("init", "--yes")
    settings = Path("cleanup.yaml")
    settings.write_text(settings.read_text().replace("# pages:", "pages:"))
    assert read(settings).pages == (Path("content/talks").resolve(),)
    assert run("check", "content").code == 1, "their furniture is seen now"


def test_it_asks_file_by_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def confirm(question: str, *, err: bool) -> bool:
        asked.append(question)
        return err and HOOKS in question

    monkeypatch.setattr(command, "_terminal", lambda: True)
    monkeypatch.setattr("click.confirm", confirm)
    assert run("init").code == 0
    assert asked == [f"write {name}?" for name in NEW] and there() == {HOOKS}


def test_no_file_is_overwritten(run: Run) -> None:
    Path("cleanup.yaml").write_text("language: en\n")
    Path(".github/workflows").mkdir(parents=True)
    Path(NEW[3]).write_text("name: ours\n")
    ran = run("init", "--yes")
    assert ran.code == 0 and there() == {"cleanup.yaml", HOOKS, NEW[3]}, "no schema for settings that do not name it"
    assert Path("cleanup.yaml").read_text() == "language: en\n" and Path(NEW[3]).read_text() == "name: ours\n"
    assert f"{NEW[3]} stays as it is" in ran.out


def test_a_schema_that_was_deleted_comes_back(run: Run) -> None:
    run("init", "--yes")
    Path(SCHEMA).unlink()
    assert run("init", "--yes").lines == [f"wrote {SCHEMA}"]


@pytest.mark.parametrize("row", generators(), ids=lambda row: f"{row.name}-{row.files[0]}")
@pytest.mark.parametrize("folder", [".", "site"])
def test_site_generators_are_told_by_their_own_files(row: Generator, folder: str, book: Rulebook) -> None:
    Path("hugo.toml").unlink()
    for name in row.files:
        file = Path(folder, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text('baseURL = "https://example.org/"\n' if "toml" in name else "baseURL: https://example.org/\n")
        found = survey(Path(), book)
        assert found.generator and (found.generator.name, found.config) == (row.name, file.as_posix())
        file.unlink()


def test_a_file_of_the_same_name_is_no_sign(book: Rulebook) -> None:
    Path("hugo.toml").rename("config.toml")
    assert survey(Path(), book).generator is None
    Path("config.toml").write_text('base_url = "https://example.org"\n')
    assert survey(Path(), book).generator is None


def test_pages_of_ours_are_among_what_is_looked_at(run: Run, book: Rulebook) -> None:
    assert run("publish", "transcripts/0.txt", "-o", "pages").code == 0
    assert list(survey(Path(), book).marked) == ["pages"]
    assert "paths: transcripts content/talks pages" in run("init").out


def test_names_of_folders_run_nothing(run: Run) -> None:
    for name in ("${{ github.token }}", "a; reboot"):
        Path("calls", name).mkdir(parents=True)
        for number in range(2):
            Path("calls", name, f"{number}.txt").write_text(TALK)
    ran = run("init")
    assert "github.token" not in ran.out and "reboot" not in ran.out and "calls (" in ran.out
    Path("calls").rename("-rf")
    assert "paths: .\n" in run("init").out, "no folder is taken for an option"


def test_gitlab(run: Run) -> None:
    Path(".git/config").write_text('[remote "origin"]\n\turl = git@gitlab.example.org:harbour/site.git\n')
    assert run("init", "--yes").code == 0
    job = yaml.safe_load(Path(".gitlab-ci.yml").read_text())["transcripts"]
    assert job["script"][-1] == "cleanup check transcripts content/talks" and not Path(".github").exists()
    Path(".gitlab-ci.yml").write_text("build:\n  script: [hugo]\n")
    ran = run("init", "--yes")
    assert ".gitlab-ci.yml stays as it is" in ran.out and "cleanup check transcripts" in ran.out
    assert Path(".gitlab-ci.yml").read_text() == "build:\n  script: [hugo]\n"


HOOK = "- repo: https://example.org/hooks\n  rev: v1   # pinned\n  hooks:\n  - id: tidy"
KEPT = {
    "plain": f"repos:\n{HOOK}\n",
    "comments and keys around": f"# ours\ndefault_stages: [pre-commit]\nrepos:\n{HOOK}\n    # why\n\n# the end\nci: {{skip: [x]}}\n",
    "no last line end": f"repos:\n{HOOK}",
    "indented": "repos:\n  - repo: local\n    hooks:\n      - id: x\n        name: x\n        entry: x\n        language: system\n        files: |\n          (?x)^(\n            a|b\n          )$\n\nexclude: ^vendor/\n",
    "windows": f"repos:\n{HOOK}\n".replace("\n", "\r\n"),
    "flow inside": "repos:\n- {repo: x, rev: v1, hooks: [{id: a}]}\n",
    "byte order mark": f"\ufeffrepos:\n{HOOK}\n",
}


@pytest.mark.parametrize("what", KEPT)
def test_hooks_that_are_there_keep_every_byte(what: str, run: Run) -> None:
    before = KEPT[what].encode()
    Path(HOOKS).write_bytes(before)
    assert run("init", "--yes").code == 0
    after = Path(HOOKS).read_bytes()
    old, new = yaml.safe_load(before), yaml.safe_load(after)
    assert new["repos"][:-1] == old["repos"] and new["repos"][-1]["hooks"] == [{"id": "cleanup-fix"}]
    assert {**new, "repos": None} == {**old, "repos": None}
    left = after.decode().splitlines(keepends=True)
    at = next(i for i, line in enumerate(left) if "OWNER" in line)
    assert "".join([*left[:at], *left[at + 4 :]]).rstrip("\n").encode() == before.rstrip(b"\n")
    assert (b"\r\n" in before) == (b"\n" not in after.replace(b"\r\n", b""))
    assert b"why" not in before or after.index(b"# why") < after.index(b"OWNER") < after.index(b"# the end")


@pytest.mark.parametrize(
    "text",
    [
        "repos: []\n",
        "repos: [{repo: x, rev: v1, hooks: [{id: a}]}]\n",
        "repos:\n",
        "- repo: x\n",
        "",
        "repos: {a: b}\n",
        "x: &x [1]\nrepos:\n- repo: x\n  hooks: *x\n",
        "repos:\n- repo: [\n",
        "minimum_pre_commit_version: 1\n",
        "\ttab",
        "repos:\n- a: \xff\n",
    ],
)
def test_hooks_of_another_shape_are_left_and_the_lines_are_shown(text: str, run: Run) -> None:
    Path(HOOKS).write_bytes(text.encode("latin-1"))
    ran = run("init", "--yes")
    assert ran.code == 0 and Path(HOOKS).read_bytes() == text.encode("latin-1")
    assert f"{HOOKS} stays as it is" in ran.out and "    - repo: https://github.com/OWNER/cleanup" in ran.out


def test_a_link_out_of_the_repository_is_not_written_through(
    run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    Path(".github").symlink_to(outside)
    ran = run("init", "--yes")
    assert ran.code == 3 and "behind a link" in ran.err and list(outside.iterdir()) == []


def test_a_path_that_is_not_there(run: Run) -> None:
    assert run("init", "nowhere").code == 2
