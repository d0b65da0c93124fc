"""Labels in scripts without capitals or without blanks, and the signs that stand before them."""

import pytest

from cleanup.formats import document, make
from tests.casting.test_casting import BOOK
from tests.casting.test_parliaments import labels, names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("○{}　", ("議長（佐藤健一君）", "山本花子君")),
        ("◆ {}> ", ("진행자", "김민수")),
        ("▶ {}: ", ("진행자", "김민수")),
        ("【{}】", ("王小明", "李大海")),
        ("{} 00:1{i}\n", ("王小明", "李大海")),
        ("{}「", ("佐藤健一", "山本花子")),
        ("{}― ", ("М.Ковач", "А.Линд")),
        ("{}: ", ("ผู้ดำเนินรายการ", "สมชาย")),
        ("{}:\n", ('היו"ר מירה קובץ', "אנה לינד (סקרי)")),
        ("🎙️ {}: ", ("Mira", "Ana")),
        ("{}   ", ("MK", "AL")),
    ],
)
def test_signs_before_and_behind(line: str, names: tuple[str, str]) -> None:
    said = "すると雨が降りました。" if "佐" in names[0] else "So it rained all week."
    turns = [line.format(names[i % 2], i=i) + said + "」" * line.endswith("「") for i in range(6)]
    assert labels("\n\n".join(turns)) == [*names] * 3


def test_who_asks_behind_a_double_bar() -> None:
    assert labels(3 * "――いつですか？\n\n佐藤：去年の春です。\n\n") == ["—", "佐藤"] * 3


def test_a_bar_with_blanks_around_is_a_dash() -> None:
    assert labels(3 * "Анна ― врач.\n\nПётр ― моряк.\n\n") == []


def test_a_guest_is_not_the_host() -> None:
    talk = "司会：こんにちは。本日のゲストは佐藤健一さんです。\n\n佐藤：よろしく。\n\n司会：どうぞ。\n\n佐藤：はい。\n"
    assert names(talk) == {"司会": None, "佐藤": "佐藤健一"}


def test_initials_before_a_surname() -> None:
    talk = "М. КОВАЧ: У нас в гостях Анна Линд.\n\nА. ЛИНД: Спасибо.\n\nМ. КОВАЧ: Итак.\n\nА. ЛИНД: Да.\n"
    assert names(talk)["М. КОВАЧ"] == "М. Ковач"
    assert names("A. LIND: So.\n\nMIRA KOVAC: Yes.\n\nM. KOVAC: I'm asking.\n\nA. LIND: Well.\n") == {
        "A. LIND": "A. Lind", "MIRA KOVAC": "Mira Kovac",
    }  # fmt: skip


def test_a_talk_with_investors() -> None:
    talk = "Operator\n\nGood morning.\n\nMira Kovac -- Chief Executive Officer\n\nThank you.\n\nAna Lind -- Skerry Bank -- Analyst\n\nHow long?\n\nMira Kovac -- Chief Executive Officer\n\nForty feet.\n\nOperator\n\nThank you.\n"  # fmt: skip
    assert [*names(talk).values()] == [None, "Mira Kovac", "Ana Lind"]


def test_a_head_says_whose_initials_they_are() -> None:
    talk = "Interviewee: Ana Lind [AL]\nInterviewer: Mira Kovac [MK]\n\n[00:00:00]\n\n" + 2 * "MK   When was that?\n\nAL   In May.\n\n"  # fmt: skip
    assert names(talk) == {"MK": "Mira Kovac", "AL": "Ana Lind"}


def test_brackets_alone_are_no_label() -> None:
    assert labels("(So it was): it rained.\n\n（雨）：すると\n") == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Orador {}: {}", "Hola a todos, soy Mira Kovac y esto es La Voz."),
        ("Hablante {}: {}", "Hola a todos, soy Mira Kovac y esto es La Voz."),
        ("Interlocutore {}: {}", "Ciao a tutti, sono Mira Kovac e questa è La Voce."),
        ("Falante {}: {}", "Olá a todos, eu sou a Mira Kovac e esta é a Voz."),
        ("[Speaker {}] (0:0{})\n{}", "Hi everyone, I'm Mira Kovac and this is the Voice."),
        ("00:00:0{1} [Speaker {0}]\n{2}", "Hi everyone, I'm Mira Kovac and this is the Voice."),
        ("<Speaker {}>\n{}", "Hi everyone, I'm Mira Kovac and this is the Voice."),
    ],
)
def test_voices_that_recognisers_number(line: str, said: str) -> None:
    numbers = line.count("{}") > 2 or "{2}" in line
    turns = [line.format(i % 2 + 1, *((i,) if numbers else ()), said if not i else "Gracias.") for i in range(3)]
    first, second = names("\n\n".join(turns)).values()
    assert (first, second) == ("Mira Kovac", None)


def test_voices_that_recognisers_letter() -> None:
    assert labels("Speaker A  0:00\nSo.\n\nSpeaker B  0:08\nYes.\n\nSpeaker A  0:12\nWell.\n") == ["Speaker A", "Speaker B", "Speaker A"]  # fmt: skip


def test_a_part_that_speaks_once_in_a_talk_that_has_begun() -> None:
    talk = "P1: Hello.\n\nP2: Hi.\n\n{}\n\nP1: Thank you.\n\nP2: So.\n"
    assert "Moderator" in labels(talk.format("Moderator: Welcome to the group, and let us begin."))
    assert "Moderator" not in labels(talk.format("Moderator: Mira Kovac"))


def test_numbers_over_times_are_not_said() -> None:
    text = "".join(f"{i}\n00:00:0{i} - 00:00:0{i + 1}\nSpeaker {i % 2}: So it rained.\n\n" for i in range(1, 6))
    assert len(labels(text)) == 5
    assert not any(part.kind == "words" and text[part.start : part.end].isdigit() for part in document(text, make("text", BOOK.table("sounds"))).parts)  # fmt: skip


def test_degrees_behind_a_name_are_no_part_of_it() -> None:
    talk = 3 * "{}: So it rained.\n\n{}: It did.\n\n"
    assert [*names(talk.format(*2 * ["Ana Lind PhD", "Tom Kovac M.Sc."], *["Ana Lind PhD", "Tom Kovac M.Sc."])).values()] == ["Ana Lind", "Tom Kovac"]  # fmt: skip
    assert "Li Ann Ma" in names(talk.format(*3 * ["Li Ann Ma", "Tom Kovac"])).values()


def test_a_surname_behind_a_full_name() -> None:
    talk = "Mira Kovac: So it rained.\n\nAna Lind: It did.\n\nMira Kovac: And then?\n\nLind: Sun.\n\nAna Lind: Yes.\n"
    assert labels(talk) == ["Mira Kovac", "Ana Lind", "Mira Kovac", "Lind", "Ana Lind"]


def test_a_greeting_is_not_who_takes_part() -> None:
    talk = 3 * "Mira Kovac: Guten Abend.\n\nAna Lind: Guten Abend.\n\n"
    assert labels(talk) == ["Mira Kovac", "Ana Lind"] * 3
