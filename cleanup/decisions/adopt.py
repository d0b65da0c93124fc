"""Edits that a hand has made on a page, turned into decisions about the raw file that it was made of."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from cleanup.casting.given import Given
from cleanup.decisions import HAND, Decision, Decisions
from cleanup.decisions.places import at
from cleanup.script import Block, Script

_TOKEN = re.compile(r"(\s*)(\w+|[^\w\s])")


class _Word(NamedTuple):
    """A word or sign of a block, with a blank where one stands before it.

    `start` and `end` are the span of the word in the block; `origin` is where it stands in the input
    (-1: nowhere), `lead` where the blanks before it begin there.
    """

    said: str
    block: int
    start: int
    end: int
    lead: int = -1
    origin: int = -1


def adopt(text: str, made: Script, edited: Script, *, by: str = "", on: str = "") -> Decisions:
    """Return the decisions that lead from a raw file's own script to the one of its edited page.

    `text` is the raw input. Words, signs, names under `transcript.people`, title and date are
    turned into decisions; whether they say all that the hand did is for the caller to prove.
    """
    rows: list[Decision] = []
    keys = [[(b.kind, b.text) for b in side.blocks] for side in (made, edited)]
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if tag != "equal":
            old = [w for i in range(a1, a2) for w in _words(made.blocks[i], i, text)]
            new = [w for i in range(b1, b2) for w in _words(edited.blocks[i], i)]
            rows += _edits(text, old, new, edited.blocks, by, on)
    names = {
        before.label: after.name
        for before, after in zip(made.cast.speakers, edited.cast.speakers, strict=False)
        if before.label == after.label and after.name and after.name != before.name
    }
    stood = {"title": made.title, "date": made.said("date")}
    facts = {key: said for key, old in stood.items() if (said := edited.said(key)) and said != old}
    return Decisions(tuple(rows), Given(names), facts)


def _words(block: Block, index: int, text: str | None = None) -> Iterator[_Word]:
    at = block.start
    for match in _TOKEN.finditer(block.text):
        lead = origin = -1
        if text is not None and (found := text.find(match[2], at, block.end)) >= 0:
            lead, origin = at, found
            at = origin + len(match[2])
        said = " " + match[2] if match[1] else match[2]
        yield _Word(said, index, match.start(2), match.end(), lead if match[1] else origin, origin)


def _edits(
    text: str, old: list[_Word], new: list[_Word], blocks: Sequence[Block], by: str, on: str
) -> Iterator[Decision]:
    """Yield one decision for each run of words that differs; what was put in between takes a neighbour along."""
    matcher = SequenceMatcher(None, [w.said for w in old], [w.said for w in new], autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        if a1 == a2:
            a1, a2, b1, b2 = (a1 - 1, a2, b1 - 1, b2) if a1 else (a1, a2 + 1, b1, b2 + 1)
        gone = [word for word in old[a1:a2] if word.origin >= 0]
        if not gone or b2 > len(new):
            continue
        start, end = gone[0].origin, gone[-1].origin + len(gone[-1].said.strip())
        put = "".join(_said(new[b1:b2], blocks))
        if gone[0].said[0] == " " and (b1 == b2 or new[b1].said[0] != " "):
            start = gone[0].lead
        elif gone[0].said[0] != " " and b1 < b2 and new[b1].said[0] == " ":
            put = " " + put
        yield at(text, start, end, "edit", rule=HAND)._replace(text=put, by=by, on=on)


def _said(words: Sequence[_Word], blocks: Sequence[Block]) -> Iterator[str]:
    """Yield what stands on the page from the first word to the last, block by block."""
    for index in dict.fromkeys(word.block for word in words):
        own = [word for word in words if word.block == index]
        yield "\n\n" if index != words[0].block else ""
        yield blocks[index].text[own[0].start : own[-1].end]
