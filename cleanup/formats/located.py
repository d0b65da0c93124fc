"""JSON read by the standard library, with the place of every value in the input."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from cleanup.document import Span, line_starts
from cleanup.errors import InputError
from cleanup.regexes import late

_ESCAPE = late(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")
_LONE = late("[\ud800-\udfff]")
_BLANK = late(r"[ \t\n\r]*")


class Node(NamedTuple):
    """A value and where it stands: a dict or list of nodes, a string, None or a boolean; of a number its digits."""

    value: Any
    start: int
    end: int


class Text(NamedTuple):
    """A string of an input, and where its characters stand there; `spans` start at 0."""

    value: str
    spans: tuple[Span, ...]


def plain(text: str, start: int, end: int) -> Text:
    """Return a stretch of the input as it stands."""
    return Text(text[start:end], (Span(0, end - start, start, end - start),) if end > start else ())


def string(text: str, node: Node) -> Text:
    """Return what a node says: a string with its escapes undone, or the digits of a number.

    Half of a surrogate pair is `�`: somebody cut a string there, and what stood in it is lost.
    """
    if not isinstance(node.value, str) or text[node.start] != '"':
        return plain(text, node.start, node.end)
    start, end = node.start + 1, node.end - 1
    if len(node.value) == end - start:
        return plain(text, start, end)
    spans: list[Span] = []
    at, here = start, 0
    for match in [*_ESCAPE.finditer(text, start, end), None]:
        stop = match.start() if match else end
        if stop > at:
            spans.append(Span(here, stop - at, at, stop - at))
            here += stop - at
        if match:
            spans.append(Span(here, 1, stop, match.end() - stop))
            at, here = match.end(), here + 1
    return Text(_LONE.sub("\ufffd", node.value), tuple(spans))


def joined(texts: Iterable[Text]) -> Text:
    """Return strings one behind the other."""
    values: list[str] = []
    spans: list[Span] = []
    at = 0
    for text in texts:
        values.append(text.value)
        spans += [span._replace(start=span.start + at) for span in text.spans]
        at += len(text.value)
    return Text("".join(values), tuple(spans))


def read(text: str, repeated: list[int]) -> Node:
    """Return the tree of a JSON text; several values, one behind the other, are a list.

    Objects that have a key twice go to `repeated` (the last counts). Raises `InputError` with line and
    column where the text is no JSON.
    """
    scan = _scanner(repeated)
    nodes: list[Node] = []
    at = _after(text, 0)
    try:
        while at < len(text):
            node, end = scan(text, at)
            nodes.append(node)
            at = _after(text, end)
    except StopIteration as problem:
        raise InputError(_damaged(text, int(problem.value), "a value is missing")) from problem
    except RecursionError as problem:
        raise InputError("is nested too deep to be a transcript") from problem
    except ValueError as problem:
        raise InputError(
            _damaged(text, getattr(problem, "pos", at), getattr(problem, "msg", str(problem)))
        ) from problem
    return nodes[0] if len(nodes) == 1 else Node(nodes, 0, len(text))


def _after(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _damaged(text: str, at: int, what: str) -> str:
    starts = line_starts(text[:at])
    return f"line {len(starts)}, column {at - starts[-1] + 1}: is no whole JSON ({what}); it may be cut off"


def _scanner(repeated: list[int]) -> Callable[[str, int], tuple[Node, int]]:
    """Return a scanner that gives nodes.

    The library's own scanner, in Python, asks for each value inside an object or a list through a
    function that it is given: this one notes the places.
    """
    from json import JSONDecoder
    from json.decoder import JSONArray, JSONObject  # type: ignore[attr-defined]
    from json.scanner import py_make_scanner  # type: ignore[attr-defined]

    keys: dict[str, str] = {}

    def once(pairs: list[tuple[str, Node]]) -> dict[str, Node]:
        found = dict(pairs)
        if len(found) < len(pairs):
            repeated.append(pairs[0][1].start)
        return found

    reader: Any = JSONDecoder(strict=False, parse_float=str, parse_int=str, parse_constant=lambda _: None)
    reader.parse_object = lambda begin, strict, *_: JSONObject(begin, strict, node, None, once, keys)
    reader.parse_array = lambda begin, _: JSONArray(begin, node)
    scan = py_make_scanner(reader)

    def node(text: str, at: int) -> tuple[Node, int]:
        value, end = scan(text, at)
        return Node(value, at, end), end

    return node


def inside(node: Node) -> Iterator[Node]:
    """Yield a node and everything in it that is an object or a list."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one.value, (dict, list)):
            yield one
            waiting.extend(reversed(one.value.values() if isinstance(one.value, dict) else one.value))
