"""Many patterns over one text: their literals in one automaton, and a match only where one is met."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from typing import Any, NamedTuple

from cleanup.guard import Timed
from cleanup.literals import FLAGS, LONGEST, Key, beside, fold
from cleanup.regexes import ready


class Needle(NamedTuple):
    """A pattern, the rule it belongs to, and its keys; one of their literals is in every match."""

    rule: int
    pattern: str
    keys: tuple[Key, ...]
    case: bool = False
    own: bool = False


class Hit(NamedTuple):
    """One match: the rule's index, the span, the groups by name and number, and the pattern that matched."""

    rule: int
    start: int
    end: int
    groups: dict[str, str]
    pattern: str


class Same:
    """Lets values that do not hash be looked up by identity.

    It holds them, so that no identity is used again while something is remembered under it.
    """

    __slots__ = ("values",)

    def __init__(self, *values: Any) -> None:
        self.values = values

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.values)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and list(map(id, other.values)) == list(map(id, self.values))


class Matcher:
    """Finds all needles in a text.

    A pattern is tried only where one of its keys stands, so far before it as a match may start; where nobody
    knows how far, over the line around it, once. No match crosses a line end of the text.
    """

    __slots__ = (
        "ahead",
        "automaton",
        "bare",
        "compiled",
        "drafts",
        "heads",
        "line",
        "looked",
        "needles",
        "rest",
        "seen",
    )

    def __init__(self, needles: Sequence[Needle]) -> None:
        self.needles = needles
        self.bare = frozenset(index for index, needle in enumerate(needles) if not needle.keys)
        self.compiled: dict[int, Any] = {}
        self.rest: dict[int, list[list[tuple[list[str], int, int]]]] = {}
        self.seen = [0] * len(needles)
        self.automaton: Any = ()
        self.heads: frozenset[str] | None = frozenset()
        self.drafts, self.looked = 0, ""
        self.line = ("", 0, -1)
        self.ahead: dict[tuple[bool, str], tuple[int, int]] = {}

    def _met(self, folded: str) -> Iterable[tuple[int, tuple[int, tuple[tuple[int, int, int], ...]]]]:
        """Return where keys end in a text, with their lengths and whose they are.

        To make an automaton of thousands of keys takes longer than to look through a page: for the first
        pages it has only those whose first letters stand there.
        """
        if self.heads is not None and folded != self.looked:  # the same text is looked through again and again
            few = self.drafts < _DRAFTS and len(self.needles) > _MANY and len(folded) < _PIECE
            heads = self.heads.union({folded[at : at + _HEAD] for at in range(len(folded))}) if few else None
            if heads != self.heads:
                self.heads, self.drafts = heads, self.drafts + 1
                self._make()
            self.looked = folded if few else ""
        return self.automaton.iter(folded) if len(self.automaton) else ()

    def _make(self) -> None:
        import ahocorasick

        table: dict[str, tuple[tuple[int, int, int], ...]] = {}
        for index, needle in enumerate(self.needles):
            for texts, low, high in needle.keys:
                own = ((index, low, high),)
                for text in texts.split("\n"):
                    if self.heads is None or text[:_HEAD] in self.heads or len(text) < _HEAD:
                        table[text] = table[text] + own if text in table else own
        self.automaton = ahocorasick.Automaton()
        for text, rows in table.items():
            self.automaton.add_word(text, (len(text), rows))
        self.automaton.make_automaton()

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the hits, in no certain order; those of one needle do not overlap."""
        last: dict[int, int] = {}
        done: dict[int, int] = {}
        tried: dict[tuple[int, int, int], int] = {}
        for base, piece in pieces(text):
            folded = fold(piece)
            for stop, (size, rows) in self._met(folded):
                place = stop - size + 1
                for row in rows:
                    index, low, high = row
                    if high < 0:
                        if base + place >= done.get(index, 0) and self._may(index, folded, place, low, high):
                            begin, end = self._line(folded, place)
                            done[index] = base + end
                            yield from self._scan(index, text, base + begin, base + end)
                        continue
                    pattern = self.compiled.get(index) if high - low < _FEW else None
                    pattern = pattern or self._paid(index, folded, place, low, high)
                    if not pattern:
                        continue
                    start, end = max(base + place - high, last.get(index, 0)), base + place - low + 1
                    for at in range(max(start, tried.get(row, 0)) if low < high else start, end):
                        if (match := pattern.match(text, at)) and "\n" not in match[0]:
                            last[index] = max(match.end(), at + 1)
                            yield self._hit(index, match)
                            break
                    else:
                        tried[row] = end
        self.line = ("", 0, -1)
        for index in sorted(self.bare):
            yield from self._scan(index, text, 0, len(text))

    def likely(self, text: str, wanted: Set[int]) -> list[int]:
        """Return those of some needles, in order, that may match in a line: whose keys stand there, or that have none."""
        found = set(self.bare & wanted)
        folded = fold(text)
        for stop, (size, rows) in self._met(folded):
            place = stop - size + 1
            found.update(
                i for i, low, high in rows if i in wanted and i not in found and self._may(i, folded, place, low, high)
            )
        return sorted(found)

    def _paid(self, index: int, folded: str, place: int, low: int, high: int) -> Any:
        """Return a pattern that is worth compiling or trying at many places, or None: a look at what stands around its key is cheap."""
        self.seen[index] += 1
        sure = high - low < _FEW and self.seen[index] > _PATIENCE
        return self.pattern(index) if sure or self._may(index, folded, place, low, high) else None

    def _may(self, index: int, folded: str, place: int, least: int, most: int) -> bool:
        """Say whether what else a match holds stands around a key that was met, so far from its start, as far as that is known."""
        if index not in self.rest:
            groups = beside(self.needles[index].pattern)
            self.rest[index] = [[(ts.split("\n"), low, high) for ts, low, high in rows] for rows in groups]
        begin, end = self._line(folded, place)
        first, last = begin if most < 0 else max(begin, place - most), place - least
        for group in self.rest[index]:
            for texts, low, high in group:
                start, stop = first + low, end if high < 0 else last + high + LONGEST
                if stop - start < _WIDE:
                    near = folded[start:stop]
                    if any(map(near.__contains__, texts)):
                        break
                elif any(self._ahead(folded, most < 0, text, start, stop) for text in texts):
                    break
            else:
                return False
        return True

    def _line(self, text: str, place: int) -> tuple[int, int]:
        """Return where the line around a place begins and ends; keys of one line come one behind the other."""
        known, begin, end = self.line
        if known is not text or not begin <= place <= end:
            end = text.find("\n", place)
            begin, end = text.rfind("\n", 0, place) + 1, len(text) if end < 0 else end
            self.line = text, begin, end
            self.ahead = {}
        return begin, end

    def _ahead(self, folded: str, whole: bool, text: str, start: int, stop: int) -> bool:
        """Say whether a text stands there in the line at hand; a wide line is searched once for it, not once a key.

        Looks at the `whole` of the line begin at one place, others move on with the keys.
        """
        since, at = self.ahead.get((whole, text), (start + 1, -1))
        if not (since <= start and (at < 0 or start <= at)):
            at = folded.find(text, start, self.line[2])
            self.ahead[whole, text] = start, at
        return 0 <= at <= stop - len(text)

    def _scan(self, index: int, text: str, begin: int, end: int) -> Iterator[Hit]:
        for match in self.pattern(index).finditer(text, begin, end):
            if match.end() > match.start():
                yield self._hit(index, match)

    def _hit(self, index: int, match: "re.Match[str]") -> Hit:
        groups = {"0": match[0], **{k: v or "" for k, v in match.groupdict().items()}}
        groups |= {str(i): v or "" for i, v in enumerate(match.groups(), 1)}
        needle = self.needles[index]
        return Hit(needle.rule, match.start(), match.end(), groups, needle.pattern)

    def pattern(self, index: int) -> Any:
        """Return the pattern of a needle, compiled."""
        if index not in self.compiled:
            needle = self.needles[index]
            self.compiled[index] = compiled(needle.pattern, case=needle.case, own=needle.own)
        return self.compiled[index]


_HEAD, _MANY, _DRAFTS = 7, 100, 2
"""First letters of a key; needles that are many; and so many texts are looked through before all keys are wanted."""
_PATIENCE, _FEW = 100, 8
"""So many looks around a key cost as much as a pattern to compile; and so many places to try as one look."""
_WIDE = 4096
"""Characters of a line that are searched once for each literal, and not again for each key."""


@lru_cache(maxsize=1024)
def compiled(pattern: str, *, case: bool = False, own: bool = False) -> Any:
    """Return a pattern to look for; one of the user's own raises `SettingsError` where it takes too long."""
    flags = CASED if case else FOLDED
    return Timed(pattern, flags) if own else ready(pattern, flags)


CASED, FOLDED = int(FLAGS & ~re.IGNORECASE), int(FLAGS)
"""Flags of a pattern that minds, and of one that does not mind, how letters are cased."""


_PIECE = 1 << 16
"""Characters that are folded at a time: a folded copy of a large text would be as large again, and more while it is made."""


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield the text cut at line ends, which no key crosses, with the place of each piece."""
    at = 0
    while at < len(text):
        end = text.find("\n", at + _PIECE) + 1 or len(text)
        yield at, text[at:end]
        at = end


def terms(words: Sequence[str], *, case: bool = False) -> list[tuple[str, tuple[Key, ...]]]:
    """Return a pattern and its key for each literal term, bounded by words; a blank matches any blanks."""
    rows: list[tuple[str, tuple[Key, ...]]] = []
    for word in words:
        pattern = r"[ \xa0]+".join(re.escape(piece) for piece in word.split(" "))
        left = r"(?<!\w)" if word[:1].isalnum() else ""
        right = r"(?!\w)" if word[-1:].isalnum() else ""
        head = fold(word.split(" ")[0])
        rows.append((left + pattern + right, ((head, 0, 0),)))
    return rows
