"""Labels where they stand: marked in the text, with what stands beside the talk."""

from collections.abc import Container, Iterable, Iterator
from operator import is_

from cleanup.casting import hands, lists
from cleanup.casting.candidates import candidates
from cleanup.casting.forms import fold
from cleanup.casting.frame import frame
from cleanup.casting.lines import LINE_ENDS
from cleanup.casting.shapes import Candidate
from cleanup.document import NOBODY, Cast, Document, Part, edged
from cleanup.regexes import late

STOPPED = late(r"[.?!…。！？—–-][\"'”’»」)\]*_]*$|[,;]")
SAYS = 5
"""So many words are more than a value: `Sendezeit: Montag, 20.15 Uhr`."""
CHATS = ("chat", "nick")
_MINUTED = late(r"(?:DRAFT )?(?:PROPOSAL|PROPOSED|RESOLUTION|RESOLVED|ACTION|TOPIC|SUBTOPIC|POLL)(?: \d+)?")
"""What the scribes of W3C groups type, and programs collect: https://www.w3.org/2002/03/RRSAgent."""
_CLIP_ENDS = frozenset({"end", "ende", "fin", "fim", "fine", "slut", "einde"})


def mark(document: Document, cast: Cast) -> Document:
    """Return the document with its labels as parts, and prose around the transcript set apart.

    What a label is depends on its form and shape alone, so that an edit elsewhere changes nothing; a headline is none.
    """
    if cast.hands:
        asked = hands.named(hands.asked(document), cast.hands, cast.shapes)
        return marked_with(document, asked, cast.asides, cast.remarks, cast.forms, cast.shapes)
    labels = (c for c in headed(document, {}) if counts(c, cast.forms, cast.shapes))
    if cast.headline:
        labels = (c for c in labels if not document.text.startswith(cast.headline, c.start))
    if document.ours and not document.timed:
        labels = (c for c in labels if c.bold and (c.form == NOBODY) == (c.shape == "nobody"))
    return marked_with(document, labels, cast.asides, cast.remarks, cast.forms, cast.shapes)


def headed(document: Document, told: dict[str, str]) -> Iterator[Candidate]:
    """Yield the candidates but for lines above the talk that say who takes part (`Host: Ana Lind`), which are `told`."""
    head = not (document.ours or document.timed)
    for row in candidates(document):
        colon, name = row.shape == "colon" and not row.stamped, lists.TAIL.sub("", row.after.strip("*_ "))
        if (
            head
            and colon
            and " " in name
            and not row.after.endswith((".", "!", "?"))
            and name != name.lower()
            and lists.like_name(name)
        ):
            told[fold(row.form)] = name
            continue
        head = head and (row.alone or (colon and len(row.after.split()) < SAYS and not STOPPED.search(row.after)))
        yield row


def counts(candidate: Candidate, forms: Container[str], shapes: frozenset[str]) -> bool:
    """Say whether a candidate is a label, or opens a line of chat that is no speech."""
    return beside(candidate, forms, shapes) or (candidate.form in forms and candidate.shape in shapes)


def beside(candidate: Candidate, forms: Container[str], shapes: frozenset[str]) -> bool:
    """Say whether a line of chat is a note: it is written beside speech, by a robot, or into the minutes."""
    if candidate.shape == "colon" and not shapes.isdisjoint(CHATS) and _MINUTED.fullmatch(candidate.form):
        return True
    return candidate.shape == "nick" and ("chat" in shapes or ("nick" in shapes and candidate.form not in forms))


def marked_with(
    document: Document,
    rows: Iterable[Candidate],
    asides: frozenset[str],
    remarks: tuple[str, ...],
    known: Container[str],
    shapes: frozenset[str],
) -> Document:
    """Return the document with the labels that certain candidates are, lines of chat as notes, and its frame set apart."""
    labels = iter(rows)
    row = next(labels, None)  # one at a time, as they stand: all of them weigh more than the text
    until, label = -1, None  # a label that goes on behind marks
    parts: list[Part] = []
    written = False  # in a line of chat
    for index, part in enumerate(document.parts):
        own: list[Candidate] = []
        written = (written and part.kind != "break" and part.form not in LINE_ENDS) or (
            row is not None and row.part == index and beside(row, known, shapes)
        )
        while row and row.part == index:
            if not own or row.start >= own[-1].end:
                own.append(row)
            if row.until is not None:
                until, label = row.until, row.form
            row = next(labels, None)
        if written:
            parts.append(part._replace(kind="note") if part.kind in ("words", "sound", "code") else part)
        elif own:
            parts += _labelled(document.text, part, own)
        elif part.kind == "words" and part.start < until:
            parts += _rest(document.text, part, min(until, part.end), label)
        elif part.kind == "sound" and ends_clip(document.text[part.start : part.end]):
            parts.append(part._replace(form=NOBODY))
        else:
            parts.append(part)
    page = not shapes.isdisjoint(hands.HANDS)
    same = len(parts) == len(document.parts) and all(map(is_, parts, document.parts))
    return frame(document if same else document._replace(parts=tuple(parts)), asides, remarks, page=page)


def _labelled(text: str, part: Part, rows: list[Candidate]) -> Iterator[Part]:
    at = part.start
    for row in rows:
        if row.start > at:
            yield from _spoken(text, part, at, row.start)
        yield part._replace(kind="label", start=row.start, end=row.end, form=row.form)
        at = row.end
    yield from _spoken(text, part, at, part.end)


def _rest(text: str, part: Part, until: int, label: str | None) -> Iterator[Part]:
    """Yield the rest of a label, which may be its colon alone, and the words behind it."""
    kind = "label" if any(map(str.isalnum, text[part.start : until])) else "markup"
    yield part._replace(kind=kind, end=until, form=label if kind == "label" else None)
    yield from _spoken(text, part, until, part.end)


def _spoken(text: str, part: Part, start: int, end: int) -> Iterator[Part]:
    """Yield words between labels, and the blanks at their edges."""
    if text.find("&", start, end) >= 0:
        from cleanup.formats.tags import BLANKS

        blank = BLANKS.match(text, start, end)
        if blank and "&" in blank[0]:  # a blank that is written as an entity
            yield part._replace(kind="markup", start=start, end=blank.end(), form=None)
            start = blank.end()
    yield from edged(text, part, start, end)


def ends_clip(sound: str) -> bool:
    """Say whether a sound ends a clip: what follows without a label is not the clip's last speaker."""
    return sound.strip("([{（【\\ ").partition(" ")[0].casefold() in _CLIP_ENDS and " " in sound
