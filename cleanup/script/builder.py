"""One block while it is made: runs are collected, and blanks folded."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from cleanup.document import Part
from cleanup.script import Block, Run

_BLANKS = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_WIDE = "\u3040"
"""From here on characters are written without spaces between them."""


class Builder:
    """Collects runs of one block; blanks are folded, and none stands at a paragraph's edge."""

    def __init__(self, kind: str, block: str = "p", level: int = 0) -> None:
        self.kind, self.block, self.level = kind, block, level
        self.runs: list[Run] = []
        self.start = self.end = -1
        self.speaker: str | None = None
        self.label: str | None = None
        self.at: int | None = None
        self.until: int | None = None
        self.continues = self.labelled = False
        self._fresh = True
        self._space = ""  # what stands before the next words: a blank, or a line end, which CJK does without

    def blank(self, *, line: bool = False) -> None:
        """Note blanks, or a line end, before the words that come."""
        if line and self.kind == "other" and self.block not in ("p", "table") and not self._fresh:
            self.runs.append(Run("line", ""))
            self._fresh, self._space = True, ""
        else:
            self._space = (self._space or "\n") if line else " "

    def paragraph(self) -> None:
        """End the paragraph."""
        self._fresh, self._space = True, ""
        if self.runs and self.runs[-1].kind not in ("para", "item", "row", "cell"):
            self.runs.append(Run("para", ""))

    def open(self, kind: str, text: str, part: Part) -> None:
        """Start an item, a row or a cell."""
        if self.runs and kind == "item" and self.runs[-1].kind not in ("item", "line"):
            self.runs.append(Run("line", ""))
        self.runs.append(Run(kind, text))
        self._fresh, self._space = True, ""
        self.reach(part)

    def put(self, kind: str, text: str, part: Part) -> None:
        """Add words, code or a mark, with a blank before them where one stood."""
        if kind != "mark":
            folded = text if text.isprintable() and "  " not in text else _BLANKS.sub(" ", text)
            self._space = " " if folded.startswith(" ") else self._space
            after = " " if folded.endswith(" ") else ""
            text = folded.strip(" ")
            if not text:
                return
        else:
            after = ""
        if self._space and not self._fresh and not (self._space == "\n" and self._meets(text)) and not self._parted():
            self.runs.append(Run("text", " "))
        self.runs.append(Run(kind, text))
        self._space = after
        self._fresh &= kind == "mark"
        self.reach(part)

    def _meets(self, text: str) -> bool:
        """Say whether two wide characters meet at a line end: CJK is written without spaces."""
        if text[:1] < _WIDE:
            return False
        last = next((run.text[-1:] for run in reversed(self.runs) if run.kind != "time"), "")
        return last >= _WIDE and not (last > "\ufaff" or text[:1] > "\uff60")

    def _parted(self) -> bool:
        """Say whether a blank stands before the last marks already: nothing was said between them (`and **[0:12]** so`)."""
        return next((run.text[-1:] for run in reversed(self.runs) if run.kind != "mark"), "") == " "

    def caption(self, at: int, until: int | None) -> None:
        """Note that words of another caption follow."""
        self.runs.append(Run("time", f"{at} {until}" if until is not None else str(at)))

    def reach(self, part: Part) -> None:
        """Have the block hold a part."""
        self.start = part.start if self.start < 0 else self.start
        self.end = part.end

    def open_words(self) -> bool:
        """Say whether the paragraph has words already, so that a mark here closes or goes on in it."""
        return not self._fresh

    def seen(self) -> bool:
        """Say whether a reader sees anything of the block."""
        return any(run.kind in ("text", "code") for run in self.runs) or self.block == "hr"

    def done(self, span: Callable[[int, int], tuple[int, int]]) -> Block:
        """Return the block; `span` leads to the input."""
        while self.runs and self.runs[-1].kind in ("para", "line"):
            self.runs.pop()
        return Block(
            self.kind, tuple(_joined(self.runs)), *span(self.start, self.end), self.speaker, self.label,
            self.at, self.until, self.block, self.level, self.continues, self.labelled,
        )  # fmt: skip


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield the runs, text that follows text as one."""
    for kind, group in groupby(runs, key=itemgetter(0)):
        if kind == "text":
            yield Run("text", "".join(run.text for run in group))
        else:
            yield from group
