"""A page changed where it stands: only its spans change, never its encoding, line ends or front matter."""

import re
from collections.abc import Callable

from cleanup.document import Source, line_starts
from cleanup.errors import InputError
from cleanup.formats import front
from cleanup.writers.pages import body_hash

_NEWLINE = re.compile("\r\n|\r|\n")


def rewritten(data: bytes, source: Source, text: str, origin: Callable[[int], int]) -> bytes:
    """Return the bytes of a page whose text has become `text`; `origin` leads its places back.

    A line end that stood there stays as it was, also where a file mixes them; a new one is written
    as most are. The one value that changes is `transcript.body`, where it fitted before: other
    hooks have then not been taken for a hand. Raises `InputError` where the bytes that were read
    could not even be written back as they are.
    """
    raw = data.decode(source.encoding).removeprefix("\ufeff")
    ends = _NEWLINE.findall(raw)
    if _encoded(source, _with_ends(source.text, ends)) != data:
        raise InputError(
            f"{source.path}: its {source.encoding} cannot be written back byte for byte; it stays as it is"
        )
    text = _hashed(source.text, _ended(source.text, text))
    if len(set(ends)) < 2:
        return _encoded(source, text.replace("\n", source.newline))
    starts = line_starts(source.text)
    kept = {start - 1: end for start, end in zip(starts[1:], ends, strict=True)}
    places = (match.start() for match in re.finditer("\n", text))
    return _encoded(source, _with_ends(text, [kept.get(origin(place), source.newline) for place in places]))


def _ended(before: str, after: str) -> str:
    """Return the page without the blank lines that a cut has left at its end: other hooks would take them away next."""
    tidy = before[len(before.rstrip()) :] in ("", "\n")
    return after.rstrip() + "\n" if tidy and after.endswith("\n\n") else after


def _with_ends(text: str, ends: list[str]) -> str:
    lines = text.split("\n")
    return "".join(piece for pair in zip(lines, [*ends, ""], strict=True) for piece in pair)


def _encoded(source: Source, text: str) -> bytes:
    return (("\ufeff" if source.bom else "") + text).encode(source.encoding)


def _hashed(before: str, after: str) -> str:
    """Return the page with the hash of its new body, where the old one fitted; front matter stands before every edit."""
    head = front.read(before)
    value = next((v for v in head.values if v.key == "transcript.body"), None) if head else None
    if not head or not value or value.text != body_hash(before[head.end :].lstrip("\n")):
        return after
    new = body_hash(after[head.end :].lstrip("\n"))
    return after[: value.start] + new + after[value.end :]
