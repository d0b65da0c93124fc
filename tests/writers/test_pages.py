"""How a page looks: labels, marks, links, code; and that what was not said by anybody runs nowhere."""

import pytest

from cleanup.document import Cast, Speaker
from cleanup.findings import Fact
from cleanup.options import Options
from cleanup.pipeline import as_page, clean
from cleanup.rulebook import Rulebook
from cleanup.script import Block, Run, Script
from cleanup.writers.body import Look
from cleanup.writers.pages import body_hash, page
from cleanup.writers.sites import SITES

TALK = "KOVAC: One.\n\nLIND: Two.\n\nKOVAC: Three.\n\nLIND: Four.\n"


def body(*runs: Run, kind: str = "turn", block: str = "p", site: str = "hugo", level: int = 0) -> str:
    """Return the body of a page that has this one block."""
    script = Script([Block(kind, runs, 0, 0, block=block, level=level)], Cast(), {}, None, "x")
    made = page(script, (), site=SITES[site], raw="x.txt", sha256="0", look=Look())
    return made.text.partition("---\n\n")[2].rstrip("\n")


def marked(*pieces: str) -> tuple[Run, ...]:
    """Make runs: a piece that starts with `§` is a mark, one with `¶` is code."""
    kinds = {"§": "mark", "¶": "code"}
    return tuple(Run(kinds.get(p[0], "text"), p[1:] if p[0] in kinds else p) for p in pieces)


@pytest.mark.parametrize(
    ("runs", "made"),
    [
        (("so ", "§**", "on", "§**", " now"), "so **on** now"),
        (("so ", "§*", "on"), "so on"),
        (("on", "§*", " now"), "on now"),
        (("so", "§**", "—", "§**", "on"), "so—on"),
        (("so ", "§**", "§*", "on", "§*", "§**"), "so on"),
        (("so", "§_", "on", "§_", "now"), "soonnow"),
        (("so", "§*", "on", "§*", "now"), "so*on*now"),
        (("§*", " on", "§*"), " on"),
        (("(", "§**", "on", "§**", ")"), "(**on**)"),
        (("see ", "§[", "on", "§](https://a.example/x_y)"), "see [on](https://a.example/x_y)"),
        (("see ", "§[", "on", '§](https://a.example "{{% x %}}")'), "see [on](https://a.example)"),
        (
            ("see ", "§[", "on", "§](<https://a.example/{{% x %}}>)"),
            "see [on](https://a.example/%7B%7B%%20x%20%%7D%7D)",
        ),
        (("see ", "§[", "on", "§](https://a.example/a\\(b)"), "see [on](https://a.example/a%28b)"),
        (("so!", "§[", "on", "§](https://a.example)"), "so!on"),
        (("see ", "§[", "on"), "see on"),
        (("run ", "¶ls -l", " now"), "run `ls -l` now"),
        (("run ", "¶a`b", " now"), "run ``a`b`` now"),
        (("run ", "¶`", " now"), "run `` ` `` now"),
        (("run ", "¶``a`", " now"), "run ``` ``a` ``` now"),
        (("run ", "¶ a ", " now"), "run `  a  ` now"),
        (("run ", "¶{{< x >}}", " now"), "run `{{</* x */>}}` now"),
        (("run ", "¶{{ x }}", " now"), "run `{{ x }}` now"),
    ],
)
def test_marks_stay_where_they_read_as_marks(runs: tuple[str, ...], made: str) -> None:
    assert body(*marked(*runs)) == made


def test_code_that_plain_markdown_shows_stays_code() -> None:
    assert body(*marked("run ", "¶{{< x >}}"), site="markdown") == "run `{{< x >}}`"


@pytest.mark.parametrize(
    ("code", "hugo", "markdown"),
    [
        ("a = 1", "```\na = 1\n```", "```\na = 1\n```"),
        ("```\nx", "````\n```\nx\n````", "````\n```\nx\n````"),
        ("{{< x >}}", "```\n{{</* x */>}}\n```", "```\n{{< x >}}\n```"),
        ("{{% x %}} {{< y >}}", "```\n{{%/* x */%}} {{</* y */>}}\n```", "```\n{{% x %}} {{< y >}}\n```"),
        ("{{< x", "```\n{\u200c{< x\n```", "```\n{{< x\n```"),
        ("{{< x >}} {{% y", "```\n{{</* x */>}} {\u200c{% y\n```", "```\n{{< x >}} {{% y\n```"),
        ("<!--more-->", "```\n<!--\u200cmore-->\n```", "```\n<!--more-->\n```"),
    ],
)
def test_code_blocks(code: str, hugo: str, markdown: str) -> None:
    assert body(Run("code", code), kind="other", block="code") == hugo
    assert body(Run("code", code), kind="other", block="code", site="markdown") == markdown


def test_lists_and_tables() -> None:
    items = (Run("item", "* "), Run("text", "one"), Run("line", ""), Run("item", "3."), Run("text", "1. two"))
    assert body(*items, kind="other", block="li") == "- one\n3. 1\\. two"
    cells = (Run("row", ""), Run("text", "a|b"), Run("cell", ""), Run("code", "c|d"), Run("row", ""), Run("text", "e"))
    assert body(*cells, kind="other", block="table") == "| a\\|b | c\\|d |\n| --- | --- |\n| e |  |"


def test_headings_stand_below_the_title() -> None:
    assert body(Run("text", "So # it {.is} #"), kind="heading", level=1) == "## So \\# it &#123;.is} \\#"
    assert body(Run("text", "So"), kind="heading", level=4) == "#### So"


