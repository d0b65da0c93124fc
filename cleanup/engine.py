"""One stage: finders propose, the engine grades, settles, applies and verifies."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from cleanup.document import Document, Part
from cleanup.edits import Edit, Trail, apply, join, origin
from cleanup.findings import Fact, Finding, Found, Level, Rule
from cleanup.regexes import late

_KEPT = frozenset({"label", "stamp", "sound", "code", "markup", "value", "note"})
"""Kinds of part that an edit of words must leave as they are."""

_INVISIBLE = dict.fromkeys(
    map(
        ord,
        "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufeff\ufe0e\ufe0f",
    )
)
_WORD = late(r"[^\W_]+(?:['’\-.][^\W_]+)*")
_BUDGET = 0.05
_PATIENCE = 16
"""Findings that are dropped one by one; after that a rule that does harm is dropped whole, so that
the stage stays linear."""

_FEW = 12
"""Words that may always go: a twentieth of a short text is less than any notice."""

_REACH = 64
"""Characters that a word may be long on either side of an edit; scripts without spaces have no edge."""

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


def words(text: str) -> list[str]:
    """Return the words as a listener tells them apart.

    NFKC, case-folded, invisible characters left out; an apostrophe, hyphen or decimal point
    inside a word belongs to it: `we're` is not `were`.
    """
    folded = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold().replace("’", "'")
    return _WORD.findall(folded)


def run(stage: str, document: Document, *, propose: Propose, redo: Redo, rules: Mapping[str, Rule]) -> Revision:
    """Run one stage and return what it did.

    A finding whose edits leave its scope, or that would make a second run change something, is
    dropped and reported under `refused`; the others still stand (laws 5, 6 and 7).
    """
    found = propose(document)
    if not found.findings:
        return Revision(stage, document, document, facts=tuple(found.facts))
    limits = _Limits(document)
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
        stage, document, after, Trail(edits), tuple(wanted), tuple(sorted(rest, key=_place)),
        tuple(refused), tuple(found.facts),
    )  # fmt: skip


def grade(finding: Finding, document: Document, rule: Rule | None, limits: "_Limits") -> Finding:
    """Return the finding at the level that it has earned (law 4).

    Safe is computed: the words stay the same, an encoding repair is proven, or furniture goes
    within the budget. A rule of the user's own repository is believed.
    """
    level = finding.level
    if not finding.edits:
        level = Level.REMARK
    elif level is Level.SAFE and not finding.proven and not (rule and rule.own):
        if finding.fate == "changed":
            safe = _same_words(document.text, finding)
        else:
            safe = finding.fate == "moved" or limits.allow(finding)
        level = Level.SAFE if safe else Level.SUGGEST
    return finding if level is finding.level else finding._replace(level=level)


def settle(findings: Iterable[Finding]) -> tuple[list[Finding], list[tuple[Finding, Finding]]]:
    """Choose among findings that want the same place: the earlier wins, then the longer (law 5).

    Returns the winners in order, and each loser with the finding it lost to. Findings that make
    the very same edits do not compete.
    """
    winners: list[Finding] = []
    losers: list[tuple[Finding, Finding]] = []
    taken: list[tuple[int, int, Finding]] = []
    for finding in sorted(set(findings), key=_place):
        clash = next((owner for edit in finding.edits if (owner := _owner(taken, edit))), None)
        if clash and clash.edits != finding.edits:
            losers.append((finding, clash))
            continue
        winners.append(finding)
        for edit in finding.edits:
            item = (edit.start, edit.end, finding)
            taken.insert(bisect_left(taken, edit.start, key=lambda row: row[0]), item)
    return winners, losers


def _place(finding: Finding) -> tuple[int, int, str]:
    return finding.start, -finding.end, finding.rule


def _owner(taken: Sequence[tuple[int, int, Finding]], edit: Edit) -> Finding | None:
    """Return who already has a part of an edit's span; edits that only touch do not clash."""
    at = bisect_right(taken, edit.end, key=lambda row: row[0])
    for start, end, owner in reversed(taken[max(0, at - 8) : at]):
        if (start < edit.end and edit.start < end) or (start, end) == (edit.start, edit.end):
            return owner
    return None


def _same_words(text: str, finding: Finding) -> bool:
    """Compare the words around all edits of a finding, from word edge to word edge."""
    start, end = min(e.start for e in finding.edits), max(e.end for e in finding.edits)
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    while start > first and not text[start - 1].isspace():
        start -= 1
    while end < last and not text[end].isspace():
        end += 1
    moved = [Edit(e.start - start, e.end - start, e.text) for e in finding.edits]
    before = text[start:end]
    return words(before) == words(apply(before, moved))


class _Limits:
    """How much furniture may go: between the labels a twentieth of the words, outside all of it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.labels = [part.start for part in document.parts if part.kind == "label"]
        body = self.labels or [part.start for part in document.parts if part.kind == "words" and not part.aside]
        self.beside = any(part.aside for part in document.parts)  # a page, whose text ends where its last word stands
        self.first, self.last = (body[0], body[-1]) if body else (0, 0)
        self.total = -1

    def allow(self, finding: Finding) -> bool:
        start, end = finding.start, finding.end
        at = bisect_left(self.labels, start)
        if at < len(self.labels) and self.labels[at] < end:
            return False
        first, last = self.first, self.last if self.labels or self.beside else len(self.document.text)
        pieces = ((max(edit.start, first), max(first, min(edit.end, last))) for edit in finding.edits)
        taken = sum(len(_WORD.findall(self.document.text, a, b)) for a, b in pieces)
        if not taken:
            return True
        if self.total < 0:
            self.total = len(_WORD.findall(self.document.text, first, last))
        return taken <= max(_FEW, _BUDGET * self.total)


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
    limits = _Limits(after)
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
