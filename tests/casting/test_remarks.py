"""What is written beside the speech is a note, kept and not spoken; a file that is nothing but chat is a talk."""

import pytest

from cleanup.casting import cast
from cleanup.casting.given import Given
from cleanup.fates import account, fates
from cleanup.formats import document, make
from cleanup.pipeline import as_page, clean
from cleanup.script.scribe import blocks
from cleanup.writers.sites import SITES
from tests.casting.test_casting import BOOK

TALK = "KOVAC: Good evening.\n\nLIND: Hello.\n\nKOVAC: It rained.\n\nLIND: So it did.\n"


def written(text: str, form: str = "text") -> list[tuple[str, str]]:
    found, marked = cast(
        document(text, make(form, BOOK.table("sounds"))), BOOK.table("labels"), given=Given(), language=None
    )
    account(text, fates(marked, ()))
    return [(block.kind, block.text) for block in blocks(marked, found, lambda start, end: (start, end))]


@pytest.mark.parametrize(
    "line",
    [
        "This interview has been edited and condensed for clarity.", "Editor's note: Ana Lind now lives in Norvik.", "The following is a lightly edited transcript of the talk.", "Interview by Tom Norvik",
        "Anmerkung der Redaktion: Das Gespräch fand im Mai statt.", "Das Interview wurde gekürzt und redaktionell bearbeitet.", "Das Gespräch führte Tom Norvik.", "Note de la rédaction : le port a fermé depuis.", "Propos recueillis par Tom Norvik",
        "Nota de la redacción: el puerto está cerrado.", "Esta entrevista ha sido editada y condensada.", "Nota do editor: o porto fechou.", "Nota della redazione: il porto è chiuso.", "Dit interview is ingekort en bewerkt.", "Redaktionens anmärkning: hamnen är stängd.",
        "Od redakcji: port jest zamknięty.", "От редакции: порт закрыт.", "Від редакції: порт закрито.", "Editörün notu: liman kapalı.", "ملاحظة المحرر: الميناء مغلق.", "یادداشت سردبیر: بندر بسته است.", "הערת המערכת: הנמל סגור.", "编者按：港口已关闭。", "編集部注：港は閉鎖された。", "편집자 주: 항구는 닫혔다.",
        "10:04:12 From Tom Norvik to Everyone: the slides are up", "*** tnorvik has joined #harbour",
    ],
)  # fmt: skip
def test_a_line_beside_the_speech_is_a_note(line: str) -> None:
    notes = [text for kind, text in written(f"{line}\n\n{TALK}") if kind == "note"]
    assert notes == [line]


@pytest.mark.parametrize(
    "line",
    ["LIND: This interview has been edited, I hear.", "LIND: Editor's note: none.", "We have edited this ferry out of the film.", "From here on it rained: a lot.", "This transcript of mine is long."],
)  # fmt: skip
def test_what_is_said_is_no_note(line: str) -> None:
    assert not [text for kind, text in written(f"KOVAC: So.\n\n{line}\n\n{TALK}") if kind == "note"]


def test_a_file_that_is_nothing_but_chat_is_a_talk() -> None:
    text = "<kovac> good evening\n<lind> hello\n<kovac> it rained\n<lind> so it did\n"
    assert [kind for kind, _ in written(text)] == ["turn"] * 4


def test_an_article_above_an_interview_is_no_speech() -> None:
    asked = "**KOVAC: Why the harbour?**\n\nLIND: It was there.\n\n**KOVAC: And the ferry?**\n\nLIND: It came.\n"
    kinds = [kind for kind, _ in written(f"Ana Lind has kept the harbour for years.\n\n{asked}", "markdown")]
    assert kinds == ["other", "turn", "turn", "turn", "turn"]
    plain = asked.replace("**KOVAC:", "**KOVAC:**").replace("?**", "?")
    assert written(f"Good evening from the harbour.\n\n{plain}", "markdown")[0][0] == "turn"


def test_notes_are_counted_and_stay_off_the_page() -> None:
    result = clean(f"Editor's note: the harbour has closed.\n\n{TALK}".encode(), "talk.txt", BOOK)
    assert result.account["notes"] == 6
    assert result.cast.speech


@pytest.mark.parametrize("line", ["Mira Kovac", "by Mira Kovac"])
def test_a_name_under_the_title_of_a_talk_is_not_said(line: str) -> None:
    talk = f"How to count herring\n{line}\n\nGood evening to all of you.\n\nIt rained.\n"
    assert [kind for kind, text in written(talk) if text == line] == ["other"]
    assert all(kind == "turn" for kind, _ in written(talk.replace(line, "Good evening, Mira.")))


@pytest.mark.parametrize("line", ["Transcribed by https://otter.ai", "[End of recording]"])
def test_the_foot_of_a_talk_may_say_that_it_is_one(line: str) -> None:
    talk = f"It rained.\n\nNobody came.\n\n{line}\n"
    assert clean(talk.encode(), "talk.txt", BOOK).cast.speech
    assert not clean(talk.replace(line, "Read more.").encode(), "talk.txt", BOOK).cast.speech


def test_a_list_of_who_takes_part_is_not_said() -> None:
    talk = "The ferry\n\nParticipants:\nMira Kovac (MK), Radio Skerry\nAna Lind (AL), pilot\n\nMK: It rained.\n\nAL: It did.\n\nMK: So.\n"
    assert [kind for kind, _ in written(talk)][-4:] == ["other", "turn", "turn", "turn"]


def test_what_heads_a_labelled_talk_is_not_said() -> None:
    head = "Interview 4\nParticipant: P4, female, 54\nDate: none\n\nslides: https://harbour.example/a\n\n"
    said = "The ferries are tied up\nfor the third week.\n\n"
    talk = f"{head}{said}I: So it rained.\n\nP4: It did.\n\nI: All week?\n\nP4: All week.\n"
    found = written(talk)
    assert {text for kind, text in found if kind == "turn"} >= {"So it rained.", "It did."}
    assert "".join(text for kind, text in found if kind == "turn").startswith("The ferries are tied up")
    assert "P4, female" in "".join(text for kind, text in found if kind == "other")


@pytest.mark.parametrize(
    "line",
    ["[End of Tape 1, Side A]", "[Tape 1, Side B]", "Page 12", "DIRECT EXAMINATION", "CROSS-EXAMINATION BY MR. LIND", "(Witness sworn.)",
     "[The prepared statement of Captain Kovac follows:]", "[Whereupon, a recess was taken.]", "Questions & Answers:", "Call participants:"],
)  # fmt: skip
def test_what_courts_and_archives_write_between_speeches_is_a_note(line: str) -> None:
    assert [text for kind, text in written(f"{TALK}\n{line}\n\n{TALK}") if kind == "note"] == [line]
    assert not [text for kind, text in written(TALK + f"\nKOVAC: {line}\n") if kind == "note"]


def test_what_opens_a_meeting_is_one_page() -> None:
    text = "The meeting was called to order at ten.\n\nAdoption of the agenda\n\nThe agenda was adopted.\n\n" + TALK
    result = clean(text.encode(), "talk.txt", BOOK)
    assert as_page(result, BOOK, site=SITES["markdown"], stem="talk", raw="talk.txt")
    assert [block.kind for block in result.blocks()] == ["turn"] * 5
