"""Why what looks like labels is none after all, seen over a whole page or all captions."""

from bisect import bisect
from collections.abc import Container, Sequence
from itertools import pairwise

from cleanup.casting.forms import Words, entitled, introduces
from cleanup.casting.shapes import Candidate
from cleanup.document import Document
from cleanup.units import units


def article(found: Sequence[Candidate], scores: Container[str], words: Words, document: Document) -> str:
    """Return why the labels of a page are none after all: each opens one line, or says whom prose quotes.

    Capitals, titles, and names of a part in the talk, are signs of their own; `Ana Lind` may be `Lind` the second time. In a text that is no
    page of HTML only quotes count, where all that labels open is in them.
    """
    rows = [c for c in found if c.form in scores]
    plain = [c for c in rows if c.form.upper() != c.form and not entitled(c.form, words)]
    prose = sum(unit.last > rows[0].part and unit.block == "p" for unit in units(document)) - len(rows) if rows else 0
    once = len({c.form.partition(",")[0].split()[-1] for c in rows}) == len(rows)
    page = document.format.name == "html"
    if page and once:
        listed = len(plain) == len(rows) and (len(rows) >= _FIRST or prose > len(rows))
        lone = len(rows) - sum(not (c.bold or c.stamped) for c in plain) < 2
        if listed or (lone and not any(introduces(c.form, words) for c in rows)):
            return "opens one line of a page, as headings in an article do"
    quoted = sum(c.after[:1] in QUOTES and (page or _quote(document.text, c.end)) for c in rows)
    told = prose > 0.5 * len(rows) or (not page and once and len(rows) > 1)
    return "says whom an article quotes" if rows and quoted > (0.5 if page else 0.9) * len(rows) and told else ""


def _quote(text: str, start: int) -> bool:
    """Say whether a line of text ends in a quote."""
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)].rstrip(" .,*_\xa0")[-1:] in QUOTES


QUOTES = frozenset('"“”„«»‘’‚「」')
_FIRST, _TURNS, _PLAIN = 3, 8, 5
"""Captions in which a label stands that opens the talk; turns that say so later; words that a name or an office has."""


def strewn(found: Sequence[Candidate], scores: Container[str], document: Document) -> str:
    """Return why the colons of captions are said: where people are labelled, so is who opens, and hardly another colon stands.

    Labels that begin later have to alternate, and to go on: who tells what others said does so in a few captions
    (`The father: Stay.`), and capitals are not only names (`NATO: …`).
    """
    rows = [c for c in found if c.shape == "colon" and c.form in scores]
    like = [c for c in found if c.shape == "colon" and len(c.form.split()) < _PLAIN and not c.form[:1].islower()]
    cues = [i for i, part in enumerate(document.parts) if part.kind == "stamp" and part.form == "cue"]
    first, last = (bisect(cues, row.part) for row in (rows[0], rows[-1]))
    habit = len(rows) / max(len(rows), len(like))
    changes = sum(a.form != b.form for a, b in pairwise(rows))
    few = 4 if all(row.form.upper() == row.form != row.form.lower() for row in rows) else _TURNS
    later = len(rows) >= few and 2 * changes >= len(rows) and habit > 0.8 and len(cues) - last <= 2 * (last - first)
    return "" if later or (first <= _FIRST and habit > 0.5) else "stands in captions whose speakers are not labelled"
