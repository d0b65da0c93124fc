"""Many patterns over one text: their literals in one automaton, and a match only where one is met."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from time import process_time
from typing import Any, NamedTuple, cast

from cleanup.errors import SettingsError
from cleanup.guard import parser

FLAGS = re.IGNORECASE | re.MULTILINE


class _Late:
    """Stands for a pattern until one of its methods is called."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._made = pattern, flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(*self._made), name)
        setattr(self, name, method)  # from now on this costs what a pattern costs
        return method


def late(pattern: str, flags: int = 0) -> "re.Pattern[str]":
    """Return a pattern that is compiled when a text first needs it: a run over one file needs few of all those that there are."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


Key = tuple[str, int, int]
"""Literals (folded, a line each), at so many to so many characters from the start of a match; -1 is unbounded."""


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


def fold(text: str) -> str:
    """Lower the text character by character, so that every offset stays what it is."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else "i" for c in text)
    return low.replace("ſ", "s") if "ſ" in low else low


class Matcher:
    """Finds all needles in a text.

    A pattern is tried only where one of its keys stands; where the key's distance from the start
    is not fixed, over the paragraph around it, once. No match crosses a line end of the text.
    """

    __slots__ = ("automaton", "compiled", "needles", "rest", "seen")

    def __init__(self, needles: Sequence[Needle]) -> None:
        import ahocorasick

        self.needles = needles
        self.compiled: dict[int, Any] = {}
        self.rest: dict[int, list[list[tuple[str, int, int]]]] = {}
        self.seen = [0] * len(needles)
        table: dict[str, list[tuple[int, Key]]] = {}
        for index, needle in enumerate(self.needles):
            for key in needle.keys:
                for text in key[0].split("\n"):
                    table.setdefault(text, []).append((index, key))
        self.automaton = ahocorasick.Automaton()
        for text, rows in table.items():
            self.automaton.add_word(text, (len(text), rows))
        if table:
            self.automaton.make_automaton()

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the hits, in no certain order; those of one needle do not overlap."""
        last: dict[int, int] = {}
        done: dict[int, int] = {}
        for base, piece in pieces(text) if len(self.automaton) else ():
            folded = fold(piece)
            for stop, (size, rows) in self.automaton.iter(folded):
                for index, key in rows:
                    place = base + stop - size + 1
                    _, low, high = key
                    if low == high:
                        start = place - low
                        if (
                            start >= last.get(index, 0)
                            and (index in self.compiled or self._pays(index, folded, place - base, key))
                            and (match := self.pattern(index).match(text, start))
                        ):
                            last[index] = max(match.end(), start + 1)
                            yield self._hit(index, match)
                    elif place >= done.get(index, 0) and self._may(index, folded, place - base, key):
                        begin = text.rfind("\n", 0, place) + 1
                        end = text.find("\n", place)
                        done[index] = end = len(text) if end < 0 else end
                        yield from self._scan(index, text, begin, end)
        for index, needle in enumerate(self.needles):
            if not needle.keys:
                yield from self._scan(index, text, 0, len(text))

    def likely(self, text: str) -> list[int]:
        """Return the needles, in order, that may match in a line: those whose keys stand there, and those that have none."""
        found = {index for index, needle in enumerate(self.needles) if not needle.keys}
        folded = fold(text)
        for stop, (size, rows) in self.automaton.iter(folded) if len(self.automaton) else ():
            place = stop - size + 1
            found.update(i for i, key in rows if i not in found and self._may(i, folded, place, key))
        return sorted(found)

    def _pays(self, index: int, folded: str, place: int, met: Key) -> bool:
        """Say whether a pattern is worth compiling: that costs as much as a hundred looks at what stands around its key."""
        self.seen[index] += 1
        return self.seen[index] > _PATIENCE or self._may(index, folded, place, met)

    def _may(self, index: int, folded: str, place: int, met: Key) -> bool:
        """Say whether what else a match holds stands around a key that was met, as far as that is known."""
        if index not in self.rest:
            groups = beside(self.needles[index].pattern)
            self.rest[index] = [[(t, low, high) for ts, low, high in rows for t in ts.split("\n")] for rows in groups]
        if not self.rest[index]:
            return True
        begin, end = folded.rfind("\n", 0, place) + 1, folded.find("\n", place)
        end = len(folded) if end < 0 else end
        _, least, most = met
        first, last = begin if most < 0 else max(begin, place - most), place - least
        find = folded.find
        for group in self.rest[index]:
            for text, low, high in group:
                if find(text, first + low, end if high < 0 else last + high + len(text)) >= 0:
                    break
            else:
                return False
        return True

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


_PATIENCE = 100


@lru_cache(maxsize=1024)
def compiled(pattern: str, *, case: bool = False, own: bool = False) -> Any:
    """Return a pattern to look for; one of the user's own raises `SettingsError` where it takes too long."""
    flags = FLAGS & ~re.IGNORECASE if case else FLAGS
    return _Guarded(pattern, flags) if own else re.compile(pattern, flags)


