"""Interviews whose questions stand in another hand and without labels: bold paragraphs, and plain ones that answer."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cleanup.casting.lines import Line, lines
from cleanup.casting.lists import heads
from cleanup.casting.shapes import Candidate
from cleanup.document import Document
from cleanup.regexes import late
from cleanup.words import strings

HANDS = ("italics", "bold")
"""Shapes of labels that are signs of emphasis."""
ASKS, ANSWERS = "Q", "A"
"""Who speaks, as long as nobody says a name."""
_SIGN = late(r"(?P<strong>\*\*|__|</?(?:strong|b)\b)|[*_]|</?(?:em|i)\b")
_QUESTION = late(r"[?？؟;][\"'”’»)\]*_\s]*$")
_ADVICE = late(
    r"\b(?:job |mock )?interview (?:tips|questions|guide|skills|advice|process|prep)|\b(?:for|before) (?:an|your|a job|the) interview\b"
)
_BLOCKS = frozenset({"p", "li", "quote", "h1", "h2"})
_TOKEN = late(r"[^\W\d_]+")
_LONG, _NEAR, _FEW, _SHARE, _MOST = 1500, 400, 3, 0.4, 0.6


class _Hand(NamedTuple):
    """A line all in bold or in italics: its first and last part, and where the signs before and behind its words are."""

    strong: bool
    opens: int
    closes: int


def _hand(document: Document, line: Line) -> _Hand | None:
    parts = [(i, document.parts[i]) for i in line.parts if document.parts[i].kind != "gap"]
    if not line.paragraph or parts[-1][1].end - parts[0][1].start > _LONG or any(p.block != "p" for _, p in parts):
        return None
    first = next(n for n, (_, part) in enumerate(parts) if part.kind not in ("mark", "markup"))
    signs = [m for _, p in parts if (m := _SIGN.match(document.text, p.start, p.end)) and p.kind in ("mark", "markup")]
    before = [m for m in signs if m.start() < parts[first][1].start]
    strong = any(m["strong"] for m in before)
    own, inside = {m.start(): m[0] for m in signs if bool(m["strong"]) == strong}, False
    for _, part in parts:
        if part.start in own:
            inside = not own[part.start].startswith("</") if own[part.start][0] == "<" else not inside
        elif not inside and part.kind not in ("mark", "markup"):
            return None
    whole = before and not inside and parts[-1][1].kind in ("mark", "markup")
    return _Hand(strong, parts[first - 1][0], parts[-1][0]) if whole else None


def asked(document: Document) -> Iterator[Candidate]:
    """Yield the signs between which each question stands, as labels of who asks and of who answers.

    What stands in the hand above the first question, and has no answer, introduces the talk.
    """
    waiting: _Hand | None = None
    begun = False
    for line in lines(document):
        if not any(document.parts[i].kind == "words" for i in line.parts):
            continue
        hand = _hand(document, line)
        if waiting and (begun or not hand):
            yield from _signs(document, waiting)
            begun = True
        begun |= hand is not None and _QUESTION.search(_said(document, hand.opens, hand.closes)) is not None
        waiting = hand
    if waiting:
        yield from _signs(document, waiting)


def _signs(document: Document, hand: _Hand) -> Iterator[Candidate]:
    for form, index in ((ASKS, hand.opens), (ANSWERS, hand.closes)):
        start, end = document.parts[index][1:3]
        yield Candidate(
            form, HANDS[hand.strong], index, start, end, None, hand.strong, False, False, "", "p", False, True, False
        )  # fmt: skip


def interview(document: Document, table: Mapping[str, Any], language: str | None) -> list[Candidate]:
    """Return those signs where a page is an interview for certain, in bold or else in italics.

    It says so above or below them, most lines in the hand ask, text stands between them, and who answers says `I` to somebody who says
    `you`: a page that answers what people ask often does not.
    """
    tag = (language or "").partition("-")[0]
    you, me = (frozenset(map(str, (table[name]).get(tag) or ())) for name in ("you", "me"))
    rows = list(asked(document)) if me and not (document.ours or document.timed) else []
    for shape in HANDS[::-1]:
        own = [row for row in rows if row.shape == shape]
        if len(own) < 2 * _FEW:
            continue
        places = [row.part for row in own]
        said = [_said(document, a, b) for a, b in zip(places, [*places[1:], len(document.parts)], strict=True)]
        pairs = [(q, a) for q, a in zip(said[::2], said[1::2], strict=True) if a]
        asks = sum(_QUESTION.search(q) is not None for q, _ in pairs)
        told = sum(_holds(a, me) for _, a in pairs) >= _SHARE * len(pairs)
        named = sum(_holds(q, you) for q, _ in pairs) >= _SHARE * len(pairs)
        talk = asks >= _MOST * len(pairs) and 4 * len(pairs) > len(said) and told and named
        around = f"{_stated(document)} {_said(document, 0, places[0])} {said[-1][-_NEAR:]}".casefold()
        if (
            talk
            and len(pairs) >= _FEW
            and any(word in _ADVICE.sub("", around) for word in strings(table["interviews"]))
        ):
            return own
    return []


def _stated(document: Document) -> str:
    """Return titles, and what else the head states (`interviewer: Ana Lind`, `section: Interviews`)."""
    values = (f"{p.form} {document.text[p.start : p.end]}" for p in document.parts if p.kind == "value")
    return " ".join((*(text for text, _ in heads(document)), *values))


def _said(document: Document, first: int, last: int) -> str:
    parts = document.parts[first:last]
    return " ".join(document.words(p) for p in parts if p.kind in ("words", "note") and p.block in _BLOCKS)


def _holds(text: str, words: Container[str]) -> bool:
    """Say whether one of some words stands in a text: a character, where they are written without blanks."""
    wide = max(text) > "\u3040"
    return any(token in words for token in (text if wide else _TOKEN.findall(text.casefold())))


def named(rows: Iterable[Candidate], forms: Sequence[str], shapes: Container[str]) -> Iterator[Candidate]:
    """Yield the signs of a hand with the forms of who asks and who answers."""
    return (row._replace(form=forms[row.form == ANSWERS]) for row in rows if row.shape in shapes)
