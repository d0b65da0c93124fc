from hypothesis import given

from cleanup.edits import apply
from cleanup.formats import document, make
from cleanup.kinds import KINDS
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.rulebook import open_book
from cleanup.units import units
from cleanup.view import View
from tests.strategies import texts

SOUNDS = {"words": {"en": ["laughs"]}}
TEXT, MARKDOWN = make("text", SOUNDS), make("markdown", SOUNDS)


@given(texts)
def test_every_word_of_the_view_leads_back_to_itself(text: str) -> None:
    for form in (TEXT, MARKDOWN):
        view = View.of(document(text, form))
        for start in range(0, len(view.text), 5):
            for a, b in view.spans(start, min(start + 4, len(view.text))):
                assert a < b


def test_a_match_over_two_lines_is_found_and_deleted_piecewise() -> None:
    text = "the new\nharbour wall\n"
    view = View.of(document(text, TEXT))
    start = view.text.index("new harbour")
    edits = view.edit(start, start + len("new harbour"), "")
    assert edits is not None and apply(text, edits) == "the \n wall\n"
    assert view.edit(start, start + len("new harbour"), "old quay") is None


def test_an_escape_is_undone_and_written_again() -> None:
    text = "salt &amp; pepper AT&amp;T here"
    view = View.of(document(text, MARKDOWN))
    assert view.text == "salt & pepper AT&T here"
    start = view.text.index("AT&T")
    edits = view.edit(start, start + 4, "R&D")
    assert edits is not None and apply(text, edits) == "salt &amp; pepper R&amp;D here"


def test_units_know_the_label_before_them() -> None:
    rows = units(document("One line\n(laughs) Two\n", TEXT))
    assert [(unit.text, unit.labelled) for unit in rows] == [("One line", False), ("Two", False)]


def test_a_voice_that_is_said_again_breaks_no_sentence() -> None:
    text = "WEBVTT\n\n" + "".join(
        f"00:0{n}.000 --> 00:0{n + 1}.000\n<v {who}>{said}</v>\n\n"
        for n, (who, said) in enumerate(
            [("Mira", "Welcome to"), ("Mira", "the Harbour Hour."), ("Tom", "Good evening.")]
        )
    )
    result = clean(text.encode(), "talk.vtt", open_book(kinds=KINDS), Options())
    lines = [" ".join(line.split()) for line in View.of(result.document).text.split("\n")]
    assert [line for line in lines if line] == ["Welcome to the Harbour Hour.", "Good evening."]
