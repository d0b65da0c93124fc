"""The stages of one run: which rules take part, what people decided about what they find, and facts from one to the next."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cleanup import facts
from cleanup.casting.given import Given
from cleanup.casting.roster import Entry
from cleanup.decisions import HAND, Decision, Spot, Spots, wide
from cleanup.document import NOTHING, Cast, Document, Speaker
from cleanup.edits import Edit
from cleanup.engine import IMPORT, Redo, Revision, run
from cleanup.findings import Engine, Fact, Finder, Finding, Found, Level, Rule
from cleanup.kinds import KINDS
from cleanup.result import source_offset, source_span
from cleanup.rulebook import Rulebook

if TYPE_CHECKING:
    from cleanup.grammar.languagetool import LanguageTool


STAGES = (
    "encoding", "captions", "boilerplate", "facts", "speakers", "fillers", "repeats", "wording", "typography", "grammar",
)  # fmt: skip
"""In this order: rules that feed each other live in different stages, so a second run changes nothing."""
UNCAST = 2
"""So many run before it is decided who speaks: labels stand once only when captions no longer roll."""


class Options(NamedTuple):
    """What a person asked for, for one run.

    `stated` holds facts given by hand (`title`, `date`, `source`); they win. `without` are rule
    ids, or packs, that stay off; `packs` those that are switched on. `hashed` says whether the hash of the bytes is wanted, which pages and JSON name,
    and `counted` whether the words are counted by fate also where nothing changes. `in_place` leaves
    front matter as it is: no text moves there. `sure` asks only rules that may be safe, where no person has decided anything: what the others
    would find is only shown. `decided` are decisions of people about places, `everywhere` those about words. `roster` are
    the people whom the repository knows.
    """

    format: str | None = None
    encoding: str | None = None
    language: str | None = None
    given: Given = Given()
    stated: Mapping[str, str] = NOTHING
    without: frozenset[str] = frozenset()
    packs: frozenset[str] = frozenset()
    hashed: bool = True
    counted: bool = True
    in_place: bool = False
    sure: bool = False
    decided: tuple[Decision, ...] = ()
    everywhere: tuple[Decision, ...] = ()
    roster: tuple[Entry, ...] = ()


class Stages:
    """Runs stages with the rules that are switched on, and hands facts from one to the next."""

    def __init__(
        self, rulebook: Rulebook, options: Options, language: str | None, spots: Spots, engine: "LanguageTool | None"
    ) -> None:
        self.spots = spots
        self.engine = engine if engine and not options.without & {"grammar", engine.pack} else None
        self.rulebook, self.options, self.language = rulebook, options, language
        self.everywhere = {wide(row): row.do for row in options.everywhere}
        self.least = Level.SAFE if options.sure and not (options.decided or options.everywhere) else Level.REMARK
        self.revisions: list[Revision] = []
        self.facts: list[Fact] = []
        self.closed: set[str] = set()

    @property
    def engines(self) -> tuple[Engine, ...]:
        """The engine, if there is one, and whether it speaks the language."""
        if self.engine is None:
            return ()
        why = "" if self.engine.tag(self.language) else f"it has no rules for {self.language}"
        return (Engine(self.engine.name, self.engine.version, why if self.language else "the language is not known"),)

    def imported(self, text: str, document: Document) -> Document:
        """Keep where an imported document came from, as the first revision; return what the stages work on."""
        bare = document._replace(parts=())
        self.revisions.append(Revision(IMPORT, Document(text, (), document.format), bare))
        return document._replace(spans=(), beside=())

    def placed(self, speaker: Speaker) -> Speaker:
        """Return a speaker, the words that say who it is led back to the input."""
        at = speaker.quote_at
        return speaker if at is None else speaker._replace(quote_at=source_offset(self.revisions, at))

    def run(self, stage: str, document: Document, cast: Cast, redo: Redo) -> Document:
        """Run one stage and return the document after it."""
        rules = {rule.id: rule for rule in self.rulebook.rules(stage) if self._on(rule)}
        by_finder: dict[Finder, list[Rule]] = {}
        for rule in rules.values():
            by_finder.setdefault(KINDS[rule.kind].find, []).append(rule)
        known = list(self.facts)

        def propose(now: Document) -> Found:
            """Ask each finder once; what it claims is known when the stage looks again."""
            found = Found()
            for find, own in by_finder.items():
                new = find(now, cast, tuple(known), tuple(own))
                found.findings.extend(new.findings)
                found.facts.extend(new.facts)
            if stage == "grammar" and self.engine and self.language:
                found.findings += self.engine.find(now, cast, self.language, self.options.without).findings
            known.extend(found.facts)
            found.findings = [kept for finding in found.findings if (kept := judged(finding, now))]
            return found

        dropped: set[tuple[str, str]] = set()

        def judged(finding: Finding, now: Document) -> Finding | None:
            """Return what is left of a finding; where the stage looks again, what was dropped before is known by its words."""
            signature = finding.rule, now.text[finding.start : finding.end]
            if now is not document:
                return None if signature in dropped else finding
            kept = self._judged(finding, now)
            if kept is None:
                dropped.add(signature)
            return kept

        revision = run(stage, document, propose=propose, redo=redo, rules=rules)
        self.claim(revision.facts)
        bare = revision.before._replace(parts=())
        after = bare if revision.after is revision.before else revision.after._replace(parts=())
        self.revisions.append(revision._replace(before=bare, after=after))  # parts of the past are as large as the text
        return revision.after

    def _judged(self, finding: Finding, document: Document) -> Finding | None:
        """Return what is left of a finding after decisions of people, and where a page is changed in place."""
        if self.options.in_place and _leaves_body(finding, document):
            return None
        if self.options.in_place and finding.fate == "removed":
            finding = self._spared(finding, document)
        if not (self.options.decided or self.everywhere):
            return finding
        span = source_span(self.revisions, finding.start, finding.end)
        spot = self.spots.get(finding.rule, *span)
        if spot is None and (do := self._everywhere(finding, document, span)):
            return finding._replace(level=Level.SAFE, proven=True) if do == "accept" and finding.edits else None
        if spot is None:
            shown = not finding.edits or finding.level is not Level.SAFE
            return None if shown and self.spots.get(HAND, *span) else finding  # a hand has written something else there
        return finding._replace(level=Level.SAFE, proven=True) if spot.decision.do == "accept" else None

    def _everywhere(self, finding: Finding, document: Document, span: tuple[int, int]) -> str:
        """Return what holds for the words of a finding in the whole repository: as the rule found them, else as the raw file has them."""
        raw = self.revisions[0].before.text if self.revisions else document.text
        texts = document.text[finding.start : finding.end], raw[slice(*span)]
        return next((do for text in texts if (do := self.everywhere.get((finding.rule, " ".join(text.split()))))), "")

    def _spared(self, finding: Finding, document: Document) -> Finding:
        """Return a cut as a suggestion where a page in place would lose what a person may have put there."""
        rule = self.rulebook.by_id.get(finding.rule)
        if _shapes(finding, document):
            why = "here the page's own shape hangs on it"
        elif rule and "gives" in rule.fields:
            why = "a page in place has nowhere else to say it"
        else:
            return finding
        return finding._replace(level=min(finding.level, Level.SUGGEST), message=f"{finding.message}; {why}")

    def write(self, spots: Sequence[Spot], document: Document, redo: Redo) -> Document:
        """Make the edits that people decided on, over the document that all stages have left."""
        from cleanup.decisions.places import same

        length = len(document.text)
        first = self.revisions[0]
        later = self.revisions[1:] if first.imports else self.revisions

        def here(offset: int, *, end: int = 0) -> int:
            """Return where a place of the input stands; in an imported text the order may be another, so each has its own."""
            offset = first.after.place(offset - end) + end if first.imports else offset
            return bisect_left(range(length), offset, key=lambda place: source_offset(later, place))

        def propose(now: Document) -> Found:
            if now is not document:
                return Found()  # asked again: what was written is written
            wanted = [spot for spot in spots if spot.decision.do == "edit"]
            rows = [(here(spot.start), here(spot.end, end=1), spot.decision) for spot in wanted]
            return Found(
                Finding(row.rule, f"edited by {row.by or 'hand'}", start, end, (edit(start, end, row.text),), proven=True)
                for start, end, row in rows
            )  # fmt: skip

        def edit(start: int, end: int, text: str) -> Edit:
            """Leave the words out of it that stay as they are."""
            old, new = document.text[start:end].split(" "), document.format.quote(text).split(" ")
            first = same(old, new)
            last = same(reversed(old[first:]), reversed(new[first:]))
            before, after = " ".join([*old[:first], ""]), " ".join(["", *old[len(old) - last :]]) if last else ""
            if not first < min(len(old), len(new)) - last:
                return Edit(start, end, " ".join(new))
            return Edit(start + len(before), end - len(after), " ".join(new[first : len(new) - last]))

        revision = run("decisions", document, propose=propose, redo=redo, rules={})
        self.revisions.append(revision)
        return revision.after

    def claim(self, claims: Iterable[Fact]) -> None:
        """Keep claims, with their places led back to the input."""
        for fact in claims:
            if fact.start is not None and fact.end is not None:
                start, end = source_span(self.revisions, fact.start, fact.end)
                fact = fact._replace(start=start, end=end)
            self.facts += facts.settled(fact, self.rulebook.table("languages"))

    def _on(self, rule: Rule) -> bool:
        if rule.level < self.least:
            return False
        pack = rule.id.rpartition("/")[0]
        if pack in self.rulebook.off and pack not in self.options.packs:
            return False
        if {rule.id, pack, rule.stage} & self.options.without:
            return False
        if self.options.in_place and rule.raw:
            return False
        if rule.languages and (self.language or "").split("-")[0] not in rule.languages:
            if self.language is None:
                self.closed.add(pack)
            return False
        if rule.sources:
            names = {fact.value.casefold() for fact in self.facts if fact.key == "source.name"}
            return bool(names & {source.casefold() for source in rule.sources})
        return True


def _leaves_body(finding: Finding, document: Document) -> bool:
    """Say whether a finding touches front matter, or would move text there."""
    front = 0
    for part in document.parts:
        if part.block != "front":
            break
        front = part.end
    return finding.fate == "moved" or any(edit.start < front for edit in finding.edits)


def _shapes(finding: Finding, document: Document) -> bool:
    """Say whether a cut would take a heading, or leave an element of HTML empty: on a page that is for a person to do."""
    for start, end, _ in finding.edits:
        before, after = document.text[:start].rstrip()[-1:], document.text[end:].lstrip()[:1]
        inside = (part.block for part in document.parts if part.start < end and part.end > start)
        if (before, after) == (">", "<") or any(block[:1] == "h" and block[1:].isdigit() for block in inside):
            return True
    return False
