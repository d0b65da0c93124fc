"""A glossary of a repository: its terms are rules that suggest, and what is wrong in it is said with its line."""

from pathlib import Path

import pytest

from cleanup.errors import SettingsError
from cleanup.findings import Level
from cleanup.kinds import KINDS
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.rulebook import open_book
from tests.conftest import Run

GLOSSARY = """glossary: harbour
about: What the harbour calls its ships.
terms:
  - term: Norvik Star
    variants: [Norwich Star, norvik-star]
  - term: tug
    variants: [tuck, Tug]
    context: [rope, harbour]
  - term: "AT&T"
    variants: [A T and T]
    level: safe
"""


def found(text: str, folder: Path, form: str = "text") -> list[tuple[str, str, str, bool]]:
    (folder / "glossary.yaml").write_text(GLOSSARY)
    book = open_book([folder / "glossary.yaml"], kinds=KINDS)
    result = clean(text.encode(), "talk.txt", book, Options(format=form))
    return [(r.finding.rule, r.edits[0][2], r.edits[0][3], r.applied) for r in result.findings if r.edits]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("The Norwich Star left.", ("Norwich Star", "Norvik Star")),
        ("The NORVIK-STAR left.", ("NORVIK-STAR", "Norvik Star")),
        ("The norwich star left.", None),  # a variant with capitals is meant so
        ("The tuck pulled the rope.", ("tuck", "tug")),
        ("The rope is with the Tuck.", ("Tuck", "tug")),
        ("A tuck in the sail.", None),  # no context word in this turn
        ("The Tugs pulled the rope.", None),  # a longer word is another word
    ],
)
def test_a_variant_is_a_suggestion_where_its_context_stands(
    said: str, wanted: tuple[str, str] | None, tmp_path: Path
) -> None:
    rows = found(f"KOVAC: {said}\n\nLIND: The harbour.\n\nKOVAC: Yes.\n", tmp_path)
    assert [row[1:] for row in rows] == ([(*wanted, False)] if wanted else [])


def test_a_term_that_says_so_is_applied_and_written_as_the_format_has_it(tmp_path: Path) -> None:
    text = "**Ana Kovac:** We call A T and T.\n\n**Mira Lind:** Yes.\n\n**Ana Kovac:** No.\n"
    assert found(text, tmp_path, "markdown") == [("wording/harbour/AT&T", "A T and T", "AT&amp;T", True)]


def test_terms_are_rules_with_a_place(tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text(GLOSSARY)
    rules = open_book([tmp_path / "glossary.yaml"], kinds=KINDS).by_id
    tug = rules["wording/harbour/tug"]
    assert (tug.level, tug.own, tug.where.rsplit(":", 1)[1]) == (Level.SUGGEST, True, "6")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("glossary: x\n", "terms"),
        ("glossary: x\nterms:\n  - term: a\n", ":3:"),
        ("glossary: x\nterms:\n  - {term: a, variants: [a]}\n", ":3:"),
        ("glossary: x\nterms:\n  - {term: a, variants: [b]}\n  - {term: c, variants: [b]}\n", ":4:"),
        ("glossary: x\nterms:\n  - {term: a, variants: [b], level: remark}\n", ":3:"),
        ("glossary: x\nterms:\n  - {term: a, variants: [b], pattern: c}\n", ":3:"),
        ("glossary: x\nlanguages: [English]\nterms:\n  - {term: a, variants: [b]}\n", ":2:"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_text(text)
    with pytest.raises(SettingsError) as told:
        open_book([tmp_path / "g.yaml"], kinds=KINDS)
    assert said in str(told.value)


def test_a_repository_names_its_glossary_under_rules(run: Run) -> None:
    Path("cleanup.yaml").write_text("rules: glossary.yaml\n")
    Path("glossary.yaml").write_text(GLOSSARY)
    Path("talk.txt").write_text("KOVAC: The Norwich Star left.\n\nLIND: Did it?\n\nKOVAC: Yes.\n")
    ran = run("check", "talk.txt")
    assert ran.code == 0 and "“Norwich Star” → “Norvik Star”" in ran.out
