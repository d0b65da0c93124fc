"""Slugs: letters of every script, one plain file name, never a path."""

import unicodedata

import pytest
from hypothesis import given

from cleanup.writers.slug import slug
from tests.strategies import anything


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("What’s new? It's late.", "whats-new-its-late"),
        ("Čaj & káva – dnes", "čaj-káva-dnes"),
        ("Cafe\u0301", "café"),
        ("गंगा के घाट", "गंगा-के-घाट"),
        ("المرفأ اليوم", "المرفأ-اليوم"),
        ("ДОБРЫЙ день", "добрый-день"),
        ("../../etc/passwd", "etc-passwd"),
        ("/abs", "abs"),
        ("C:\\x", "c-x"),
        ("a\x00b", "a-b"),
        (".hidden", "hidden"),
        ("CON", "con-page"),
        ("com1", "com1-page"),
        ("COM¹", "com¹-page"),
        ("index", "index-page"),
        ("_index", "index-page"),
        ("README", "readme-page"),
        ("?!", "the-stem"),
        ("", "the-stem"),
        (" ".join(["harbour"] * 20), "-".join(["harbour"] * 10)),
    ],
)
def test_slugs(title: str, made: str) -> None:
    assert slug(title, "the stem") == made


def test_without_any_letter() -> None:
    assert slug("…", "…") == "transcript"


@given(anything, anything)
def test_a_slug_is_one_safe_name(title: str, stem: str) -> None:
    made = slug(title, stem)
    assert made and len(made.encode()) <= 85
    assert all(c == "-" or c.isalnum() or unicodedata.category(c)[0] == "M" for c in made)
    assert not made.startswith("-") and not made.endswith("-") and "--" not in made
    assert unicodedata.normalize("NFC", made) == made


@given(anything)
def test_a_slug_of_a_slug_is_itself(title: str) -> None:
    made = slug(title, "talk")
    assert slug(made, "talk") in (made, f"{made}-page")
