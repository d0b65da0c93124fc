"""Pages of HTML: what a reader reads, what stands around it, and what the page says about itself."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from justhtml import JustHTML

from cleanup.document import Document, Part
from cleanup.formats import document, make
from cleanup.pipeline import as_page, clean
from cleanup.result import Result
from cleanup.rulebook import Rulebook
from cleanup.writers.sites import SITES
from tests.conftest import removed

TAGS = ["p", "div", "b", "i", "span", "li", "ul", "td", "tr", "table", "h2", "a", "em", "blockquote", "section"]
WORDS = [
    "KOVAC:",
    "Hello",
    "ferry",
    "&amp;",
    "caf&eacute;",
    "a < b",
    "12:30",
    "x &nbsp; y",
    "\n",
    " ",
    "&#8212;",
    "(laughs)",
    "Ana Lind:",
]
pages = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(TAGS).map("<{}>".format),
        st.sampled_from(TAGS).map("</{}>".format),
        st.sampled_from(
            [
                "<br>",
                "<br/>",
                "<hr>",
                "<!-- x -->",
                "<img alt='no'>",
                '<p class="a>b">',
                "<script>if (a<b) x()</script>",
            ]
        ),
    ),
    max_size=40,
).map("".join)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def read(text: str) -> list[str]:
    """Return the words that a reader sees, joined as our parts are: by nothing within a paragraph."""
    form = make("html", {})
    whole = document(text, form)
    return words("".join(_shown(whole, part) for part in whole.parts))


def _shown(whole: Document, part: Part) -> str:
    if part.kind in ("words", "sound", "stamp"):
        return whole.words(part)
    return "\n" if part.form in ("para", "line") or part.kind in ("gap", "break") or part.block == "hr" else ""


def judged(text: str) -> list[str]:
    """Return the words that another reader finds, its blocks set apart."""
    found: list[str] = []

    def walk(node: object) -> None:
        name = getattr(node, "name", "")
        if name == "#text":
            found.append(str(getattr(node, "data", "")))
        elif name not in ("script", "style", "#comment", "title"):
            block = name not in ("b", "i", "span", "a", "em", "img")
            found.append("\n" * block)
            for child in getattr(node, "children", None) or ():
                walk(child)
            found.append("\n" * block)

    walk(JustHTML(text, sanitize=False).root)
    return words("".join(found))


@settings(max_examples=300)
@given(pages)
def test_the_words_are_those_of_another_reader(text: str) -> None:
    """A table moves words that stand in it by mistake before itself: there only the letters must be the same."""
    ours, theirs = "".join(read(text)), "".join(judged(text))
    assert sorted(ours) == sorted(theirs)
    if not re.search("<t[drab]", text):
        assert ours == theirs


PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>The harbour strike | Harbour News</title>
<meta property="og:site_name" content="Harbour News"><meta property="article:published_time" content="2018-05-02T08:00:00Z">
<meta property="article:modified_time" content="2020-01-09"><link rel="canonical" href="https://harbour.example/strike">
<script>var transcript = "KOVAC: no";</script></head>
<body class="single"><header class="site-header"><a href="/">Harbour News</a></header>
<nav><ul><li><a href="/a">News</a></li><li><a href="/b">Weather</a></li></ul></nav>
<main><article><h1>The harbour strike</h1><p class="byline">By Nils Abadi</p>
<p><strong>Mira Kovac:</strong> Good evening, and welcome to the harbour.</p>
<p><strong>Ana Lind:</strong> I am glad to be here (laughs).</p>
<div class="teaser-box"><a href="/c">Ferries: what we know</a></div>
<p><strong>Mira Kovac:</strong> When do the boats go out again?</p>
<p><strong>Ana Lind:</strong> On Thursday at nine&nbsp;&mdash; I hope.</p>
</article></main><div id="comments"><p>Nils: So good!</p></div>
<footer>&copy; 2021 Harbour News</footer></body></html>
"""


def cleaned(book: Rulebook, text: str, path: str = "a.html") -> Result:
    return clean(text.encode(), path, book)


def test_a_page_is_read(book: Rulebook) -> None:
    got = cleaned(book, PAGE)
    turns = [(b.speaker, b.text) for b in got.blocks()]
    assert turns == [
        ("Mira Kovac", "Good evening, and welcome to the harbour."), ("Ana Lind", "I am glad to be here (laughs)."),
        ("Mira Kovac", "When do the boats go out again?"), ("Ana Lind", "On Thursday at nine\xa0— I hope."),
    ] or [b.kind for b in got.blocks()].count("sound") == 1  # fmt: skip
    stated = {key: fact.value for key, fact in got.chosen.items()}
    assert stated["title"] == "The harbour strike"
    assert stated["date"] == "2018-05-02"
    assert stated["source.name"] == "Harbour News"
    assert got.language == "en-GB"
    rules = {row.finding.rule.rpartition("/")[2] for row in removed(got)}
    assert rules == {"navigation", "banner", "byline", "related", "comments", "footer"}


