"""Who speaks: decided once a file from the evidence of all of it, then marked wherever it stands."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from operator import is_

from cleanup.casting import doubts, evidence, lists, remarks
from cleanup.casting.forms import Words, coded, fold, introduces, word_lists
from cleanup.casting.frame import frame
from cleanup.casting.given import Given
from cleanup.casting.names import identify
from cleanup.casting.roster import Entry
from cleanup.casting.shapes import LINE_ENDS, Candidate, candidates
from cleanup.document import NOBODY, Cast, Document, Importer, Part, Speaker, edged
from cleanup.matching import Same
from cleanup.regexes import late
from cleanup.words import strings

_OURS = frozenset({"colon", "nobody"})
_FEW, _MANY = 60, 2000
"""Characters that are said between two times: fewer are a list of chapters or a programme, more an article."""
_CHATS = ("chat", "nick")
_MINUTED = late(r"(?:DRAFT )?(?:PROPOSAL|PROPOSED|RESOLUTION|RESOLVED|ACTION|TOPIC|SUBTOPIC|POLL)(?: \d+)?")
"""What the scribes of W3C groups type, and programs collect: https://www.w3.org/2002/03/RRSAgent."""
_CLIP_ENDS = frozenset({"end", "ende", "fin", "fim", "fine", "slut", "einde"})


def cast(
    document: Document,
    table: Mapping[str, object],
    *,
    given: Given,
    language: str | None,
    roster: Sequence[Entry] = (),
    named: bool = True,
) -> tuple[Cast, Document]:
    """Decide which strings are labels, whose they are, and on what evidence; return the cast, and the labels marked.

    `table` is `rules/labels.yaml`. What people decided wins. On a page of ours the people that
    it states are the only labels. No name is invented: what is not certain stays the label.
    Without `named` nobody looks for names that stand outside of labels.
    """
    asides, written = strings(table.get("asides")), remarks.lines(table)
    if document.ours and not document.timed:
        stated = _stated(document, asides)
        return stated, mark(document, stated)
    words = word_lists(Same(table), (language or "").partition("-")[0])
    people = lists.people(document, strings(table.get("people")))
    told: dict[str, str] = {}
    found = list(_headed(document, told))
    headline = _headline(found, document)
    found = [c for c in found if not headline or not document.text.startswith(headline, c.start)]
    found = [c for c in found if c.shape == "voice"] or found  # the format says who speaks
    scores, shapes, rejected = evidence.accepted(found, words, people, timed=document.timed)
    if "nick" in shapes and any(c.form in scores and c.shape in shapes - {"nick"} for c in found):
        shapes = shapes - {"nick"} | {"chat"}  # written beside the speech
    counted = [c for c in found if c.form in scores and c.shape in shapes]
    strewn = doubts.strewn(found, scores, document) if document.timed and "colon" in shapes else ""
    if strewn or (not document.timed and (strewn := doubts.article(counted, scores, words, document))):
        shapes -= {"colon"} if document.timed else shapes
        kept = {c.form for c in counted if c.shape in shapes}
        rejected += [(form, strewn) for form in scores if form not in kept]
        scores = {form: score for form, score in scores.items() if form in kept}
    for form in given.labels:
        scores[form] = 99.0
        shapes |= {c.shape for c in found if c.form == form}
    for form in given.no_labels:
        if scores.pop(form, None) is not None:
            rejected.append((form, "--no-label"))
    rows = [c for c in found if _counts(c, scores, shapes)]
    first = dict.fromkeys(c.form for c in rows if c.form != NOBODY and not _beside(c, scores, shapes))
    forms: dict[str, int | None] = {form: None for form in scores if form == NOBODY}
    del found  # as large as the text, and done with
    marked = _marked(document, rows, asides, written, scores, shapes)
    speakers, by_form = identify(marked, list(first), words, table, people, told, given, roster, language, named=named)
    forms |= by_form
    numbered = any(coded(s.label) for s in speakers)
    if document.timed and (numbered or isinstance(document.format, Importer)):  # a recogniser spells names by ear
        speakers = tuple(_heard(marked, s) for s in speakers)
    opening = None
    alone = lists.sole_speaker(document) if not first else None
    if given.opening:
        opening, speakers = _opening(given.opening, "given", speakers)
    elif alone:
        opening, speakers = _opening(alone, "declared", speakers)
    turns = sum(c.form in forms for c in rows if c.shape in shapes)
    turns = min(turns, _spoken_turns(marked)) if document.format.name == "html" else turns
    decided = Cast(
        speakers=speakers,
        forms=forms,
        shapes=shapes,
        rejected=tuple(rejected),
        opening=opening,
        speech=turns > 1
        or alone is not None
        or any(introduces(form, words) or coded(form) for form in forms)
        or any(c.stamped and (c.bold or fold(c.form) in words.generic) for c in rows if c.form in forms)
        or _speech(document, turns),
        asides=asides,
        remarks=written,
        headline=headline,
    )
    listed = not document.timed and (
        _listed(rows, forms, shapes, words) or _programme(marked, rows, forms, shapes) or _asked(marked, first)
    )
    if first and not given.labels and (listed or (document.format.name == "html" and not decided.speech)):
        none = given._replace(no_labels=(*given.no_labels, *first))  # an article, whose lines only look like labels
        return cast(document, table, given=none, language=language, roster=roster, named=named)
    return decided, marked


