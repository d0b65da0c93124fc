"""What is written beside the speech: remarks of editors, chat lines, and the article above an interview."""

from bisect import bisect_right
from collections.abc import Mapping
from functools import lru_cache

from cleanup.document import Document, Part, line_starts
from cleanup.literals import keys
from cleanup.matching import Matcher, Needle
from cleanup.regexes import late
from cleanup.units import Unit, units

_LONGEST, _MANY = 800, 1000


def lines(table: Mapping[str, object]) -> tuple[str, ...]:
    """Return a pattern for each whole line that `remarks` of `rules/labels.yaml` describe."""
    rows = table.get("remarks")
    texts = (text for row in rows.values() for text in row) if isinstance(rows, Mapping) else ()
    return tuple(f"^(?:{text})$" for text in texts)


@lru_cache(maxsize=4)
def _matcher(patterns: tuple[str, ...]) -> Matcher:
    return Matcher([Needle(index, text, keys(text)) for index, text in enumerate(patterns)])


def noted(document: Document, patterns: tuple[str, ...]) -> Document:
    """Return the document with every line of its own that a pattern describes as a note: kept, and not speech.

    A line that a label opens is speech, whatever it says.
    """
    rows, found = units(document), list[Unit]()
    for first in range(0, len(rows), _MANY):  # together: a search takes longer to begin than to go through a line
        some = [unit for unit in rows[first : first + _MANY] if not unit.labelled and len(unit.text) < _LONGEST]
        text = "\n".join(unit.text.strip(" \t\xa0_") for unit in some)
        starts = line_starts(text)
        found += [some[bisect_right(starts, hit.start) - 1] for hit in _matcher(patterns).find(text)]
    if not found:
        return document
    parts = list(document.parts)
    for unit in found:
        for index in range(unit.first, unit.last):
            if parts[index].kind == "words" and parts[index].block in ("p", "li", "quote", "other"):
                parts[index] = parts[index]._replace(kind="note")
    return document._replace(parts=tuple(parts))


def bracketed(document: Document) -> Document:
    """Return captions with what stands in brackets where a line begins as a note: who speaks off the picture, what is seen.

    Nobody says it. A bracket that goes on in small letters is somebody's guess at a word; a habit of labels has been marked before.
    """
    parts: list[Part] = []
    text = document.text
    for part in document.parts:
        opens = (
            part.kind == "words"
            and text[part.start] in "[(-–"
            and (not parts or parts[-1].kind not in ("words", "gap"))
        )
        match = _BRACKET.match(text, part.start, part.end) if opens else None
        if match:
            (start, end), after = match.span(1), match.end()
            pieces = (
                ("words", part.start, start),
                ("note", start, end),
                ("gap", end, after),
                ("words", after, part.end),
            )
            parts += [part._replace(kind=kind, start=first, end=last) for kind, first, last in pieces if first < last]
        else:
            parts.append(part)
    return document._replace(parts=tuple(parts))


_BRACKET = late(
    r"[-–]?(\[[^\[\]\n]{2,60}\]|\([A-ZÀ-Þ][A-ZÀ-Þ0-9 .'’-]{1,40}\))[ \t\xa0]*(?![^\W\d_A-ZÀ-Þ]|[ \t\xa0.,;:?!)\]-])"
)


def introduced(document: Document) -> int:
    """Return the index of the first label of a magazine's interview, where an article stands above it; else 0.

    Magazines set a question in bold together with its label (`**KOVAC: Why now?**`); whoever transcribes a
    broadcast sets the label alone in bold, if anything, and what stands above is what the host says.
    """
    labels = [index for index, part in enumerate(document.parts) if part.kind == "label"]
    asked = [index for index in labels if _bold_question(document, index)]
    return labels[0] if len(asked) > 1 and labels[0] > 0 else 0


def _bold_question(document: Document, label: int) -> bool:
    """Say whether a label and the whole paragraph behind it are bold."""
    parts, text = document.parts, document.text
    if not label or not _strong(document, parts[label - 1]):
        return False
    for index in range(label + 1, min(label + 40, len(parts))):
        if parts[index].kind == "break" or parts[index].form == "para":
            return False
        if _strong(document, parts[index]):
            end = index + 1 == len(parts) or parts[index + 1].kind == "break" or parts[index + 1].form == "para"
            return end and any(
                p.kind == "words" and text[p.start : p.end].strip(" :") for p in parts[label + 1 : index]
            )
    return False


def _strong(document: Document, part: Part) -> bool:
    return part.kind == "mark" and document.text[part.start : part.end] in ("**", "__", "***")
