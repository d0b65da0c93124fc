"""The action does what it says in a real shell, and `docs/ci.md` shows only what exists."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from cleanup import __version__
from cleanup.cli.commands import cleanup
from tests.reports.runner import commands
from tests.test_docs import fences

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
DOCS = ROOT / "docs" / "ci.md"
CLEAN = "---\ntranscript:\n  raw: x\n---\n\n**KOVAC:** Good evening.\n\n**LIND:** Good evening to you.\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Make a content repository with a clean page, one with furniture, and one that only a hostile name makes dangerous."""
    for name, text in (
        ("content/clean.md", CLEAN),
        ("content/old posts/talk.md", CLEAN + "\nComments are closed.\n"),
        ("content/x;touch ran;$(touch ran)/page.md", CLEAN + "\n::error::Source link\n"),
        ("pip.py", "raise SystemExit('a module of the repository was imported')\n"),
    ):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text, "utf-8")
    (tmp_path / "site" / "venv.py").write_text((tmp_path / "site" / "pip.py").read_text())
    return tmp_path / "site"


def act(step: dict[str, Any], site: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run one step as the runner does: `bash --noprofile --norc -eo pipefail FILE`, with inputs put into `env:`."""
    values = {name: given.get("default", "") for name, given in ACTION["inputs"].items()} | inputs
    environment = {
        key: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda m: values[m[1]], text) for key, text in step["env"].items()
    }
    assert "${{" not in "".join(environment.values())
    script = site.parent / "step.sh"
    script.write_text(step["run"], "utf-8")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "CLEANUP"))}
    outer = {"RUNNER_TEMP": str(site.parent / "temp"), "GITHUB_ACTION_PATH": str(ROOT)}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        cwd=site, env={**kept, **outer, **environment}, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture
def installed(site: Path) -> Path:
    """Lay out what the first step installs, with the package of these tests."""
    folder = site.parent / "temp" / "transcript-cleanup" / "bin"
    folder.mkdir(parents=True)
    program = folder / "cleanup"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path[0] = {str(ROOT)!r}\nfrom cleanup.cli import main\nmain()\n"
    )
    program.chmod(0o755)
    return site


INSTALL, CHECK = ACTION["runs"]["steps"]


def test_no_input_is_text_of_a_script_and_no_other_action_is_called() -> None:
    assert ACTION["runs"]["using"] == "composite"
    for step in (INSTALL, CHECK):
        assert step["shell"] == "bash" and "uses" not in step and "${{" not in step["run"]
    used = re.findall(r"\$\{\{ (.*?) \}\}", (ROOT / "action.yml").read_text("utf-8"))
    assert sorted(used) == sorted(f"inputs.{name}" for name in ACTION["inputs"])
    for name in ACTION["inputs"]:
        assert f"| `{name}` |" in DOCS.read_text("utf-8")


@pytest.mark.parametrize(
    ("paths", "code", "files"),
    [
        ("content/clean.md", 0, []),
        ("content/clean.md  gone.md", 3, ["gone.md"]),
        ("content/old posts/talk.md\ncontent/clean.md\n", 1, ["content/old posts/talk.md"]),
        ("content/x;touch ran;$(touch ran)\n", 0, []),
        ("$(touch ran) `touch ran` ;touch ran", 3, None),
        ("--help", 3, ["--help"]),
        (".", 1, ["content/old posts/talk.md"]),
    ],
)
def test_the_check_of_the_action(installed: Path, paths: str, code: int, files: list[str] | None) -> None:
    done = act(CHECK, installed, paths=paths)
    assert done.returncode == code, done.stderr
    found = [row for row in commands(done.stdout + done.stderr) if row.name == "error"]
    assert files is None or [row.properties["file"] for row in found] == files
    assert not (installed / "ran").exists()


def test_options_of_the_action(installed: Path) -> None:
    page = "content/old posts/talk.md\n"
    assert act(CHECK, installed, paths=page, args="--without boilerplate --language en").returncode == 0
    (installed / "doubt.md").write_text(CLEAN + "\n**KOVAC:** I am working here since 2010.\n", "utf-8")
    assert act(CHECK, installed, paths="doubt.md").returncode == 0
    strict = act(CHECK, installed, paths="doubt.md", strict="true", args="--language en")
    assert strict.returncode == 1 and [row.name for row in commands(strict.stdout)] == ["notice"]


def test_a_python_that_is_too_old_is_refused(site: Path) -> None:
    old = site.parent / "old"
    old.write_text('#!/bin/sh\necho "cleanup: needs Python 3.10 or newer" >&2\nexit 1\n')
    old.chmod(0o755)
    done = act(INSTALL, site, python=str(old))
    assert done.returncode == 1 and not (site.parent / "temp" / "transcript-cleanup").exists()


@pytest.mark.slow
def test_the_whole_action(site: Path) -> None:
    """Both steps, with pip: furniture fails and is annotated, a clean page does not."""
    done = act(INSTALL, site, python=sys.executable)
    if done.returncode and not os.environ.get("CI"):
        pytest.skip(f"pip could not install: {done.stderr[-200:]}")
    assert done.returncode == 0, done.stderr
    dirty, clean = (act(CHECK, site, paths=f"content/{name}\n") for name in ("old posts", "clean.md"))
    assert (dirty.returncode, clean.returncode) == (1, 0), dirty.stderr
    (error,) = commands(dirty.stdout)
    assert error.name == "error" and error.properties["line"] == "10"
    assert error.properties["title"] == "boilerplate/wordpress/comments-closed"
    assert error.data.endswith("Run: cleanup fix 'content/old posts/talk.md'")
    assert commands(clean.stdout) == []


def shown() -> Iterator[list[str]]:
    """Yield every call of `cleanup` that a block or a line of the document shows, as arguments."""
    text = DOCS.read_text("utf-8")
    for line in re.findall(
        r"""(?<![\w/.])cleanup ([a-z]+\b[^\n`"'&|>;]*)""",
        "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL)),
    ):
        yield shlex.split(line)
    for call in re.findall(r'\["cleanup", (.*?)\]\)', text):
        yield shlex.split(call.replace(",", " "))


@pytest.mark.parametrize("args", list(shown()), ids=" ".join)
def test_only_commands_and_options_that_exist_are_shown(args: list[str]) -> None:
    command = cleanup.get_command(click.Context(cleanup), args[0])
    assert command, args
    try:
        command.make_context(args[0], args[1:])
    except click.MissingParameter as missing:
        assert isinstance(missing.param, click.Argument)  # a sentence names a command without its inputs


def test_a_command_that_does_not_exist_would_be_seen() -> None:
    rows = list(shown())
    assert ["check", "--format", "sarif", "content"] in rows and len(rows) >= 12
    with pytest.raises(click.UsageError):
        command = cleanup.get_command(click.Context(cleanup), "check")
        assert command
        command.make_context("check", ["--format", "xml", "content"])


@pytest.mark.parametrize("text", fences(DOCS, "yaml"), ids=lambda text: text.split("\n")[0])
def test_yaml_that_is_shown_parses(text: str) -> None:
    value = yaml.safe_load(text)
    assert isinstance(value, dict)
    for job in value.get("jobs", {}).values():
        assert value["permissions"]["contents"] == "read"
        for step in job["steps"]:
            given = step.get("with", {}) if "OWNER/cleanup" in step.get("uses", "") else {}
            assert set(given) <= set(ACTION["inputs"])


def test_other_blocks_parse_and_the_version_is_ours() -> None:
    for text in fences(DOCS, "json"):
        assert "cleanup check" in json.loads(text)["scripts"]["build"]
    for text in fences(DOCS, "python"):
        compile(text, str(DOCS), "exec")
    for text in fences(DOCS, "sh"):
        assert subprocess.run(["bash", "-n"], input=text, text=True, check=False).returncode == 0
    versions = re.findall(r"OWNER/cleanup@v([0-9.]+[0-9])", DOCS.read_text("utf-8"))
    assert versions and set(versions) == {__version__}
    for site in ("Hugo", "Jekyll", "Eleventy", "Astro", "MkDocs"):
        assert f"### {site}\n" in DOCS.read_text("utf-8")
