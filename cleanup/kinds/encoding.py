"""Rules of kind `encoding`: what a wrong decoding left behind, put right where the old text can be given back."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from cleanup.document import Cast, Document, Importer, Part
from cleanup.edits import Edit
from cleanup.findings import Fact, Finding, Found, Kind, Level, Rule
from cleanup.regexes import late

_ENTITY = late(r"&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z][A-Za-z0-9]{1,30});")
_AGAIN = late(r"(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z][A-Za-z0-9]{1,30});")
_SUSPECT = late(
    "[ÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑâãäåæçèéêëìíîïðñàáĂĹăŠРСГЖврΓ├┬√]"
    "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸĄĽŚŞŤŹŻąľśşťźż\u0401-\u040f\u0451-\u045f\u0490\u0491\u2500-\u259f⌐¬½¼]"
    "|â€|[ÃÂ] |‚Ä|ΓÇ"
)
"""A lead byte and a byte that goes on with it, as the usual pages show them: what mojibake looks like."""
_C1 = late("(?<![ÂÃÄÅÎÏÐÑ×Ø])(?<!â€)[\x80-\x9f]")
"""Not behind a lead byte: there it is mojibake that could not be proven, and is all the evidence there is."""

_CONTROL = late("[\x00-\x08\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d\ufffe\uffff]")
_TERMINAL = late(r"\x1b\[[0-9;?]{0,20}[@-~]")
_SEPARATOR = late("[\x0b\x0c\u2028\u2029]")
_ZERO = late("(?:(?<![ÂÃÄÅÎÏÐÑ×Ø])\u00ad|[\u200b\u2060\ufeff])+")
_SOUTHEAST = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\u1a20-\u1aaf]"
"""Thai, Lao, Burmese, Khmer, Tai Tham: a zero-width space parts their words."""

_BIDI = late("[\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_TAGS = late("(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]+")
"""Tag characters are letters that nobody sees; behind a black flag they name a country's part."""

_UNUSUAL = late("[^\t\n -~]")
_BLANKS = late(r"\s")
_LOST = late("\ufffd+")
_BACKSLASH_N = late(r"\\n(?=[\\#\s=A-Z]|$)")
_SEVERAL = 3
_NEAR = 24
"""Characters on either side that say enough."""


def find(document: Document, cast: Cast, facts: Iterable[Fact], rules: tuple[Rule, ...]) -> Found:
    """Return repairs and remarks for every rule, each over the words it is about."""
    found = Found()
    signs = frozenset(_UNUSUAL.findall(document.text)).union(sign for sign in _COMMON if sign in document.text)
    form = "text" if isinstance(document.format, Importer) else document.format.name
    for rule in rules:
        only, way = rule.fields.get("only"), str(rule.fields["way"])
        if only in (None, form) and not signs.isdisjoint(_SIGNS[way]):
            found.findings.extend(_WAYS[way](document, rule))
    return found


def _finding(rule: Rule, start: int, end: int, new: str, message: str, *, proven: bool = False) -> Finding:
    return Finding(rule.id, message, start, end, (Edit(start, end, new),), rule.level, "changed", proven)


def _remark(rule: Rule, start: int, end: int, message: str) -> Finding:
    return Finding(rule.id, message, start, end, level=Level.REMARK)


def _mojibake(document: Document, rule: Rule) -> Iterator[Finding]:
    for part in _spoken(document):
        line = document.text[part.start : part.end]
        if line.isascii() or not _SUSPECT.search(line):
            continue
        from cleanup.kinds.mojibake import repairs

        for start, end, new, proven in repairs(line):
            before, after = line[max(0, start - _NEAR) : start], line[end : end + _NEAR]
            before, after = _BLANKS.split(before)[-1], _BLANKS.split(after)[0]
            message = f"“{before}{line[start:end]}{after}” was read as the wrong encoding: “{before}{new}{after}”"
            yield _finding(rule, part.start + start, part.start + end, new, message, proven=proven)


