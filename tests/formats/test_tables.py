"""Tables and Transcriber files: against what the standard library reads, and what is refused."""

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanup.batch import inputs
from cleanup.errors import InputError
from cleanup.kinds import KINDS
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.result import Result
from cleanup.rulebook import open_book

BOOK = open_book(kinds=KINDS)

CSV = 'Speaker,Start,Text,Note\r\nKovac,0:01,"It rained, ""hard"",\r\nat the café.",x\r\nAna Lind,0:05,"Did it, really?",\r\n,0:09,So it left.,y\r\n'
TRS = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE Trans SYSTEM "trans-14.dtd">
<Trans scribe="x" audio_filename="quay">
<Speakers><Speaker id="spk1" name="Ana Lind"/><Speaker id="spk2" name="Per &amp; Kovac"/></Speakers>
<Episode><Section type="report" startTime="0" endTime="9.5">
<Turn startTime="0" endTime="5.25" speaker="spk1"><Sync time="0"/>
It rained at the café &amp; then
<Sync time="3.5"/>
the ferry left.<Event desc="laugh" type="noise"/>
</Turn>
<Turn speaker="spk2 spk1" startTime="5.25" endTime="9.5"><Sync time="5.25"/>
<Who nb="1"/>
Did it?
<Who nb="2"/>
It did.
</Turn></Section></Episode></Trans>
"""


def run(text: str, path: str) -> Result:
    return clean(text.encode(), path, BOOK, Options(language="en"))


def rows(result: Result) -> list[tuple[str | None, int | None, str]]:
    return [(block.speaker, block.at, block.text) for block in result.blocks()]


def test_a_table_with_a_header() -> None:
    result = run(CSV, "talk.csv")
    assert rows(result) == [
        ("Kovac", 1000, 'It rained, "hard", at the café.'), ("Ana Lind", 5000, "Did it, really? So it left."),
    ]  # fmt: skip
    text, fates = result.source.text, {span.fate for span in result.spans()}
    assert fates == {"body", "labels", "stamps", "markup"}
    first = result.blocks()[0]
    assert text[first.start : first.end] == 'It rained, ""hard"",\nat the café.'
    assert result.document.format.name == "csv"


def test_tabs_and_whole_milliseconds() -> None:
    lines = "start\tend\ttext\n" + "".join(f"{i * 4000}\t{i * 4000 + 900}\tIt rained {i}.\n" for i in range(4))
    (block,) = run(lines, "talk.tsv").blocks()
    assert (block.at, block.until) == (0, 12_900) and block.text.count("\n\n") == 3


def test_a_table_of_markdown_may_be_a_transcript() -> None:
    text = "| # | Start | Speaker | Text |\n|---|---|---|---|\n| 1 | 00:04 | **Mira** | It *rained*. |\n| 2 | 00:09 | Ana | So \\| so. |\n"
    assert [(b.speaker, b.at, b.text) for b in run(text, "talk.md").blocks()] == [
        ("Mira", 4000, "It rained."),
        ("Ana", 9000, "So | so."),
    ]
    crew = run("| Speaker | Role |\n|---|---|\n| Mira | Captain |\n| Ana | Cook |\n", "crew.md")
    assert [b.block for b in crew.blocks()] == ["table"] and not crew.cast.speakers


def test_tables_of_something_else() -> None:
    with pytest.raises(InputError, match="no column of this table is said to hold text"):
        run("date,amount\n2026-01-02,4\n", "sums.csv")
    several = run("title,text\nA,Kovac: It rained.\nB,Kovac: It shone.\n", "news.csv")
    assert not several.cast.speech and not several.cast.speakers and len(several.source.remarks) == 1


fields = st.lists(st.text('ab"\n,; é', max_size=8), min_size=1, max_size=3)


@settings(max_examples=100, deadline=None)
@given(st.lists(fields, min_size=1, max_size=4))
def test_each_field_is_read_as_the_library_reads_it(body: list[list[str]]) -> None:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(
        [["text", "start", "x"], *([f"q {f[0]}", "1", *f[1:]] for f in body)]
    )
    result = run(file.getvalue(), "talk.csv")
    said = "".join(
        result.document.text[p.start : p.end] for p in result.document.parts if p.form not in ("cue", "until")
    )
    assert "".join(said.split()) == "".join("".join(f"q{f[0]}" for f in body).split())


def test_transcriber() -> None:
    result = run(TRS, "talk.trs")
    assert rows(result) == [
        ("Ana Lind", 0, "It rained at the café & then the ferry left."), ("Per & Kovac", 5250, "Did it?"), ("Ana Lind", 5250, "It did."),
    ]  # fmt: skip
    assert result.cast.speakers[0].evidence == "declared"
    said = [text for turn in ElementTree.fromstring(TRS).iter("Turn") for text in turn.itertext()]
    assert " ".join(block.text for block in result.blocks()).split() == " ".join(said).split()
    first = result.blocks()[0]
    assert TRS[first.start : first.end].startswith("It rained at the café &amp; then") and result.account["stamps"] > 0


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><transcript><text start="1" dur="1.5">It rained &amp;amp; left.</text><text start="4">Then?</text></transcript>',
        '<timedtext format="3"><body>\n<p t="1000" d="1500"><s>It rained</s><s t="500"> &amp; left.</s></p>\n<p t="2000" d="9" a="1">\n</p>\n'
        '<p t="4000">Then?</p></body></timedtext>',
    ],
)  # fmt: skip
def test_timed_text_of_youtube(text: str) -> None:
    result = run(text, "talk.xml")
    assert result.document.format.name == "timedtext"
    assert rows(result) == [(None, 1000, "It rained & left. Then?")] and result.blocks()[0].until == 2500


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (TRS[:400], "is no whole XML"),
        (TRS.replace('"trans-14.dtd">', '"trans-14.dtd" [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>').replace("ferry", "&b;"), "declares entities"),
    ],
)  # fmt: skip
def test_broken_and_hostile_xml(text: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        clean(text.encode(), "talk.trs", BOOK, Options(format="trs"))


def test_a_walk_takes_only_what_may_be_a_transcript(tmp_path: Path) -> None:
    files = {
        "package.json": '{"name": "quay", "scripts": {"start": "node text"}}', "sums.csv": "date,amount\n1,2\n", "talk.csv": CSV,
        "talk.json": '{"segments": [{"text": "It rained.", "start": 1}]}', "talk.trs": TRS, "lists.json": '{"text": ["start", "end"]}',
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    found = inputs([str(tmp_path)])
    assert [Path(item.path).name for item in found.found] == [
        "talk.csv",
        "talk.json",
        "talk.trs",
    ] and found.skipped == 3


@pytest.mark.parametrize(
    ("header", "speakers"),
    [
        ("Name;Zeit;Text", ["Mira", "Ana"]),
        ("Sprecher;Beginn;Inhalt", ["Mira", "Ana"]),
        ("author;timestamp;message", ["Mira", "Ana"]),
        ("name;age;text", []),  # without a time it may be about anybody
    ],
)
def test_columns_have_names_of_their_language(header: str, speakers: list[str]) -> None:
    rows = "Mira;0:01;Good evening.\nAna;0:05;Hello.\nMira;0:09;Well.\nAna;0:12;Yes.\n"
    result = clean(f"{header}\n{rows}".encode(), "talk.csv", BOOK)
    assert [speaker.label for speaker in result.cast.speakers] == speakers


ROWS = [
    ("0:00", "Mira", "Good evening, and welcome to the quay."), ("0:05", "Ana", "I am glad to be here."), ("0:09", "Mira", "How deep is it, then?"),
    ("0:12", "Ana", "Eleven metres."),
]  # fmt: skip
SAID = [(who, text) for _, who, text in ROWS]


def told(text: str, name: str) -> list[tuple[str | None, str]]:
    return [(block.speaker, block.text) for block in clean(text.encode(), name, BOOK).blocks() if block.kind == "turn"]


@pytest.mark.parametrize("columns", [(0, 1, 2), (1, 2), (1, 0, 2)])
def test_a_table_without_a_head_is_told_by_what_it_holds(columns: tuple[int, ...]) -> None:
    rows = [[row[i] for i in columns] for row in ROWS]
    marked = ["| " + " | ".join(row) + " |\n" for row in rows]
    rule = "|" + "---|" * len(columns) + "\n"
    assert told("".join("\t".join(row) + "\n" for row in rows), "talk.tsv") == SAID
    assert told("".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows), "talk.csv") == SAID
    assert told("".join([marked[0], rule, *marked[1:]]), "talk.md") == SAID
    assert told("|" + "   |" * len(columns) + "\n" + rule + "".join(marked), "talk.md") == SAID
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    assert told(f"<h1>A talk</h1><table>{cells}</table>", "talk.html") == SAID


@pytest.mark.parametrize(
    "rows",
    [
        [("Norvik", "Skerry", "a long way over the water, and back."), ("Norvik", "Holm", "a short way over the water."), ("Skerry", "Holm", "no way."), ("Skerry", "Norvik", "see above.")],
        [("Mira", "12"), ("Ana", "9"), ("Mira", "3"), ("Ana", "4")],
        [("quay", "A wall of stone, at which ships lie."), ("mole", "A quay in the sea."), ("pier", "A quay on legs, as it were."), ("basin", "What lies between them.")],
    ],
)  # fmt: skip
def test_other_tables_are_no_talk(rows: list[tuple[str, ...]]) -> None:
    marked = ["| " + " | ".join(row) + " |\n" for row in rows]
    assert not any(
        who for who, _ in told("".join([marked[0], "|" + "---|" * len(rows[0]) + "\n", *marked[1:]]), "talk.md")
    )
    with pytest.raises(InputError, match="no column"):
        clean("".join("\t".join(row) + "\n" for row in rows).encode(), "talk.tsv", BOOK)
