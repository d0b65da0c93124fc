"""Mojibake: UTF-8 that was read as another code page, told by ftfy and proven by reading it wrongly once more."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_CODECS = (
    "sloppy-windows-1252", "latin-1", "sloppy-windows-1250", "sloppy-windows-1251", "sloppy-windows-1253",
    "sloppy-windows-1254", "sloppy-windows-1257", "iso-8859-2", "macroman", "cp437",
)  # fmt: skip
_DEPTH = 3
_CUT_QUOTE = re.compile(r"â€(?=[\s.,;:?!)\]]|$)")
"""A closing quote whose last byte no strict reading of the page keeps."""

_BLANK, _PLAIN = re.compile(r"\s"), re.compile("[\x00-\x7f]{0,8}")
_LATIN, _OTHER = re.compile("[a-zA-Z\xc0-\u024f]"), re.compile("[\u0370-\u03ff\u0400-\u04ff]")


class Repair(NamedTuple):
    """Put `text` for the characters from `start` to `end` of a line; `proven` where reading `text` wrongly gives them back."""

    start: int
    end: int
    text: str
    proven: bool


def repairs(line: str) -> Iterator[Repair]:
    """Yield what is to be put right in a line, one repair a word.

    The repaired line is laid beside the old one: each of its characters either stands there as it
    is, or read wrongly. Where the two lose each other nothing is repaired. Words that are only half
    repaired, in two scripts, are left as well.
    """
    fixed = _fixed(_CUT_QUOTE.sub("â€\x9d", line))
    word: list[Repair] = []
    for repair in _aligned(line, fixed) if fixed != line else ():
        if word and _BLANK.search(line, word[-1].end, repair.start):
            yield from _joined(line, word)
            word = []
        word.append(repair)
    yield from _joined(line, word)


def _joined(line: str, word: list[Repair]) -> Iterator[Repair]:
    """Yield the repairs of one word as one, unless the word then has letters of two scripts."""
    if word:
        start, end = word[0].start, word[-1].end
        pieces = zip([Repair(0, start, "", True), *word], word, strict=False)
        text = "".join(line[last.end : repair.start] + repair.text for last, repair in pieces)
        if not (_LATIN.search(text) and _OTHER.search(text)):
            yield Repair(start, end, text, all(repair.proven for repair in word))


def _fixed(line: str) -> str:
    """Let ftfy look for mojibake and for nothing else."""
    import ftfy

    config = ftfy.TextFixerConfig(
        unescape_html=False, remove_terminal_escapes=False, fix_encoding=True, restore_byte_a0=True,
        replace_lossy_sequences=False, decode_inconsistent_utf8=True, fix_c1_controls=False,
        fix_latin_ligatures=False, fix_character_width=False, uncurl_quotes=False, fix_line_breaks=False,
        fix_surrogates=False, remove_control_chars=False, normalization=None, explain=False,
    )  # fmt: skip
    return ftfy.fix_text(line, config)


def _aligned(line: str, fixed: str) -> Iterator[Repair]:
    """Yield the characters of `fixed` that stand wrongly in `line`; nothing at all where the two lose each other."""
    found: list[Repair] = []
    at = 0
    for place, char in enumerate(fixed):
        for wrong, proven in () if char.isascii() else _readings(char):
            after = at + len(wrong)
            if line.startswith(wrong, at) and line.startswith(_PLAIN.match(fixed, place + 1)[0], after):  # type: ignore[index]
                found.append(Repair(at, after, char, proven))
                at = after
                break
        else:
            if line[at : at + 1] != char:
                return
            at += 1
    if at == len(line):
        yield from found


@lru_cache(maxsize=4096)
def _readings(char: str) -> tuple[tuple[str, bool], ...]:
    """Return how a character looks when its UTF-8 is read as another page, up to three times over, the longest first.

    Those that a later hand has changed (a no-break space became a blank) prove nothing.
    """
    readings, last = dict.fromkeys([char], True), [char]
    for _ in range(_DEPTH):
        last = [
            wrong for text in last for codec in _CODECS if (wrong := _misread(text, codec)) and wrong not in readings
        ]
        readings.update(dict.fromkeys(last, True))
    del readings[char]
    if char == "”":
        readings["â€"] = True  # a strict reading as Windows-1252 drops the byte 9D
    lossy = [text.replace("\xa0", " ") for text in readings if "\xa0" in text] + (["Ã"] if char == "à" else [])
    rows = {**dict.fromkeys(lossy, False), **readings}
    return tuple(sorted(rows.items(), key=lambda row: -len(row[0])))


def _misread(text: str, codec: str) -> str | None:
    try:
        return text.encode("utf-8").decode(codec)
    except UnicodeError:
        return None