def test_offsets_are_those_of_the_file(book: Rulebook) -> None:
    got = cleaned(book, PAGE)
    for block in got.blocks():
        assert PAGE[block.start : block.end].startswith(block.text.split()[0])


@pytest.mark.parametrize(
    "page",
    [
        "<h1>Ferry strike</h1><p>Note: the ferries do not run.</p><p>The harbour said on Monday that it would close.</p>",
        "<h1>Interview with Mira Kovac</h1><p>Mira Kovac speaks about her book. Ana Lind asked the questions.</p><p>Listen here</p>",
        "<ul><li>Monday: fish</li><li>Tuesday: soup</li><li>Wednesday: fish</li></ul><p>The kitchen is open from noon to three.</p>",
        "<div><p>Photo: Nils Abadi</p><p>“We wait,” says Lind. “What else?”</p><p>More on this: <a href='/x'>Ferries</a></p></div>",
        "<p>The harbour said on Monday that it would close.</p><aside><p>08:00 News</p><p>09:30 Talk</p><p>11:00 Music</p></aside>",
    ],
)
def test_what_is_no_transcript(book: Rulebook, page: str) -> None:
    got = cleaned(book, f"<html><body>{page}</body></html>")
    assert not got.cast.speech
    assert not got.cast.speakers


@pytest.mark.parametrize(
    ("head", "key", "value"),
    [
        ('<link rel="alternate" type="application/rss+xml" title="Harbour Hour » Feed" href="/feed/">', "source.name", "Harbour Hour"),
        ('<link rel="alternate" type="application/rss+xml" title="RSS Feed" href="/feed/">', "source.name", None),
        ('<meta property="og:site_name" content="gov.example"><title>The ferry talks | Harbour Office | gov.example</title>', "source.name", "Harbour Office"),
        ('<script>player({"show": {"title": "Harbour Hour"}, "publicationDate": "2020-05-03T06:00:00"})</script>', "source.name", "Harbour Hour"),
        ('<script>player({"show": {"title": "Harbour Hour"}, "publicationDate": "2020-05-03T06:00:00"})</script>', "date", "2020-05-03"),
        ('</head><time datetime="2020-05-03">May 3</time>', "date", "2020-05-03"),
        ('</head><time datetime="2020-05-03">May 3</time><time datetime="2020-06-01">June</time>', "date", None),
    ],
)  # fmt: skip
def test_who_publishes_and_when(head: str, key: str, value: str | None, book: Rulebook) -> None:
    turns = "<p>KOVAC: Good evening to you all.</p><p>LIND: I am glad to be here.</p>" * 3
    result = clean(
        f"<html><head>{head}</head><body><h1>The ferry talks</h1>{turns}</body></html>".encode(), "a.html", book
    )
    assert (result.chosen[key].value if key in result.chosen else None) == value


def test_a_time_in_brackets_may_be_a_link(book: Rulebook) -> None:
    rows = "".join(
        f'<p>{who}: (<u><a href="#">00:0{i}</a></u>)<br>It rained.</p>'
        for i, who in enumerate(["Mira Kovac", "Ana Lind"] * 3)
    )
    made = clean(f"<html><body><h1>The ferry</h1>{rows}</body></html>".encode(), "a.html", book).blocks()
    assert [(b.speaker, b.at, b.text) for b in made if b.kind == "turn"] == [
        (who, i * 1000, "It rained.") for i, who in enumerate(["Mira Kovac", "Ana Lind"] * 3)
    ]


def test_a_speaker_of_a_parliament_has_a_party(book: Rulebook) -> None:
    page = "<p><b>Präsidentin Kovac:</b></p><p>Ich rufe auf.</p><p><b>Ana Berg (SPD):</b></p><p>Danke.</p><p><b>Präsidentin Kovac:</b></p><p>Bitte.</p>"
    cast = clean(f"<html><body><h1>Protokoll</h1>{page}</body></html>".encode(), "a.html", book).cast
    assert [speaker.label for speaker in cast.speakers] == ["Präsidentin Kovac", "Ana Berg (SPD)"]


def test_an_introduction_under_a_heading_that_says_transcript_stays_one_on_a_page(book: Rulebook) -> None:
    rows = "".join(
        f"<p>{who}: (<a href='#'>00:0{i}</a>)<br>It rained.</p>" for i, who in enumerate(["Mira", "Ana"] * 2)
    )
    page = f"<html><body><h1>Harbour Talk Transcript</h1><p>Read what Mira and Ana said</p>{rows}</body></html>"
    made = as_page(clean(page.encode(), "a.html", book), book, site=SITES["markdown"], stem="a", raw="a.html")
    assert "<!-- transcript -->" in made.text


