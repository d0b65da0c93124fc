"""Who speaks: decided once a file from the evidence of all of it, then marked wherever it stands."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set

from cleanup.casting import doubts, evidence, hands, lists, remarks
from cleanup.casting.forms import Words, coded, fold, introduces, word_lists
from cleanup.casting.given import Given
from cleanup.casting.marking import beside, counts, headed, mark, marked_with
from cleanup.casting.names import identify
from cleanup.casting.roster import Entry
from cleanup.casting.shapes import Candidate
from cleanup.casting.speech import is_speech, listed_values, other_page, programme, spoken_turns
from cleanup.casting.spelling import spellings
from cleanup.document import NOBODY, Cast, Document, Importer, Speaker
from cleanup.matching import Same
from cleanup.words import strings

_OURS = frozenset({"colon", "nobody"})
_Named = tuple[tuple[Speaker, ...], dict[str, int | None]]
"""Speakers, and whose each form is."""


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
    found = list(headed(document, told))
    headline = _headline(found, document)
    found = [c for c in found if not headline or not document.text.startswith(headline, c.start)]
    found = [c for c in found if c.shape == "voice"] or found  # the format says who speaks
    lower = {
        c.form for c in found if c.bold and c.alone and " " in c.form and c.form.islower()
    }  # `<dt>mira kovac</dt>`
    people += spellings(document.text, lower).values() if lower else ()
    scores, shapes, rejected = _labels(found, document, words, people, given)
    rows = [c for c in found if counts(c, scores, shapes)]
    first = dict.fromkeys(c.form for c in rows if c.form != NOBODY and not beside(c, scores, shapes))
    forms: dict[str, int | None] = {form: None for form in scores if form == NOBODY}
    values = document.format.name == "html" or sum(c.shape == "colon" for c in found) > 3 * len(first)
    del found  # as large as the text, and done with
    frame = Cast(rejected=tuple(rejected), asides=asides, remarks=written, headline=headline)

    def name(marked: Document, own: Sequence[str], exported: bool) -> _Named:
        return identify(
            marked, own, words, table, people, told, given, roster, language, named=named, exported=exported
        )

    signs = hands.interview(document, table, language) if not (rows or given.labels) else []
    if signs:
        decided, marked = _interview(document, signs, frame, name)
        opened, speakers = _opening(given.opening, "given", decided.speakers)
        return decided._replace(opening=opened, speakers=speakers), marked
    marked = marked_with(document, rows, asides, written, scores, shapes)
    speakers, by_form = name(marked, list(first), document.timed or "clock" in shapes)
    forms |= by_form
    numbered = any(coded(s.label) for s in speakers)
    if document.timed and (numbered or isinstance(document.format, Importer)):  # a recogniser spells names by ear
        speakers = tuple(_heard(marked, s) for s in speakers)
    alone = lists.sole_speaker(document) if not first else None
    grounds = "given" if given.opening else "declared"
    opening, speakers = _opening(given.opening or alone, grounds, speakers)
    turns = sum(c.form in forms for c in rows if c.shape in shapes)
    turns = min(turns, spoken_turns(marked)) if document.format.name == "html" else turns
    speech = (
        turns > 1
        or alone is not None
        or any(introduces(form, words) or coded(form) for form in forms)
        or any(c.stamped and (c.bold or fold(c.form) in words.generic) for c in rows if c.form in forms)
        or is_speech(document, turns)
    )
    listed = not document.timed and (
        listed_values(rows, forms, shapes, words)
        or programme(marked, rows, forms, shapes)
        or other_page(marked, rows, first.keys(), words)
    )
    if first and not given.labels and (listed or (values and not speech)):
        none = given._replace(no_labels=(*given.no_labels, *first))  # an article, whose lines only look like labels
        return cast(document, table, given=none, language=language, roster=roster, named=named)
    return frame._replace(speakers=speakers, forms=forms, shapes=shapes, opening=opening, speech=speech), marked


def _labels(
    found: Sequence[Candidate], document: Document, words: Words, people: Sequence[str], given: Given
) -> tuple[dict[str, float], frozenset[str], list[tuple[str, str]]]:
    """Return the forms that are labels with their scores, the shapes that they have, and what was refused and why."""
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
    return scores, shapes, rejected


def _interview(
    document: Document, signs: Sequence[Candidate], frame: Cast, name: Callable[[Document, Sequence[str], bool], _Named]
) -> tuple[Cast, Document]:
    """Return the cast of an interview that has no labels: who asks and who answers, where somebody says so, else nobody."""
    shapes = frozenset({signs[0].shape})
    asks = (hands.ASKS, hands.ANSWERS)
    unnamed = marked_with(document, signs, frame.asides, frame.remarks, asks, shapes)
    speakers, _ = name(unnamed, asks, False)
    known = [next((s for s in speakers if s.label == form and s.name and s.shown == s.name), None) for form in asks]
    shown = tuple(speaker.shown if speaker else NOBODY for speaker in known)
    people = tuple(speaker._replace(label=speaker.shown, labels=()) for speaker in known if speaker)
    forms: dict[str, int | None] = {NOBODY: None} | {speaker.shown: index for index, speaker in enumerate(people)}
    marked = marked_with(document, hands.named(signs, shown, shapes), frame.asides, frame.remarks, forms, shapes)
    return frame._replace(speakers=people, forms=forms, shapes=shapes, speech=True, hands=shown), marked


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
        early = all(part.end - part.start < _SHORT for part in above if part.start < first.start)
        if between and early and first.after[:1] in doubts.QUOTES and line[-1:] in doubts.QUOTES:
            return line
    return ""


_EARLY, _SHORT = 6, 60
"""Candidates among which a headline may be."""


def _heard(document: Document, speaker: Speaker) -> Speaker:
    """Return a speaker whose name a program heard: to be asked about where it is spelt so twice, else without it."""
    if speaker.evidence not in ("mentioned", "inferred") or not speaker.name:
        return speaker
    spelt = r"\W+".join(map(re.escape, speaker.name.split()))
    if len(re.findall(rf"\b{spelt}\b", document.text, re.IGNORECASE)) > 1:
        return speaker._replace(evidence="inferred")
    return speaker._replace(name=None, evidence=None, quote=None, quote_at=None)


def _opening(name: str | None, grounds: str, speakers: tuple[Speaker, ...]) -> tuple[int | None, tuple[Speaker, ...]]:
    """Return who speaks before the first label, if that is known: one of the speakers, or one more."""
    if not name:
        return None, speakers
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
