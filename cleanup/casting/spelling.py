"""How names are written: what a name looks like in running text, and how one in capitals is spelt."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from cleanup.casting.forms import fold
from cleanup.casting.surnames import slots
from cleanup.regexes import late

_CAPITAL = "[^\\W\\d_a-zß-öø-ÿ]"
"""Any letter but a small Latin one; readers of a match see to other small letters. A set of all capitals takes `re` ten times as long to read."""
PARTICLES = tuple("van von de der den del la da dos bin al el di ten ter".split())
_WORD = rf"{_CAPITAL}[\w'-]{{0,40}}(?:’[\w'-]{{0,40}}){{0,3}}"
_TITLED = r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Rep|Sen|Gov|Gen|Rev|St)\.[ \xa0]){0,2}"
NAME = rf"(?<!\w){_TITLED}(?P<name>{_WORD}[ \xa0](?:(?:{_WORD}|{_CAPITAL}\.)[ \xa0])?(?:(?:{'|'.join(PARTICLES)})[ \xa0]){{0,2}}{_WORD})"
_FIRST = rf"(?P<first>{_CAPITAL}[a-zà-ÿ'’-]{{1,20}})"
_FULL = r"(?P<name>[^\W\d_]{2,20}[ \xa0](?:[^\W\d_]{2,20}[ \xa0])?[^\W\d_]{2,20})(?=[ \xa0]?(?:[,.;:!?،؛؟–—]|$))"
"""A name where letters have no case (Arabic, Hebrew, Persian): two or three words that a sign ends."""
SEQUENCE = late(rf"(?<!\w){_WORD}(?:[ \xa0](?:{_WORD}|{'|'.join(PARTICLES)}|[A-Z]\.)){{1,5}}")
_LATIN, _CYRILLIC = "[A-ZÀ-ÖØ-ÞĆČĐĘĚŁŃŇÓŐŘŚŠŤŮŰŽŹŻĄ]", "[А-ЯЁЂІЇЄҐ]"
_PLAIN = late(rf"(?:{_LATIN}+(?:-{_LATIN}+)*|{_CYRILLIC}+(?:-{_CYRILLIC}+)*)\.?")
_STUCK = ("MC", "MAC", "O'", "O’", "D'", "D’", "DE", "LA", "LE", "VAN", "VON", "DI", "DU", "ST")


def patterns(table: Mapping[str, object], group: str, languages: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """Return (kind, pattern) of the introductions or addresses of the table, names put in; no languages means all.

    `{name}` is a full name, `{first}` a first name, `{full}` a full name where letters have no case, and `{zh}`,
    `{ja}`, `{ko}` are a surname of the table with what may stand behind it.
    """
    tree: Any = table.get("introductions") or {}
    rows: Any = {"all": {"address": table.get("address") or ()}} if group == "address" else tree
    names = {"{name}": NAME, "{first}": _FIRST, "{full}": _FULL, **slots(table)}
    found: list[tuple[str, str]] = []
    for language, kinds in rows.items():
        for kind, texts in kinds.items() if not languages or language in languages else ():
            for text in texts if kind == group or (group == "said" and kind != "title") or group == "address" else ():
                for slot, pattern in names.items():
                    text = text.replace(slot, pattern)
                found.append((str(kind), text))
    return found


def cased(name: str, plain: frozenset[str] = frozenset()) -> str:
    """Write a name in capitals as names are written, only where that is safe; `MCCAIN` never becomes `Mccain`.

    `plain` are names that begin as if they had a second capital, and have none (`LARRY`, `STEWART`).
    """
    safe = (t.casefold() in plain or (_PLAIN.fullmatch(t) and not t.startswith(_STUCK)) for t in name.split())
    if name.upper() != name or not all(safe):
        return name
    return " ".join("-".join(piece.capitalize() for piece in token.split("-")) for token in name.split())


def spellings(text: str, wanted: set[str]) -> dict[str, str]:
    """Return how wanted names are spelt in running text, where they stand there not all in capitals."""
    found: dict[str, Counter[str]] = {}
    longest = max((len(name.split()) for name in wanted), default=0)
    for match in SEQUENCE.finditer(text):
        tokens = match[0].split()
        for size in range(2, min(longest, len(tokens)) + 1):
            for start in range(len(tokens) - size + 1):
                piece = " ".join(tokens[start : start + size])
                shouted = any(token.upper() == token and len(token) > 2 for token in piece.split())
                if not shouted and fold(piece) in wanted:
                    found.setdefault(fold(piece), Counter())[piece.removesuffix("’s").removesuffix("'s")] += 1
    return {name: max(counts, key=counts.__getitem__) for name, counts in found.items()}
