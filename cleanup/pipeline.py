"""The whole path for one input: bytes and options in, a Result out; pure, so that it can be sent to workers."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from cleanup import casting, facts, formats, reading
from cleanup.casting.given import Given
from cleanup.casting.roster import Entry
from cleanup.decisions import HAND, Decision, Decisions, Spot, Spots, place, wide
from cleanup.document import NOTHING, Cast, Document, Importer, Source, Speaker
from cleanup.edits import Edit, apply
from cleanup.engine import IMPORT, Redo, Revision, run
from cleanup.errors import EngineError, InputError, ProofError
from cleanup.fates import Fate, account, fates
from cleanup.findings import Engine, Fact, Finding, Found, Level, Placed, Rule
from cleanup.kinds import KINDS
from cleanup.rulebook import Rulebook

if TYPE_CHECKING:
    from cleanup.grammar.languagetool import LanguageTool
    from cleanup.script import Block
    from cleanup.writers.body import Look
    from cleanup.writers.front import Value
    from cleanup.writers.pages import Page
    from cleanup.writers.sites import Site

STAGES = (
    "encoding", "captions", "boilerplate", "facts", "speakers", "fillers", "repeats", "wording", "typography", "grammar",
)  # fmt: skip
"""In this order: rules that feed each other live in different stages, so a second run changes nothing."""
_UNCAST = 2
"""So many run before it is decided who speaks: labels stand once only when captions no longer roll."""


class Options(NamedTuple):
    """What a person asked for, for one run.

    `stated` holds facts given by hand (`title`, `date`, `source`); they win. `without` are rule
    ids, or packs, that stay off; `packs` those that are switched on. `hashed` says whether the hash of the bytes is wanted, which pages and JSON name,
    and `counted` whether the words are counted by fate also where nothing changes. `in_place` leaves
    front matter as it is: no text moves there. `decided` are decisions of people about places, `everywhere` those about words. `roster` are
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
    decided: tuple[Decision, ...] = ()
    everywhere: tuple[Decision, ...] = ()
    roster: tuple[Entry, ...] = ()


class Result(NamedTuple):
    """Everything that is known about one input after the whole path.

    `facts` are all claims, losers included; `chosen` one for each key. `decided` are the decisions
    of people where they stand, `lost` those that fit nowhere any more. `engines` are those that a
    person asked for.
    """

    source: Source
    document: Document
    cast: Cast
    language: str | None
    revisions: tuple[Revision, ...]
    facts: tuple[Fact, ...]
    chosen: Mapping[str, Fact]
    findings: tuple[Placed, ...]
    account: Mapping[str, int]
    closed: tuple[str, ...]
    engines: tuple[Engine, ...] = ()
    decided: tuple[Spot, ...] = ()
    lost: tuple[Decision, ...] = ()

    @property
    def changed(self) -> bool:
        """Say whether anything was applied."""
        return any(revision.edits for revision in self.revisions)

    def origin(self, offset: int) -> int:
        """Return where a place of the final document stands in the input."""
        return _origin(self.revisions, offset)

    def spans(self) -> Iterator[Fate]:
        """Yield the fate of every character of the input; worked out at each call, since it is as large as the parts."""
        return fates(self.document, self.revisions)

    def blocks(self) -> "tuple[Block, ...]":
        """Return the script; made at each call, since most runs never need it."""
        from cleanup.script import blocks

        return blocks(self.document, self.cast, partial(_span, self.revisions))

    def taken(self, fate: str) -> tuple[Placed, ...]:
        """Return the applied findings that took text away: `removed` or `moved`."""
        return tuple(p for p in self.findings if p.applied and p.finding.fate == fate)


