"""Rules of kind `state`: a line of the head that states a fact, and may leave the body for front matter."""

from collections.abc import Iterable, Mapping, Sequence

from cleanup.document import Cast, Document
from cleanup.findings import Fact, Finding, Found, Kind, Rule
from cleanup.kinds.heads import dates, lines, names, places, target
from cleanup.kinds.keyed import below_keys, header, keys
from cleanup.kinds.patterns import texts
from cleanup.kinds.titled import KEYED, SAYS, STATED, said, short, title
from cleanup.units import Unit, units, whole

_HEAD = 30
"""Units that may be the head."""
_HEADING, _WEAK = 60, 39
"""What a heading weighs as a title, and what a guess may."""
_LINKED = 5
"""What it weighs that a title is a link to where the talk stands."""


def find(document: Document, cast: Cast, facts: Iterable[Fact], rules: tuple[Rule, ...]) -> Found:
    """Read the head: units before the first label, at most thirty.

    A fact that is already known (front matter, a page of ours) is not looked for again. What stands
    behind the first time of captions is said.
    """
    found = Found()
    if document.ours:
        return found
    rows = units(document)
    head = _Head(_above(document, rows), rows, _known(document, facts))
    for rule in sorted(rules, key=lambda rule: _ORDER.index(str(rule.fields["form"]))):
        form = str(rule.fields["form"])
        weight = int(str(rule.fields.get("weight", 50)))
        for unit, key, value, start, end in list(_FORMS[form](document, head.left(form), rows, rule, set(head.known))):
            if value:
                found.facts.append(Fact(key, value, rule.id, start, end, weight))
            if form == "title" and document.format.name == "markdown" and (address := target(document, unit)):
                found.facts.append(Fact("address", address, rule.id, start, end, _LINKED))
            if form != "keys":
                head.known.add(key)
            elif key == "title" and weight > _WEAK:
                head.known.add(KEYED)
            moves = rule.fields.get("moves") is True
            head.take(form, unit, value, moves=moves)
            whole_form = form in ("title", "header")
            if moves and (whole_form or unit.block[0] != "h") and "/" not in unit.block and unit.block != "table":
                _move(document, found, rule, unit, f"“{value}” becomes `{key}` in front matter")
    return found


def _known(document: Document, facts: Iterable[Fact]) -> set[str]:
    """Return the keys of facts that need not be looked for."""
    facts = list(facts)
    known = {fact.key for fact in facts if fact.weight}
    if document.format.name == "html":  # its head states a title too, but a heading weighs more
        weight = max((fact.weight for fact in facts if fact.key == "title"), default=0)
        known -= {"title"} if weight < _HEADING else set()
        told = any(fact.key == "title" and not SAYS.search(fact.value) for fact in facts)
        known |= {STATED} if weight > _WEAK or told else set()
    return known


def _above(document: Document, rows: Sequence[Unit]) -> list[Unit]:
    """Return the units above the first label, and above the first time of captions."""
    label = next((part.start for part in document.parts if part.kind == "label"), len(document.text))
    labelled = next((i for i, unit in enumerate(rows) if unit.start > label), len(rows))
    spoken = said(document)
    return [
        unit
        for unit in rows[: min(_HEAD, labelled)]
        if not document.timed or (unit.start < spoken and unit.block[0] != "h")
    ]


class _Head:
    """The head of a page while it is read: what is known, and which lines say what."""

    def __init__(self, lines: list[Unit], rows: Sequence[Unit], known: set[str]) -> None:
        self.lines, self.rows, self.known = lines, rows, known
        self.claimed: set[int] = set()
        self.keyed: set[int] = set()  # a key line may state several facts; the other forms pass it over
        self.lined: set[int] = set()  # lines that describe where a talk was printed
        self.printed: set[int] = set()  # those of them that stay may say when, too
        self.signed: set[int] = set()  # a title with the publisher behind it, or a show in capitals

    def left(self, form: str) -> list[Unit]:
        """Return the lines that a form may still read."""
        also = {"date": self.lined, "line": self.printed, "title": self.signed}.get(form, set[int]())
        passed = self.claimed if form == "keys" else (self.claimed | self.keyed) - also
        if form == "title":
            passed |= below_keys(self.lines, self.keyed)
        left = [unit for unit in self.lines if unit.first not in passed]
        if form == "title" and len(left) > 1 and left[0].first in self.printed and _below(left[0], left[1]):
            return left[1:]  # `# Harbour Radio`, and under it `## The ferry talks`
        first = self.lines[0] if form == "title" and self.lines else None
        if first and first.first in self.printed - self.signed and not any(short(u, self.rows) for u in left[:1]):
            left = [first, *left]  # says where a talk was printed, and stays: nothing else is its title
        return left

    def take(self, form: str, unit: Unit, value: str, *, moves: bool) -> None:
        """Note that a form has read a line."""
        if form == "line":
            self.lined.add(unit.first)
            self.printed |= set() if moves else {unit.first}
            if len(self.lines) == 1 or unit.text.isupper() or unit.text.strip().endswith(f"| {value}"):
                self.signed.add(unit.first)
        if form == "keys":
            self.keyed.add(unit.first)  # a heading too: front matter that is none may look like one
        elif form in ("title", "header") or unit.block[0] != "h":
            self.claimed.add(unit.first)


def _below(upper: Unit, lower: Unit) -> bool:
    """Say whether the second of two headings tells what a talk is about."""
    ranks = upper.block[0] == lower.block[0] == "h" and upper.block < lower.block
    return ranks and " " in lower.text.strip() and not SAYS.search(lower.text)


def _move(document: Document, found: Found, rule: Rule, unit: Unit, message: str) -> None:
    """Have a line leave the body, once."""
    if not any(f.start <= unit.start < f.end for f in found.findings):
        edit = whole(document, unit)
        found.findings.append(
            Finding(rule.id, rule.message or message, edit.start, edit.end, (edit,), rule.level, "moved")
        )


_FORMS = {"header": header, "title": title, "date": dates, "keys": keys, "line": lines, "names": names, "place": places}
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
