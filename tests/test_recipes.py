"""The recipes of `docs/ci.md` with the generators themselves: furniture stops the build, a clean page does not."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = (ROOT / "docs" / "ci.md").read_text("utf-8")
BIN = Path(sys.executable).parent
CLEAN = "---\ntitle: Talk\ntranscript: {}\n---\n\n**KOVAC:** Good evening.\n\n**LIND:** Good evening.\n"
FURNITURE = "\nComments are closed.\n"


def recipe(site: str, language: str) -> str:
    """Return the block that the document shows for a site generator."""
    block = re.search(rf"### {site}\n.*?```{language}\n(.*?)```", DOCS, re.DOTALL)
    assert block
    return block[1]


def hugo(site: Path) -> tuple[str, str]:
    (site / "hugo.toml").write_text('title = "Talks"\nbaseURL = "https://example.org/"\n')
    for name in ("_default/single", "_default/list", "index"):
        (site / "layouts" / name).parent.mkdir(parents=True, exist_ok=True)
        (site / "layouts" / f"{name}.html").write_text("{{ .Content }}\n")
    return recipe("Hugo", "sh"), "content/talk.md"


def mkdocs(site: Path) -> tuple[str, str]:
    (site / "mkdocs.yml").write_text("site_name: Talks\n" + recipe("MkDocs", "yaml"))
    (site / "hooks").mkdir()
    (site / "hooks" / "transcripts.py").write_text(recipe("MkDocs", "python"))
    return "mkdocs build --quiet", "docs/talk.md"


def jekyll(site: Path) -> tuple[str, str]:
    (site / "_config.yml").write_text("title: Talks\n")
    (site / "Rakefile").write_text(recipe("Jekyll", "ruby").replace("bundle exec ", ""))
    return "rake build", "_posts/2024-03-01-talk.md"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "make", "built"), [("hugo", hugo, "public"), ("mkdocs", mkdocs, "site"), ("jekyll", jekyll, "_site")]
)
def test_furniture_stops_the_build(
    name: str, make: Callable[[Path], tuple[str, str]], built: str, tmp_path: Path
) -> None:
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    if shutil.which(name, path=path) is None:
        pytest.skip(f"{name} is not installed")
    command, page = make(tmp_path)
    (tmp_path / page).parent.mkdir(exist_ok=True)

    def build() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-euc", command], cwd=tmp_path, env={**os.environ, "PATH": path}, capture_output=True, text=True,
            encoding="utf-8", check=False,
        )  # fmt: skip

    (tmp_path / page).write_text(CLEAN + FURNITURE)
    stopped = build()
    assert stopped.returncode and not (tmp_path / built).exists(), stopped.stderr
    assert "boilerplate/wordpress/comments-closed" in stopped.stdout + stopped.stderr
    (tmp_path / page).write_text(CLEAN)
    done = build()
    assert done.returncode == 0, done.stderr
    assert any("Good evening." in file.read_text("utf-8") for file in (tmp_path / built).rglob("*.html"))
