"""Tags of HTML, for pages and for the HTML inside Markdown: where one ends, and what it is to a reader."""

import re
from typing import NamedTuple

from cleanup.regexes import late

BLOCKS = frozenset(
    "p div li ul ol br hr h1 h2 h3 h4 h5 h6 details summary section article header footer aside table tr td th "
    "blockquote dl dt dd figure figcaption audio video iframe script style main nav pre center body html head title form "
    "fieldset legend address tbody thead tfoot caption option select textarea hgroup dialog menu search template".split()
)
"""Tags that end a paragraph before and behind them."""

_HIDDEN = frozenset("script style iframe noembed noframes template svg math object canvas".split())
"""Tags whose inside no reader sees."""

_KNOWN = BLOCKS | frozenset(
    "a abbr acronym applet area audio b base basefont bdi bdo big blink button canvas cite code col colgroup data datalist del dfn em "
    "embed font frame frameset g i image img input ins kbd label link map mark marquee meta meter nobr noscript object optgroup "
    "output param path picture progress q rb rp rt rtc ruby s samp slot small source span strike strong sub sup svg "
    "time track tt u var video wbr".split()
)
_FLAGS = frozenset(
    "allowfullscreen async autoplay checked compact controls default defer disabled hidden inert ismap itemscope loop multiple muted "
    "nomodule noresize noshade novalidate nowrap open readonly required reversed selected".split()
)
_TAG = late(r"</?([A-Za-z][^\s/<>]*)[^<>=]*(?:=(?:\s*\"[^\"]*\"|\s*'[^']*'|(?!\s*[\"']))[^<>=]*)*>")
"""A tag with its attributes; a `>` in quotes does not end it. Each character can match in one way only, so that failing is linear."""

_PLAIN = late(r"</?([A-Za-z][^\s/<>]*)[^<>]*>|<![A-Za-z\[][^<>]*>|<\?[^<>]*>")
"""A tag whose quotes do not pair up, a document type, an instruction."""

_CLOSER = late(r"</([A-Za-z][A-Za-z0-9-]*)")
_PATIENCE = 64
"""Tags that may fail to end; after that quotes are characters, so that trouble stays linear."""

_SPACE = r"(?:\s|&nbsp;|&#160;|&#[xX][aA]0;|&(?:en|em|thin)sp;|&#8203;|&ZeroWidthSpace;)"
BLANKS = late(rf"{_SPACE}*")


class Tag(NamedTuple):
    """Markup that starts at a place: where it ends, its name in lower case (none for a comment), and its form.

    `form` is `para` where it ends a paragraph, `line` for a line end (`<br>`; the second in a row ends the
    paragraph), `comment`, or `tag`. What a hidden element holds belongs to its opening tag.
    """

    end: int
    name: str
    form: str
    closing: bool = False


class Tags:
    """Finds the tags of one text; it is asked from left to right, and remembers what is not there."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._last = text.rfind(">")
        self._missing: dict[str, int] = {}
        self._closed: frozenset[str] | None = None
        self._failed = 0
        self._broken = -1  # the end of the last `<br>`

    def at(self, at: int, end: int) -> Tag | None:
        """Return the markup that starts with the `<` at a place, or None where that is a mere character."""
        text = self.text
        if text.startswith("<!--", at):
            close = self.ahead(r"--!?>", at + 2, end)
            return Tag(close, "", "comment") if close else None
        if at > self._last:
            return None
        match = _TAG.match(text, at, end) if self._failed < _PATIENCE else None
        if not match:
            self._failed += 1
            match = _PLAIN.match(text, at, end)
        if not match:
            return None
        name, closing = (match[1] or "").lower(), text.startswith("</", at)
        if name and not closing and not self._is_tag(name, match[0]):
            return None
        stop, form = match.end(), "para" if name in BLOCKS else "tag"
        if name == "br":
            again = self._broken >= 0 and BLANKS.fullmatch(text, self._broken, at)
            form, self._broken = "para" if again else "line", stop
        elif name in _HIDDEN and not closing and not match[0].endswith("/>"):
            stop = self.ahead(rf"</{name}\s*>", stop, end) or stop
        return Tag(stop, name, form, closing)

    def ahead(self, pattern: str, start: int, end: int) -> int | None:
        """Return where the next match of a pattern ends; what was not found up to a place is not looked for again before it."""
        if self._missing.get(pattern, -1) >= end:
            return None
        found = re.compile(pattern, re.IGNORECASE).search(self.text, start, end)
        if not found:
            self._missing[pattern] = end
        return found.end() if found else None

    def _is_tag(self, name: str, tag: str) -> bool:
        """Say whether this is a tag of HTML or of a component: `<laughs>` and `<a dog barks>` are words."""
        rest = tag[1 + len(name) : -1].strip(" \t\r\n\f/")
        if rest:
            return "=" in rest or "{" in rest or _FLAGS.issuperset(rest.lower().split())
        if name in _KNOWN or "-" in name or ":" in name or tag.endswith("/>"):
            return True
        if self._closed is None:
            self._closed = frozenset(found.lower() for found in _CLOSER.findall(self.text))
        return name in self._closed
