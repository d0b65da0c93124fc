"""What front matter says: keys that mean the same under one name, values as they are meant."""

from collections.abc import Iterator, Mapping

from cleanup.dates import date
from cleanup.facts.publishers import BARE, own_title, publishers
from cleanup.findings import Fact
from cleanup.meanings import Meanings
from cleanup.regexes import late


def decoded(raw: str, quote: str, *, entities: bool) -> str:
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


def front(key: str, value: str, names: Meanings, table: Mapping[str, object], start: int, end: int) -> Iterator[Fact]:
    """Yield what the value of a key says, with its place."""
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
        title = own_title(value, publishers(table)) if "|" not in value else value
        bare = BARE.fullmatch(title) or title.casefold() in publishers(table)
        yield Fact(fact, title, rule, start, end, 15 if bare else weight + (key != "title"))
    elif fact:
        yield Fact(fact, value, rule, start, end, weight)
    else:
        yield Fact(rule, value, rule, start, end)
