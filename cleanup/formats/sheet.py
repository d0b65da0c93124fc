"""The text that an importer makes: pieces of an input laid out as captions, or as paragraphs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isfinite
from typing import NamedTuple

from cleanup.document import NOBODY, Document, Format, Part, Span
from cleanup.formats.atoms import Atoms
from cleanup.formats.located import Text
from cleanup.formats.sounds import Sounds
from cleanup.formats.stamps import milliseconds

_LINES = re.compile(r"[^\S\n\r]*[\n\r]\s*")
_ENDS = tuple(".?!…。？！।؟")
_CLOSING = "\"'”’)]»"
_PAUSE = 1000
"""Milliseconds without a word that part two captions; `script` says which pauses part paragraphs."""
_LONG = 400
"""Characters of one caption; where nobody wrote a full stop, its times would be lost."""


_CLOCK = re.compile(r"-?\d+(?::\d+)+(?:[.,]\d+)?")
_ISO = re.compile(r"PT(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?")
_SLOW = 30


_KINDS = {
    "turn": ("words", "p"), "sound": ("words", "p"), "heading": ("words", "h2"), "note": ("note", "p"), "other": ("words", "other"),
    "table": ("words", "table"),
}  # fmt: skip


class Moment(NamedTuple):
    """A time as it stands in the input, and in whole milliseconds, where that is known."""

    text: Text
    at: int | None


class Piece(NamedTuple):
    """What an input says of one caption, turn or word; `tight` ones stand without a blank, or without a line end, behind the one before.

    `kind` is that of a block of ours; nobody speaks in a `table`. Where a piece has no speaker the last one
    goes on, unless it `opens` a turn.
    """

    text: Text
    speaker: Text | None = None
    at: Moment | None = None
    until: Moment | None = None
    tight: bool = False
    kind: str = "turn"
    opens: bool = False


class Sheet:
    """Collects what is said, in its order, and where it came from.

    Timed pieces are laid as captions are (see `Part`), others as paragraphs. A label stands where
    the speaker changes; that it is the same one again, and the times within a caption, lie `beside`.
    """

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._at = 0
        self._parts: list[Part] = []
        self._spans: list[Span] = []
        self._beside: list[tuple[int, int, str]] = []
        self._speaker: str | None = None

    def facts(self, rows: Iterable[tuple[str, Text]]) -> None:
        """Lay what the input states about itself, as front matter."""
        for key, text in rows:
            if self._at:
                self._blank("\n", block="front")
            self._put("value", text, block="front", form=key)

    def words(self, pieces: Iterable[Piece], *, join: str) -> None:
        """Lay pieces that are words, gathered to captions: to the end of a sentence, a pause, another speaker."""
        caption: list[Piece] = []
        speaker: str | None = None
        size = 0
        for piece in pieces:
            other = piece.speaker is not None and piece.speaker.value != speaker
            if caption and not piece.tight and (other or _parted(caption, piece, size)):
                self.caption(caption, join=join)
                caption, size = [], 0
            speaker = piece.speaker.value if piece.speaker else speaker
            caption.append(piece)
            size += len(piece.text.value)
        if caption:
            self.caption(caption, join=join)

    def caption(self, pieces: Sequence[Piece], *, join: str = " ") -> None:
        """Lay one caption, paragraph or turn."""
        for piece in pieces:
            times = (moment.text for moment in (piece.at, piece.until) if moment)
            self._beside += [(s.origin, s.origin + s.size, "stamps") for text in times for s in text.spans]
            self._beside += (
                [(s.origin, s.origin + s.size, "labels") for s in piece.speaker.spans] if piece.speaker else []
            )
        if not any(piece.text.value.strip() for piece in pieces):
            return
        timed = any(piece.at for piece in pieces)
        if self._at:
            self._blank(" " if pieces[0].tight else "\n" if timed else "\n\n", "cue" if timed else None)
        begin = next((piece.at for piece in pieces if piece.at), None)
        finish = next((piece.until for piece in reversed(pieces) if piece.until), None)
        if begin:
            self._put("stamp", begin.text, at=begin.at, form="cue")
            self._blank("\t", "cue")
        if begin and finish:
            self._put("stamp", finish.text, at=finish.at, form="until")
            self._blank("\t", "cue")
        speaker = next((piece.speaker for piece in pieces if piece.speaker), None)
        if pieces[0].opens:
            speaker = speaker or Text(NOBODY, ())
        if speaker and (pieces[0].opens or speaker.value != self._speaker):
            self._speaker = speaker.value
            self._put("words", speaker, form="voice")
            self._blank("\t")
        start = self._at
        for index, piece in enumerate(pieces):
            if index and not piece.tight and join and not _joined(self._texts[-1], piece.text.value):
                self._write(join)
            self._put(None, piece.text)
        kind, block = _KINDS[pieces[0].kind]
        self._parts.append(Part(kind, start, self._at, block))

    def done(self, form: Format, sounds: Sounds, remarks: Iterable[str] = ()) -> Document:
        """Return the document; words are cut at line ends, sounds and times."""
        text = "".join(self._texts)
        timed = any(part.form == "cue" for part in self._parts)
        atoms, none = Atoms(text, sounds, bare=not timed), Atoms("", sounds)
        parts: list[Part] = []
        for part in self._parts:
            said = part.kind == "words" and part.form is None
            own = none if part.block == "table" else atoms
            parts += _cut(text, part, own, "line" if timed else None) if said else [part]
        return Document(
            text, tuple(parts), form, spans=tuple(self._spans), beside=tuple(self._beside), remarks=tuple(remarks)
        )

    def _write(self, text: str) -> None:
        self._texts.append(text)
        self._at += len(text)

    def _put(
        self, kind: str | None, text: Text, *, at: int | None = None, block: str = "p", form: str | None = None
    ) -> None:
        if text.value:
            self._spans += [span._replace(start=span.start + self._at) for span in text.spans]
            if kind:
                self._parts.append(Part(kind, self._at, self._at + len(text.value), block, at, form))
            self._write(text.value)

    def _blank(self, blank: str, form: str | None = None, *, block: str = "p") -> None:
        kind = "break" if "\n" in blank else "gap"
        self._parts.append(Part(kind, self._at, self._at + len(blank), block, None, form))
        self._write(blank)


def _cut(text: str, part: Part, atoms: Atoms, form: str | None) -> Iterator[Part]:
    at, block = part.start, part.block
    for blank in _LINES.finditer(text, part.start, part.end):
        yield from atoms.parts(at, blank.start(), block)
        yield Part("break", blank.start(), blank.end(), block, None, None if blank[0].count("\n") > 1 else form)
        at = blank.end()
    yield from atoms.parts(at, part.end, block)


def _parted(caption: Sequence[Piece], piece: Piece, size: int) -> bool:
    """Say whether a caption ends before a word: behind a full stop or a pause, or where it is long enough."""
    last = caption[-1]
    if piece.at is None:
        return False
    ends = last.until or last.at
    pause = 0 if ends is None or ends.at is None or piece.at.at is None else piece.at.at - ends.at
    return pause >= _PAUSE or last.text.value.rstrip().rstrip(_CLOSING).endswith(_ENDS) or size > _LONG


def _joined(before: str, after: str) -> bool:
    """Say whether two words stand together without a blank: they bring their own, or their script has none."""
    left, right = before[-1:], after[:1]
    return left.isspace() or right.isspace() or (_wide(left) and _wide(right))


def _wide(char: str) -> bool:
    return "\u3040" <= char <= "\u9fff" or "\uff00" <= char <= "\uff9f"


def duration(value: str, unit: float) -> int | None:
    """Return a time in whole milliseconds: a clock, `PT1.5S`, `12.3s`, or a bare number of units of so many milliseconds."""
    value = value.strip()
    iso = _ISO.fullmatch(value)
    if _CLOCK.fullmatch(value):
        return milliseconds(value)
    if iso:
        return sum(number(group or "0", by) or 0 for group, by in zip(iso.groups(), (3.6e6, 6e4, 1e3), strict=True))
    return number(value[:-1], 1000) if value.endswith("s") else number(value, unit)


def number(digits: str, unit: float) -> int | None:
    """Return a number of units as whole milliseconds, where it is one that a tape has."""
    try:
        value = float(digits) * unit
    except ValueError:
        return None
    return round(value) if isfinite(value) and abs(value) < 1e12 else None


def unit_of(times: Iterable[str], said: Iterable[str]) -> float:
    """Return how many milliseconds a bare number is, judged by how slowly people would speak if it were seconds."""
    last = max((at for time in times if (at := number(time, 1)) is not None), default=0)
    return 1 if last > _SLOW * sum(len(text.split()) for text in said) else 1000


def stated(rows: Mapping[str, Text | None]) -> Iterator[tuple[str, Text]]:
    """Yield the facts that an input states."""
    return ((key, text) for key, text in rows.items() if text and text.value.strip())
