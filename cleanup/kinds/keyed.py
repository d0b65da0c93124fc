"""Keys and values in the head of a transcript: `Date: 2 May 2018`, in the ways of many programs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from cleanup.dates import date
from cleanup.document import Document
from cleanup.findings import Rule
from cleanup.kinds.patterns import texts
from cleanup.meanings import Meanings
from cleanup.regexes import late
from cleanup.units import Unit

Claim = tuple[Unit, str, str, int, int]
"""A line, the fact that it states, its value, and where that stands."""
_TAIL = 12
_TAILED = ("date", "source.name")
"""What keys state under a text too."""


def keys(
    document: Document, head: Sequence[Unit], rows: Sequence[Unit], rule: Rule, known: set[str]
) -> Iterator[Claim]:
    """Take `Key: value` lines, also several that run together (`Show: X SHOWDate: 2 May 2018`)."""
    names, gives = texts(rule, "keys"), str(rule.fields["gives"])
    alone, folded = {name.upper() for name in names}, {name.casefold() for name in names}
    table = {"months": rule.fields.get("months")}
    for unit, below in pairwise(head):
        key = unit.text.strip(" :*")
        if unit.block == below.block == "table" and key.casefold() in folded and _row(document, unit, below):
            yield from _valued(below, gives, below.text.strip(), table)
        # Otter sets a key in capitals above its value
        if unit.text.strip() in alone and not unit.labelled and document.text.count("\n", unit.end, below.start) == 1:
            for piece in below.text.strip().split(", ") if gives == "tags" else [below.text.strip()]:
                yield below, gives, piece, below.start, below.end
            yield unit, gives, "", unit.start, unit.end
    head = [unit for unit in head if _SIGN.search(unit.text)]
    tail = [unit for unit in rows[-_TAIL:] if not unit.labelled and _SIGN.search(unit.text)] if gives in _TAILED else []
    lines = [*head, *(unit for unit in tail if unit.first > (head[-1].first if head else -1))]
    lines = [unit for unit in lines if any(map(unit.text.casefold().__contains__, folded))]
    if not lines:
        return  # before the patterns are compiled: most files have none of these keys
    pattern = re.compile(
        rf"(?:^|(?<=[^\s])|(?<=\| )|(?<=; )|(?<=[·•] ))({'|'.join(map(re.escape, names))})(?:\s?[:：]|\]|\s+=)\s*",
        re.IGNORECASE,
    )
    everything = re.compile(rf"(?:{'|'.join(map(re.escape, _every(rule)))})(?:\s?[:：]|\]|\s+=)", re.IGNORECASE)
    for unit in lines:
        lead = len(unit.text) - len(unit.text.lstrip("*_ #+:|[@%"))  # of Org, reStructuredText, MediaWiki
        match = pattern.search(unit.text, lead)
        if not match or not everything.match(unit.text, lead):
            continue
        stop = everything.search(unit.text, match.end())
        value = unit.text[match.end() : stop.start() if stop else len(unit.text)].strip(" |;·•*_\xa0")
        yield from _valued(unit, gives, value, table)


_SIGN = late(r"[:：\]=]")


def _valued(unit: Unit, gives: str, value: str, table: Mapping[str, object]) -> Iterator[Claim]:
    """Yield what stands behind a key; of a day only what is one, and an address only where one is asked for."""
    if gives == "date":
        day = date(value, table, compact=True)
        value = day[0] if day else ""
    value = value if gives == "address" else _LINKED.sub("", value)
    asked = value.endswith(("?", "!")) or (value.endswith(".") and _SENTENCE.search(value[:300]))
    asked = asked and gives == "people"  # `[Interviewer] When was that?`, `SPEAKER: Order. Question two.`
    if value and value.casefold() not in _NOTHING and not asked and (gives == "address" or "://" not in value):
        yield unit, gives, value, unit.start, unit.end


_SENTENCE = late(r"\w{3,20}\. |\b[a-zß-ÿ]{1,20} [a-zß-ÿ]{1,20} ")
_NOTHING = frozenset(
    "unknown none n/a na tbd - -- — – ? unbekannt inconnu inconnue desconocido desconocida desconhecido sconosciuto onbekend okänd nieznany неизвестно 不明 未知".split()
)
_LINKED = late(r"(?<=\w)\s+[(<\[]?https?://[^\s)>\]]{3,300}[)>\]]?\Z")
"""An address behind a name."""


def _row(document: Document, unit: Unit, below: Unit) -> bool:
    """Say whether two cells of a table stand in one row."""
    return (
        any(part.form == "cell" for part in document.parts[unit.last : below.first])
        and "\n" not in document.text[unit.end : below.start]
    )


def _every(rule: Rule) -> list[str]:
    return sorted({*texts(rule, "keys"), *texts(rule, "among")}, key=len, reverse=True)


def header(
    document: Document, head: Sequence[Unit], rows: Sequence[Unit], rule: Rule, known: set[str]
) -> Iterator[Claim]:
    """Take a header of `# Key: value` lines, three or more in a row, as front matter in another dress."""
    names, table = Meanings.of(rule.fields), {"months": rule.fields.get("months")}
    lines = [(unit, _HEADER.fullmatch(unit.text.strip())) for unit in head if unit.block in ("h1", "p")]
    run: list[tuple[Unit, re.Match[str]]] = []
    for unit, match in lines:
        if not match and run and unit.block == "p":
            break
        if match:
            run.append((unit, match))
    if run and not names.fact(_key(run[0][1])):
        run = run[1:]  # a first line with a colon in it is a title
    if len(run) < 3 or not all(unit.block == "h1" for unit, _ in run):
        return
    for unit, match in run:
        key = _key(match)
        fact, value = names.fact(key) or f"front.{key}", match[2].strip()
        if fact in ("date", "created"):
            day = date(value, table)
            fact, value = ("date", day[0]) if day else (f"front.{key}", value)
        if not fact.startswith("front.") and value.casefold() in _NOTHING:
            fact = f"front.{key}"
        yield unit, fact, value, unit.start, unit.end


def _key(match: "re.Match[str]") -> str:
    return match[1].strip().casefold().replace(" ", "_")


_HEADER = late(r"#?\s*([A-Z][\w /-]{1,30}?)\s*[:：]\s*(\S.*)")


def below_keys(head: Sequence[Unit], keyed: set[int]) -> set[int]:
    """Return the lines that look like keys below one that is known (`Meeting ID: 12`): none is a title."""
    found: set[int] = set()
    for above, unit in pairwise(head):
        if above.first in keyed | found and _KEY_LINE.match(unit.text):
            found.add(unit.first)
    return found


_KEY_LINE = late(r"\W{0,4}[A-Z][\w /-]{1,24}\W{0,3}[:：]\W{0,3}\s\S")
