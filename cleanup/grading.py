"""How sure a finding is, and which of several at one place wins."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from cleanup.document import Document
from cleanup.edits import Edit, apply
from cleanup.findings import Finding, Level, Rule
from cleanup.regexes import late

_INVISIBLE = dict.fromkeys(
    map(
        ord,
        "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufeff\ufe0e\ufe0f",
    )
)
_WORD = late(r"[^\W_]+(?:['’\-.][^\W_]+)*")
_BUDGET = 0.05
_FEW = 12
"""Words that may always go: a twentieth of a short text is less than any notice."""

_REACH = 64
"""Characters that a word may be long on either side of an edit; scripts without spaces have no edge."""


def words(text: str) -> list[str]:
    """Return the words as a listener tells them apart.

    NFKC, case-folded, invisible characters left out; an apostrophe, hyphen or decimal point
    inside a word belongs to it: `we're` is not `were`.
    """
    folded = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold().replace("’", "'")
    return _WORD.findall(folded)


def grade(finding: Finding, document: Document, rule: Rule | None, limits: "Limits") -> Finding:
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
    for finding in sorted(set(findings), key=place):
        clash = next((owner for edit in finding.edits if (owner := _owner(taken, edit))), None)
        if clash and clash.edits != finding.edits:
            losers.append((finding, clash))
            continue
        winners.append(finding)
        for edit in finding.edits:
            item = (edit.start, edit.end, finding)
            taken.insert(bisect_left(taken, edit.start, key=lambda row: row[0]), item)
    return winners, losers


def place(finding: Finding) -> tuple[int, int, str]:
    """Return by what findings are ordered: the earlier first, then the longer, then by rule."""
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


class Limits:
    """How much furniture may go: between the labels a twentieth of the words, outside all of it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.labels = [part.start for part in document.parts if part.kind == "label"]
        body = self.labels or [part.start for part in document.parts if part.kind == "words" and not part.aside]
        self.beside = any(part.aside for part in document.parts)  # a page, whose text ends where its last word stands
        self.first, self.last = (body[0], body[-1]) if body else (0, 0)
        self.total = -1

    def allow(self, finding: Finding) -> bool:
        """Say whether what a finding takes is furniture by its place, or too little to matter."""
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
