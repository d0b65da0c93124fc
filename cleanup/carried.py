"""Parts that are carried along with edits, where the structure of a text does not stand in it."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, islice, takewhile
from operator import itemgetter

from cleanup.document import Document, Part
from cleanup.edits import Edit, apply


def carried(document: Document, edits: Sequence[Edit]) -> Document:
    """Return a document after edits that are joined, its parts carried along.

    New text belongs to the part that it replaces, words before blanks; a part without characters is gone.
    """
    pieces: list[tuple[Part, int]] = []
    parts, index, at = document.parts, 0, 0
    for edit in (*edits, Edit(len(document.text), len(document.text), "")):
        while at < edit.start:
            stop = min(parts[index].end, edit.start)
            pieces.append((parts[index], stop - at))
            at = stop
            index += at == parts[index].end
        if edit.text:
            pieces.append((_host(parts, max(0, index - 1), edit), len(edit.text)))
        at = edit.end
        while index < len(parts) and parts[index].end <= at:
            index += 1
    text = apply(document.text, edits)
    return document._replace(text=text, parts=tuple(_laid(document.text, text, pieces)))


def _host(parts: Sequence[Part], index: int, edit: Edit) -> Part:
    """Return the part that takes the text of an edit: one of those that it touches, and rather one that is read."""
    near = list(takewhile(lambda part: part.start <= edit.end, islice(parts, index, None))) or [Part("words", 0, 0)]
    inside = [part for part in near if part.start < edit.end and edit.start < part.end]
    read = (part for part in (*inside, *near) if part.kind not in _LAYOUT)
    return next(read, near[0]._replace(kind="words") if edit.text.strip() else near[0])


def _laid(old: str, text: str, pieces: Sequence[tuple[Part, int]]) -> Iterator[Part]:
    """Yield parts for pieces of parts that follow each other; words lose blanks at their edges, and line ends."""
    at = 0
    for part, group in groupby(pieces, key=itemgetter(0)):
        start, at = at, at + sum(length for _, length in group)
        piece = text[start:at]
        same = piece == old[part.start : part.end]
        if part.kind in _LAYOUT and not same:
            part = part._replace(kind="break" if "\n" in piece else "gap")
        if part.kind != "words" or same:
            yield part._replace(start=start, end=at)
            continue
        here = start
        for blank in _BLANK.finditer(text, start, at):
            kind = "break" if "\n" in blank[0] else "gap"
            if kind == "gap" and start < blank.start() and blank.end() < at:
                continue
            if here < blank.start():
                yield part._replace(start=here, end=blank.start())
            yield part._replace(kind=kind, start=blank.start(), end=blank.end())
            here = blank.end()
        if here < at:
            yield part._replace(start=here, end=at)


_BLANK = re.compile(r"\s+")
_LAYOUT = frozenset({"break", "gap"})
