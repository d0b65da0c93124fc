"""Law 0: every character has one fate, and the sum is exact."""

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleanup import fates
from cleanup.edits import apply
from cleanup.fates import ORDER, Fate, account
from cleanup.kinds import KINDS
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.result import Result
from cleanup.rulebook import open_book
from cleanup.writers.json import transcript
from tests.conftest import removed
from tests.strategies import texts, transcripts

BOOK = open_book(kinds=KINDS)
EVERYTHING = frozenset(BOOK.off)


def publish(text: str, form: str, packs: frozenset[str] = frozenset()) -> Result:
    return clean(text.encode(), "talk", BOOK, Options(format=form, packs=packs, language="en"))


@settings(max_examples=150, deadline=None)
@given(texts)
def test_every_character_of_any_text_has_one_fate(text: str) -> None:
    for form in ("text", "markdown"):
        result = publish(text, form, EVERYTHING)
        at = 0
        for span in result.spans():
            assert span.start == at < span.end
            at = span.end
        assert at == len(result.source.text)
        counts = result.account
        assert counts["words"] == sum(n for key, n in counts.items() if key not in ("words", "changed"))


@settings(max_examples=60, deadline=None)
@given(transcripts)
def test_no_word_of_the_speech_is_lost(text: str) -> None:

    result = publish(
        text.replace("&copy;", "and"), "text"
    )  # an entity in plain text is repaired, and then another word
    got = transcript(result)
    blocks = got["blocks"]
    assert isinstance(blocks, list)
    kept = " ".join(block["text"] for block in blocks)
    source = result.source.text
    beside = [source[s.start : s.end] for s in result.spans() if s.fate in ("stamps", "labels", "moved", "removed")]
    assert sorted(re.findall(r"\w+", " ".join([kept, *beside]))) == sorted(re.findall(r"\w+", source))


@settings(max_examples=80, deadline=None)
@given(texts)
def test_law_3_the_edits_that_are_shown_are_those_that_were_made(text: str) -> None:
    result = publish(text, "text")
    for revision in result.revisions:
        made = [edit for finding in revision.applied for edit in finding.edits]
        assert apply(revision.before.text, made) == revision.after.text
    for row in result.findings:
        for start, end, before, _ in row.edits:
            assert result.source.text[start:end] == before


@settings(max_examples=80, deadline=None)
@given(texts)
def test_law_7_cleaning_twice_is_cleaning_once(text: str) -> None:
    for packs in (frozenset[str](), frozenset({"fillers/fillers", "repeats/doubled", "typography/house"})):
        result = publish(text, "markdown", packs)
        for revision in result.revisions[3:]:
            assert revision.after.text.count("\ufffc") == revision.before.text.count("\ufffc")
        again = publish(result.document.text, "text" if not text else "markdown", packs)
        kept = [r for r in again.revisions if r.edits and r.stage in ("fillers", "repeats", "typography")]
        assert not kept


def test_a_gap_is_told() -> None:
    with pytest.raises(ValueError, match="no fate"):
        account("ab cd", [Fate(0, 2, "body")])


def test_wide_characters_count_one_by_one() -> None:
    assert account("中文 ab", [Fate(0, 5, "body")])["words"] == 3


@given(
    st.text("ab1’'-. \n日本ひΩ", min_size=1, max_size=20), st.sets(st.integers(1, 19)), st.sampled_from([3, 1 << 16])
)
@example("it’s so", {2, 3}, 3)  # an apostrophe that is changed stands between two stretches, and is no word
@example("日’s", {1, 2}, 3)
def test_a_word_goes_where_its_first_character_went(text: str, cuts: set[int], piece: int) -> None:
    places = [0, *sorted(cut for cut in cuts if cut < len(text)), len(text)]
    spans = [Fate(a, b, ORDER[i % 3]) for i, (a, b) in enumerate(pairwise(places))]
    pattern = fates._WIDE if max(text) >= "\u3040" else fates._WORD
    starts = [word.start() for word in pattern.finditer(text)]
    wanted = Counter(span.fate for at in starts for span in spans if span.start <= at < span.end)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fates, "_PIECE", piece)
        counts = account(text, spans)
    assert {fate: counts[fate] for fate in ORDER if counts[fate]} == dict(wanted)


def test_without_a_rule_is_a_run_without_it() -> None:
    text = "KOVAC: One.\n\nLIND: Two.\n\nSource link\n\nComments are closed.\n"
    whole = clean(text.encode(), "talk", BOOK, Options(format="text"))
    less = clean(
        text.encode(),
        "talk",
        BOOK,
        Options(format="text", without=frozenset({"boilerplate/wordpress/comments-closed"})),
    )
    assert "Comments" not in whole.document.text and "Comments are closed." in less.document.text
    assert [p.finding.rule for p in removed(less)] == []  # the tail is peeled from the end
