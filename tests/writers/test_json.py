"""The JSON form: its keys, in order, and null for what is not known."""

import json

from hypothesis import given

from cleanup.kinds import KINDS
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.rulebook import Rulebook, open_book
from cleanup.writers.json import dumps, transcript
from tests.strategies import texts

BOOK = open_book(kinds=KINDS)
KEYS = "schema input sha256 format is_transcript language title date source facts speakers blocks removed moved findings account engines".split()
INNER = {
    "facts": "key value rule start end",
    "speakers": "label labels name role affiliation evidence quote",
    "blocks": "kind speaker label at until start end text continues",
    "removed": "text rule start end",
    "moved": "text rule start end",
    "findings": "rule message level applied start end line column edits",
}
ACCOUNT = "words body labels stamps sound notes removed moved markup changed".split()


@given(texts)
def test_keys_in_their_order_for_any_text(text: str) -> None:
    for form in ("text", "markdown"):
        made = transcript(clean(text.encode(), "talk.txt", BOOK, Options(format=form)))
        assert list(made) == KEYS and made["schema"] == "cleanup/transcript@1"
        for key, wanted in INNER.items():
            rows = made[key]
            assert isinstance(rows, list)
            assert all(list(row) == wanted.split() for row in rows)
        assert isinstance(made["account"], dict) and list(made["account"]) == ACCOUNT
        line = dumps(made)
        assert json.loads(line) == made and line.count("\n") <= 1 and line.encode()


def test_what_is_cut_stands_there_as_it_stood(book: Rulebook) -> None:
    raw = "0:12 MIRA KOVAC: One.\n\n0:15 ANA LIND: Two.\n\n0:20 MIRA KOVAC: Three.\n\nComments are closed.\n"
    made = transcript(clean(raw.encode(), "talk.txt", book))
    assert isinstance(made["removed"], list)
    (gone,) = made["removed"]
    assert raw[gone["start"] : gone["end"]] == gone["text"] == "Comments are closed."
    blocks = made["blocks"]
    assert isinstance(blocks, list)
    assert [block["at"] for block in blocks] == [12.0, 15.0, 20.0]
    assert [raw[block["start"] : block["end"]] for block in blocks] == ["One.", "Two.", "Three."]
    assert (made["title"], made["date"], made["source"]) == (None, None, None)


def test_letters_of_all_scripts_stand_raw(book: Rulebook) -> None:
    line = dumps(transcript(clean("記者：你好。\n\n發言人：😀 é\n\n記者：再見。\n".encode(), "talk.txt", book)))
    assert "你好" in line and "😀" in line and "\\u" not in line
