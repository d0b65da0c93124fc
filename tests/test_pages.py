"""Law 10: reading a page back gives the same script; and what a reader sees of it is the text."""

import re

import pytest
from hypothesis import HealthCheck, given, settings

from cleanup.errors import InputError
from cleanup.formats.front import read
from cleanup.kinds import KINDS
from cleanup.options import Options
from cleanup.pipeline import as_page, clean
from cleanup.rulebook import open_book
from cleanup.writers import escape
from cleanup.writers.front import front_matter
from cleanup.writers.sites import SITES
from cleanup.writers.slug import slug
from cleanup.yamlfile import quoted
from tests.strategies import anything, hostile, transcripts

BOOK = open_book(kinds=KINDS)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def publish(text: str, form: str = "text", site: str = "hugo") -> str:
    result = clean(text.encode(), "talk.txt", BOOK, Options(format=form))
    return as_page(result, BOOK, site=SITES[site], stem="talk", raw="talk.txt").text


@SLOW
@given(transcripts)
def test_law_10_pages_read_back(text: str) -> None:
    assert publish(text).startswith("---\n")  # as_page raises where the page would say something else


@SLOW
@given(transcripts)
def test_law_7_a_page_is_stable(text: str) -> None:
    page = publish(text)
    again = clean(page.encode(), "talk.md", BOOK, Options(format="markdown"))
    assert again.document.text == page


@SLOW
@given(hostile)
def test_what_is_done_in_place_does_not_hang_on_what_is_only_shown(text: str) -> None:
    page = f"**KOVAC:** I am glad to to be here.\n\n{text}\n\n**LIND:** So am I.\n\nComments are closed.\n".encode()
    wanted = Options(format="markdown", language="en", in_place=True)
    whole, sure = (clean(page, "a.md", BOOK, wanted._replace(sure=sure)) for sure in (False, True))
    assert sure.document.text == whole.document.text
    assert [row for row in sure.findings if row.applied] == [row for row in whole.findings if row.applied]
    assert len(sure.findings) < len(whole.findings)


def test_a_time_alone_between_marks_leaves_one_blank() -> None:
    page = publish("KOVAC: One.\n\nLIND: Two, **[0:12]** **and** three.\n\nKOVAC: > **[0:12]****\n", "markdown")
    assert "Two, **and** three." in page


@SLOW
@given(hostile)
def test_hostile_text_never_reaches_the_page_otherwise(text: str) -> None:
    body = f"KOVAC: One.\n\nLIND: {text}\n\nKOVAC: Two.\n\nLIND: Three.\n"
    for form in ("text", "markdown"):
        page = publish(body, form).lower()
        shown = re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", page, flags=re.DOTALL)  # code is shown, and runs nowhere
        assert "<script" not in shown and "](javascript" not in shown
        assert "{{<" not in page.replace("{{</*", "")


@settings(max_examples=300)
@given(anything)
def test_a_reader_sees_the_text(text: str) -> None:
    from markdown_it import MarkdownIt

    line = " ".join("".join(c for c in text if c.isprintable()).split())
    html = MarkdownIt("commonmark").enable("table").enable("strikethrough").render(escape.line(line))
    from html import unescape

    assert " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split()) == line


@pytest.mark.parametrize(
    "text",
    [
        "Ordinary prose, it's 5 o'clock.",
        "It cost $10 million.",
        "snake_case and me@a.example",
        "2 > 1 & so on",
        "a - b",
    ],
)
def test_prose_stays_readable(text: str) -> None:
    assert escape.line(text) == text


@given(anything)
def test_front_matter_reads_back(text: str) -> None:
    import yaml

    assert yaml.safe_load(f"x: {quoted(text)}") == {"x": text}


def test_front_matter_leaves_empty_values_out() -> None:
    assert (
        front_matter({"title": "a", "date": "2021-12-30", "b": None, "c": [], "d": True})
        == '---\ntitle: "a"\ndate: 2021-12-30\nd: true\n---\n'
    )


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ferry, again!", "ferry-again"),
        ("../../etc/x", "etc-x"),
        ("CON", "con-page"),
        ("", "talk"),
        ("日本 語", "日本-語"),
        ("a" * 300, "a" * 80),
        ("It's", "its"),
    ],
)
def test_slugs(title: str, name: str) -> None:
    assert slug(title, "talk") == name


@given(anything)
def test_slugs_are_safe(title: str) -> None:
    made = slug(title, "talk")
    assert made and len(made.encode()) <= 85 and not set(made) & set('/\\:*?"<>|.\0') and made == made.strip()


def test_label_forms_and_credit() -> None:
    text = "Copyright 2020 NPR. To see more, visit\n\nMIRA KOVAC, HOST: One.\n\nLIND: Two.\n\nKOVAC: Three.\n\nLIND: Four.\n"
    page = publish(text)
    assert "**MIRA KOVAC:** One." in page and "**LIND:** Two." in page and "*NPR · Copyright 2020 NPR*" in page
    full = publish(text.replace("LIND", "ANA LIND"))
    assert "**Mira Kovac:** One." in full and "**Ana Lind:** Two." in full


def test_a_turn_of_nobody_after_a_clip() -> None:
    text = "KOVAC: One.\n\n(BEGIN VIDEO CLIP)\n\nLIND: Two.\n\n(END VIDEO CLIP)\n\nSo that was it.\n\nKOVAC: Three.\n\nLIND: Four.\n"
    assert "**—** So that was it." in publish(text)


def test_binary_is_no_page() -> None:
    with pytest.raises(InputError):
        clean(b"%PDF-1.4", "x.txt", BOOK)


def test_a_page_states_its_people() -> None:
    front = read(publish("MIRA KOVAC, HOST: One.\n\nANA LIND: Two.\n\nKOVAC: Three.\n\nLIND: Four.\n"))
    assert front is not None
    rows = {value.key: value.text for value in front.values}
    assert rows["transcript.people.0.name"] == "Mira Kovac" and rows["transcript.people.0.role"] == "HOST"
