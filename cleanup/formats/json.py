"""Transcripts as JSON, in any dialect of the table; what is no row is told by its keys."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cleanup.document import Document, Splitter
from cleanup.errors import InputError
from cleanup.formats.dialects import DIALECTS, SPEAKERS, STARTS, TEXTS, Dialect
from cleanup.formats.guessed import guess
from cleanup.formats.located import Node, Text, joined, read
from cleanup.formats.paths import every, first, named
from cleanup.formats.pieces import Reader, scalar
from cleanup.formats.sheet import Sheet, stated
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
        facts = {key: scalar(text, first(root, path)) for key, path in dialect.facts}
        facts = {**dict(_said(text, root, self.keys)), **facts}
        body = scalar(text, first(root, dialect.pieces)) if dialect.html else None
        if self.page and body and (dialect.html is True or _TAGGED.search(body.value)):
            return _page(text, body, facts, self.keys, self.page)._replace(remarks=tuple(remarks))
        sheet = Sheet()
        sheet.facts(stated(facts))
        pieces = Reader(text, root, dialect).pieces()
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
            said = scalar(text, node) if fact and (dated or fact not in ("date", "created")) else None
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
