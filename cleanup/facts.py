"""What a transcript states about itself: claims with their evidence, and the one function that chooses."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from operator import itemgetter

from cleanup.dates import date
from cleanup.document import Cast, Document, Part
from cleanup.findings import Fact
from cleanup.matching import Same
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
        _publishers(table)
        | frozenset(hosts if isinstance(hosts, list) else ())
        | (_sites_of(document, table) if page else frozenset())
    )
    for part in document.parts:
        if part.kind == "value" and part.form and page:
            found += _site(document, part)
            found += _headed(part, document.words(part), table, sites)
        elif part.kind == "value" and part.form:
            raw = document.text[part.start : part.end].strip()
            quote = document.text[part.start - 1 : part.start]
            value = _decoded(raw, quote, entities=not document.ours)
            if document.ours:
                key = re.sub(r"\.\d+$", "", part.form)
                key = (names.fact(key) if key in _WRITTEN else "") or f"front.{part.form}"
                found.append(Fact(key, value, f"front.{part.form}", part.start, part.end, _OWN))
            else:
                found += _front(part.form, value, names, table, part.start, part.end)
    label = next((part.start for part in document.parts if part.kind == "label"), 0)
    times = [fact for fact in found if fact.rule == "front.time"]
    if label or len({fact.value for fact in times}) > 1:  # those below the text are of other pages, or of comments
        above = {fact.value for fact in times if (fact.start or 0) < label}
        found = [fact for fact in found if fact.rule != "front.time" or (len(above) == 1 and fact.value in above)]
    return found if document.ours else [*found, *_employers(document, cast, table)]


_OWN = 90
"""The weight of what a page of ours states: it is as it was written, and nothing is read out of it."""
_WRITTEN = frozenset(
    "title date lang description tags speakers source.name source.copyright source.notices source_url media place topic show".split()
)


def _decoded(raw: str, quote: str, *, entities: bool) -> str:
    """Return what a scalar says: escapes undone as its quotes ask for, entities too, blanks folded.

    On our own pages entities are what they are: a talk may be called `What &amp; means`.
    """
    from html import unescape

    if quote == '"':
        raw = _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _NAMED.get(m[3], m[3]), raw)
    elif quote == "'":
        raw = raw.replace("''", "'")
    return " ".join((unescape(raw) if entities else raw).split())


_MARKED = late(r"\[([^\[\]]+)\]\((https?://[^\s()]+)\)")
_ESCAPE = late(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|\n\s*|(.))")
_NAMED = {"n": " ", "t": " ", "r": " ", None: ""}


def _front(key: str, value: str, names: Meanings, table: Mapping[str, object], start: int, end: int) -> Iterator[Fact]:
    fact = names.fact(key)
    if not value or value in ("null", "~"):
        return
    rule = f"front.{key}"
    if fact in ("date", "created"):  # a note may be younger than the talk
        day = date(value, table, compact=True)
        if day:
            yield Fact("date", day[0], rule, start, end, 80 if fact == "date" else 75)
        return
    linked = _MARKED.fullmatch(value)
    if linked:
        yield Fact("address", linked[2], rule, start, end, 50)
        value = linked[1]
    fact, weight = ("address", 60) if fact == "source.name" and "://" in value else (fact, 80)
    if fact == "show":
        yield Fact("title", value, rule, start, end, 20)
        yield Fact("source.name", value, rule, start, end, 70)
    elif fact == "title" and not any(map(str.isalpha, value)):
        yield Fact(rule, value, rule, start, end)  # an episode has a number
    elif fact == "title":
        title = _own_title(value, _publishers(table)) if "|" not in value else value
        bare = _BARE.fullmatch(title) or title.casefold() in _publishers(table)
        yield Fact(fact, title, rule, start, end, 15 if bare else weight + (key != "title"))
    elif fact:
        yield Fact(fact, value, rule, start, end, weight)
    else:
        yield Fact(rule, value, rule, start, end)


def _headed(part: Part, value: str, table: Mapping[str, object], sites: frozenset[str]) -> Iterator[Fact]:
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
            known = next((piece for piece in _BAR.split(text) if piece.casefold() in _publishers(table)), "")
            if known:
                yield Fact("source.name", known, f"front.{part.form}", part.start, part.end, 11)
            text = _own_title(text, sites)
        text = _BAR.split(text)[0] if part.form == "link.feed" else text
        if part.form == "link.feed" and _FEED.search(text):
            continue
        yield Fact(str(key), text, f"front.{part.form}", part.start, part.end, int(weight))


def _sites_of(document: Document, table: Mapping[str, object]) -> frozenset[str]:
    """Return the names by which a page calls its site or show, case-folded."""
    rows = table.get("head")
    keys = rows.get("source.name", ()) if isinstance(rows, Mapping) else ()
    return frozenset(
        document.words(part).casefold() for part in document.parts if part.kind == "value" and part.form in keys
    )


def _own_title(title: str, sites: frozenset[str]) -> str:
    """Return a title without the names of its site: `The ferry talks | Harbour Times`, `Harbour Times | Talks | The ferry talks`."""
    pieces = _BAR.split(title)
    own = [piece for piece in pieces if piece.casefold() not in sites] or pieces
    text = own[-1] if pieces[0].casefold() in sites else own[0]
    head, _, tail = _LAST.sub("\n", text).partition("\n")
    return head if tail.casefold() in sites else text


def _site(document: Document, part: Part) -> Iterator[Fact]:
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
    pieces = [piece for piece in _JOINT.split(f"{before}|{after}") if piece and not _PAGE.search(piece)]
    several = [piece for piece in pieces if " " in piece]  # `Presidency of Norvik | Government | gov.example`
    name = next(iter(several[-1:] or pieces[-1:]), "")
    if name[:1].isupper() and len(name.split()) < 7:
        yield Fact("source.name", name, f"front.{part.form}", part.start, part.end, 11)


_JOINT = late(
    r"^[\s|:–—·•»›-]+|[\s:]*(?:[|│｜»›•·]+|\s?«(?=[^«»]{1,99}$))[\s:|]*|\s+(?:[–—-]|::)(?:\s+|(?=\|))|[:\s]+$"
)
_PAGE = late(r"\d|^(?:home|news|blog|podcast|transcripts?|interviews?|episodes?|part|the|video|audio)$", re.IGNORECASE)
_SITE = late(r"\b[A-Za-z][\w-]{1,30}\.(?:com|org|net|de|at|ch|fr|es|it|nl|se|eu|uk|mx|br|ca|au|info|fm|tv)\b")
"""A title may name the site by its address: `Harbour.example - Transcripts`."""
_FEED = late(r"\b(?:rss|atom|feeds?|comments|kommentare|posts|all|site|news)\b", re.IGNORECASE)
"""A feed whose title is a word for feeds names no site."""
_BAR = late(r"\s+(?:[|│｜»›•·]|«(?=[^«»]{1,99}$)|::)\s+")


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


def _host(address: str) -> str | None:
    """Return the site of an address, where the site is the source and not a place that hosts for all."""
    match = re.match(r"https?://(?:www\.|edition\.|transcripts\.)?([\w.-]+)", address)
    host = match[1].lower() if match else ""
    return None if not host or _HOSTS.search(host) else host


_HOSTS = late(
    r"(?:youtube|youtu|twitter|vimeo|soundcloud|spotify|apple|google|github|amazonaws|archive|facebook|x)\.\w+$"
)


def settled(fact: Fact, table: Mapping[str, object]) -> list[Fact]:
    """Return a claim as it is kept, with what it says by the way.

    Dates are ISO or not kept at all; a title may state a day, an address the site that publishes. Who publishes is
    named by a few words; what is longer is about the source, and weighs little, as an address in place of a name does.
    """
    if fact.key == "address" and (host := _host(fact.value)):
        site = _sites(table).get(host)
        path = re.search(r"/((?:19|20)\d\d[/-](?:\d\d?|[a-z]{3})[/-]\d\d?)(?:[/-]|$)", fact.value)
        dated = settled(fact._replace(key="date", value=path[1].replace("/", "-"), weight=8), table) if path else []
        return [fact, fact._replace(key="source.name", value=site or host, weight=10 if site else 7), *dated]
    if fact.key == "show":
        return [fact, fact._replace(key="source.name", weight=10)]
    if fact.key == "date":
        day = date(fact.value, table)
        return [fact._replace(value=day[0])] if day else []
    if fact.key == "title" and fact.weight < _OWN:
        sites = _publishers(table)
        site = (
            next((piece for piece in _BAR.split(fact.value) if piece.casefold() in sites), "")
            if "|" in fact.value
            else ""
        )
        if site:
            named = _named(fact._replace(key="source.name", value=site, weight=11), table)
            fact = fact._replace(value=_own_title(fact.value, sites))
            return [*_dated(fact, table), *_numbered(fact, table), named]
        return [*_dated(fact, table), *_numbered(fact, table)]
    if fact.key == "source.name" and fact.weight < _OWN and _FILE.search(fact.value):
        return [fact._replace(key="front.source")]
    if fact.key == "source.name" and fact.weight < _OWN:
        name, *dated = _dated(fact, table)
        return [_named(name, table), *dated]
    return [fact]


def _named(fact: Fact, table: Mapping[str, object]) -> Fact:
    """Return who publishes by name: the first of its clauses where they are many words, and what the site is called."""
    name = _CLAUSE.split(fact.value)[0] if len(fact.value.split()) > _NAME else fact.value
    name = _STOP.split(name)[0]
    name = name.removesuffix(".") if name[-4:-1].islower() else name
    hosts = table.get("hosts")
    host = isinstance(hosts, list) and name.casefold() in hosts
    most = 5 if len(name.split()) > _NAME else 6 if host else 8 if _BARE.fullmatch(name) else fact.weight
    return fact._replace(value=_published(name, table), weight=min(fact.weight, most))


_FILE = late(
    r"\w\.(?:mp[34]|m4[av]|wav|ogg|opus|flac|aac|wma|mkv|mov|webm|avi|docx?|pdf|txt|srt|vtt|json)$", re.IGNORECASE
)
"""A file is no publisher."""
_STOP = late(r"(?<=[^\W\d_A-Z]{3})\. ")
"""Where a sentence ends behind a name; `St. Gallen` goes on."""
_CLAUSE = late(r"\s*[,;:(|]\s|\s*\(|\s+[–—-]\s+|\s*—\s*")
_NAME = 8
"""Words of the name of a site or a station."""


def _sites(table: Mapping[str, object]) -> Mapping[str, str]:
    return _sites_in(Same(table))


@lru_cache(maxsize=4)
def _sites_in(table: Same) -> Mapping[str, str]:
    sites = table.values[0].get("sites")
    return {str(host): str(name) for host, name in sites.items()} if isinstance(sites, Mapping) else {}


def _published(name: str, table: Mapping[str, object]) -> str:
    """Return who publishes in full, where only the address of the site, or what it begins with, is said: `EW` and `ew.com`."""
    low, signs = name.casefold(), table.get("publishers")
    known = signs.get(name.upper()) if isinstance(signs, Mapping) else None
    return next(
        (full for host, full in _sites(table).items() if low in (host, host.rpartition(".")[0])), str(known or name)
    )


def _publishers(table: Mapping[str, object]) -> frozenset[str]:
    return _publishers_in(Same(table))


@lru_cache(maxsize=4)
def _publishers_in(table: Same) -> frozenset[str]:
    signs, sites = table.values[0].get("publishers"), _sites_in(table)
    return frozenset(name.casefold() for name in (*sites.values(), *(signs if isinstance(signs, Mapping) else ())))


_BARE = late(
    r"\W*(?:full |interview )?tran(?:script|skript|scripción|scription|scrizione|scrição)s?\W*|[\w-]+(?:\.[\w-]+)+",
    re.I,
)
"""A title that says what this is, or on which site, and not what it is about."""


_LAST = late(r"\s+(?:[|»›•·:–—-]|::)\s+(?=[^|»›•·:–—]+$)")


def _dated(fact: Fact, table: Mapping[str, object]) -> Iterator[Fact]:
    """Yield a claim, and the day that it names; that stays in a title, and is no part of who publishes."""
    day = date(fact.value, table)
    value = fact.value[: day[1]].rstrip(" ,;:·|([–—-") if day and fact.key != "title" else ""
    yield fact._replace(value=value) if value else fact
    if day:
        yield fact._replace(key="date", value=day[0], weight=min(fact.weight + 3, 79))


def _numbered(fact: Fact, table: Mapping[str, object]) -> Iterator[Fact]:
    """Yield the show that stands in a title before the number of its episode: `Harbour Hour #12: The ferry`."""
    words = table.get("numbered")
    if isinstance(words, list) and any(map(str.isdecimal, fact.value)):
        found = re.match(rf"({_SHOW})[\s,:|–—-]+(?:{'|'.join(map(str, words))})\s?#?\d{{1,4}}\b", fact.value)
        if found and not _PAGE.search(found[1]):
            yield fact._replace(key="source.name", value=found[1], weight=8)


_SHOW = r"[^\W\d_a-z][\w'’&.-]{1,24}(?: [\w'’&.-]{1,24}){0,5}?"


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
