"""The body of a page: blocks as paragraphs of Markdown that say what they say and run nothing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cleanup.casting.frame import fold
from cleanup.casting.marking import ends_clip
from cleanup.document import NOBODY, NOTHING, Cast
from cleanup.formats.sounds import Sounds
from cleanup.script import Block, Run
from cleanup.writers import escape, marks
from cleanup.writers.clock import clock
from cleanup.writers.front import tame
from cleanup.writers.sites import Site

_PLAYED = re.compile(r"https?://\S", re.IGNORECASE)
_ROUNDS = 4
"""A mark that goes may take others with it; after so many rounds all go."""

BEGINS = "<!-- transcript -->"
"""Stands before the first turn where prose that is no speech stands above it."""


class Look(NamedTuple):
    """How pages are to look: which form of labels, whether the credit line is visible, whether marks are kept.

    `times` says how the time of a turn stands before its words: `off`, `turns` (`[0:12]`), or
    `links` into the recording, where the transcript names one.
    """

    labels: str | None = None
    credit: bool = True
    marks: bool = True
    times: str = "off"


PLAIN = Look()


class Writer:
    """Writes paragraphs, and keeps in mind whom a reader takes for the speaker."""

    def __init__(
        self, site: Site, cast: Cast, labels: Mapping[str, str] = NOTHING, look: Look = PLAIN, media: str | None = None,
        sounds: Sounds | None = None,
    ) -> None:  # fmt: skip
        self.site, self.labels, self.look, self.sounds = site, labels, look, sounds
        self.media = media if look.times == "links" and media and _PLAYED.match(media) else None
        self.heard = cast.speakers[cast.opening].shown if cast.opening is not None else None
        self.asides = cast.asides
        self.out: list[str] = []
        self.begun = False
        self.spoken = False  # the block before this one was a turn

    def write(self, blocks: Sequence[Block]) -> list[str]:
        """Return the paragraphs of the body; notes stay off the page."""
        for block in blocks:
            if block.kind == "turn":
                self._begin(blocks)
                self._turn(block)
                self.spoken = True
                continue
            self.spoken &= block.kind == "note"
            if block.kind == "note":
                continue
            if block.kind == "sound":
                self._begin(blocks)
                self._sound(block)
            elif block.kind == "heading":
                self.out.append("#" * max(2, block.level) + " " + self.runs(block.runs, heading=True))
                if fold(block.text) in self.asides:
                    self.heard = self.heard and ""  # a label says that here is speech all the same
            elif block.kind == "other":
                self.out.append(self.other(block))
        return self.out

    def _begin(self, blocks: Sequence[Block]) -> None:
        """Mark where speech begins, if prose above it could be taken for it."""
        if not self.begun and any(b.kind == "other" and b.block == "p" for b in blocks) and self.out:
            first = next(i for i, b in enumerate(blocks) if b.kind in ("turn", "sound"))
            if not any(b.kind == "heading" for b in blocks[:first]) or blocks[first - 1].kind != "heading":
                self.out.append(BEGINS)
        self.begun = True

    def _label(self, speaker: str | None) -> str:
        if speaker == self.heard:
            return ""
        self.heard = speaker
        if not speaker:
            return f"**{NOBODY}** "
        return f"**{escape.inline(tame(self.labels.get(speaker, speaker)))}:** "

    def _time(self, at: int | None) -> str:
        if at is None or self.look.times == "off":
            return ""
        address = f"{self.media.partition('#')[0]}#t={at // 1000}" if self.media else ""
        return f"[{clock(at)}" + (f"{marks.linked(f'](<{address}>)')} " if address else "] ")

    def _turn(self, block: Block) -> None:
        pieces = list(paragraphs(block.runs))
        if not pieces:
            return
        if block.continues and self.out and block.speaker == self.heard:
            self.out[-1] += " " + self._said(pieces[0], " ")[1:]
        else:
            if (self.spoken or block.labelled) and block.speaker and block.speaker == self.heard:
                self.heard = ""  # a label stood here, and helps a reader behind a sound
            if self.spoken and block.speaker == self.heard:
                self.heard = ""  # somebody new speaks, although the name is the same or none
            label = self._label(block.speaker) + self._time(block.at)
            self.out.append(self._said(pieces[0], label))
        self.out += [self._said(runs) for runs in pieces[1:]]

    def _said(self, runs: Sequence[Run], label: str = "") -> str:
        """Write a paragraph of speech; what reads as a sound there, and was none, is written so that it is none: `(loud⏎applause)`."""
        text = self.runs(runs, start=not label)
        if self.sounds and not label and self.sounds.unbracketed(text):
            text = escape.literal(text)
        spans = sorted(self.sounds.find(text, escapes=True), reverse=True) if self.sounds else ()
        for start, _ in spans:
            bracket = start + (text[start] == "\\")
            if not text[bracket].isalnum():
                text = f"{text[:start]}&#{ord(text[bracket])};{text[bracket + 1 :]}"
        return label + text

    def _sound(self, block: Block) -> None:
        if block.continues and self.out:
            self.out[-1] += " " + escape.inline(block.text)
        else:
            label = self._label(block.speaker) if block.speaker else ""
            self.out.append(label + (escape.inline if label else escape.line)(block.text))
        if ends_clip(block.text):
            self.heard = ""  # whoever goes on is not the last speaker of the clip

    def other(self, block: Block) -> str:
        """Write a list, a table, code, a rule, or prose that is no speech."""
        if block.block == "hr":
            return "---"
        if block.block == "code":
            code = "".join(run.text for run in block.runs)
            fence = marks.ticks(code, 3)
            return f"{fence}\n{marks.shown(code) if self.site.shortcodes else code}\n{fence}"
        if block.block == "table":
            return self._table(block.runs)
        if block.block == "li":
            return self._list(block.runs)
        lines = [self.runs(runs, start=True) for runs in _split(block.runs, ("para", "line"))]
        return "\n".join(f"> {line}" for line in lines) if block.block == "quote" else "\n".join(lines)

    def _list(self, runs: Sequence[Run]) -> str:
        lines: list[str] = []
        for piece in _split(runs, ("line", "para")):
            marker = next((run.text.strip() for run in piece if run.kind == "item"), None)
            text = self.runs([run for run in piece if run.kind != "item"], start=True)
            if not text:
                continue
            bullet = "  " if marker is None else f"{marker} " if marker[:1].isdigit() else "- "
            lines.append(bullet + text)
        return "\n".join(lines)

    def _table(self, runs: Sequence[Run]) -> str:
        rows: list[list[list[Run]]] = []
        for run in runs:
            if run.kind == "row" or not rows:
                rows.append([[]])
            if run.kind == "cell":
                rows[-1].append([])
            elif run.kind != "row":
                rows[-1][-1].append(Run("text", run.text) if run.kind == "code" and "|" in run.text else run)
        rows = [row[:-1] if len(row) > 1 and not row[-1] else row for row in rows]
        width = max(map(len, rows))
        lines = [
            "| " + " | ".join(self.runs(c).replace("|", "\\|") for c in row + [[]] * (width - len(row))) + " |"
            for row in rows
        ]
        return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])

    def runs(self, runs: Sequence[Run], *, start: bool = False, heading: bool = False) -> str:
        """Write one paragraph; marks stay where each has its mate and its address is harmless."""
        mates = marks.mated(runs) if self.look.marks else {}
        for _ in range(_ROUNDS):
            pieces = [
                self._piece(run, heading) if i in mates or run.kind != "mark" else "" for i, run in enumerate(runs)
            ]
            first = next((i for i, piece in enumerate(pieces) if piece), None) if start else None
            if first is not None and runs[first].kind == "text":
                pieces[first] = escape.line(runs[first].text)
            stray = {index for index in marks.stray(pieces, mates) for index in (index, mates[index])}
            if not stray:
                break
            mates = {i: mate for i, mate in mates.items() if i not in stray}
        else:
            return self.runs([run for run in runs if run.kind != "mark"], start=start, heading=heading)
        return "".join(pieces)

    def _piece(self, run: Run, heading: bool) -> str:
        if run.kind == "mark":
            return marks.linked(run.text) if run.text.startswith("](") else run.text
        if run.kind == "code" and self.look.marks:
            shown = marks.shown(run.text) if self.site.shortcodes else run.text
            if "\u200c" not in shown or "\u200c" in run.text:
                return marks.ticked(shown)
        if run.kind in ("text", "code"):
            return escape.heading(run.text) if heading else escape.inline(run.text)
        return " " if run.kind == "line" else ""


def paragraphs(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Yield the paragraphs of a block."""
    return _split(runs, ("para",))


def _split(runs: Sequence[Run], kinds: tuple[str, ...]) -> Iterator[list[Run]]:
    piece: list[Run] = []
    for run in runs:
        if run.kind in kinds:
            if piece:
                yield piece
            piece = []
        elif run.kind == "text" and piece and piece[-1].kind == "text":
            piece[-1] = Run("text", piece[-1].text + run.text)
        elif run.kind != "time":
            piece.append(run)
    if piece:
        yield piece
