"""Regular expressions, compiled when a text first needs them; what a wheel brings ready need not be compiled at all."""

import marshal
import os
import re
import sys
from collections.abc import Collection, Iterable
from importlib import import_module
from itertools import accumulate
from typing import TYPE_CHECKING, Any, cast

from cleanup.guard import parser

if TYPE_CHECKING:
    from pathlib import Path

READY: dict[int, dict[str, int]] = {}
"""By flags and pattern, the number of what compiling gives in the file that was restored.

To compile the patterns that one page needs takes twice as long as all else that is done with it.
"""
_file, _places = -1, memoryview(b"")
"""The file, which stays open, and where each begins in it, and the last one ends."""


def ready(pattern: str, flags: int = 0) -> "re.Pattern[str]":
    """Return a pattern, compiled."""
    number = READY.get(int(flags), {}).get(pattern)
    if number is None:
        return re.compile(pattern, flags)
    program, own, names = marshal.loads(_read(_places[number], _places[number + 1]))
    code = memoryview(program).cast("I").tolist()
    index = {name: number for number, name in enumerate(names) if name}
    return cast("re.Pattern[str]", _sre().compile(pattern, own, code, len(names) - 1, index, names))


def _read(begin: int, end: int) -> bytes:
    """Return a stretch of the file; a process that was forked shares its place in the file with its parent."""
    if hasattr(os, "pread"):
        return os.pread(_file, end - begin, begin)
    os.lseek(_file, begin, os.SEEK_SET)
    return os.read(_file, end - begin)


class _Late:
    """Stands for a pattern until one of its methods is called."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.made = pattern, int(flags)

    def __getattr__(self, name: str) -> Any:
        method = getattr(ready(*self.made), name)
        setattr(self, name, method)  # from now on this costs what a pattern costs
        return method


_LATE: list[_Late] = []
_NONE = 0xFFFFFFFF


def late(pattern: str, flags: int = 0) -> "re.Pattern[str]":
    """Return a pattern that is compiled when a text first needs it: a run over one file needs few of all those that there are."""
    _LATE.append(_Late(pattern, flags))
    return cast("re.Pattern[str]", _LATE[-1])


def saved(patterns: Iterable[tuple[str, int]], known: Collection[str] = ()) -> bytes:
    """Return what compiling gives for patterns with their flags, and for the late ones of all modules that are loaded.

    Who restores them has the `known` ones in this order already, so that they are not written twice. Only the Python that made it reads it (`sre` has no other promise than its magic number), and nothing is
    made where a Python keeps its compiler elsewhere.
    """
    numbers: dict[int, dict[str, int]] = {}
    programs: list[bytes] = []
    try:
        compiler = import_module("re._compiler" if sys.version_info >= (3, 11) else "sre_compile")
        for pattern, flags in dict.fromkeys((*patterns, *(row.made for row in _LATE))):
            tree = parser().parse(pattern, flags)
            names = {number: name for name, number in tree.state.groupdict.items()}
            named = tuple(names.get(number) for number in range(tree.state.groups))
            numbers.setdefault(flags, {})[pattern] = len(programs)
            programs.append(marshal.dumps((_words(compiler._code(tree, flags)), flags | tree.state.flags, named)))
    except (AttributeError, ImportError):
        return b""
    table = marshal.dumps({flags: (_words(rows.pop(p, _NONE) for p in known), rows) for flags, rows in numbers.items()})
    head = _engine() + _words([len(table), len(programs) + 1])
    places = accumulate(map(len, programs), initial=len(head) + len(table) + 4 * (len(programs) + 1))
    return b"".join((head, table, _words(places), *programs))


def _words(numbers: Iterable[int]) -> bytes:
    return b"".join(number.to_bytes(4, sys.byteorder) for number in numbers)


def restore(path: "Path | str", known: Collection[str] = ()) -> None:
    """Take the patterns of a file that was `saved` with these known ones, unless another Python made it."""
    global _file, _places
    engine = _engine()
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    if os.read(file, len(engine)) != engine:
        os.close(file)
        return
    size, count = memoryview(os.read(file, 8)).cast("I")
    for flags, (numbers, rest) in marshal.loads(os.read(file, size)).items():
        rows = zip(known, memoryview(numbers).cast("I"), strict=True)
        READY[flags] = {pattern: number for pattern, number in rows if number != _NONE} | rest
    _file, _places = file, memoryview(os.read(file, 4 * count)).cast("I")


def _sre() -> Any:
    return import_module("_sre")


def _engine() -> bytes:
    """Return a line that names this Python's own form of compiled patterns."""
    sre = _sre()
    return f"{sys.implementation.cache_tag} {sre.MAGIC} {sre.CODESIZE} {sys.byteorder}\n".encode()
