"""Inline Markdown of a page: marks that pair up, addresses that are harmless, code that is only shown."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from cleanup.script import Run

_TICKS = re.compile(r"`+")
_OPENING = re.compile(r"\{\{[<%]")
_DIVIDER = re.compile(r"<!--(?=\s?more\s?-->)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_UNSAFE = re.compile(r"[\s<>{}\"\\`|^]")


def stray(pieces: Sequence[str], mates: Mapping[int, int]) -> Iterator[int]:
    """Yield the marks that would not read as such where they stand: CommonMark asks what is on either side."""
    after = [" "] * len(pieces)
    for index in range(len(pieces) - 1, 0, -1):
        after[index - 1] = pieces[index][:1] or after[index]
    before = " "
    for index, piece in enumerate(pieces):
        if index in mates and not _flanks(piece, before, after[index], opens=mates[index] > index):
            yield index
        before = piece[-1:] or before


def _flanks(mark: str, before: str, after: str, *, opens: bool) -> bool:
    if mark[0] in "[]":
        return not (mark == "[" and before == "!")  # that would be an image
    if mark[0] in (before, after):
        return False
    outer, inner = (before, after) if opens else (after, before)
    if inner.isspace() or (_is_sign(inner) and not outer.isspace() and not _is_sign(outer)):
        return False
    return mark[0] != "_" or outer.isspace() or _is_sign(outer)


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def mated(runs: Sequence[Run]) -> dict[int, int]:
    """Return for each mark that pairs up within the paragraph the index of its mate."""
    stack: list[int] = []
    mates: dict[int, int] = {}
    for index, run in enumerate(runs):
        if run.kind != "mark":
            continue
        opener = "[" if run.text.startswith("](") else run.text
        if stack and runs[stack[-1]].text == opener and (opener != "[" or run.text != "["):
            mate = stack.pop()
            if any(r.kind in ("text", "code") for r in runs[mate + 1 : index]):
                mates[mate], mates[index] = index, mate
        elif not run.text.startswith("]("):
            stack.append(index)
    return mates


def linked(mark: str) -> str:
    """Write the end of a link with its address alone, and in it nothing that a site could run."""
    inner = mark[2:-1].strip()
    address = inner[1:].partition(">")[0] if inner.startswith("<") else inner.split()[0]
    if inner.startswith("<") or "\\" in address:
        address = _ESCAPED.sub(r"\1", address).replace("(", "%28").replace(")", "%29")
    return f"]({_UNSAFE.sub(_percent, address)})"


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def ticked(code: str) -> str:
    """Write inline code; its fence is longer than any run of ticks in it."""
    pad = " " if "`" in (code[:1], code[-1:]) or (code[:1] == code[-1:] == " " and code.strip()) else ""
    return f"{ticks(code, 1)}{pad}{code}{pad}{ticks(code, 1)}"


def ticks(code: str, least: int) -> str:
    """Return a fence that is longer than any run of ticks in the code."""
    return "`" * max(least, 1 + max(map(len, _TICKS.findall(code)), default=0))


def shown(code: str) -> str:
    """Write shortcodes in code the way Hugo shows them; a non-joiner is in what it runs there all the same."""
    code = _DIVIDER.sub("<!--\u200c", code)
    pieces: list[str] = []
    at = 0
    while opening := _OPENING.search(code, at):
        close = code.find(">}}" if opening[0] == "{{<" else "%}}", opening.end())
        if close < 0:
            return "".join(pieces) + _OPENING.sub(lambda m: "{\u200c" + m[0][1:], code[at:])
        pieces += [code[at : opening.end()], "/*", code[opening.end() : close], "*/"]
        at = close
    return "".join(pieces) + code[at:]
