"""Markdown: front matter, then block by block; within a block one walk over marks, links, code, tags and words."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cleanup.document import Part, stripped
from cleanup.formats import front, inline
from cleanup.formats.atoms import Atoms
from cleanup.formats.blocks import Region, regions
from cleanup.formats.sounds import Sounds
from cleanup.formats.stamps import CLOCK, milliseconds
from cleanup.formats.tables import guessed, spoken
from cleanup.formats.text import _RULE as RULE
from cleanup.regexes import late

_ESCAPE = late(r"\\([!-/:-@\[-`{-~])|(&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_LITERAL = late(r"[\\`*_\[\]<>&~|{}]|(?<![^\s])[#+\-=](?=[\s#=-]|$)|(?<=\d)[.)](?=\s|$)")
_DEFINITION = late(
    r"^ {0,3}\[([^\]\n]+)\]:[ \t]+<?(?:https?:|mailto:|/|#|www\.)\S*>?[ \t]*(?:[\"'(][^\n]*)?$", re.MULTILINE
)
_MARKER = late(r"(?:[ \t>]*(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$))*[ \t>]*")
_BULLET = late(r"[-*+]|\d{1,9}[.)]")


class Markdown(NamedTuple):
    """CommonMark with tables. Indented lines are prose: in a transcript an indent is layout, not code."""

    sounds: Sounds
    name: str = "markdown"

    def split(self, text: str) -> tuple[Part, ...]:
        """Cut the text into parts: front matter, then block by block."""
        head = front.read(text)
        begin = head.end if head else 0
        parts = list(front.parts(text, head)) if head else []
        body = text[begin:]
        ours = head is not None and any(value.key == "transcript.body" for value in head.values)
        walk = inline.Walk(text, Atoms(text, self.sounds, bare=not ours, escapes=True), labels=_labels(body))
        for region in regions(body):
            parts += _lay(text, region, begin, walk)
        return tuple(_whole(text, parts, begin))

    def plain(self, text: str) -> str:
        """Undo backslash escapes and entities."""
        if "\\" not in text and "&" not in text:
            return text
        from html import unescape

        return _ESCAPE.sub(lambda m: m[1] or unescape(m[2]), text)

    def quote(self, text: str) -> str:
        """Write plain text so that no character of it is markup."""
        return _LITERAL.sub(lambda m: "&amp;" if m[0] == "&" else "&lt;" if m[0] == "<" else "\\" + m[0], text)


def _labels(body: str) -> frozenset[str]:
    """Return the names of links whose address stands in a line of its own; footnotes have words there."""
    names = (match[1] for match in _DEFINITION.finditer(body)) if "]:" in body else ()
    return frozenset(inline.label(name) for name in names if name[0] != "^")


def _lay(text: str, region: Region, begin: int, walk: inline.Walk) -> Iterator[Part]:
    """Yield the parts of one block, markers of its lines included; blanks between blocks come later."""
    start, end = begin + region.start, begin + region.end
    block = region.block
    if block == "hr" or (block == "p" and not text[start].isalnum() and RULE.fullmatch(text[start:end].strip())):
        yield from _trimmed(text, start, end, "markup", "hr")
    elif block == "code":
        yield from _fence(text, start, end, quoted=region.quoted)
    elif block == "table":
        yield from _table(text, start, end, walk)
    elif block == "html":
        rows = inline.lines(text, start, end) if region.quoted else [(start, end)]
        skip = _QUOTES if region.quoted else _NOTHING
        yield from walk.parts([(_behind(skip, text, *row), row[1]) for row in rows], "p", html=True)
    else:
        lines = list(inline.lines(text, start, end))
        if block[0] == "h" and len(lines) > 1 and re.fullmatch(r"[ \t>]*(?:=+|-+)[ \t]*", text[slice(*lines[-1])]):
            yield from _trimmed(text, *lines.pop(), "markup", block)
        yield from _prose(text, lines, block, region.item, walk)


def _prose(text: str, lines: Sequence[tuple[int, int]], block: str, item: bool, walk: inline.Walk) -> Iterator[Part]:
    stretches: list[tuple[int, int]] = []
    for index, (start, end) in enumerate(lines):
        if text.find("]:", start, end) > 0 and _DEFINITION.match(text[start:end]):
            yield Part("markup", start, end, block)
            continue
        marker = _marker(text, start, end, block, first=index == 0 and item)
        if marker > start and text[start:marker].strip():
            yield from _bullets(text, start, marker, block)
        stretches.append((marker, end))
    if block[0] == "h" and stretches:
        yield from _heading(text, stretches, block)
        stretches = _without_hashes(text, stretches)
    yield from walk.parts(stretches, block)


def _marker(text: str, start: int, end: int, block: str, *, first: bool) -> int:
    """Return where the words of a line begin, behind bullets and quote marks."""
    if block in ("li", "quote") or first:
        return _behind(_MARKER if first else _QUOTES, text, start, end)
    return start


_QUOTES, _NOTHING = late(r"[ \t>]*"), late("")


def _behind(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    match = pattern.match(text, start, end)
    return match.end() if match else start


def _bullets(text: str, start: int, end: int, block: str) -> Iterator[Part]:
    at = start
    for match in _BULLET.finditer(text, start, end):
        if at < match.start():
            yield from _trimmed(text, at, match.start(), "markup", block)
        yield Part("markup", match.start(), match.end(), "li", None, "item")
        at = match.end()
    if at < end and text[at:end].strip():
        yield from _trimmed(text, at, end, "markup", block)


_HASHES = late(r"[ \t>]*(#{1,6})(?=[ \t]|$)")
_CLOSING = late(r"(?:^|[ \t])(#+)[ \t]*$")


def _heading(text: str, stretches: Sequence[tuple[int, int]], block: str) -> Iterator[Part]:
    start, end = stretches[0]
    match = _HASHES.match(text, start, end)
    if match:
        yield Part("markup", match.start(1), match.end(1), block)
        closing = _CLOSING.search(text[match.end(1) : end])
        if closing:
            at = match.end(1)
            yield Part("markup", at + closing.start(1), at + closing.end(1), block)


def _without_hashes(text: str, stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    start, end = stretches[0]
    match = _HASHES.match(text, start, end)
    if not match:
        return list(stretches)
    closing = _CLOSING.search(text[match.end(1) : end])
    return [(match.end(1), match.end(1) + closing.start(1) if closing else end), *stretches[1:]]


def _fence(text: str, start: int, end: int, *, quoted: bool) -> Iterator[Part]:
    lines = list(inline.lines(text, start, end))
    yield from _trimmed(text, *lines[0], "markup", "code")
    closed = len(lines) > 1 and re.fullmatch(r"[ \t>]*(?:`{3,}|~{3,})[ \t]*", text[slice(*lines[-1])])
    inner = lines[1:-1] if closed else lines[1:]
    if inner and quoted:
        for first, last in inner:
            yield from inline.code(text, _behind(_QUOTE, text, first, last), last + (last < inner[-1][1]), "code")
    elif inner:
        yield from inline.code(text, inner[0][0], inner[-1][1], "code")
    if closed:
        yield from _trimmed(text, *lines[-1], "markup", "code")


_QUOTE = late(r"(?: {0,3}> ?)*")


def _table(text: str, start: int, end: int, walk: inline.Walk) -> Iterator[Part]:
    rows = [(_behind(_QUOTES, text, *line), line[1]) for line in inline.lines(text, start, end)]
    head = _cells(text, *rows[0])
    columns = [text[left + 1 : right].strip(" \t*_`|") for left, right in head if text[left + 1 : right].strip()]
    named = spoken(columns)
    roles = named or guessed([_values(text, *row) for row in (*rows[: len(columns) > 0], *rows[2:])])
    for number, (first, last) in enumerate(rows):
        if number == 1 or ((named or (roles and not columns)) and number == 0):
            yield from _trimmed(text, first, last, "markup", "table")
            continue
        column = -1
        for left, right in _cells(text, first, last):
            form = "row" if not text[first : max(first, left)].strip() else "cell"
            if left >= first:
                yield Part(
                    "markup",
                    left,
                    left + 1,
                    "p" if roles else "table",
                    None,
                    "para" if roles and form == "row" else form,
                )
            if not roles:
                yield from walk.parts([(left + 1, right)], "table")
            elif left >= first or text[left + 1 : right].strip():
                column += 1
                yield from _said(text, left + 1, right, roles[column] if column < len(roles) else "said", walk)


def _cells(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the sign before each cell of a row, and where it ends."""
    return pairwise([first - 1, *(m.start() for m in _PIPE.finditer(text, first, last)), last])


