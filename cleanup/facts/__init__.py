"""What a transcript states about itself: claims with their evidence, and the one function that chooses."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter

from cleanup.document import Cast, Document
from cleanup.facts.front import decoded, front
from cleanup.facts.page import headed, site, sites_of
from cleanup.facts.publishers import OWN, publishers
from cleanup.findings import Fact
from cleanup.meanings import Meanings
from cleanup.regexes import late


def claims(document: Document, cast: Cast, table: Mapping[str, object]) -> list[Fact]:
    """Return what front matter and the head of a page state, each value with its place.

    Keys that mean the same get one name (`front` in the table); every other value is a fact
    `front.KEY`: it leaves the body, and is listed. On our own pages only the keys that we write
    mean something: what others add (`url`, `series`, `publishdate`) is for their site.
    """
    names = Meanings.of(table)
    found: list[Fact] = []
    page = document.format.name == "html"
    hosts = table.get("hosts")
    sites = (
        publishers(table)
        | frozenset(hosts if isinstance(hosts, list) else ())
        | (sites_of(document, table) if page else frozenset())
    )
    for part in document.parts:
        if part.kind == "value" and part.form and page:
            found += site(document, part)
            found += headed(part, document.words(part), table, sites)
        elif part.kind == "value" and part.form:
            raw = document.text[part.start : part.end].strip()
            quote = document.text[part.start - 1 : part.start]
            value = decoded(raw, quote, entities=not document.ours)
            if document.ours:
                key = re.sub(r"\.\d+$", "", part.form)
                key = (names.fact(key) if key in _WRITTEN else "") or f"front.{part.form}"
                found.append(Fact(key, value, f"front.{part.form}", part.start, part.end, OWN))
            else:
                found += front(part.form, value, names, table, part.start, part.end)
    label = next((part.start for part in document.parts if part.kind == "label"), 0)
    times = [fact for fact in found if fact.rule == "front.time"]
    if label or len({fact.value for fact in times}) > 1:  # those below the text are of other pages, or of comments
        above = {fact.value for fact in times if (fact.start or 0) < label}
        found = [fact for fact in found if fact.rule != "front.time" or (len(above) == 1 and fact.value in above)]
    return found if document.ours else [*found, *_employers(document, cast, table)]


_WRITTEN = frozenset(
    "title date lang description tags speakers source.name source.copyright source.notices source_url media place topic show".split()
)


def _employers(document: Document, cast: Cast, table: Mapping[str, object]) -> Iterator[Fact]:
    """Yield the publisher whom the labels name: `ANA LIND, CNN HOST`, and `BYLINE`, which only NPR writes."""
    known = table.get("publishers")
    names = {str(sign): str(name) for sign, name in known.items()} if isinstance(known, Mapping) else {}
    found: Counter[str] = Counter()
    places: dict[str, tuple[int, int]] = {}
    for part in document.parts:
        role = part.form.partition(",")[2] if part.kind == "label" and part.form and cast.speaker(part.form) else ""
        for sign, name in names.items() if role else ():
            if re.search(rf"\b{re.escape(sign)}\b", role, re.IGNORECASE) and (sign == "BYLINE" or _DESK.search(role)):
                found[name] += 1
                places.setdefault(name, (part.start, part.end))
    best = sorted(found.items(), key=itemgetter(1), reverse=True)[:2]
    if best and (len(best) == 1 or best[0][1] > best[1][1]):
        yield Fact("source.name", best[0][0], "label", *places[best[0][0]], 12)


_DESK = late(r"\b(?:(?:co-?)?hosts?|anchor|correspondent|moderator|reporter|presenter)\b", re.IGNORECASE)


def choose(claims: Iterable[Fact], given: Mapping[str, str]) -> dict[str, Fact]:
    """Return the claim that counts for each key: what a person gave, then the weightiest, then the earliest."""
    chosen: dict[str, Fact] = {}
    for fact in claims:
        best = chosen.get(fact.key)
        if best is None or fact.weight > best.weight:
            chosen[fact.key] = fact
    for key, value in given.items():
        name = "source.name" if key == "source" else key
        chosen[name] = Fact(name, value, "given", weight=100)
    return chosen
