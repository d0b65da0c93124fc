"""What stands inside a block of Markdown: marks that pair up, links, code, tags, shortcodes, sounds, words."""

import re
from collections.abc import Iterator, Mapping, Sequence

from cleanup.document import Part, stripped
from cleanup.formats.atoms import Atoms
from cleanup.formats.emphasis import pairs
from cleanup.formats.stamps import CLOCK, milliseconds
from cleanup.formats.tags import Tags
from cleanup.regexes import late

_STOP = late(r"[\\`*_~\[\]!<{(（【♪♫♬0-9]")
_MARK = late(r"[\\`*_~\[\]<{]")
"""How all but sounds and times begin."""
_ESCAPE = late(r"\\[!-/:-@\[-`{-~]")
_TICKS = late(r"`+")
_LINK = late(
    r"\[((?:[^\[\]\\`]|\\.|`[^`]*`|\[[^\[\]]{0,200}\]){0,1000})\]"
    r"\(\s*(<[^<>\n]*>|(?:[^()\s\\]|\\.|\([^()\s]*\))*)(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)",
    re.DOTALL,
)
_NAMED = late(r"\[((?:[^\[\]\\]|\\.){1,999})\](?:\[([^\[\]]{0,999})\])?")
_AUTO = late(r"<((?:https?://|mailto:)[^<>\s]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>")
_SHORT = late(
    r"\{\{[<%](?:[^{}]|\{(?!\{)|\}(?!\})){0,100000}?[>%]\}\}|\{%[^{}%]{0,2000}%\}|\{\{(?:[^{}\n]){0,500}\}\}|\{#[^#{}\n]{0,500}#\}|\{:[^{}\n]{0,500}\}"
)
_CLOCK = late(CLOCK)
_SAFE = late(r"<?(?:https?://|mailto:)", re.IGNORECASE)


