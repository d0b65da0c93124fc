"""What the review page is given: the raw text, the page's blocks, findings, speakers and decisions, as plain data."""

from typing import Any

from cleanup.decisions import SUFFIX, Decision, Decisions, about
from cleanup.findings import Placed
from cleanup.pipeline import Result


def shown(result: Result, bare: Result, decisions: Decisions, by: str) -> dict[str, Any]:
    """Return the data of `reports.review.page`: findings as they are without decisions (`bare`), each with its own."""
    raw = result.source.path
    own = [about(bare.source.text, row, "reject") for row in bare.findings]
    decided = {_key(row): row for row in decisions.rows}
    known = set(map(_key, own))
    kept = [row for row in decisions.rows if _key(row) not in known]
    return {
        "raw": raw,
        "review": raw.replace("\\", "/").rpartition("/")[2] + SUFFIX,
        "title": result.chosen["title"].value if "title" in result.chosen else raw,
        "language": result.language,
        "by": by or None,
        "text": result.source.text,
        "findings": [_finding(row, one, decided.get(_key(one))) for row, one in zip(bare.findings, own, strict=True)],
        "blocks": [
            {"kind": b.kind, "speaker": b.speaker, "label": b.label, "text": b.text,
             "start": b.start, "end": b.end, "level": b.level}
            for b in result.blocks()
        ],
        "speakers": [
            {"label": s.label, "name": s.name, "role": s.role, "evidence": s.evidence,
             "decided": s.label in decisions.given.speakers}
            for s in result.cast.speakers
        ],
        "kept": {
            "decisions": [{key: value for key, value in row._asdict().items() if value} for row in kept],
            "speakers": dict(decisions.given.speakers),
            "labels": list(decisions.given.labels),
            "no-labels": list(decisions.given.no_labels),
            "opening": decisions.given.opening,
            "facts": dict(decisions.facts),
        },
    }  # fmt: skip


def _key(row: Decision) -> tuple[str, ...]:
    return (row.rule, *row[2:5])


def _finding(row: Placed, own: Decision, decided: Decision | None) -> dict[str, Any]:
    return {
        "rule": row.finding.rule, "level": row.finding.level.name.lower(), "applied": row.applied,
        "message": row.finding.message, "why": row.why_not, "start": row.start, "end": row.end,
        "line": row.line, "column": row.column, "fate": row.finding.fate,
        "edits": [{"start": a, "end": b, "before": old, "after": new} for a, b, old, new in row.edits],
        "words": own.words, "before": own.before, "after": own.after,
        "decision": {k: v for k, v in decided._asdict().items() if v and k in ("do", "text", "by", "on")}
        if decided else None,
    }  # fmt: skip
