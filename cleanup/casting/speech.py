"""Whether a text is speech at all: values, programmes and quizzes have labels too, and speech may have none."""

import re
from collections.abc import Container, Iterable, Sequence, Set

from cleanup.casting import lists
from cleanup.casting.forms import Words, fold
from cleanup.casting.marking import CHATS, SAYS, STOPPED
from cleanup.casting.shapes import Candidate
from cleanup.document import Document
from cleanup.regexes import late
from cleanup.units import units

_FEW, _MANY = 60, 2000
"""Characters that are said between two times: fewer are a list of chapters or a programme, more an article."""
_DENSE = 12
_HEADS, _TIMES, _SLOW = 3, 3, 2
"""Bold words that each open one line, and are heads of a list; times that are counted; characters a second, of which people say ten."""


def listed_values(rows: Sequence[Candidate], forms: Container[str], shapes: Set[str], words: Words) -> bool:
    """Say whether most of the labels stand before values and not before speech: `Price: 12 euros`, `Room: North`.

    Roles are signs of a talk by themselves, and capitals that recur or are few.
    """
    found = [c for c in rows if c.form in forms and c.shape in shapes]
    named = {c.form for c in found}
    again = len(found) > len(named) or len(named) < _HEADS
    if not shapes.isdisjoint(CHATS) or any(
        (again and f.upper() == f != f.lower()) or (len(named) > 1 and fold(f) in words.generic) for f in named
    ):
        return False
    said = [c.after for c in found if c.shape == "colon" and c.after and not c.stamped]
    brief = sum(
        len(t.split()) < SAYS and len(t) <= (_DENSE if t > "\u0e00" else 39) and not STOPPED.search(t) for t in said
    )
    heads = (
        all(not c.stamped and ((c.bold and " " not in c.form) or c.block == "li") for c in found)
        and len(found) == len(named) > _HEADS
    )
    values = len(said) > min(2, len(named)) or len(found) == 1
    return heads or (values and len(said) > 0.9 * len(found) and brief > 0.6 * len(said))


def programme(document: Document, rows: Sequence[Candidate], forms: Container[str], shapes: Set[str]) -> bool:
    """Say whether the labels stand beside hours, and hardly one twice, or without words: `10:00 Ana Lind: Ropes and knots`."""
    found = [c.form for c in rows if c.form in forms and c.shape in shapes]
    return not _paced(document) and (len(set(found)) > _APART * len(found) or not spoken_turns(document))


def other_page(document: Document, rows: Sequence[Candidate], forms: Set[str], words: Words) -> bool:
    """Say whether a page answers what people ask often, prints what readers sent in, or is a thread of posts; or has comments alone."""
    titles = "\n".join(title for title, _ in lists.heads(document))
    sent = bool(rows) and len({c.form for c in rows}) > _APART * len(rows) and _says(words.sent, titles)
    letters = all(len(form) == 1 or fold(form) in words.generic for form in forms)
    label = next((part.start for part in document.parts if part.kind == "label"), 0)
    heads = "\n".join(unit.text.strip() for unit in units(document) if unit.start < label and unit.block[0] == "h")
    return (
        sent or (letters and _says(words.asked, titles)) or _says(words.below, heads) or _posts(document, words.posts)
    )


def _posts(document: Document, marks: frozenset[str]) -> bool:
    """Say whether most labels have beside them what forums print at each post: a button, how old it is, another day."""
    labels = [part for part in document.parts if part.kind == "label"]
    first, last = (labels[0].start, labels[-1].start) if labels else (0, 0)
    told = [unit for asides in (False, True) for unit in units(document, asides=asides) if first < unit.start < last]
    shown = (*(unit.text[-_FEW:] for unit in told), *(label.form or "" for label in labels))
    texts = [_NUMBERS.sub("0", text.casefold()).strip(_ROUND) for text in shown]
    ends = tuple(f" {mark}" for mark in marks)
    signs = sum(text in marks or text.endswith(ends) for text in texts)
    stamps = (document.text[p.start : p.end] for p in document.parts if p.kind == "stamp" and first < p.start < last)
    lines = (unit.text for unit in told if len(unit.text) < _FEW and unit.text[-1:] not in ".!?…")
    days = _days([*stamps, *lines])
    return max(signs, days * (days > 2)) * 2 >= max(4, len(labels) - 1)


def _days(texts: Iterable[str]) -> int:
    """Return how many days short texts name, told by a year and one more number, and without their clocks."""
    days = {_CLOCK.sub("", text).strip(_ROUND) for text in texts if _YEAR.search(text)}
    return sum(any(map(str.isdecimal, _YEAR.sub("", day))) for day in days)


def _says(patterns: frozenset[str], titles: str) -> bool:
    return any(re.search(pattern, titles, re.IGNORECASE | re.MULTILINE) for pattern in patterns)


_APART = 0.7
"""So many of the labels stand once where each of them is another thing."""
_DATED = 12
"""Characters before a time in which the end of a date stands."""
_ROUND = " \t\xa0.…!,;:*_-–—|()[]·•#"
_NUMBERS, _YEAR = late(r"\d+"), late(r"\b(?:19|20)\d\d\b")
_CLOCK = late(r"\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\b)?", re.IGNORECASE)


def _paced(document: Document) -> bool:
    """Say whether between the times of a text as much stands as people say while they pass."""
    parts = [part for part in document.parts if not part.aside]
    stamps = [i for i, part in enumerate(parts) if part.kind == "stamp" and part.at is not None]
    times = [parts[i].at or 0 for i in stamps]
    said = sum(part.end - part.start for part in parts[stamps[0] : stamps[-1]] if part.kind == "words") if stamps else 0
    return len(times) < _TIMES or said * 1000 >= _SLOW * (max(times) - min(times))


def spoken_turns(document: Document) -> int:
    """Return how many labels have words behind them that are neither a heading nor beside the talk."""
    count, waiting = 0, False
    for part in document.parts:
        if part.kind == "label":
            waiting = True
        elif waiting and part.kind == "words" and not part.aside:
            count += part.block in ("p", "li", "quote")
            waiting = False
    return count


def is_speech(document: Document, turns: int) -> bool:
    """Say whether a text without labels is speech: it has times or sounds, or says that it is a transcript."""
    stamps = [part.start for part in document.parts if part.kind == "stamp" and not part.aside]
    days = _days(document.text[max(0, start - _DATED) : start + _DATED].partition("\n")[0] for start in stamps)
    times = len(stamps) if days < 2 else 0  # posts are of many days
    sounds = sum(part.kind == "sound" and not part.aside for part in document.parts)
    if document.format.name == "html":  # an article has brackets, and times of day
        said = sum(part.end - part.start for part in document.parts if part.kind == "words" and not part.aside)
        times, sounds = times if _FEW * times < said < _MANY * times else 0, sounds if turns else 0
    return document.timed or (times > 2 and _paced(document)) or turns + sounds > 2 or lists.says_transcript(document)
