"""The words of a document as a listener hears them, with the way back to the text."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from cleanup.document import Document, Part
from cleanup.edits import Edit
from cleanup.regexes import late

WALL = "\ufffc"
"""Stands in the view for a sound, a time or code: no pattern crosses it by accident."""

FRAME = frozenset({"cue", "until", "word"})
"""Forms of what stands between the words of captions, and is not seen: sentences run on over it."""

_CHUNK = 4096
_LARGE = 1 << 18
"""Characters of a text of which one view at a time is kept: each is as large as the text."""
_WORDS = frozenset({"words"})
_kept: "list[tuple[frozenset[str], View]]" = []
_PIECES = late(r"\S+|\s+")


class View(NamedTuple):
    """Words joined over line ends, marks and escapes: a paragraph is one line of `text`.

    Segment i of the view starts at `starts[i]` and came from `places[i]` of the document;
    `lengths[i]` is its length there, and differs from that in the view where an escape was undone.
    """

    document: Document
    text: str
    starts: Sequence[int]
    places: Sequence[int]
    lengths: Sequence[int]

    @staticmethod
    def of(document: Document, scope: frozenset[str] = _WORDS) -> "View":
        """Return the view of all parts whose kind is in `scope`; those of the last document are kept, since most stages change nothing.

        With `asides` (no kind of part) what stands around the text of a page is in it too.
        """
        if _kept and _kept[0][1].document is not document:
            _kept.clear()
        if len(scope) > 1:  # what does not stand there makes no other view
            kinds = {part.kind for part in document.parts}
            scope = scope & (kinds | {"asides"} if any(part.aside for part in document.parts) else kinds) or scope
        view = next((view for its, view in _kept if its == scope), None)
        if view is None:
            if len(document.text) > _LARGE:
                _kept.clear()
            view = View._made(document, scope)
            _kept.append((scope, view))
        return view

    @staticmethod
    def _made(document: Document, scope: frozenset[str]) -> "View":
        text, plain = document.text, document.format.plain
        pieces: list[str] = []
        chunks: list[str] = []  # joined as they come: many small strings weigh ten times the text
        starts, places, lengths = array("i"), array("i"), array("i")  # no input has 2^31 characters
        length = 0
        asides, label, timed = "asides" in scope, None, document.timed
        for part in document.parts:
            kind, start, end, block, _, form = part
            if not asides and "/" in block:
                continue
            if kind not in scope:
                again = timed and kind == "label" and form == label  # said at each caption, also inside a sentence
                label = form if kind == "label" else label
                shown = " " if again else _layout(text, part)
                pieces.append(shown)
                length += len(shown)
                continue
            raw = text[start:end]
            rows = ((raw, 0),) if plain(raw) == raw else ((m[0], m.start()) for m in _PIECES.finditer(raw))
            for piece, at in rows:
                shown = plain(piece)
                starts.append(length)
                places.append(start + at)
                lengths.append(len(piece))
                pieces.append(shown)
                length += len(shown)
            if len(pieces) > _CHUNK:
                chunks.append("".join(pieces))
                pieces.clear()
        return View(document, "".join([*chunks, *pieces]), starts, places, lengths)

    def spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the stretches of the document that a stretch of the view shows.

        Within an undone escape that is the whole word, since no smaller place is known.
        """
        found: list[tuple[int, int]] = []
        index = max(0, bisect_right(self.starts, start) - 1)
        while index < len(self.starts) and self.starts[index] < end:
            first, place, size = self.starts[index], self.places[index], self.lengths[index]
            stop = self._stop(index)
            if stop > start:
                if stop - first == size and self._exact(index):
                    found.append((place + max(0, start - first), place + min(end, stop) - first))
                else:
                    found.append((place, place + size))
            index += 1
        return found

    def edit(self, start: int, end: int, new: str) -> tuple[Edit, ...] | None:
        """Return the edits that put `new` in place of a stretch of the view.

        Over several parts words can only be deleted, piece by piece; None where that is not enough.
        """
        spans = self.spans(start, end)
        if not spans or (len(spans) > 1 and new):
            return None
        index = max(0, bisect_right(self.starts, start) - 1)
        if len(spans) == 1 and not self._exact(index):
            first, stop = self.starts[index], self._stop(index)
            word = self.text[first:start] + new + self.text[end:stop]
            return (Edit(*spans[0], self.document.format.quote(word)),)
        return tuple(Edit(a, b, self.document.format.quote(new)) for a, b in spans)

    def _stop(self, index: int) -> int:
        size, place = self.lengths[index], self.places[index]
        raw = self.document.text[place : place + size]
        return self.starts[index] + len(self.document.format.plain(raw))

    def _exact(self, index: int) -> bool:
        place = self.places[index]
        raw = self.document.text[place : place + self.lengths[index]]
        return self.document.format.plain(raw) == raw


def _layout(text: str, part: Part) -> str:
    """Return what stands in the view for a part that is out of its scope."""
    kind, form = part.kind, part.form
    if form in FRAME:
        return " " if kind == "stamp" and form == "cue" else ""
    if kind == "gap" or form in ("line", "space"):
        return " "
    if kind == "break":
        return "\n" if text.count("\n", part.start, part.end) > 1 else " "
    if kind in ("label", "value") or form in ("para", "row", "cell", "item") or part.block == "hr":
        return "\n"
    return "" if kind in ("mark", "markup") else WALL
