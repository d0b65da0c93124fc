"""Changes as values: an edit replaces one span, and only `apply` changes text."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Edit(NamedTuple):
    """Put `text` in place of the half-open span `start` to `end`, in code points."""

    start: int
    end: int
    text: str


def join(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Sort edits and melt neighbours into one.

    Two deletions side by side would come back as two insertions at one point, in no certain
    order, so `invert` needs them melted. Equal edits count once. Edits that overlap raise
    `ValueError`: choosing between them is the engine's business.
    """
    joined: list[Edit] = []
    for edit in sorted(set(edits)):
        if joined and edit.start < joined[-1].end:
            raise ValueError(f"edits overlap: {joined[-1]} and {edit}")
        if joined and edit.start == joined[-1].end:
            last = joined.pop()
            edit = Edit(last.start, edit.end, last.text + edit.text)
        joined.append(edit)
    return tuple(joined)


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with the edits made; they are joined first, and must not overlap."""
    pieces: list[str] = []
    at = 0
    for edit in join(edits):
        if not 0 <= edit.start <= edit.end <= len(text):
            raise ValueError(f"{edit} lies outside a text of {len(text)}")
        pieces += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join([*pieces, text[at:]])


def invert(text: str, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits that lead from the changed text back to `text`."""
    back: list[Edit] = []
    shift = 0
    for edit in join(edits):
        start = edit.start + shift
        back.append(Edit(start, start + len(edit.text), text[edit.start : edit.end]))
        shift += len(edit.text) - (edit.end - edit.start)
    return tuple(back)


class Trail:
    """Leads places of a changed text back to where they stood before; `edits` are joined."""

    __slots__ = ("_shifts", "_starts", "edits")

    def __init__(self, edits: tuple[Edit, ...]) -> None:
        self.edits = edits
        self._starts: list[int] = []
        self._shifts: list[int] = []
        shift = 0
        for edit in edits:
            self._starts.append(edit.start + shift)
            shift += len(edit.text) - (edit.end - edit.start)
            self._shifts.append(shift)

    def origin(self, offset: int) -> int:
        """Return where a place stood: outside inserted text the very character, inside it the start of what was replaced."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return offset
        if offset < self._starts[at] + len(self.edits[at].text):
            return self.edits[at].start
        return offset - self._shifts[at]


def origin(edits: Sequence[Edit], offset: int) -> int:
    """Return where one place of the changed text stood before; for many, make a `Trail`."""
    return Trail(tuple(edits)).origin(offset)
