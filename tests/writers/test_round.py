"""Captions that were read and written again say the same turns, at the same times."""

import json
from operator import itemgetter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleanup.kinds import KINDS
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.rulebook import open_book
from cleanup.script import Block
from cleanup.writers.cues import cues
from cleanup.writers.exports import write

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
    again = blocks(write("vtt", first.script("talk")), "vtt")
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
    made = write(form, first.script("talk")._replace(language="en"))
    found = list(cues(blocks(made, form)))
    assert [(c.at, c.until) for c in found[:2]] == [(0, 900), (950, 1_851)]
    assert [(c.speaker, c.text) for c in found] == talk


PLAIN = (
    "So it rained.", "Clearly: it rained.", "Ana Lind: I said.", "Note: this", "And he asked:", "- No.", "(laughs)", "1986",
    "Step 1: wait", "NOTE that", "-->", "WEBVTT", "♪ la ♪", "Frage: wann?", "the the",
)  # fmt: skip
TRAPS = (
    *PLAIN, "[aside]", "https://a.example/x", "Transcribed by Someone", "Subtitles by the Amara.org community", ">> Yes.", "it&amp;s", "{\\an8}now", "<b>", "My name is Ana Lind.", "Thank you, Mira.", "This is Vera Holm of Radio Norvik."
)  # fmt: skip
"""Words that another format, or somebody who reads labels and names out of words, takes for signs."""
PEOPLE = ("Ana Lind", "Mira", "KOVAC", "SPEAKER_00", "spk_1", "2", "DR. LIND, HOST", "Q", None)


def talks(people: tuple[str | None, ...], said: tuple[str, ...]) -> st.SearchStrategy[list[tuple[str | None, str]]]:
    words = st.lists(st.sampled_from(said), min_size=1, max_size=3).map(" ".join)
    return st.lists(st.tuples(st.sampled_from(people), words), min_size=1, max_size=8)


def heard(talk: list[tuple[str | None, str]]) -> bytes:
    """Return what a recogniser writes: who spoke is stated, whatever was said."""
    rows = [
        {"start": number * 4, "end": number * 4 + 3, "text": said, **({"speaker": who} if who else {})}
        for number, (who, said) in enumerate(talk)
    ]
    return json.dumps({"segments": rows}).encode()


def turns(made: tuple[Block, ...]) -> list[tuple[str, str | None, str]]:
    """Return who says or what is heard; turns of one speaker that only a heading parted are one."""
    rows: list[tuple[str, str | None, str]] = []
    for block in made:
        said = " ".join(block.text.split())
        goes_on = block.speaker or block.continues
        if block.kind == "turn" and goes_on and rows and rows[-1][:2] == ("turn", block.speaker):
            said = f"{rows.pop()[2]} {said}"
        if block.kind in ("turn", "sound") and said:
            rows.append((block.kind, block.speaker, said))
    return rows


def same(form: str, data: bytes, path: str) -> None:
    first = clean(data, path, BOOK)
    assume(any(block.at is not None for block in first.blocks()))
    made = write(form, first.script("talk"))
    assert turns(blocks(made, form)) == turns(first.blocks())


@given(talks((*PEOPLE, "Lind", "remote guest", "<Ana> & Co"), TRAPS))
def test_vtt_of_any_script_says_the_same_turns(talk: list[tuple[str | None, str]]) -> None:
    same("vtt", heard(talk), "talk.json")


@given(
    talks(PEOPLE, PLAIN)
    .filter(lambda talk: all(who or ":" not in said for who, said in talk))
    .map(lambda talk: talk[:4])
)
def test_subrip_says_the_same_turns_where_its_words_are_no_markup(talk: list[tuple[str | None, str]]) -> None:
    same("srt", heard(talk), "talk.json")


@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from(["Ana Lind", "Mira"]), st.sampled_from(PLAIN)),
        min_size=6,
        unique_by=itemgetter(2),
    ),
    st.sampled_from(["vtt", "srt"]),
)
def test_turns_without_a_time_of_their_own_stay_turns(talk: list[tuple[bool, str, str]], form: str) -> None:
    rows = (f"**{who}:** {f'[0:{9 + number:02}] ' * timed}{said}" for number, (timed, who, said) in enumerate(talk))
    same(form, ("**Mira:** [0:01] Good evening.\n\n" + "\n\n".join(rows) + "\n").encode(), "talk.md")
