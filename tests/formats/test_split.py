import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanup.document import Importer, Part, Splitter
from cleanup.formats import blocks, detect, document, make
from cleanup.rulebook import Rulebook
from tests.strategies import texts

SOUNDS = {"words": {"en": ["laughs", "laughter", "music", "soundbite", "pause"]}, "phrases": {"ja": ["笑"]}}
TEXT, MARKDOWN, HTML = make("text", SOUNDS), make("markdown", SOUNDS), make("html", SOUNDS)


def check(form: Splitter | Importer, text: str) -> tuple[Part, ...]:
    parts = document(text, form).parts
    at = 0
    for part in parts:
        assert part.start == at < part.end
        piece = text[part.start : part.end]
        if part.kind == "words":
            assert "\n" not in piece and piece.strip()
        if part.kind in ("break", "gap"):
            assert piece.isspace()
        at = part.end
    assert at == len(text)
    return parts


@settings(max_examples=400)
@given(texts)
def test_law_1_parts_cover_any_string(text: str) -> None:
    check(TEXT, text)
    check(MARKDOWN, text)
    check(HTML, text)


@given(texts)
def test_what_is_quoted_reads_as_it_was(text: str) -> None:
    line = " ".join(text.split())
    assert MARKDOWN.plain(MARKDOWN.quote(line)) == line
    assert TEXT.plain(TEXT.quote(line)) == line
    assert HTML.plain(HTML.quote(line)) == line


@pytest.mark.parametrize(
    "text",
    ["[" * 5000, "<" * 20000, " " * 100_000 + "x", ">" * 2000, "<!--" * 20000, "*a " * 20000, "{{<" * 5000, "(" * 50000, "- " * 2000,
     "[a](" * 5000, "`" * 3000 + "a`" * 3000, "\n" * 50000, "a" * 1_000_000, "> " * 3000, "<div>\n" * 2000,
     "<div>" * 100_000 + "x", "<b><i>" * 20_000 + "x", "<a b='" * 50_001, "<a ='<a" * 50_001 + "='>", "<p>&" * 50_000, "&a" * 100_000,
     "<table><tr><td>" * 10_000, "<script>" * 20_000, "<li>x" * 50_000, "</p>" * 50_000, "<x " * 50_000],
    ids=lambda text: repr(text[:8]),
)  # fmt: skip
def test_trouble_ends(text: str) -> None:
    check(TEXT, text)
    check(MARKDOWN, text)
    check(HTML, text)


def kinds(form: Splitter | Importer, text: str) -> list[tuple[str, str]]:
    return [(p.kind, text[p.start : p.end]) for p in document(text, form).parts if p.kind not in ("break", "gap")]


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("(LAUGHTER) Yes", ["(LAUGHTER)"]),
        ("He left. [laughs] Yes", ["[laughs]"]),
        ("(SOUNDBITE OF MUSIC)", ["(SOUNDBITE OF MUSIC)"]),
        ("(12 seconds pause)", ["(12 seconds pause)"]),
        ("（笑）", ["（笑）"]),
        ("(..) so", ["(..)"]),
        ("(I think so)", []),
        ("(the music that we played on the quay last summer)", []),
    ],
)
def test_sounds(text: str, sounds: list[str]) -> None:
    assert [piece for kind, piece in kinds(TEXT, text) if kind == "sound"] == sounds


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("[00:00:12] Yes", [12000]),
        ("Kelly  0:18\nHello", [18000]),
        ("We met at 3:15 and left", []),
        ("3:15 was the hour", []),
        ("0:01:12\nHello", [72000]),
        ("00:00:01 one\n00:00:02 two\n00:00:03 three", [1000, 2000, 3000]),
        ("Joe Lind: (00:12)\nHello", [12000]),
    ],
)
def test_times(text: str, times: list[int]) -> None:
    assert [part.at for part in document(text, TEXT).parts if part.kind == "stamp"] == times


