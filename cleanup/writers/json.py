"""The JSON form of a transcript: one object, keys in a fixed order, null for what is not known."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cleanup.document import Cast
from cleanup.findings import Engine, Fact, Finding, Placed
from cleanup.script import Block

SCHEMA = "cleanup/transcript@1"


def transcript(
    *,
    path: str,
    sha256: str,
    form: str,
    text: str,
    language: str | None,
    cast: Cast,
    blocks: Sequence[Block],
    chosen: Mapping[str, Fact],
    facts: Sequence[Fact],
    findings: Sequence[Placed],
    moved: Sequence[tuple[str, str, int, int]],
    account: Mapping[str, int],
    engines: Sequence[Engine] = (),
) -> dict[str, Any]:
    """Return the object; `text` is the decoded input, `moved` are (text, rule, start, end) of front matter values."""

    def taken(fate: str) -> list[dict[str, Any]]:
        return [
            {"text": before, "rule": row.finding.rule, "start": start, "end": end}
            for row in findings
            if row.applied and _fate(row.finding) == fate
            for start, end, before, after in row.edits
            if not after
        ]

    value = _value(chosen)
    return {
        "schema": SCHEMA,
        "input": path,
        "sha256": sha256,
        "format": form,
        "is_transcript": cast.speech,
        "language": language,
        "title": value("title"),
        "date": value("date"),
        "source": value("source.name"),
        "facts": [{"key": f.key, "value": f.value, "rule": f.rule, "start": f.start, "end": f.end} for f in facts],
        "speakers": [
            {"label": s.label, "labels": list(s.labels), "name": s.name, "role": s.role,
             "affiliation": s.affiliation, "evidence": s.evidence, "quote": s.quote}
            for s in cast.speakers
        ],
        "blocks": [_block(block) for block in blocks],
        "removed": taken("removed"),
        "moved": [*taken("moved"), *({"text": t, "rule": r, "start": a, "end": b} for t, r, a, b in moved)],
        "findings": [finding(row) for row in findings],
        "account": dict(account),
        "engines": ran(engines),
    }  # fmt: skip


def _fate(found: Finding) -> str:
    """What was dropped without replacement is removed, whatever its rule calls it."""
    return "moved" if found.fate == "moved" else "removed"


def _value(chosen: Mapping[str, Fact]) -> Callable[[str], str | None]:
    return lambda key: chosen[key].value if key in chosen else None


def _block(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "speaker": block.speaker,
        "label": block.label,
        "at": None if block.at is None else block.at / 1000,
        "until": None if block.until is None else block.until / 1000,
        "start": block.start,
        "end": block.end,
        "text": block.text,
        "continues": block.continues,
    }


def finding(row: Placed) -> dict[str, Any]:
    """Return one finding as the forms of a transcript and of a check both hold it."""
    return {
        "rule": row.finding.rule,
        "message": row.finding.message,
        "level": row.finding.level.name.lower(),
        "applied": row.applied,
        "start": row.start,
        "end": row.end,
        "line": row.line,
        "column": row.column,
        "edits": [{"start": a, "end": b, "before": before, "after": after} for a, b, before, after in row.edits],
    }


def ran(engines: Sequence[Engine]) -> list[dict[str, str]]:
    """Return the grammar engines that took part."""
    return [{"name": engine.name, "version": engine.version} for engine in engines if not engine.why_not]


def dumps(value: Mapping[str, Any]) -> str:
    """Return one line of JSON, in which nothing is a command to GitHub's runner (`##[` anywhere in a line is one)."""
    return json.dumps(value, ensure_ascii=False).replace("##[", "\\u0023#[") + "\n"
