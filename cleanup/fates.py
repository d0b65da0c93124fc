"""What became of every character of the input, and the account of it in words (law 0)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cleanup.document import Document
from cleanup.engine import Revision
from cleanup.regexes import late

FATES = {
    "words": "body", "code": "body", "label": "labels", "stamp": "stamps", "sound": "sound",
    "note": "notes", "value": "moved", "mark": "markup", "markup": "markup", "break": "", "gap": "",
}  # fmt: skip
"""The fate of what stands in a part of each kind; blanks have none of their own, and go with what stands before them."""

ORDER = ("body", "labels", "stamps", "sound", "notes", "removed", "moved", "markup")

_WORD = late(r"[^\W_]+(?:['’\-.][^\W_]+)*")
_CJK = r"\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af"
_WIDE = late(rf"[{_CJK}]|[^\W_{_CJK}]+(?:['’\-.][^\W_{_CJK}]+)*")
"""Words where some scripts are written without spaces: there each character counts."""

_PIECE = 1 << 16


class Fate(NamedTuple):
    """What became of a stretch of text; `changed` where an applied edit names it."""

    start: int
    end: int
    fate: str
    changed: bool = False


def fates(document: Document, revisions: Sequence[Revision]) -> Iterator[Fate]:
    """Yield the fate of every character of the input, in order and without a gap.

    Starts from the parts of the final document and goes back through the revisions: what an edit
    replaced shares the fate of what stands there now; what it took away has the fate of its
    finding, and a word that was dropped counts as removed.
    """
    spans = _merge(Fate(part.start, part.end, FATES[part.kind]) for part in document.parts)
    for revision in reversed(revisions):
        if revision.imports:
            spans = _merge(_into_input(spans, revision))
        elif revision.edits:
            spans = _merge(_back(spans, revision))
    return spans


def account(text: str, spans: Iterable[Fate]) -> dict[str, int]:
    """Count the words of the input by fate; a word goes where its first character went.

    The sum of all but `changed` is `words`. Raises `ValueError` where the spans leave a
    character without a fate.
    """
    counts = dict.fromkeys(("words", *ORDER, "changed"), 0)
    words = _WORD if text.isascii() or max(text) < "\u3040" else _WIDE
    at = 0
    for span in spans:
        if span.start != at:
            raise ValueError(f"characters {at} to {span.start} have no fate")
        at = span.end
        count = _starting(words, text, span.start, span.end)
        counts["words"] += count
        counts[span.fate] += count
        counts["changed"] += count if span.changed and span.fate == "body" else 0
    if at != len(text):
        raise ValueError(f"characters {at} to {len(text)} have no fate")
    return counts


def _starting(words: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Return how many words start in a stretch; looked at in pieces, since a list of words weighs ten times the text."""
    count = 0
    for at in range(start, end, _PIECE):
        found = len(words.findall(text, at, min(end, at + _PIECE)))
        count += found - (found > 0 and _inside(words, text, at))
    return count


def _inside(words: re.Pattern[str], text: str, at: int) -> bool:
    """Say whether a place lies inside a word: what is found behind it is then no word of its own."""
    if at == 0 or at == len(text) or text[at].isspace() or text[at - 1].isspace():
        return False
    near = text[max(0, at - 2) : at + 2]
    return any(word.start() < at - max(0, at - 2) < word.end() for word in words.finditer(near))


def _merge(spans: Iterable[Fate]) -> Iterator[Fate]:
    """Join neighbours of one fate; blanks go with what stands before them, and at the start with what follows."""
    first = last = 0
    fate, changed = "", False
    for start, end, its, edited in spans:
        if start == end:
            continue
        if its and fate and (its, edited) != (fate, changed):
            yield Fate(first, last, fate, changed)
            first = start
        if its:
            fate, changed = its, edited
        last = end
    if first < last:
        yield Fate(first, last, fate or "markup", changed)


def _back(spans: Iterator[Fate], revision: Revision) -> Iterator[Fate]:
    """Turn the fates of a revision's text into those of the text before it."""
    made = sorted(
        {(edit.start, edit.end, edit.text, finding.fate) for finding in revision.applied for edit in finding.edits}
    )
    at = here = 0  # places in the text before and after
    span = Fate(0, 0, "")
    for start, end, text, fate in [*made, (len(revision.before.text), len(revision.before.text), "", "")]:
        while at < start:
            while span.end <= here:
                span = next(spans)
            step = min(start - at, span.end - here)
            yield Fate(at, at + step, span.fate, span.changed)
            at, here = at + step, here + step
        if end > start and text:
            while span.end <= here:
                span = next(spans)
            yield Fate(start, end, span.fate, changed=True)
        elif end > start:
            yield Fate(start, end, "moved" if fate == "moved" else "removed", changed=fate == "changed")
        at, here = end, here + len(text)


def _into_input(spans: Iterable[Fate], revision: Revision) -> Iterator[Fate]:
    """Turn the fates of an imported text into those of the input: what did not come into it is markup, or lies `beside`."""
    rows = [Fate(*row) for row in revision.after.beside]
    sources = iter(revision.after.spans)
    source = next(sources, None)
    for fate in spans:
        while source and source.start < fate.end:
            first, last = max(source.start, fate.start), min(source.start + source.length, fate.end)
            if first < last and source.size == source.length:
                start = source.origin + first - source.start
                rows.append(fate._replace(start=start, end=start + last - first))
            elif first < last:
                rows.append(fate._replace(start=source.origin, end=source.origin + source.size))
            if source.start + source.length > fate.end:
                break
            source = next(sources, None)
    at = 0
    for row in sorted(rows):
        if at < row.start:
            yield Fate(at, row.start, "markup")
        if at < row.end:
            yield row._replace(start=max(at, row.start))
            at = row.end
    yield Fate(at, len(revision.before.text), "markup")
