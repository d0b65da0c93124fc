"""A pull request from a stranger may hold settings, packs, decisions and links: none reaches an address, a path outside, or without bound."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cleanup.guard import Timed
from tests.conftest import TALK, Run

ROOT = Path(__file__).parents[1]
SECRET = "token: [swordfish\n"
PAGE = f"---\ntranscript: {{}}\n---\n\n**KOVAC:** So x{'a' * 3000} it is.\n\n**LIND:** I am glad.\n\nComments are closed.\n"
PACK = """pack: theirs
about: A pack of a stranger.
rules:
  - id: rule
    kind: KIND
    FIELD: "PATTERN"
    text: "y"
    why: It says so.
    examples:
      - before: "KOVAC: Thank you aab\\n"
        after: "KOVAC: Thank you y\\n"
      - keep: "KOVAC: Back.\\n"
"""


def pack(pattern: str, kind: str = "replace") -> str:
    text = PACK.replace("KIND", kind).replace("PATTERN", pattern)
    if kind == "remove":
        return text.replace("FIELD", "sentence").replace('    text: "y"\n', "").replace("you y\\n", "you\\n")
    return text.replace("FIELD", "pattern")


@pytest.fixture(autouse=True)
def repository(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository to stand in, with a page in it, and beside it what nobody may read or write."""
    (tmp_path / "outside").mkdir()
    for name in ("secret.yaml", "secret.md", "secret.txt.review.yaml"):
        (tmp_path / "outside" / name).write_text(SECRET)
    site = tmp_path / "site"
    (site / ".git").mkdir(parents=True)
    (site / "content").mkdir()
    (site / "content" / "talk.md").write_text(PAGE)
    monkeypatch.chdir(site)
    return site


def everything(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


HOSTILE = {
    "an address": ("rules: https://example.org/pack.yaml\n", ""),
    "an address of pages": ("pages: file:///etc\n", ""),
    "a path above": ("rules: ../outside\n", ""),
    "a path from the root": ("rules: /etc\n", ""),
    "a way round": ("rules: content/../../outside\n", ""),
    "people from above": ("people: ../outside/secret.yaml\n", ""),
    "an alias": ("a: &a [x, x]\npages: [*a, *a]\n", ""),
    "a tag": ("site: !!python/object/apply:os.system [touch ran]\n", ""),
    "a merge": ("<<: {site: hugo}\n", ""),
    "a deep file": ("site: " + "[" * 100_000, ""),
    "many entries": ("pages: [" + "a," * 150_000 + "]\n", ""),
    "a large file": ("# " + "x" * (2 << 20), ""),
    "an alias in a pack": ("rules: house\n", pack("aab").replace("about: A", "about: &a A")),
    "a tag in a pack": ("rules: house\n", pack("aab").replace("about: A", "about: !!python/name:os.system A")),
    "repeats without bound": ("rules: house\n", pack("(?:a+)+b")),
    "two of them": ("rules: house\n", pack("x?a+a+b")),
    "a way back": ("rules: house\n", pack("(a{1,300})\\\\1b")),
    "a text for every letter": ("rules: house\n", pack("aab").replace('"y"', f'"{"y" * 100_000}"')),
    "a message for every letter": ("rules: house\n", pack("aab").replace("    why", f"    message: {'y' * 100_000}\n    why")),
    "an example that lies": ("rules: house\n", pack("aab").replace("you y", "you x")),
}  # fmt: skip


@pytest.mark.parametrize("verb", ["check", "fix", "publish", "explain"])
@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_hostile_is_refused(what: str, verb: str, run: Run, tmp_path: Path) -> None:
    settings, rules = HOSTILE[what]
    Path("house").mkdir()
    Path("house/theirs.yaml").write_text(rules or pack("aab"))
    Path("cleanup.yaml").write_text(settings)
    before = everything(tmp_path)
    more = {"publish": ["content/talk.md", "-o", "out"], "explain": ["content/talk.md:5"]}
    ran = run(verb, *more.get(verb, ["content"]))
    assert ran.code == 2 and ran.out == "" and len(ran.lines) == 1
    assert "swordfish" not in ran.err and everything(tmp_path) == before


@pytest.mark.parametrize("kind", ["replace", "remove"])
@pytest.mark.parametrize("pattern", ["(?:a{1,300}){1,300}b", "(?:a|aa){1,400}b"])
def test_a_slow_pattern_is_stopped(pattern: str, kind: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds alone do not make a pattern quick: it is stopped, named, and nothing is changed."""
    monkeypatch.setattr(Timed, "SECONDS", 0.1)
    Path("house.yaml").write_text(pack(pattern, kind))
    Path("cleanup.yaml").write_text("rules: house.yaml\n")
    ran = run("fix", "content")
    assert ran.code == 2 and ran.out == "" and Path("content/talk.md").read_text() == PAGE
    assert ran.lines == [f"cleanup: the pattern `{pattern}` of your rules takes too long here; bound its repeats"]


@pytest.mark.parametrize("settings", ["rules: house\n", "pages: house\n", "people: house/secret.yaml\n"])
def test_no_link_of_a_folder_leads_out(settings: str, run: Run, tmp_path: Path) -> None:
    Path("house").symlink_to(tmp_path / "outside")
    Path("cleanup.yaml").write_text(settings)
    ran = run("check", "content")
    assert ran.code == 2 and len(ran.lines) == 1 and "swordfish" not in ran.err


def test_a_link_among_pages_and_one_for_decisions(run: Run, tmp_path: Path) -> None:
    Path("content/more.md").symlink_to(tmp_path / "outside" / "secret.md")
    ran = run("fix", "--any", "content")
    assert ran.code == 1 and "1 other file passed over" in ran.err and "swordfish" not in ran.out + ran.err
    Path("talk.txt").write_text(TALK)
    Path("talk.txt.review.yaml").symlink_to(tmp_path / "outside" / "secret.txt.review.yaml")
    ran = run("check", "talk.txt")
    assert ran.code == 2 and "link out of its folder" in ran.err and "swordfish" not in ran.err


def test_a_page_names_no_raw_file_outside(run: Run, tmp_path: Path) -> None:
    """Decisions lie beside the raw file that a page names: one that lies elsewhere has none."""
    (tmp_path / "outside" / "secret.txt").write_text(TALK)
    Path("content/talk.md").write_text(PAGE.replace("{}", "{raw: ../outside/secret.txt}"))
    ran = run("check", "content")
    assert ran.code == 1 and "swordfish" not in ran.err


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs Linux")
def test_without_a_network_it_is_the_same(tmp_path: Path) -> None:
    """In a namespace of its own, without any device but a loopback that is down."""
    Path("talk.txt").write_text(TALK)
    alone = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine allows no namespaces")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for args in (["check", "."], ["publish", "talk.txt", "-o", "-"], ["fix", "content", "--diff"], ["doctor"]):
        ran = [
            subprocess.run(
                [*way, sys.executable, "-m", "cleanup", *args], env=environment, capture_output=True, check=False
            )
            for way in ([], alone)
        ]
        assert (ran[0].returncode, ran[0].stdout, ran[0].stderr) == (ran[1].returncode, ran[1].stdout, ran[1].stderr)
        assert ran[0].returncode in (0, 1)
