"""Names by how people call each other: first names, beside names that were said in full."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from cleanup.casting.forms import Words, fold
from cleanup.casting.introductions import Speaking, matcher
from cleanup.casting.persons import Claim, Person, fits, single, unnamed
from cleanup.casting.spelling import NAME, cased
from cleanup.document import Document
from cleanup.matching import Same
from cleanup.regexes import late
from cleanup.view import View


def addressed(
    document: Document, view: View, persons: Sequence[Person], words: Words, table: Mapping[str, object]
) -> None:
    """Hear how people call each other by first names.

    Who is named in full, then called so, and answers is that person. Else it is a first name for a surname label: a suggestion, never more.
    """
    if not any(not person.name for person in persons):
        return
    speaking = Speaking(document, persons)
    calls = list(_calls(view, table))
    for first, quote, place in calls:
        _greet(first, quote, place, document, speaking, words)
    rows = [
        p
        for _, p in unnamed(persons, words)
        if len(p.core.split()) == 1 and p.core.upper() == p.core != p.core.lower() and len(p.core) > 2  # `AL`: initials
    ]
    open_ = {id(person): person for person in rows}
    if not open_:
        return
    known = {word for p in persons if p.name for word in fold(p.name).split()[:1]} | {fold(p.core) for p in persons}
    none = known | words.speech | words.generic | words.titles | words.roles
    called: dict[int, Counter[str]] = {}
    quotes: dict[str, tuple[str, int]] = {}
    for first, quote, place in calls:
        if fold(first) in none:
            continue
        at = speaking.index(place)
        near = {id(speaking.owner(i)) for i in (at - 1, at + 1)} - {id(speaking.owner(at))} if at >= 0 else set()
        for who in near & open_.keys():
            called.setdefault(who, Counter())[first] += 1
        quotes.setdefault(first, (quote, place))
    firsts_of = {who: counts.most_common() for who, counts in called.items()}
    wanted = Counter(best[0][0] for best in firsts_of.values())
    for who, best in firsts_of.items():
        first, count = best[0]
        if wanted[first] == 1 and (len(best) == 1 or count > 2 * best[1][1]):
            name = f"{first} {cased(open_[who].core, words.plain)}"
            open_[who].claims.append(Claim(name, "called", "inferred", 2.0, *quotes[first]))


def _greet(first: str, quote: str, place: int, document: Document, speaking: Speaking, words: Words) -> None:
    """Claim for who answers the name that was said in full, once and by nobody's label, before the call."""
    index = speaking.index(place)
    own, following = speaking.owner(index), speaking.owner(index + 1)
    if not own or not following or following is own or following.name or not speaking.near_end(index, place):
        return
    said = document.text[speaking.starts[index] : place]
    names = (_WHOSE.sub("", match["name"]) for match in _NAMED.finditer(said))
    full = {name for name in names if name.split()[0] == first and " " in name}
    name = full.pop() if len(full) == 1 else ""
    if name and fits(following.core, name):
        following.claims.append(Claim(name, "called", "mentioned", 2.0, quote, place))
    elif name and single(following, words):
        following.claims.append(Claim(name, "called", "inferred", 2.0, quote, place))


_NAMED, _WHOSE = late(NAME), late(r"^[^ ]+['’]s ")


def _calls(view: View, table: Mapping[str, object]) -> Iterator[tuple[str, str, int]]:
    """Yield first names by which somebody is called, with the words and their place."""
    found, _ = matcher(Same(table), "address", frozenset())
    for hit in found.find(view.text):
        first, place = hit.groups["first"], view.spans(hit.start, hit.end)
        if place and not first[0].islower():
            yield first, hit.groups["0"], place[0][0]
