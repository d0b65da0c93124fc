"""Rules of kind `encoding`: what a wrong decoding left behind, put right where the old text can be given back."""

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape

from cleanup.document import Cast, Document, Part
from cleanup.edits import Edit
from cleanup.findings import Fact, Finding, Found, Kind, Level, Rule

_SUSPECT = re.compile("[ÂÃÄÅâäåæçèéêëìíîïðñãàáĂăŠРСЃâ€Ð][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡-¿А-яЂ-џ]")
_TOKEN = re.compile(r"\S+|\s+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z][A-Za-z0-9]{1,30});")
_C1 = re.compile("[\x80-\x9f]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_ZERO = re.compile("[\u00ad\u200b\u2060\ufeff]+")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LOST = re.compile("\ufffd+")
_CODECS = ("sloppy-windows-1252", "latin-1", "sloppy-windows-1250", "sloppy-windows-1251", "macroman")


def find(document: Document, cast: Cast, facts: Iterable[Fact], rules: tuple[Rule, ...]) -> Found:
    """Return repairs and remarks for every rule, each over the words it is about."""
    found = Found()
    for rule in rules:
        form = rule.fields.get("only")
        if form is None or form == document.format.name:
            found.findings.extend(_WAYS[str(rule.fields["way"])](document, rule))
    return found


def _finding(rule: Rule, start: int, end: int, new: str, message: str, *, proven: bool) -> Finding:
    return Finding(rule.id, message, start, end, (Edit(start, end, new),), rule.level, "changed", proven)


def _mojibake(document: Document, rule: Rule) -> Iterator[Finding]:
    """Let ftfy read a line again, and keep what gives the old characters back when read wrongly."""
    for part in _spoken(document):
        line = document.text[part.start : part.end]
        if line.isascii() or not _SUSPECT.search(line):
            continue
        old, new = _TOKEN.findall(line), _TOKEN.findall(_again(line))
        if len(old) != len(new):
            continue
        at = part.start
        for before, after in zip(old, new, strict=True):
            if before != after and _gives_back(before, after):
                yield _finding(
                    rule,
                    at,
                    at + len(before),
                    after,
                    f"“{before}” was read as the wrong encoding: “{after}”",
                    proven=True,
                )
            at += len(before)


def _again(line: str) -> str:
    import ftfy

    config = ftfy.TextFixerConfig(
        unescape_html=False, remove_terminal_escapes=False, fix_encoding=True, restore_byte_a0=True,
        replace_lossy_sequences=False, decode_inconsistent_utf8=True, fix_c1_controls=False,
        fix_latin_ligatures=False, fix_character_width=False, uncurl_quotes=False, fix_line_breaks=False,
        fix_surrogates=False, remove_control_chars=False, normalization=None, explain=False,
    )  # fmt: skip
    return ftfy.fix_text(line, config)


def _gives_back(before: str, after: str) -> bool:
    """Prove a repair: what was repaired, decoded wrongly once more, is the old text."""
    start = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    stop = next((i for i, (a, b) in enumerate(zip(before[::-1], after[::-1], strict=False)) if a != b), 0)
    stop = min(stop, len(after) - start, len(before) - start)
    middle = after[start : len(after) - stop] if len(after) - stop > start else after
    for codec in _CODECS:
        for text, whole in ((middle, False), (after, True)):
            try:
                wrong = text.encode("utf-8").decode(codec)
            except UnicodeError:
                continue
            if wrong.replace("\xa0", " ") == before.replace("\xa0", " ") or (not whole and wrong in before):
                return True
    return _piecewise(before, after)


def _piecewise(before: str, after: str) -> bool:
    """Prove a word of which only some characters were wrong, each read wrongly once more."""
    for codec in _CODECS:
        pieces = []
        for char in after:
            try:
                pieces.append(char if char.isascii() else char.encode("utf-8").decode(codec))
            except UnicodeError:
                break
        else:
            if "".join(pieces) == before:
                return True
    return False


def _entities(document: Document, rule: Rule) -> Iterator[Finding]:
    """Undo entities in a text that is no markup; twice written ones at once, so that a second run finds none."""
    for part in _spoken(document):
        for match in _ENTITY.finditer(document.text, part.start, part.end):
            new = unescape(match[0])
            end = match.end()
            if new == "&" and (rest := _TAIL.match(document.text, end, part.end)):
                new, end = unescape("&" + rest[0]), rest.end()
            if (new != document.text[match.start() : end] and len(new) == 1 and new.isprintable()) or new == "\xa0":
                yield _finding(rule, match.start(), end, new, f"“{match[0]}” is an entity: “{new}”", proven=True)


_TAIL = re.compile(r"(?:#[0-9]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def _c1(document: Document, rule: Rule) -> Iterator[Finding]:
    """Read a C1 control as the Windows character that has its place: nobody writes those controls."""
    for match in _C1.finditer(document.text):
        try:
            new = match[0].encode("latin-1").decode("cp1252")
        except UnicodeDecodeError:
            continue
        yield _finding(
            rule,
            match.start(),
            match.end(),
            new,
            f"U+{ord(match[0]):04X} stands for “{new}” in Windows text",
            proven=True,
        )


def _dropped(pattern: "re.Pattern[str]", what: str) -> Callable[[Document, Rule], Iterator[Finding]]:
    def drop(document: Document, rule: Rule) -> Iterator[Finding]:
        for match in pattern.finditer(document.text):
            code = f"U+{ord(match[0][0]):04X}"
            yield _finding(rule, match.start(), match.end(), "", f"{code}, {what}", proven=False)

    return drop


def _bidi(document: Document, rule: Rule) -> Iterator[Finding]:
    for match in _BIDI.finditer(document.text):
        yield Finding(
            rule.id,
            f"U+{ord(match[0]):04X} changes the direction of the text",
            match.start(),
            match.end(),
            level=Level.REMARK,
        )


def _lost(document: Document, rule: Rule) -> Iterator[Finding]:
    """Take `�` for the no-break space that it mostly was, where a blank or a sentence end stands beside it."""
    text = document.text
    for match in _LOST.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
        if before.isspace() or after.isspace():
            yield _finding(rule, start, end, "", "a lost no-break space", proven=False)
        elif before in '.?!:;,)”"' and (after.isalnum() or after in '“"('):
            yield _finding(rule, start, end, " ", "a lost no-break space", proven=False)
        else:
            yield Finding(rule.id, "a character was lost here", start, end, level=Level.REMARK)


def _newlines(document: Document, rule: Rule) -> Iterator[Finding]:
    r"""Break lines where a program wrote `\\n` in place of a line end, several times in one line."""
    for part in _spoken(document):
        places = [m.start() for m in _BACKSLASH_N.finditer(document.text, part.start, part.end)]
        for at in places if len(places) >= _SEVERAL else ():
            yield _finding(rule, at, at + 2, "\n", "a line end that was written as “\\n”", proven=True)


_BACKSLASH_N = re.compile(r"\\n(?=[\\#\s=A-Z]|$)")
_SEVERAL = 3


def _spoken(document: Document) -> Iterator[Part]:
    return document.within(frozenset({"words", "value", "sound"}))


_WAYS: dict[str, Callable[[Document, Rule], Iterator[Finding]]] = {
    "mojibake": _mojibake,
    "entities": _entities,
    "c1": _c1,
    "zero-width": _dropped(_ZERO, "which nobody sees"),
    "control": _dropped(_CONTROL, "a control character"),
    "bidi": _bidi,
    "lost": _lost,
    "newlines": _newlines,
}


def _check(rule: Rule) -> None:
    if rule.fields.get("way") not in _WAYS:
        raise ValueError(f"`way` is one of {', '.join(_WAYS)}")


KIND = Kind("encoding", frozenset({"way"}), frozenset({"only"}), find, _check)