def _headline(found: Sequence[Candidate], document: Document) -> str:
    """Return the headline that one of the first candidates opens, if any.

    It is the one first-rank heading, what a heading says again, or a line all in quotes, with none but short lines above it and others below.
    """
    found = [candidate for candidate in found if candidate.shape != "voice" and not candidate.alone]
    text, forms = document.text, Counter(candidate.form for candidate in found)
    for index, first in enumerate(found[:_EARLY]):
        second = next((candidate for candidate in found[index + 1 :] if forms[candidate.form] > 1), None)
        if not second:
            return ""
        line = text[first.start :].partition("\n")[0].rstrip()
        if index == 0 and first.block == "h1":
            return line if second.block != "h1" else ""
        if any(part.block[0] == "h" and document.words(part) == first.form for part in document.parts[:99]):
            return line
        above = [part for part in document.parts[: second.part] if part.kind == "words" and part.block != "front"][:30]
        between = any("\n" in text[first.end : part.start] for part in above)
        early = all(part.end - part.start < _FEW for part in above if part.start < first.start)
        if between and early and first.after[:1] in doubts.QUOTES and line[-1:] in doubts.QUOTES:
            return line
    return ""


_EARLY = 6
"""Candidates among which a headline may be."""


def _heard(document: Document, speaker: Speaker) -> Speaker:
    """Return a speaker whose name a program heard: to be asked about where it is spelt so twice, else without it."""
    if speaker.evidence != "mentioned" or not speaker.name:
        return speaker
    spelt = r"\W+".join(map(re.escape, speaker.name.split()))
    if len(re.findall(rf"\b{spelt}\b", document.text, re.IGNORECASE)) > 1:
        return speaker._replace(evidence="inferred")
    return speaker._replace(name=None, evidence=None, quote=None, quote_at=None)


def _opening(name: str, grounds: str, speakers: tuple[Speaker, ...]) -> tuple[int, tuple[Speaker, ...]]:
    """Return who speaks before the first label: one of the speakers, or one more."""
    for index, speaker in enumerate(speakers):
        if name in (speaker.name, *speaker.labels):
            return index, speakers
    return len(speakers), (*speakers, Speaker(name, (), name, evidence=grounds, quote=name))


def _stated(document: Document, asides: frozenset[str]) -> Cast:
    """Return the cast that a page of ours states in `transcript.people`."""
    rows: dict[str, dict[str, str]] = {}
    from cleanup.formats.front import values

    for value in values(document):
        if value.key.startswith("transcript.people."):
            number, _, field = value.key[len("transcript.people.") :].partition(".")
            rows.setdefault(number, {})[field] = value.text
    speakers: list[Speaker] = []
    forms: dict[str, int | None] = {NOBODY: None}
    opening = None
    for row in rows.values():
        label, name = row.get("label", ""), row.get("name")
        speaker = Speaker(label or name or "", (label,) if label else (), name, row.get("role"), row.get("affiliation"),
                          "declared" if name else None, name)  # fmt: skip
        if row.get("opens") == "true":
            opening = len(speakers)
        speakers.append(speaker)
    whole = [(form, i) for i, s in enumerate(speakers) for form in (s.label, s.name)]
    parts = [(form, i) for i, s in enumerate(speakers) for form in (short(s.label), *(s.name or "").split()[-1:])]
    for form, index in (*whole, *parts):
        if form:
            forms.setdefault(form, index)
    return Cast(tuple(speakers), forms, _OURS, opening=opening, speech=True, asides=asides)


def short(label: str) -> str:
    """Return a label without the role behind a comma or in brackets: `ARI SHAPIRO, HOST` is `ARI SHAPIRO`."""
    return re.split(r",|\s[(\[（]", label)[0].strip() or label


def accepted(cast: Cast, labels: Set[str]) -> Cast:
    """Return the cast with the names that were only inferred, and that a person has accepted for these labels."""
    speakers = tuple(
        s._replace(evidence="given") if s.evidence == "inferred" and labels & {s.label, *s.labels} else s
        for s in cast.speakers
    )
    return cast._replace(speakers=speakers)


_ENDED, _DENSE = late(r"[.?!…。！？—–-][\"'”’»」)\]*_]*$|[,;]"), 12
_HEADS, _TIMES, _SLOW = 3, 3, 2
"""Bold words that each open one line, and are heads of a list; times that are counted; characters a second, of which people say ten."""
_SAYS = 5
"""So many words are more than a value: `Sendezeit: Montag, 20.15 Uhr`."""


