"""Transcripts in XML: Transcriber, with turns and a table of speakers, and the timed text of YouTube.

Transcriber's format is that of trans-14.dtd (https://trans.sourceforge.net/); YouTube's, which it calls srv1 to
srv3, is as yt-dlp describes it. The standard library's parser says where each tag stands. Nothing outside the
file is read, and a file that declares entities is refused.
"""

import re
from typing import NamedTuple

from cleanup.document import Document, Span
from cleanup.errors import InputError
from cleanup.formats.located import Text, joined, plain
from cleanup.formats.sheet import Moment, Piece, Sheet, duration
from cleanup.formats.sounds import Sounds

_TIMES = (("start", "dur", 1000), ("t", "d", 1))
"""Attributes of a caption of YouTube, and how many milliseconds a number is there."""


class Trs(NamedTuple):
    """A file of Transcriber, where each stretch behind a `Sync` is a caption, or of YouTube."""

    sounds: Sounds
    name: str = "trs"

    def read(self, text: str) -> Document:
        """Lay what stands between the tags of a turn."""
        sheet = _Walk(text).sheet
        return sheet.done(self, self.sounds)

    def plain(self, text: str) -> str:
        """Return the text: entities are undone already."""
        return text

    def quote(self, text: str) -> str:
        """Return the text: it is not written back."""
        return text


class _Walk:
    """Follows the parser; a stretch of text ends where the next tag or entity begins."""

    def __init__(self, text: str) -> None:
        from xml.parsers import expat

        self.text, self.data = text, text.encode()
        self.sheet = Sheet()
        self.people: dict[str, Text] = {}
        self.speakers: list[Text] = []
        self.at: Moment | None = None
        self.until: Moment | None = None
        self.said: list[tuple[int, str]] = []
        self.turn = False
        self.byte = self.char = 0
        parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler, parser.EntityDeclHandler = self._characters, _refuse
        self.parser = parser
        try:
            parser.Parse(self.data, True)
        except expat.ExpatError as problem:
            what = expat.ErrorString(problem.code)
            raise InputError(
                f"line {problem.lineno}, column {problem.offset + 1}: is no whole XML ({what})"
            ) from problem

    def _place(self) -> int:
        """Return where the parser stands, in characters."""
        byte = self.parser.CurrentByteIndex
        self.char += len(self.data[self.byte : byte].decode())
        self.byte = byte
        return self.char

    def _value(self, place: int, name: str) -> Text | None:
        """Return an attribute of the tag that starts at a place."""
        match = re.compile(rf"<[^<>]*?\s{name}\s*=\s*([\"'])(.*?)\1").match(self.text, place)
        return plain(self.text, *match.span(2)) if match and match[2].strip() else None

    def _start(self, name: str, _: dict[str, str]) -> None:
        place = self._place()
        if name != "s":  # a word of YouTube, in its caption
            self._say(place)
        if name in ("p", "text"):
            self._caption(place)
        elif name == "Episode":
            self.sheet.facts((key, said) for key in ("program", "air_date") if (said := self._value(place, key)))
        elif name == "Speaker":
            code, called = self._value(place, "id"), self._value(place, "name")
            if code and called:
                self.people[code.value] = called
        elif name == "Turn":
            code = self._value(place, "speaker")
            codes = code.value.split() if code else []
            self.speakers = [self.people.get(one) or code for one in codes if code]
            self.turn = True
            self._time(self._value(place, "startTime"))
        elif name == "Sync":
            self._time(self._value(place, "time"))
        elif name == "Who":
            number = self._value(place, "nb")
            index = int(number.value) - 1 if number and number.value.isdecimal() else 0
            self.speakers = self.speakers[index:] + self.speakers[:index]

    def _caption(self, place: int) -> None:
        for start, lasts, unit in _TIMES:
            begin, length = self._value(place, start), self._value(place, lasts)
            at = duration(begin.value, unit) if begin else None
            if begin and at is not None:
                self.at, self.turn = Moment(begin, at), True
                self.until = Moment(length, at + (duration(length.value, unit) or 0)) if length else None

    def _end(self, name: str) -> None:
        place = self._place()
        if name != "s":
            self._say(place)
        if name in ("Turn", "p", "text"):
            self.turn = False

    def _characters(self, said: str) -> None:
        place = self._place()
        if self.turn:
            self.said.append((place, said))

    def _time(self, said: Text | None) -> None:
        self.at = Moment(said, duration(said.value, 1000)) if said else None

    def _say(self, end: int) -> None:
        """Lay what was said up to a place."""
        stops = [*(place for place, _ in self.said), end][1:]
        rows = zip(self.said, stops, strict=False)
        text = joined(_stretch(self.text, place, stop, said) for (place, said), stop in rows)
        if text.value.strip():
            self.sheet.caption([Piece(text, self.speakers[0] if self.speakers else None, self.at, self.until)])
            self.at = self.until = None
        self.said.clear()


def _stretch(text: str, start: int, end: int, said: str) -> Text:
    """Return characters as they stand, or what an entity stands for."""
    if text.startswith(said, start):
        return plain(text, start, start + len(said))
    return Text(said, (Span(0, len(said), start, end - start),))


def _refuse(*_: object) -> None:
    raise InputError("declares entities; Transcriber writes none, so it is not read")