SPEECHES = [
    ("kovac", "Mira Kovac", "When do the ferries run?"),
    ("lind", "Ana Lind", "Twice a day."),
    ("kovac", "Mira Kovac", "They do not."),
    ("lind", "Ana Lind", "They will."),
]
FORMS = {
    "headings": "<h2><a href='/people/{0}'>{1}</a></h2><p>{2}</p>",
    "office": "<h2><a href='/mp/{0}'><strong class='debate__speaker__name'>{1}</strong> <small>Labour, Norvik</small></a></h2><p>{2}</p>",
    "strong": "<div><strong class='member'><a href='/msps/{0}'>{1}</a></strong><p>{2}</p></div>",
    "brackets": "<p class='speaker'><a href='/mp/?m={0}'><strong>{1}</strong></a> <small>(Norvik, Labor)</small> <a href='#'>Link to this</a></p><p>{2}</p>",
    "riding": "<p><a href='/politicians/{0}/'><span class='pol_name'>{1}</span></a> <span class='partytag'>Liberal</span></p><p>{2}</p>",
    "blocks": "<a class='attributed-to-details' href='/m?memberId={0}'><div>{1}</div><div class='secondary-text'>(Norvik) (Lab)</div></a><div><p>{2}</p></div>",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_parliaments_link_who_speaks(book: Rulebook, form: str) -> None:
    body = "".join(FORMS[form].format(*row) for row in SPEECHES)
    result = clean(f"<html><body><h1>Ferries</h1>{body}</body></html>".encode(), "talk.html", book)
    assert as_page(result, book, site=SITES["markdown"], stem="talk", raw="talk.html")
    said = [(block.speaker, block.text) for block in result.blocks() if block.kind == "turn"]
    assert said == [(name, text) for _, name, text in SPEECHES]


def test_who_is_heard_once_stands_in_a_heading_as_others_do(book: Rulebook) -> None:
    rows = [*SPEECHES, ("berg", "Tom Berg", "They ran in May.")]
    body = "".join(f"<h4>{name}</h4><p>{text}</p>" for _, name, text in rows)
    names = {block.speaker for block in clean(f"<h1>Ferries</h1>{body}".encode(), "talk.html", book).blocks()}
    assert "Tom Berg" in names
    body += "<h4>What the papers say</h4><p>Nothing.</p>"
    names = {block.speaker for block in clean(f"<h1>Ferries</h1>{body}".encode(), "talk.html", book).blocks()}
    assert "Tom Berg" not in names and "What the papers say" not in names


def test_who_takes_part_is_listed_and_says_nothing(book: Rulebook) -> None:
    talk = "".join(f"<p><b>{who}:</b> Line {i}.</p>" for i, who in enumerate(["Mira", "Tom"] * 3))
    page = f"<h1>Fog</h1><h2>Guests</h2><p><b>Ana Lind</b> (author)</p><p>In this talk we hear of ferries.</p>{talk}"
    assert "Ana Lind" not in {block.speaker for block in clean(page.encode(), "talk.html", book).blocks()}


def test_names_in_small_letters_are_those_of_the_text(book: Rulebook) -> None:
    rows = "".join(f"<dt>{name}</dt><dd><p>Line {i}.</p></dd>" for i, name in enumerate(["mira kovac", "ana lind"] * 3))
    result = clean(f"<h1>Mira Kovac Interviews Ana Lind</h1><dl>{rows}</dl>".encode(), "talk.html", book)
    assert [speaker.name for speaker in result.cast.speakers] == ["Mira Kovac", "Ana Lind"]
    assert not clean(f"<h1>Ferries</h1><dl>{rows}</dl>".encode(), "talk.html", book).cast.speakers


def test_links_that_lead_away_still_go(book: Rulebook) -> None:
    teasers = "".join(
        f"<p><a href='/news/{i}'>{('Read More', 'Go On')[i % 2]}</a></p><p>The ferry was late on day {i}.</p>"
        for i in range(4)
    )
    result = clean(f"<h1>Ferries</h1><p>KOVAC: Good evening to you all.</p><p>LIND: Good evening.</p>{teasers}".encode(), "talk.html", book)  # fmt: skip
    assert "Read More" in [result.source.text[row.start : row.end] for row in removed(result)]


def test_what_a_speaker_says_is_no_list_of_people(book: Rulebook) -> None:
    talk = "".join(f"<p><strong>Hon {name}</strong>: {text}</p>" for _, name, text in SPEECHES[:2])
    result = clean(f"<h1>Ferries</h1>{talk}<p><strong>SPEAKER</strong>: Order. Question two.</p>".encode(), "talk.html", book)  # fmt: skip
    assert "Order. Question two." in " ".join(block.text for block in result.blocks())
