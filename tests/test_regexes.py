"""Patterns that a wheel brings compiled are those that this Python would compile itself."""

import re
from collections.abc import Iterator

import pytest

from cleanup import regexes
from cleanup.regexes import READY, late, ready, restore, saved

CASES = [
    (r"(?P<name>[A-Z]\w+) (said|says)\b", 0),
    (r"comments? (?:are|is) closed", int(re.IGNORECASE | re.MULTILINE)),
    (r"^[À-ÖØ-Þ中-龥]{2,}(?<=\w)\s?[:：]", int(re.MULTILINE)),
    (r"(?i:straße)|[^\W\d_a-zß-öø-ÿ]\x00?", 0),
]
TEXT = "Comment is closed\nLIND: STRASSE, Straße; Kovac said:\n記者: ÄÖÜ： no\nMaria says"


@pytest.fixture(autouse=True)
def untouched() -> Iterator[None]:
    before = dict(READY), regexes._programs
    yield
    READY.clear()
    READY.update(before[0])
    regexes._programs = before[1]


@pytest.mark.parametrize(("pattern", "flags"), CASES)
def test_a_saved_pattern_is_the_pattern(pattern: str, flags: int) -> None:
    restore(saved(CASES))
    assert (pattern, flags) in READY
    made, own = ready(pattern, flags), re.compile(pattern, flags)
    assert [(m.span(), m.groups()) for m in made.finditer(TEXT)] == [(m.span(), m.groups()) for m in own.finditer(TEXT)]
    assert (made.pattern, made.flags, made.groups) == (own.pattern, own.flags, own.groups)
    assert dict(made.groupindex) == dict(own.groupindex)
    assert any(own.finditer(TEXT))


def test_what_another_python_made_is_left() -> None:
    data = saved(CASES)
    restore(b"pypy310 1 4 big\n" + data.partition(b"\n")[2])
    restore(b"")
    assert not {pattern for pattern, _ in READY} & {pattern for pattern, _ in CASES}


def test_late_patterns_are_saved_too() -> None:
    pattern = late(r"gangway \d+", re.IGNORECASE)
    restore(saved([]))
    assert (r"gangway \d+", int(re.IGNORECASE)) in READY
    assert pattern.findall("Gangway 12") == ["Gangway 12"]
