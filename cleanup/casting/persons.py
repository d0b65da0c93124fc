"""The people behind the labels while evidence is gathered: which labels are one person's, and which name wins."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cleanup.casting.forms import NUMBERED, Words, coded, core, fold, turned, unbracketed
from cleanup.document import NOTHING, Speaker
from cleanup.regexes import late

ENOUGH = 2.0
"""So much weight names somebody; another name has to stand as far behind."""
_INITIAL = late(r"^([^\W\d_])\.(?=[^\W\d_]{2})")
NICK, _TAIL = late(r"[_.\d]+"), late(r",|\s(?:--|[-–—])\s")
_STRONGEST = ("given", "declared", "roster", "mentioned", "inferred")


class Claim(NamedTuple):
    """One sign that a label is somebody's: `kind` is what sort of sign, and counts once for each name.

    `evidence` is what the name would be (see `Speaker`); `quote` are the words, `at` their offset.
    """

    name: str
    kind: str
    evidence: str
    weight: float
    quote: str
    at: int | None = None
    role: str | None = None
    affiliation: str | None = None


class Person:
    """One speaker while the evidence is gathered."""

    def __init__(self, form: str, core: str, role: str | None) -> None:
        self.forms, self.core, self.role = [form], core, role
        self.name: str | None = None
        self.affiliation: str | None = None
        self.evidence: str | None = None
        self.quote: str | None = None
        self.quote_at: int | None = None
        self.claims: list[Claim] = []

    def take(self, claim: Claim) -> None:
        """Take a name from a claim."""
        self.name, self.evidence, self.quote, self.quote_at = claim.name, claim.evidence, claim.quote, claim.at

    def settled(self, words: Words) -> Speaker:
        """Return the speaker as it is known."""
        generic = self.name is None and nameless(self, words)
        return Speaker(self.forms[0], tuple(self.forms), self.name, self.role, self.affiliation, self.evidence,
                       self.quote, self.quote_at, generic)  # fmt: skip


def settle(persons: Iterable[Person], evidence: frozenset[str]) -> None:
    """Name everybody for whom the signs of these kinds of evidence add up to one name.

    A name that somebody has already is nobody else's. Where two names are near each other, neither is taken.
    """
    persons = list(persons)
    taken = {fold(person.name) for person in persons if person.name}
    for person in persons:
        if person.name:
            continue
        sums: dict[str, dict[str, float]] = {}
        rows = [claim for claim in person.claims if claim.evidence in evidence and fold(claim.name) not in taken]
        for claim in rows:
            kinds = sums.setdefault(fold(claim.name), {})
            kinds[claim.kind] = max(claim.weight, kinds.get(claim.kind, 0.0))
        best = sorted(((sum(kinds.values()), name) for name, kinds in sums.items()), reverse=True)[:2]
        if best and best[0][0] >= ENOUGH and (len(best) == 1 or best[0][0] >= best[1][0] + ENOUGH):
            own = [claim for claim in rows if fold(claim.name) == best[0][1]]
            person.take(min(own, key=lambda claim: (_STRONGEST.index(claim.evidence), -claim.weight)))
    for person in persons:
        _describe(person)


def _describe(person: Person) -> None:
    """Take role and affiliation from what was said together with the name that won."""
    for claim in person.claims:
        if person.name and fold(claim.name) == fold(person.name):
            person.role = person.role or claim.role
            person.affiliation = person.affiliation or claim.affiliation


def fits(label: str, name: str) -> bool:
    """Say whether a label may be short for a name: first or last name, `Mira K.`, `MK`, or a nick made of it."""
    own, full = fold(_INITIAL.sub(r"\1. ", label)).split(), fold(name).split()
    if len(full) < 2 or not own:
        return False
    if len(own) == 1:
        nick = NICK.split(own[0])
        initials = "".join(token[0] for token in full)
        return (
            own[0] in (full[0], full[-1], " ".join(full))
            or (len(nick) > 1 and {full[0], full[-1]} <= set(nick))
            or (label.isupper() and len(label) in (2, 3) and own[0] == initials)
        )
    if len(own) == 2 and len(own[0].rstrip(".")) == 1:  # `M. Kovac`
        return own[0][0] == full[0][0] and own[1] == full[-1]
    return (own[0] == full[0] and own[1] == full[-1][0]) if len(own) == 2 else own == full


def link(forms: Sequence[str], words: Words, turns: Mapping[str, str] = NOTHING) -> list[Person]:
    """Put forms of one person together: with and without role, and short forms behind the one full form they fit.

    `turns` are names of forms that put the surname first.
    """
    persons: list[Person] = []
    by_core: dict[str, Person] = {}
    for form in forms:
        name = turns.get(form) or core(form, words)
        role = None if turned(form, words) else said_role(form, name, words)
        key = fold(name) if name else form
        person = by_core.get(key)
        if person:
            person.forms.append(form)
            person.role = person.role or role
        else:
            person = by_core[key] = Person(form, name or form, role)
            persons.append(person)
    owners = _Owners(persons, words)
    kept: list[Person] = []
    for person in persons:
        owner = owners.of(person)
        if owner:
            owner.forms += person.forms
            owner.role = owner.role or person.role
        else:
            kept.append(person)
    order = {form: i for i, form in enumerate(forms)}
    for person in kept:
        person.forms.sort(key=order.__getitem__)
    return sorted(kept, key=lambda person: order[person.forms[0]])


class _Owners:
    """People with a full name, by its first and last word."""

    def __init__(self, persons: Sequence[Person], words: Words) -> None:
        self.words = words
        self.first: dict[str, list[Person]] = {}
        self.last: dict[str, list[Person]] = {}
        self.initials: dict[str, list[Person]] = {}
        for person in persons:
            tokens = fold(person.core).split()
            if len(tokens) > 1 and len(tokens[-1]) > 1 and not nameless(person, words):
                self.last.setdefault(tokens[-1], []).append(person)
                self.first.setdefault(tokens[0], []).append(person)
                self.initials.setdefault("".join(token[0] for token in tokens), []).append(person)

    def of(self, person: Person) -> Person | None:
        """Return the one person whose full name this label is short for."""
        tokens = fold(person.core).split()
        found: list[Person] = []
        if len(tokens) == 1:
            found = self.last.get(tokens[0], []) or self.first.get(tokens[0], [])
            if not found and person.core.isupper() and len(tokens[0]) in (2, 3):
                found = self.initials.get(tokens[0], [])  # `MK` behind `Mira Kovac`
        elif len(tokens) == 2 and len(tokens[1]) == 1:  # `Mira K.` behind `Mira Kovac`
            found = [p for p in self.first.get(tokens[0], []) if fold(p.core).split()[-1].startswith(tokens[1])]
        elif len(tokens) == 2 and len(tokens[0].rstrip(".")) == 1:  # `M. Kovac` behind `Mira Kovac`
            found = [p for p in self.last.get(tokens[1], []) if fold(p.core)[0] == tokens[0][0] and p is not person]
            found = [p for p in found if len(fold(p.core).split()[0].rstrip(".")) > 1]
        elif len(tokens) == 2:  # a surname of two words: `VAN HEUVEL` behind `KATE VAN HEUVEL`
            found = [p for p in self.last.get(tokens[1], []) if fold(p.core).endswith(" " + fold(person.core))]
        return found[0] if len(found) == 1 and not nameless(person, self.words) else None


def said_role(form: str, name: str, words: Words) -> str | None:
    """Return what a label says beside the name: behind a comma or in brackets, and titles before it."""
    bare = unbracketed(form)
    match = re.search(r"[(（]([^)）]+)[)）]", form) if bare != form else None
    tail = _TAIL.split(bare, maxsplit=1)
    at = tail[0].find(name) if name else -1
    title = tail[0][:at].strip(" .") if at > 0 else ""
    tail = tail[::-1] if len(tail) > 1 and name and tail[1].strip() == name else tail  # the office stands first
    said = tail[1].strip(" ,") if len(tail) > 1 else match[1].strip() if match else ""
    said = bare.strip() if match and name in said else said  # `The Minister for Transport (Ana Lind)`
    plain = words.honorifics - {"dr"} | words.articles
    title = "" if plain.issuperset(token.rstrip(".") for token in title.casefold().split()) else title
    return ", ".join(piece for piece in (title, said) if piece) or None


def nameless(person: Person, words: Words) -> bool:
    """Say whether the label names a part in the talk, or is a number or a nick name, rather than a person."""
    folded = fold(person.core)
    bare = NUMBERED.sub("", folded)
    return (
        {folded, bare, *(fold(form) for form in person.forms)} & words.generic != set()
        or coded(person.forms[0])
        or any(map(str.isdigit, person.core))
        or "_" in person.core
        or len(person.core) < 2
    )


def single(person: Person, words: Words) -> bool:
    """Say whether a label without a name stands for one person all through: the host, a code, a part with a number."""
    numbered = person.forms[0][-1].isdigit() and NUMBERED.sub("", fold(person.forms[0])) in words.generic
    return numbered or coded(person.forms[0]) or fold(person.core) in words.single


def unnamed(persons: Iterable[Person], words: Words) -> Iterator[tuple[int, Person]]:
    """Yield everybody whose label is a name, and whose full name is not known."""
    return ((i, p) for i, p in enumerate(persons) if not p.name and not nameless(p, words))
