"""File names of pages: letters of every script, no path tricks."""

import re
import unicodedata
from itertools import accumulate

_MARKS = re.compile(r"['’`´]")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[\d¹²³]|index|_index|readme)", re.IGNORECASE)
_BYTES = 80


def slug(title: str, stem: str) -> str:
    """Return a slug of at most 80 bytes, cut at a word; from the file's stem where the title gives none.

    NFC and lower case; letters of every script stay, combining marks with them.
    """
    for text in (title, stem, "transcript"):
        folded = unicodedata.normalize("NFC", _MARKS.sub("", text)).lower()
        words = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in folded).split()
        found = _cut(words)
        if found:
            return f"{found}-page" if _RESERVED.fullmatch(found) else found
    return "transcript"


def _cut(words: list[str]) -> str:
    fitting = [slug for slug in accumulate(words[:_BYTES], "{}-{}".format) if len(slug.encode()) <= _BYTES]
    return fitting[-1] if fitting else "".join(words[:1]).encode()[:_BYTES].decode("utf-8", errors="ignore")
