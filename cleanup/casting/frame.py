"""Which prose of a page stands around the transcript: show notes, introductions, links."""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from cleanup.casting.lists import like_name
from cleanup.casting.remarks import bracketed, introduced, noted
from cleanup.document import NOBODY, Document, Part
from cleanup.regexes import late
from cleanup.units import Unit, units

_TRANSCRIPT = late(r"\btran(?:script|scripción|skript|scription|scrição|scrizione)\b", re.IGNORECASE)
_LINE = late(
    r"(?:(?:full|interview|episode|meeting|raw) )?(?:transcript|transcription|transkript|transcripción|transcrição|trascrizione)(?: of the episode| begins?)?"
)
_SPACES = late(r"[\W_]+")
_BY = late(r"\A[Bb]y ")


class _Section:
    """The parts from one heading, rule or opening tag of a transcript to the next."""

    def __init__(self, first: int, *, level: int = 0, begins: bool = False, line: bool = False) -> None:
        self.first = self.last = first
        self.level, self.begins, self.line = level, begins, line
        self.title = ""
        self.labels = False


def frame(document: Document, asides: frozenset[str], remarks: tuple[str, ...], *, page: bool = False) -> Document:
    """Return the document with prose around the transcript in blocks of its own (`other`), and remarks as notes.

    Where a page has sections, those before the first one that holds a label are not speech, and
    neither are those behind it whose heading says so (`asides`, folded). Without sections
    nothing is known, and all prose stays what it is: a broadcaster prints the host's opening
    without a label. A `page` has the editor's words above its first label.
    """
    if document.timed:
        return document if document.ours else bracketed(document)  # captions are all there is
    document = _without_head(document) if page or document.format.name == "html" else document
    document = _without_names(noted(document, remarks), asides)
    above = introduced(document) if not document.ours else 0
    if above:
        kept = (p._replace(block="other") if p.block in ("p", "quote") else p for p in document.parts[:above])
        document = document._replace(parts=(*kept, *document.parts[above:]))
    sections = list(_sections(document))
    start = next((i for i, s in enumerate(sections) if s.begins and not s.labels), None)
    first = next((i for i, s in enumerate(sections) if s.labels), start)
    if first is None or len(sections) < 2:
        return document
    opened = document.ours and any(s.begins and s.labels and not s.level and not s.line for s in sections)
    if start is not None and start < first and not opened and not any(s.labels for s in sections[:start]):
        first = start
    outside: list[_Section] = sections[:first]
    aside = 0
    for section in sections[first + 1 :]:
        if section.level:
            aside = 0 if section.level <= (aside or 7) or section.labels else aside
            aside = section.level if not aside and section.title in asides and not section.labels else aside
        if aside and not section.labels:
            outside.append(section)
    if not outside:
        return document
    parts = list(document.parts)
    for section in sections[1:]:
        if section.line and section is sections[first]:
            parts[section.first] = parts[section.first]._replace(block="h2")
    for section in outside:
        for i in range(section.first, section.last):
            if parts[i].block in ("p", "quote"):
                parts[i] = parts[i]._replace(block="other")
    return document._replace(parts=tuple(parts))


def _without_head(document: Document) -> Document:
    """Return a page with what stands above its first label set apart: its topic, its place, who takes part.

    Sentences there are the editor's too, but where labels are in capitals: so do broadcasters write, whose
    hosts often open without one.
    """
    first = next((i for i, part in enumerate(document.parts) if part.kind == "label"), 0)
    form = document.parts[first].form or ""
    aired = form == form.upper() and form != NOBODY
    parts, line = list(document.parts), list[int]()
    for index in range(first + 1 if first else 0):
        part = parts[index]
        if part.kind == "words" and part.block == "p":
            line.append(index)
        elif part.form in ("para", "line") or part.kind == "label":
            last = document.words(parts[line[-1]]) if line else ""
            for i in line if last and not (aired and _SENTENCE.search(last)) else ():
                parts[i] = parts[i]._replace(block="other")
            line = []
    return document._replace(parts=tuple(parts))


