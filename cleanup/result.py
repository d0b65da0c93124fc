"""What is known about one input after the whole path, and the way from its last text back to the input."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from cleanup.decisions import Decision, Spot
from cleanup.document import Cast, Document, Source
from cleanup.engine import Revision
from cleanup.fates import Fate, fates
from cleanup.findings import Engine, Fact, Placed

if TYPE_CHECKING:
    from cleanup.script import Block, Script


class Result(NamedTuple):
    """Everything that is known about one input after the whole path.

    `facts` are all claims, losers included; `chosen` one for each key. `decided` are the decisions
    of people where they stand, `lost` those that fit nowhere any more. `engines` are those that a
    person asked for.
    """

    source: Source
    document: Document
    cast: Cast
    language: str | None
    revisions: tuple[Revision, ...]
    facts: tuple[Fact, ...]
    chosen: Mapping[str, Fact]
    findings: tuple[Placed, ...]
    account: Mapping[str, int]
    closed: tuple[str, ...]
    engines: tuple[Engine, ...] = ()
    decided: tuple[Spot, ...] = ()
    lost: tuple[Decision, ...] = ()

    @property
    def changed(self) -> bool:
        """Say whether anything was applied."""
        return any(revision.edits for revision in self.revisions)

    def origin(self, offset: int) -> int:
        """Return where a place of the final document stands in the input."""
        return source_offset(self.revisions, offset)

    def spans(self) -> Iterator[Fate]:
        """Yield the fate of every character of the input; worked out at each call, since it is as large as the parts."""
        return fates(self.document, self.revisions)

    def walk(self) -> "Iterator[Block]":
        """Yield the blocks of the script, for who looks at each once: together they weigh more than the text."""
        from cleanup.script.scribe import blocks

        return blocks(self.document, self.cast, partial(source_span, self.revisions))

    def blocks(self) -> "tuple[Block, ...]":
        """Return the blocks of the script; made at each call, since most runs never need them."""
        return tuple(self.walk())

    def script(self, stem: str = "") -> "Script":
        """Return what the transcript says; `stem` is the name of its file, for a title where none is stated."""
        return self.head(stem)._replace(blocks=self.blocks())

    def head(self, stem: str = "") -> "Script":
        """Return the script without its blocks."""
        from cleanup.script import Script

        return Script((), self.cast, self.chosen, self.language, stem)


def source_offset(revisions: Sequence[Revision], offset: int) -> int:
    """Lead a place of the last text back to the input."""
    for revision in reversed(revisions):
        offset = revision.origin(offset)
    return offset


def source_span(revisions: Sequence[Revision], start: int, end: int) -> tuple[int, int]:
    """Lead a span back to the input; its end is that of its last character."""
    first, last = source_offset(revisions, start), end
    for revision in reversed(revisions):
        last = revision.ends(last)
    return first, max(first, last) if end > start else first
