"""Names and terms counted over an archive: who speaks, which spellings are one, and what people have corrected."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from cleanup.kinds.consistent import near
from cleanup.script import Block
from cleanup.yamlfile import quoted

WORD = re.compile(r"[^\W_]+(?:['’\-.][^\W_]+)*")
_LONGEST = 4
_PRECISE = 0.7
_CONTEXT = 12
_NAME = 5
_OFTEN = 4
"""Letters of a name, and how many times more often the other spelling stands."""
_SHORT = 4
"""Letters; shorter words of ordinary language stand everywhere, and no context tells their places apart."""
_POSSESSIVE = re.compile(r"['’]s?\Z")
_STARTS = frozenset(".?!\n:“\"'‘(")
_CAPITAL = re.compile(r"[^\W\d_]*[A-ZÀ-Þ]")


class Turn(NamedTuple):
    """What one turn said in the raw file, and what its page says."""

    raw: str
    page: str
    file: str


class Correction(NamedTuple):
    """Words that people have put in place of others: how often, in how many files, and how often they let them stand.

    `context` are words of which one stands in the same turn wherever it was corrected; empty where none is needed.
    """

    variant: str
    term: str
    times: int
    files: int
    kept: int
    context: tuple[str, ...]
    example: str


def turns(raw: Sequence[Block], page: Sequence[Block], file: str) -> Iterator[Turn]:
    """Yield what was said beside what its page says; where turns were cut in another way, those between two equal ones."""
    old, new = ([block.text for block in side if block.kind == "turn"] for side in (raw, page))
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if a2 - a1 == b2 - b1:
            yield from (Turn(a, b, file) for a, b in zip(old[a1:a2], new[b1:b2], strict=True))
        elif tag == "replace":
            yield Turn("\n".join(old[a1:a2]), "\n".join(new[b1:b2]), file)


def spellings(turns: Sequence[Turn]) -> Iterator[Correction]:
    """Yield rare spellings of names beside the one that the pages mostly have: one letter apart, and no word of ordinary language."""
    seen: dict[str, list[Turn]] = defaultdict(list)
    ordinary: set[str] = set()
    for turn in turns:
        for match in WORD.finditer(turn.page):
            word = _POSSESSIVE.sub("", match[0])
            if not _CAPITAL.match(word):
                ordinary.add(word)
            elif len(word) >= _NAME and match.start() > 1 and turn.page[match.start() - 2] not in _STARTS:
                seen[word].append(turn)
    by_start: dict[str, list[str]] = defaultdict(list)
    for word in seen:
        by_start[word[:2].casefold()].append(word)
    for rare, places in seen.items():
        common = [
            word for word in by_start[rare[:2].casefold()]
            if len(seen[word]) >= _OFTEN * len(places) and word != rare and near(rare.casefold(), word.casefold())
        ]  # fmt: skip
        if len(common) == 1 and rare.casefold() not in ordinary:
            files = len({turn.file for turn in places})
            yield Correction(rare, common[0], 0, files, len(places), (), _around(places[0].page, rare))


def glossary(rows: Iterable[Correction]) -> str:
    """Return a glossary for a person to read; every text is a JSON string, which YAML reads as it is."""
    groups: dict[tuple[str, tuple[str, ...]], list[Correction]] = defaultdict(list)
    for row in rows:
        groups[row.term, row.context].append(row)
    lines = [
        "# Read each entry, delete what is wrong, and name this file under `rules:` in cleanup.yaml.",
        "glossary: archive", "terms:" if groups else "terms: []",
    ]  # fmt: skip
    for (term, context), own in groups.items():
        lines += [f"  - term: {quoted(term)}", "    variants:"]
        for row in own:
            where = f"{row.files} file{'s' * (row.files != 1)}"
            stands = f"stands {row.kept}× in {where}" if row.kept else "spelt alike"
            counted = f"put right {row.times}× in {where}, let stand {row.kept}×" if row.times else stands
            lines.append(f"      - {quoted(row.variant)}  # {counted}: {' '.join(row.example.split())}")
        lines += [f"    context: {quoted(list(context))}"] if context else []
    return "\n".join(lines) + "\n"


def corrections(turns: Sequence[Turn]) -> list[Correction]:
    """Return the corrections of an archive that would have been right in most places, the most frequent first.

    A variant that is a word of ordinary language, or that people mostly let stand, is only taken
    with context words; where no context tells the places apart, it is left out.
    """
    made: dict[tuple[str, str], list[Turn]] = defaultdict(list)
    for turn in turns:
        for old, new in changed(turn.raw, turn.page):
            made[old, new].append(turn)
    stands = _standing(turns, {old for old, _ in made})
    ordinary = {word for turn in turns for word in WORD.findall(turn.page) if not _CAPITAL.match(word)}
    found: list[Correction] = []
    for (old, new), places in made.items():
        kept = [turn for turn in stands[old] if turn not in places]
        plain = old in ordinary or old.casefold() in ordinary or not _CAPITAL.match(old)
        context: tuple[str, ...] = ()
        if plain or len(places) < _PRECISE * (len(places) + len(kept)):
            context = _context(old, places, kept) if len(old) >= _SHORT else ()
            if not context:
                continue
        files = len({turn.file for turn in places})
        found.append(Correction(old, new, len(places), files, len(kept), context, _around(places[0].raw, old)))
    best: dict[str, Correction] = {}
    for row in sorted(found, key=lambda row: (-row.times, row.variant, row.term)):
        best.setdefault(row.variant, row)  # one variant has one term: the one that was put there most often
    said = {word for turn in turns for word in WORD.findall(turn.page)}
    for row in list(best.values()):
        for variant, term in _akin(row):
            if variant not in said:
                best.setdefault(variant, row._replace(variant=variant, term=term, times=0, context=()))
    return list(best.values())


def _akin(row: Correction) -> Iterator[tuple[str, str]]:
    """Yield spellings that nobody has corrected yet, and are wrong all the same: another case of an unusual term, and its plural."""
    old, new = row.variant, row.term
    if " " in old + new:
        return
    if any(letter.isupper() for letter in new[1:]):
        yield from ((other, new) for other in (new.upper(), new.lower(), new.capitalize()) if other != new)
    if not row.context and old[-1:] == new[-1:] == "s":
        yield old[:-1], new[:-1]
    elif not row.context and "s" not in (old[-1:], new[-1:]):
        yield old + "s", new + "s"


def changed(raw: str, page: str) -> Iterator[tuple[str, str]]:
    """Yield the words that differ, with as few neighbours as may be; what was only left out or put in is no spelling."""
    old, new = WORD.findall(raw), WORD.findall(page)
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace" and a2 - a1 <= _LONGEST and b2 - b1 <= _LONGEST:
            if a2 - a1 == b2 - b1:
                yield from zip(old[a1:a2], new[b1:b2], strict=True)
            else:
                yield " ".join(old[a1:a2]), " ".join(new[b1:b2])


def _standing(turns: Iterable[Turn], wanted: set[str]) -> Mapping[str, list[Turn]]:
    """Return the turns whose page still holds each of the wanted words."""
    found: dict[str, list[Turn]] = defaultdict(list)
    for turn in turns:
        words = WORD.findall(turn.page)
        for size in range(1, _LONGEST + 1):
            for piece in {" ".join(words[i : i + size]) for i in range(len(words) - size + 1)} & wanted:
                found[piece].append(turn)
    return found


def _context(old: str, places: Sequence[Turn], kept: Sequence[Turn]) -> tuple[str, ...]:
    """Return words that stand near a variant where it was corrected, and never where it was let stand."""
    own = set(WORD.findall(old.casefold()))
    near = Counter(word for turn in places for word in set(WORD.findall(turn.raw.casefold())) - own if len(word) > 3)
    never = {word for turn in kept for word in WORD.findall(turn.raw.casefold())}
    rows = [(word, count) for word, count in near.most_common() if word not in never and count > 1]
    return tuple(word for word, _ in rows[:_CONTEXT])


def _around(text: str, words: str) -> str:
    at = max(0, text.find(words))
    return " ".join(text[max(0, at - 40) : at + len(words) + 40].split())
