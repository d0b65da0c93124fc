"""WebVTT, and the lines that SubRip shares with it: cues with their timings, voices, notes and tags.

Follows https://www.w3.org/TR/webvtt1/ and what real files do against it: no blank line between cues, hours or
the header missing, numbers missing or twice, `,` for `.`, blanks in clocks, blank lines inside a cue. Whatever
is no structure is words, so that no file loses any.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from itertools import chain, pairwise
from typing import NamedTuple

from cleanup.document import Part
from cleanup.formats.atoms import Atoms
from cleanup.formats.cutter import KEY, Cutter, Line, listed
from cleanup.formats.sounds import Sounds
from cleanup.formats.stamps import milliseconds

_CLOCK = (
    r"-?(?:\d{1,3} ?: ?\d{1,2} ?: ?\d{1,2}(?: ?[.,:] ?\d{1,9})?|\d{1,4} ?: ?\d{1,2} ?[.,] ?\d{1,9}|\d{1,6}[.,]\d{1,9})"
)
_SETTING = r"(?:align|position|line|size|vertical|region|[xXyY][12]):[^\s]*"
TIMING = re.compile(
    rf"^[ \t\ufeff]*(?:(?P<number>\d{{1,7}})[ \t]+)?(?P<at>{_CLOCK})[ \t]*(?:-{{1,3}} ?>|[–—]-?>|--&gt;|→)[ \t]*"
    rf"(?P<until>{_CLOCK})(?P<settings>(?:[ \t]+{_SETTING})*)(?=[ \t]|$)",
    re.MULTILINE,
)
_NUMBER = re.compile(r"\d{1,7}")
_WEBEX = re.compile(r'\d+ "([^"\n]+)" \(\d+\)')
"""The name of a cue as Webex writes it: number, speaker, and whose account it is."""
_STYLE = re.compile(r"[{}#]|::|^[\w-]+=")
_STYLES = re.compile(r"(?:STYLE|REGION)[ \t]*")
_NOTE = re.compile(r"NOTE(?=\s|$)[ \t]*")
_MARK = re.compile(r"cleanup ([0-9a-f]{16})")
"""What a file that this program wrote says of itself: there voices are all the labels, as on a page of ours."""
_TAG = re.compile(
    r"<(?P<time>\d+:[\d:.,]+)>"
    r"|<v(?:\.[^\s<>]*)?[ \t]+(?P<name>[^<>\n]*[^<>\s])\s*>"
    r"|</?(?P<tag>v|c|i|b|u|s|ruby|rt|lang|font|span|em|strong|p|br)\b[^<>\n]*>"
    r"|\{(?:\\|[A-Za-z]:)[^{}\n]*\}",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_WRITTEN = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;"}


class Vtt(NamedTuple):
    """WebVTT: every cue is a time and its words; `<v Ana>` is a label, `NOTE` a note."""

    sounds: Sounds
    name: str = "vtt"

    def split(self, text: str) -> tuple[Part, ...]:
        """Cut the text into timings, voices, tags, notes and words."""
        return tuple(cut(text, self.sounds, vtt=True))

    def plain(self, text: str) -> str:
        """Undo entities."""
        return plain(text)

    def quote(self, text: str) -> str:
        """Write plain text so that no character of it is markup."""
        return quote(text)


def plain(text: str) -> str:
    """Undo entities that end as they should; `AT&T` is what it is."""
    return _ENTITY.sub(lambda m: unescape(m[0]), text) if "&" in text else text


def quote(text: str) -> str:
    """Write the signs of markup as entities, and the brace that opens an override of ASS."""
    return re.sub(r"[&<>]|\{(?=\\|[A-Za-z]:)", lambda m: _WRITTEN[m[0]], text)


def cut(text: str, sounds: Sounds, *, vtt: bool) -> list[Part]:
    """Cut a text at its timings; `vtt` says that it may have a header, notes and names of cues."""
    cutter = Cutter(text, Atoms(text, sounds, bare=False))
    numbered: bool | None = None
    for row, following in pairwise(chain((None,), TIMING.finditer(text), (None,))):
        begin = 0
        if row:
            cutter.put("markup", *row.span("number"))
            cutter.cue(row.span("at"), row.span("until"), (_at(row["at"]), _at(row["until"])))
            cutter.trimmed("markup", *row.span("settings"))
            begin = row.end()
        own = list(listed(text, begin, following.start() if following else len(text)))
        name = own.pop() if following and own and _names(text, own, following, numbered, vtt=vtt) else None
        numbered = name is not None
        if row is None and vtt:
            own = _header(cutter, own)
        _cue(cutter, own, vtt=vtt, head=row is None)
        if name:
            said = _WEBEX.fullmatch(text, name.start, name.end)
            first, last = said.span(1) if said else (name.end, name.end)
            cutter.put("markup", name.start, first)
            cutter.put("words", first, last, form="voice")
            cutter.put("markup", last, name.end)
    return cutter.rest()


@lru_cache(maxsize=2)
def _at(clock: str) -> int:
    """Return a clock in milliseconds: one caption goes as the next one comes, and a number for both is lighter."""
    return milliseconds(clock.replace(" ", ""))


def _names(text: str, own: Sequence[Line], row: "re.Match[str]", numbered: bool | None, *, vtt: bool) -> bool:
    """Say whether the last line before a timing is the number or the name of its cue, and no words.

    Where cues have no numbers, `1986` alone on a line is what somebody said.
    """
    line = own[-1]
    below = text.count("\n", line.end, row.start()) > 1
    if _NUMBER.fullmatch(text, line.start, line.end):
        if numbered is None:
            return True
        return line.apart or not below if numbered else line.apart and not below
    named = vtt and line.apart and not below and not text.startswith("WEBVTT", line.start)
    return named and (len(own) > 1 or numbered is None)


def _header(cutter: Cutter, own: list[Line]) -> list[Line]:
    """Lay the header of a file, and return the lines behind it; `Language: en` states a fact."""
    text = cutter.text
    if not own or not text.startswith("WEBVTT", own[0].start):
        return own
    cutter.block = "front"
    first, *own = own
    cutter.put("markup", first.start, first.start + 6)
    cutter.trimmed("note", first.start + 6, first.end, form=None)
    while own and not own[0].apart:
        line = own.pop(0)
        if not cutter.state(line):
            cutter.put("markup" if _STYLE.search(text, line.start, line.end) else "note", line.start, line.end)
    cutter.block = "p"
    return own


def _cue(cutter: Cutter, own: Sequence[Line], *, vtt: bool, head: bool) -> None:
    """Lay the lines of a cue, and the notes and styles between it and the next; in the head a note may state facts."""
    text, kind = cutter.text, ""
    for line in own:
        begin = line.start
        if line.apart and vtt:
            note = _NOTE.match(text, line.start, line.end)
            mark = note and _MARK.fullmatch(text, note.end(), line.end)
            if mark:
                cutter.block = "front"
                cutter.put("markup", line.start, mark.start(1))
                cutter.put("value", *mark.span(1), form="transcript.body")
                cutter.block = "p"
                continue
            style = note and KEY.fullmatch(text, note.end(), line.end)
            kind = "markup" if _STYLES.fullmatch(text, line.start, line.end) else ""
            if note:
                cutter.put("markup", line.start, line.start + 4)
                kind = "markup" if style and " " not in style[2].strip() else "note"
                begin = note.end()
        if kind == "note" and head and KEY.fullmatch(text, begin, line.end):
            cutter.block = "front"
            cutter.state(Line(begin, line.end, line.apart))
            cutter.block = "p"
        elif kind:
            cutter.trimmed(kind, begin, line.end, form="cue" if kind == "markup" else None)
        else:
            cutter.tagged(begin, line.end, _TAG)
