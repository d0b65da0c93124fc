"""Text from outside, written so that a Markdown page shows it literally and runs none of it.

Ordinary prose comes out as it went in: `$10 million`, `it's`, `5 o'clock`.
"""

import re

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\|{}\[\]]+[\w/]")
_INLINE = re.compile(r"[\\`*\[\]<]|_|&(?=#?\w{1,31};)|~")
_START = re.compile(r"(?:[#>+=:|%-]|\d{1,9}[.)](?=\s|$))")
_RULE = re.compile(r"[-_*=~—–•·#\s]{3,}")
"""Such a line is read as a rule, also where CommonMark sees none."""
_BESIDE = re.compile(r"(?<=>)\s+(?!\Z)|(?<!\s)\s+(?=<https?:)")
"""Blanks beside an address in angles, where a reader of Markdown would take those of other kinds for any blank."""
_OTHER = re.compile(r"[^\S \t\n]")
_LETTER = re.compile(r"[^\W_]")
_ENDING = re.compile(r"(?<!\S)#|\{")
_SIGNED = re.compile(r"[*~]|(?<![^\W_])_|_(?![^\W_])")
_OPEN_END = re.compile(r"(?<!\\)_\Z")
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
_BRACES = re.compile(r"\{(?=[{%#<:])|(?<=\{)\{|\}(?=\})")


def heading(text: str) -> str:
    """Escape text of a heading: no `#` closes it, and no `{…}` at its end becomes an attribute."""
    return _ENDING.sub(lambda m: "\\#" if m[0] == "#" else "&#123;", inline(text))


def inline(text: str) -> str:
    """Escape text that does not stand at the start of a line."""
    pieces: list[str] = []
    at = 0
    for address in _ADDRESS.finditer(text):
        end = address.end()
        end += text.startswith(")", end) and address[0].count("(") > address[0].count(")")
        before, whole = _prose(text, at, address.start()), text[address.start() : end]
        if _ENTITY.search(text, address.start(), end + 1):
            end += text.startswith(";", end)  # no way of writing it is a link and literal everywhere
            whole = _prose(text, address.start(), end).replace("://", "&#58;//")
        elif _SIGNED.search(whole):
            before = _OPEN_END.sub(r"\\_", before)
            whole = f"<{whole}>"
        pieces += [before, whole]
        at = end
    pieces.append(_prose(text, at, len(text)))
    return _BESIDE.sub(lambda m: _OTHER.sub(_entity, m[0]), "".join(pieces))


def literal(text: str) -> str:
    """Write the first letter of a paragraph in another way, so that it is none of the lines that are told by their words."""
    return _LETTER.sub(_entity, text, count=1)


def line(text: str) -> str:
    """Escape text that opens a paragraph: nothing at its start may become a list, a heading or a rule."""
    match = _START.match(text)
    if _RULE.fullmatch(text):
        return f"&#{ord(text[0])};" + inline(text[1:])
    if not match:
        return inline(text)
    head = match[0]
    mark = "\\" + head if len(head) == 1 else f"{head[:-1]}\\{head[-1]}"
    if head in "%=|:":
        mark = f"&#{ord(head)};"
    return mark + inline(text[len(head) :])


def _prose(text: str, start: int, end: int) -> str:
    return _BRACES.sub(_entity, _INLINE.sub(lambda m: _one(m, text, start), text[start:end]))


def _entity(match: "re.Match[str]") -> str:
    return f"&#{ord(match[0])};"


def _one(match: "re.Match[str]", text: str, offset: int) -> str:
    char = match[0]
    if char == "<":
        return "&lt;"
    if char == "&":
        return "&amp;"
    at = offset + match.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if char == "_" and before.isalnum() and after.isalnum():
        return char
    if char == "~" and not (before == "~" or after == "~" or (after and not after.isspace())):
        return char
    return "\\" + char
