"""What lines of a head say: a day, a place, who publishes, who speaks."""

from collections.abc import Iterator, Sequence
from itertools import islice

from cleanup.dates import date, months
from cleanup.document import Document
from cleanup.findings import Rule
from cleanup.kinds.keyed import Claim
from cleanup.kinds.patterns import texts
from cleanup.kinds.titled import opens, short
from cleanup.matching import compiled
from cleanup.regexes import late
from cleanup.units import Unit, fold, units

_BESIDE, _LETTERED, _DIGIT = late(r"[^\W\d_]+|:(?!\d)"), late(r"[^\W\d_]+"), late(r"[\d(]")
_SAID = late(r"\w['’](?:s|m|re|ll|ve|d)\b|[a-z]{3}[.!?]$")
_LAST = 120
"""Characters of a last line that says whose a talk is."""
_NAMED = 4
"""Names that a line of a head may have beside a day or a place."""
_COMPOUND = 15
"""Letters of a word that is a title by itself: `Regierungspressekonferenz vom 6. Mai 2021`."""
_OPEN = (".", "?", "!", ":", ",", ";", "…", "—", "。", "，", "！", "？")
_NOTES = 30
"""Notes that are looked at."""


def dates(
    document: Document, head: Sequence[Unit], rows: Sequence[Unit], rule: Rule, known: set[str]
) -> Iterator[Claim]:
    """Take a line that is a date and nothing else but a weekday, a clock or a place name."""
    table = {"months": rule.fields["months"]}
    known_words = {word.casefold() for word in texts(rule, "keys")}
    later = {word.casefold() for word in texts(rule, "among")}  # the day of a change is not that of the talk
    never = "|".join(texts(rule, "patterns"))
    for unit in sorted(head, key=lambda unit: not later.isdisjoint(unit.text.casefold().split())):
        text = unit.text
        found = date(text, table) if len(text) < 120 else None
        if not found or compiled(never, case=False, own=rule.own).search(text):
            continue
        rest = _BESIDE.findall(text[: found[1]] + text[found[2] :])
        beside = [word for word in rest if word.casefold() not in known_words]
        compound = any(len(word) > (_COMPOUND if max(word) < "\u3040" else _NAMED + 2) for word in beside)
        below = any(short(other, rows) or other.block[0] == "h" for other in head[1:3])
        if unit is head[0] and (compound or (len(beside) > 1 and not below)):
            continue  # a title with a date in it
        said = _SAID.search(text.strip())
        lower = sum(map(str.islower, beside))
        few = lower < 3 - text.rstrip().endswith(".") and len(beside) <= (
            _NAMED if max(text) < "\u3040" else 2 * _NAMED
        )
        if ":" not in beside and not said and (few or all(word[0].isupper() for word in beside)):
            yield unit, "date", found[0], unit.start, unit.end


def lines(
    document: Document, head: Sequence[Unit], rows: Sequence[Unit], rule: Rule, known: set[str]
) -> Iterator[Claim]:
    """Take lines that a pattern describes whole: a letterhead that names who publishes, a note that says what this is."""
    if rule.fields["gives"] == "address" and document.format.name == "html":
        return  # a page says in its head where it stands
    gives, table = str(rule.fields["gives"]), {"months": rule.fields.get("months")}
    linked = {word.casefold() for word in texts(rule, "among")} if document.format.name == "markdown" else set()
    notes = () if rule.fields.get("moves") is True else document.within(frozenset({"note"}))
    beside = (
        Unit(part.start, part.end, document.words(part), part.block, False, -1, -1) for part in islice(notes, _NOTES)
    )
    around = units(document, asides=True)  # goes as part of the page, and says whose it is
    last = rows[-1] if rows and not document.timed else None
    foot = (
        [last]
        if last and not last.labelled and last.first > (head[-1].first if head else -1) and len(last.text) < _LAST
        else []
    )
    if foot and document.text.count("\n", rows[-2].end if len(rows) > 1 else 0, foot[0].start) < 2:
        foot = []
    lines = [*head, *foot, *beside, *around]
    patterns = [compiled(text, case=rule.cased(text), own=rule.own) for text in texts(rule, "patterns") if lines]
    for unit in lines:
        text = unit.text.strip()
        for match in filter(None, (pattern.fullmatch(text) for pattern in patterns)):
            value = match.groupdict().get("name") or match[0]
            if gives != "date" or date(value, table):
                yield unit, gives, value, unit.start, unit.end
        if unit.text.strip(" :.").casefold() in linked and (address := target(document, unit)):
            yield unit, gives, address, unit.start, unit.end


def target(document: Document, unit: Unit) -> str:
    """Return where a link of Markdown leads that is all of a line: `[Original](https://…)`."""
    behind = document.parts[unit.last] if unit.last < len(document.parts) else None
    match = _LINK.match(document.text, behind.start, behind.end) if behind and behind.kind == "mark" else None
    return match[1] if match else ""


_LINK = late(r"\]\(<?(https?://[^\s<>()]+)")


def places(
    document: Document, head: Sequence[Unit], rows: Sequence[Unit], rule: Rule, known: set[str]
) -> Iterator[Claim]:
    """Take datelines: short lines of names and numbers between a stated title or date and the first words.

    Where no label shows where the speech begins, only a number, a bracket, capitals or
    many names tell them from its first line.
    """
    bare, never = not any(unit.labelled for unit in rows), {word.casefold() for word in texts(rule, "keys")}
    if not known & {"title", "date"} and len(head) == len(rows):
        return
    for unit in head:
        text = unit.text.strip()
        words = _LETTERED.findall(text)
        if (
            unit.block not in ("p", "other")
            or len(text) > 70
            or (text.endswith(_OPEN) and not text.endswith(".M."))
            or (
                bare
                and sum(len(word) > 3 for word in words) < _NAMED
                and not text.isupper()
                and not _DIGIT.search(text)
            )
            or opens(unit, rule)
        ):
            return
        if not words or not all(word[0].isupper() or len(word) < 4 for word in words) or not words[0][0].isupper():
            return
        if unit is rows[-1] or unit.labelled:
            return
        folded = {word.casefold() for word in words}
        if not folded <= never and not folded <= months({"months": rule.fields.get("months")}).keys():
            yield unit, "place", text, unit.start, unit.end


def names(
    document: Document, head: Sequence[Unit], rows: Sequence[Unit], rule: Rule, known: set[str]
) -> Iterator[Claim]:
    """Take lines that list who speaks below, two or more, and nobody else."""
    labels = {fold(part.form) for part in document.parts if part.kind == "label" and part.form}
    for unit in head:
        names = _LISTED.split(unit.text.strip())
        if not unit.labelled and len(names) > 1 and labels.issuperset(map(fold, names)):
            for name in names:
                yield unit, "people", name.strip(), unit.start, unit.end


_LISTED = late(r"\s*(?:,(?: and)?|;|·|\||&|\b(?:and|und|et|y|e|en|och|og)\b)\s+")
