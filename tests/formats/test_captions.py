"""Captions: what each format says, what real files do against it, and that no word is lost."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanup.document import Importer, Splitter
from cleanup.formats import detect, document, make
from cleanup.formats.vtt import TIMING
from cleanup.options import Options
from cleanup.pipeline import as_page, clean
from cleanup.result import Result
from cleanup.rulebook import Rulebook
from cleanup.writers.sites import SITES
from tests.conftest import removed
from tests.formats.test_split import SOUNDS, check

FORMATS = {name: make(name, SOUNDS) for name in ("vtt", "srt", "ass", "ttml")}

PIECES = (
    "WEBVTT", "Kind: captions", "Language: en", "NOTE", "NOTE by Ana", "STYLE", "REGION", "1", "2", "42", "intro",
    "00:00:01.000 --> 00:00:02.000", "00:00:01,000 --> 00:00:02,000 X1:3", "00:02.000 --> 00:03.000 align:start", "0.860 --> 7.380",
    "00: 00: 01,000 -> 00: 00: 02,000", "00:00:09,000 --> 00:00:01,000", "\n", "\n\n", "\n", " ", "<v Ana Lind>", "</v>", "<c.red>", "</c>",
    "<00:00:01.500>", "<i>", "</i>", "<", ">", "&amp;", "&", "- ", "-", "KOVAC:", "the ferry", "left.", "(laughs)", "♪", "[0:12]", "{\\an8}", "{",
    "}", "-->", "\ufeff", "\u2028", "中文", "<br>", "[Script Info]", "Title: x", "[Events]", "Format: Start, End, Name, Text",
    "Dialogue: 0,0:00:01.00,0:00:02.00,Default,Ana,0,0,0,,", "Comment: 0,", "\\N", "\\h", "<tt>", "<body>", "<p begin='1s' end='2s'>", "</p>",
    "<br/>", "<span begin='1s'>", "<!--", "<![CDATA[", "]]>", "<!DOCTYPE x [", "<!ENTITY a 'b'>", "]>", "&a;", "<head>", "</head>",
)  # fmt: skip
captions = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=300)
@given(text=st.one_of(captions, st.text(st.characters(codec="utf-8"), max_size=60)))
def test_law_1_parts_cover_any_string(name: str, text: str) -> None:
    check(FORMATS[name], text)


@pytest.mark.parametrize("name", FORMATS)
@given(text=st.text(st.characters(codec="utf-8"), max_size=40))
def test_what_is_quoted_reads_as_it_was(name: str, text: str) -> None:
    assert FORMATS[name].plain(FORMATS[name].quote(text)) == text


@pytest.mark.parametrize("name", FORMATS)
@given(text=captions)
def test_each_timing_is_a_cue(name: str, text: str) -> None:
    if name in ("vtt", "srt"):
        assert sum(part.form == "cue" and part.kind == "stamp" for part in document(text, FORMATS[name]).parts) == len(
            TIMING.findall(text)
        )


def parts(form: Splitter | Importer, text: str) -> list[tuple[str, str]]:
    return [
        (p.kind, text[p.start : p.end])
        for p in document(text, form).parts
        if p.kind in ("words", "note", "value", "sound")
    ]


def spoken(name: str, text: str) -> list[str]:
    return [piece for kind, piece in parts(FORMATS[name], text) if kind == "words"]


VTT = """WEBVTT - the ferry

Kind: captions

STYLE
::cue { color: red }

NOTE read by Ana
in two lines

NOTE Confidence: 0.98

intro
00:01.000 --> 00:02.000 align:start position:0%
<v.loud Ana Lind>The <i>ferry</i>
<c.red>left</c> &amp; came