def labels(look: str | None, *speakers: Speaker) -> list[str]:
    """Return the labels of a page on which each of these speaks once."""
    blocks = [Block("turn", (Run("text", "x"),), 0, 0, speaker=s.shown, label=s.label) for s in speakers]
    script = Script(blocks, Cast(speakers), {}, None, "x")
    made = page(script, (), site=SITES["markdown"], raw="x", sha256="0", look=Look(labels=look))
    return [line.split(":**")[0][2:] for line in made.text.split("---\n\n")[1].splitlines() if line]


def known(label: str, name: str) -> Speaker:
    return Speaker(label, (label,), name, evidence="declared")


def unknown(label: str) -> Speaker:
    return Speaker(label, (label,))


@pytest.mark.parametrize(
    ("look", "speakers", "shown"),
    [
        (None, (known("KOVAC", "Mira Kovac"), known("LIND", "Ana Lind")), ["Mira Kovac", "Ana Lind"]),
        (None, (known("MIRA KOVAC, HOST", "Mira Kovac"), unknown("LIND")), ["MIRA KOVAC", "LIND"]),
        ("full", (known("KOVAC", "Mira Kovac"), unknown("LIND")), ["Mira Kovac", "LIND"]),
        ("as-is", (known("KOVAC", "Mira Kovac"), known("LIND", "Ana Lind")), ["KOVAC", "LIND"]),
        ("surname", (known("KOVAC", "Mira Kovac"), known("A. LIND", "Ana Lind")), ["Kovac", "Lind"]),
        ("surname", (known("A. LIND", "Ana Lind"), known("O. LIND", "Ola Lind")), ["A. LIND", "O. LIND"]),
        ("surname", (known("ANA", "Ana Lind"), unknown("Lind")), ["ANA", "Lind"]),
        (None, (unknown("LIND, HOST"), unknown("LIND, GUEST")), ["LIND, HOST", "LIND, GUEST"]),
        (None, (unknown("<b>"), unknown("LIND")), ["‹b›", "LIND"]),
        (None, (unknown("A*B"), unknown("LIND")), ["A\\*B", "LIND"]),
    ],
)
def test_one_form_of_labels_that_nobody_shares(
    look: str | None, speakers: tuple[Speaker, ...], shown: list[str]
) -> None:
    assert labels(look, *speakers) == shown


@pytest.mark.parametrize("look", ["full", "surname", "as-is", None])
def test_every_form_of_labels_reads_back(look: str | None, book: Rulebook) -> None:
    raw = "ANA LIND, HOST: One.\n\nOLA LIND: Two.\n\nMIRA KOVAC: Three.\n\nUNIDENTIFIED PERSON #1: Four.\n\nANA LIND: Five.\n"
    result = clean(raw.encode(), "talk.txt", book)
    made = as_page(result, book, site=SITES["hugo"], stem="talk", raw="talk.txt", look=Look(labels=look))
    assert made.text.count(":** ") == 5


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_hash_sees_words_and_not_layout(newline: str) -> None:
    assert body_hash(newline.join(["One.  ", "", "Two.", "", ""])) == body_hash("One.\n\nTwo.\n")
    assert body_hash("One.\n\nTwo.\n") != body_hash("One.\nTwo.\n")


def test_front_matter_in_its_order(book: Rulebook) -> None:
    facts = {"title": "Talk {{ x }}", "date": "2024-01-02", "source": "Radio"}
    result = clean(TALK.encode(), "talk.txt", book, Options(stated=facts))
    made = as_page(result, book, site=SITES["hugo"], stem="talk", raw="raw/talk {1}.txt")
    assert made.slug == "talk-x" and not made.draft and made.tamed == ("title",)
    hashed = body_hash(made.text.partition("---\n\n")[2])
    assert made.text == (
        '---\ntitle: "Talk (( x ))"\ndate: 2024-01-02\nslug: "talk-x"\nspeakers: ["KOVAC", "LIND"]\n'
        f'source:\n  name: "Radio"\ntranscript:\n  raw: "raw/talk {{1}}.txt"\n  sha256: "{result.source.sha256}"\n'
        f'  body: "{hashed}"\n  people:\n    - {{label: "KOVAC"}}\n    - {{label: "LIND"}}\n---\n\n'
        "**KOVAC:** One.\n\n**LIND:** Two.\n\n**KOVAC:** Three.\n\n**LIND:** Four.\n\n*Radio*\n"
    )


def test_without_a_credit_line_and_without_a_date(book: Rulebook) -> None:
    result = clean(TALK.encode(), "talk.txt", book, Options(stated={"source": "Radio"}))
    made = as_page(result, book, site=SITES["hugo"], stem="my_talk", raw="-", look=Look(credit=False))
    assert "*Radio*" not in made.text and 'name: "Radio"' in made.text
    assert made.draft and "draft: true" in made.text and 'title: "my talk"' in made.text


def test_a_slug_once_given_stays(book: Rulebook) -> None:
    chosen = {"title": Fact("title", "New", "given")}
    script = Script((), Cast(), chosen, None, "x")
    made = page(script, (), site=SITES["hugo"], raw="x", sha256="0", look=Look(), kept={"slug": "old"})
    assert made.slug == "old" and 'slug: "old"' in made.text and 'title: "New"' in made.text


def test_a_value_that_was_tamed_is_named_once() -> None:
    script = Script((), Cast(), {"media": Fact("media", "https://a.example/{x}.mp3", "given")}, None, "x")
    assert page(script, (), site=SITES["hugo"], raw="x", sha256="0", look=Look()).tamed == ("media",)
