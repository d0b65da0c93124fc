"""The lines of a document as furniture and heads are told by: words that stand together."""

from array import array
from collections.abc import Sequence
from typing import NamedTuple, overload

from cleanup.document import Document, Part
from cleanup.edits import Edit

_LARGE = 1 << 18
"""Characters of a text whose units are made as they are looked at, and not kept."""


class Unit(NamedTuple):
    """Words that stand together: a line, or what is left of it between a label and a sound.

    `text` is what a reader sees; `labelled` says whether a label stands before it, on its line or on one of its own.
    """

    start: int
    end: int
    text: str
    block: str
    labelled: bool
    first: int
    last: int


_WALLS = frozenset({"break", "label", "sound", "stamp", "note", "value", "code"})


_ENDS = frozenset({"para", "line", "cue"})
_BOUNDS = _ENDS | {"row", "cell", "item"}


class Units(Sequence[Unit]):
    """The units of a document in order; made when they are looked at, since a large text has many."""

    def __init__(self, document: Document, *, asides: bool = False) -> None:
        self._document = document
        self._rows = array("q")
        first = last = -1
        labelled = False
        for index, (kind, _, _, block, _, form) in enumerate(document.parts):
            if kind == "words" and block != "front" and ("/" in block) == asides:
                first, last = (index if first < 0 else first), index
            elif (kind in _WALLS and form != "word") or form in _BOUNDS or ("/" in block) != asides:
                self._close(first, last, labelled)
                ends = first >= 0 and (kind == "break" or form in _ENDS)
                labelled = kind == "label" or (labelled and not ends)
                first = -1
        self._close(first, last, labelled)

    def _close(self, first: int, last: int, labelled: bool) -> None:
        if first >= 0:
            self._rows.extend((first, last + 1, labelled))

    def __len__(self) -> int:
        return len(self._rows) // 3

    @overload
    def __getitem__(self, index: int) -> Unit: ...
    @overload
    def __getitem__(self, index: slice) -> list[Unit]: ...
    def __getitem__(self, index: int | slice) -> Unit | list[Unit]:
        """Make one unit, or several."""
        if isinstance(index, slice):
            return [self._unit(i) for i in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._unit(index % len(self))

    def _unit(self, index: int) -> Unit:
        first, last, labelled = self._rows[3 * index : 3 * index + 3]
        document, inside = self._document, self._document.parts[first:last]
        if len(inside) == 1:
            shown = document.words(inside[0])
        else:
            shown = "".join(
                document.words(p) if p.kind == "words" else " "
                for p in inside if p.kind in ("words", "gap") or p.form == "space"
            )  # fmt: skip
        return Unit(inside[0].start, inside[-1].end, shown, inside[0].block, bool(labelled), first, last)


def units(document: Document, *, asides: bool = False) -> Sequence[Unit]:
    """Return the units of a document, or those that stand around the text of a page; of the last document they are kept."""
    if _told and _told[0][1] is not document:
        _told.clear()
    found = next((rows for its, _, rows in _told if its == asides), None)
    if found is None:
        found = Units(document, asides=asides)
        found = found if len(document.text) > _LARGE else found[:]
        _told.append((asides, document, found))
    return found


_told: list[tuple[bool, Document, Sequence[Unit]]] = []


def whole(document: Document, unit: Unit) -> Edit:
    """Return the edit that deletes a unit, with the marks, heading signs and bullet that are only about it."""
    parts, first, last = document.parts, unit.first, unit.last
    while first and _inline(parts[first - 1]):
        first -= 1
    while last < len(parts) and _inline(parts[last]) and parts[last].form != "item":
        last += 1
    return Edit(parts[first].start, parts[last - 1].end, "")


def _inline(part: Part) -> bool:
    return (
        part.kind in ("mark", "markup", "gap") and part.block not in ("front", "hr", "code") and part.form not in _APART
    )


_APART = frozenset({"para", "shortcode", "comment", "credit", "row", "cell", "cue", "line"})


_EDGES = " \t\xa0.…!,;:*_-–—|\"'“”‘’"


def fold(text: str) -> str:
    """Return a line as furniture is compared: lower case, single blanks, no marks at its edges."""
    return " ".join(text.casefold().split()).strip(_EDGES)