def _without_names(document: Document, asides: frozenset[str]) -> Document:
    """Return a talk with what heads it set apart: the name under its title, who takes part, and above labels all that is no sentence."""
    if document.ours:
        return document
    apart: list[Unit] = []
    byline, number = True, 0
    labelled = document.format.name != "html" and any(part.kind == "label" for part in document.parts)
    heard = next((part.start for part in document.parts if part.kind == "sound"), len(document.text))
    rows = takewhile(lambda unit: not unit.labelled and unit.start < heard, units(document)[:_HEAD])
    for lines in _paragraphs(document, rows):
        key = next(
            (i for i, unit in enumerate(lines) if unit.text.strip().endswith(":") and fold(unit.text) in asides),
            len(lines),
        )
        headed = labelled and not any(_SENTENCE.search(unit.text) or len(unit.text) > _LINED for unit in lines)
        for index, unit in enumerate(lines):
            name = unit.text.strip()
            named = byline and " " in name and name != name.lower() and like_name(_BY.sub("", name))
            if unit.block == "p" and (headed or named or index >= key):
                apart.append(unit)
            byline = byline and number < _BYLINE and not named and not (_SENTENCE.search(name) or len(name) > _LINED)
            number += 1
        titled = number < 2 and not lines[-1].text.rstrip().endswith(".")
        if not (headed or titled) and (not apart or apart[-1] is not lines[-1]):
            break  # speech has begun: on a page, what is none stands above it
    parts = list(document.parts)
    for index in (i for unit in apart for i in range(unit.first, unit.last)):
        parts[index] = parts[index]._replace(block="other")
    return document._replace(parts=tuple(parts)) if apart else document


def _paragraphs(document: Document, rows: Iterable[Unit]) -> Iterator[list[Unit]]:
    """Yield the lines between blank lines."""
    lines: list[Unit] = []
    for unit in rows:
        if lines and document.text.count("\n", lines[-1].end, unit.start) != 1:
            yield lines
            lines = []
        lines.append(unit)
    if lines:
        yield lines


_HEAD, _BYLINE, _LINED = 20, 3, 120
_SENTENCE = late(r"[.!?…。！？][\"'”’»)\]\s]*$")


def fold(heading: str) -> str:
    """Return a heading as it is compared: letters and digits, lower case, single blanks."""
    return _SPACES.sub(" ", heading).strip().casefold()


def _sections(document: Document) -> Iterator[_Section]:
    now = _Section(0)
    heading = False
    for index, part in enumerate(document.parts):
        level = _LEVELS.get(part.block, 0)
        opens = part.kind == "markup" and _opens(document, part)
        if (level and not heading) or opens or part.block == "hr":
            now.last = index
            yield now
            now = _Section(index, level=level, begins=opens)
        heading = bool(level)
        if part.kind == "words" and not level and _alone(document, index):
            now.last = index
            yield now
            now = _Section(index, begins=True, line=True)
        if level and part.kind in ("words", "code"):
            now.title = fold(f"{now.title} {document.words(part)}")
            now.begins |= bool(_TRANSCRIPT.search(now.title))
        now.labels |= part.kind == "label"
    now.last = len(document.parts)
    yield now


def _alone(document: Document, index: int) -> bool:
    """Say whether words are a line `Transcript` of their own: exporters put their notes above it."""
    part = document.parts[index]
    if part.end - part.start > 40 or "tra" not in document.text[part.start : part.end].casefold():
        return False
    if not _LINE.fullmatch(fold(document.words(part))):
        return False
    near = (document.parts[i].kind for i in (index - 1, index + 1) if 0 <= i < len(document.parts))
    return all(kind in ("break", "markup", "mark") for kind in near)


_LEVELS = {f"h{level}": level for level in range(1, 7)}


def _opens(document: Document, part: Part) -> bool:
    """Say whether a tag or shortcode opens a transcript (`{{< transcript >}}`, `<div class="transcript">`)."""
    text = document.text[part.start : min(part.end, part.start + 200)]
    if text == "<!-- transcript -->":
        return True
    return text[:1] in "{<" and text[1:2] not in "/!" and "/transcript" not in text and bool(_TRANSCRIPT.search(text))
