"""In which language a transcript is: what is stated, else the script and the commonest short words."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from cleanup.document import Document
from cleanup.matching import Same
from cleanup.regexes import late
from cleanup.words import words

_SAMPLE = 1 << 13
_FOREIGN = late("[^\x00-\u02ff]")
_TAG = late(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


class _Common:
    """The languages of each of the commonest short words, and which languages share most of these."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.tags: dict[bytes, list[str]] = {}
        for tag, own in table["common"].items():
            for word in own:
                self.tags.setdefault(word.encode(), []).append(tag)
        self.scripts: list[tuple[str, str, str, float]] = table["scripts"]
        """Scripts that tell a language by themselves: first and last letter, and the share of letters that decides."""
        self.kin = {tag: frozenset(group) for group in table["near"] for tag in group}


@lru_cache(maxsize=4)
def _common(table: Same) -> _Common:
    return _Common(table.values[0])


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
    known = _common(Same(table))
    return _script(sample, known) or _spoken(sample, known)


def _sample(document: Document) -> Iterator[str]:
    left = _SAMPLE
    for part in document.parts:
        if part.kind == "words" and left > 0 and not part.aside:
            yield document.text[part.start : min(part.end, part.start + left)] + "\n"
            left -= part.end - part.start


def _script(sample: str, known: _Common) -> str | None:
    letters = [c for c in _FOREIGN.findall(sample, 0, _SAMPLE // 8) if c.isalpha()]
    if not letters:
        return None
    total = len(letters) + sum("A" <= c <= "\u02ff" for c in sample[: _SAMPLE // 8])
    for tag, first, last, share in known.scripts:
        if sum(first <= c <= last for c in letters) > share * total:
            return tag
    return None


def _spoken(sample: str, common: _Common) -> str | None:
    """Return the language whose words stand most often, far ahead of all but its kin, and ahead of these."""
    counts = Counter(words(sample))
    total = counts.total()
    if total < _WORDS:
        return None
    found: Counter[str] = Counter()
    for word in counts.keys() & common.tags.keys():
        for tag in common.tags[word]:
            found[tag] += counts[word]
    if not found:
        return None
    tag, best = found.most_common(1)[0]
    kin = common.kin.get(tag, frozenset())
    ahead = all(best > (_KIN if other in kin else _FAR) * often for other, often in found.items() if other != tag)
    return tag if best > _SHARE * total and ahead else None


_WORDS, _SHARE, _FAR, _KIN = 12, 0.12, 1.25, 1.05
"""Words, and the share of them, that are evidence; so many times as often they stand as those of another language, or of its kin."""
