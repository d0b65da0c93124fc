"""Rules of kind `consistent`: one name spelt two ways in a file."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from cleanup.document import Cast, Document
from cleanup.findings import Fact, Finding, Found, Kind, Level, Rule
from cleanup.regexes import late
from cleanup.view import View

_MANY = 40
_RARE, _OFTEN = 2, 4
_ALONE = late(r"[A-Z](?<![.?!:\n“\"'’*] .)(?<![\n“\"].)(?<!\w.)[a-zà-ÿ]{4,}(?![\w’'])")
_SOUNDS = tuple(
    (late(old), new)
    for old, new in (
        ("t?sch|tch|cz|ch", "c"), ("sh|sz|ş|š", "s"), ("kh|x", "h"), ("zh|ž", "z"), ("ph", "f"), ("w", "v"), ("ou|oo", "u"),
        ("(?:iy|yy|ij|ii|yi|ei|ey|y|i)$", "i"), ("[jy]", "i"), (r"(.)\1", r"\1"),
    )
)  # fmt: skip
"""How romanisations of one name differ: Chernov and Tschernow, Zhukov and Jukow are a step further and stay two."""

_NAME = late(r"([A-Z](?<![.?!\n“\"'’] .)(?<![\n“\"].)(?<!\w.)[a-zà-ÿ]{2,} )([A-Z][a-zà-ÿ]{3,})(?!\w)")
"""Not where a sentence begins. In both the capital stands first, so that the engine jumps from one to the next."""


def find(document: Document, cast: Cast, facts: Iterable[Fact], rules: tuple[Rule, ...]) -> Found:
    """Point at a surname that differs by one letter from one behind the same first name.

    Only a first name in common makes two spellings one person's; the rarer form is shown.
    """
    found = Found()
    alone = tuple(rule for rule in rules if rule.fields.get("alone") is True)
    rules = tuple(rule for rule in rules if rule not in alone)
    if not rules and not alone:
        return found
    view = View.of(document, frozenset({"words", "label"}))
    found.findings.extend(_alone(view, alone))
    seen: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], tuple[int, int]] = {}
    for match in _NAME.finditer(view.text):
        key = (match[1].strip(), match[2])
        seen[key] += 1
        first.setdefault(key, (match.start(2), match.end(2)))
    by_given: dict[tuple[str, str], list[str]] = {}
    for given, family in seen:
        by_given.setdefault((given, family[0]), []).append(family)
    for (given, _), families in sorted(by_given.items()):
        if len(families) > _MANY:
            continue  # that many are not one person, and comparing each with each would take long
        for rare in families:
            for common in families:
                if (seen[given, rare], rare) < (seen[given, common], common) and near(rare, common):
                    spans = view.spans(*first[given, rare])
                    message = f"“{given} {rare}” here, “{given} {common}” elsewhere in this file"
                    for rule in rules if spans else ():
                        found.findings.append(Finding(rule.id, message, spans[0][0], spans[-1][1], level=Level.REMARK))
    return found


def near(a: str, b: str) -> bool:
    """Say whether one letter was added, left out, changed or swapped, beyond a plural or genitive s."""
    if a + "s" == b or b + "s" == a or a[0] != b[0]:
        return False
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < 4:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or rest_a[1:] == rest_b[1:]
        or (rest_a[2:] == rest_b[2:] and rest_a[:2] == rest_b[:2][::-1])
    )


def _alone(view: View, rules: tuple[Rule, ...]) -> Iterator[Finding]:
    """Point at a name that stands once or twice in another transliteration than the one that recurs.

    One letter more or less would be too little evidence for names that stand alone: Hansen and Hanson are two.
    """
    if not rules:
        return
    first: dict[str, tuple[int, int]] = {}
    seen: Counter[str] = Counter()
    for match in _ALONE.finditer(view.text):
        seen[match[0]] += 1
        first.setdefault(match[0], match.span())
    by_sound: dict[str, list[str]] = {}
    for name in seen:
        by_sound.setdefault(_sound(name), []).append(name)
    for names in by_sound.values():
        common = max(names, key=lambda name: (seen[name], name))
        for rare in names:
            if rare != common and seen[rare] <= _RARE and seen[common] >= _OFTEN and rare.lower() not in view.text:
                start, end = view.spans(*first[rare])[0]
                message = f"“{rare}” here, “{common}” elsewhere in this file"
                yield from (Finding(rule.id, message, start, end, level=Level.REMARK) for rule in rules)


@lru_cache(maxsize=4096)
def _sound(name: str) -> str:
    """Return a name as its transliterations have it in common: Orlevsky, Orlewski and Orlevskiy are one."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    for old, new in _SOUNDS:
        plain = old.sub(new, plain)
    return plain


def _check(rule: Rule) -> None:
    if rule.level is not Level.REMARK:
        raise ValueError("a `consistent` rule only remarks: set `level: remark`")


KIND = Kind("consistent", frozenset(), frozenset({"alone"}), find, _check)
