"""Patterns that a wheel brings compiled are those that this Python would compile itself."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

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
    before = dict(READY), regexes._file, regexes._places
    yield
    if regexes._file != before[1]:
        os.close(regexes._file)
    READY.clear()
    READY.update(before[0])
    _, regexes._file, regexes._places = before


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "patterns.bin").write_bytes(saved(CASES))
    return tmp_path / "patterns.bin"


@pytest.mark.parametrize("known", [(), [pattern for pattern, _ in CASES[1:]]])
@pytest.mark.parametrize(("pattern", "flags"), CASES)
def test_a_saved_pattern_is_the_pattern(pattern: str, flags: int, known: Sequence[str], file: Path) -> None:
    file.write_bytes(saved(CASES, known))
    restore(file, known)
    assert pattern in READY[flags]
    made, own = ready(pattern, flags), re.compile(pattern, flags)
    assert [(m.span(), m.groups()) for m in made.finditer(TEXT)] == [(m.span(), m.groups()) for m in own.finditer(TEXT)]
    assert (made.pattern, made.flags, made.groups) == (own.pattern, own.flags, own.groups)
    assert dict(made.groupindex) == dict(own.groupindex)
    assert any(own.finditer(TEXT))


@pytest.mark.parametrize("head", [b"pypy310 1 4 big\n", b""])
def test_what_another_python_made_is_left(head: bytes, file: Path) -> None:
    file.write_bytes(head and head + file.read_bytes().partition(b"\n")[2])
    restore(file)
    assert not any(pattern in READY.get(flags, {}) for pattern, flags in CASES)


def test_late_patterns_are_saved_too(file: Path) -> None:
    pattern = late(r"gangway \d+", re.IGNORECASE)
    file.write_bytes(saved([]))
    restore(file)
    assert r"gangway \d+" in READY[int(re.IGNORECASE)]
    assert pattern.findall("Gangway 12") == ["Gangway 12"]
