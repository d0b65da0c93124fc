import pytest

from cleanup.findings import Finding, Level, Placed
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.reports.text import around, report, short, table, to_read, words
from cleanup.rulebook import Rulebook


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a short one", "a short one"),
        ("two\n  lines", "two lines"),
        (
            "The Ministry says it is gravely concerned about the harbour. It fears the worst",
            "The Ministry says … It fears the worst",
        ),
    ],
)
def test_the_middle_of_a_long_quote_is_left_out(text: str, shown: str) -> None:
    assert around(text) == shown


def test_a_long_text_is_cut_at_a_word() -> None:
    assert short("Ferry crews in Norvik meet the port authority", 20) == "Ferry crews in…"
    assert short("x" * 99, 20) == "x" * 20 + "…"


def test_columns_are_aligned() -> None:
    assert list(table([("title", "A", "1"), ("source name", "Longer", "2"), ("date", "none", "")])) == [
        "  title        A       1",
        "  source name  Longer  2",
        "  date         none",
    ]


def test_the_account_is_a_sum_without_zeros() -> None:
    account = dict.fromkeys(
        ("words", "body", "labels", "stamps", "sound", "notes", "removed", "moved", "markup", "changed"), 0
    )
    assert words(account) == "0 in = 0.  0 words changed"
    assert (
        words({**account, "words": 1200, "body": 1190, "sound": 10})
        == "1,200 in = 1,190 spoken + 10 sound.  0 words changed"
    )


def placed(rule: str, line: int, level: Level = Level.REMARK) -> Placed:
    return Placed(Finding(rule, "said", 0, 1, level=level), level is Level.SAFE, 0, 1, line, 1, ())


def test_what_stands_beside_the_speakers_is_not_read_twice() -> None:
    rows = [
        placed("speakers/cast/inferred-name", 1, Level.SUGGEST),
        placed("wording/x/y", 2),
        placed("a/b/c", 3, Level.SAFE),
    ]
    assert [row.line for row in to_read(rows)] == [2]


def test_many_alike_are_counted(book: Rulebook) -> None:
    said = "The White House said so. He fears the worst. It was late, and nobody had come.\n\n"
    text = "KOVAC: Hello.\n\nLIND: " + said * 9 + "KOVAC: Thanks.\n\nLIND: Bye.\n"
    lines = list(report(clean(text.encode(), "talk.txt", book, Options(language="en"))))
    found = [line for line in lines if "White House" in line]
    assert len(found) == 5 and sum("the same" in line for line in found) == 4
    assert any("4 more" in line and "wording/machine-translation" in line for line in lines)


def test_text_without_an_end_is_said_as_it_was_read(book: Rulebook) -> None:
    text = "KOVAC: Grüße.\n\nLIND: Ähnliche Größe für Käse und Brötchen.\n\nKOVAC: Schön.\n"
    lines = list(report(clean(text.encode("cp1252"), "talk.txt", book)))
    assert any(line.startswith("  reading ") and "cp1252" in line for line in lines)
