"""Rules of kind `repeat`: phrases that a recogniser says over and over, and words said twice."""

import re
from collections.abc import Iterable, Iterator, Sequence

from cleanup.document import Cast, Document
from cleanup.findings import Fact, Finding, Found, Kind, Rule
from cleanup.kinds.patterns import texts
from cleanup.matching import pieces
from cleanup.regexes import late
from cleanup.view import View
from cleanup.words import words

_WORD = late(r"[^\W_]+(?:['’\-][^\W_]+)*")
_LONGEST = 12


def find(document: Document, cast: Cast, facts: Iterable[Fact], rules: tuple[Rule, ...]) -> Found:
    """Return a finding for each run of a phrase; its edits keep the first time and drop the others."""
    found = Found()
    view = View.of(document)
    for rule in rules:
        least, times = int(str(rule.fields.get("words", 3))), int(str(rule.fields.get("times", 3)))
        allowed = {word.casefold() for word in texts(rule, "allow")}
        for begin, stop in _likely(view.text, least, times):
            for start, end, phrase, count in _runs(view.text, begin, stop, least, times):
                if phrase.casefold() in allowed:
                    continue
                spans, edits = view.spans(start, end), view.edit(start, end, "")
                if spans:
                    message = rule.message or f"“{phrase}” stands here {count} times in a row"
                    found.findings.append(Finding(rule.id, message, spans[0][0], spans[-1][1], edits or (), rule.level))
    return found


def _likely(text: str, least: int, times: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of those pieces of a text in which something repeats: mostly there is none."""
    for at, piece in pieces(text):
        joined = piece.replace("--", " ")
        for inside in "'’-":
            joined = joined.replace(inside, "")
        if next(_sizes(words(joined, digits=True), least, times), 0):
            yield from ((at + line.start(), at + line.end()) for line in re.finditer(r"[^\n]+", piece))


def _sizes(folded: Sequence[str | bytes], least: int, times: int) -> Iterator[int]:
    """Yield the lengths of phrases that may repeat: the lengths of the words, a byte each, are laid over themselves."""
    try:
        row = bytes(map(len, folded))
    except ValueError:  # scripts without blanks
        row = bytes(len(word) & 255 for word in folded)
    whole = int.from_bytes(row, "little")
    for size in range(least, (_LONGEST if least > 1 else 1) + 1):
        if bytes(size * (times - 1)) in (whole ^ (whole >> 8 * size)).to_bytes(len(row), "little"):
            yield size


def _runs(text: str, begin: int, stop: int, least: int, times: int) -> Iterator[tuple[int, int, str, int]]:
    """Yield (start, end) of what repeats a phrase of `least` words or more, the phrase, and how often it stands.

    For each length of a phrase one walk over the words: linear, since lengths are bounded.
    """
    folded = _WORD.findall(text[begin:stop].casefold())
    placed: list[tuple[int, int, str]] = []
    taken = 0
    for size in _sizes(folded, least, times):
        placed = placed or [(m.start(), m.end(), m[0].casefold()) for m in _WORD.finditer(text, begin, stop)]
        same = 0
        for i in range(size, len(placed) + 1):
            if i < len(placed) and placed[i][2] == placed[i - size][2] and placed[i - size][0] >= taken:
                same += 1
                continue
            count = same // size + 1
            if count >= times:
                last = i - 1 - (same % size)
                first = last - size * count + 1
                yield (
                    placed[first + size - 1][1],
                    placed[last][1],
                    text[placed[first][0] : placed[first + size - 1][1]],
                    count,
                )
                taken = placed[last][1]
            same = 0


def _check(rule: Rule) -> None:
    for key in ("words", "times"):
        if key in rule.fields and (not isinstance(rule.fields[key], int) or int(str(rule.fields[key])) < 1):
            raise ValueError(f"`{key}` is a whole number from 1")
    if int(str(rule.fields.get("times", 3))) < 2:
        raise ValueError("`times` is 2 or more")


KIND = Kind("repeat", frozenset(), frozenset({"words", "times", "allow"}), find, _check)