_PIECE = 1 << 16
"""Characters that are folded at a time: a folded copy of a large text would be as large again, and more while it is made."""


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield the text cut at line ends, which no key crosses, with the place of each piece."""
    at = 0
    while at < len(text):
        end = text.find("\n", at + _PIECE) + 1 or len(text)
        yield at, text[at:end]
        at = end


class _Guarded:
    """A pattern of a user's own pack, on the `regex` module, which can be stopped.

    A stranger's pull request may have written it: however many places a text has for it to be slow
    at, it has two seconds for all of them. What takes no time that can be seen is not counted.
    """

    SECONDS, QUICK = 2.0, 0.02

    def __init__(self, pattern: str, flags: int) -> None:
        import regex

        self.left = self.SECONDS
        self.pattern = regex.compile(pattern, (regex.IGNORECASE if flags & re.IGNORECASE else 0) | regex.MULTILINE)

    def match(self, text: str, start: int) -> Any:
        return self._run(self.pattern.match, text, start)

    def fullmatch(self, text: str) -> Any:
        return self._run(self.pattern.fullmatch, text)

    def finditer(self, text: str, begin: int = 0, end: int | None = None) -> list[Any]:
        return self._run(lambda *args, timeout: list(self.pattern.finditer(*args, timeout=timeout)), text, begin, end)  # type: ignore[no-any-return]

    def _run(self, search: Any, *args: Any) -> Any:
        start = process_time()
        try:
            return search(*args, timeout=max(self.left, self.QUICK))
        except TimeoutError:
            shown = self.pattern.pattern[:60]
            raise SettingsError(f"the pattern `{shown}` of your rules takes too long here; bound its repeats") from None
        finally:
            took = process_time() - start
            self.left -= took if took > self.QUICK else 0


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


KNOWN: dict[str, Sequence[tuple[Key, ...]]] = {}
"""Keys that were worked out before, by pattern: the compiled packs bring theirs, since parsing costs."""


def keys(pattern: str) -> tuple[Key, ...]:
    """Return literals of which every match holds at least one, or none where the pattern needs none."""
    if pattern not in KNOWN:
        KNOWN[pattern] = found(pattern)
    return KNOWN[pattern][0]


def beside(pattern: str) -> Sequence[tuple[Key, ...]]:
    """Return other literals, of each group of which every match holds one too, as far as they are known."""
    return KNOWN.get(pattern, ())[1:]


_SIGNS = "%$€£©§"
"""Characters that are rare enough to be looked for alone."""


def found(pattern: str) -> list[tuple[Key, ...]]:
    """Work out the keys of a pattern: the best, and what stands beside them."""
    rows = _Required().walk(parser().parse(pattern, FLAGS)).groups
    rows = sorted(
        (row for row in rows if all(len(t) > 1 or t in _SIGNS for t in _literals(row))), key=_worth, reverse=True
    )
    return rows or [()]


def _literals(rows: Sequence[Key]) -> list[str]:
    return [text for texts, _, _ in rows for text in texts.split("\n")]


_MOST = 24
"""Texts that a run may have: `depend(?:s|ed|ing)? of` is four keys that stand in few texts, where `depend` stands in many."""
_ENOUGH = 8
"""Characters after which a run does not branch again: more keys would find no fewer places."""


class _Required:
    """The best literals of a parsed pattern: runs of which all texts are known, in groups and in what is looked ahead at too."""

    def __init__(self, low: int = 0, high: int = 0) -> None:
        self.groups: list[tuple[Key, ...]] = []
        self.low, self.high = low, high
        self.runs, self.at = [""], (low, high)

    def walk(self, tree: Any) -> "_Required":
        self._items(tree)
        self._flush()
        return self

    def _items(self, tree: Any) -> None:
        for op, value in tree:
            name = str(op)
            known = _texts([(op, value)])
            if name == "ASSERT" and value[0] > 0:
                here = self.low, self.high
                self._items(value[1])
                self._flush()
                self.low, self.high = here
            elif name == "AT" or name.startswith("ASSERT"):
                continue
            elif name == "SUBPATTERN" and not known:
                self._items(value[3])
            else:
                self._item(op, value, known)

    def _item(self, op: Any, value: Any, known: list[str]) -> None:
        many = len(self.runs) * len(known) > _MOST or (len(known) > 1 and min(map(len, self.runs)) >= _ENOUGH)
        if many or not known:
            self._flush()
        if known:
            if self.runs == [""]:
                self.at = self.low, self.high
            self.runs = [run + text for run in self.runs for text in known]
        elif str(op) == "BRANCH":
            rows = [_Required(self.low, self.high).walk(branch).best for branch in value[1]]
            if all(rows):
                self._offer(tuple(key for row in rows for key in row))
        elif str(op).endswith("REPEAT") and value[0] > 0:
            self._offer(_Required(self.low, self.high).walk(value[2]).best)
        least, most = _width(op, value)
        self.low += least
        self.high = -1 if self.high < 0 or most > 64 else self.high + most

    def _flush(self) -> None:
        if all(self.runs):
            self._offer((("\n".join(dict.fromkeys(self.runs)), *self.at),))
        self.runs = [""]

    @property
    def best(self) -> tuple[Key, ...]:
        return max(self.groups, key=_worth, default=())

    def _offer(self, rows: tuple[Key, ...]) -> None:
        by_place: dict[tuple[int, int], list[str]] = {}
        for texts, *place in rows:
            by_place.setdefault((place[0], place[1]), []).append(texts)
        if rows:
            self.groups.append(tuple(("\n".join(texts), *place) for place, texts in by_place.items()))


def _worth(rows: tuple[Key, ...]) -> tuple[int, bool, int]:
    texts = _literals(rows)
    return min(min(map(len, texts)), _ENOUGH), all(low == high for _, low, high in rows), -len(texts)


def _texts(tree: Any) -> list[str]:
    """Return every text (folded) that a parsed sequence can match, or none where they are too many to say."""
    found = [""]
    for op, value in tree:
        name = str(op)
        if name == "LITERAL":
            rows = [fold(chr(value))] if value != 10 else []
        elif name == "IN":
            rows = [fold(chr(v)) for _, v in value] if all(str(o) == "LITERAL" and v != 10 for o, v in value) else []
        elif name == "SUBPATTERN":
            rows = _texts(value[3])
        elif name == "BRANCH":
            parts = [_texts(branch) for branch in value[1]]
            rows = [text for part in parts for text in part] if all(parts) else []
        elif name in ("MAX_REPEAT", "MIN_REPEAT") and value[:2] == (0, 1):
            part = _texts(value[2])
            rows = ["", *part] if part else []
        else:
            rows = [""] if name == "AT" or name.startswith("ASSERT") else []
        found = list(dict.fromkeys(text + row for text in found for row in rows))
        if not 0 < len(found) <= _MOST:
            return []
    return found


def _width(op: Any, value: Any) -> tuple[int, int]:
    tools = parser()
    pattern = tools.SubPattern(tools.State(), [(op, value)])
    return tuple(int(x) for x in pattern.getwidth())  # type: ignore[return-value]
