"""Other people's readers as judges: on well-formed files they find the same captions, with the same words and times."""

import re
from typing import NamedTuple

import pysubs2
import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from cleanup.formats import document, make
from tests.formats.test_split import SOUNDS

WORD = re.compile(r"\w+")


class Cue(NamedTuple):
    """A caption as a judge sees it: milliseconds and words."""

    at: int
    until: int
    words: list[str]


def ours(name: str, text: str) -> list[Cue]:
    """Return the captions that we find; whom a format names as the speaker is no word of them."""
    read = document(text, make(name, SOUNDS))
    cues: list[Cue] = []
    for part in read.parts:
        if part.kind == "stamp" and part.form == "cue":
            cues.append(Cue(part.at or 0, 0, []))
        elif part.kind == "stamp" and part.form == "until":
            cues[-1] = cues[-1]._replace(until=part.at or 0)
        elif part.kind in ("words", "sound") and part.form != "voice":
            cues[-1].words.extend(WORD.findall(read.words(part)))
    return cues


said = st.lists(
    st.sampled_from(["The ferry", "<i>left</i>", "at 9", "- No", "(laughs)", "Ana: yes", "für", "だ", "1986"]),
    min_size=1,
    max_size=5,
)
lines = st.lists(
    said.map(" ".join).filter(
        lambda line: not line.replace(" ", "").isdigit()
    ),  # pysubs2 takes such a last line for a number
    min_size=1,
    max_size=3,
)
talks = st.lists(st.tuples(st.integers(0, 3_599_000), st.integers(1, 9000), lines), min_size=1, max_size=8)


@given(talks)
def test_webvtt(talk: list[tuple[int, int, list[str]]]) -> None:
    text = "WEBVTT\n\n" + "\n\n".join(
        f"{_clock(at, '.')} --> {_clock(at + length, '.')}\n" + "\n".join(said) for at, length, said in talk
    )
    judged = [Cue(_ms(c.start), _ms(c.end), WORD.findall(c.text)) for c in webvtt.from_string(text).captions]
    assert ours("vtt", text) == judged


@given(talks, st.sampled_from(["srt", "ass", "ttml"]))
def test_pysubs2(talk: list[tuple[int, int, list[str]]], name: str) -> None:
    subs = pysubs2.SSAFile()
    for at, length, said in sorted(talk):
        plain = [re.sub(r"</?i>", "", line) for line in said]
        subs.append(pysubs2.SSAEvent(start=at // 10 * 10, end=(at + length) // 10 * 10, text="\\N".join(plain)))
    text = subs.to_string(name)
    judged = [Cue(e.start, e.end, WORD.findall(e.plaintext)) for e in pysubs2.SSAFile.from_string(text, name)]
    assert ours(name, text) == judged


def test_what_judges_lose_is_here() -> None:
    """The reason why none of them reads for us."""
    text = "WEBVTT\n\n0.860 --> 7.380\nThe ferry left\n\n7.380 --> 9.000\nat noon\n"
    assert not webvtt.from_string(text).captions
    assert [cue.words for cue in ours("vtt", text)] == [["The", "ferry", "left"], ["at", "noon"]]


def _clock(ms: int, point: str) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}{point}{ms % 1000:03}"


def _ms(clock: str) -> int:
    hours, minutes, seconds = clock.split(":")
    return int(hours) * 3_600_000 + int(minutes) * 60_000 + round(float(seconds) * 1000)


@pytest.mark.parametrize(
    "text",
    ["<v " * 20_000, "<" * 50_000, "<!--" * 20_000, "<![CDATA[" * 9_000, "{\\" * 30_000, "00:00:01.000 --> " * 5_000, "1\n" * 50_000, "1:" * 50_000,
     "<p begin='1s'>" * 5_000, "<a b='" * 9_000, "&" * 90_000, " " * 100_000 + "1", "Dialogue: " * 9_000, "[Events]\n" + "Dialogue: ,,,\n" * 9_000],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
@pytest.mark.parametrize("name", ["vtt", "srt", "ass", "ttml"])
def test_trouble_ends(name: str, text: str) -> None:
    parts = document(text, make(name, SOUNDS)).parts
    assert sum(part.end - part.start for part in parts) == len(text)
