"""Patterns that can be trusted with any text: they compile, match something, and take linear time; and those that are stopped."""

import re
import sys
from importlib import import_module
from time import process_time
from typing import Any

from cleanup.errors import SettingsError

_MANY = 400
"""Repeats beyond this count as without bound."""


def parser() -> Any:
    """Return the module that reads patterns for `re`; Python 3.11 gave it another name."""
    return import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")


def check_pattern(pattern: str) -> None:
    """Raise `ValueError` with one line where a pattern is wrong, empty, or can take more than linear time.

    Refused are repeats inside repeats that can match the same text in two ways, two unbounded
    repeats side by side that share characters, alternatives under a repeat that begin alike, and
    patterns that match nothing. Bounded repeats are fine.
    """
    try:
        compiled = re.compile(pattern, re.IGNORECASE | re.MULTILINE)
        tree = parser().parse(pattern, re.IGNORECASE | re.MULTILINE)
    except (re.error, RecursionError, OverflowError) as problem:
        raise ValueError(f"the pattern does not compile: {problem}") from problem
    if tree.getwidth()[0] == 0:
        raise ValueError("the pattern matches the empty text; let it need a character")
    if compiled.groups > 20:
        raise ValueError("the pattern has more than 20 groups")
    _walk(tree, inside=False)
    if _unbounded(*tree[0]):
        raise ValueError(
            "the pattern begins with an unbounded repeat, which is slow in long lines; bound it, as `{0,80}`"
        )


def _unbounded(op: Any, value: Any) -> bool:
    return str(op).endswith("REPEAT") and value[1] > _MANY


def _inner(op: Any, value: Any) -> list[Any]:
    """Return the patterns that stand inside an item and take characters."""
    name = str(op)
    if name.endswith("REPEAT"):
        return [value[2]]
    return [value[3]] if name == "SUBPATTERN" else list(value[1]) if name == "BRANCH" else []


def _walk(tree: Any, *, inside: bool) -> None:
    """Refuse repeats that could share a text between them; `open_` are characters that one is still eating."""
    open_: set[str] = set()
    for op, value in tree:
        name = str(op)
        if name.startswith("GROUPREF"):
            raise ValueError("the pattern refers back to one of its groups, which can take long; write the words out")
        if name.startswith("ASSERT"):
            _walk(value[1], inside=inside)
            continue
        if _unbounded(op, value):
            if inside:
                raise ValueError("a repeat without bound stands inside another; bound one of them, as `{1,9}`")
            _alike(value[2])
        for branch in _inner(op, value):
            _walk(branch, inside=inside or (name.endswith("REPEAT") and value[1] > 1))
        eats = _eats([(op, value)])
        if eats & open_:
            raise ValueError("two repeats without bound can share the same characters; bound one, as `{0,80}`")
        if eats:
            open_ |= eats
        elif name != "AT" and not _chars([(op, value)]) & open_:
            open_ = set()


def _eats(tree: Any) -> set[str]:
    """Return the characters that repeats without bound inside a tree can match."""
    found: set[str] = set()
    for op, value in tree:
        inner = _inner(op, value)
        found = found.union(*map(_chars if _unbounded(op, value) else _eats, inner))
    return found


def _alike(tree: Any) -> None:
    """Refuse alternatives under a repeat that can begin with the same character."""
    for op, value in tree:
        if str(op) == "BRANCH":
            seen: set[str] = set()
            for branch in value[1]:
                first = _chars(branch[:1])
                if seen & first:
                    raise ValueError("alternatives under a repeat begin alike; write them as one")
                seen |= first
        elif str(op) == "SUBPATTERN":
            _alike(value[3])


_SAMPLE = frozenset([*map(chr, range(32, 127)), *"éß中я\n\t\xa0"])


def _chars(tree: Any) -> set[str]:
    """Return which characters of a sample can stand in what a tree matches."""
    found: set[str] = set()
    for op, value in tree:
        name = str(op)
        if name == "LITERAL":
            found |= {chr(value).lower(), chr(value).upper()}
        elif name == "ANY":
            found |= _SAMPLE - {"\n"}
        elif name == "NOT_LITERAL":
            found |= _SAMPLE - {chr(value)}
        elif name == "IN":
            found |= _class(value)
        else:
            found = found.union(*map(_chars, _inner(op, value)))
    return found


def _class(items: Any) -> set[str]:
    found: set[str] = set()
    for op, value in items:
        name = str(op)
        if name == "LITERAL":
            found |= {chr(value)}
        elif name == "RANGE":
            found |= {c for c in _SAMPLE if value[0] <= ord(c) <= value[1]}
        elif name == "CATEGORY":
            wanted = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}[str(value).rsplit("_", 1)[1]]
            negative = "_NOT_" in str(value)
            found |= {c for c in _SAMPLE if bool(re.match(wanted, c)) is not negative}
    return set(_SAMPLE - found) if items and str(items[0][0]) == "NEGATE" else found


class Timed:
    """A pattern of a user's own pack, on the `regex` module, which can be stopped.

    A stranger's pull request may have written it: however many places a text has for it to be slow
    at, it has two seconds for all of them. What takes no time that can be seen is not counted.
    """

    SECONDS, QUICK = 2.0, 0.02

    def __init__(self, pattern: str, flags: int) -> None:
        import regex

        self.left = self.SECONDS
        self.pattern = regex.compile(pattern, (regex.IGNORECASE if flags & re.IGNORECASE else 0) | regex.MULTILINE)

    def match(self, text: str, start: int) -> Any:
        """Match at a place, as `re` does."""
        return self._run(self.pattern.match, text, start)

    def fullmatch(self, text: str) -> Any:
        """Match a whole text, as `re` does."""
        return self._run(self.pattern.fullmatch, text)

    def finditer(self, text: str, begin: int = 0, end: int | None = None) -> list[Any]:
        """Return all matches, as `re` yields them."""
        return self._run(lambda *args, timeout: list(self.pattern.finditer(*args, timeout=timeout)), text, begin, end)  # type: ignore[no-any-return]

    def _run(self, search: Any, *args: Any) -> Any:
        start = process_time()
        try:
            return search(*args, timeout=max(self.left, self.QUICK))
        except TimeoutError:
            shown = self.pattern.pattern[:60]
            raise SettingsError(f"the pattern `{shown}` of your rules takes too long here; bound its repeats") from None
        finally:
            took = process_time() - start
            self.left -= took if took > self.QUICK else 0
