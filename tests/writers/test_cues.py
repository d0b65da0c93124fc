"""Lines that read as a sound on a page are written so that they say what they are (law 10)."""

import json

import pytest

from cleanup.kinds import KINDS
from cleanup.pipeline import publish
from cleanup.rulebook import open_book

BOOK = open_book(kinds=KINDS)
CUES = (
    "Break:", "**Break:**", "BREAK:", "MUSIC", "MUSIC: theme goes on", "Music", "*Music:* [0:12]", "Break: 01:33", "Break: (0:12)",
    "**Break:** [01:33] to [03:00]", "Break：", "# MUSIC", "Intro music:", "SOUND: *a bell*", 'MUSIC: "Theme"',
)  # fmt: skip


def inputs(cue: str) -> dict[str, str]:
    """Return transcripts with a line in the middle of a turn, alone and among others, by the names of files."""
    times = [f"00:00:0{n},000 --> 00:00:0{n},900" for n in range(1, 5)]
    said = ("KOVAC: Good evening.", cue, "LIND: Hello.", f"{cue}\nand more")
    rows = [("Kovac", "Good evening."), ("Kovac", cue), ("Lind", cue)]
    return {
        "talk.txt": f"KOVAC: Good evening.\n\n{cue}\n\nLIND: Hello.\n\nKOVAC: Yes {cue}\n\nLIND: No.\n",
        "close.txt": f"KOVAC: Good evening to you.\n{cue}\nLIND: Hello.\n{cue}\nMore words of hers.\nKOVAC: Yes.\n",
        "talk.md": f"**KOVAC:** Good evening.\n\n{cue}\n\n**LIND:** {cue}\n\n**KOVAC:** Hello\n{cue}\nand more.\n",
        "talk.html": f"<p><b>KOVAC:</b> Good evening.</p><p>{cue}</p><p><b>LIND:</b> Hello.</p><p><b>{cue}</b></p>",
        "talk.srt": "\n".join(f"{n}\n{at}\n{line}\n" for n, (at, line) in enumerate(zip(times, said, strict=True), 1)),
        "talk.vtt": f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Kovac>Good evening.\n\n00:03.000 --> 00:04.000\n<v Lind>{cue}\n",
        "talk.json": json.dumps({"segments": [{"speaker": w, "start": n, "end": n + 1, "text": t} for n, (w, t) in enumerate(rows)]}),
    }  # fmt: skip


@pytest.mark.parametrize("cue", CUES)
@pytest.mark.parametrize("name", inputs(""))
def test_a_page_says_what_is_a_sound_and_what_was_said(cue: str, name: str) -> None:
    assert "Good evening" in publish(inputs(cue)[name].encode(), name, BOOK)


def test_a_word_that_reads_as_a_sound_is_written_in_another_way() -> None:
    page = publish(inputs("Break:")["close.txt"].encode(), "close.txt", BOOK)
    assert "\n&#66;reak:\n" in page


def test_brackets_over_the_end_of_a_wrapped_line_are_words_on_the_page_too() -> None:
    long = "This is what was said for a while until the line was full, and it went on (loud\napplause) and then\nshe went on for a while as well, so that the lines are of one width and end in the midst\nof it."
    text = "".join(f"{name}: {long}\n\n" for name in ("KOVAC", "LIND", "KOVAC", "LIND"))
    assert "&#40;loud applause)" in publish(text.encode(), "talk.txt", BOOK)
