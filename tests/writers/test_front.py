"""Front matter reads back as what was written, in any reader of YAML."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cleanup.formats.front import credit, read
from cleanup.writers.front import Verbatim, front_matter, tame
from cleanup.yamlfile import quoted
from tests.strategies import anything
from tests.writers.hostile import SAID
from tests.writers.test_escape import plain, seen

TRAPS = (
    "no", "yes", "on", "null", "~", "12:30", "12:30:45", "017", "1_000", "0x1f", "1e3", "2024-13-45", "2024-01-02", "*a", ":a", "&a b", "'",
    '"q"', "#", "a # b", "- x", "? x", "!!python/object:x", "{x: y}", "[x]", "|", ">", "%", "@x", "`x`", "a: b", "<<", "=", "C:\\new", "😀",
    "\x85", "\x7f", "\u2028", "\ufeff", "\ufffe", "---", "...", "é", "日本語", " x ", "",
)  # fmt: skip
keys = st.text("abcdefgh", min_size=1, max_size=8)
people = st.lists(
    st.dictionaries(st.sampled_from(["label", "name", "role"]), anything.filter(bool), min_size=1), max_size=3
)


def load(block: str) -> Any:
    return yaml.safe_load(block.removeprefix("---\n").removesuffix("---\n"))


@pytest.mark.parametrize("text", TRAPS)
def test_every_string_stays_a_string(text: str) -> None:
    assert load(f"---\nx: {quoted(text)}\n---\n") == {"x": text}


@given(
    st.dictionaries(keys, st.one_of(anything.filter(bool), st.lists(anything, min_size=1), st.just(True)), min_size=1),
    people,
)
def test_what_is_written_reads_back(rows: dict[str, Any], people: list[dict[str, str]]) -> None:
    rows.pop("date", None)
    block = front_matter({**rows, "transcript": {"raw": "a/b.txt", "people": people}})
    expected = {**rows, "transcript": {"raw": "a/b.txt", **({"people": people} if people else {})}}
    assert load(block) == expected
    head = read(block)
    assert head is not None and head.end == len(block)
    assert [v.text for v in head.values if v.key == "transcript.raw"] == ["a/b.txt"]


@given(anything)
def test_no_reader_trips_over_a_character(text: str) -> None:
    made = quoted(text)
    assert not set(made) & set("\x00\x07\x7f\x85\u2028\u2029\ufeff\ufffe\uffff\n")
    assert "\\ud8" not in made.lower()  # halves of pairs break three readers out of six
    assert json.loads(made) == text


@given(anything)
def test_a_tamed_text_is_one_line_that_no_theme_runs(text: str) -> None:
    made = tame(text)
    assert not set(made) & set("<>{}\n\r\t\u2028") and made == made.strip() and tame(made) == made


def test_a_tamed_text_keeps_its_words() -> None:
    assert tame("A <b> {{ x }}\nand so on") == "A ‹b› (( x )) and so on"


def test_dates_stand_bare_and_only_whole_ones() -> None:
    assert front_matter({"date": "2024-01-02"}) == "---\ndate: 2024-01-02\n---\n"
    assert front_matter({"date": "2024"}) == '---\ndate: "2024"\n---\n'


def test_lines_of_others_stand_as_they_are() -> None:
    lines = "menu:\n  main: {weight: 5}   # last"
    assert front_matter({"title": "x", "menu": Verbatim(lines)}) == f'---\ntitle: "x"\n{lines}\n---\n'


def shows(texts: list[str]) -> None:
    said = [tame(plain(text)) for text in texts]
    line = credit({f"source.notices.{i}": text for i, text in enumerate(said)})
    assert (seen(line)[0] if line else "") == " · ".join(dict.fromkeys(text for text in said if text))


@given(st.lists(anything, min_size=1, max_size=3))
def test_a_credit_line_shows_what_front_matter_says(texts: list[str]) -> None:
    shows(texts)


@pytest.mark.parametrize("text", SAID)
def test_a_credit_line_shows_hostile_text(text: str) -> None:
    shows([text])
    shows(["Radio", text])


def test_a_credit_line_says_nothing_twice() -> None:
    rows = {"source.name": "NPR", "source.copyright": "Copyright 2021 NPR", "source.notices.0": "NPR"}
    assert credit(rows) == "*NPR · Copyright 2021 NPR*"
    assert credit({}) == ""
