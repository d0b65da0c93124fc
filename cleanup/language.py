"""In which language a transcript is: what is stated, else the script and the commonest short words."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from cleanup.document import Document
from cleanup.matching import Same
from cleanup.regexes import late
from cleanup.words import words

_SAMPLE = 1 << 14
_SCRIPTS = (
    ("ja", "\u3040", "\u30ff", 0.08),
    ("ko", "\uac00", "\ud7af", 0.3),
    ("zh", "\u4e00", "\u9fff", 0.3),
    ("th", "\u0e00", "\u0e7f", 0.3),
    ("he", "\u0590", "\u05ff", 0.3),
    ("el", "\u0370", "\u03ff", 0.3),
    ("hi", "\u0900", "\u097f", 0.3),
    ("ka", "\u10a0", "\u10ff", 0.3),
)
"""Scripts that tell a language by themselves: first and last letter, and the share of letters that decides."""

_FOREIGN = late("[^\x00-\u02ff]")
_TAG = late(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def language_of(document: Document, table: Mapping[str, object], stated: str | None = None) -> str | None:
    """Return the language as a BCP 47 tag: what a person said, what front matter states, else own evidence.

    Evidence is script, and how often the commonest short words of each language stand in the
    words; None where no language is clearly ahead.
    """
    if stated:
        return stated
    for part in document.parts:
        if part.block != "front":
            break
        if part.kind == "value" and part.form in ("lang", "language", "locale"):
            value = document.text[part.start : part.end].strip()
            if _TAG.fullmatch(value):
                return value.replace("_", "-")
    sample = "".join(_sample(document))
    return _script(sample) or _common(sample, _stopwords(Same(table)))


def _sample(document: Document) -> Iterator[str]:
    left = _SAMPLE
    for part in document.parts:
        if part.kind == "words" and left > 0 and not part.aside:
            yield document.text[part.start : min(part.end, part.start + left)] + "\n"
            left -= part.end - part.start


def _script(sample: str) -> str | None:
    letters = [c for c in _FOREIGN.findall(sample, 0, _SAMPLE // 8) if c.isalpha()]
    if not letters:
        return None
    total = len(letters) + sum("A" <= c <= "\u02ff" for c in sample[: _SAMPLE // 8])
    for tag, first, last, share in _SCRIPTS:
        if sum(first <= c <= last for c in letters) > share * total:
            return tag
    return None


@lru_cache(maxsize=4)
def _stopwords(table: Same) -> dict[str, frozenset[bytes]]:
    rows = table.values[0].get("common")
    common = rows.items() if isinstance(rows, Mapping) else ()
    return {str(tag): frozenset("\n".join(map(str, own)).encode().split(b"\n")) for tag, own in common}


def _common(sample: str, common: Mapping[str, frozenset[bytes]]) -> str | None:
    counts = Counter(words(sample))
    total = counts.total()
    if total < 12:
        return None
    here = frozenset(counts)
    scores = sorted(((sum(counts[w] for w in own & here) / total, tag) for tag, own in common.items()), reverse=True)
    (best, tag), (second, _) = scores[0], scores[1]
    return tag if best > 0.12 and best > 1.25 * second else None