def test_markdown_marks_links_and_code() -> None:
    text = "**KOVAC:** a `b` [c](https://d.example) [e](javascript:f) &amp; \\*g\\*"
    assert kinds(MARKDOWN, text) == [
        ("mark", "**"), ("words", "KOVAC:"), ("mark", "**"), ("words", "a"), ("markup", "`"), ("code", "b"), ("markup", "`"),
        ("mark", "["), ("words", "c"), ("mark", "](https://d.example)"), ("markup", "["), ("words", "e"), ("markup", "](javascript:f)"),
        ("words", "&amp; \\*g\\*"),
    ]  # fmt: skip


@settings(max_examples=400)
@given(
    st.lists(
        st.sampled_from([*"*_`<#-+=|:>~\t \n\x0c", "\n\n", "## ", "a b", "1.", "    ", "**x** y"]), max_size=14
    ).map("".join)
)
def test_plain_paragraphs_are_those_of_the_parser(body: str) -> None:
    if not blocks.SIGN.search(body):
        assert list(blocks.plain(body)) == list(blocks.parsed(body))


def test_html_blocks_are_descended() -> None:
    text = "<details><p><strong>Nic</strong>: Hello</p>\n<script>x()</script></details>\n"
    assert [piece for kind, piece in kinds(MARKDOWN, text) if kind == "words"] == ["Nic", ": Hello"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('---\ntitle: "A: b"\ntags: [c, d]\n---\nx\n', {"title": "A: b", "tags.0": "c", "tags.1": "d"}),
        ('+++\ntitle = "A"\n[x]\ny = ["b", "c"]\n+++\nx\n', {"title": "A", "x.y.0": "b", "x.y.1": "c"}),
        ('{"title": "A", "b": {"c": "d"}}\nx\n', {"title": "A", "b.c": "d"}),
        ("---\ntitle: never closed\n", {}),
        ("---\nKOVAC: Hello there\n---\nLIND: Yes\n", {}),
        ("---\ntitle: 'it''s: a \"mess\n---\nx\n", {"title": "'it''s: a \"mess"}),
    ],
)
def test_front_matter(text: str, values: dict[str, str]) -> None:
    parts = check(MARKDOWN, text)
    found = {part.form: text[part.start : part.end] for part in parts if part.kind == "value"}
    assert found == values


@pytest.mark.parametrize(
    ("text", "path", "name"),
    [
        ("KOVAC: Hello\n", "a.txt", "text"),
        ("KOVAC: Hello\n", "a.md", "markdown"),
        ("# Title\n\n**KOVAC:** a\n\n**LIND:** b\n", "a.txt", "markdown"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n", "a.txt", "vtt"),
        ("1\n00:00:01,000 --> 00:00:02,000\nHello\n", "a.txt", "srt"),
        ("<!DOCTYPE html><html></html>", "a.txt", "html"),
        ('{"segments": [{"text": "a"}]}', "a.txt", "json"),
        ("", "a.txt", "text"),
        ("\n" * 50_000, "a.txt", "text"),
        ("**KOVAC:** a\n\n**LIND:** b\n\n**KOVAC:** c\n", "a.txt", "markdown"),
        ("<p><strong>KOVAC</strong>: a</p>\n<p>b</p>\n", "a.txt", "html"),
        ("<p><strong>KOVAC</strong>: a</p>\n<p>b</p>\n", "a.md", "markdown"),
        ("<?xml version='1.0'?>\n<!DOCTYPE html><html></html>", "a.txt", "html"),
        ("---\nKOVAC: Hello there\n---\nLIND: Yes\n", "a.txt", "text"),
    ],
)
def test_detect(text: str, path: str, name: str) -> None:
    assert detect(text, path) == name


def test_ours(book: Rulebook) -> None:
    text = '---\ntitle: "x"\ntranscript:\n  body: "y"\n---\nHello\n'
    assert document(text, MARKDOWN).ours
    assert not document("Hello\n", MARKDOWN).ours
