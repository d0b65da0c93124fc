"""Rules of kind `remove`: page furniture goes, and what it says may become a fact."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cleanup.document import Cast, Document
from cleanup.edits import Edit
from cleanup.findings import Fact, Finding, Found, Kind, Level, Rule
from cleanup.kinds.furniture import Book, Match, book
from cleanup.kinds.patterns import check_gives, hits
from cleanup.kinds.patterns import facts as given
from cleanup.regexes import late
from cleanup.units import Unit, fold, units, whole
from cleanup.view import View

_HEAD = 40
"""Units that can be the head of a page where no label says where the speech begins."""
_TWO = 100


_OPEN = (":", " af", " av", " by", " von", " door", " par", " por")
"""How the first line of a credit ends whose second has the name."""


def find(document: Document, cast: Cast, facts: Iterable[Fact], rules: tuple[Rule, ...]) -> Found:
    """Peel furniture off both ends, and take from the middle what names its origin.

    A line that a label opens is speech, whatever it says. The tail is peeled by all rules
    together: behind it only furniture, sounds and blanks may follow. In captions, where `Play`
    alone on a line is said, only rules count that say so (`captions: true`).
    """
    found = Found()
    if document.timed:
        rules = tuple(rule for rule in rules if rule.fields.get("captions") is True)
    if document.ours:  # what captions are signed with has gone; here an address may be what was said
        rules = tuple(rule for rule in rules if rule.fields.get("captions") is not True)
    rows = _gathered(document, book(rules, "ends")) if document.timed else units(document)
    taken: list[tuple[Unit, Match]] = [
        *_head(rows, rules),
        *(match for end in _ends(rows, cast.asides) for match in _tail(document, rows[:end], rules, cast.asides)),
        *_anywhere(rows, rules, timed=document.timed),
    ]
    done: set[int] = set()
    for unit, match in taken:
        if unit.first in done and match.start == 0 and match.end == len(unit.text):
            continue
        done.add(unit.first)
        entire = match.start == 0 and match.end == len(unit.text)
        edits = (whole(document, unit),) if entire else _partly(document, unit, match)
        if edits:
            _report(found, match.rule, match.groups, edits)
    ends = book(rules, "tail")
    for unit in units(document, asides=True):  # goes as part of the page, and may say whose page it is
        told = ends.whole(unit)
        if told:
            found.facts.extend(given(told.rule, told.groups, unit.start, unit.end))
    view = View.of(document, frozenset({"words", "asides"}))
    for rule, hit in hits(tuple(filter(_strays, rules)), view.text, "sentence"):
        cut = view.edit(hit.start, hit.end, "")
        if cut and not any(e.start >= f.start and e.end <= f.end for f in found.findings for e in cut):
            _report(found, rule, hit.groups, cut)
    return found


def _strays(rule: Rule) -> bool:
    return rule.fields.get("at", "anywhere") == "anywhere"


def _gathered(document: Document, ends: Book) -> Sequence[Unit]:
    """Return the lines of captions, and as one those that are furniture only together: `Untertitel von⏎Harbour Team`."""
    rows: list[Unit] = []
    for unit in units(document):
        last = rows[-1] if rows else None
        between = document.parts[last.last : unit.first] if last else ()
        if (
            last
            and len(between) == 1
            and between[0].form == "line"
            and (last.text.endswith(_OPEN) or not ends.whole(last))
        ):
            both = last._replace(end=unit.end, text=f"{last.text} {unit.text}", last=unit.last)
            if len(both.text) <= _TWO and ends.whole(both):
                rows[-1] = both
                continue
        rows.append(unit)
    return rows


def _report(found: Found, rule: Rule, groups: Mapping[str, str], edits: tuple[Edit, ...]) -> None:
    start, end = edits[0].start, edits[-1].end
    message = rule.message or "Page furniture, not speech"
    level = rule.level if rule.level is not Level.REMARK else Level.REMARK
    if not any(f.start == start and f.end == end for f in found.findings):
        found.findings.append(Finding(rule.id, message, start, end, edits, level, "removed"))
        found.facts.extend(given(rule, groups, start, end))


def _partly(document: Document, unit: Unit, match: Match) -> tuple[Edit, ...]:
    """Delete the end of a unit, where each character stands for itself."""
    if document.text[unit.start : unit.end] != unit.text:
        return ()
    start = unit.start + match.start
    while start > unit.start and document.text[start - 1] in " \xa0\t":
        start -= 1
    return (Edit(start, unit.start + match.end, ""),)


def _head(rows: Sequence[Unit], rules: tuple[Rule, ...]) -> Iterator[tuple[Unit, Match]]:
    labelled = next((i for i, unit in enumerate(rows) if unit.labelled), None)
    own = book(rules, "head")
    for unit in rows[: min(_HEAD, labelled if labelled is not None else _HEAD)]:
        match = own.whole(unit) if unit.block != "table" else None  # there it is a key: `| Source | Harbour Radio |`
        if match:
            yield unit, match


def _ends(rows: Sequence[Unit], asides: frozenset[str]) -> list[int]:
    """Return where the page ends, and where the talk ends above show notes."""
    last = next((i for i in range(len(rows) - 1, -1, -1) if rows[i].labelled), None)
    below = range(len(rows) if last is None else last + 1, len(rows))
    return [len(rows), *(i for i in below if _notes(rows[i], asides))][:2]


def _notes(unit: Unit, asides: frozenset[str]) -> bool:
    return unit.block[0] == "h" and fold(unit.text) in asides


def _tail(
    document: Document, rows: Sequence[Unit], rules: tuple[Rule, ...], asides: frozenset[str]
) -> Iterator[tuple[Unit, Match]]:
    """Peel furniture off the end; short lines that stand between two pieces of it belong to it, where labels show who speaks.

    Lines that are nothing but links of Markdown belong to the piece above them, but not to a heading of show notes.
    """
    own = book(rules, "tail")
    between = next((rule for rule in rules if rule.fields.get("between") is True), None)
    between = between if not document.ours and any(unit.labelled for unit in rows) else None
    held: list[tuple[Unit, Match]] = []
    known = run = loose = 0
    for unit in reversed(rows):
        match = None if unit.labelled else own.whole(unit)
        found = match or own.end(unit)
        if found:
            known, run = known + 1, 0
            held.append((unit, found))
            if known > 1 or not loose:
                yield from held
                held.clear()
            if not match:
                return
            continue
        linked = between and not unit.labelled and _linked(document, unit)
        if not between or not (linked or (run < _BETWEEN and _loose(unit))) or _notes(unit, asides):
            return
        run, loose = (run, loose) if linked else (run + 1, loose + 1)
        held.append((unit, Match(between, 0, len(unit.text), {"0": unit.text.strip()})))


_BETWEEN = 6
"""Lines in a row that may stand between two pieces of furniture."""


def _linked(document: Document, unit: Unit) -> bool:
    """Say whether a line is nothing but links of Markdown."""
    edit = whole(document, unit)
    return document.format.name == "markdown" and _LINKS.fullmatch(document.text, edit.start, edit.end) is not None


_LINKS = late(r"(?:[^\w\[]*\[(?:[^\[\]]|\[[^\[\]]*\])*\]\([^()]*\))+\W*")


def _loose(unit: Unit) -> bool:
    """Say whether a line is a headline, a name or a button, and no sentence."""
    text = unit.text.strip()
    return not unit.labelled and len(text) < 90 and len(text.split()) < 12 and text[-1:] not in ".,;:?!…。！？"


def _anywhere(rows: Sequence[Unit], rules: tuple[Rule, ...], *, timed: bool) -> Iterator[tuple[Unit, Match]]:
    own = book(rules, "anywhere")
    for unit in rows:  # a machine that tells voices apart gives what it made up a voice too
        match = None if unit.labelled and not timed else own.line(unit)
        if match:
            yield unit, match


def _check(rule: Rule) -> None:
    if not {"lines", "sentence", "block", "pattern"} & set(rule.fields):
        raise ValueError("a `remove` rule has `lines`, a `sentence`, a `block` or a `pattern`")
    if rule.fields.get("at", "anywhere") not in ("head", "tail", "ends", "anywhere"):
        raise ValueError("`at` is head, tail, ends or anywhere")
    if not isinstance(rule.fields.get("captions", True), bool):
        raise ValueError("`captions` is true or false")
    if "pattern" in rule.fields and rule.fields.get("at", "anywhere") == "anywhere":
        raise ValueError(
            "a `pattern` for whole lines needs `at` head, tail or ends; in the middle a `sentence` names its origin"
        )
    check_gives(rule)


KIND = Kind(
    "remove",
    frozenset(),
    frozenset({"lines", "sentence", "block", "pattern", "at", "captions", "between", "gives", "weight"}),
    find,
    _check,
)
