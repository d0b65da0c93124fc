"""Labels in scripts without capitals or without blanks, and the signs that stand before them."""

import pytest

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
