"""Why a rule did not fire on a line: a gate, a decision of a person, what stands there, or where it stands."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from cleanup import formats
from cleanup.cli.run import Run
from cleanup.decisions import Decision
from cleanup.document import Cast, Document, Part
from cleanup.findings import Fact, Finding, Placed, Rule
from cleanup.kinds import KINDS
from cleanup.literals import fold
from cleanup.pipeline import clean
from cleanup.result import Result
from cleanup.rulebook import Rulebook

_PROBED = frozenset({"replace", "remove", "find", "repeat"})
"""Kinds that look for something in the words of a line; the others weigh a whole file."""

_NAMES = {"label": "a label", "stamp": "a time", "sound": "a sound", "note": "a note", "code": "code",
          "markup": "markup", "mark": "markup", "value": "front matter"}  # fmt: skip


class Line(NamedTuple):
    """A line of a file that was looked at: the run, what was found (`in_place` as on a page), the span of the line.

    `label` is the end of the label that opens the line, if one does.
    """

    run: Run
    result: Result
    in_place: bool
    start: int
    end: int
    label: int | None = None

    @property
    def findings(self) -> list[Placed]:
        """What was found on the line."""
        return [row for row in self.result.findings if row.start <= self.end and row.end >= self.start]

    @property
    def facts(self) -> list[Fact]:
        """What the line states."""
        placed = ((fact, fact.start, fact.end) for fact in self.result.facts)
        return [fact for fact, a, b in placed if a is not None and b is not None and a < self.end and b > self.start]

    @property
    def rules(self) -> set[str]:
        """The rules that found something on the line, or state a fact."""
        return {row.finding.rule for row in self.findings} | {fact.rule for fact in self.facts}

    @property
    def decided(self) -> list[Decision]:
        """What people decided about words of the line."""
        return [row for start, end, row in self.result.decided if start <= self.end and end >= self.start]


def unfired(line: Line) -> dict[str, str]:
    """Return the reason for each rule that looks for something on this line and did nothing.

    The file is read once more with every gate open and no decision: what only then is found was
    held back. Then each rule is asked about the line alone: what only then is found stands in the
    wrong place.
    """
    rules, fired = line.run.book.by_id, line.rules
    told: dict[str, str] = {}
    for name in sorted(line._replace(result=_opened(line)).rules - fired):
        if why := _decided(line, name) or gate(line, rules[name]):
            told[name] = why
    for rule in rules.values():
        if rule.kind in _PROBED and rule.id not in fired | told.keys() and (why := _misplaced(line, rule)):
            closed = gate(line, rule)
            told[rule.id] = f"{closed}; besides, {why}" if closed else why
    return told


def gate(line: Line, rule: Rule) -> str:
    """Return what keeps a rule from taking part in this run, or nothing."""
    pack, settings = rule.id.rpartition("/")[0], line.run.settings
    given = next((name for name in (rule.id, pack, rule.stage) if name in line.run.given["without"]), None)
    if given:
        return f"--without {given} leaves it out"
    if pack in settings.off:
        return f"its pack is switched off, {settings.places[pack].path}:{settings.places[pack].line}"
    if pack in line.run.book.off - line.run.options.packs:
        return f"its pack is off unless asked for; --with {pack} switches it on"
    if rule.raw and line.in_place:
        return "it is for raw files, and this page stays in place (`raw: true`)"
    language = line.result.language
    if rule.languages and (language or "").split("-")[0] not in rule.languages:
        here = f"this file is in {language}" if language else "the language of this file is not known"
        return f"it is for {', '.join(sorted(rule.languages))}, and {here}; --language TAG says it"
    names = {fact.value for fact in line.result.facts if fact.key == "source.name"}
    if rule.sources and not {s.casefold() for s in rule.sources} & {n.casefold() for n in names}:
        here = f"this file comes from {', '.join(sorted(names))}" if names else "this file names no source"
        return f"it is for {', '.join(sorted(rule.sources))}, and {here}"
    return ""


def _opened(line: Line) -> Result:
    """Return what is found with every gate open."""
    book, packs = line.run.book, []
    for pack in book.packs:
        rules = tuple(rule._replace(languages=frozenset(), sources=frozenset(), raw=False) for rule in pack.rules)
        packs.append(pack._replace(on=True, rules=rules))
    free = line.run.options._replace(without=frozenset(), in_place=line.in_place)
    path = line.result.source.path
    return clean(line.run.fetch(path), path, Rulebook(tuple(packs), book.tables), free)


def _decided(line: Line, name: str) -> str:
    row = next((row for row in line.decided if row.rule == name and row.do != "accept"), None)
    return f"a person decided: {', '.join(filter(None, (row.do, row.by, row.on)))}" if row else ""


def _misplaced(line: Line, rule: Rule) -> str:
    """Return why a rule that fires on the words of the line alone does not where they stand."""
    text, book = line.result.source.text, line.run.book
    for start in dict.fromkeys((line.start, line.label or line.start)):
        place = _alone(book, rule, text[start : line.end], loose=True)
        if place is None:
            continue
        first, end = start + place[0], start + place[1]
        words = text[first:end].strip()
        if _alone(book, rule, text[start : line.end], loose=False) is None:
            among = "is among its exceptions (`allow`)"
            return f"“{words}” {among if 'allow' in rule.fields else 'has other capitals than it wants (`case`)'}"
        held = _held(line.result, rule, first, end)
        return (f"“{words[:60]}” stands in {held} here" if held else _place(line, rule)) + _kept(rule, words)
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
    rows: tuple[Finding | Fact, ...] = (*found.findings, *found.facts)
    spans = ((row.start, row.end) for row in rows)
    return next(((at + a, at + b) for a, b in spans if a is not None and b is not None), None)


def _held(result: Result, rule: Rule, start: int, end: int) -> str:
    """Return what protects a stretch of the input: a part that the rule does not look at."""
    kinds = set()
    for part in result.document.parts:
        if result.origin(part.start) < end and result.origin(part.end) > start:
            kinds.add("value" if part.block == "front" else part.kind)
    return next((_NAMES[kind] for kind in sorted(kinds & set(_NAMES)) if not kinds & rule.scope), "")


def _place(line: Line, rule: Rule) -> str:
    """Return what is wrong with where a line stands."""
    if rule.kind != "remove":
        return "alone it would be found, but other words stand around it"
    if line.label is not None:
        return "a label opens this line: what a speaker says is no furniture"
    at = str(rule.fields.get("at", "anywhere"))
    text = line.result.source.text
    spoken = [s.start for s in line.result.spans() if s.fate == "body" and text[s.start : s.end].strip()]
    behind = next((start for start in spoken if start > line.end), None)
    if at in ("tail", "ends") and behind is not None:
        return f"it goes at the tail only, and speech follows in line {text.count(chr(10), 0, behind) + 1}"
    before = next((s.start for s in line.result.spans() if s.fate == "labels" and s.start < line.start), None)
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