def clean(
    data: bytes, path: str, rulebook: Rulebook, options: Options | None = None, engine: "LanguageTool | None" = None
) -> Result:
    """Take one input down the whole path; `engine` takes part in the stage `grammar`.

    Raises `InputError` for what cannot be read, `EngineError` where the engine does not answer, and
    `ProofError` where the account does not add up.
    """
    options = options or Options()
    source = reading.read(data, path, encoding=options.encoding, hashed=options.hashed)
    del data  # as large as the text, and done with
    name = options.format or source.form or formats.detect(source.text, path)
    try:
        regions = [rule for rule in rulebook.rules("boilerplate") if rule.kind == "region"]
        stated = rulebook.table("languages").get("head")
        form = formats.make(name, rulebook.table("sounds"), regions=regions, stated=stated)
        document = formats.document(source.text, form)
    except InputError as problem:
        raise InputError(f"{path}: {problem}") from problem
    language = facts.language(document, rulebook.table("languages"), options.language)
    spots, lost = place(source.text, options.decided) if options.decided else ((), ())
    stages = _Stages(rulebook, options, language, Spots(spots), engine)
    if isinstance(form, Importer):
        source = source._replace(remarks=(*source.remarks, *document.remarks))
        document = stages.imported(source.text, document)

    def plain(now: Document, edits: Sequence[Edit]) -> Document:
        return formats.document(apply(now.text, edits), form)

    def marked(now: Document, edits: Sequence[Edit]) -> Document:
        return casting.mark(plain(now, edits), cast)

    def carried(now: Document, edits: Sequence[Edit]) -> Document:
        return now.edited(edits)

    keeps = isinstance(form, Importer) or form.name == "html"  # what a page is about is found once, and carried along
    for stage in STAGES[:_UNCAST]:
        document = stages.run(stage, document, Cast(), carried if keeps else plain)
    cast, document = casting.cast(
        document, rulebook.table("labels"), given=options.given, language=language, roster=options.roster,
        named=not options.in_place,
    )  # fmt: skip
    cast = casting.accepted(cast, {row.words.strip(" :：") for row in options.decided if row.do == "accept"})
    cast = cast._replace(speakers=tuple(stages.placed(speaker) for speaker in cast.speakers))
    redo = carried if keeps else marked
    stages.claim(facts.claims(document, cast, rulebook.table("languages")))
    try:
        for stage in STAGES[_UNCAST:]:
            document = stages.run(stage, document, cast, redo)
    except EngineError as problem:
        raise EngineError(f"{path}: {problem}; nothing is written for it") from None
    if any(spot.decision.do == "edit" for spot in spots):
        document = stages.write(spots, document, redo)
    revisions = tuple(stages.revisions)
    try:
        wanted = options.counted or any(revision.edits for revision in revisions)
        counted = account(source.text, fates(document, revisions)) if wanted else NOTHING
    except ValueError as problem:
        raise ProofError(f"{path}: the account does not add up ({problem}); nothing is written") from problem
    return Result(
        source=source,
        document=document,
        cast=cast,
        language=language,
        revisions=revisions,
        facts=tuple(stages.facts),
        chosen=facts.choose(stages.facts, options.stated),
        findings=tuple(_placed(source, revisions)),
        account=counted,
        closed=tuple(sorted(stages.closed)),
        engines=stages.engines,
        decided=spots,
        lost=lost,
    )


class _Stages:
    """Runs stages with the rules that are switched on, and hands facts from one to the next."""

    def __init__(
        self, rulebook: Rulebook, options: Options, language: str | None, spots: Spots, engine: "LanguageTool | None"
    ) -> None:
        self.spots = spots
        self.engine = engine if engine and not options.without & {"grammar", engine.pack} else None
        self.rulebook, self.options, self.language = rulebook, options, language
        self.everywhere = {wide(row): row.do for row in options.everywhere}
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
        return speaker if at is None else speaker._replace(quote_at=_origin(self.revisions, at))

    def run(self, stage: str, document: Document, cast: Cast, redo: Redo) -> Document:
        """Run one stage and return the document after it."""
        rules = {rule.id: rule for rule in self.rulebook.rules(stage) if self._on(rule)}
        by_kind: dict[str, list[Rule]] = {}
        for rule in rules.values():
            by_kind.setdefault(rule.kind, []).append(rule)
        known = list(self.facts)

        def propose(now: Document) -> Found:
            """Ask each kind once; what it claims is known when the stage looks again."""
            found = Found()
            for kind, own in by_kind.items():
                new = KINDS[kind].find(now, cast, tuple(known), tuple(own))
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
        span = _span(self.revisions, finding.start, finding.end)
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
        length = len(document.text)

        first = self.revisions[0]
        later = self.revisions[1:] if first.imports else self.revisions

        def here(offset: int, *, end: int = 0) -> int:
            """Return where a place of the input stands; in an imported text the order may be another, so each has its own."""
            offset = first.after.place(offset - end) + end if first.imports else offset
            return bisect_left(range(length), offset, key=lambda place: _origin(later, place))

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
            first = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
            rest = zip(reversed(old[first:]), reversed(new[first:]), strict=False)
            last = next((i for i, (a, b) in enumerate(rest) if a != b), min(len(old), len(new)) - first)
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
                start, end = _span(self.revisions, fact.start, fact.end)
                fact = fact._replace(start=start, end=end)
            self.facts += facts.settled(fact, self.rulebook.table("languages"))

    def _on(self, rule: Rule) -> bool:
        pack = rule.id.rpartition("/")[0]
        if pack in self.rulebook.off and pack not in self.options.packs:
            return False
        if {rule.id, pack, rule.stage} & self.options.without:
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


def _origin(revisions: Sequence[Revision], offset: int) -> int:
    for revision in reversed(revisions):
        offset = revision.origin(offset)
    return offset


