"""Noises in brackets and times of day on the tape: what stands in a transcript and is not said."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

_BRACKETS = re.compile(r"\\?([\[(（【])((?:[^\[\]()（）【】\\\n]|\\[^\[\]()\n]){1,120})\\?([\])）】])")
_PAIRS = {"[": "]", "(": ")", "（": "）", "【": "】"}
_TOKEN = re.compile(r"[^\W_]+")
_DOTS = re.compile(r"\s*[.…][.…\s]*")
_MUSIC = re.compile(r"\s*[♪♫♬][♪♫♬\s]*")
_CLOCK = r"(?:\d{1,2}:)?\d{1,3}:\d\d(?:[.,]\d{1,3})?"
_BRACKETED = re.compile(rf"\\?[\[(（]\s*({_CLOCK})(?:\s*(?:-->|-|–|—|to)\s*{_CLOCK})?\s*\\?[\])）]")
_LEADING = re.compile(rf"^[ \t\xa0]*({_CLOCK})(?:\s*(?:-->|-|–)\s*{_CLOCK})?(?=[ \t\xa0]+\S|[ \t]*$)", re.MULTILINE)
_TRAILING = re.compile(rf"^[ \t]*([^\W\d_][^\n:]{{0,58}}?:?)([ \t\xa0]+)({_CLOCK})[ \t]*$", re.MULTILINE)
_BOLD = re.compile(rf"^(?:\*\*|__)[^*_\n]{{1,60}}(?:\*\*|__):?[ \t\xa0]+({_CLOCK})(?=\s|$)", re.MULTILINE)
_FEW = 3


@dataclass(frozen=True, slots=True)
class Sounds:
    """Recognises sounds in brackets by the words of a table, in any of its languages.

    `[laughs]`, `(SOUNDBITE OF MUSIC)` and `(12 seconds pause)` are sounds: they begin or end with
    such a word, and are short or in capitals. `(I think so)` is speech.
    """

    words: frozenset[str]
    phrases: frozenset[str]

    @staticmethod
    def of(table: Mapping[str, object]) -> "Sounds":
        """Make the recogniser of a table `{words: {language: [...]}, phrases: {…}}`."""
        return Sounds(_words(table.get("words")), _words(table.get("phrases")))

    def is_sound(self, inner: str) -> bool:
        """Say whether the inside of a pair of brackets is a sound."""
        if _DOTS.fullmatch(inner) or _MUSIC.fullmatch(inner):
            return True
        folded = inner.casefold()
        tokens = _TOKEN.findall(folded)
        if not tokens:
            return False
        if " ".join(tokens) in self.phrases:
            return True
        capitals = inner.upper() == inner and inner.lower() != inner
        edge = tokens[0] in self.words or tokens[-1] in self.words
        if capitals:
            return len(tokens) <= 16 and (edge or not self.words.isdisjoint(tokens))
        return edge and len(tokens) <= (8 if tokens[0] in self.words else 5)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of sounds, brackets and their escapes included."""
        for match in _BRACKETS.finditer(text):
            if _PAIRS.get(match[1]) == match[3] and self.is_sound(match[2]):
                yield match.span()


@lru_cache(maxsize=8)
def _flat(rows: tuple[str, ...]) -> frozenset[str]:
    return frozenset(row.casefold() for row in rows)


def _words(table: object) -> frozenset[str]:
    rows = table.values() if isinstance(table, Mapping) else ()
    return _flat(tuple(str(word) for row in rows if isinstance(row, list) for word in row))


def milliseconds(clock: str) -> int:
    """Return the time of a clock (`1:02:03.5`, `0:18`) in whole milliseconds."""
    main, _, rest = clock.replace(",", ".").partition(".")
    seconds = 0
    for field in main.split(":"):
        seconds = seconds * 60 + int(field)
    return seconds * 1000 + int((rest + "000")[:3] if rest else 0)


def stamps(text: str, *, bare: bool = True) -> list[tuple[int, int, int]]:
    """Return (start, end, milliseconds) of all times that belong to the transcript, not to speech.

    In brackets always; `bare` ones only at the start of a line where several lines have one, or at
    its end behind what looks like a name.
    """
    found = [(m.start(), m.end(), milliseconds(m[1])) for m in _BRACKETED.finditer(text)]
    if not bare:
        return found
    leading = list(_LEADING.finditer(text))
    many = len(leading) >= _FEW
    found += [(m.start(1), m.end(), milliseconds(m[1])) for m in leading if many or _alone(text, m)]
    trailing = [m for m in _TRAILING.finditer(text) if _namelike(m[1])]
    if len(trailing) >= _FEW or any(len(m[2]) > 1 or m[1].endswith(":") for m in trailing):
        found += [(m.start(3), m.end(3), milliseconds(m[3])) for m in trailing]
    bold = list(_BOLD.finditer(text))
    if len(bold) >= _FEW:
        found += [(m.start(1), m.end(1), milliseconds(m[1])) for m in bold]
    found.sort()
    return [row for i, row in enumerate(found) if not i or row[0] >= found[i - 1][1]]


def _alone(text: str, match: "re.Match[str]") -> bool:
    """Say whether a full clock (`0:01:12`) has a line to itself."""
    return match[1].count(":") == 2 and text[match.end() : match.end() + 40].split("\n")[0].strip() == ""


def _namelike(text: str) -> bool:
    words = text.rstrip(":").split()
    return 0 < len(words) <= 6 and not text.endswith((".", "?", "!", ","))


@dataclass(frozen=True, slots=True)
class Atoms:
    """The sounds and stamps of one text, to be looked up by place."""

    starts: tuple[int, ...]
    rows: tuple[tuple[int, int, str, int | None], ...]

    @staticmethod
    def of(text: str, sounds: Sounds, *, bare: bool = True) -> "Atoms":
        """Find all sounds and stamps; where they meet, the stamp wins. A page of ours has no bare times."""
        times = stamps(text, bare=bare)
        taken = [row[0] for row in times]
        rows: list[tuple[int, int, str, int | None]] = [(a, b, "stamp", at) for a, b, at in times]
        for start, end in sounds.find(text):
            at = bisect_left(taken, end)
            if not (at and times[at - 1][1] > start):
                rows.append((start, end, "sound", None))
        rows.sort()
        return Atoms(tuple(row[0] for row in rows), tuple(rows))

    def within(self, start: int, end: int) -> Iterator[tuple[int, int, str, int | None]]:
        """Yield the sounds and stamps that lie wholly in a span."""
        at = bisect_left(self.starts, start)
        while at < len(self.rows) and self.rows[at][0] < end:
            if self.rows[at][1] <= end:
                yield self.rows[at]
            at += 1

    def at(self, start: int) -> tuple[int, int, str, int | None] | None:
        """Return what starts at a place."""
        at = bisect_left(self.starts, start)
        return self.rows[at] if at < len(self.rows) and self.starts[at] == start else None
