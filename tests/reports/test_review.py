"""The page of a review holds what it was given as data, and nothing that a browser could run but its own script."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanup.decisions import EVERY, REPOSITORY, Decision, Decisions, dumps
from cleanup.decisions.places import about
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.reports.review import engine, page, shown
from cleanup.rulebook import Rulebook
from tests.conftest import Run
from tests.strategies import hostile, transcripts

SIGNS = ["</script", "<!--", "<script>", "]]>", "{{data}}", "\u2028", "\x00", "\r", "&lt;", "\ud800", "\\", '"', "\x85"]
TEXTS = st.one_of(hostile, st.lists(st.sampled_from(SIGNS) | st.characters(), max_size=12).map("".join))


class Elements(HTMLParser):
    """The elements of a page with the text of those that hold text only."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[tuple[str, str | None], str] = {}
        self.open: tuple[str, str | None] | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.open = (tag, dict(attrs).get("type")) if tag in ("script", "style", "title") else None

    def handle_data(self, data: str) -> None:
        if self.open:
            self.raw[self.open] = self.raw.get(self.open, "") + data

    def handle_endtag(self, tag: str) -> None:
        self.open = None

    @property
    def data(self) -> Any:
        return json.loads(self.raw["script", "application/json"])


PLAIN = {"raw": "talk.txt"}
OURS = [(tag, sorted(attributes)) for tag, attributes in Elements(page(PLAIN)).found]


@given(TEXTS, TEXTS)
def test_any_text_is_data(raw: str, text: str) -> None:
    data = {"raw": raw, "text": text, "findings": [{"message": text}]}
    made = Elements(page(data))
    assert made.data == data
    assert [(tag, sorted(attributes)) for tag, attributes in made.found] == OURS


def test_the_policy_allows_one_script_and_one_style_and_no_address() -> None:
    made = Elements(page(PLAIN))
    policy = next(a["content"] for tag, a in made.found if a.get("http-equiv") == "Content-Security-Policy")
    hashes = [
        "'sha256-" + base64.b64encode(hashlib.sha256(made.raw[name, None].encode()).digest()).decode() + "'"
        for name in ("script", "style")
    ]
    assert policy == (
        f"default-src 'none'; script-src {hashes[0]}; style-src {hashes[1]}; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(
        r"https?:|//[a-z]|@import|url\(|innerHTML|insertAdjacent|document\.write|\beval\b", page(PLAIN)
    )
    assert not [a for _, a in made.found if {"src", "href", "style", "onclick", "action"} & set(a)]


@given(transcripts, st.sampled_from(["reject", "accept", "edit"]), TEXTS.filter(bool), st.data())
def test_what_the_page_gives_is_what_the_program_keeps(
    book: Rulebook, text: str, do: str, new: str, draw: st.DataObject
) -> None:
    """Decisions that are made of the page's data alone are those that are made of the findings."""
    result = clean(f"Harbour talk\n\n{text}\nComments are closed.\n".encode(), "talk.txt", book, Options(language="en"))
    before = Decisions((Decision("r", "edit", "gone", text=new),), facts={"title": new})
    data = Elements(page(shown(result, result, before, "Ana", book.by_id))).data
    row = draw.draw(st.sampled_from(result.findings))
    shown_row = data["findings"][result.findings.index(row)]
    own = Decision(shown_row["rule"], do, shown_row["words"], shown_row["before"], shown_row["after"], new, data["by"])
    assert own == about(result.source.text, row, do)._replace(text=new, by="Ana")
    kept = Decisions(tuple(Decision(**one) for one in data["decided"]["rows"]), facts=dict(data["decided"]["facts"]))
    assert kept == before
    assert data["head"] == dumps(Decisions(), "talk.txt")
    assert data["repository"] is None


def test_what_the_repository_has_decided_is_in_the_page(run: Run) -> None:
    def told() -> Any:
        return Elements(run("review", "talk.txt", "--html", "-").out).data["repository"]

    Path("talk.txt").write_text("KOVAC: So it is.\n")
    assert told() is None
    Path("cleanup.yaml").write_text("language: en\n")
    assert told() == {"review": REPOSITORY, "head": dumps(Decisions(), EVERY), "rows": []}
    rows = (Decision("a/b/c", "accept", "so", by="Ana"), Decision("a/b/c", "reject", "</script>"))
    Path(REPOSITORY).write_text(dumps(Decisions(rows), EVERY))
    assert tuple(Decision(**row) for row in told()["rows"]) == rows


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("grammar/languagetool/HE_VERB_AGR", "LanguageTool HE_VERB_AGR"),
        ("wording/machine-translation/institution-he", ""),
        ("grammar/own/rule", ""),
        ("hand", ""),
    ],
)
def test_an_engine_is_named(rule: str, said: str) -> None:
    assert engine(rule) == said
