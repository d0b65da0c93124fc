"""An importer makes a text of its own: its parts follow edits, and every character of the input still has one fate."""

import re
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanup import formats
from cleanup.carried import carried
from cleanup.document import Document, Part, Span
from cleanup.edits import Edit, apply, join
from cleanup.formats import document, make
from cleanup.kinds import KINDS
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.result import Result
from cleanup.rulebook import open_book
from cleanup.writers.json import transcript
from tests.strategies import texts

BOOK = open_book(kinds=KINDS)
TEXT = make("text", BOOK.table("sounds"))


class Toy(NamedTuple):
    """Lines of `12|words|label|12.5`, in which `\\e` is an `é`; the label stands behind what is said."""

    name: str = "toy"

    def read(self, text: str) -> Document:
        made, parts, spans, beside = "", [], [], []
        for row in re.finditer(r"(\d+)\|(.*)\|(.*)\|(.*)\n", text):
            beside.append((*row.span(4), "stamps"))
            for group, kind, form in ((1, "stamp", "cue"), (3, "words", "voice"), (2, "words", None)):
                start = len(made)
                for piece in re.finditer(r"\\e|[^\\]+", row[group]):
                    new = "é" if piece[0] == "\\e" else piece[0]
                    spans.append(Span(len(made), len(new), row.start(group) + piece.start(), len(piece[0])))
                    made += new
                parts.append(Part(kind, start, len(made), at=int(row[1]) * 1000 if form == "cue" else None, form=form))
                parts.append(Part("break", len(made), len(made) + 1, form="cue"))
                made += "\n"
        return Document(made, tuple(parts), self, spans=tuple(spans), beside=tuple(beside))

    def plain(self, text: str) -> str:
        return text

    def quote(self, text: str) -> str:
        return text


TALK = "1|It rai\u200bned... at the caf\\e.|KOVAC|1.5\n5|Caf\\e Norvik... was shut.|SPEAKER_01|2.5\n9|Subtitles by the Amara.org community|KOVAC|1.5\n"


@pytest.fixture
def result(monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setattr(formats, "make", lambda name, sounds, **page: Toy())
    return clean(
        TALK.encode(), "talk.toy", BOOK, Options(format="toy", language="en", packs=frozenset({"typography/house"}))
    )


def test_what_is_said_keeps_its_speaker_and_its_time(result: Result) -> None:
    assert [(b.speaker, b.at, b.text) for b in result.blocks()] == [
        ("KOVAC", 1000, "It rained… at the café."), ("SPEAKER_01", 5000, "Café Norvik… was shut."),
    ]  # fmt: skip


def test_every_character_of_the_input_has_a_fate(result: Result) -> None:
    names = ("stamps", "labels", "markup", "removed")
    fates = ["".join(TALK[s.start : s.end] for s in result.spans() if s.fate == name) for name in names]
    assert fates == [
        "11.552.591.5",
        "KOVACSPEAKER_01KOVAC",
        "|||\n|||\n|||\n",
        "\u200bSubtitles by the Amara.org community",
    ]
    assert "".join(TALK[s.start : s.end] for s in result.spans() if s.changed) == "\u200b......"
    assert result.account["words"] == sum(n for name, n in result.account.items() if name not in ("words", "changed"))


def test_places_lead_into_the_input(result: Result) -> None:
    assert [TALK[b.start : b.end] for b in result.blocks()] == [row.split("|")[1] for row in TALK.splitlines()[:2]]
    rows = [(row.line, TALK[row.start : row.end]) for row in result.findings if row.applied]
    assert rows == [(1, "\u200b"), (1, "..."), (2, "..."), (3, "Subtitles by the Amara.org community")]
    assert transcript(result)["format"] == "toy"


edits = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), st.text("a \n", max_size=3)), max_size=5)


@given(texts, edits)
def test_law_1_parts_cover_the_text_after_any_edits(text: str, rows: list[tuple[int, int, str]]) -> None:
    at, wanted = 0, []
    for start, length, new in sorted(rows):
        if at <= start <= len(text) - length and (length or new):
            wanted.append(Edit(start, start + length, new))
            at = start + length + 1
    before = document(text, TEXT)
    after = carried(before, join(wanted))
    assert after.text == apply(text, wanted)
    at = 0
    for part in after.parts:
        piece = after.text[part.start : part.end]
        assert part.start == at < part.end
        if part.kind in ("break", "gap", "words"):
            assert (part.kind, piece.isspace()) in {("words", False), ("gap", True), ("break", True)}
            assert part.kind == "break" or "\n" not in piece
            assert part.kind != "words" or piece == piece.strip()
        at = part.end
    assert at == len(after.text)
    if not wanted:
        assert after == before
