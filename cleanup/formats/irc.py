"""Logs of chat: `[12:01] <nick> text` is said in writing, and what the program says of people coming and going is a note."""

import re
from bisect import bisect_right
from typing import NamedTuple

from cleanup.document import Part
from cleanup.formats.sounds import Sounds
from cleanup.formats.text import Text

_TIME = r"(?:\[?(?:\d{4}-\d\d-\d\d[ T])?\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?\]?[ \t]+)?"
LINE = re.compile(rf"^{_TIME}<[@+%~& ]?[^\s<>]{{1,40}}>[ \t]", re.MULTILINE | re.IGNORECASE)
_TOLD = re.compile(rf"^{_TIME}((?:\*{{1,3}}|-!-|--+>|<--+|[→←⇐⇒])[ \t]+\S.*)$", re.MULTILINE | re.IGNORECASE)


class Irc(NamedTuple):
    """A log of chat. Its times are times of day, and no places on a tape."""

    sounds: Sounds
    name: str = "irc"

    def split(self, text: str) -> tuple[Part, ...]:
        """Cut the text at its lines; what is told about people, and what they tell of themselves (`* nick waves`), is a note."""
        told = [match.span(1) for match in _TOLD.finditer(text)]
        return tuple(_written(part, told) for part in Text(self.sounds).split(text))

    def plain(self, text: str) -> str:
        """Return the text: a reader sees what stands there."""
        return text

    def quote(self, text: str) -> str:
        """Return the text: nothing needs to be written in another way."""
        return text


def _written(part: Part, told: list[tuple[int, int]]) -> Part:
    if part.kind == "stamp":
        return part._replace(at=None)
    at = bisect_right(told, (part.start, part.end + 1 << 40)) - 1
    inside = at >= 0 and told[at][0] <= part.start and part.end <= told[at][1]
    return part._replace(kind="note") if inside and part.kind in ("words", "sound") else part
