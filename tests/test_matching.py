import re
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from cleanup import matching
from cleanup.literals import FLAGS, fold, keys
from cleanup.matching import Matcher, Needle, terms

PATTERNS = (
    r"\bharbou?r\b",
    r"(?:the|a) ferry",
    r"\d{2,4} boats?",
    r"so (?:it|she) rained",
    r"^quay: .{1,20}",
    r"(?<=\w),(?=\d{3}\b)",
    r"[ab]+c",
    r"\bdepends? (?:of|from)(?= (?:the|a)\b)",
    r"(?:(?<=^)|(?<=\. ))(?:the )?mates? (?:is|was)\b",
    r"(?:the|a) ferry[^\n]{0,12} (?:rained|boats?)\b",
    r"\w{1,9} (?:mate|ferry) (?=[^\n]{0,9}(?:harbor|depends))",
    r"\d[\d,]{0,5}(?: ?%| boats)",
    r"\w[ \w]{1,20} rained",
)


@given(
    st.lists(
        st.sampled_from(
            [
                "harbor ",
                "HARBOUR",
                "the ferry",
                "a Ferry",
                "12 boats",
                "so it rained",
                "quay: x",
                "1,000",
                "\n",
                "ſo it rained",
                "İ",
                "aabc",
                "depend of the ",
                "depends from a ",
                "the mate was ",
                ". mates is ",
                " ",
            ]
        ),
        max_size=30,
    )
)
def test_it_finds_what_a_loop_finds_however_long_a_line_is(pieces: list[str]) -> None:
    text = "".join(pieces)
    wanted = {
        (i, m.start(), m.end())
        for i, p in enumerate(PATTERNS)
        for m in re.finditer(p, text, FLAGS)
        if m.end() > m.start()
    }
    wanted = {row for row in wanted if "\n" not in text[row[1] : row[2]]}
    for wide in (4096, 0):
        with mock.patch.object(matching, "_WIDE", wide):
            matcher = Matcher([Needle(i, p, keys(p)) for i, p in enumerate(PATTERNS)])
            assert {(h.rule, h.start, h.end) for h in matcher.find(text)} == wanted


@given(st.text(max_size=50))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_terms_are_bounded_by_words() -> None:
    rows = terms(["new quay", "um"])
    matcher = Matcher([Needle(i, pattern, found) for i, (pattern, found) in enumerate(rows)])
    assert [(h.rule, h.groups["0"]) for h in matcher.find("a New  Quay, um, umbrella")] == [(0, "New  Quay"), (1, "um")]


def test_a_pattern_without_a_literal_has_no_key() -> None:
    assert keys(r"[ \t]+x") == () and keys(r"(?:ab|cd)+")[0][0] == "ab\ncd"


def test_keys_are_texts_that_stand_in_few_places() -> None:
    assert keys(r"\bdepends? (?:of|from)\b") == (("depend of\ndepend fro\ndepends of\ndepends fr", 0, 0),)
    assert [texts for texts, _, _ in keys(r"\w{1,9} of of")] == [" of of"]
    assert keys(r"\ban (?=(?:union|user)\b)") == (("an union\nan user", 0, 0),)
    assert [texts for texts, _, _ in keys(r"(?:a|the|\d{1,3}) (ship|boat)s (?=\w)")] == [" ships \n boats "]
    assert keys(r"\bpeople \w{2,9} moles\b") == ((" moles", 9, 16),), "people are everywhere"
    ((texts, low, high), *_) = keys(
        r"\b(?:I|we|they|you) (?:want|like|need|know|see|go|take|get|have|make|think|work|come) (?:a|the|it|that)\b"
    )
    assert len(texts.split("\n")) > 48 and (low, high) == (0, 0), "each word is everywhere, all three are not"
