"""ASS and SSA: the events of a subtitle script, each with its times, who speaks, and its words.

What the fields are is said by the `Format` line of `[Events]`; the order here is that of version 4+, for files that
have lost it (http://www.tcax.org/docs/ass-specs.htm).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleanup.document import Part
from cleanup.formats.atoms import Atoms
from cleanup.formats.cutter import Cutter, Line, listed
from cleanup.formats.sounds import Sounds
from cleanup.formats.stamps import milliseconds

_SECTION = re.compile(r"\[([^\]\n]{1,60})\]")
_EVENT = re.compile(r"(Dialogue|Comment|Format):[ \t]*", re.IGNORECASE)
_CLOCK = re.compile(r"[ \t]*(\d{1,3}:\d{1,2}:\d{1,2}(?:[.,:]\d{1,3})?)[ \t]*")
_DRAWING = r"\{[^{}\n]*\\p[1-9][^{}\n]*\}(?:(?!\{[^{}\n]*\\p0)[^\n])*"
_TAG = re.compile(rf"{_DRAWING}|\{{[^{{}}\n]*\}}|\\(?P<tag>[Nnh])")
_FIELDS = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
_NO_TITLE = frozenset({"<untitled>", "untitled", "default aegisub file", "default file"})
_ESCAPED = re.compile(r"\\([{}]|\u2060)")


class Ass(NamedTuple):
    """Advanced SubStation Alpha and its forerunner: braces are markup, the name of an event is a label."""

    sounds: Sounds
    name: str = "ass"

    def split(self, text: str) -> tuple[Part, ...]:
        """Cut the text into the fields of its events."""
        cutter = Cutter(text, Atoms(text, self.sounds, bare=False))
        fields: Sequence[str] = _FIELDS
        section = ""
        for line in listed(text, 0, len(text)):
            head = _SECTION.fullmatch(text, line.start, line.end)
            event = _EVENT.match(text, line.start, line.end)
            if head:
                section = head[1].casefold()
                cutter.block = "front" if section == "script info" else "p"
                cutter.put("markup", line.start, line.end)
            elif event and event[1].casefold() == "format":
                if section == "events":
                    fields = [name.strip().casefold() for name in text[event.end() : line.end].split(",")]
                cutter.put("markup", line.start, line.end)
            elif event:
                _event(cutter, event.end(), line, fields, note=event[1].casefold() == "comment")
            elif section == "script info":
                _information(cutter, line)
            elif section:
                cutter.put("markup", line.start, line.end)
            else:
                cutter.tagged(line.start, line.end, _TAG)
        return tuple(cutter.rest())

    def plain(self, text: str) -> str:
        r"""Undo `\{` and what keeps a backslash from being one."""
        return _ESCAPED.sub(lambda m: "\\" if m[1] == "\u2060" else m[1], text)

    def quote(self, text: str) -> str:
        """Write plain text so that no character of it is markup; a joiner that nobody sees follows a backslash."""
        return re.sub(r"[{}]|\\", lambda m: "\\\u2060" if m[0] == "\\" else "\\" + m[0], text)


def _information(cutter: Cutter, line: Line) -> None:
    """Lay a line about the script; its title is one where somebody has written it."""
    key, _, value = cutter.text[line.start : line.end].partition(":")
    if key.strip().casefold() == "title" and value.strip().casefold() not in _NO_TITLE:
        cutter.state(line)
    else:
        cutter.put("markup", line.start, line.end)


def _event(cutter: Cutter, begin: int, line: Line, fields: Sequence[str], *, note: bool) -> None:
    """Lay an event; its last field is the text, and may have commas."""
    text = cutter.text
    spans: dict[str, tuple[int, int]] = {}
    at = begin
    for index, field in enumerate(fields):
        comma = -1 if index == len(fields) - 1 else text.find(",", at, line.end)
        spans[field] = (at, comma if comma >= 0 else line.end)
        if comma < 0:
            break
        at = comma + 1
    clocks = [_CLOCK.fullmatch(text, *spans[name]) for name in ("start", "end") if name in spans]
    start = line.start
    if "text" not in spans or len(clocks) < 2 or None in clocks:
        cutter.tagged(start, line.end, _TAG)
        return
    if note:
        cutter.put("markup", start, spans["text"][0])
        cutter.trimmed("note", *spans["text"], form=None)
        return
    first, last = (clock.span(1) for clock in clocks if clock)
    cutter.trimmed("markup", start, first[0])
    cutter.cue(first, last, (_at(text, first), _at(text, last)))
    name = spans.get("name") or spans.get("actor")
    begin, end = spans["text"]
    if name and text[slice(*name)].strip() and name[0] > last[1]:
        cutter.trimmed("markup", last[1], name[0])
        cutter.trimmed("words", *name, form="voice")
        cutter.trimmed("markup", name[1], begin)
    else:
        cutter.trimmed("markup", last[1], begin)
    cutter.tagged(begin, end, _TAG)


def _at(text: str, span: tuple[int, int]) -> int:
    return milliseconds(text[slice(*span)])
