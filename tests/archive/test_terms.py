"""Terms of an archive: what people have put right becomes a proposal, with its counts, and nothing else does."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cleanup.archive.terms import WORD, Correction, Turn, changed, corrections, glossary, spellings
from cleanup.kinds import KINDS
from cleanup.rulebook import open_book
from tests.conftest import Run

SHIP = Turn("The Norwich Star left with the ferry crew.", "The Norvik Star left with the ferry crew.", "a")
ROPE = Turn("Take the tuck and a rope for the ferry.", "Take the tug and a rope for the ferry.", "a")


def row(variant: str, term: str, turns: list[Turn]) -> Correction | None:
    return next((row for row in corrections(turns) if (row.variant, row.term) == (variant, term)), None)


def test_what_was_put_right_is_proposed_with_its_counts_and_an_example() -> None:
    found = row("Norwich", "Norvik", [SHIP, SHIP._replace(file="b")])
    assert found and (found.times, found.files, found.kept) == (2, 2, 0) and "Norwich Star" in found.example


def test_a_word_of_ordinary_language_needs_a_context() -> None:
    stays = Turn("A tuck in the sail of the boat.", "A tuck in the sail of the boat.", "b")
    found = row("tuck", "tug", [ROPE, ROPE._replace(file="b"), stays])
    assert found and set(found.context) == {"take", "rope", "ferry"}
    assert row("tuck", "tug", [ROPE, stays]) is None, "once is no context"
    short = Turn("He sat in the car by the ferry.", "He sat on the car by the ferry.", "a")
    assert row("in", "on", [short, short]) is None, "such a word stands everywhere"


def test_what_is_mostly_let_stand_is_no_variant() -> None:
    stands = [Turn("Norwich is far.", "Norwich is far.", str(i)) for i in range(5)]
    assert row("Norwich", "Norvik", [SHIP, *stands]) is None


def test_unusual_terms_and_plurals_are_spelt_alike_everywhere() -> None:
    found = corrections([Turn("The EVT ran.", "The eBT ran.", "a"), Turn("An EVT is slow.", "An eBT is slow.", "a")])
    assert {(row.variant, row.term) for row in found} >= {("EVT", "eBT"), ("EBT", "eBT"), ("EVTs", "eBTs")}


def test_rare_spellings_of_names_stand_beside_the_common_one() -> None:
    page = "We asked Kovac about it. Then Kovac left."
    turns = [Turn(page, page, "a")] * 3 + [Turn(p := "Later came Kovak with a rope.", p, "b")]
    assert [(r.variant, r.term, r.kept) for r in spellings(turns)] == [("Kovak", "Kovac", 1)]
    plain = [Turn(p := "We saw a kovak and a Kovac. The Kovak sank.", p, "c")]
    assert list(spellings([*turns, *plain])) == [], "a word of ordinary language is no name"


_said = st.lists(st.sampled_from(["the", "Ferry", "ferry", "EVT", "rope's", "3.5", "日本"]), max_size=12).map(" ".join)


@given(st.lists(st.tuples(_said, _said), max_size=6))
def test_any_archive_gives_a_glossary_that_is_read(pairs: list[tuple[str, str]]) -> None:
    turns = [Turn(raw, page, "a") for raw, page in pairs]
    for raw, page in pairs:
        for old, new in changed(raw, page):
            assert (
                old != new
                and set(old.split()) <= set(WORD.findall(raw))
                and set(new.split()) <= set(WORD.findall(page))
            )
    rows = [row for row in corrections(turns) if row.variant != row.term]
    assert len({row.variant for row in rows}) == len(rows)
    assert glossary(rows).count("- term: ") == len({(row.term, row.context) for row in rows})


def test_a_glossary_is_proposed_from_pages_and_their_raw_files(run: Run) -> None:
    raw = "KOVAC: The Norwich Star left.\n\nLIND: So the Norwich Star is out?\n\nKOVAC: Yes.\n"
    for name in ("one", "two"):
        Path(f"{name}.txt").write_text(raw + f"\nLIND: Day {name}.\n")
        assert run("publish", f"{name}.txt", "--title", name, "-o", "pages").code == 0
        page = Path("pages", f"{name}.md")
        page.write_text(page.read_text().replace("Norwich", "Norvik"))
    ran = run("rules", "new", "--from", "pages", "-o", "glossary.yaml")
    assert ran.code == 0 and ran.lines[-1].startswith("cleanup: "), ran.err
    text = Path("glossary.yaml").read_text("utf-8")
    assert '- term: "Norvik"' in text and "put right 4× in 2 files, let stand 0×" in text
    assert "wording/archive/Norvik" in open_book([Path("glossary.yaml")], kinds=KINDS).by_id
    Path("glossary.yaml").write_text(text.replace("Norvik", "Norvika"), "utf-8")
    assert run("rules", "new", "--from", "pages", "-o", "glossary.yaml").code == 3
    assert "Norvika" in Path("glossary.yaml").read_text("utf-8")
    assert run("rules", "new", "--from", "missing").code == 3
