"""The scalars of YAML and TOML, each with its place."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from cleanup.regexes import late

_LINE = late(r"^([\w.-]+)[ \t]*:[ \t]+(.*?)[ \t]*$", re.M)
_PLAUSIBLE = late(r"[\w.\"'-]+[ \t]*:(?:[ \t]|$)|[ \t#\]}-]|$")
_TABLE = late(r"[ \t]*(\[+)([^\]\n]+)\]+")
_PAIR = late(r"[ \t]*([\w.-]+|\"[^\"\n]+\")[ \t]*=[ \t]*")
_TOKEN = late(
    r'"""(?:[^\\]|\\.)*?(?:"""|\Z)|\'\'\'.*?(?:\'\'\'|\Z)|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[^\s,\[\]{}#=]+|#[^\n]*|[\[\]]|\n',
    re.S,
)


class Value(NamedTuple):
    """A scalar of front matter: its dotted key, what it says, and where it stands (quotes left out)."""

    key: str
    text: str
    start: int
    end: int


_DEPTH, _EVENTS = 24, 20_000
"""Beyond these a block is read line by line: the library's time grows with the square of the depth."""
_LIGHT = 4096
"""A block that is shorter, and has no alias, cannot reach them: where the library has its parser in C, that reads it."""


def of_yaml(inner: str) -> list[Value]:
    """Read YAML; what does not parse is read line by line, where each looks like a key or goes on with one."""
    import yaml

    depth = number = 0

    class Bounded(yaml.SafeLoader):
        def get_event(self) -> Any:
            nonlocal depth, number
            event = super().get_event()  # type: ignore[no-untyped-call]
            number += 1
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or depth > _DEPTH or number > _EVENTS:
                raise ValueError("aliases, or more than a head of a page can be")
            return event

    light = len(inner) < _LIGHT and "&" not in inner and "*" not in inner
    try:
        root = yaml.compose(inner, Loader=getattr(yaml, "CSafeLoader", Bounded) if light else Bounded)
    except (yaml.YAMLError, ValueError, RecursionError):
        if not all(map(_PLAUSIBLE.match, inner.split("\n"))):
            return []
        return [Value(m[1], _unquoted(m[2]), *_inner(inner, m.start(2), m.end(2))) for m in _LINE.finditer(inner)]
    return list(_walk(root, "", inner)) if root is not None else []


def _walk(node: Any, key: str, inner: str) -> Iterator[Value]:
    if isinstance(node.value, str):
        start, end = node.start_mark.index, node.end_mark.index
        if node.style in ("|", ">"):
            start += inner[start:end].find("\n") + 1
        elif node.style in ("'", '"'):
            start, end = start + 1, end - 1
        raw = inner[start:end]
        start += len(raw) - len(raw.lstrip())
        yield Value(key, node.value, start, max(start, start + len(raw.strip())))
        return
    for index, item in enumerate(node.value):
        if isinstance(item, tuple):
            name = str(getattr(item[0], "value", ""))
            yield from _walk(item[1], f"{key}.{name}" if key else name, inner)
        else:
            yield from _walk(item, f"{key}.{index}" if key else str(index), inner)


def _inner(text: str, start: int, end: int) -> tuple[int, int]:
    if end - start > 1 and text[start] == text[end - 1] and text[start] in "\"'":
        return start + 1, end - 1
    return start, end


def _unquoted(text: str) -> str:
    start, end = _inner(text, 0, len(text))
    return text[start:end]


def of_toml(inner: str) -> list[Value]:
    """Read `key = value` lines; a value that TOML would refuse is kept as it stands."""
    rows: list[Value] = []
    counts: dict[str, int] = {}
    table, at = "", 0
    while at < len(inner):
        line_end = inner.find("\n", at)
        line_end = len(inner) if line_end < 0 else line_end
        head, pair = _TABLE.match(inner, at, line_end), _PAIR.match(inner, at, line_end)
        if head:
            name = head[2].strip()
            counts[name] = counts.get(name, -1) + 1
            table = f"{name}.{counts[name]}." if len(head[1]) > 1 else f"{name}."
        elif pair:
            line_end = _toml_value(inner, pair.end(), table + pair[1].strip('"'), rows)
        at = line_end + 1
    return rows


def _toml_value(inner: str, at: int, key: str, rows: list[Value]) -> int:
    depth = count = 0
    nested, field = False, ""
    for match in _TOKEN.finditer(inner, at):
        token, (start, end) = match[0], match.span()
        if token == "\n":
            if depth <= 0:
                return start
        elif token in "[]":
            depth += 1 if token == "[" else -1
            nested = True
        elif token.startswith("#"):
            continue
        elif inner[end : end + 8].lstrip(" \t").startswith("="):
            field = f".{token.strip(chr(34))}"
        else:
            width = 3 if token[:3] in ('"""', "'''") else 1 if token[0] in "\"'" else 0
            text = token[width : len(token) - width]
            if token[0] == '"' and "\\" in text:
                text = _unescape(text)
            rows.append(
                Value(
                    f"{key}.{count}{field}" if nested else f"{key}{field}",
                    text,
                    start + width,
                    max(start + width, end - width),
                )
            )
            count, field = count + (not field), ""
    return len(inner)


def _unescape(text: str) -> str:
    try:
        return str(json.loads('"' + text.replace("\n", "\\n") + '"'))
    except ValueError:
        return text
