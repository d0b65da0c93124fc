"""Strict YAML for rules and settings: every value knows its line, and nothing may surprise."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from cleanup.errors import SettingsError

_UNREADABLE = "[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
_BYTES = 1 << 20
_DEPTH = 24
_EVENTS = 100_000
"""More than any glossary has; the parser takes ten seconds for three times as many."""


class Node(NamedTuple):
    """A value of a YAML file with its place: a mapping, a list or a scalar.

    `value` is `dict[str, Node]`, `list[Node]`, `str`, `bool`, `int`, `float` or None. `key` is the
    place of the key under which it stands.
    """

    value: Any
    path: str
    line: int
    column: int
    quoted: str = ""
    key: "Node | None" = None

    def error(self, what: str) -> SettingsError:
        """Return the error that names this place and quotes its line."""
        return SettingsError(f"{self.path}:{self.line}:{self.column}: {what}\n    {self.quoted.strip()}")

    def mapping(
        self, *, required: frozenset[str] = frozenset(), optional: frozenset[str] | None = None
    ) -> "dict[str, Node]":
        """Return the entries; raise where a key is missing, or nobody knows it where some are `optional`."""
        if not isinstance(self.value, dict):
            raise self.error("here a mapping (`key: value`) is needed")
        for key, node in self.value.items():
            if optional is not None and key not in required | optional:
                known = ", ".join(sorted(required | optional))
                raise (node.key or node).error(f"unknown key `{key}`; known are {known}")
        for key in sorted(required):
            if key not in self.value:
                raise self.error(f"the key `{key}` is missing")
        return self.value

    def items(self) -> "list[Node]":
        """Return the entries of a list."""
        if not isinstance(self.value, list):
            raise self.error("here a list is needed")
        return self.value

    def text(self) -> str:
        """Return a string that is not empty."""
        if not isinstance(self.value, str):
            raise self.error(f"here a text is needed, not {self.value!r}: put it in quotes")
        if not self.value:
            raise self.error("this text is empty")
        return self.value

    def texts(self) -> list[str]:
        """Return a list of strings; a single string is a list of one."""
        return [self.text()] if isinstance(self.value, str) else [node.text() for node in self.items()]

    def flag(self) -> bool:
        """Return a truth value."""
        if not isinstance(self.value, bool):
            raise self.error("here `true` or `false` is needed")
        return self.value

    def plain(self) -> Any:
        """Return the value without its places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


def quoted(text: object) -> str:
    r"""Return a text, or a list of texts, as JSON that every reader of YAML takes as it is.

    Raw letters, and `\\uXXXX` for what YAML 1.1 takes for a line end or refuses (5.1, 5.4), and
    for halves of characters, which UTF-8 has not.
    """
    import json

    return re.sub(_UNREADABLE, lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False))


def load(path: Path, *, name: str | None = None) -> Node:
    """Read a YAML file; raise `SettingsError` for whatever is not plain data."""
    shown = name or path.as_posix()
    try:
        with path.open("rb") as file:
            data = file.read(_BYTES + 1)
    except OSError as problem:
        raise SettingsError(f"{shown}: cannot be read ({problem.strerror or problem})") from problem
    if len(data) > _BYTES:
        raise SettingsError(f"{shown}: larger than 1 MiB; split it")
    try:
        return loads(data.decode("utf-8-sig"), shown)
    except UnicodeDecodeError as problem:
        raise SettingsError(f"{shown}: not UTF-8 at byte {problem.start}") from problem


def loads(text: str, name: str) -> Node:
    """Read YAML from a string; `name` stands in messages.

    Aliases, anchors, tags and merge keys are refused before anything is composed: with them a
    small file can grow without bound. Duplicate keys are refused, since the last would win in silence.
    """
    import yaml

    fast = getattr(yaml, "CSafeLoader", None)  # in C where the library was built so: seventeen times faster
    if fast:
        try:
            return _loads(text, name, fast)
        except SettingsError:
            pass  # the reader in Python knows better where a mistake stands
    return _loads(text, name, yaml.SafeLoader)


def _loads(text: str, name: str, reader: Any) -> Node:
    import yaml

    lines = text.split("\n")

    def at(mark: Any) -> Node:
        quoted = lines[mark.line] if mark.line < len(lines) else ""
        return Node(None, name, mark.line + 1, mark.column + 1, quoted[:200])

    depth = events = 0
    try:
        for event in yaml.parse(text, Loader=reader):
            node = at(event.start_mark)
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise node.error("anchors and aliases (`&`, `*`) are not allowed; write the value out")
            if getattr(event, "tag", None):
                raise node.error("tags (`!`) are not allowed")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            events += 1
            if events > _EVENTS:
                raise node.error(f"more than {_EVENTS} entries; split the file")
            if depth > _DEPTH:
                raise node.error(f"nested deeper than {_DEPTH} levels")
        composed = yaml.compose(text, Loader=reader)
        return _node(composed, yaml.SafeLoader(""), at) if composed else Node({}, name, 1, 1)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        where = at(mark) if mark else Node(None, name, 1, 1)
        raise where.error(f"not YAML: {problem.problem or problem.context}") from problem
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        raise SettingsError(f"{name}: not YAML: {' '.join(str(problem).split())}") from problem


def _node(raw: Any, loader: Any, at: Callable[[Any], Node]) -> Node:
    import yaml

    value: Any
    if isinstance(raw, yaml.MappingNode):
        value = {}
        for key, item in raw.value:
            place = at(key.start_mark)
            if not isinstance(key, yaml.ScalarNode):
                raise place.error("a key must be a plain text")
            if key.value in value:
                raise place.error(f"the key `{key.value}` stands here twice")
            value[key.value] = _node(item, loader, at)._replace(key=place)
    elif isinstance(raw, yaml.SequenceNode):
        value = [_node(item, loader, at) for item in raw.value]
    elif raw.tag.endswith((":bool", ":int", ":float", ":null")):
        try:
            value = loader.construct_object(raw)
        except ValueError as problem:  # a number of thousands of digits
            raise at(raw.start_mark).error("this number cannot be read; put it in quotes") from problem
    else:
        value = raw.value
    return at(raw.start_mark)._replace(value=value)
