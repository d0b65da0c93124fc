"""The stages of one run: which rules take part, and facts from one to the next."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cleanup.decisions import Spot, Spots
from cleanup.document import Cast, Document, Speaker
from cleanup.engine import IMPORT, Redo, Revision, run
from cleanup.facts.settled import settled
from cleanup.findings import Engine, Fact, Finder, Finding, Found, Level, Rule
from cleanup.judge import Judge, written
from cleanup.kinds import KINDS
from cleanup.options import Options
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


class Stages:
    """Runs stages with the rules that are switched on, and hands facts from one to the next."""

    def __init__(
        self, rulebook: Rulebook, options: Options, language: str | None, spots: Spots, engine: "LanguageTool | None"
    ) -> None:
        self.engine = engine if engine and not options.without & {"grammar", engine.pack} else None
        self.rulebook, self.options, self.language = rulebook, options, language
        self.least = Level.SAFE if options.sure and not (options.decided or options.everywhere) else Level.REMARK
        self.revisions: list[Revision] = []
        self.judge = Judge(rulebook, options, spots, self.revisions)
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
            kept = self.judge.judged(finding, now)
            if kept is None:
                dropped.add(signature)
            return kept

        revision = run(stage, document, propose=propose, redo=redo, rules=rules)
        if not document.ours:  # a page of ours states what it states, and nothing is read out of it
            self.claim(revision.facts)
        bare = revision.before._replace(parts=())
        after = bare if revision.after is revision.before else revision.after._replace(parts=())
        self.revisions.append(revision._replace(before=bare, after=after))  # parts of the past are as large as the text
        return revision.after

    def write(self, spots: Sequence[Spot], document: Document, redo: Redo) -> Document:
        """Make the edits that people decided on, over the document that all stages have left."""
        self.revisions.append(written(spots, document, self.revisions, redo))
        return self.revisions[-1].after

    def claim(self, claims: Iterable[Fact]) -> None:
        """Keep claims, with their places led back to the input."""
        for fact in claims:
            if fact.start is not None and fact.end is not None:
                start, end = source_span(self.revisions, fact.start, fact.end)
                fact = fact._replace(start=start, end=end)
            self.facts += settled(fact, self.rulebook.table("languages"))

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
