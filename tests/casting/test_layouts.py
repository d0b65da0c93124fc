"""Labels in layouts where a sentence holds the signs of another one."""

import pytest

from cleanup.kinds import KINDS
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.rulebook import open_book

SAID = (
    "Good evening to you all", "It is late", "I said to all of the crew what I say to you: stay",
    "Nobody would have stayed", "The boats were in by then", "And so the harbour slept",
)  # fmt: skip


def captions(*lines: str) -> str:
    return "\n".join(
        f"{n}\n00:00:{3 * n:02},000 --> 00:00:{3 * n + 3:02},000\n{line}\n" for n, line in enumerate(lines)
    )


def turns(text: str, name: str) -> list[tuple[str | None, str]]:
    script = clean(text.encode(), name, open_book(kinds=KINDS), Options()).script()
    return [(block.label, block.text) for block in script.blocks if block.kind == "turn"]


@pytest.mark.parametrize("sign", [">> ", "- "])
def test_a_colon_in_a_sentence_does_not_hide_the_sign_before_it(sign: str) -> None:
    found = turns(captions(*(f"{sign}{line}." for line in SAID)), "talk.srt")
    assert [text for _, text in found] == [f"{line}." for line in SAID]


@pytest.mark.parametrize("between", ["\t", " - ", " — "])
def test_nor_does_it_hide_a_name_that_stands_apart(between: str) -> None:
    names = ("Mira van Lind", "Tom Kovac")
    lines = [f"{names[n % 2]}{between}{line}. So." for n, line in enumerate(SAID)]
    assert turns("\n\n".join(lines), "talk.txt") == [(names[n % 2], f"{line}. So.") for n, line in enumerate(SAID)]


def test_questions_hold_colons() -> None:
    lines = [f"{'QA'[n % 2]}. {line}." for n, line in enumerate(SAID)]
    assert turns("\n\n".join(lines), "talk.txt") == [("QA"[n % 2], f"{line}.") for n, line in enumerate(SAID)]


def test_a_dash_in_a_sentence_of_captions_names_nobody() -> None:
    rows = ("MIRA LIND: We went down to the harbour", "– you know the one – and stayed.", "TOM KOVAC: I know it.",
            "MIRA LIND: It was late,", "— or so it seemed — and dark.", "TOM KOVAC: It was.")  # fmt: skip
    assert {label for label, _ in turns(captions(*rows), "talk.srt")} == {"MIRA LIND", "TOM KOVAC"}


def test_a_dash_of_captions_names_somebody_else_where_no_sentence_is_ended() -> None:
    rows = [f"- {line[0].lower()}{line[1:]}" for line in (*SAID[:2], *SAID[3:])]
    assert len(turns(captions(*rows), "talk.srt")) == len(rows)


@pytest.mark.parametrize("label", ["[Mira Lind] ", "(MIRA) "])
def test_a_name_in_brackets_is_one_where_the_recogniser_writes_small_letters(label: str) -> None:
    other = label.replace("Mira Lind", "Tom Kovac").replace("MIRA", "TOM")
    rows = [f"{(label, other)[n % 2]}{line.lower()}" for n, line in enumerate((*SAID, *SAID))]
    assert len(turns(captions(*rows), "talk.srt")) == len(rows)


def test_a_first_name_may_be_a_word() -> None:
    lines = [f"{('Will Lind', 'May Kovac')[n % 2]}: {line}." for n, line in enumerate(SAID)]
    assert {label for label, _ in turns("\n".join(lines), "talk.txt")} == {"Will Lind", "May Kovac"}


def test_a_name_of_its_own_element_ends_there() -> None:
    rows = [
        f'<p><span class="speaker">{("Mira", "Tom")[n % 2]}</span> <span>{line}.</span></p>'
        for n, line in enumerate(SAID)
    ]
    found = turns(f"<html><body><div>{''.join(rows)}</div></body></html>", "talk.html")
    assert found == [(("Mira", "Tom")[n % 2], f"{line}.") for n, line in enumerate(SAID)]