00:00:03.000 --> 00:00:04.000
so<00:00:03.500><c> long</c>
"""


def test_vtt() -> None:
    assert parts(FORMATS["vtt"], VTT) == [
        ("note", "- the ferry"), ("words", "Kind: captions"), ("note", "read by Ana"), ("note", "in two lines"), ("words", "Ana Lind"),
        ("words", "The"), ("words", "ferry"), ("words", "left"), ("words", "&amp; came"), ("words", "so"), ("words", "long"),
    ]  # fmt: skip
    stamps = [(p.at, p.form) for p in document(VTT, FORMATS["vtt"]).parts if p.kind == "stamp"]
    assert stamps == [(1000, "cue"), (2000, "until"), (3000, "cue"), (4000, "until"), (3500, "word")]


ASS = r"""[Script Info]
; by a program
Title: The ferry
PlayResX: 640

[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,read it again
Dialogue: 0,0:00:01.00,0:00:02.50,Default,Ana Lind,0,0,0,,The {\i1}ferry{\i0} left,\Nthen\hit rained.
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\p1}m 0 0 l 100 0{\p0}So long.
Dialogue: broken
"""


def test_ass(book: Rulebook) -> None:
    assert parts(FORMATS["ass"], ASS) == [
        ("value", "The ferry"), ("note", "read it again"), ("words", "Ana Lind"), ("words", "The"), ("words", "ferry"), ("words", "left,"),
        ("words", "then"), ("words", "it rained."), ("words", "So long."), ("words", "Dialogue: broken"),
    ]  # fmt: skip
    stamps = [(p.at, p.form) for p in document(ASS, FORMATS["ass"]).parts if p.kind == "stamp"]
    assert stamps == [(1000, "cue"), (2500, "until"), (3000, "cue"), (4000, "until")]
    result = run(book, ASS, "a.ass")
    assert result.chosen["title"].value == "The ferry"
    assert said(result) == [("Ana Lind", "The ferry left, then it rained. So long. Dialogue: broken")]


TTML = """<?xml version="1.0" encoding="UTF-8"?>
<!-- by a program -->
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xml:lang="en" ttp:frameRate="25">
  <head><metadata><ttm:title>The ferry</ttm:title><ttm:agent xml:id="a"><ttm:name>Ana</ttm:name></ttm:agent></metadata></head>
  <body><div>
    <p begin="00:00:01.500" end="00:00:02:05" ttm:agent="Ana Lind">The <span tts:color="red">ferry</span><br/>left &amp; came.</p>
    <p begin='3s' dur="500ms" ttm:agent="Jon Kovac"><span begin="3s" end="3.2s">So</span><span begin="3.2s" end="3.5s">long</span></p>
    <p begin="100t"><![CDATA[a < b]]></p>
  </div></body>
