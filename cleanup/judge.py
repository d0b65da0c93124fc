"""What people decided, put to findings and to the text; and what a page that stays in place is spared."""

from bisect import bisect_left
from collections.abc import Sequence

from cleanup.decisions import HAND, Spot, Spots, wide
from cleanup.document import Document
from cleanup.edits import Edit
from cleanup.engine import Redo, Revision, run
from cleanup.findings import Finding, Found, Level
from cleanup.options import Options
from cleanup.result import source_offset, source_span
from cleanup.rulebook import Rulebook


class Judge:
    """Says what is left of a finding after decisions of people, and where a page is changed in place."""

    def __init__(self, rulebook: Rulebook, options: Options, spots: Spots, revisions: Sequence[Revision]) -> None:
        self.rulebook, self.options, self.spots, self.revisions = rulebook, options, spots, revisions
        self.everywhere = {wide(row): row.do for row in options.everywhere}

    def judged(self, finding: Finding, document: Document) -> Finding | None:
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


def written(spots: Sequence[Spot], document: Document, revisions: Sequence[Revision], redo: Redo) -> Revision:
    """Make the edits that people decided on, over the document that all stages have left."""
    from cleanup.decisions.places import same

    length = len(document.text)
    first = revisions[0]
    later = revisions[1:] if first.imports else revisions

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

    return run("decisions", document, propose=propose, redo=redo, rules={})


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
