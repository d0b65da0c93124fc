"""Logs of chat: nicks are labels, the program's own lines are notes."""

from cleanup.formats import detect
from cleanup.pipeline import clean
from cleanup.rulebook import Rulebook

LOG = """15:00:12 -!- lind [~lind@a.example] has joined #harbour
15:00:14 <RRSAgent> logging to https://harbour.example/log
15:00:20 <mira_k> good morning, shall we start?
15:00:31 <@lind> yes, the ferry
15:00:40 * lind waves
15:01:02 <mira_k> it comes in May
"""


def test_a_log_is_a_transcript_by_turns(book: Rulebook) -> None:
    assert detect(LOG, "a.txt") == "irc"
    got = clean(LOG.encode(), "a.txt", book)
    rows = [(b.kind, b.speaker, b.text) for b in got.blocks()]
    assert rows[:3] == [
        ("note", None, "-!- lind [~lind@a.example] has joined #harbour"),
        ("note", None, "<RRSAgent> logging to https://harbour.example/log"),
        ("turn", "mira_k", "good morning, shall we start?"),
    ]
    assert rows[3:] == [
        ("turn", "lind", "yes, the ferry"),
        ("note", None, "* lind waves"),
        ("turn", "mira_k", "it comes in May"),
    ]
    assert got.cast.speech and all(block.at is None for block in got.blocks())


def test_chat_beside_speech_is_a_note(book: Rulebook) -> None:
    page = "<div><p>Mira Kovac: Shall we start now?</p><p>&lt;lind&gt; +1</p><p>Mira Kovac: Fine, then.</p><p>&lt;nils&gt; hello all</p></div>"
    got = clean(page.encode(), "a.html", book)
    assert [(b.kind, b.speaker, b.text) for b in got.blocks()] == [
        ("turn", "Mira Kovac", "Shall we start now?\n\nFine, then."),  # one turn, as on its page
        ("note", None, "<lind> +1"),
        ("note", None, "<nils> hello all"),
    ]
