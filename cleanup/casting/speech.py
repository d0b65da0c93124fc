"""Whether a text is speech at all: values, programmes and quizzes have labels too, and speech may have none."""

import re
from collections.abc import Container, Iterable, Sequence, Set

from cleanup.casting import lists
from cleanup.casting.forms import Words, fold
from cleanup.casting.marking import CHATS, SAYS, STOPPED
from cleanup.casting.shapes import Candidate
from cleanup.document import Document
from cleanup.regexes import late

_FEW, _MANY = 60, 2000
"""Characters that are said between two times: fewer are a list of chapters or a programme, more an article."""
_DENSE = 12
_HEADS, _TIMES, _SLOW = 3, 3, 2
"""Bold words that each open one line, and are heads of a list; times that are counted; characters a second, of which people say ten."""


def listed_values(rows: Sequence[Candidate], forms: Container[str], shapes: Set[str], words: Words) -> bool:
    """Say whether most of the labels stand before values and not before speech: `Price: 12 euros`, `Room: North`.

    Capitals and roles are signs of a talk by themselves.
    """
    found = [c for c in rows if c.form in forms and c.shape in shapes]
    named = {c.form for c in found}
    if not shapes.isdisjoint(CHATS) or any(
        f.upper() == f != f.lower() or (len(named) > 1 and fold(f) in words.generic) for f in named
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
    return not _paced(document) and (len(set(found)) > 0.7 * len(found) or not spoken_turns(document))


def asked(document: Document, forms: Iterable[str]) -> bool:
    """Say whether questions and answers are those of a page that answers what people ask often."""
    title = next(
        (document.words(part) for part in document.parts[:99] if part.block == "h1" and part.kind == "words"), ""
    )
    return _OFTEN.search(title) is not None and all(len(form) == 1 for form in forms)


_OFTEN = late(
    r"\bFAQs?\b|frequently asked|häufig(?:e| gestellte) fragen|foire aux questions|preguntas frecuentes|perguntas frequentes|domande frequenti"
    r"|veelgestelde vragen|vanliga frågor|ofte stil(?:lede|te) spørgsmål|najczęściej zadawane|часто задаваемые",
    re.IGNORECASE,
)


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
    times = sum(part.kind == "stamp" and not part.aside for part in document.parts)
    sounds = sum(part.kind == "sound" and not part.aside for part in document.parts)
    if document.format.name == "html":  # an article has brackets, and times of day
        said = sum(part.end - part.start for part in document.parts if part.kind == "words" and not part.aside)
        times, sounds = times if _FEW * times < said < _MANY * times else 0, sounds if turns else 0
    return document.timed or (times > 2 and _paced(document)) or turns + sounds > 2 or lists.says_transcript(document)
