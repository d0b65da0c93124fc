"""Transcripts as JSON, in any dialect of the table; what is no row is told by its keys."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from cleanup.document import Document, Splitter
from cleanup.errors import InputError
from cleanup.formats.dialects import DIALECTS, SPEAKERS, STARTS, TEXTS, Dialect
from cleanup.formats.guessed import guess
from cleanup.formats.located import Node, Text, joined, read, string
from cleanup.formats.paths import Found, every, first, named
from cleanup.formats.sheet import Moment, Piece, Sheet, duration, number, stated
from cleanup.formats.sounds import Sounds
from cleanup.meanings import Meanings

_FEW = 3


class Json(NamedTuple):
    """JSON whose strings are what was said."""

    sounds: Sounds
    name: str = "json"
    keys: Meanings = Meanings({})
    page: Splitter | None = None

    def read(self, text: str) -> Document:
        """Lay the pieces of the dialect that fits, or that was asked for by its name."""
        repeated: list[int] = []
        root = read(text, repeated)
        remarks = [
            f"line {text.count(chr(10), 0, at) + 1}: an object has a key twice; the last counts" for at in repeated
        ]
        wanted = [row for row in DIALECTS if self.name in ("json", row.name)]
        dialect = next((row for row in wanted if _fits(root, row)), None)
        if dialect is None and self.name == "json":
            dialect = guess(root)
            if dialect:
                where = f" in the list `{dialect.pieces}`" if dialect.pieces.strip("[]") else ""
                remarks.append(f"no known dialect of JSON; `{dialect.text}`{where} is taken for what was said")
        if dialect is None:
            raise InputError(f"no transcript in this JSON{'' if self.name == 'json' else f' of the form {self.name}'}")
        facts = {key: _text(text, first(root, path)) for key, path in dialect.facts}
        facts = {**dict(_said(text, root, self.keys)), **facts}
        body = _text(text, first(root, dialect.pieces)) if dialect.html else None
        if self.page and body and (dialect.html is True or _TAGGED.search(body.value)):
            return _page(text, body, facts, self.keys, self.page)._replace(remarks=tuple(remarks))
        sheet = Sheet()
        sheet.facts(stated(facts))
        pieces = _Reader(text, root, dialect).pieces()
        if dialect.words:
            sheet.words(pieces, join=dialect.join)
        else:
            for piece in pieces:
                sheet.caption([piece])
        return sheet.done(self._replace(name=dialect.name), self.sounds, remarks)

    def plain(self, text: str) -> str:
        """Return the text: escapes are undone already."""
        return text

    def quote(self, text: str) -> str:
        """Return the text: it is not written back."""
        return text


_HEAD = {
    "title": ("<title>", "</title>"), "date": ('<meta name="date" content="', '">'),
    "address": ('<link rel="canonical" href="', '">'), "source.name": ('<meta property="og:site_name" content="', '">'),
}  # fmt: skip
_TAGGED = re.compile(r"<(?:p|br|div)\b[^<>]*>", re.IGNORECASE)


def _page(text: str, body: Text, facts: Mapping[str, Text | None], keys: Meanings, form: Splitter) -> Document:
    """Return the page of HTML that stands in a string, with what the object around it states as its head; its title is one in so many words."""
    pieces: list[Text] = []
    for key, said in facts.items():
        tags = _HEAD.get(keys.fact(key))
        if said and tags and "<" not in said.value and not (tags[1] == '">' and '"' in said.value):
            pieces += [Text(tags[0], ()), said, Text(tags[1] + "\n", ())]
    whole = joined([*pieces, Text("<body>\n", ()), body])
    parts = (
        part._replace(form="object.title") if part.form == "title" and part.kind == "value" else part
        for part in form.split(whole.value)
    )
    return Document(whole.value, tuple(parts), form, spans=whole.spans)


def holds(data: bytes) -> bool:
    """Say whether the bytes of a file may be a transcript: they name the keys of a dialect, or of any."""
    if data.startswith(b'{"schema": "cleanup/'):
        return False  # what we have written ourselves

    def often(keys: Sequence[str]) -> bool:
        return any(data.count(f'"{key}"'.encode()) >= _FEW for key in keys)

    rows = ((row.pieces, row.text, row.start, *row.has) for row in DIALECTS)
    known = any(all(any(named(data, one) for one in path.split("|")) for path in paths) for paths in rows)
    return known or (often(TEXTS) and (often(STARTS) or often(SPEAKERS)))


def _said(text: str, root: Node, keys: Meanings) -> Iterator[tuple[str, Text]]:
    """Yield what an object says about the whole in so many words, also further down (`data.episode.title`); a list of one is that one.

    An object within that names no title and no source is about a file or a job, and so is its date.
    """
    if isinstance(root.value, list) and len(root.value) == 1:
        root = root.value[0]
    waiting = [("", root)]
    for path, outer in waiting:
        rows = outer.value if isinstance(outer.value, dict) else {}
        stated = {keys.fact(f"{path}.{name}".lstrip(".")) for name in rows}
        dated = not path or not _NAMES.isdisjoint(stated)
        for name, node in rows.items():
            key = f"{path}.{name}".lstrip(".")
            if isinstance(node.value, dict) and key.count(".") < _DEEP:
                waiting.append((key, node))
            fact = keys.fact(key)
            said = _text(text, node) if fact and (dated or fact not in ("date", "created")) else None
            if said and len(said.value) <= _LONG and key != "name" and name not in _FILE:
                yield key, said


_NAMES = frozenset({"title", "show", "source.name"})
_DEEP = 3
"""Objects within objects that are looked into."""
_LONG = 300
"""Characters of a value that states a fact; what is longer is an article."""
_FILE = frozenset({"created", "created_at", "createdAt"})
"""Keys under which a recogniser says when its job was done; `name` is how that was called."""


def _fits(root: Node, row: Dialect) -> bool:
    """Say whether a dialect has pieces here that say something, at a time where it has times."""
    if not all(first(root, path) for path in row.has):
        return False
    for index, found in enumerate(every(root, row.pieces)):
        text = first(found.node, row.text)
        timed = row.kind or not row.start or first(found.node, row.start)
        if text and isinstance(text.value, str) and timed:
            return True
        if index > 20:
            break
    return False


def _text(text: str, node: Node | None) -> Text | None:
    """Return what a node says, where that is a string or a number."""
    return string(text, node) if node and isinstance(node.value, str) and node.value.strip() else None


class _Reader:
    """Reads the pieces of one dialect."""

    def __init__(self, text: str, root: Node, row: Dialect) -> None:
        self.text, self.root, self.row = text, root, row
        self.people = self._people()
        self.turns = self._turns()
        self.starts = [start for start, _, _ in self.turns]
        self.only, self.tight = _condition(row.only), _condition(row.tight)
        self.beside = [_text(text, found.node) for found in every(root, row.beside)] if row.beside else []

    def pieces(self) -> Iterator[Piece]:
        row = self.row
        for found, beside in zip_longest(every(self.root, row.pieces), self.beside):
            if found is None:
                break
            said = self._said(found.node)
            if said is None or not _is(found.node, self.only, otherwise=True):
                continue
            at = self._moment(found.node, row.start)
            until = self._moment(found.node, row.end, after=at if row.lasts else None)
            speaker = beside or self._speaker(found) or self._turn(at, until)
            kind = _text(self.text, first(found.node, row.kind)) if row.kind else None
            tight = _is(found.node, self.tight, otherwise=False)
            opens = kind is not None and kind.value == "turn" and not tight
            yield Piece(said, speaker, at, until, tight, kind.value if kind else "turn", opens)

    def _said(self, node: Node) -> Text | None:
        """Return what is said; blanks only where a dialect says each of those between words."""
        places = (found.node for found in every(node, self.row.text))
        texts = [string(self.text, one) for one in places if isinstance(one.value, str)]
        said = joined(texts) if len(texts) > 1 else texts[0] if texts else None
        return said if said and (said.value.strip() or (said.value and not self.row.join)) else None

    def _moment(self, node: Node, path: str, *, after: Moment | None = None) -> Moment | None:
        found = first(node, path) if path else None
        if found is None:
            return None
        scalars = found.value.values() if isinstance(found.value, dict) else (found,)
        said = [one for one in scalars if isinstance(one.value, str)]
        if not said:
            return None
        if isinstance(found.value, dict):
            rows = ((found.value.get("seconds"), 1000), (found.value.get("nanos"), 1e-6))
            at: int | None = sum(number(str(one.value), unit) or 0 for one, unit in rows if one)
        else:
            at = duration(found.value, self.row.unit)
        if after and at is not None:
            at = None if after.at is None else after.at + at
        return Moment(string(self.text, said[0]), at)

    def _speaker(self, found: Found) -> Text | None:
        for path in self.row.speaker.split("|") if self.row.speaker else ():
            for node in (found.node, *found.above):
                said = _text(self.text, first(node, f"{path}.name|{path}")) if isinstance(node.value, dict) else None
                if said:
                    return self.people.get(said.value, said)
        return None

    def _people(self) -> Mapping[str, Text]:
        path, code, name = self.row.people or ("", "", "")
        rows = [found.node for found in every(self.root, path)] if path else []
        pairs = ((_text(self.text, first(node, code)), _text(self.text, first(node, name))) for node in rows)
        return {key.value: said for key, said in pairs if key and said}

    def _turns(self) -> list[tuple[int, int, Text]]:
        turns, rows = self.row.turns, []
        for found in every(self.root, turns.path) if turns else ():
            start = self._moment(found.node, turns.start) if turns else None
            end = self._moment(found.node, turns.end, after=start if turns.lasts else None) if turns else None
            who = _text(self.text, first(found.node, turns.speaker)) if turns else None
            if start and start.at is not None and who:
                rows.append((start.at, end.at if end and end.at is not None else start.at, who))
        return sorted(rows, key=lambda row: row[0])

    def _turn(self, at: Moment | None, until: Moment | None) -> Text | None:
        """Return who speaks in the middle of a word, or spoke last before it."""
        if not self.turns or at is None or at.at is None:
            return None
        middle = (at.at + (until.at if until and until.at is not None else at.at)) // 2
        index = bisect_right(self.starts, middle) - 1
        return self.turns[max(0, index)][2]


def _condition(text: str) -> tuple[str, frozenset[str]]:
    key, _, values = text.partition("=")
    return key, frozenset(values.split("|"))


def _is(node: Node, condition: tuple[str, frozenset[str]], *, otherwise: bool) -> bool:
    found = first(node, condition[0]) if condition[0] else None
    return str(found.value).casefold() in condition[1] if found else otherwise
