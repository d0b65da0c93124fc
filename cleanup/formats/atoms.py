"""The sounds and the times of one text, by place."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from cleanup.document import Part, edged
from cleanup.formats.sounds import Sounds
from cleanup.formats.stamps import stamps
from cleanup.regexes import late

_BULLETIN = late(r"\[/?(?:b|i|u|s|url|size|color|center|quote|font)(?:=[^\[\]\n]{0,200})?\]", re.IGNORECASE)
"""How forums set type: `[b]Ana Lind:[/b] Yes`."""


class Atoms:
    """The sounds and stamps of one text, to be looked up by place; where they meet, the stamp wins. A page of ours has no bare times."""

    def __init__(self, text: str, sounds: Sounds, *, bare: bool = True, escapes: bool = False) -> None:
        self.text = text
        times = stamps(text, bare=bare)
        taken = [row[0] for row in times]
        rows: list[tuple[int, int, str, int | None]] = [(a, b, "stamp", at) for a, b, at in times]
        for start, end in sounds.find(text, escapes=escapes):
            at = bisect_left(taken, end)
            if not (at and times[at - 1][1] > start):
                rows.append((start, end, "sound", None))
        if "[/b]" in text or "[/B]" in text:
            rows += [(*match.span(), "markup", None) for match in _BULLETIN.finditer(text)]
        self.rows = sorted(rows)
        self.starts = [row[0] for row in self.rows]

    def within(self, start: int, end: int) -> Iterator[tuple[int, int, str, int | None]]:
        """Yield the sounds and stamps that lie wholly in a span, and what is in it of a stamp that markup cuts: `(<a>00:12</a>)`."""
        at = bisect_left(self.starts, start)
        at -= at > 0 and self.rows[at - 1][1] > start
        while at < len(self.rows) and self.rows[at][0] < end:
            left, right, kind, time = self.rows[at]
            if start <= left and right <= end:
                yield self.rows[at]
            elif kind == "stamp":
                left, right = max(left, start), min(right, end)
                yield (left, right, "stamp", time) if right - left > 2 else (left, right, "markup", None)
            at += 1

    def parts(self, start: int, stop: int, block: str = "p") -> Iterator[Part]:
        """Yield the parts of a stretch of one line: words, and what stands among them."""
        at, said = start, Part("words", start, stop, block)
        for first, last, kind, time in self.within(start, stop):
            yield from edged(self.text, said, at, first)
            yield Part(kind, first, last, block, time)
            at = last
        yield from edged(self.text, said, at, stop)

    def any(self, start: int, end: int) -> bool:
        """Say whether a sound or stamp starts in a span."""
        at = bisect_left(self.starts, start)
        return at < len(self.starts) and self.starts[at] < end

    def at(self, start: int) -> tuple[int, int, str, int | None] | None:
        """Return what starts at a place."""
        at = bisect_left(self.starts, start)
        return self.rows[at] if at < len(self.rows) and self.starts[at] == start else None
