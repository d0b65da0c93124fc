"""Who the labels are: the order in which evidence is heard, from what people decided to what is only inferred."""

from collections.abc import Mapping, Sequence

from cleanup.casting.calls import addressed
from cleanup.casting.forms import Words, fold, turned
from cleanup.casting.given import Given
from cleanup.casting.introductions import introduced
from cleanup.casting.lists import heads
from cleanup.casting.persons import Claim, Person, fits, link, nameless, settle, single, unnamed
from cleanup.casting.roster import Entry, claims
from cleanup.casting.spelling import PARTICLES, cased, spellings
from cleanup.casting.surnames import is_full
from cleanup.document import Document, Speaker
from cleanup.view import View

_SAID = frozenset({"declared", "roster", "mentioned"})


def identify(
    document: Document, forms: Sequence[str], words: Words, table: Mapping[str, object], stated: Sequence[str],
    parts: Mapping[str, str], given: Given, roster: Sequence[Entry], language: str | None, *, named: bool, exported: bool,
) -> tuple[tuple[Speaker, ...], dict[str, int | None]]:  # fmt: skip
    """Return the speakers in the order in which they first speak, and whose each form is."""
    view = View.of(document, frozenset({"words", "note"}))
    if document.ours:
        persons = [person for form in forms for person in link([form], words)]
    else:
        persons = link(forms, words, _turned(view.text, forms, words, stated, exported=exported))
    if document.ours:  # a name that nobody was sure of is none here either
        for person in (p for p in persons if p.core == p.forms[0]):
            _declared(person, words, table, {fold(person.core): person.core})
    elif named:
        _find_names(document, view, persons, words, table, stated, parts, roster, language)
        persons = _one_each(persons)
    for person in persons:
        for form in (*person.forms, person.core):
            if form in given.speakers:
                person.take(Claim(given.speakers[form], "given", "given", 9.0, ""))
                person.quote = None
    index: dict[str, int | None] = {form: i for i, person in enumerate(persons) for form in person.forms}
    return tuple(person.settled(words) for person in persons), index


def _turned(text: str, forms: Sequence[str], words: Words, stated: Sequence[str], *, exported: bool) -> dict[str, str]:
    """Return the names of labels that put the surname first: of two people in what a program exports, or where the text has one of the names as it is said."""
    rows = {
        form: " ".join(cased(token, words.plain) for token in name.split())
        for form in forms
        if (name := turned(form, words))
    }
    if not rows:
        return {}  # before all of the text is folded
    names, known = {fold(name) for name in rows.values()}, {fold(name) for name in stated}
    said = text.casefold()
    sure = (exported and len(names) > 1) or any(n in known or n in said or known.issuperset(n.split()) for n in names)
    return rows if sure else {}


def _find_names(
    document: Document, view: View, persons: list[Person], words: Words, table: Mapping[str, object], stated: Sequence[str],
    parts: Mapping[str, str], roster: Sequence[Entry], language: str | None,
) -> None:  # fmt: skip
    """Tie names to people by evidence: what a label says by itself first, then the sum of all signs."""
    spelt = spellings(view.text, {fold(p.core) for p in persons} | {fold(n) for n in stated})
    for person in persons:
        _declared(person, words, table, spelt)
        name = parts.get(fold(person.core))
        if name and not person.name and single(person, words):
            person.take(Claim(name, "list", "declared", 9.0, name))
    for _, person in unnamed(persons, words):
        for name in stated:
            if fits(person.core, name) and fold(name) not in words.generic:
                shown = spelt.get(fold(name), name)
                person.claims.append(Claim(shown, "list", "declared", 4.0, name))
    claims(roster, view.text, persons)
    introduced(document, view, heads(document), persons, words, table, language)
    settle(persons, _SAID)
    for _, person in unnamed(persons, words):
        _declared(person, words, table, spelt, initials=True)
    addressed(document, view, persons, words, table)
    settle(persons, _SAID)
    settle(persons, frozenset({"inferred"}))


def _declared(
    person: Person, words: Words, table: Mapping[str, object], spelt: Mapping[str, str], *, initials: bool = False
) -> None:
    """Take the name from a label that holds it in full; one with an initial only where nothing says what it is short for."""
    tokens = person.core.split()
    if nameless(person, words) or not (1 < len(tokens) <= 5 or is_full(person.core, table)) or tokens[0] in PARTICLES:
        return  # `van der Berg` is no full name
    if (
        any(fold(t) in words.generic | words.roles for t in tokens if len(t.rstrip(".")) > 1)
        or tokens[0].casefold() == "the"
    ):
        return
    if len(tokens) == 2 and len(tokens[0].rstrip(".")) == 1 and not initials:
        return
    if len(tokens) == 2 and len(tokens[1].rstrip(".")) == 1:
        return  # `Mira K.` is not the whole of it
    said = set(fold(person.forms[0]).replace(".", "").split())
    if (len(tokens) == 2 and said & words.surnamed) or (tokens[0].casefold() in PARTICLES and said & words.honorifics):
        return  # `El señor LIND BERG`, `Mr. Van Heuvel`
    if len(tokens) > 2 and fold(person.forms[0]).startswith(words.ministers):
        return  # in Slavic languages the office has no preposition: `Minister Infrastruktury Ana Lind`
    quote = next((f for f in person.forms if person.core in f), person.forms[0])
    person.take(Claim(spelt.get(fold(person.core)) or cased(person.core, words.plain), "label", "declared", 9.0, quote))


def _one_each(persons: Sequence[Person]) -> list[Person]:
    """Put people together who turned out to have one name: `MIRA` in one half of a text, `KOVAC` in the other."""
    kept: list[Person] = []
    by_name: dict[str, Person] = {}
    for person in persons:
        one = by_name.setdefault(fold(person.name), person) if person.name and person.evidence in _SAID else person
        if one is person:
            kept.append(person)
        else:
            one.forms += person.forms
            one.role, one.affiliation = one.role or person.role, one.affiliation or person.affiliation
    return kept
