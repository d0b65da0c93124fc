"""Why a rule did not fire on a line: a gate, a decision of a person, what stands there, or where it stands."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cleanup import formats
from cleanup.cli.run import Run
from cleanup.document import Cast, Document, Part
from cleanup.findings import Fact, Finding, Rule
from cleanup.kinds import KINDS
from cleanup.literals import fold
from cleanup.pipeline import clean
from cleanup.result import Result
from cleanup.rulebook import Rulebook

_PROBED = frozenset({"replace", "remove", "find", "repeat"})
"""Kinds that look for something in the words of a line; the others weigh a whole file."""

_NAMES = {"label": "a label", "stamp": "a time", "sound": "a sound", "note": "a note", "code": "code",
          "markup": "markup", "mark": "markup", "value": "front matter"}  # fmt: skip


class Asked(NamedTuple):
    """A file that was looked at, and the run that decided which rules took part; `in_place` as a page."""

    run: Run
    result: Result
    data: bytes
    in_place: bool


class Line(NamedTuple):
    """A line of the input: its span, and the label that opens it, if one does."""

    start: int
    end: int
    label: int | None = None


def unfired(asked: Asked, line: Line) -> Iterator[tuple[str, str]]:
    """Yield the name of each rule that looks for something on this line and did nothing, with the reason.

    The file is read once more with every gate open and no decision: what only then is found was
    held back. Then each rule is asked about the line alone: what only then is found stands in the
    wrong place.
    """
    rules = asked.run.book.by_id
    fired = _on(asked.result, line)
    told: set[str] = set()
    for name in sorted(_on(_opened(asked), line) - fired):
        if why := _decided(asked.result, name, line) or gate(asked, rules[name]):
            told.add(name)
            yield name, why
    for rule in rules.values():
        if rule.kind in _PROBED and rule.id not in fired | told and (why := _misplaced(asked, rule, line)):
            closed = gate(asked, rule)
            yield rule.id, f"{closed}; besides, {why}" if closed else why


def gate(asked: Asked, rule: Rule) -> str:
    """Return what keeps a rule from taking part in this run, or nothing."""
    pack, settings = rule.id.rpartition("/")[0], asked.run.settings
    given = next((name for name in (rule.id, pack, rule.stage) if name in asked.run.given["without"]), None)
    if given:
        return f"--without {given} leaves it out"
    if pack in settings.off:
        return f"its pack is switched off, {settings.places[pack].path}:{settings.places[pack].line}"
    if pack in asked.run.book.off - asked.run.options.packs:
        return f"its pack is off unless asked for; --with {pack} switches it on"
    language = asked.result.language
    if rule.languages and (language or "").split("-")[0] not in rule.languages:
        here = f"this file is in {language}" if language else "the language of this file is not known"
        return f"it is for {', '.join(sorted(rule.languages))}, and {here}; --language TAG says it"
    names = {fact.value for fact in asked.result.facts if fact.key == "source.name"}
    if rule.sources and not {s.casefold() for s in rule.sources} & {n.casefold() for n in names}:
        here = f"this file comes from {', '.join(sorted(names))}" if names else "this file names no source"
        return f"it is for {', '.join(sorted(rule.sources))}, and {here}"
    return ""


def _on(result: Result, line: Line) -> set[str]:
    """Return the rules that found something, or state a fact, on a line."""
    found = {row.finding.rule for row in result.findings if row.start <= line.end and row.end >= line.start}
    return found | {
        fact.rule for fact in result.facts
        if fact.start is not None and fact.end is not None and fact.start < line.end and fact.end > line.start
    }  # fmt: skip


def _opened(asked: Asked) -> Result:
    """Return what is found with every gate open."""
    packs = tuple(
        pack._replace(
            on=True, rules=tuple(rule._replace(languages=frozenset(), sources=frozenset()) for rule in pack.rules)
        )
        for pack in asked.run.book.packs
    )
    free = asked.run.options._replace(without=frozenset(), in_place=asked.in_place)
    return clean(asked.data, asked.result.source.path, Rulebook(packs, asked.run.book.tables), free)


def _decided(result: Result, name: str, line: Line) -> str:
    for start, end, row in result.decided:
        if row.rule == name and row.do != "accept" and start <= line.end and end >= line.start:
            return f"a person decided: {row.do}{f', {row.by}' if row.by else ''}{f', {row.on}' if row.on else ''}"
    return ""


def _misplaced(asked: Asked, rule: Rule, line: Line) -> str:
    """Return why a rule that fires on the words of the line alone does not where they stand."""
    text = asked.result.source.text
    for start in (line.start, *([line.label] if line.label is not None else [])):
        place = _alone(asked.run.book, rule, text[start : line.end], loose=True)
        if place is None:
            continue
        first, end = start + place[0], start + place[1]
        words = text[first:end].strip()
        if _alone(asked.run.book, rule, text[start : line.end], loose=False) is None:
            why = (
                "is among its exceptions (`allow`)"
                if "allow" in rule.fields
                else "has other capitals than it wants (`case`)"
            )
            return f"“{words}” {why}"
        held = _held(asked.result, rule, first, end)
        return (f"“{words[:60]}” stands in {held} here" if held else _place(asked, rule, line)) + _kept(rule, words)
    return ""


def _alone(book: Rulebook, rule: Rule, words: str, *, loose: bool) -> tuple[int, int] | None:
    """Return where a rule fires on words that stand alone; `loose` leaves its exceptions out."""
    fields: Mapping[str, Any] = {k: v for k, v in rule.fields.items() if not (loose and k in ("allow", "case"))}
    form = formats.make("text", book.table("sounds"))
    bare = words.strip()
    at = words.find(bare)
    document = Document(bare, (Part("words", 0, len(bare)),) if bare else (), form)
    one = rule._replace(fields=fields, scope=frozenset({"words"}))
    found = KINDS[rule.kind].find(document, Cast(), (), (one,))
    first = next(iter((*found.findings, *found.facts)), None)
    start, end = (first.start, first.end) if isinstance(first, (Finding, Fact)) else (None, None)
    return None if start is None or end is None else (at + start, at + end)


def _held(result: Result, rule: Rule, start: int, end: int) -> str:
    """Return what protects a stretch of the input: a part that the rule does not look at."""
    kinds = set()
    for part in result.document.parts:
        if result.origin(part.start) < end and result.origin(part.end) > start:
            kinds.add("value" if part.block == "front" else part.kind)
    return next((_NAMES[kind] for kind in sorted(kinds & set(_NAMES)) if not kinds & rule.scope), "")


def _place(asked: Asked, rule: Rule, line: Line) -> str:
    """Return what is wrong with where a line stands."""
    if rule.kind != "remove":
        return "alone it would be found, but other words stand around it"
    if line.label is not None:
        return "a label opens this line: what a speaker says is no furniture"
    at = str(rule.fields.get("at", "anywhere"))
    text = asked.result.source.text
    spoken = [s.start for s in asked.result.spans() if s.fate == "body" and text[s.start : s.end].strip()]
    behind = next((start for start in spoken if start > line.end), None)
    if at in ("tail", "ends") and behind is not None:
        return f"it goes at the tail only, and speech follows in line {text.count(chr(10), 0, behind) + 1}"
    before = next((s.start for s in asked.result.spans() if s.fate == "labels" and s.start < line.start), None)
    if at in ("head", "ends") and before is not None:
        return f"it goes at the head only, and a label stands before it, in line {text.count(chr(10), 0, before) + 1}"
    return f"it goes at “{at}”, and this line stands elsewhere"


def _kept(rule: Rule, words: str) -> str:
    """Name the `keep` example that shows the same words left alone."""
    wanted = fold(" ".join(words.split()).rstrip(" ."))
    for before, after, number in rule.examples:
        if after is None and wanted and wanted in fold(" ".join(before.split())):
            file = rule.where.rpartition(":")[0]
            return f" (as its `keep` example has it, {file}:{number})"
    return ""
