"""From parts to blocks: one walk that knows who speaks, and where a paragraph ends."""

import re
from collections.abc import Callable, Iterator

from cleanup.document import NOBODY, Cast, Document, Part
from cleanup.script import Block, Run
from cleanup.script.builder import Builder
from cleanup.view import FRAME

_PAUSE = 2500
"""Milliseconds without words that part two paragraphs of captions."""
_LONG, _LONGEST = 500, 1500
"""Characters after which a sentence, and after which any caption, ends a paragraph of captions."""
_ENDS = tuple('.?!…:;。？！"”’)]*»')
_BRACKETS = frozenset(")]）】♪♫♬")
_ITEM = re.compile(r"<(?:li|dt|dd)\b", re.IGNORECASE)
_LINED = frozenset({"text", "docx", "irc"})
"""Formats in which a line end ends a paragraph, unless a text is wrapped."""


def blocks(document: Document, cast: Cast, span: Callable[[int, int], tuple[int, int]]) -> Iterator[Block]:
    """Yield the blocks of a document whose labels are marked; `span` leads to the input.

    Words without a label go on with the last speaker; list items only while a turn is open,
    since a list under a heading is show notes. Turns of one speaker in a row are one turn.
    """
    return _Scribe(document, cast, span).write()


class _Scribe:
    """Walks over the parts once and cuts blocks."""

    def __init__(self, document: Document, cast: Cast, span: Callable[[int, int], tuple[int, int]]) -> None:
        self.document, self.cast, self.span = document, cast, span
        self.flowing = document.format.name not in _LINED or (document.format.name == "text" and _wrapped(document))
        self.timed = document.timed
        self.now: Builder | None = None
        self.beside: list[Builder] = []  # notes that stand in a turn, which may go on
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
        if self.timed and who and self.now and (self.now.kind, self.now.speaker) == ("turn", who.shown):
            return iter(())  # said again at each caption
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
        elif self.now:
            self.now.blank()  # an item of a list has paragraphs

    def _gap(self, part: Part) -> Iterator[Block]:
        if self.now and part.form != "cue":
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
        bracketed = self.document.text[part.end - 1] in _BRACKETS  # others are told by their line alone
        if self._place(part)[0] != "turn" or (self.labelled and not bracketed):
            yield from self._words(part)
            return
        inside = self.resumes or (self.now is not None and self.now.kind == "turn" and not self.fresh)
        inside = inside and bracketed
        yield from self._close()
        sound = Builder("sound")
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
                self.beside.append(Builder("note"))
            self.beside[-1].blank(line=True)
            self.beside[-1].put("text", self.document.words(part), part)
            return
        if not (self.now and self.now.kind == "note"):
            yield from self._close()
            self.now = Builder("note")
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
                self.now = Builder("other", "code")
            self.now.runs.append(Run("code", self.document.text[part.start : part.end]))
            self.now.reach(part)
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
            self.now = Builder("other", "hr")
            self.now.reach(part)
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
        self.now = Builder(kind, block, level)
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
