"""Rules of kind `acronym`: letters that do not fit the words that they stand for, or stand for two things in a file."""

import re
from collections.abc import Iterable

from cleanup.document import Cast, Document
from cleanup.findings import Fact, Finding, Found, Kind, Level, Rule
from cleanup.regexes import late
from cleanup.view import View

_EXPANDED = late(
    r"\b((?:[A-Z][\w’'-]{1,20} (?:(?:of|for|and|the|on|in) ){0,2}){1,6}"
    r"(?:Organi[sz]ation|Bank|Agency|Union|Fund|Commission|Council|Association|Court|Institute|Service|Committee|Federation"
    r"|Nations|Authority|Administration|Programme|Program|Treaty|Alliance|Community|Forum|Health|Development)) \(([A-Z]{2,6})\)"
)
"""Only bodies: behind a person's name stands in brackets where he works."""
_LETTERS = late(r" \([A-Z]{2,6}\)")


def find(document: Document, cast: Cast, facts: Iterable[Fact], rules: tuple[Rule, ...]) -> Found:
    """Point at an acronym whose letters do not stand in its words in this order, or that had other words before."""
    found = Found()
    view = View.of(document)
    known: dict[str, str] = {}
    for match in _EXPANDED.finditer(view.text) if _LETTERS.search(view.text) else ():
        words, letters = match[1], match[2]
        message = ""
        if not re.search(".*".join(letters), words, re.IGNORECASE):
            message = f"“{letters}” does not fit “{words}”: it may be the acronym of another language"
        elif not _same(known.setdefault(letters, words), words):
            message = f"“{letters}” is “{words}” here, “{known[letters]}” before"
        spans = view.spans(*match.span(2)) if message else []
        for rule in rules if spans else ():
            found.findings.append(Finding(rule.id, message, spans[0][0], spans[-1][1], level=Level.REMARK))
    return found


def _same(a: str, b: str) -> bool:
    """Say whether one is the end of the other: `Anna Lind of the Coastal Fund` holds more than the name."""
    a, b = _plain(a), _plain(b)
    return a.endswith(b) or b.endswith(a)


def _plain(words: str) -> str:
    """Leave out what two spellings of one name may differ in: the article, s and z, an ending."""
    return re.sub(r"[^a-z]|s\b", "", re.sub(r"\bthe |programme\b", "", words.lower()).replace("z", "s"))


def _check(rule: Rule) -> None:
    if rule.level is not Level.REMARK:
        raise ValueError("an `acronym` rule only remarks: set `level: remark`")


KIND = Kind("acronym", frozenset(), frozenset(), find, _check)
