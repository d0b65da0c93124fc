"""Rules of kind `region`: parts of a page that stand around its text go, each under the rule that knew it."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from cleanup.dates import date
from cleanup.document import Cast, Document, Part
from cleanup.edits import Edit
from cleanup.findings import Fact, Finding, Found, Kind, Rule
from cleanup.kinds.patterns import texts
from cleanup.regexes import late
from cleanup.units import units

_ALONE = late(r"\W*(?:full |interview )?tran(?:script|skript|scripción|scription|scrizione|scrição)\W*", re.IGNORECASE)
"""A heading that says what follows, and not what it is about."""
_NEAR, _TITLE = 200, 160
_TAKEN = frozenset({"words", "sound", "stamp", "label", "code"})


def find(document: Document, cast: Cast, facts: Iterable[Fact], rules: tuple[Rule, ...]) -> Found:
    """Return a finding for each stretch that reading the page has set apart under one of the rules.

    The words go and the tags stay, so that what is left is the same page.
    """
    found = Found()
    by_id = {rule.id: rule for rule in rules}
    titles = next((rule for rule in rules if rule.fields.get("title")), None)
    page = titles and document.format.name == "html"  # elsewhere `facts/head/title` takes the heading along
    first = next((unit for unit in units(document) if unit.block == "h1"), None) if page else None
    if titles and first and not _ALONE.fullmatch(first.text):
        found.facts.append(Fact("title", " ".join(first.text.split()), titles.id, first.start, first.end, 59))
    for name, stretch in groupby(_asides(document), key=lambda part: part.block):
        rule = by_id.get(name)
        parts = list(stretch)
        if rule is None:
            continue
        edits = tuple(Edit(part.start, part.end, "") for part in parts)
        message = rule.message or "Stands around the text of the page"
        start, end = parts[0].start, parts[-1].end
        gives, text = rule.fields.get("gives"), " ".join(" ".join(map(document.words, parts)).split())
        if rule.fields.get("around") and not first:
            found.facts += _above(document, parts, rule)
        if gives == "date":
            day = date(text[:_NEAR], {"months": rule.fields.get("months")})
            text = day[0] if day else ""
        if gives == "title" and len(text) > _TITLE:
            gives = "description"
        fate = "moved" if gives == "title" else "removed"
        found.findings.append(Finding(rule.id, message, start, end, edits, rule.level, fate))
        if gives and text:
            found.facts.append(Fact(str(gives), text, rule.id, start, end, int(str(rule.fields.get("weight", 40)))))
    return found


def _above(document: Document, parts: list[Part], rule: Rule) -> Iterator[Fact]:
    """Yield the day of a page without a heading, a line of its own above the text, and the lines above that: what the talk is about, and the show."""
    if any(part.kind == "words" and not part.aside and part.start < parts[0].start for part in document.parts):
        return
    rows = [part for part in parts if part.kind == "words"]
    for show, topic, dated in zip([None, *rows], rows, rows[1:], strict=False):
        text, title = document.words(dated), " ".join(document.words(topic).split())
        day = date(text, {"months": rule.fields.get("months")}) if len(text) < _LINE else None
        if day and len(_WORD.findall(text[: day[1]] + text[day[2] :])) < _FEW:
            yield Fact("date", day[0], rule.id, dated.start, dated.end, 18)
            if len(title.split()) > 1 and len(title) < _TITLE and title[-1] not in ".,:;":
                yield Fact("title", title, rule.id, topic.start, topic.end, 18)
                names = document.words(show).split() if show else []
                if show and 1 < len(names) < _FEW and all(name[0].isupper() for name in names):
                    yield Fact("source.name", " ".join(names), rule.id, show.start, show.end, 9)


_WORD = late(r"[^\W\d_]+")
_LINE, _FEW = 80, 6
"""Characters of a line that is a date, and words that it may have besides."""


def _asides(document: Document) -> Iterator[Part]:
    """Yield what a reader reads; words of the text between two asides part them."""
    return (part for part in document.parts if part.kind in _TAKEN and part.block != "front")


def _check(rule: Rule) -> None:
    if not {"tags", "roles", "names", "styles", "links", "around", "title"} & set(rule.fields):
        raise ValueError("a `region` rule has `tags`, `roles`, `names`, `styles`, `links`, `around` or `title`")
    if rule.fields.get("gives") == "date" and not rule.fields.get("months"):
        raise ValueError("a `region` rule that gives a date has `months` by language")
    for key in ("tags", "roles", "names", "styles", "only", "people"):
        texts(rule, key)


KIND = Kind(
    "region",
    frozenset(),
    frozenset(
        {"tags", "roles", "names", "styles", "only", "links", "around", "title", "gives", "months", "weight", "people"}
    ),
    find,
    _check,
)
