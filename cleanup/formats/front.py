"""Front matter in YAML, TOML or JSON: where it ends, and where each value stands."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from cleanup.document import Document, Part
from cleanup.formats.scalars import Value, of_toml, of_yaml
from cleanup.regexes import late

_SIZE = 1 << 18
_YAML = late(r"---[ \t]*\n(?=(?:[ \t]*(?:#.*)?\n)*(?:[\"'\w][^\n]*:(?:[ \t\n]|$)|(?:---|\.\.\.)[ \t]*(?:\n|$)))")
_CLOSE = {
    "-": late(r"^(?:---|\.\.\.)[ \t]*$", re.M),
    "+": late(r"^\+\+\+[ \t]*$", re.M),
    ";": late(r"^;;;[ \t]*$", re.M),
}


class Front(NamedTuple):
    """A front matter block: the offset behind its last line, and its values in order."""

    end: int
    values: tuple[Value, ...]


@lru_cache(maxsize=4)
def read(text: str) -> Front | None:
    """Return the front matter at the head of a text, or None where there is none.

    A block that is not closed is no front matter. YAML that does not parse is read line by
    line, since a page with a stray quote in its title is still a page.
    """
    mark = text[:1]
    if mark == "{":
        return _json(text)
    if mark not in _CLOSE or (mark == "-" and not _YAML.match(text)):
        return None
    if mark in "+;" and not re.match(r"(\+\+\+|;;;)[ \t]*\n", text):
        return None
    begin = text.index("\n") + 1
    close = _CLOSE[mark].search(text, begin, begin + _SIZE)
    if not close:
        return None
    end = min(len(text), close.end() + 1)
    inner = text[begin : close.start()]
    rows = of_toml(inner) if mark == "+" else of_yaml(inner)
    if (not rows and inner.strip()) or (mark == "-" and not _known(row.key for row in rows)):
        return None
    return Front(end, tuple(Value(v.key, v.text, v.start + begin, v.end + begin) for v in rows))


_COMMON = frozenset(
    "title date layout slug description summary author authors tags categories draft lang language url".split()
)


def _known(keys: Iterable[str]) -> bool:
    """Say whether keys are those of a page: a turn between two rules (`KOVAC: Hello`) has none of them."""
    tops = {key.partition(".")[0] for key in keys}
    return not tops or any(key.casefold() in _COMMON for key in tops) or not any(key[:1].isupper() for key in tops)


def values(document: Document) -> tuple[Value, ...]:
    """Return the values of a document's front matter."""
    front = read(document.text) if document.format.name == "markdown" else None
    return front.values if front else ()


def parts(text: str, front: Front) -> Iterator[Part]:
    """Yield the parts of the block: values, and markup for all the rest."""
    at = 0
    for value in front.values:
        if value.start >= at and value.end > value.start:
            yield from _rest(text, at, value.start)
            yield Part("value", value.start, value.end, "front", None, value.key)
            at = value.end
    yield from _rest(text, at, front.end)


def _rest(text: str, start: int, end: int) -> Iterator[Part]:
    if start < end:
        kind = "markup" if text[start:end].strip() else "break"
        yield Part(kind, start, end, "front")


def _json(text: str) -> Front | None:
    """Read a JSON object at the head of a page; YAML's reader knows where its values stand."""
    try:
        found, end = json.JSONDecoder().raw_decode(text[:_SIZE])
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not found or not text[end:].strip():
        return None
    end = min(len(text), end + (text[end : end + 1] == "\n"))
    return Front(end, tuple(of_yaml(text[:end].replace("\t", " "))))


def credit(rows: Mapping[str, str]) -> str:
    """Return the credit line that stands under a page, made from its front matter, or nothing.

    Writing and reading both make it here: a last paragraph that is this line is a credit, and no
    rule ever sees it. `rows` are dotted keys (`source.name`, `source.notices.0`).
    """
    pieces: list[str] = []
    notices = [value for key, value in rows.items() if key.startswith("source.notices.")]
    for text in (rows.get("source.name", ""), rows.get("source.copyright", ""), *notices):
        if text and text not in pieces:
            pieces.append(text.strip())
    plain = " · ".join(pieces)
    return f"*{_SIGNS.sub(lambda m: chr(92) + m[0], plain)}*" if plain else ""


_SIGNS = late(r"[\\`*\[\]<>{}~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,31};)")