def _entities(document: Document, rule: Rule) -> Iterator[Finding]:
    """Undo entities in a text that is no markup; those written twice at once, so that a second run finds none."""
    for part in _spoken(document):
        for match in _ENTITY.finditer(document.text, part.start, part.end):
            new, end = _unescaped(match[0]), match.end()
            while new == "&" and (rest := _AGAIN.match(document.text, end, part.end)):
                new, end = _unescaped("&" + rest[0]), rest.end()
            old = document.text[match.start() : end]
            if len(new) == 1 and new != old and (new.isprintable() or unicodedata.category(new) in ("Zs", "Cf")):
                new = new if new.isprintable() else _ZERO.sub("", new)
                yield _finding(rule, match.start(), end, new, f"“{old}” is an entity: “{new}”", proven=True)


def _unescaped(entity: str) -> str:
    number = entity[2:-1]
    if number.isdecimal() and 0xA0 <= int(number) < 0xD800:
        return chr(int(number))  # `html` brings a table of two thousand names
    from html import unescape

    return unescape(entity)


def _c1(document: Document, rule: Rule) -> Iterator[Finding]:
    """Read a C1 control as the Windows character that has its place: nobody writes those controls."""
    for match in _C1.finditer(document.text):
        try:
            new = match[0].encode("latin-1").decode("cp1252")
        except UnicodeDecodeError:
            continue
        message = f"{_code(match[0])} stands for “{new}” in Windows text"
        yield _finding(rule, match.start(), match.end(), new, message, proven=True)


def _zero(document: Document, rule: Rule) -> Iterator[Finding]:
    for match in _ZERO.finditer(document.text):
        around = document.text[max(0, match.start() - 1) : match.end() + 1]
        if "\u200b" not in match[0] or not re.search(_SOUTHEAST, around):
            yield _finding(rule, match.start(), match.end(), "", f"{_code(match[0])}, which nobody sees")


def _control(document: Document, rule: Rule) -> Iterator[Finding]:
    """Drop control characters, and what terminals take for colours whole."""
    colours = {match.start(): match.end() for match in _TERMINAL.finditer(document.text)}
    for match in _CONTROL.finditer(document.text):
        start, end = match.start(), colours.get(match.start(), match.end())
        if start in colours:
            yield Finding(rule.id, "a colour of a terminal", start, end, (Edit(start, end, ""),), rule.level, "removed")
        else:
            yield _finding(rule, start, end, "", f"{_code(match[0])}, a control character")


def _separators(document: Document, rule: Rule) -> Iterator[Finding]:
    """Write signs that part lines or pages as line ends; in Markdown, where a line end may be structure, as a blank."""
    text, plain = document.text, document.format.name == "text"
    for part in document.within(frozenset({"words", "value", "sound", "break", "gap"})):
        for match in _SEPARATOR.finditer(text, part.start, part.end):
            around = text[match.start() - 1 : match.start()] or "\n", text[match.end() : match.end() + 1] or "\n"
            new = "\n\n" if match[0] == "\u2029" else "\n"
            if "\n" in around or not plain or part.kind == "value":
                new = "" if any(map(str.isspace, around)) else " "
            yield _finding(rule, match.start(), match.end(), new, f"{_code(match[0])} parts lines or pages")


def _direction(document: Document, rule: Rule) -> Iterator[Finding]:
    """Show what turns the order of a text round; pairs that close, in a line from right to left, belong there."""
    known, noted = 0, False
    for match in _BIDI.finditer(document.text):
        if match.start() >= known:
            start = document.text.rfind("\n", 0, match.start()) + 1
            known = document.text.find("\n", match.start()) % (len(document.text) + 1)
            line = document.text[start:known]
            opened = sum(map(line.count, "\u202a\u202b\u2066\u2067\u2068"))
            closed = line.count("\u202c") + line.count("\u2069")
            forced = "\u202d" in line or "\u202e" in line
            noted = forced or opened != closed or not re.search(_RIGHT_TO_LEFT, line)
        if noted:
            yield _remark(rule, match.start(), match.end(), f"{_code(match[0])} changes the direction of the text")


