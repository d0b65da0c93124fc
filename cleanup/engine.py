"""One stage: finders propose, the engine grades, settles, applies and verifies."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from cleanup.document import Document, Part
from cleanup.edits import Edit, Trail, join, origin
from cleanup.findings import Fact, Finding, Found, Level, Rule
from cleanup.grading import Limits, grade, place, settle

_KEPT = frozenset({"label", "stamp", "sound", "code", "markup", "value", "note"})
"""Kinds of part that an edit of words must leave as they are."""

_PATIENCE = 16
"""Findings that are dropped one by one; after that a rule that does harm is dropped whole, so that
the stage stays linear."""

Propose = Callable[[Document], Found]
Redo = Callable[[Document, Sequence[Edit]], Document]
"""What makes the document that follows from another by edits."""


IMPORT = "import"
"""The stage in which an importer makes a text of its own."""


class Revision(NamedTuple):
    """One stage: the document before and after, and everything that was found.

    `applied` and `remaining` hold offsets of `before`. `edits` are those of `applied`, joined. `refused` are
    findings that were not applied although their level allowed it, each with the reason.
    """

    stage: str
    before: Document
    after: Document
    trail: Trail = Trail(())
    applied: tuple[Finding, ...] = ()
    remaining: tuple[Finding, ...] = ()
    refused: tuple[tuple[Finding, str], ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The changes as they were made."""
        return self.trail.edits

    def origin(self, offset: int) -> int:
        """Return where a place of `after` stood in `before`."""
        return self.after.origin(offset) if self.imports else self.trail.origin(offset)

    def ends(self, offset: int) -> int:
        """Return where the character before a place of `after` ended in `before`."""
        return self.after.ends(offset) if self.imports else self.trail.origin(offset - 1) + 1

    @property
    def imports(self) -> bool:
        """Say whether `after` was made out of `before` by an importer, and not by edits."""
        return self.stage == IMPORT


def run(stage: str, document: Document, *, propose: Propose, redo: Redo, rules: Mapping[str, Rule]) -> Revision:
    """Run one stage and return what it did.

    A finding whose edits leave its scope, or that would make a second run change something, is
    dropped and reported under `refused`; the others still stand (laws 5, 6 and 7).
    """
    found = propose(document)
    if not found.findings:
        return Revision(stage, document, document, facts=tuple(found.facts))
    limits = Limits(document)
    graded = [grade(finding, document, rules.get(finding.rule), limits) for finding in found.findings]
    wanted, losers = settle(finding for finding in graded if finding.level is Level.SAFE)
    refused = [(loser, f"lost its place to {winner.rule}") for loser, winner in losers]
    patience = _PATIENCE
    while wanted:
        edits = join(edit for finding in wanted for edit in finding.edits)
        after = redo(document, edits)
        damage = None if stage == "encoding" else _damage(document, after, edits)
        if damage is not None:
            bad, why = _nearest(wanted, damage), "would change more than the words it is about"
        else:
            left = _unstable(after, propose, rules, {_signature(document, finding) for finding, _ in refused})
            if left is None:
                break
            bad = _nearest(wanted, origin(edits, left.start))
            why = f"a second run would go on with {left.rule}"
        patience -= 1
        gone = [bad] if patience > 0 else [finding for finding in wanted if finding.rule == bad.rule]
        wanted = [finding for finding in wanted if finding not in gone]
        refused += [(finding, why) for finding in gone]
    else:
        edits, after = (), document
    dropped = [finding._replace(level=Level.SUGGEST) for finding, _ in refused]
    rest = [finding for finding in graded if finding.level is not Level.SAFE] + dropped
    return Revision(
        stage, document, after, Trail(edits), tuple(wanted), tuple(sorted(rest, key=place)),
        tuple(refused), tuple(found.facts),
    )  # fmt: skip


def _damage(before: Document, after: Document, edits: tuple[Edit, ...]) -> int | None:
    """Return a place of `before` where something outside the edits became something else (law 6)."""
    old = [part for part in before.parts if part.kind in _KEPT and not _touched(part, edits)]
    new = [part for part in after.parts if part.kind in _KEPT]
    shifts, trail = _Shifts(edits), Trail(edits)
    wanted = [(part.kind, shifts.after(part.start), part.end - part.start, part) for part in old]
    there = {(part.kind, part.start, part.end - part.start) for part in new}
    for kind, start, length, part in wanted:
        if (kind, start, length) not in there:
            return part.start
    known = {row[:3] for row in wanted}
    for part in new:
        if (part.kind, part.start, part.end - part.start) not in known:
            place = trail.origin(part.start)
            if not any(p.start <= place <= p.end for p in _around(before, place) if p.kind == part.kind):
                return place
    return None


class _Shifts:
    """Where a place that no edit touches stands after the edits."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.starts: list[int] = []
        self.shifts: list[int] = []
        shift = 0
        for edit in edits:
            shift += len(edit.text) - (edit.end - edit.start)
            self.starts.append(edit.end)
            self.shifts.append(shift)

    def after(self, offset: int) -> int:
        at = bisect_right(self.starts, offset)
        return offset + (self.shifts[at - 1] if at else 0)


def _touched(part: Part, edits: Sequence[Edit]) -> bool:
    at = bisect_left(edits, part.start, key=lambda edit: edit.end)
    return at < len(edits) and edits[at].start <= part.end


def _around(document: Document, offset: int) -> Sequence[Part]:
    at = bisect_left(document.parts, offset, key=lambda part: part.end)
    return document.parts[max(0, at - 1) : at + 2]


_Signature = tuple[str, str, tuple[str, ...]]


def _signature(document: Document, finding: Finding) -> _Signature:
    return finding.rule, document.text[finding.start : finding.end], tuple(edit.text for edit in finding.edits)


def _unstable(after: Document, propose: Propose, rules: Mapping[str, Rule], refused: set[_Signature]) -> Finding | None:
    """Return a safe finding that a second run would still apply (law 7); what was refused would be again."""
    limits = Limits(after)
    for finding in propose(after).findings:
        if (
            _signature(after, finding) not in refused
            and grade(finding, after, rules.get(finding.rule), limits).level is Level.SAFE
        ):
            return finding
    return None


def _nearest(findings: Sequence[Finding], offset: int) -> Finding:
    return min(
        findings, key=lambda f: 0 if f.start <= offset <= f.end else min(abs(f.start - offset), abs(f.end - offset))
    )
