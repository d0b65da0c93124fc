"""Captions, HTML, JSON-LD and plain text: every word is there, and somebody else's reader takes them."""

import json
import re
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pysubs2
import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from cleanup.document import Cast, Speaker
from cleanup.findings import Fact
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.rulebook import Rulebook
from cleanup.script import Block, Run, Script
from cleanup.writers.clock import clock, duration, exact
from cleanup.writers.cues import cues
from cleanup.writers.exports import EXPORTS, write
from tests.conftest import TALK
from tests.conftest import Run as Call

TIMED = """Harbour talk

[0:00] MIRA KOVAC: Good evening, and <welcome> to the *harbour* & the quay.

[0:04] ANA LIND: I am glad to be here. (LAUGHTER) Really.

It was a long way.

[1:02:03] MIRA KOVAC: When do the boats go out again?
"""
TIMED_FORMS = sorted(name for name, row in EXPORTS.items() if row.timed)

_words = st.lists(st.sampled_from(["ferry", "<b>", "&", "-->", "é", "*so*", "日本", "1.", "it's"]), min_size=1).map(
    " ".join
)
_blocks = st.lists(
    st.builds(
        lambda kind, text, speaker, at, continues: Block(
            kind, (Run("text", text),), 0, 1, speaker if kind == "turn" else None, at=at, continues=continues
        ),
        st.sampled_from(["turn", "turn", "sound"]), _words, st.sampled_from([None, "Ana Lind", "KOVAC"]),
        st.one_of(st.none(), st.integers(0, 10_000_000)), st.booleans(),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


def transcript(text: str, book: Rulebook, **stated: str) -> Script:
    return clean(text.encode(), "harbour-talk.txt", book, Options(stated=stated)).script("harbour-talk")


def made(blocks: list[Block]) -> Script:
    return Script(blocks, Cast((Speaker("KOVAC", ("KOVAC",)), Speaker("L", ("L",), "Ana Lind"))), {}, "en", "talk")


def said(blocks: list[Block]) -> list[str]:
    return [word for block in blocks for word in block.text.split()]


@given(_blocks)
def test_no_caption_loses_a_word(blocks: list[Block]) -> None:
    found = list(cues(blocks))
    assert [word for cue in found for word in cue.text.split()] == said(blocks)
    assert all(cue.at < cue.until for cue in found)


@given(_blocks, st.integers(0, 5_000))
def test_another_reader_finds_the_same_captions(blocks: list[Block], at: int) -> None:
    timed = [block._replace(at=at + 3_000 * number) for number, block in enumerate(blocks)]
    wanted = list(cues(timed))
    read = webvtt.from_string(write("vtt", made(timed))).captions
    assert [(c.start, c.end) for c in read] == [(exact(c.at), exact(c.until)) for c in wanted]
    assert [unescape(c.text).split() for c in read] == [c.text.split() for c in wanted]
    assert [c.voice for c in read if c.voice not in (None, "—")] == [c.speaker for c in wanted if c.speaker]
    subs = pysubs2.SSAFile.from_string(write("srt", made(timed)), format_="srt", keep_unknown_html_tags=True)
    assert [(event.start, event.end) for event in subs] == [(c.at, c.until) for c in wanted]
    rows = json.loads(write("podcast", made(timed)))["segments"]
    assert [row["body"] for row in rows] == [c.text for c in wanted]


@given(_blocks)
def test_text_holds_every_word_and_each_change_of_speaker(blocks: list[Block]) -> None:
    words = write("text", made(blocks)).split()
    bare = [word for word in words if word not in ("Ana", "Lind:", "KOVAC:")]
    assert bare == said(blocks)


class _Shown(HTMLParser):
    """Collects what a reader of a page sees, and the tags."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside not in ("script", "title", "cite", "h1", "time"):
            self.words += data.split()


@given(_blocks)
def test_html_shows_every_word_and_no_tag_of_the_speech(blocks: list[Block]) -> None:
    shown = _Shown()
    shown.feed(write("html", made(blocks)))
    assert shown.words == said(blocks)
    assert "b" not in shown.tags and shown.tags.count("script") == 1


def test_html_keeps_emphasis_of_markdown_and_names_speakers_once(book: Rulebook) -> None:
    raw = "**Mira Kovac:** It is *late*.\n\n**Ana Lind:** Is it?\n\n**Mira Kovac:** [Look](https://a.example/x).\n\nYes.\n"
    html = write("html", transcript(raw, book))
    assert "<em>late</em>" in html and '<a href="https://a.example/x">Look</a>' in html
    assert html.count("<cite>Mira Kovac:</cite>") == 2 and "<p>Yes.</p>" in html


def test_json_ld_says_what_is_known_and_nothing_else(book: Rulebook) -> None:
    thing = json.loads(write("jsonld", transcript(TIMED, book, date="2024-03-01", source="Radio Norvik")))
    assert (thing["@type"], thing["headline"], thing["datePublished"]) == ("Article", "Harbour talk", "2024-03-01")
    assert thing["publisher"] == {"@type": "Organization", "name": "Radio Norvik"}
    assert [row["name"] for row in thing["contributor"]] == ["Mira Kovac", "Ana Lind"]
    assert "description" not in thing and "associatedMedia" not in thing and "When do the boats" in thing["articleBody"]
    known = transcript(TIMED, book)
    media = known._replace(chosen={**known.chosen, "media": Fact("media", "https://a.example/talk.MP4?x=1", "x")})
    assert json.loads(write("jsonld", media))["associatedMedia"]["@type"] == "VideoObject"


def test_a_script_cannot_be_closed_from_within(book: Rulebook) -> None:
    html = write("html", transcript(TIMED, book, title="</script><script>alert(1)</script>"))
    known = re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL)
    assert len(known) == 1 and json.loads(known[0])["headline"].startswith("</script>")


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_each_form_is_written_and_left_alone_once_a_hand_has_been_there(name: str, run: Call) -> None:
    Path("talk.txt").write_text(TIMED)
    ran = run("publish", "talk.txt", "--to", name, "-o", "out")
    file = Path("out", "talk" + EXPORTS[name].suffix)
    assert ran.code == 0 and ran.lines[-2:] == [f"wrote {file}", "1 transcript · 0 remarks"]
    assert run("publish", "talk.txt", "--to", name, "-o", "-").out == file.read_text("utf-8")
    again = run("publish", "talk.txt", "--to", name, "-o", "out")
    assert again.code == 0 and f"{file} is up to date" in again.err
    file.write_text(file.read_text("utf-8").replace("evening", "morning"), "utf-8")
    ran, text = run("publish", "talk.txt", "--to", name, "-o", "out"), file.read_text("utf-8")
    assert ran.code == 3 and len(ran.lines) == 1 and str(file) in ran.err and "morning" in text


@pytest.mark.parametrize("name", ["vtt", "html"])
def test_what_no_hand_has_touched_is_replaced(name: str, run: Call) -> None:
    Path("talk.txt").write_text(TIMED)
    assert run("publish", "talk.txt", "--to", name, "-o", "out").code == 0
    Path("talk.txt").write_text(TIMED.replace("evening", "morning"))
    assert run("publish", "talk.txt", "--to", name, "-o", "out").code == 0
    assert "morning" in Path("out", "talk" + EXPORTS[name].suffix).read_text("utf-8")


@pytest.mark.parametrize("name", TIMED_FORMS)
def test_a_transcript_without_times_is_refused_in_one_line(name: str, run: Call) -> None:
    Path("talk.txt").write_text(TALK)
    ran = run("publish", "talk.txt", "--to", name, "-o", "out")
    assert ran.code == 3 and ran.lines == [
        f"cleanup: talk.txt: has no times, which {name} needs; html and text do without"
    ]
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("times", "shown"), [("off", "Good evening"), ("turns", "[0:00] Good"), ("links", "[0:00] Good")]
)
def test_pages_carry_times_and_read_back(times: str, shown: str, run: Call) -> None:
    Path("talk.txt").write_text(TIMED)
    ran = run("publish", "talk.txt", "--times", times, "-o", "-")
    assert ran.code == 0 and f"**Mira Kovac:** {shown}" in ran.out and "read back and equal" in ran.err


def test_times_link_into_the_recording(run: Call) -> None:
    head = "---\naudio: https://a.example/talk (1).mp3\n---\n"
    Path("talk.md").write_text(head + TIMED)
    Path("cleanup.yaml").write_text("times: links\n")
    ran = run("publish", "talk.md", "-o", "-")
    assert ran.code == 0 and "[1:02:03](https://a.example/talk%20%281%29.mp3#t=3723) When" in ran.out, ran.err
    Path("page.md").write_text(ran.out)
    back = json.loads(run("publish", "page.md", "--to", "json", "-o", "-").out)
    assert [b["at"] for b in back["blocks"] if b["at"] is not None] == [0.0, 4.0, 3723.0]


@given(st.integers(0, 400_000_000))
def test_a_time_is_the_same_in_each_spelling(at: int) -> None:
    hours, minutes, seconds = exact(at).split(":")
    assert timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds)) == timedelta(milliseconds=at)
    assert timedelta(seconds=float(duration(at)[2:-1])) == timedelta(milliseconds=at)
    fields = [int(field) for field in clock(at).split(":")]
    assert sum(field * 60**power for power, field in enumerate(reversed(fields))) == at // 1000


def test_vtt_is_taken_whole(book: Rulebook) -> None:
    read = webvtt.from_buffer(StringIO(write("vtt", transcript(TIMED, book)))).captions
    assert [c.voice for c in read] == ["Mira Kovac", "Ana Lind", "Mira Kovac"]
    assert [c.start for c in read] == ["00:00:00.000", "00:00:04.000", "01:02:03.000"]
