"""TTML (DFXP, IMSC, EBU-TT, the transcripts of Apple's podcasts): timed paragraphs in XML.

Follows https://www.w3.org/TR/ttml2/. A tag is matched by a pattern, and not by an XML parser: places in the text are
needed, a truncated file has its words all the same, and nobody's entities are expanded, so that none can be a bomb.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from cleanup.document import Part
from cleanup.formats import vtt
from cleanup.formats.atoms import Atoms
from cleanup.formats.cutter import Cutter, listed
from cleanup.formats.sounds import Sounds
from cleanup.formats.stamps import milliseconds

_TAG = re.compile(
    r"<(?P<close>/?)(?:[\w.-]+:)?(?P<name>[A-Za-z_][\w.-]*)"
    r"(?P<attributes>(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*)\s*(?P<empty>/?)>"
)
_ATTRIBUTE = re.compile(r"(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_SPANS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>", "<!DOCTYPE": ">"}
_BODY = re.compile(r"<(?:[\w.-]+:)?body[\s/>]")
_OFFSET = re.compile(r"(\d{1,15}(?:\.\d{1,9})?)(h|ms|m|s|f|t)")
_CLOCK = re.compile(r"(?:\d{1,4}:)?(?:\d{1,2}:)?\d{1,9}(?:\.\d{1,9})?")
_FRAMES = re.compile(r"(\d{1,4}:\d\d:\d\d):(\d{1,3})(?:\.\d{1,9})?")
_STATED = {
    "title": "title", "desc": "description", "copyright": "copyright", "documentoriginalprogrammetitle": "programme",
    "documentoriginalepisodetitle": "title", "documentpublisher": "publisher",
}  # fmt: skip
"""Elements of the head that state a fact, those of EBU-TT (https://tech.ebu.ch/docs/tech/tech3390.pdf) too."""


class Ttml(NamedTuple):
    """Timed Text Markup Language: tags are markup, `begin` and `end` times, `ttm:agent` a label."""

    sounds: Sounds
    name: str = "ttml"

    def split(self, text: str) -> tuple[Part, ...]:
        """Cut the text into tags, times and words."""
        return tuple(_Walk(text, Atoms(text, self.sounds, bare=False)).parts())

    def plain(self, text: str) -> str:
        """Undo the entities of XML; those of a document type stay as they stand."""
        return vtt.plain(text)

    def quote(self, text: str) -> str:
        """Write plain text so that no character of it is markup."""
        return vtt.quote(text)


class _Walk:
    """Goes over tags and what stands between them once."""

    def __init__(self, text: str, atoms: Atoms) -> None:
        self.text, self.cutter = text, Cutter(text, atoms)
        body = _BODY.search(text)
        self.body = body.start() if body else 0
        self.rates = {"f": 30.0, "t": 1.0}
        self.open: list[tuple[str, int, bool]] = []  # name of an element, its time, and whether it is a caption

    def parts(self) -> list[Part]:
        """Return the parts of the whole text."""
        at = 0
        for start, end, tag in _tokens(self.text):
            self._between(at, start)
            if tag:
                self._tag(tag)
            elif self.text.startswith("<![CDATA[", start):
                self._mark(start, start + 9)
                self._between(start + 9, end - 3)
                self._mark(end - 3, end)
            else:
                self._mark(start, end)
            at = end
        self._between(at, len(self.text))
        return self.cutter.rest()

    def _front(self, start: int) -> bool:
        self.cutter.block = "front" if start < self.body else "p"
        return start < self.body

    def _mark(self, start: int, end: int, form: str | None = None) -> None:
        if self._front(start) or form == "cue":
            self.cutter.put("markup", start, end)
            self.cutter.inside = False
        else:
            self.cutter.tag(start, end, form)

    def _between(self, start: int, end: int) -> None:
        """Lay what stands between two tags: words, or in the head what it states."""
        stated = _STATED.get(self.open[-1][0] if self.open else "")
        for line in listed(self.text, start, end):
            if not self._front(line.start):
                self.cutter.words(line.start, line.end)
            else:
                self.cutter.put("value" if stated else "markup", line.start, line.end, form=stated or "cue")

    def _tag(self, tag: "re.Match[str]") -> None:
        name = tag["name"].lower()
        if tag["close"]:
            self._mark(*tag.span(), "cue" if name in _FRAMES_OF else None)
            while any(row[0] == name for row in self.open) and self.open.pop()[0] != name:
                pass
            return
        rows = {row[1].lower(): row for row in _ATTRIBUTE.finditer(self.text, *tag.span("attributes"))}
        self._rate(rows)
        base = self.open[-1][1] if self.open else 0
        begin = self._time(rows.get("begin"), base)
        inside = any(row[2] for row in self.open)
        cue = begin is not None and name in ("p", "span") and not inside
        if not tag["empty"]:
            self.open.append((name, base if begin is None else begin, cue))
        form = (
            "cue" if cue or name in _FRAMES_OF else "line" if name == "br" else "space" if begin is not None else None
        )
        at = tag.start()
        for start, end, kind, time, own in self._values(name, rows, begin, cue=cue):
            self._mark(at, start, form)
            self.cutter.put(kind, start, end, at=time, form=own)
            at, form = end, "cue" if form == "cue" else None
        self._mark(at, tag.end(), form)

    def _values(
        self, name: str, rows: dict[str, "re.Match[str]"], begin: int | None, *, cue: bool
    ) -> list[tuple[int, int, str, int | None, str]]:
        """Return what the attributes of a tag say: (start, end, kind, time, form), in order."""
        found: list[tuple[int, int, str, int | None, str]] = []
        if begin is not None and (cue or name == "span"):
            end = self._time(rows.get("end"), begin)
            length = self._time(rows.get("dur"), 0)
            stop = end if end is not None else begin + length if length is not None else None
            found.append((*_value(rows["begin"]), "stamp", begin, "cue" if cue else "word"))
            last = rows.get("end" if end is not None else "dur")
            if last is not None and stop is not None:
                found.append((*_value(last), "stamp", stop, "until" if cue else "word"))
        if "agent" in rows and self.cutter.block != "front":
            found.append((*_value(rows["agent"]), "words", None, "voice"))
        if name == "tt" and "lang" in rows:
            found.append((*_value(rows["lang"]), "value", None, "language"))
        return sorted(row for row in found if self.text[row[0] : row[1]].strip() == self.text[row[0] : row[1]] != "")

    def _rate(self, rows: dict[str, "re.Match[str]"]) -> None:
        for key, unit in (("framerate", "f"), ("tickrate", "t")):
            value = self.text[slice(*_value(rows[key]))] if key in rows else ""
            if value.isascii() and value.isdecimal() and int(value[:12]) > 0:
                self.rates[unit] = float(int(value[:12]))

    def _time(self, row: "re.Match[str] | None", base: int) -> int | None:
        """Return a time in milliseconds; one that is smaller than that of the element around counts from there."""
        value = self.text[slice(*_value(row))].strip() if row else ""
        at: int | None = None
        if (offset := _OFFSET.fullmatch(value)) is not None:
            unit = offset[2]
            scale = 1000 / self.rates[unit] if unit in self.rates else {"h": 3.6e6, "m": 6e4, "s": 1e3, "ms": 1.0}[unit]
            at = round(float(offset[1]) * scale)
        elif (frames := _FRAMES.fullmatch(value)) is not None:
            at = milliseconds(frames[1]) + round(int(frames[2]) * 1000 / self.rates["f"])
        elif _CLOCK.fullmatch(value):
            at = milliseconds(value)
        return at if at is None or at >= base else at + base


_FRAMES_OF = frozenset({"tt", "head", "body", "div", "p", "styling", "layout", "metadata"})
"""Elements that no sentence runs over as if they were not there."""


def _value(row: "re.Match[str]") -> tuple[int, int]:
    return row.span(2 if row[2] is not None else 3)


def _tokens(text: str) -> Iterator[tuple[int, int, "re.Match[str] | None"]]:
    """Yield tags, comments and their like; what is never closed is none, and is looked for once."""
    at, missing = 0, set()
    while (start := text.find("<", at)) >= 0:
        at = start + 1
        opening = next((opening for opening in _SPANS if text.startswith(opening, start)), None)
        tag = None if opening else _TAG.match(text, start)
        if opening and opening not in missing:
            inner = text.find("[", start, text.find(">", start)) if opening == "<!DOCTYPE" else -1
            closing = "]>" if inner >= 0 else _SPANS[opening]
            end = text.find(closing, start + len(opening))
            if end < 0:
                missing.add(opening)
                continue
            at = end + len(closing)
            yield start, at, None
        elif tag:
            at = tag.end()
            yield start, at, tag
