"""Decisions are written so that they read back, and are found again where they were made."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanup.casting.given import Given
from cleanup.decisions import Decision, Decisions, decide, dumps, key, read
from cleanup.decisions.places import at, place

TEXTS = st.text(st.characters(), max_size=20)  # halves of characters too: a name of a file may have them
SOME = TEXTS.filter(bool)
ROWS = st.builds(
    Decision, SOME, st.sampled_from(["accept", "reject"]), SOME, before=TEXTS, after=TEXTS, by=TEXTS, on=TEXTS
) | st.builds(Decision, SOME, st.just("edit"), SOME, before=TEXTS, text=TEXTS)
DECISIONS = st.builds(
    Decisions,
    st.lists(ROWS, max_size=4).map(tuple),
    st.builds(
        Given,
        st.dictionaries(SOME, SOME, max_size=3),
        st.lists(SOME, max_size=2).map(tuple),
        st.lists(SOME, max_size=2).map(tuple),
        st.none() | SOME,
    ),
    st.dictionaries(st.sampled_from(["title", "date", "source"]), SOME, max_size=3),
    st.just(()),
)


@given(DECISIONS, SOME)
def test_any_text_reads_back(decisions: Decisions, raw: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "talk.txt.review.yaml")
        file.write_bytes(dumps(decisions, raw).encode())
        assert read(file) == decisions


WORDS = st.lists(
    st.sampled_from(["um", "um,", "well", "KOVAC:", "the", "quay", "日本語", "(laughs)", "\n\n"]), max_size=60
)


@given(WORDS)
def test_places_that_were_decided_alike_are_all_found_again(pieces: list[str]) -> None:
    text = " ".join(pieces)
    spans = [match.span() for match in re.finditer(r"\bum\b", text)]
    rows = [at(text, *span, "accept", rule="fillers") for span in spans]
    spots, lost = place(text, rows)
    assert [(spot.start, spot.end) for spot in spots] == spans
    assert lost == ()


@given(WORDS, st.integers(0, 59))
def test_one_decision_is_found_where_it_was_made_or_not_at_all(pieces: list[str], number: int) -> None:
    text = " ".join(pieces)
    spans = [match.span() for match in re.finditer(r"\bum\b", text)]
    if not spans:
        return
    span = spans[number % len(spans)]
    row = at(text, *span, "accept", rule="fillers")
    spots, lost = place(text, [row])
    assert [(spot.start, spot.end) for spot in spots] in ([span], [])
    assert bool(lost) is not bool(spots)


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        pytest.param("um", "it was", "a long night", id="neighbours"),
        pytest.param("um", "", "it was night", id="start"),
        pytest.param("语" * 3, "汉" * 90, "字" * 90, id="no spaces"),
        pytest.param("\xad", "har", "bour", id="inside a word"),
    ],
)
def test_an_edit_elsewhere_moves_nothing(words: str, before: str, after: str) -> None:
    blank = "" if words in "语语语\xad" else " "
    text = f"um, so. {before}{blank}{words}{blank}{after}. And so on."
    start = text.index(words, len("um, so. "))
    row = at(text, start, start + len(words), "accept", rule="r")
    spots, lost = place("Something was put in. " + text, [row])
    assert [spot.start for spot in spots] == [start + len("Something was put in. ")] and not lost


def test_a_new_decision_takes_the_place_of_the_old_one() -> None:
    old, other = Decision("r", "accept", "um", "it was", "a night"), Decision("r", "accept", "um", "was it", "a night")
    new = old._replace(do="reject", by="Ana")
    assert decide([old, other], [new]) == (other, new)
    assert key(old) == key(new) != key(other)