def _tags(document: Document, rule: Rule) -> Iterator[Finding]:
    for match in _TAGS.finditer(document.text):
        hidden = "".join(chr(ord(char) - 0xE0000) for char in match[0] if ord(char) >= 0xE0020)
        yield _remark(rule, match.start(), match.end(), f"{_code(match[0])}: letters that nobody sees (“{hidden}”)")


def _lost(document: Document, rule: Rule) -> Iterator[Finding]:
    """Take `�` for the no-break space that it mostly was, where it can have been nothing else."""
    text, last = document.text, -1
    for match in _LOST.finditer(text):
        start, end = match.span()
        opened, last = last >= 0 and "\n" not in text[last:start], end
        before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
        for left, right, new in _SURE:
            if re.search(left, before) and re.match(right, after) and not (opened and right is _BLANK):
                yield _finding(rule, start, end, new, "a lost no-break space")
                break
        else:
            yield _remark(rule, start, end, "a character was lost here")


_BLANK = r"\s|\Z"
_SURE = (
    (r"(?:\A|\n)[ \t\xa0]*\Z", "", ""),  # an indent
    (r"[.?!:;,…][\"”’)]?\s?\Z", _BLANK, ""),  # beside a blank, unless a quote was opened and lost
    (r"[.?!:;,…)”\"]\Z", r"[\w“\"(]", " "),  # between two sentences
    (r"[a-z]{3}\Z", r"[A-Z0-9]", " "),  # between two words: "the�President"
    (r"[0-9]\Z", r"[^\W\d_]{3}", " "),  # "10�million", but not "1990�s"
)


def _newlines(document: Document, rule: Rule) -> Iterator[Finding]:
    """Break lines where a program wrote a backslash and an n in place of a line end, several times in one line."""
    for part in _spoken(document):
        places = [m.start() for m in _BACKSLASH_N.finditer(document.text, part.start, part.end)]
        for at in places if len(places) >= _SEVERAL else ():
            yield _finding(rule, at, at + 2, "\n", "a line end that was written as “\\n”", proven=True)


def _code(text: str) -> str:
    return f"U+{ord(text[0]):04X}"


def _spoken(document: Document) -> Iterator[Part]:
    return document.within(frozenset({"words", "value", "sound"}))


_WAYS: dict[str, Callable[[Document, Rule], Iterator[Finding]]] = {
    "mojibake": _mojibake,
    "entities": _entities,
    "c1": _c1,
    "zero-width": _zero,
    "control": _control,
    "separators": _separators,
    "direction": _direction,
    "tags": _tags,
    "lost": _lost,
    "newlines": _newlines,
}


def _signs(*ranges: tuple[int, int], also: str = "") -> frozenset[str]:
    return frozenset(chr(code) for first, last in ranges for code in range(first, last + 1)) | frozenset(also)


_SIGNS = {
    "mojibake": frozenset("ÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑâãäåæçèéêëìíîïðñàáĂĹăŠРСГЖврΓ├┬√‚"),
    "entities": frozenset("&"),
    "c1": _signs((0x80, 0x9F)),
    "zero-width": frozenset("\u00ad\u200b\u2060\ufeff"),
    "control": _signs((0, 8), (0x0E, 0x1F), also="\x7f\x81\x8d\x8f\x90\x9d\ufffe\uffff"),
    "separators": frozenset("\x0b\x0c\u2028\u2029"),
    "direction": _signs((0x202A, 0x202E), (0x2066, 0x2069)),
    "tags": _signs((0xE0000, 0xE007F)),
    "lost": frozenset("\ufffd"),
    "newlines": frozenset("\\"),
}
"""Characters without which a text has nothing for a way: most texts have none of most."""
_COMMON = sorted({sign for signs in _SIGNS.values() for sign in signs if " " <= sign <= "~"})
"""Those of them that plain text has too: each is looked for alone."""


def _check(rule: Rule) -> None:
    if rule.fields.get("way") not in _WAYS:
        raise ValueError(f"`way` is one of {', '.join(_WAYS)}")


KIND = Kind("encoding", frozenset({"way"}), frozenset({"only"}), find, _check)
