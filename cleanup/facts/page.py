"""What the head of an HTML page says about it."""

import re
from collections.abc import Iterator, Mapping

from cleanup.dates import date
from cleanup.document import Document, Part
from cleanup.facts.publishers import BAR, PAGE, own_title, publishers
from cleanup.findings import Fact
from cleanup.regexes import late


def headed(part: Part, value: str, table: Mapping[str, object], sites: frozenset[str]) -> Iterator[Fact]:
    """Yield what the head of a page says; a title may carry the name of its site behind a bar, and a date a time."""
    rows = table.get("head")
    for key, weights in rows.items() if isinstance(rows, Mapping) else ():
        weight = weights.get(part.form)
        day = date(value, table) if key == "date" else None
        if weight is None or (key == "date" and not day) or not value.strip():
            continue
        text = day[0] if day else " ".join(value.split())
        named = _SITE.search(text) if key == "title" else None
        if named:
            yield Fact("address", f"https://{named[0].lower()}/", f"front.{part.form}", part.start, part.end, 8)
        if key == "title":
            known = next((piece for piece in BAR.split(text) if piece.casefold() in publishers(table)), "")
            if known:
                yield Fact("source.name", known, f"front.{part.form}", part.start, part.end, 11)
            text = own_title(text, sites)
        text = BAR.split(text)[0] if part.form == "link.feed" else text
        if part.form == "link.feed" and _FEED.search(text):
            continue
        yield Fact(str(key), text, f"front.{part.form}", part.start, part.end, int(weight))


def sites_of(document: Document, table: Mapping[str, object]) -> frozenset[str]:
    """Return the names by which a page calls its site or show, case-folded."""
    rows = table.get("head")
    keys = rows.get("source.name", ()) if isinstance(rows, Mapping) else ()
    return frozenset(
        document.words(part).casefold() for part in document.parts if part.kind == "value" and part.form in keys
    )


def site(document: Document, part: Part) -> Iterator[Fact]:
    """Yield the site that a page names in its title beside its own heading: `The ferry talks - Harbour Times`."""
    if part.form not in ("title", "og:title"):
        return
    title = " ".join(document.words(part).split())
    owns = (
        " ".join(document.words(p).split())
        for p in document.parts
        if p.block == "h1" and p.kind == "words" and not p.aside
    )
    heading = next(
        (own for own in reversed(list(owns)) if len(own) > 9 and own in title), ""
    )  # a site may stand in one above
    before, _, after = title.partition(heading) if heading else ("", "", "")
    pieces = [piece for piece in _JOINT.split(f"{before}|{after}") if piece and not PAGE.search(piece)]
    several = [piece for piece in pieces if " " in piece]  # `Presidency of Norvik | Government | gov.example`
    name = next(iter(several[-1:] or pieces[-1:]), "")
    if name[:1].isupper() and len(name.split()) < 7:
        yield Fact("source.name", name, f"front.{part.form}", part.start, part.end, 11)


_JOINT = late(
    r"^[\s|:–—·•»›-]+|[\s:]*(?:[|│｜»›•·]+|\s?«(?=[^«»]{1,99}$))[\s:|]*|\s+(?:[–—-]|::)(?:\s+|(?=\|))|[:\s]+$"
)
_SITE = late(r"\b[A-Za-z][\w-]{1,30}\.(?:com|org|net|de|at|ch|fr|es|it|nl|se|eu|uk|mx|br|ca|au|info|fm|tv)\b")
"""A title may name the site by its address: `Harbour.example - Transcripts`."""
_FEED = late(r"\b(?:rss|atom|feeds?|comments|kommentare|posts|all|site|news)\b", re.IGNORECASE)
"""A feed whose title is a word for feeds names no site."""
