"""The whole path for one input: bytes and options in, a Result out; pure, so that it can be sent to workers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from cleanup import casting, facts, formats, reading
from cleanup.casting.given import Given
from cleanup.casting.marking import mark
from cleanup.decisions import Decision, Decisions, Spot, Spots
from cleanup.document import NOTHING, Cast, Document, Importer, Source
from cleanup.edits import Edit, apply
from cleanup.engine import Redo, Revision
from cleanup.errors import EngineError, InputError, ProofError
from cleanup.fates import account, fates
from cleanup.findings import Level, Placed
from cleanup.language import language_of
from cleanup.options import Options
from cleanup.result import Result, source_span
from cleanup.rulebook import Rulebook
from cleanup.stages import STAGES, UNCAST, Stages

if TYPE_CHECKING:
    from cleanup.grammar.languagetool import LanguageTool
    from cleanup.writers.body import Look
    from cleanup.writers.front import Value
    from cleanup.writers.pages import Page
    from cleanup.writers.sites import Site


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
        form = formats.make(name, rulebook.table("sounds"), regions=regions, stated=rulebook.table("languages"))
        document = formats.document(source.text, form)
    except InputError as problem:
        raise InputError(f"{path}: {problem}") from problem
    language = language_of(document, rulebook.table("languages"), options.language)
    spots: tuple[Spot, ...] = ()
    lost: tuple[Decision, ...] = ()
    if options.decided:
        from cleanup.decisions.places import place

        spots, lost = place(source.text, options.decided)
    stages = Stages(rulebook, options, language, Spots(spots), engine)
    if isinstance(form, Importer):
        source = source._replace(remarks=(*source.remarks, *document.remarks))
        document = stages.imported(source.text, document)

    def plain(now: Document, edits: Sequence[Edit]) -> Document:
        return formats.document(apply(now.text, edits), form)

    def marked(now: Document, edits: Sequence[Edit]) -> Document:
        return mark(plain(now, edits), cast)

    uncast: Redo = plain
    redo: Redo = marked
    if isinstance(form, Importer) or form.name == "html":  # what a page is about is found once, and carried along
        from cleanup.carried import carried

        uncast = redo = carried
    for stage in STAGES[:UNCAST]:
        document = stages.run(stage, document, Cast(), uncast)
    cast, document = casting.cast(
        document, rulebook.table("labels"), given=options.given, language=language, roster=options.roster,
        named=not options.in_place,
    )  # fmt: skip
    cast = casting.accepted(cast, {row.words.strip(" :：") for row in options.decided if row.do == "accept"})
    cast = cast._replace(speakers=tuple(map(stages.placed, cast.speakers)))
    silent = options.in_place and not rulebook.sourced  # nothing leaves the page, and nobody asks what its head says
    if not (silent and options.sure):
        stages.claim(facts.claims(document, cast, rulebook.table("languages")))
    try:
        for stage in STAGES[UNCAST:]:
            if stage != "facts" or not silent:
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


def _placed(source: Source, revisions: Sequence[Revision]) -> Iterable[Placed]:
    """Lead all findings back to the input, in the order in which they stand there."""
    whole = revisions[0].before
    rows: list[Placed] = []
    for index, revision in enumerate(revisions):
        earlier = revisions[:index]
        why = {(found.rule, found.start, found.end): why for found, why in revision.refused}
        for finding in (*revision.applied, *revision.remaining):
            applied = finding.level is Level.SAFE
            start, end = source_span(earlier, finding.start, finding.end)
            edits = tuple(_edit(source.text, earlier, edit) for edit in finding.edits)
            line, column = whole.position(start)
            reason = "" if applied else why.get((finding.rule, finding.start, finding.end), "")
            rows.append(Placed(finding, applied, start, end, line, column, edits, reason))
    return sorted(rows, key=lambda row: (row.start, row.end, row.finding.rule))


def _edit(text: str, revisions: Sequence[Revision], edit: Edit) -> tuple[int, int, str, str]:
    start, end = source_span(revisions, edit.start, edit.end)
    return start, end, text[start:end], edit.text


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
    from cleanup.formats.sounds import Sounds
    from cleanup.proof import heard, stated
    from cleanup.writers.body import Look
    from cleanup.writers.pages import page

    look, asked = look or Look(), options or Options()
    decided = (*(spot.decision for spot in result.decided), *asked.everywhere)
    put_back = {decision.rule for decision in decided if decision.do == "reject"}
    again = Options(format="markdown", without=asked.without | put_back, packs=asked.packs, hashed=False, counted=False)
    sha256, problems = result.source.sha256, list[str]()
    sounds = Sounds.of(rulebook.table("sounds"))
    for marks in (True, False):
        wanted = look._replace(marks=marks)
        made = page(
            result.script(stem), result.facts, site=site, raw=raw, sha256=sha256, look=wanted, kept=kept, sounds=sounds
        )
        back = clean(made.text.encode(), f"{made.slug}.md", rulebook, again)
        problems = [
            *stated(result.head(stem), back.head()), *heard(result.walk(), back.walk(), times=look.times != "off")
        ]  # fmt: skip
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
