"""HTML: tags are markup, entities are characters, and what stands around the text of a page is set apart."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import NamedTuple

from cleanup.document import Part, edged
from cleanup.findings import Rule
from cleanup.formats.atoms import Atoms
from cleanup.formats.metadata import stated
from cleanup.formats.page import Line, Region, judge
from cleanup.formats.sounds import Sounds
from cleanup.formats.stamps import milliseconds
from cleanup.formats.tables import guessed
from cleanup.formats.tags import BLANKS, Tag, Tags
from cleanup.formats.tree import Tree

_ENTITY = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_HALVES = re.compile(r"&#(5[5-7]\d{3});&#(5[5-7]\d{3});")
"""A character beyond U+FFFF, written as the two halves that JavaScript counts."""

_TRAIL = re.compile(r"(?:\s|&nbsp;|&#160;|&#[xX][aA]0;|&(?:en|em|thin)sp;|&#8203;|&ZeroWidthSpace;)+\Z")
_CLOCK = re.compile(r"[\[(]?((?:\d{1,2}:)?\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?)[\])]?")
_BLOCK = {f"h{i}": f"h{i}" for i in range(1, 7)} | {"li": "li", "dl": "li", "blockquote": "quote", "th": "other"}
_MOST = 0.5


class Html(NamedTuple):
    """A page as it was saved. `regions` say what stands around its text, `stated` which of its metadata are facts."""

    sounds: Sounds
    regions: tuple[Region, ...] = ()
    stated: frozenset[str] = frozenset()
    name: str = "html"

    @staticmethod
    def of(sounds: Mapping[str, object], rules: Iterable[Rule], stated: object) -> "Html":
        """Make the format of tables and rules."""
        regions = tuple(Region.of(rule.id, rule.fields) for rule in rules)
        keys = {str(key) for rows in stated.values() for key in rows} if isinstance(stated, Mapping) else set()
        return Html(Sounds.of(sounds), regions, frozenset(keys))

    def split(self, text: str) -> tuple[Part, ...]:
        """Cut the text into parts: tags, what a reader reads, and what the page says about itself."""
        return tuple(_Page(text, self).parts())

    def plain(self, text: str) -> str:
        """Undo entities."""
        if "&" not in text:
            return text
        return _ENTITY.sub(lambda m: unescape(m[0]), _HALVES.sub(_joined, text))

    def quote(self, text: str) -> str:
        """Write plain text so that no character of it is markup."""
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _joined(match: "re.Match[str]") -> str:
    high, low = int(match[1]), int(match[2])
    if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
        return match[0]
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


class _Page:
    """One page on its way to parts: pieces (tags and stretches of text) first, then what each is about."""

    def __init__(self, text: str, form: Html) -> None:
        self.text, self.form = text, form
        self.pieces = list(_pieces(text))
        self.tree = Tree(text)
        self.links = self.tree.inherited(["a" if tag == "a" else "" for tag in self.tree.tags])
        self.lines, self.line_of = self._lines()
        self.verdict = judge(self.tree, self.lines, form.regions)
        shares = zip(self.tree.tags, self.verdict.shares, strict=True)
        own = [_BLOCK.get(tag, "") if share <= _MOST else "" for tag, share in shares]
        self.blocks = self.tree.inherited(own)
        self.held = self.tree.inherited([tag if tag in ("pre", "title", "textarea") else "" for tag in self.tree.tags])
        self.atoms = Atoms(self._seen(), form.sounds)
        self.voices = self._voices() if "td" in self.tree.tags else frozenset[int]()

    def _voices(self) -> frozenset[int]:
        """Return the cells of tables without a head that say who speaks."""
        tags, said = self.tree.tags, dict[int, str]()
        cells, tables = (
            self.tree.inherited([str(i) if tag == name else "" for i, tag in enumerate(tags)])
            for name in ("td", "table")
        )
        for start, end, tag in self.pieces:
            owner = self.tree.owner(start) if tag is None else -1
            if owner >= 0 and cells[owner]:
                at = int(cells[owner])
                said[at] = said.get(at, "") + self.form.plain(self.text[start:end])
        found: dict[str, dict[int, list[int]]] = {}
        for index in (i for i, tag in enumerate(tags) if tag == "td"):
            found.setdefault(tables[index], {}).setdefault(self.tree.parents[index], []).append(index)
        who = set[int]()
        for rows in found.values():
            roles = guessed([[" ".join(said.get(cell, "").split()) for cell in row] for row in rows.values()])
            who |= {row[roles.index("who")] for row in rows.values()} if roles else set()
        return frozenset(
            i for i, cell in enumerate(cells) if cell and int(cell) in who and said[int(cell)].strip()[-1:] not in ":："
        )

    def _lines(self) -> tuple[list[Line], list[int]]:
        """Return the lines that a reader sees, and for each piece the line it lies in (the next one for tags)."""
        lines: list[Line] = []
        where: list[int] = []
        shown: list[str] = []
        linked, first, owner = 0, -1, -1

        def close() -> None:
            nonlocal linked, first, owner
            if first >= 0:
                lines.append(Line(first, owner, " ".join("".join(shown).split()), linked))
            shown.clear()
            linked, first, owner = 0, -1, -1

        for start, end, tag in self.pieces:
            if tag is None:
                plain = self.form.plain(self.text[start:end])
                here = self.tree.owner(start)
                if plain.strip():
                    first, owner = (
                        (start, self.tree.holders[here] if here >= 0 else -1) if first < 0 else (first, owner)
                    )
                    linked += len(plain.strip()) if here >= 0 and self.links[here] else 0
                shown.append(plain)
            elif tag.form in ("para", "line"):
                close()
            where.append(len(lines))
        close()
        return lines, where

    def _seen(self) -> str:
        """Return the text with blanks in place of markup, so that a line of it is a line that a reader sees."""
        out: list[str] = []
        for start, end, tag in self.pieces:
            if tag is None:
                piece = self.text[start:end]
                piece = piece if self._pre(start) else piece.replace("\n", " ")
                out.append(_ENTITY.sub(lambda m: " " * len(m[0]) if BLANKS.fullmatch(m[0]) else m[0], piece))
            else:
                first = "\n" if tag.form in ("para", "line") else " "
                out.append(first + " " * (end - start - 1))
        return "".join(out)

    def _pre(self, start: int) -> bool:
        owner = self.tree.owner(start)
        return owner >= 0 and self.held[owner] == "pre"

    def parts(self) -> Iterator[Part]:
        front, block = True, "front"
        fresh = True  # no word of the line yet
        for (start, end, tag), number in zip(self.pieces, self.line_of, strict=True):
            rule = self.verdict.lines[number] if number < len(self.lines) else ""
            if tag is not None:
                front = front and not (tag.name == "body" or (tag.name == "head" and tag.closing))
                fresh = fresh or tag.form in ("para", "line")
                yield from self._tag(start, end, tag, "front" if front else rule or "p")
                continue
            owner = self.tree.owner(start)
            if owner >= 0 and self.held[owner] == "title":
                yield from edged(self.text, Part("value", start, end, "front", None, "title"), start, end)
                continue
            block = rule or (self.verdict.elements[owner] or self.blocks[owner] if owner >= 0 else "") or "p"
            for part in self._run(start, end, block, fresh=fresh):
                front = front and part.kind == "gap"
                part = part._replace(form="voice") if owner in self.voices and part.kind == "words" else part
                yield part._replace(block="front") if front else part
                fresh = fresh and part.kind != "words"

    def _tag(self, start: int, end: int, tag: Tag, block: str) -> Iterator[Part]:
        if tag.name == "hr" and block != "front" and "/" not in block:
            yield Part("markup", start, end, "hr")
            return
        at = start
        for first, last, key in stated(self.text, start, end, tag) if not tag.closing else ():
            if key == "time" and "/" in block and not block.endswith("/byline"):
                continue  # of a comment, or of another page
            if key in self.form.stated and at < first < last:
                yield Part("markup", at, first, "front", None, tag.form)
                yield Part("value", first, last, "front", None, key)
                at = last
        yield Part("markup", at, end, block, None, tag.form)

    def _run(self, start: int, end: int, block: str, *, fresh: bool) -> Iterator[Part]:
        """Yield the parts of a stretch of text: blanks at its ends, sounds, times, and words line by line."""
        text = self.text
        first = BLANKS.match(text, start, end).end()  # type: ignore[union-attr]
        trail = _TRAIL.search(text, first, end) if text[end - 1 : end] in " \n\t\xa0;\u2003" else None
        last = trail.start() if trail else end
        yield from _blank(text, start, first, block)
        clock = _CLOCK.fullmatch(text, first, last) if fresh else None
        if clock:
            yield Part("stamp", first, last, block, milliseconds(clock[1]))
        else:
            pre, at = self._pre(start), first
            for left, right, kind, time in self.atoms.within(first, last):
                yield from _words(text, at, left, block, pre=pre)
                yield Part(kind, left, right, block, time)
                at = right
            yield from _words(text, at, last, block, pre=pre)
        yield from _blank(text, last, end, block)


def _pieces(text: str) -> Iterator[tuple[int, int, Tag | None]]:
    """Yield markup, and stretches of text between it."""
    tags = Tags(text)
    at = search = 0
    while (place := text.find("<", search)) >= 0:
        tag = tags.at(place, len(text))
        if not tag:
            search = place + 1
            continue
        if at < place:
            yield at, place, None
        yield place, tag.end, tag
        at = search = tag.end
    if at < len(text):
        yield at, len(text), None


def _blank(text: str, start: int, end: int, block: str) -> Iterator[Part]:
    """Yield what is blank to a reader; a blank that is written as an entity is markup."""
    if start < end:
        yield Part("gap" if text[start:end].isspace() else "markup", start, end, block)


def _words(text: str, start: int, end: int, block: str, *, pre: bool) -> Iterator[Part]:
    """Yield words line by line of the file; only in `<pre>` is that a line to a reader."""
    at = start
    for match in _LINE.finditer(text, start, end):
        if at < match.start():
            yield Part("break" if pre and "\n" in text[at : match.start()] else "gap", at, match.start(), block)
        yield Part("words", match.start(), match.end(), block)
        at = match.end()
    if at < end:
        yield Part("break" if pre and "\n" in text[at:end] else "gap", at, end, block)


_LINE = re.compile(r"\S(?:[^\n]*\S)?")