def _values(text: str, first: int, last: int) -> list[str]:
    """Return what stands in the cells of a row; where signs open and end it, nothing lies outside of them."""
    cells = [text[left + 1 : right] for left, right in _cells(text, first, last)]
    return cells[not cells[0].strip() : len(cells) - (not cells[-1].strip())]


def _said(text: str, start: int, end: int, role: str, walk: inline.Walk) -> Iterator[Part]:
    """Yield a cell of a table whose columns say who speaks, when, and what."""
    clock = re.search(CLOCK, text[start:end]) if role in ("when", "until") else None
    role = "said" if text[start:end].rstrip(" *_")[-1:] in (":", "：") else role  # `MK:` is a label as it stands
    if role in ("who", "said"):
        for part in walk.parts([(start, end)], "p"):
            kind = part.kind if role == "said" or part.kind == "words" else "markup"
            yield part._replace(kind=kind, form=part.form if role == "said" or kind == "markup" else "voice")
    elif clock:
        at = start + clock.start()
        yield Part("stamp", at, at + len(clock[0]), "p", milliseconds(clock[0]), None if role == "when" else "until")
    else:
        yield from _trimmed(text, start, end, "markup", "p")


_PIPE = late(r"(?<!\\)\|")


def _trimmed(text: str, start: int, end: int, kind: str, block: str, form: str | None = None) -> Iterator[Part]:
    start, end = stripped(text, start, end)
    if start < end:
        yield Part(kind, start, end, block, None, form)


def _whole(text: str, parts: list[Part], begin: int) -> Iterator[Part]:
    """Fill what lies between parts: blanks, and as words whatever no block claimed, so that nothing is lost."""
    parts.sort(key=lambda part: (part.start, part.end))
    at = 0
    for part in parts:
        if part.start < at or part.start == part.end:
            continue
        yield from _fill(text, at, part.start, part.block)
        yield part
        at = part.end
    yield from _fill(text, at, len(text), "p")


def _fill(text: str, start: int, end: int, block: str) -> Iterator[Part]:
    if start == end:
        return
    piece = text[start:end]
    if piece.isspace():
        yield Part("break" if "\n" in piece else "gap", start, end, block if "\n" not in piece else "p")
        return
    for first, last in inline.lines(text, start, end):
        at, stop = stripped(text, first, last)
        if at < stop:
            if first < at:
                yield Part("gap", first, at, block)
            inner = text[at:stop]
            shown = not _DEFINITION.match(inner) and any(map(str.isalnum, inner))
            yield Part("words" if shown else "markup", at, stop, "p")
            first = stop
        if first < min(last + 1, end):
            blank = text[first : min(last + 1, end)]
            yield Part("break" if "\n" in blank else "gap", first, min(last + 1, end), "p")
