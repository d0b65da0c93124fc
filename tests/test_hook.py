"""The hooks, as `pre-commit` itself runs them: from a clone of this project, in a content repository."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from cleanup import __version__
from cleanup.cli.proposal import HOOKS
from tests.conftest import TALK, Run

ROOT = Path(__file__).parents[1]
LISTED = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
BIN = Path(sys.executable).parent
OLD = "---\ntitle: Opening hours\n---\n\nWe are open.\n\nComments are closed.\n"
FURNITURE = "\nComments are closed.\n"


def test_what_the_list_of_hooks_says() -> None:
    assert [hook["id"] for hook in LISTED] == ["cleanup-fix", "cleanup-check"]
    for hook in LISTED:
        assert hook["entry"] == hook["id"].replace("-", " ") and hook["language"] == "python"
        assert hook["types"] == ["markdown"] and hook["minimum_pre_commit_version"]


@pytest.mark.parametrize("hook", LISTED, ids=lambda hook: hook["id"])
def test_no_name_of_a_file_is_an_option(hook: dict[str, list[str]], run: Run, tmp_path: Path) -> None:
    """A page called `--rules=…` could else load rules from outside the repository."""
    names = ["--any.md", "--rules=..", "-h.md"]
    (tmp_path / "--any.md").write_text(OLD)
    (tmp_path / "-h.md").write_text(OLD)
    (tmp_path / "--rules=..").mkdir()
    (tmp_path / "--rules=.." / "x.md").write_text(OLD)
    verb = str(hook["entry"]).split()[1]
    ran = run(verb, *hook["args"], "--any.md", "--rules=../x.md", "-h.md")
    assert ran.code == 0 and "3 " in ran.err and "not looked at" in ran.err
    assert all((tmp_path / name).exists() for name in names)


def git(folder: Path, *args: str) -> str:
    command = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org", *args)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository that holds this project as it stands here, and make the environment of its hooks."""
    if not (BIN / "pre-commit").exists() or shutil.which("git") is None:
        pytest.skip("needs git, and `pip install '.[slow]'`")
    folder = tmp_path_factory.mktemp("ours")
    for name in (
        "cleanup",
        "rules",
        "pyproject.toml",
        "hatch_build.py",
        "README.md",
        "LICENSE",
        ".pre-commit-hooks.yaml",
    ):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, folder / name)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "-m", "All of it")
    git(folder, "tag", f"v{__version__}")
    return folder


