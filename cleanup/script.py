"""The script of a transcript: blocks that are derived from parts, and are never a target of edits."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from cleanup.document import NOBODY, Cast, Document, Part
from cleanup.view import FRAME

_BLANKS = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_EDGES = re.compile(r" +(?=\n|$)|(?<=\n) +|^ +")
_WIDE = "\u3040"
"""From here on characters are written without spaces between them."""
_PAUSE = 2500
"""Milliseconds without words that part two paragraphs of captions."""
_LONG, _LONGEST = 500, 1500
"""Characters after which a sentence, and after which any caption, ends a paragraph of captions."""
_ENDS = tuple('.?!…:;。？！"”’)]*»')


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


class _Builder:
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
        if line and self.kind == "other" and self.block not in ("p", "table") and not self._fresh:
            self._add(Run("line", ""))
            self._fresh, self._space = True, ""
        else:
            self._space = (self._space or "\n") if line else " "

    def paragraph(self) -> None:
        self._fresh, self._space = True, ""
        if self.runs and self.runs[-1].kind not in ("para", "item", "row", "cell"):
            self._add(Run("para", ""))

    def open(self, kind: str, text: str, part: Part) -> None:
        """Start an item, a row or a cell."""
        if self.runs and kind == "item" and self.runs[-1].kind not in ("item", "line"):
            self._add(Run("line", ""))
        self._add(Run(kind, text))
        self._fresh, self._space = True, ""
        self._reach(part)

    def put(self, kind: str, text: str, part: Part) -> None:
        if kind != "mark":
            folded = _BLANKS.sub(" ", text)
            self._space = " " if folded.startswith(" ") else self._space
            after = " " if folded.endswith(" ") else ""
            text = folded.strip(" ")
            if not text:
                return
        else:
            after = ""
        if self._space and not self._fresh and not (self._space == "\n" and self._joined(text)):
            self._add(Run("text", " "))
        self._add(Run(kind, text))
        self._space = after
        self._fresh &= kind == "mark"
        self._reach(part)

    def _joined(self, text: str) -> bool:
        """Say whether two wide characters meet at a line end: CJK is written without spaces."""
        last = next((run.text[-1:] for run in reversed(self.runs) if run.kind != "time"), "")
        return last >= _WIDE and text[:1] >= _WIDE and not (last > "\ufaff" or text[:1] > "\uff60")

    def caption(self, at: int, until: int | None) -> None:
        """Note that words of another caption follow."""
        self._add(Run("time", f"{at} {until}" if until is not None else str(at)))

    def _add(self, run: Run) -> None:
        last = self.runs[-1] if self.runs else None
        if last and run.kind == "text" == last.kind:
            self.runs[-1] = Run("text", last.text + run.text)
        else:
            self.runs.append(run)

    def _reach(self, part: Part) -> None:
        self.start = part.start if self.start < 0 else self.start
        self.end = part.end

    def open_words(self) -> bool:
        """Say whether the paragraph has words already, so that a mark here closes or goes on in it."""
        return not self._fresh

    def seen(self) -> bool:
        return any(run.kind in ("text", "code") for run in self.runs) or self.block == "hr"

    def done(self, span: Callable[[int, int], tuple[int, int]]) -> Block:
        while self.runs and self.runs[-1].kind in ("para", "line"):
            self.runs.pop()
        return Block(
            self.kind, tuple(self.runs), *span(self.start, self.end), self.speaker, self.label,
            self.at, self.until, self.block, self.level, self.continues, self.labelled,
        )  # fmt: skip


def blocks(document: Document, cast: Cast, span: Callable[[int, int], tuple[int, int]]) -> tuple[Block, ...]:
    """Return the blocks of a document whose labels are marked; `span` leads to the input.

    Words without a label go on with the last speaker; list items only while a turn is open,
    since a list under a heading is show notes. Turns of one speaker in a row are one turn.
    """
    return tuple(_Scribe(document, cast, span).write())


_ITEM = re.compile(r"<(?:li|dt|dd)\b", re.IGNORECASE)
_LINED = frozenset({"text", "docx", "irc"})
"""Formats in which a line end ends a paragraph, unless a text is wrapped."""


class _Scribe:
    """Walks over the parts once and cuts blocks."""

    def __init__(self, document: Document, cast: Cast, span: Callable[[int, int], tuple[int, int]]) -> None:
        self.document, self.cast, self.span = document, cast, span
        self.flowing = document.format.name not in _LINED or (document.format.name == "text" and _wrapped(document))
        self.now: _Builder | None = None
        self.beside: list[_Builder] = []  # notes that stand in a turn, which may go on
        self.speaker = cast.speakers[cast.opening].shown if cast.opening is not None else None
        self.label: str | None = None
        self.heard = self.speaker  # who was heard last: a label without words was not
        self.turns = False  # a label has come since the last words: here a turn begins
        self.open = False  # a turn is open: nothing but speech stands between here and its label
        self.fresh = True  # at the start of a paragraph
        self.labelled = False  # a label has just been read, and no word of its turn yet
        self.resumes = False  # the next words go on in the paragraph that a sound interrupted
        self.marks: list[Part] = []  # marks that wait for the words they are about
        self.item: Part | None = None  # the tag of a list item that waits for its words
        self.framing: list[str] = []  # marks around a label, which are not about its turn
        self.at: int | None = None
        self.last: int | None = None  # the last time that no word has followed yet
        self.cue: int | None = None  # when the caption came, and when it goes
        self.until: int | None = None
        self.begins = False  # a caption has come, and no word of it yet
        self.length, self.tail = 0, ""  # of a paragraph of captions

    def write(self) -> Iterator[Block]:
        for part in self.document.parts:
            if part.block == "front":
                continue
            yield from getattr(self, f"_{part.kind}", self._skip)(part)
        yield from self._close()

    def _close(self) -> Iterator[Block]:
        made, self.now, self.beside = [self.now, *self.beside], None, []
        yield from (builder.done(self.span) for builder in made if builder and builder.seen())

    def _skip(self, part: Part) -> Iterator[Block]:
        return iter(())

    def _label(self, part: Part) -> Iterator[Block]:
        self.framing = [self.document.text[mark.start : mark.end] for mark in self.marks]
        self.marks = []
        who = self.cast.speaker(part.form)
        speaker, self.label = (who.shown, part.form) if who else (None, None)
        self.labelled = speaker != self.heard
        self.speaker, self.open, self.turns = speaker, who is not None, True
        self.fresh, self.resumes = True, False
        self.at = next((at for at in (part.at, self.last, self.at) if at is not None), None)
        if self.now and self.now.kind == "turn":
            self.now.paragraph()
            return iter(())
        return self._close()

    def _break(self, part: Part) -> Iterator[Block]:
        if part.form in ("cue", "line"):
            if self.now:
                self.now.blank(line=True)
            return
        lines = self.document.text.count("\n", part.start, part.end)
        if lines > 1 or not self.flowing:
            yield from self._paragraph(part)
        elif lines:
            yield from self._line()

    def _line(self) -> Iterator[Block]:
        if self.now and self.now.kind == "heading":
            yield from self._close()
        if self.now:
            self.now.blank(line=True)

    def _paragraph(self, part: Part) -> Iterator[Block]:
        self.fresh, self.resumes, self.length = True, False, 0
        self.marks, self.framing = [], []
        if self.now and self.now.kind == "turn":
            self.now.paragraph()
        elif self.now and self.now.block not in ("li", "table", "code"):
            yield from self._close()

    def _gap(self, part: Part) -> Iterator[Block]:
        if self.now:
            self.now.blank()
        return iter(())

    def _stamp(self, part: Part) -> Iterator[Block]:
        if part.form == "cue":
            yield from self._caption(part)
        elif part.form == "until":
            self.until = part.at
        if part.form in FRAME:
            return
        self.last = part.at
        if self.fresh or self.now is None:  # a time inside a paragraph says nothing about the next turn
            self.at = part.at if self.at is None else self.at
        if self.now:
            self.now.blank()

    def _caption(self, part: Part) -> Iterator[Block]:
        """Begin a caption: it goes on with the paragraph, unless a pause or enough text lies before it."""
        pause = 0 if part.at is None or self.until is None else part.at - self.until
        self.cue, self.begins = part.at, True
        enough = self.length > (_LONG if self.tail in _ENDS else _LONGEST)
        if pause >= _PAUSE or enough:
            yield from self._paragraph(part)
        if self.now:
            self.now.blank(line=True)

    def _sound(self, part: Part) -> Iterator[Block]:
        if self._place(part)[0] != "turn":
            yield from self._words(part)
            return
        inside = self.resumes or (self.now is not None and self.now.kind == "turn" and not self.fresh)
        yield from self._close()
        sound = _Builder("sound")
        sound.put("text", self.document.words(part), part)
        sound.continues = inside
        sound.at, sound.until = self.cue, self.until
        if self.labelled:
            sound.speaker, sound.label = self.speaker, self.label
            self.heard = self.speaker
        yield sound.done(self.span)
        self.resumes = inside or self.labelled
        self.fresh, self.labelled = not self.resumes, False
        if part.form == NOBODY:
            self._nobody()  # what goes on behind a clip, in a list too, is still speech

    def _nobody(self) -> None:
        self.speaker = self.label = None
        self.heard = ""
        self.resumes = False

    def _note(self, part: Part) -> Iterator[Block]:
        """Keep what was written beside the speech; a turn goes on below it, as it does on the page, and the note follows."""
        if self.now and self.now.kind == "turn":
            yield from self._paragraph(part)
            if not self.beside or self.beside[-1].end < self.now.end:
                self.beside.append(_Builder("note"))
            self.beside[-1].put("text", self.document.words(part), part)
            return
        if not (self.now and self.now.kind == "note"):
            yield from self._close()
            self.now = _Builder("note")
        self.now.put("text", self.document.words(part), part)

    def _words(self, part: Part) -> Iterator[Block]:
        yield from self._ensure(part)
        if self.item and self.now and (self.now.kind, self.now.block) == ("other", "li"):
            self.now.open("item", "-", self.item)
        self.item = None
        self._flush()
        if self.now:
            if self.begins and self.cue is not None:
                self.now.caption(self.cue, self.until)
            self.begins = False
            self.now.put("text", self.document.words(part), part)
            self.now.until = self.until
        self.fresh, self.at, self.last = False, None, None
        self.length, self.tail = self.length + part.end - part.start, self.document.text[part.end - 1]

    def _code(self, part: Part) -> Iterator[Block]:
        if part.block == "code":
            if not (self.now and self.now.block == "code"):
                yield from self._close()
                self.now = _Builder("other", "code")
            self.now.runs.append(Run("code", self.document.text[part.start : part.end]))
            self.now._reach(part)
            return
        yield from self._ensure(part)
        self._flush()
        if self.now:
            self.now.put("code", self.document.text[part.start : part.end], part)
        self.fresh = False

    def _flush(self) -> None:
        """Put down the marks that waited for words."""
        for mark in self.marks if self.now else ():
            if self.now:
                self.now.put("mark", self.document.text[mark.start : mark.end], mark)
        self.marks, self.framing = [], []

    def _mark(self, part: Part) -> Iterator[Block]:
        text = self.document.text[part.start : part.end]
        if text in self.framing:
            self.framing.remove(text)
        elif self.now and self.now.open_words():
            self.now.put("mark", text, part)
        else:
            self.marks.append(part)
        return iter(())

    def _markup(self, part: Part) -> Iterator[Block]:
        """Rules, bullets, cells and block tags leave a trace; all other markup leaves none."""
        text = self.document.text[part.start : part.end]
        if part.form == "para":
            yield from self._paragraph(part)
            if self.now:
                self.now.blank(line=True)
            self.item = part if _ITEM.match(text) else None if text.startswith("</") else self.item
            return
        if part.form == "line":
            yield from self._line()
            return
        if part.form == "space" and self.now:
            self.now.blank()
        if part.block == "hr":
            yield from self._close()
            self.now = _Builder("other", "hr")
            self.now._reach(part)
            yield from self._close()
            if part.form == NOBODY:
                self._nobody()
                self.open = False
            self.fresh = True
        elif part.block == "li" and part.form == "item":
            if self.open:
                yield from self._paragraph(part)
            else:
                yield from self._ensure(part)
                if self.now:
                    self.now.open("item", text, part)
        elif part.block == "table" and part.form in ("row", "cell"):
            yield from self._ensure(part)
            if self.now:
                self.now.open(part.form, "", part)

    def _ensure(self, part: Part) -> Iterator[Block]:
        """Have a builder that this part may go to."""
        kind, block, level = self._place(part)
        now = self.now
        same = now is not None and (now.kind, now.block, now.level) == (kind, block, level)
        if same and now and kind == "turn":
            same = now.speaker == self.speaker and not (self.turns and self.speaker is None)
        if same:
            self.turns = self.labelled = False
            return
        yield from self._close()
        self.now = _Builder(kind, block, level)
        if kind == "turn":
            self.now.speaker, self.now.label = self.speaker, self.label
            self.heard = self.speaker
            self.now.continues, self.resumes = self.resumes, False
            self.now.labelled = self.turns
            self.now.at, self.at = self.cue if self.at is None else self.at, None
        else:
            self.open = self.open and kind != "heading"
            self.resumes = False
        self.turns = self.labelled = False

    def _place(self, part: Part) -> tuple[str, str, int]:
        block = part.block
        if block[0] == "h" and block[1:].isdigit():
            return "heading", block, int(block[1:])
        if block in ("table", "other") or part.aside or (block in ("li", "quote") and not self.open):
            return "other", "p" if block == "other" or part.aside else block, 0
        return "turn", "p", 0


def _wrapped(document: Document) -> bool:
    """Say whether single line ends of a plain text are hard wraps rather than paragraph ends.

    Wrapped lines mostly break off in the middle of a sentence and are of one width.
    """
    text = document.text
    ends = total = longest = 0
    for line, following in zip(text.split("\n"), text.split("\n")[1:], strict=False):
        if line.strip() and following.strip():
            total += 1
            ends += line.rstrip().endswith(_ENDS)
            longest = max(longest, len(line))
    return total > 0 and longest <= 120 and ends < 0.7 * total
