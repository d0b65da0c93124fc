"""Rules of kind `cast`: what the list of speakers leaves open for a person."""

from collections.abc import Iterable, Iterator

from cleanup.document import Cast, Document, Part, Speaker
from cleanup.edits import Edit
from cleanup.findings import Fact, Finding, Found, Kind, Level, Rule


def find(document: Document, cast: Cast, facts: Iterable[Fact], rules: tuple[Rule, ...]) -> Found:
    """Return a remark for an opening that nobody is named for, and a suggestion for a guessed name.

    An inferred name stands in no block and on no page until a person accepts it: the suggestion
    holds the edits that would write it into every label.
    """
    found = Found()
    labels = [part for part in document.parts if part.kind == "label"]
    for rule in rules:
        found.findings.extend(_SIGNS[str(rule.fields["sign"])](document, cast, labels, rule))
    return found


def _opening(document: Document, cast: Cast, labels: list[Part], rule: Rule) -> Iterator[Finding]:
    """Point at words before the first label, where no person has said who speaks."""
    if not labels or cast.opening is not None:
        return
    before = [
        part for part in document.within(frozenset({"words"}))
        if part.start < labels[0].start and part.block in ("p", "quote")
    ]  # fmt: skip
    if before:
        paragraphs = document.text.count("\n\n", before[0].start, before[-1].end) + 1
        message = rule.message.format(count=paragraphs)
        yield Finding(rule.id, message, before[0].start, before[-1].end, level=Level.REMARK)


def _inferred(document: Document, cast: Cast, labels: list[Part], rule: Rule) -> Iterator[Finding]:
    """Suggest the name of everybody whose name is only inferred."""
    owned: dict[int, list[Part]] = {}
    for part in labels:
        owned.setdefault(id(cast.speaker(part.form)), []).append(part)
    for speaker in cast.speakers:
        own = owned.get(id(speaker), [])
        if speaker.evidence == "inferred" and speaker.name and own:
            edits = tuple(edit for part in own for edit in _rename(document, part, speaker))
            message = rule.message.format(label=speaker.label, name=speaker.name, quote=speaker.quote or "")
            yield Finding(rule.id, message, own[0].start, own[0].end, edits, Level.SUGGEST)


def _rename(document: Document, part: Part, speaker: Speaker) -> Iterator[Edit]:
    text = document.text[part.start : part.end]
    at = text.find(part.form or "")
    if part.form and at >= 0 and speaker.name:
        yield Edit(part.start + at, part.start + at + len(part.form), document.format.quote(speaker.name))


def _shortcodes(document: Document, cast: Cast, labels: list[Part], rule: Rule) -> Iterator[Finding]:
    """Point at shortcodes that hold sentences: what stands inside is for another program, and is not read."""
    for part in document.parts:
        if part.form == "shortcode" and len(document.text[part.start : part.end].split()) > 6:
            yield Finding(rule.id, rule.message, part.start, part.end, level=Level.REMARK)


_SIGNS = {"opening": _opening, "inferred": _inferred, "shortcode": _shortcodes}


def _check(rule: Rule) -> None:
    if rule.fields.get("sign") not in _SIGNS:
        raise ValueError(f"`sign` is one of {', '.join(_SIGNS)}")


KIND = Kind("cast", frozenset({"sign"}), frozenset(), find, _check)
