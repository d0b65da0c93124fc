"""Regular expressions, compiled when a text first needs them; what a wheel brings ready need not be compiled at all."""

import re
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Any, cast

from cleanup.guard import parser

Code = tuple[int, int, int, int, dict[str, int], tuple[str | None, ...]]
"""What compiling gives: where its program begins and ends, the flags, the number of groups, and their names both ways."""

READY: dict[tuple[str, int], Code] = {}
"""By pattern and flags. To compile the patterns that one page needs takes twice as long as all else that is done with it."""

_programs = memoryview(b"")
"""What the matcher runs, one pattern behind the other, in words of four bytes."""


def ready(pattern: str, flags: int = 0) -> "re.Pattern[str]":
    """Return a pattern, compiled."""
    code = READY.get((pattern, int(flags)))
    if code is None:
        return re.compile(pattern, flags)
    begin, end, *rest = code
    program = _programs[begin:end].cast("I").tolist()
    return cast("re.Pattern[str]", _sre().compile(pattern, rest[0], program, *rest[1:]))


class _Late:
    """Stands for a pattern until one of its methods is called."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.made = pattern, int(flags)

    def __getattr__(self, name: str) -> Any:
        method = getattr(ready(*self.made), name)
        setattr(self, name, method)  # from now on this costs what a pattern costs
        return method


_LATE: list[_Late] = []


def late(pattern: str, flags: int = 0) -> "re.Pattern[str]":
    """Return a pattern that is compiled when a text first needs it: a run over one file needs few of all those that there are."""
    _LATE.append(_Late(pattern, flags))
    return cast("re.Pattern[str]", _LATE[-1])


def saved(patterns: Iterable[tuple[str, int]]) -> bytes:
    """Return what compiling gives for patterns with their flags, and for the late ones of all modules that are loaded.

    Only the Python that made it reads it (`sre` has no other promise than its magic number), and nothing is
    made where a Python keeps its compiler elsewhere.
    """
    import marshal

    rows: dict[tuple[str, int], Code] = {}
    programs = bytearray()
    try:
        compiler = import_module("re._compiler" if sys.version_info >= (3, 11) else "sre_compile")
        for pattern, flags in (*patterns, *(row.made for row in _LATE)):
            tree = parser().parse(pattern, flags)
            begin = len(programs)
            programs += b"".join(word.to_bytes(4, sys.byteorder) for word in compiler._code(tree, flags))
            groups = tree.state.groupdict
            names = {number: name for name, number in groups.items()}
            named = tuple(names.get(number) for number in range(tree.state.groups))
            rows[pattern, flags] = begin, len(programs), flags | tree.state.flags, len(named) - 1, dict(groups), named
        table = marshal.dumps(rows)
        return _engine() + len(table).to_bytes(4, "big") + table + programs
    except (AttributeError, ImportError):
        return b""


def restore(data: bytes) -> None:
    """Take patterns that were `saved`, unless another Python made them."""
    global _programs
    engine = _engine()
    if data.startswith(engine):
        import marshal

        begin = len(engine) + 4
        end = begin + int.from_bytes(data[len(engine) : begin], "big")
        READY.update(marshal.loads(memoryview(data)[begin:end]))
        _programs = memoryview(data)[end:]


def _sre() -> Any:
    return import_module("_sre")


def _engine() -> bytes:
    """Return a line that names this Python's own form of compiled patterns."""
    sre = _sre()
    return f"{sys.implementation.cache_tag} {sre.MAGIC} {sre.CODESIZE} {sys.byteorder}\n".encode()
