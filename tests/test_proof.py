"""What a page says otherwise than its transcript is found and named; what may differ is not."""

import pytest

from cleanup.document import Cast, Speaker
from cleanup.findings import Fact
from cleanup.options import Options
from cleanup.pipeline import as_page, clean
from cleanup.proof import differences
from cleanup.rulebook import Rulebook
from cleanup.script import Block, Run, Script
from cleanup.writers import escape
from cleanup.writers.sites import SITES
from tests.writers.hostile import SAID
from tests.writers.test_escape import plain

CAST = Cast(
    (Speaker("KOVAC", ("KOVAC",), "Mira Kovac", "host", evidence="declared"), Speaker("LIND", ("LIND",))),
    {"KOVAC": 0, "LIND": 1},
)


def block(text: str, kind: str = "turn", speaker: str | None = "Mira Kovac", *, continues: bool = False) -> Block:
    return Block(kind, (Run("text", text),), 0, len(text), speaker=speaker, continues=continues)


BLOCKS = (
    block("Talk", "heading", None),
    block("Good evening."),
    block("(laughs)", "sound", None, continues=True),
    block("Welcome.", continues=True),
    block("Hello.", speaker="LIND"),
)
FACTS = {
    key: Fact(key, value, "x") for key, value in {"title": "Talk", "date": "2024-01-02", "source.name": "Radio"}.items()
}
SIDE = Script(BLOCKS, CAST, FACTS, "en")


def put(index: int, new: Block) -> Script:
    return SIDE._replace(blocks=[*BLOCKS[:index], new, *BLOCKS[index + 1 :]])


def test_the_same_is_the_same() -> None:
    assert differences(SIDE, SIDE) == []


@pytest.mark.parametrize(
    ("after", "says"),
    [
        (put(1, block("Good morning.")), "in a turn of Mira Kovac “…Good morning.…” stands where “…Good evening.…” was"),
        (put(4, block("Hello.")), "a turn of Mira Kovac “Hello.” stands where a turn of LIND “Hello.” was"),
        (put(0, block("Talk", speaker=None)), "a turn “Talk” stands where a heading “Talk” was"),
        (put(3, block("Welcome.")), "the turn of Mira Kovac “Welcome.” does not go on with the turn before it"),
        (put(4, block("Hello.", speaker="LIND", continues=True)), "the turn of LIND “Hello.” goes on with the turn before it"),
        (SIDE._replace(blocks=BLOCKS[:4]), "4 blocks, not 5: from the turn of LIND “Hello.” on"),
        (SIDE._replace(blocks=[*BLOCKS, block("More.")]), "6 blocks, not 5: from the turn of Mira Kovac “More.” on"),
        (SIDE._replace(chosen=FACTS | {"title": Fact("title", "Walk", "x")}), "title is “Walk”, not “Talk”"),
        (SIDE._replace(chosen={key: FACTS[key] for key in ("title", "source.name")}), "date is “None”, not “2024-01-02”"),
        (SIDE._replace(chosen=FACTS | {"source.copyright": Fact("x", "C", "x")}), "source.copyright is “C”, not “None”"),
        (SIDE._replace(language="de"), "the language is de, not en"),
        (SIDE._replace(cast=CAST._replace(speakers=CAST.speakers[:1])), "a speaker is missing"),
        (
            SIDE._replace(cast=CAST._replace(speakers=(CAST.speakers[0]._replace(role=None), CAST.speakers[1]))),
            "a speaker is ('KOVAC', 'Mira Kovac', None), not ('KOVAC', 'Mira Kovac', 'host')",
        ),
    ],
)  # fmt: skip
def test_every_difference_is_named(after: Script, says: str) -> None:
    assert differences(SIDE, after) == [says]


def test_a_difference_in_a_long_turn_is_shown_with_what_is_near() -> None:
    long = "so it goes " * 50
    (line,) = differences(put(1, block(long + "here " + long)), put(1, block(long + "there " + long)))
    assert "there" in line and "here" in line and len(line) < 200


def test_notes_are_left_out_and_turns_that_they_part_are_not_one() -> None:
    parted = [block("One."), block("chat", "note", None), block("Two.")]
    whole = [block("One.")._replace(runs=(Run("text", "One."), Run("para", ""), Run("text", "Two.")))]
    assert differences(SIDE._replace(blocks=[*whole, parted[1]]), SIDE._replace(blocks=whole)) == []
    assert differences(SIDE._replace(blocks=parted), SIDE._replace(blocks=whole))


def test_what_the_input_does_not_know_a_page_may_fill() -> None:
    before = SIDE._replace(chosen={}, language=None)
    assert differences(before, SIDE._replace(chosen={"title": FACTS["title"]})) == []


def test_a_name_that_is_only_inferred_stands_on_no_page() -> None:
    inferred = CAST.speakers[1]._replace(name="Ana Lind", evidence="inferred")
    assert differences(SIDE._replace(cast=CAST._replace(speakers=(CAST.speakers[0], inferred))), SIDE) == []


def test_what_no_theme_may_run_is_the_same_in_its_tame_form() -> None:
    wild = FACTS | {"title": Fact("title", "A {{ x }}", "x")}
    tame = FACTS | {"title": Fact("title", "A (( x ))", "x")}
    assert differences(SIDE._replace(chosen=wild), SIDE._replace(chosen=tame)) == []


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("said", SAID)
def test_whatever_is_said_reads_back(said: str, site: str, book: Rulebook) -> None:
    """Law 10 for each hostile piece, in a turn, in a later paragraph and beside a sound."""
    text = plain(said)
    talk = f"KOVAC: {text}\n\nLIND: And {text} so\n\nKOVAC: On.\n\nso {text}\n\nLIND: (laughs) {text}\n\nKOVAC: Yes.\n"
    for form, raw in (("text", talk), ("markdown", talk.replace(text, escape.inline(text)))):
        result = clean(raw.encode(), "talk.txt", book, Options(format=form))
        assert as_page(result, book, site=SITES[site], stem="talk", raw="talk.txt").text.startswith("---\n")


TEXT = """Harbour talk

Copyright 2020 NPR. To see more, visit https://www.npr.org.

MIRA KOVAC, HOST: Good evening. (LAUGHTER) And welcome.

ANA LIND: I am glad to be here.

KOVAC: When do the boats go out?

LIND: On Thursday at nine.
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("glad", "sad"),
        ("Mira Kovac:", "Ana Lind:"),
        ("**Ana Lind:** I am", "I am"),
        ("(LAUGHTER) ", ""),
        ("evening. (LAUGHTER)", "evening.\n\n(LAUGHTER)"),
        ('name: "Ana Lind"', 'name: "Ana Linde"'),
        ('role: "HOST"', 'role: "GUEST"'),
        ('name: "NPR"', 'name: "BBC"'),
        ("\n\n*NPR", "\n\nNPR"),
        ("Thursday at nine.", "Thursday at nine.\n\n**Mira Kovac:** Good."),
        ('title: "Harbour', 'title: "Market'),
    ],
)
def test_whatever_is_changed_on_a_page_is_noticed(old: str, new: str, book: Rulebook) -> None:
    result = clean(TEXT.encode(), "talk.txt", book)
    page = as_page(result, book, site=SITES["hugo"], stem="talk", raw="talk.txt").text
    assert old in page
    again = clean(page.replace(old, new, 1).encode(), "talk.md", book, Options(format="markdown"))
    assert differences(result.script(), again.script())