@pytest.fixture(scope="module")
def environment(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return variables under which `pre-commit` keeps what it installs in a folder of these tests."""
    home = tmp_path_factory.mktemp("home")
    named = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, **named, "PRE_COMMIT_HOME": str(home), "PATH": path, "NO_COLOR": "1"}


@pytest.fixture
def site(source: Path, environment: dict[str, str], tmp_path: Path) -> Path:
    """Return a content repository with a marked page and an old one, and the hook installed."""
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "content").mkdir()
    (tmp_path / "talk.txt").write_text(TALK)
    (tmp_path / "content" / "old.md").write_text(OLD)
    published = subprocess.run(
        [sys.executable, "-m", "cleanup", "publish", "talk.txt", "--to", "hugo", "-o", "content"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False,
    )  # fmt: skip
    assert published.returncode == 0, published.stderr
    others = "".join(
        f"      - {{id: {name}, name: {name}, entry: {name}, language: system, types: [text]}}\n"
        for name in ("end-of-file-fixer", "trailing-whitespace-fixer")
    )
    (tmp_path / HOOKS).write_text(
        f"repos:\n  - repo: local\n    hooks:\n{others}"
        f"  - repo: {source}\n    rev: v{__version__}\n    hooks:\n      - id: cleanup-fix\n"
    )
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "-q", "-m", "All of it")
    assert pre_commit(tmp_path, environment, "install").returncode == 0
    return tmp_path


def pre_commit(folder: Path, environment: dict[str, str], *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BIN / "pre-commit", *args], cwd=folder, env=environment, capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip


def commit(folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "commit", "-m", "x"], cwd=folder, env=environment, capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_an_installed_hook(site: Path, environment: dict[str, str]) -> None:
    """What is not staged stays out of the commit and out of the hook's way; what is staged is fixed, once."""
    page = site / "content" / "harbour-talk.md"
    clean = page.read_text("utf-8")
    page.write_text(clean.replace("at nine.\n", "at nine.\n" + FURNITURE), "utf-8")
    (site / "content" / "old.md").write_text(OLD + "\nMore.\n")
    git(site, "add", "--all")
    (site / "content" / "old.md").write_text(OLD + "\nMore, and not staged.\n")
    stopped = commit(site, environment)
    assert stopped.returncode == 1, stopped.stderr
    assert "Comments are closed." in stopped.stderr and "boilerplate/wordpress/comments-closed" in stopped.stderr
    assert "1 page fixed" in stopped.stderr and "content/old.md" in stopped.stderr
    assert "Comments are closed." not in page.read_text("utf-8")
    assert (site / "content" / "old.md").read_text() == OLD + "\nMore, and not staged.\n"
    git(site, "add", "content/harbour-talk.md")
    done = commit(site, environment)
    assert done.returncode == 0, done.stderr
    assert git(site, "show", "HEAD:content/old.md") == OLD + "\nMore.\n"
    assert git(site, "status", "--porcelain").split() == ["M", "content/old.md"]


@pytest.mark.slow
def test_an_edit_that_is_staged_in_part(site: Path, environment: dict[str, str]) -> None:
    """One page has a staged edit and another that is not: the hook sees the staged text, and the rest comes back."""
    page = site / "content" / "harbour-talk.md"
    clean = page.read_text("utf-8")
    staged = clean.replace("I am glad", "I am so glad")
    page.write_text(staged, "utf-8")
    git(site, "add", "--all")
    both = staged.replace("Good evening", "A good evening")
    page.write_text(both, "utf-8")
    done = commit(site, environment)
    assert done.returncode == 0, done.stderr
    assert git(site, "show", "HEAD:content/harbour-talk.md") == staged
    assert page.read_text("utf-8") == both


@pytest.mark.slow
def test_other_hooks_are_no_hand(site: Path, environment: dict[str, str]) -> None:
    """They find nothing on a page of ours; and where they changed one that an editor had touched, it counts as untouched."""
    assert pre_commit(site, environment, "run", "--all-files").returncode == 0
    page = site / "content" / "harbour-talk.md"
    page.write_text(page.read_text("utf-8").rstrip("\n"), "utf-8")
    page.write_text(page.read_text("utf-8").replace("at nine.", "at nine.\t") + "\n\n\n", "utf-8")
    git(site, "add", "--all")
    stopped = commit(site, environment)
    assert stopped.returncode == 1 and "cleanup fix" in stopped.stderr and "nine.\n" in page.read_text("utf-8")
    again = subprocess.run(
        [sys.executable, "-m", "cleanup", "publish", "talk.txt", "--to", "hugo", "-o", "content", "--title", "Boats"],
        cwd=site, env={**environment, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert again.returncode == 0, again.stderr
    assert 'title: "Boats"' in page.read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(("hook", "name", "code"), [
    ("cleanup-check", "content/harbour-talk.md", 0), ("cleanup-check", "content/dirty.md", 1),
    ("cleanup-fix", "content/old.md", 0), ("cleanup-fix", "talk.txt", 0),
])  # fmt: skip
def test_a_hook_is_tried(
    hook: str, name: str, code: int, site: Path, source: Path, environment: dict[str, str]
) -> None:
    page = (site / "content" / "harbour-talk.md").read_text("utf-8")
    (site / "content" / "dirty.md").write_text(page + FURNITURE, "utf-8")
    git(site, "add", "--all")
    tried = pre_commit(site, environment, "try-repo", str(source), hook, "--files", name)
    assert tried.returncode == code, tried.stdout + tried.stderr
    assert ("no files to check" in tried.stdout) == (name == "talk.txt")
    assert git(site, "diff") == ""
