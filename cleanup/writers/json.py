"""The JSON form of a transcript: one object, keys in a fixed order, null for what is not known."""

import json
from collections.abc import Mapping
from typing import Any

from cleanup.findings import Placed
from cleanup.result import Result
from cleanup.script import Block

SCHEMA = "cleanup/transcript@1"


def transcript(result: Result) -> dict[str, Any]:
    """Return the object; what was dropped without replacement is `removed`, whatever its rule calls it."""
    taken: dict[str, list[dict[str, Any]]] = {"removed": [], "moved": []}
    for row in result.findings:
        for start, end, before, after in row.edits if row.applied else ():
            if not after:
                fate = "moved" if row.finding.fate == "moved" else "removed"
                taken[fate].append({"text": before, "rule": row.finding.rule, "start": start, "end": end})
    for fact in result.facts:
        if fact.rule.startswith("front.") and fact.start is not None:
            said = result.source.text[fact.start : fact.end]
            taken["moved"].append({"text": said, "rule": fact.rule, "start": fact.start, "end": fact.end})
    script = result.script()
    return {
        "schema": SCHEMA,
        "input": result.source.path,
        "sha256": result.source.sha256,
        "format": result.document.format.name,
        "is_transcript": result.cast.speech,
        "language": result.language,
        "title": script.said("title"),
        "date": script.said("date"),
        "source": script.said("source.name"),
        "facts": [picked(fact, "key value rule start end") for fact in result.facts],
        "speakers": [
            picked(speaker, "label labels name role affiliation evidence quote") for speaker in result.cast.speakers
        ],
        "blocks": [_block(block) for block in script.blocks],
        **taken,
        **ran(result),
    }


def picked(value: object, names: str) -> dict[str, Any]:
    """Return some fields of a value by their names."""
    fields = {name: getattr(value, name) for name in names.split()}
    return {name: list(field) if isinstance(field, tuple) else field for name, field in fields.items()}


def _block(block: Block) -> dict[str, Any]:
    """Return a block, its times in seconds."""
    made = picked(block, "kind speaker label at until start end text continues")
    return made | {key: made[key] / 1000 for key in ("at", "until") if made[key] is not None}


def finding(row: Placed) -> dict[str, Any]:
    """Return one finding as all forms hold it."""
    return {
        **picked(row.finding, "rule message"),
        "level": row.finding.level.name.lower(),
        **picked(row, "applied start end line column"),
        "edits": [{"start": a, "end": b, "before": before, "after": after} for a, b, before, after in row.edits],
    }


def ran(result: Result) -> dict[str, Any]:
    """Return what a run found, its account, and the grammar engines that took part."""
    engines = [{"name": engine.name, "version": engine.version} for engine in result.engines if not engine.why_not]
    return {"findings": [finding(row) for row in result.findings], "account": dict(result.account), "engines": engines}


def dumps(value: Mapping[str, Any]) -> str:
    """Return one line of JSON, in which nothing is a command to GitHub's runner (`##[` anywhere in a line is one)."""
    return json.dumps(value, ensure_ascii=False).replace("##[", "\\u0023#[") + "\n"
