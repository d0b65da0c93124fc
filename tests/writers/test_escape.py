"""Text from outside is what a reader sees, wherever it stands; ordinary prose comes out as it went in."""

import re
from functools import cache
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanup.writers import escape
from tests.writers.hostile import SAID

_said = st.lists(st.one_of(st.sampled_from(SAID), st.text(max_size=8)), min_size=1, max_size=4).map("".join)


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def seen(page: str) -> tuple[str, list[str]]:
    """Return what a reader sees of a page, and the tags it is made of."""
    html = _parser().render(page)
    tags = re.findall(r"<(\w+)", html)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split()), tags


def plain(text: str) -> str:
    """Fold blanks and drop what has no shape, as the script does before anything is written."""
    return " ".join("".join(c for c in text if c.isprintable() or c == " ").split())


def holds(text: str) -> None:
    """Check one text in every place where a page puts text."""
    shown, tags = seen(escape.line(text))
    assert shown == text and set(tags) <= {"p", "a"}
    shown, tags = seen("**LIND:** " + escape.inline(text))
    assert shown == f"LIND: {text}" and set(tags) <= {"p", "a", "strong"}
    shown, tags = seen("## " + escape.heading(text))
    assert shown == text and set(tags) <= {"h2", "a"}
    shown, tags = seen("- " + escape.line(text))
    assert shown == text and set(tags) <= {"ul", "li", "a", "p"}
    shown, tags = seen(f"**{escape.inline(text)}:** x")
    assert shown == f"{text}: x"


@pytest.mark.parametrize("text", SAID)
def test_hostile_text_is_literal(text: str) -> None:
    holds(plain(text))


@settings(max_examples=300, deadline=None)
@given(_said)
def test_any_text_is_literal(text: str) -> None:
    if plain(text):
        holds(plain(text))


@pytest.mark.parametrize("text", SAID)
def test_table_cells_are_literal(text: str) -> None:
    cell = escape.inline(plain(text)).replace("|", "\\|")
    shown, tags = seen(f"| a | b |\n| --- | --- |\n| {cell} | z |")
    assert shown == f"a b {plain(text)} z" or shown.replace(" ", "") == f"ab{plain(text)}z".replace(" ", "")
    assert tags.count("td") == 2


@pytest.mark.parametrize("text", SAID)
def test_no_site_finds_anything_to_run(text: str) -> None:
    for made in (escape.line(plain(text)), escape.inline(plain(text)), escape.heading(plain(text))):
        assert not re.search(r"\{\{|\{%|\{#|\{:|<(?!https?:)|(?<!\\)\]\(", made)


@pytest.mark.parametrize(
    "text",
    [
        "Well, it's 5 o'clock - and $10 million, 50 % of it.",
        "“Quotes” and 'quotes' and \"quotes\" stay; so do dashes – and — and dots...",
        "R&D, AT&T, Q&A & co.",
        "me@a.example, @mira, #tag in the middle, C# and F#",
        "snake_case_word and 3 > 2 and x = y",
        "(LAUGHTER)",
        "10:30 and 1.5 and (a) and 1986.",
        "https://a.example/b_c?d=1&e=2 and so on",
    ],
)
def test_prose_comes_out_as_it_went_in(text: str) -> None:
    assert escape.line(text) == escape.inline(text) == text


def test_nothing_is_nothing() -> None:
    assert escape.line("") == escape.inline("") == escape.heading("") == ""


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("see https://a.example/A_(b) there", "see <https://a.example/A_(b)> there"),
        ("(https://a.example/*x)", "(<https://a.example/*x>)"),
        ("_https://a.example/*", "\\_https://a.example/\\*"),
        ("x_https://a.example/*b", "x\\_<https://a.example/*b>"),
    ],
)
def test_addresses(text: str, made: str) -> None:
    assert escape.inline(text) == made
    assert seen(made)[0] == text


def test_long_runs_take_no_longer_than_they_must() -> None:
    for unit in ("[", "*", "_", "`", "{", "<", "&", "~", "\\", "http://", "#", " \u3000", "(", "https://a.example/("):
        assert escape.line(unit * 50_000)
