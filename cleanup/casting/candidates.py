"""Where a label may stand, by its shape alone: at the opening of a line, and inside a line that is a whole transcript."""

import re
from collections.abc import Iterator

from cleanup.casting.lines import STRONG, Line, lines
from cleanup.casting.shapes import DIALOGUE, UPPER, Candidate, opening
from cleanup.document import NOBODY, Document
from cleanup.regexes import late

_ENDED = late(r"[.!?…。！？:：♪\"'”’»」)\]\s–—-]\Z|^\W*\Z")
_INNER = (
    rf"(?:(?<=[.?!…”\"')\]] )|(?<=— )|(?<=- )|^)(?P<form>[{UPPER}][{UPPER}.'’#0-9-]{{1,30}}(?: [{UPPER}#0-9][{UPPER}.'’#0-9-]{{0,30}}){{0,4}}"
    rf"(?:, [^:.?!]{{2,60}})?):(?= )"
)
"""Compiled where a line is huge."""
_HUGE = 1500
"""Characters of a line that may be a whole transcript."""


def candidates(document: Document) -> Iterator[Candidate]:
    """Yield every string that may be a label, in order."""
    before: Line | None = None
    timed = document.timed
    rows = iter(lines(document))
    now = next(rows, None)
    while now is not None:
        following = next(rows, None)
        clocked = 2 if before and before.clock else int(bool(following and following.clock))
        inside = (
            before is not None
            and (timed or not (now.indented or now.paragraph))
            and not _ENDED.search(document.words(document.parts[before.parts[-1]]))
        )
        found = _line(document, now, clocked=clocked, timed=timed)
        if inside and timed:
            yield from map(_inside_sentence, found)
        else:  # `I thank⏎Ms. Lind. She was here`
            yield from (c for c in found if c.shape != "play") if inside else found
        before, now = now, following


def _inside_sentence(one: Candidate) -> Candidate:
    """Return a candidate in captions as one inside a sentence: there a dash may only break it off (`He went⏎– you know – home`)."""
    thought = one.shape == "dialogue" and one.after[:1].islower()
    return one._replace(inside=True, shape="thought" if thought else one.shape)


def _line(document: Document, line: Line, *, clocked: int, timed: bool) -> Iterator[Candidate]:
    parts = document.parts
    bold, stamped = line.strong, False
    voices = [i for i in line.parts if parts[i].form == "voice"]
    for index in voices:
        form = document.words(parts[index])
        yield Candidate(
            form, "voice", index, *parts[index][1:3], None, False, False, False, "", "p", False, True, False
        )
    if voices:
        return
    at = 0
    while at < len(line.parts) and parts[line.parts[at]].kind != "words":
        part = parts[line.parts[at]]
        bold |= part.kind in ("mark", "markup") and bool(STRONG.match(document.text[part.start : part.end]))
        stamped |= part.kind == "stamp"
        if part.kind in ("code", "note"):
            return
        at += 1
    if (
        at == len(line.parts)
        or parts[line.parts[at]].block == "table"
        or (timed and parts[line.parts[at]].block != "p")
    ):
        return
    found = opening(document, line, at, bold=bold, stamped=stamped, clocked=clocked, timed=timed)
    if found:
        yield found
        dash = DIALOGUE.match(document.text, found.start, found.end) if timed and found.shape == "box" else None
        if dash:  # `- [Mira] How late?`: a dash all the same, where names do not stand in brackets
            yield found._replace(form=NOBODY, shape="dialogue", end=dash.end())
    first = parts[line.parts[at]]
    if first.end - first.start > _HUGE:
        yield from _inside(document, line.parts[at], found)


def _inside(document: Document, index: int, first: Candidate | None) -> Iterator[Candidate]:
    """Yield labels in capitals behind a sentence end, in a line that is a whole transcript."""
    part = document.parts[index]
    for match in re.compile(_INNER).finditer(document.text, part.start, part.end):
        if first and match.start() < first.end:
            continue
        after = document.text[match.end() : match.end() + 40].lstrip()
        yield Candidate(
            match["form"], "inner", index, match.start(), match.end(), None, False, False, not after, after, part.block, False, False,
            False,
        )  # fmt: skip
