"""The examples are published as their golden files show; `UPDATE=1` writes them anew."""

import json
import os
from pathlib import Path

import pytest

from cleanup.pipeline import as_page, clean
from cleanup.rulebook import Rulebook
from cleanup.writers.json import transcript
from cleanup.writers.sites import SITES

FOLDER = Path(__file__).parent.parent / "examples"
RAW = sorted(p for p in FOLDER.iterdir() if p.suffix in (".txt", ".md") and p.is_file())


@pytest.mark.parametrize("raw", RAW, ids=lambda p: p.name)
def test_example(raw: Path, book: Rulebook) -> None:
    name = f"examples/{raw.name}"
    result = clean(raw.read_bytes(), name, book)
    page = as_page(result, book, site=SITES["hugo"], stem=raw.stem, raw=name)
    made = {
        FOLDER / "published" / f"{raw.stem}.md": page.text,
        FOLDER / "published" / f"{raw.stem}.json": json.dumps(transcript(result), ensure_ascii=False, indent=1) + "\n",
    }
    for path, text in made.items():
        if os.environ.get("UPDATE"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.read_text("utf-8") == text


def test_four_or_more() -> None:
    assert len(RAW) >= 4