def _listed(rows: Sequence[Candidate], forms: Container[str], shapes: Set[str], words: Words) -> bool:
    """Say whether most of the labels stand before values and not before speech: `Price: 12 euros`, `Room: North`.

    Capitals and roles are signs of a talk by themselves.
    """
    found = [c for c in rows if c.form in forms and c.shape in shapes]
    named = {c.form for c in found}
    if not shapes.isdisjoint(_CHATS) or any(
        f.upper() == f != f.lower() or (len(named) > 1 and fold(f) in words.generic) for f in named
    ):
        return False
    said = [c.after for c in found if c.shape == "colon" and c.after and not c.stamped]
    brief = sum(
        len(t.split()) < _SAYS and len(t) <= (_DENSE if t > "\u0e00" else 39) and not _ENDED.search(t) for t in said
    )
    heads = (
        all(not c.stamped and ((c.bold and " " not in c.form) or c.block == "li") for c in found)
        and len(found) == len(named) > _HEADS
    )
    values = len(said) > min(2, len(named)) or len(found) == 1
    return heads or (values and len(said) > 0.9 * len(found) and brief > 0.6 * len(said))


def _programme(document: Document, rows: Sequence[Candidate], forms: Container[str], shapes: Set[str]) -> bool:
    """Say whether the labels stand beside hours, and hardly one twice, or without words: `10:00 Ana Lind: Ropes and knots`."""
    found = [c.form for c in rows if c.form in forms and c.shape in shapes]
    return not _paced(document) and (len(set(found)) > 0.7 * len(found) or not _spoken_turns(document))


def _asked(document: Document, forms: Iterable[str]) -> bool:
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


def _spoken_turns(document: Document) -> int:
    """Return how many labels have words behind them that are neither a heading nor beside the talk."""
    count, waiting = 0, False
    for part in document.parts:
        if part.kind == "label":
            waiting = True
        elif waiting and part.kind == "words" and not part.aside:
            count += part.block in ("p", "li", "quote")
            waiting = False
    return count


def _speech(document: Document, turns: int) -> bool:
    """Say whether a text without labels is speech: it has times or sounds, or says that it is a transcript."""
    times = sum(part.kind == "stamp" and not part.aside for part in document.parts)
    sounds = sum(part.kind == "sound" and not part.aside for part in document.parts)
    if document.format.name == "html":  # an article has brackets, and times of day
        said = sum(part.end - part.start for part in document.parts if part.kind == "words" and not part.aside)
        times, sounds = times if _FEW * times < said < _MANY * times else 0, sounds if turns else 0
    return document.timed or (times > 2 and _paced(document)) or turns + sounds > 2 or lists.says_transcript(document)


def mark(document: Document, cast: Cast) -> Document:
    """Return the document with its labels as parts, and prose around the transcript set apart.

    What a label is depends on its form and shape alone, so that an edit elsewhere changes nothing; a headline is none.
    """
    labels = (c for c in _headed(document, {}) if _counts(c, cast.forms, cast.shapes))
    if cast.headline:
        labels = (c for c in labels if not document.text.startswith(cast.headline, c.start))
    if document.ours and not document.timed:
        labels = (c for c in labels if c.bold and (c.form == NOBODY) == (c.shape == "nobody"))
    return _marked(document, labels, cast.asides, cast.remarks, cast.forms, cast.shapes)


def _headed(document: Document, told: dict[str, str]) -> Iterator[Candidate]:
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
        head = head and (row.alone or (colon and len(row.after.split()) < _SAYS and not _ENDED.search(row.after)))
        yield row


def _counts(candidate: Candidate, forms: Container[str], shapes: frozenset[str]) -> bool:
    """Say whether a candidate is a label, or opens a line of chat that is no speech."""
    return _beside(candidate, forms, shapes) or (candidate.form in forms and candidate.shape in shapes)


def _beside(candidate: Candidate, forms: Container[str], shapes: frozenset[str]) -> bool:
    """Say whether a line of chat is a note: it is written beside speech, by a robot, or into the minutes."""
    if candidate.shape == "colon" and not shapes.isdisjoint(_CHATS) and _MINUTED.fullmatch(candidate.form):
        return True
    return candidate.shape == "nick" and ("chat" in shapes or ("nick" in shapes and candidate.form not in forms))


def _marked(
    document: Document,
    rows: Iterable[Candidate],
    asides: frozenset[str],
    remarks: tuple[str, ...],
    known: Container[str],
    shapes: frozenset[str],
) -> Document:
    labels = iter(rows)
    row = next(labels, None)  # one at a time, as they stand: all of them weigh more than the text
    until, label = -1, None  # a label that goes on behind marks
    parts: list[Part] = []
    written = False  # in a line of chat
    for index, part in enumerate(document.parts):
        own: list[Candidate] = []
        written = (written and part.kind != "break" and part.form not in LINE_ENDS) or (
            row is not None and row.part == index and _beside(row, known, shapes)
        )
        while row and row.part == index:
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
    same = len(parts) == len(document.parts) and all(map(is_, parts, document.parts))
    return frame(document if same else document._replace(parts=tuple(parts)), asides, remarks)


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
