"""Captions that were read and written again say the same turns, at the same times."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanup.kinds import KINDS
from cleanup.pipeline import clean
from cleanup.rulebook import open_book
from cleanup.script import Block
from cleanup.stages import Options
from cleanup.writers.cues import cues
from cleanup.writers.exports import Transcript, write

BOOK = open_book(kinds=KINDS)
WHO = st.sampled_from(["Ana Lind", "Mira Kovac", None])
SAID = st.lists(
    st.sampled_from(["the", "ferry", "left,", "at", "nine.", "Really?", "AT&T", "日本", "<i>so</i>"]), min_size=1
).map(" ".join)
ROWS = st.lists(st.tuples(WHO, SAID, st.integers(400, 9_000), st.integers(0, 4_000)), min_size=4, max_size=10)


def blocks(data: str, form: str) -> tuple[Block, ...]:
    return clean(data.encode(), f"talk.{form}", BOOK, Options(format=form)).blocks()


def captions(rows: list[tuple[str | None, str, int, int]]) -> str:
    """Return WebVTT of rows of (speaker, words, length, pause), in milliseconds."""
    pieces, at = ["WEBVTT"], 0
    for who, said, length, pause in rows:
        times = (f"00:{t // 60_000:02}:{t // 1000 % 60:02}.{t % 1000:03}" for t in (at, at + length))
        voice = f"<v {who}>" if who else "<v —>"
        pieces.append(f"{' --> '.join(times)}\n{voice}{said.replace('&', '&amp;')}")
        at += length + pause
    return "\n\n".join(pieces) + "\n"


def seen(made: tuple[Block, ...]) -> list[tuple[str, str | None, str, bool]]:
    return [(b.kind, b.speaker, " ".join(b.text.split()), b.continues) for b in made if b.kind != "note"]


@given(ROWS)
def test_vtt_is_read_back_as_the_same_turns(rows: list[tuple[str | None, str, int, int]]) -> None:
    first = clean(captions(rows).encode(), "talk.vtt", BOOK, Options(format="vtt"))
    known = Transcript(first.blocks(), first.cast, first.chosen, first.language, "talk")
    again = blocks(write("vtt", known), "vtt")
    assert seen(again) == seen(first.blocks())
    assert [(c.at, c.until) for c in cues(again)] == [(c.at, c.until) for c in cues(first.blocks())]


@pytest.mark.parametrize("form", ["vtt", "srt"])
def test_each_caption_keeps_its_own_time(form: str) -> None:
    talk = [
        ("Ana Lind", "It rained,"),
        ("Ana Lind", "and rained."),
        ("Mira Kovac", "Yes."),
        ("Ana Lind", "So."),
        ("Mira Kovac", "No."),
    ]
    raw = captions([(who, said, 900 + number, 50) for number, (who, said) in enumerate(talk)])
    first = clean(raw.encode(), "talk.vtt", BOOK)
    made = write(form, Transcript(first.blocks(), first.cast, first.chosen, "en", "talk"))
    found = list(cues(blocks(made, form)))
    assert [(c.at, c.until) for c in found[:2]] == [(0, 900), (950, 1_851)]
    assert [(c.speaker, c.text) for c in found] == talk
