"""Rules of kind `state`: a line of the head that states a fact, and may leave the body for front matter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from cleanup.dates import date, months
from cleanup.document import Cast, Document
from cleanup.findings import Fact, Finding, Found, Kind, Rule
from cleanup.kinds.keyed import Claim, below_keys, header, keys
from cleanup.kinds.patterns import texts
from cleanup.kinds.titled import KEYED, SAYS, STATED, opens, said, short, title
from cleanup.matching import compiled
from cleanup.regexes import late
from cleanup.units import Unit, fold, units, whole

_BESIDE, _LETTERED, _DIGIT = late(r"[^\W\d_]+|:(?!\d)"), late(r"[^\W\d_]+"), late(r"[\d(]")
_SAID = late(r"\w['’](?:s|m|re|ll|ve|d)\b|[a-z]{3}[.!?]$")
_HEAD = 30
_HEADING, _WEAK = 60, 39
_LAST = 120
_LINKED = 5
"""What it weighs that a title is a link to where the talk stands."""
"""Characters of a last line that says whose a talk is."""
_NAMED = 4
_COMPOUND = 15
"""Letters of a word that is a title by itself: `Regierungspressekonferenz vom 6. Mai 2021`."""
_OPEN = (".", "?", "!", ":", ",", ";", "…", "—", "。", "，", "！", "？")


def find(document: Document, cast: Cast, facts: Iterable[Fact], rules: tuple[Rule, ...]) -> Found:
    """Read the head: units before the first label, at most thirty.

    A fact that is already known (front matter, a page of ours) is not looked for again. What stands
    behind the first time of captions is said.
    """
    found = Found()
    if document.ours:
        return found
    known = {fact.key for fact in facts if fact.weight}
    if document.format.name == "html":  # its head states a title too, but a heading weighs more
        weight = max((fact.weight for fact in facts if fact.key == "title"), default=0)
        known -= {"title"} if weight < _HEADING else set()
        told = any(fact.key == "title" and not SAYS.search(fact.value) for fact in facts)
        known |= {STATED} if weight > _WEAK or told else set()
    rows = units(document)
    label = next((part.start for part in document.parts if part.kind == "label"), len(document.text))
    labelled = next((i for i, unit in enumerate(rows) if unit.start > label), len(rows))
    spoken = said(document)
    head = [
        unit
        for unit in rows[: min(_HEAD, labelled)]
        if not document.timed or (unit.start < spoken and unit.block[0] != "h")
    ]
    claimed: set[int] = set()
    printed: set[int] = set()  # a line that says where a talk was printed and stays may say when, too
    lined: set[int] = set()  # such lines, and those that leave
    signed: set[int] = set()  # a title with the publisher behind it, or a show in capitals
    keyed: set[int] = set()  # a key line may state several facts; the other forms pass it over
    for rule in sorted(rules, key=lambda rule: _ORDER.index(str(rule.fields["form"]))):
        form = str(rule.fields["form"])
        also = lined if form == "date" else printed if form == "line" else signed if form == "title" else set[int]()
        passed = claimed if form == "keys" else (claimed | keyed) - also
        if form == "title":
            passed |= below_keys(head, keyed)
        left = [unit for unit in head if unit.first not in passed]
        if (
            form == "title"
            and head
            and head[0].first in printed - signed
            and not any(short(unit, rows) for unit in left[:1])
        ):
            left = [head[0], *left]  # says where a talk was printed, and stays: nothing else is its title
        for unit, key, value, start, end in list(_FORMS[form](document, left, rows, rule, known)):
            weight = int(str(rule.fields.get("weight", 50)))
            if value:
                found.facts.append(Fact(key, value, rule.id, start, end, weight))
            if form == "title" and document.format.name == "markdown" and (address := _target(document, unit)):
                found.facts.append(Fact("address", address, rule.id, start, end, _LINKED))
            known = known | {key} if form != "keys" else known | {KEYED} if key == "title" and weight > _WEAK else known
            if form == "line":
                lined.add(unit.first)
                printed |= {unit.first} if rule.fields.get("moves") is not True else set()
                signed |= (
                    {unit.first}
                    if len(head) == 1 or unit.text.isupper() or unit.text.strip().endswith(f"| {value}")
                    else set()
                )
            if form == "keys":
                keyed.add(unit.first)  # a heading too: front matter that is none may look like one
            elif form in ("title", "header") or unit.block[0] != "h":
                claimed.add(unit.first)
            if unit.block[0] == "h" and rule.fields.get("moves") is True and form not in ("title", "header"):
                continue
            if (
                rule.fields.get("moves") is True
                and "/" not in unit.block
                and unit.block != "table"
                and not any(f.start <= unit.start < f.end for f in found.findings)
            ):
                message = rule.message or f"“{value}” becomes `{key}` in front matter"
                edits = (whole(document, unit),)
                found.findings.append(
                    Finding(rule.id, message, edits[0].start, edits[0].end, edits, rule.level, "moved")
                )
    return found


def _dates(
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


def _lines(
    document: Document, head: Sequence[Unit], rows: Sequence[Unit], rule: Rule, known: set[str]
) -> Iterator[Claim]:
    """Take lines that a pattern describes whole: a letterhead that names who publishes, a note that says what this is."""
    if rule.fields["gives"] == "address" and document.format.name == "html":
        return  # a page says in its head where it stands
    gives, table = str(rule.fields["gives"]), {"months": rule.fields.get("months")}
    linked = {word.casefold() for word in texts(rule, "among")} if document.format.name == "markdown" else set()
    notes = () if rule.fields.get("moves") is True else document.within(frozenset({"note"}))
    beside = (
        Unit(part.start, part.end, document.words(part), part.block, False, -1, -1) for part in islice(notes, _HEAD)
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
        if unit.text.strip(" :.").casefold() in linked and (address := _target(document, unit)):
            yield unit, gives, address, unit.start, unit.end


def _target(document: Document, unit: Unit) -> str:
    """Return where a link of Markdown leads that is all of a line: `[Original](https://…)`."""
    behind = document.parts[unit.last] if unit.last < len(document.parts) else None
    match = _LINK.match(document.text, behind.start, behind.end) if behind and behind.kind == "mark" else None
    return match[1] if match else ""


_LINK = late(r"\]\(<?(https?://[^\s<>()]+)")


def _places(
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


def _names(
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


_FORMS = {
    "header": header,
    "title": title,
    "date": _dates,
    "keys": keys,
    "line": _lines,
    "names": _names,
    "place": _places,
}
_ORDER = ("header", "keys", "line", "date", "title", "names", "place")
"""A title is what is left when keys, letterhead and date are told apart; a dateline stands behind it."""


def _check(rule: Rule) -> None:
    form = rule.fields.get("form")
    if form not in _FORMS:
        raise ValueError(f"`form` is one of {', '.join(_FORMS)}")
    if form in ("line", "place") and not isinstance(rule.fields.get("gives"), str):
        raise ValueError(f"a `{form}` rule says which fact it `gives`")
    if form == "keys" and not (texts(rule, "keys") and isinstance(rule.fields.get("gives"), str)):
        raise ValueError("a `keys` rule has `keys` and the fact that it `gives`")
    if form == "date" and not isinstance(rule.fields.get("months"), Mapping):
        raise ValueError("a `date` rule has `months` by language")


KIND = Kind(
    "state",
    frozenset({"form"}),
    frozenset({"keys", "among", "patterns", "front", "gives", "moves", "months", "weight"}),
    find,
    _check,
)