class Walk:
    """Walks over stretches of one block; `block` changes inside HTML headings and lists."""

    def __init__(self, text: str, atoms: Atoms, *, labels: frozenset[str] = frozenset()) -> None:
        self.text, self.atoms, self.labels = text, atoms, labels
        self.block = "p"
        self.out: list[Part] = []
        self.ends: dict[int, tuple[int, bool]] = {}
        self.tags = Tags(text)

    def parts(self, stretches: Sequence[tuple[int, int]], block: str, *, html: bool = False) -> Iterator[Part]:
        """Return the parts of the stretches; between them lie line ends and markers."""
        self.block, self.out, self.ends = block, [], {}
        if not html and stretches and self._bare(stretches[0][0], stretches[-1][1]):
            for start, end in stretches:
                self._words(start, end, block)
            return iter(self.out)
        marks = {} if html else pairs(self.text, stretches)
        skip = 0
        for start, end in stretches:
            skip = self._stretch(max(start, skip), end, marks, html, stretches[-1][1])
        return iter(self.out)

    def _bare(self, start: int, end: int) -> bool:
        """Say whether nothing but words stands there."""
        return not _MARK.search(self.text, start, end) and not self.atoms.any(start, end)

    def _stretch(self, at: int, end: int, marks: Mapping[int, int], html: bool, limit: int) -> int:
        """Cut one stretch; return how far a construct reached, since it may cross a line end."""
        text, words = self.text, at
        while at < end:
            stop = _STOP.search(text, at, end)
            if not stop:
                break
            at = stop.start()
            before = self.block
            step = self._construct(at, limit, marks, html)
            if step:
                self._words(words, at, before)
                self.out += step
                at = words = step[-1].end
            else:
                at += 2 if _ESCAPE.match(text, at, end) else 1
        self._words(words, end, self.block)
        return max(at, words)

    def _construct(self, at: int, end: int, marks: Mapping[int, int], html: bool) -> tuple[Part, ...]:
        """Return the parts of what starts here, or none where it is a mere character."""
        text, char = self.text, self.text[at]
        atom = self.atoms.at(at)
        if at in self.ends:
            close, keep = self.ends.pop(at)
            return (Part("mark" if keep else "markup", at, close, self.block),)
        if (
            atom
            and atom[1] <= end
            and not (char == "[" and text[atom[1] : atom[1] + 1] == "(" and _LINK.match(text, at, end))
        ):
            return (Part(atom[2], at, atom[1], self.block, atom[3]),)
        if char == "<":
            return self._angle(at, end)
        if char == "{":
            match = _SHORT.match(text, at, end)
            return (Part("markup", at, match.end(), self.block, None, "shortcode"),) if match else ()
        if html:
            return ()
        if char == "`":
            return self._code(at, end)
        if char in "*_~":
            return (Part("mark", at, marks[at], self.block),) if at in marks else ()
        if char in "[!":
            return self._link(at, end)
        if char == "\\" and text.startswith("\n", at + 1, end):
            return (Part("markup", at, at + 1, self.block),)
        return ()

    def _angle(self, at: int, end: int) -> tuple[Part, ...]:
        text = self.text
        auto = _AUTO.match(text, at, end)
        if auto:
            return (Part("markup", at, at + 1, self.block), Part("words", auto.start(1), auto.end(1), self.block),
                    Part("markup", auto.end() - 1, auto.end(), self.block))  # fmt: skip
        tag = self.tags.at(at, end)
        if not tag:
            return ()
        if tag.name in ("h1", "h2", "h3", "h4", "h5", "h6", "li"):
            self.block = "p" if tag.closing else tag.name
        return (Part("markup", at, tag.end, "p" if tag.closing else self.block, None, tag.form),)

    def _code(self, at: int, end: int) -> tuple[Part, ...]:
        ticks = _TICKS.match(self.text, at, end)
        if not ticks:
            return ()
        close = self.tags.ahead(rf"(?<!`){ticks[0]}(?!`)", ticks.end(), end)
        if not close or close - len(ticks[0]) == ticks.end():
            return (Part("words", at, ticks.end(), self.block),)
        first, last = ticks.end(), close - len(ticks[0])
        inner = self.text[first:last]
        if _CLOCK.fullmatch(inner) and (self._edge(at, -1) or self._edge(close, 1)):
            return (Part("markup", at, first, self.block), Part("stamp", first, last, self.block, milliseconds(inner)),
                    Part("markup", last, close, self.block))  # fmt: skip
        shown = tuple(self._lines_of_code(first, last))
        if not shown:
            return (Part("words", at, ticks.end(), self.block),)
        pad = inner[0] == inner[-1] == " "
        first, last = first + pad, last - pad
        closing = Part("markup", last, close, self.block, None, "ticks")
        return (Part("markup", at, first, self.block, None, "ticks"), *shown, closing)

    def _edge(self, at: int, step: int) -> bool:
        """Say whether nothing but marks stands between a place and the start or the end of its line."""
        start, end = self.text.rfind("\n", 0, at) + 1, self.text.find("\n", at)
        rest = self.text[start:at] if step < 0 else self.text[at : end if end >= 0 else len(self.text)]
        return not rest.strip(" \t>*_#-:")

    def _lines_of_code(self, start: int, end: int) -> Iterator[Part]:
        for first, last in lines(self.text, start, end):
            beside = " \t>" if self.block == "quote" and first > start else " \t"
            piece = self.text[first:last]
            inner = piece.lstrip(beside)
            if inner.strip():
                yield from code(self.text, last - len(inner), last - len(inner) + len(inner.rstrip()), self.block)

    def _link(self, at: int, end: int) -> tuple[Part, ...]:
        image = self.text[at] == "!"
        match = _LINK.match(self.text, at + image, end)
        if not match:
            return self._named(at, end, image=image) if self.labels else ()
        if image:
            return (Part("markup", at, match.end(), self.block, None, "image"),)
        inner = self.atoms.at(at + 1)
        stamped = inner is not None and inner[2] == "stamp" and inner[1] == match.end(1)
        clock = re.fullmatch(r"[\s`]*((?:\d{1,2}[:.])?\d{1,3}[:.]\d\d)[\s`]*", match[1])
        keep = bool(_SAFE.match(match[2])) and not stamped and not clock and bool(match[1].strip())
        if clock:
            time, first = milliseconds(clock[1].replace(".", ":")), match.start(1) + clock.start(1)
            last = first + len(clock[1])
            return (Part("markup", at, first, self.block), Part("stamp", first, last, self.block, time),
                    Part("markup", last, match.end(), self.block))  # fmt: skip
        self.ends[match.end(1)] = (match.end(), keep)
        return (Part("mark" if keep else "markup", at, at + 1, self.block),)

    def _named(self, at: int, end: int, *, image: bool) -> tuple[Part, ...]:
        """Return the start of a link whose address stands elsewhere: its words stay, the link does not."""
        match = _NAMED.match(self.text, at + image, end)
        if not match or label(match[2] or match[1]) not in self.labels:
            return ()
        if image:
            return (Part("markup", at, match.end(), self.block, None, "image"),)
        self.ends[match.end(1)] = (match.end(), False)
        return (Part("markup", at, at + 1, self.block),)

    def _words(self, start: int, end: int, block: str) -> None:
        for at, stop in lines(self.text, start, end):
            first, last = stripped(self.text, at, stop)
            if first < last:
                atom = self.atoms.at(first)  # a sound without brackets begins with no sign
                kind = "sound" if atom and atom[1:3] == (last, "sound") else "words"
                self.out.append(Part(kind, first, last, block))


def lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of lines, their ends left out."""
    while start <= end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def label(text: str) -> str:
    """Return the name of a link as names are compared."""
    return " ".join(text.casefold().split())


_COMMENTED = late(r"(?<=\{\{[<%])/\*|\*/(?=[%>]\}\})|(?<=\{)\u200c(?=\{[<%])|(?<=<!--)\u200c(?=\s?more)")


def code(text: str, start: int, end: int, block: str) -> Iterator[Part]:
    """Yield the parts of code; what keeps a shortcode that is only shown from running is markup."""
    for match in _COMMENTED.finditer(text, start, end):
        if start < match.start():
            yield Part("code", start, match.start(), block)
        yield Part("markup", match.start(), match.end(), block)
        start = match.end()
    if start < end:
        yield Part("code", start, end, block)
