"""The script of a transcript: blocks that are derived from parts, and are never a target of edits."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cleanup.document import Cast
from cleanup.findings import Fact

_EDGES = re.compile(r" +(?=\n|$)|(?<=\n) +|^ +")


class Run(NamedTuple):
    """A piece of a block.

    `text` and `code` are plain; `mark` is inline Markdown that a page may keep; `line` a line
    end in a block that is not a turn; `para` a paragraph's end; `item` the marker of a list
    item with its indent; `row` and `cell` start those of a table. `time` is where a caption begins
    in a turn: when it comes, and when it goes if that is known, in whole milliseconds.
    """

    kind: str
    text: str


_SEEN = {"mark": "", "time": "", "item": "", "line": "\n", "para": "\n\n", "row": "\n", "cell": "\t"}


class Block(NamedTuple):
    """One piece of the published body.

    `kind` is `turn`, `sound`, `heading`, `note` or `other`; `start` and `end` are offsets in the
    decoded input; `at` and `until` whole milliseconds. `block` says what an `other` is (`p`,
    `li`, `table`, `code`, `hr`, `quote`). A sound carries the speaker where it opens a turn. `labelled` says that a label
    stands before the block, where it did not have to.
    """

    kind: str
    runs: tuple[Run, ...]
    start: int
    end: int
    speaker: str | None = None
    label: str | None = None
    at: int | None = None
    until: int | None = None
    block: str = "p"
    level: int = 0
    continues: bool = False
    labelled: bool = False

    @property
    def text(self) -> str:
        """The block as a reader sees it, without Markdown."""
        text = "".join(_SEEN.get(run.kind, run.text) for run in self.runs).strip("\n")
        if self.block == "table":
            text = re.sub(r"\t+(?=\n|$)", "", text)
        return text if self.block == "code" else _EDGES.sub("", text)


class Script(NamedTuple):
    """What a transcript says: its blocks, who speaks, the facts that were chosen, and its language.

    `stem` is the name of its file without suffix: the title, where none is stated.
    """

    blocks: Sequence[Block]
    cast: Cast
    chosen: Mapping[str, Fact]
    language: str | None
    stem: str = ""

    def said(self, key: str) -> str | None:
        """Return the fact that was chosen for a key."""
        return self.chosen[key].value if key in self.chosen else None

    @property
    def title(self) -> str:
        """The title that is stated, else the name of the file as words."""
        return self.said("title") or self.stem.replace("-", " ").replace("_", " ")
