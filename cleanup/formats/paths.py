"""Paths into a tree of JSON (`results[0].words[]`), as the table of dialects writes them."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from cleanup.formats.located import Node

_STEP = re.compile(r"\[(-?\d*)\]|[^.\[\]]+")


class Found(NamedTuple):
    """A node, and the objects and lists that it stands in, the nearest first."""

    node: Node
    above: tuple[Node, ...] = ()


@lru_cache(maxsize=64)
def _steps(path: str) -> tuple["re.Match[str]", ...]:
    return tuple(_STEP.finditer(path))


def named(data: bytes, path: str) -> bool:
    """Say whether the keys of a path stand in bytes that are not parsed."""
    return all(f'"{step[0]}"'.encode() in data for step in _STEP.finditer(path) if step[0][0] not in "[*")


def _walk(found: Found, steps: Sequence["re.Match[str]"]) -> Iterator[Found]:
    if not steps:
        yield found
        return
    node, step, rest = found.node, steps[0], steps[1:]
    above = (node, *found.above)
    if step[1] is None and isinstance(node.value, dict):
        inner = list(node.value.values()) if step[0] == "*" else [node.value[step[0]]] if step[0] in node.value else []
    elif step[1] is not None and isinstance(node.value, list):
        inner = node.value if step[1] == "" else node.value[int(step[1]) :][:1]
    else:
        return
    for one in inner:
        yield from _walk(Found(one, above), rest)


def every(root: Node, path: str) -> Iterator[Found]:
    """Yield what a path leads to: the first of its alternatives that leads anywhere."""
    for one in path.split("|"):
        found = _walk(Found(root), _steps(one))
        nearest = next(found, None)
        if nearest:
            yield nearest
            yield from found
            return


def first(root: Node, path: str) -> Node | None:
    """Return the first thing at a path that holds something."""
    for one in path.split("|"):
        for found in _walk(Found(root), _steps(one)):
            if found.node.value not in (None, "", [], {}):
                return found.node
    return None


def path_to(root: Node, wanted: Node) -> str:
    """Return the path that leads to a list."""
    path, node = "", root
    while node is not wanted:
        pairs = (
            node.value.items()
            if isinstance(node.value, dict)
            else ((f"[{i}]", one) for i, one in enumerate(node.value))
        )
        key, node = next((key, one) for key, one in pairs if one.start <= wanted.start and wanted.end <= one.end)
        path += key if key.startswith("[") or not path else f".{key}"
    return f"{path}[]"