def _span(revisions: Sequence[Revision], start: int, end: int) -> tuple[int, int]:
    """Lead a span back to the input; its end is that of its last character."""
    first, last = _origin(revisions, start), end
    for revision in reversed(revisions):
        last = revision.ends(last)
    return first, max(first, last) if end > start else first


def _placed(source: Source, revisions: Sequence[Revision]) -> Iterable[Placed]:
    """Lead all findings back to the input, in the order in which they stand there."""
    whole = revisions[0].before
    rows: list[Placed] = []
    for index, revision in enumerate(revisions):
        earlier = revisions[:index]
        why = {(r.finding.rule, r.finding.start, r.finding.end): r.why for r in revision.refused}
        for finding in (*revision.applied, *revision.remaining):
            applied = finding.level is Level.SAFE
            start, end = _span(earlier, finding.start, finding.end)
            edits = tuple(_edit(source.text, earlier, edit) for edit in finding.edits)
            line, column = whole.position(start)
            reason = "" if applied else why.get((finding.rule, finding.start, finding.end), "")
            rows.append(Placed(finding, applied, start, end, line, column, edits, reason))
    return sorted(rows, key=lambda row: (row.start, row.end, row.finding.rule))


def _edit(text: str, revisions: Sequence[Revision], edit: Edit) -> tuple[int, int, str, str]:
    start, end = _span(revisions, edit.start, edit.end)
    return start, end, text[start:end], edit.text


def as_json(result: Result) -> dict[str, object]:
    """Return the JSON form of a transcript."""
    from cleanup.writers import json

    text = result.source.text
    front = [
        (text[fact.start : fact.end], fact.rule, fact.start, fact.end)
        for fact in result.facts
        if fact.rule.startswith("front.") and fact.start is not None and fact.end is not None
    ]
    return json.transcript(
        path=result.source.path,
        sha256=result.source.sha256,
        form=result.document.format.name,
        text=text,
        language=result.language,
        cast=result.cast,
        blocks=result.blocks(),
        chosen=result.chosen,
        facts=result.facts,
        findings=result.findings,
        moved=front,
        account=result.account,
        engines=result.engines,
    )


def as_page(
    result: Result,
    rulebook: Rulebook,
    *,
    site: "Site",
    stem: str,
    raw: str,
    look: "Look | None" = None,
    kept: "Mapping[str, Value] | None" = None,
    options: Options | None = None,
) -> "Page":
    """Return the page of a transcript, proven by reading it back (law 10).

    `options` are those of the run: the page is read back with the same rules on and off. A page
    whose inline marks do not read back is written without them. Raises `ProofError` with the first
    difference where that does not help either.
    """
    from cleanup.proof import differences
    from cleanup.writers.body import Look
    from cleanup.writers.pages import page

    look, asked = look or Look(), options or Options()
    decided = (*(spot.decision for spot in result.decided), *asked.everywhere)
    put_back = {decision.rule for decision in decided if decision.do == "reject"}
    again = Options(format="markdown", without=asked.without | put_back, packs=asked.packs)
    script = result.blocks()
    wanted = (script, result.cast, result.chosen, result.language)
    problems: list[str] = []
    for marks in (True, False):
        made = page(
            script, result.cast, result.chosen, result.facts, site=site, language=result.language, stem=stem,
            raw=raw, sha256=result.source.sha256, look=look._replace(marks=marks), kept=kept,
        )  # fmt: skip
        back = clean(made.text.encode(), f"{made.slug}{site.suffix}", rulebook, again)
        said = (back.blocks(), back.cast, back.chosen, back.language)
        problems = differences(wanted, said, times=look.times != "off")
        if not problems:
            return made
    raise ProofError(
        f"{result.source.path}: the page would not say what the transcript says: {problems[0]}; nothing is written"
    )


def with_decisions(options: Options, decisions: Decisions) -> Options:
    """Return the options of one input: what was decided about it, where the run itself says nothing else."""
    given, own = decisions.given, options.given
    return options._replace(
        given=Given(
            {**given.speakers, **own.speakers},
            (*given.labels, *own.labels),
            (*given.no_labels, *own.no_labels),
            own.opening or given.opening,
        ),
        stated={**decisions.facts, **options.stated},
        decided=decisions.rows,
        everywhere=(*options.everywhere, *decisions.everywhere),
    )


def check(data: bytes, path: str, rulebook: Rulebook, options: Options | None = None) -> tuple[Placed, ...]:
    """Return what is found in one input, in the order in which it stands there."""
    return clean(data, path, rulebook, options).findings


def publish(
    data: bytes, path: str, rulebook: Rulebook, *, site: str = "markdown", options: Options | None = None
) -> str:
    """Return the page of one input for a site; raises `ProofError` where it would not say the same."""
    from cleanup.writers.sites import SITES

    result = clean(data, path, rulebook, options)
    stem = path.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or path
    return as_page(result, rulebook, site=SITES[site], stem=stem, raw=path, options=options).text
