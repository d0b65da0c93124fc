"""Claims as they are kept: days by the calendar, publishers by name, and what one says by the way."""

import re
from collections.abc import Iterator, Mapping

from cleanup.dates import date
from cleanup.facts.publishers import BAR, BARE, OWN, PAGE, own_title, published, publishers, sites
from cleanup.findings import Fact
from cleanup.regexes import late


def settled(fact: Fact, table: Mapping[str, object]) -> list[Fact]:
    """Return a claim as it is kept, with what it says by the way.

    Dates are ISO or not kept at all; a title may state a day, an address the site that publishes. Who publishes is
    named by a few words; what is longer is about the source, and weighs little, as an address in place of a name does.
    """
    if fact.key == "address" and (host := _host(fact.value)):
        site = sites(table).get(host)
        path = re.search(r"/((?:19|20)\d\d[/-](?:\d\d?|[a-z]{3})[/-]\d\d?)(?:[/-]|$)", fact.value)
        dated = settled(fact._replace(key="date", value=path[1].replace("/", "-"), weight=8), table) if path else []
        return [fact, fact._replace(key="source.name", value=site or host, weight=10 if site else 7), *dated]
    if fact.key == "show":
        return [fact, fact._replace(key="source.name", weight=10)]
    if fact.key == "date":
        day = date(fact.value, table)
        return [fact._replace(value=day[0])] if day else []
    if fact.key == "title" and fact.weight < OWN:
        known = publishers(table)
        site = (
            next((piece for piece in BAR.split(fact.value) if piece.casefold() in known), "")
            if "|" in fact.value
            else ""
        )
        if site:
            named = _named(fact._replace(key="source.name", value=site, weight=11), table)
            fact = fact._replace(value=own_title(fact.value, known))
            return [*_dated(fact, table), *_numbered(fact, table), named]
        return [*_dated(fact, table), *_numbered(fact, table)]
    if fact.key == "source.name" and fact.weight < OWN and _FILE.search(fact.value):
        return [fact._replace(key="front.source")]
    if fact.key == "source.name" and fact.weight < OWN:
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
    most = 5 if len(name.split()) > _NAME else 6 if host else 8 if BARE.fullmatch(name) else fact.weight
    return fact._replace(value=published(name, table), weight=min(fact.weight, most))


_FILE = late(
    r"\w\.(?:mp[34]|m4[av]|wav|ogg|opus|flac|aac|wma|mkv|mov|webm|avi|docx?|pdf|txt|srt|vtt|json)$", re.IGNORECASE
)
"""A file is no publisher."""
_STOP = late(r"(?<=[^\W\d_A-Z]{3})\. ")
"""Where a sentence ends behind a name; `St. Gallen` goes on."""
_CLAUSE = late(r"\s*[,;:(|]\s|\s*\(|\s+[–—-]\s+|\s*—\s*")
_NAME = 8
"""Words of the name of a site or a station."""


def _host(address: str) -> str | None:
    """Return the site of an address, where the site is the source and not a place that hosts for all."""
    match = re.match(r"https?://(?:www\.|edition\.|transcripts\.)?([\w.-]+)", address)
    host = match[1].lower() if match else ""
    return None if not host or _HOSTS.search(host) else host


_HOSTS = late(
    r"(?:youtube|youtu|twitter|vimeo|soundcloud|spotify|apple|google|github|amazonaws|archive|facebook|x)\.\w+$"
)


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
        if found and not PAGE.search(found[1]):
            yield fact._replace(key="source.name", value=found[1], weight=8)


_SHOW = r"[^\W\d_a-z][\w'’&.-]{1,24}(?: [\w'’&.-]{1,24}){0,5}?"
