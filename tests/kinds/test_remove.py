"""What stands between two pieces of furniture."""

from cleanup.kinds import KINDS
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.rulebook import open_book

TALK = "**KOVAC:** Good evening.\n\n**LIND:** It is late.\n\n**KOVAC:** It is.\n"


def test_words_behind_many_pictures_stay() -> None:
    """A pattern that read each picture in two ways would never come to an end here."""
    pictures = "![a](b) " * 200 + "x"
    text = f"{TALK}\n{pictures}\n\nComments are closed.\n"
    left = clean(text.encode(), "talk.md", open_book(kinds=KINDS), Options(format="markdown")).document.text
    assert pictures in left and "Comments are closed" not in left


ADVERT = "Is your harbour dredged? Contact me through https://example.org if you want it deeper."


def test_what_stands_above_show_notes_is_the_end_of_the_talk() -> None:
    book = open_book(kinds=KINDS)
    for notes in ("## Show Notes\n\n- The pier\n", "## Links\n\n- [The pier](https://example.com)\n"):
        left = clean(f"{TALK}\n{ADVERT}\n\n{notes}".encode(), "talk.md", book, Options(format="markdown"))
        assert ADVERT not in left.document.text and notes in left.document.text


def test_a_rule_for_raw_files_leaves_a_page_that_stays_in_place() -> None:
    text, book = f"{TALK}\n{ADVERT}\n", open_book(kinds=KINDS)
    for place in (True, False):
        left = clean(text.encode(), "talk.md", book, Options(format="markdown", in_place=place)).document.text
        assert (ADVERT in left) is place
