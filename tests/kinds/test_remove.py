"""What stands between two pieces of furniture."""

from cleanup.kinds import KINDS
from cleanup.pipeline import clean
from cleanup.rulebook import open_book
from cleanup.stages import Options

TALK = "**KOVAC:** Good evening.\n\n**LIND:** It is late.\n\n**KOVAC:** It is.\n"


def test_words_behind_many_pictures_stay() -> None:
    """A pattern that read each picture in two ways would never come to an end here."""
    pictures = "![a](b) " * 200 + "x"
    text = f"{TALK}\n{pictures}\n\nComments are closed.\n"
    left = clean(text.encode(), "talk.md", open_book(kinds=KINDS), Options(format="markdown")).document.text
    assert pictures in left and "Comments are closed" not in left