</tt>
"""


def test_ttml(book: Rulebook) -> None:
    assert parts(FORMATS["ttml"], TTML) == [
        ("value", "en"), ("value", "The ferry"), ("words", "Ana Lind"), ("words", "The"), ("words", "ferry"), ("words", "left &amp; came."),
        ("words", "Jon Kovac"), ("words", "So"), ("words", "long"), ("words", "a < b"),
    ]  # fmt: skip
    stamps = [(p.at, p.form) for p in document(TTML, FORMATS["ttml"]).parts if p.kind == "stamp"]
    assert stamps == [
        (1500, "cue"), (2200, "until"), (3000, "cue"), (3500, "until"), (3000, "word"), (3200, "word"), (3200, "word"), (3500, "word"), (100_000, "cue"),
    ]  # fmt: skip
    result = run(book, TTML, "a.ttml")
    assert (result.chosen["title"].value, result.language) == ("The ferry", "en")
    assert said(result) == [("Ana Lind", "The ferry left & came."), ("Jon Kovac", "So long\n\na < b")]


def test_entities_of_a_document_type_are_not_expanded(book: Rulebook) -> None:
    bomb = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(30))
    text = f"<!DOCTYPE tt [<!ENTITY a0 'ha'>{bomb}]>\n<tt><body><p begin='1s' end='2s'>&a30; so</p></body></tt>"
    assert said(run(book, text, "a.ttml")) == [(None, "&a30; so")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1\n00:00:01,000 --> 00:00:02,000\na\n2\n00:00:03,000 --> 00:00:04,000\nb\n", ["a", "b"]),
        ("00:00:01,000 --> 00:00:02,000\n1986\n\n00:00:03,000 --> 00:00:04,000\nb\n", ["1986", "b"]),
        ("1\n00:00:01,000 --> 00:00:02,000\n1986\n\n2\n00:00:03,000 --> 00:00:04,000\nb\n", ["1986", "b"]),
        ("00:00:01,000 --> 00:00:02,000\n\n1986\n\n00:00:03,000 --> 00:00:04,000\n\nb\n", ["1986", "b"]),
        ("7\n00:00:01,000 --> 00:00:02,000\na\n\nb\n\n7\n00:00:03,000 --> 00:00:04,000\nc\n", ["a", "b", "c"]),
        ("\n1\n\n00:00:01,000 --> 00:00:02,000\n\na\n\n2\n\n00:00:03,000 --> 00:00:04,000\n\nb\n", ["a", "b"]),
        ("0.860 --> 7.380\na\n\n7.4 --> 8.1\nb\n", ["a", "b"]),
        ("00:00:01.000 -> 00:00:02.000 X1:100 X2:3 Y1:4 Y2:5\na\n", ["a"]),
        ("1\n00: 00: 01,000 --> 00: 00: 02,000\na\n", ["a"]),
        ("00:00:01,000 --> 00:00:02,000 and so on\nb\n", ["and so on", "b"]),
        ("An old talk\n\n1\n00:00:01,000 --> 00:00:02,000\na\n", ["An old talk", "a"]),
        ("1\n00:00:01,000 --> 00:00:02,000\n{\\an8}a {b} <font color='red'>c</font> <3 d\n", ["a {b}", "c", "<3 d"]),
        ("1\n00:00:01,000 --> 00:00:", ["00:00:01,000 --> 00:00:"]),
        ("1\n00:00:01,000 --> 00:00:02,000\n", []),
    ],
)
def test_real_files_break_the_rules(text: str, words: list[str]) -> None:
    assert [w for w in spoken("srt", text) if w != "1"] == words


@pytest.mark.parametrize(
    ("text", "path", "name"),
    [
        ("00:00:01.000 --> 00:00:02.000\na\n", "a.txt", "vtt"),
        ("00:00:01.000 --> 00:00:02.000\na\n", "a.srt", "srt"),
        ("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\na\n", "a.srt", "vtt"),
        ("A title\n\n1\n00:00:01,000 --> 00:00:02,000\na\n", "a.srt", "srt"),
        ("A title\n\n1\n00:00:01,000 --> 00:00:02,000\na\n", "a.txt", "text"),
        ("0.860 --> 7.380\na\n", "a.vtt", "vtt"),
        ("No cue at all.\n", "a.srt", "text"),
        (ASS, "a.txt", "ass"),
        (TTML, "a.xml", "ttml"),
    ],
)
def test_detect(text: str, path: str, name: str) -> None:
    assert detect(text, path) == name


def run(book: Rulebook, text: str, name: str = "a.vtt") -> Result:
    return clean(text.encode(), name, book, Options())


def said(result: Result) -> list[tuple[str | None, str]]:
    return [(block.speaker, block.text) for block in result.blocks() if block.kind == "turn"]


def cues(*texts: str, step: float = 2.0, length: float = 1.9) -> str:
    rows = (f"{_clock(i * step)} --> {_clock(i * step + length)}\n{text}\n" for i, text in enumerate(texts))
    return "WEBVTT\n\n" + "\n".join(rows)


def _clock(seconds: float) -> str:
    return f"{int(seconds // 3600):02}:{int(seconds // 60 % 60):02}:{seconds % 60:06.3f}"


def test_captions_are_paragraphs(book: Rulebook) -> None:
    result = run(
        book, cues("The ferry left", "at noon.", "It rained.") + "\n00:01:00.000 --> 00:01:01.500\nThen it came back.\n"
    )
    (block,) = result.blocks()
    assert block.text == "The ferry left at noon. It rained.\n\nThen it came back."
    assert (block.at, block.until) == (0, 61500)
    assert result.cast.speech


def test_speakers_of_captions(book: Rulebook) -> None:
    voices = run(book, cues("<v Ana Lind>Good evening.", "<v Jon Kovac>Hello.</v> <v Ana Lind>Welcome."))
    assert said(voices) == [("Ana Lind", "Good evening."), ("Jon Kovac", "Hello."), ("Ana Lind", "Welcome.")]
    assert [(block.at, block.until) for block in voices.blocks()] == [(0, 1900), (2000, 3900), (2000, 3900)]
    labels = run(book, cues("LIND: Good evening", "to all.", "KOVAC: Hello.", "LIND: And?", "KOVAC: Well."))
    assert said(labels)[:2] == [("LIND", "Good evening to all."), ("KOVAC", "Hello.")]
    dashes = run(book, cues("- Do you promise?\n- I promise.", "-5 it was.", "- You do?\n- Yes, I", "do."))
    assert said(dashes) == [
        (None, "Do you promise?"),
        (None, "I promise. -5 it was."),
        (None, "You do?"),
        (None, "Yes, I do."),
    ]
    arrows = run(book, cues("&gt;&gt; Do you promise?", "&gt;&gt; I promise."))
    assert said(arrows) == [(None, "Do you promise?"), (None, "I promise.")]


def test_short_captions_are_no_labels(book: Rulebook) -> None:
    result = run(book, cues(*["YES", "the ferry left", "Okay", "and came back"] * 8))
    assert [speaker for speaker, _ in said(result)] == [None]


def test_terms_are_found_over_captions(book: Rulebook) -> None:
    text = cues("The Pentagon says that it is", "concerned about the convoy. He", "fears a blockade.")
    result = clean(text.encode(), "a.vtt", book, Options(language="en"))
    assert any("machine-translation" in placed.finding.rule for placed in result.findings)


def test_sounds_in_captions(book: Rulebook) -> None:
    result = run(book, cues("It was [music]", "all night.", "[applause]", "♪ so long ♪"))
    kinds = [(block.kind, block.text) for block in result.blocks()]
    assert kinds == [
        ("turn", "It was"), ("sound", "[music]"), ("turn", "all night."), ("sound", "[applause]"), ("sound", "♪ so long ♪"),
    ]  # fmt: skip


ROLLS = [
    "the ferry left", "the ferry left\nbefore<00:00:02.100><c> the</c><00:00:02.300><c> storm</c>", "before the storm\nand came back",
    "and came back", "and came back\n(music)", "(music)\nNo.", "No.\nNo.", "No.\nat noon",
]  # fmt: skip


def test_captions_that_roll_are_kept_once(book: Rulebook) -> None:
    result = run(book, cues(*ROLLS, length=2.0))
    assert [block.text for block in result.blocks()] == [
        "the ferry left before the storm and came back",
        "(music)",
        "No. No. at noon",
    ]
    (gone,) = removed(result)
    assert gone.finding.rule == "captions/rolling/again"
    assert len(gone.edits) == 7
    assert all(not text for *_, text in gone.edits)


def test_what_is_said_again_stays(book: Rulebook) -> None:
    apart = run(book, cues(*["Yes, we can do it again."] * 6, length=1.5))
    short = run(book, cues(*["No."] * 6, length=2.0))
    assert not removed(apart)
    assert not removed(short)


@pytest.mark.parametrize("number", ["", "1\n"])
def test_credits_of_subtitles_leave(book: Rulebook, number: str) -> None:
    rows = ("Subtitles: Ana Lind", "The ferry left.", "at noon", "www.titlovi.com")
    text = "\n\n".join(f"{number}00:00:0{i},000 --> 00:00:0{i},900\n{row}" for i, row in enumerate(rows))
    result = run(book, text, "a.srt")
    assert said(result) == [(None, "The ferry left. at noon")]
    assert len(removed(result)) == 2


def test_header_states_the_language(book: Rulebook) -> None:
    result = run(book, "WEBVTT\nKind: captions\nLanguage: pt-BR\n\n" + cues("Oi.").removeprefix("WEBVTT\n\n"))
    assert result.language == "pt-BR"
    assert said(result) == [(None, "Oi.")]


spoken_lines = st.lists(
    st.sampled_from(["The ferry left.", "- So?", "KOVAC: No", "<v Ana>Yes", "(laughs)", "1986", "a &lt;b&gt; *c*", "♪ la ♪", "# d", "NOTE it", "[x]"]),
    min_size=1, max_size=3,
).map("\n".join)  # fmt: skip


@given(st.lists(spoken_lines, min_size=1, max_size=12), st.sampled_from([2.0, 5.0]))
def test_pages_of_captions_read_back(book: Rulebook, texts: list[str], step: float) -> None:
    result = run(book, cues(*texts, step=step))
    assert (
        sum(result.account[fate] for fate in result.account if fate not in ("words", "changed"))
        == result.account["words"]
    )
    as_page(result, book, site=SITES["hugo"], stem="a", raw="a.vtt")


@given(captions, st.sampled_from(list(FORMATS)))
def test_no_word_of_captions_is_lost(book: Rulebook, text: str, name: str) -> None:
    """Every word stands in a block or in another fate, and the account adds up."""
    result = clean(text.encode(), "a", book, Options(format=name))
    body = sum(
        len(re.findall(r"ferry", block.text)) for block in result.blocks() if block.kind not in ("sound", "note")
    )
    elsewhere = sum(text[f.start : f.end].count("ferry") for f in result.spans() if f.fate != "body")
    assert body + elsewhere == text.count("ferry")


def test_times_may_go_back_and_overlap(book: Rulebook) -> None:
    text = "WEBVTT\n\n00:00:09.000 --> 00:00:01.000\nIt left.\n\n00:00:02.000 --> 00:00:08.000\nIt came.\n\n00:00:03.000 --> 00:00:04.000\nIt rained.\n"
    result = run(book, text)
    assert said(result) == [(None, "It left. It came. It rained.")]
    as_page(result, book, site=SITES["hugo"], stem="a", raw="a.vtt")


@pytest.mark.parametrize("cut", range(0, len(VTT), 7))
def test_a_file_that_breaks_off_is_read_so_far(book: Rulebook, cut: int) -> None:
    result = run(book, VTT[:cut] or " ")
    assert sum(len(re.findall("ferry", block.text)) for block in result.blocks() if block.kind == "turn") == max(
        0, VTT[:cut].count("ferry") - 1
    )


def test_ten_thousand_labels_and_a_long_one(book: Rulebook) -> None:
    many = run(book, cues(*(f"<v Speaker{i}>Word {i}." for i in range(10_000))))
    assert len(many.cast.speakers) == 10_000
    assert [(block.speaker, block.text) for block in many.blocks()][-1] == ("Speaker9999", "Word 9999.")
    name = "Ana " * 2500 + "Lind"
    assert [text for _, text in said(run(book, cues(f"<v {name}>Hello.", f"<v {name}>Again.")))] == ["Hello. Again."]


def test_right_to_left_marks_stay(book: Rulebook) -> None:
    text = cues("\u202bשלום\u202c לכולם", "\u2067مرحبا\u2069 <i>بكم</i>", "\u202eabc")
    (block,) = run(book, text).blocks()
    assert block.text == "\u202bשלום\u202c לכולם \u2067مرحبا\u2069 بكم \u202eabc"


COPIED = "Intro\n0:00\nso the ferry left\n0:03\nthe harbour at noon\n0:06\n[Music]\n0:09\nit was night\n0:12\nand it rained\n0:15\nall night\nThe storm\n1:02\nthen it came\n1:09\nback\n"


def test_transcripts_copied_from_a_player(book: Rulebook) -> None:
    result = run(book, COPIED, "a.txt")
    assert [(block.kind, block.at, block.text) for block in result.blocks()] == [
        ("heading", None, "Intro"), ("turn", 0, "so the ferry left the harbour at noon"), ("sound", 6000, "[Music]"),
        ("turn", 9000, "it was night and it rained all night"), ("heading", None, "The storm"), ("turn", 62000, "then it came back"),
    ]  # fmt: skip
    as_page(result, book, site=SITES["hugo"], stem="a", raw="a.txt")
    spelt = COPIED.replace("0:00\n", "0:00\n0 seconds\n").replace("1:02\n", "1:02\n1 minute, 2 seconds\n")
    assert [b.text for b in run(book, spelt, "a.txt").blocks()] == [b.text for b in result.blocks()]
    titled = run(book, "A ferry in March\n" + COPIED.partition("\n")[2].replace("The storm\n", ""), "a.txt")
    assert titled.chosen["title"].value == "A ferry in March"
    assert titled.blocks()[0].text.startswith("so the ferry left")


def test_the_first_line_of_a_recogniser_is_no_title(book: Rulebook) -> None:
    result = run(
        book, "so hello everyone and welcome back to\nthe harbour channel today we talk about\nthe ferry\n", "a.txt"
    )
    assert "title" not in result.chosen


def test_an_inline_time_before_a_label_is_the_time_of_its_turn(book: Rulebook) -> None:
    text = "KOVAC: It left.\n[00:12] LIND: When?\n[00:15] KOVAC: At noon.\nIt rained. [00:20]\nLIND: Yes.\n"
    turns = [(b.speaker, b.at) for b in run(book, text, "a.txt").blocks()]
    assert turns == [("KOVAC", None), ("LIND", 12000), ("KOVAC", 15000), ("LIND", 20000)]


def test_webex_names_who_speaks_beside_the_number_of_a_cue(book: Rulebook) -> None:
    rows = [("Mira Kovac", "So it rained."), ("Ana Lind", "It did."), ("Mira Kovac", "All week?")]
    cues = "\n\n".join(
        f'{i} "{who}" (12345)\n00:00:0{i}.000 --> 00:00:0{i}.900\n{said}' for i, (who, said) in enumerate(rows, 1)
    )
    assert [(b.speaker, b.at, b.text) for b in clean(f"WEBVTT\n\n{cues}\n".encode(), "a.vtt", book).blocks()] == [
        (who, 1000 * i, said) for i, (who, said) in enumerate(rows, 1)
    ]


def test_a_name_in_brackets_may_stand_behind_a_dash(book: Rulebook) -> None:
    lines = ["[Mira] Where is she?", "- [Tom] Late.\n- How late?", "- [Mira] An hour.\n- No.", "[Tom] She is.", "[Mira] Yes.", "[Tom] No."]  # fmt: skip
    text = "".join(f"{i + 1}\n00:00:0{i},000 --> 00:00:0{i},900\n{line}\n\n" for i, line in enumerate(lines))
    result = clean(text.encode(), "talk.srt", book)
    assert [(block.speaker, block.text) for block in result.blocks() if block.kind == "turn"] == [
        ("Mira", "Where is she?"), ("Tom", "Late."), (None, "How late?"), ("Mira", "An hour."), (None, "No."), ("Tom", "She is."),
        ("Mira", "Yes."), ("Tom", "No."),
    ]  # fmt: skip
