"""A review in a browser: what it shows, as plain data, and one self-contained page that needs no server, no network and no trust in that."""

import html
import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cleanup.decisions import EVERY, REPOSITORY, SUFFIX, Decision, Decisions, dumps
from cleanup.decisions.places import about
from cleanup.digest import sha256
from cleanup.document import Cast
from cleanup.findings import Placed, Rule
from cleanup.result import Result
from cleanup.script import Block
from cleanup.writers.json import finding, picked

_HERE = Path(__file__).parent
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_SIGNS = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
"""What could end the element that holds the data, or open a comment in it; and what UTF-8 cannot hold."""

_LANGUAGETOOL = "grammar/languagetool/"


def shown(
    result: Result,
    bare: Result,
    decisions: Decisions,
    by: str,
    rules: Mapping[str, Rule] | None = None,
    everywhere: Sequence[Decision] | None = None,
) -> dict[str, Any]:
    """Return the data of a page: findings as they are without decisions (`bare`), and all decisions.

    `everywhere` is what was decided for the repository; None where there is none, and the page offers no such decision. Offsets are code points of the text. Pairs, not mappings, where the order of keys is that of a file.
    """
    raw, blocks = result.source.path, result.blocks()
    name = raw.replace("\\", "/").rpartition("/")[2]
    open_ = {(row.finding.rule, row.start, row.end) for row in result.findings if not row.applied}
    rules = rules or {}
    return {
        "raw": raw,
        "review": name + SUFFIX,
        "head": dumps(Decisions(), raw),
        "title": result.chosen["title"].value if "title" in result.chosen else name,
        "language": result.language,
        "by": by,
        "text": result.source.text,
        "findings": [
            _finding(row, about(bare.source.text, row, "reject"), whose(blocks, result.cast, row.start))
            | {"open": (row.finding.rule, row.start, row.end) in open_}
            for row in bare.findings
        ],
        "rules": {
            rule: {"why": rules[rule].why if rule in rules else "", "engine": engine(rule)}
            for rule in sorted({row.finding.rule for row in bare.findings})
        },
        "blocks": [picked(block, "kind speaker label text start end level continues") for block in blocks],
        "speakers": [picked(speaker, "label labels name role evidence quote") for speaker in result.cast.speakers],
        "decided": {
            "rows": [row._asdict() for row in decisions.rows],
            "speakers": list(decisions.given.speakers.items()),
            "labels": decisions.given.labels,
            "no-labels": decisions.given.no_labels,
            "opening": decisions.given.opening or "",
            "facts": list(decisions.facts.items()),
        },
        "repository": None if everywhere is None else {
            "review": REPOSITORY, "head": dumps(Decisions(), EVERY), "rows": [row._asdict() for row in everywhere],
        },
    }  # fmt: skip


def engine(rule: str) -> str:
    """Return the engine that a finding comes from, with its own name for the rule; empty for rules in files."""
    return f"LanguageTool {rule.removeprefix(_LANGUAGETOOL)}" if rule.startswith(_LANGUAGETOOL) else ""


def whose(blocks: Sequence[Block], cast: Cast, at: int) -> str | None:
    """Return the label of who speaks at a place, or next after it; empty before the first label, None where nobody can be named."""
    turns = [b for b in blocks if b.kind == "turn"]
    turn = next((b for b in turns if b.start <= at <= b.end), None) or next((b for b in turns if b.start >= at), None)
    if turn is None:
        return None
    speaker = next((s for s in cast.speakers if turn.label in s.labels), None)
    if speaker is None:
        return None if any(b.label for b in turns if b.start < turn.start) else ""
    return speaker.label


def _finding(row: Placed, own: Decision, speaker: str | None) -> dict[str, Any]:
    return {
        **finding(row), "why": row.why_not, "fate": row.finding.fate,
        **picked(own, "words before after"), "speaker": speaker,
    }  # fmt: skip


def page(data: Mapping[str, Any]) -> str:
    """Return the page. Texts of a transcript are data in it, never markup: its script puts them in as text.

    Its policy allows the one script and the one style by their hashes, and nothing else: no address is ever asked.
    """
    style, script = (_HERE.joinpath(f"review.{suffix}").read_text("utf-8") for suffix in ("css", "js"))
    policy = f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'"
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    parts = {
        "policy": policy,
        "title": html.escape(" ".join(str(data["raw"]).split())),
        "style": style,
        "script": script,
        "print": sha256(told.encode("utf-8", "surrogatepass")).hex()[:16],
        "data": _SIGNS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", told),
    }
    return _SLOT.sub(lambda slot: parts[slot[1]], _HERE.joinpath("review.html").read_text("utf-8"))


def _hash(text: str) -> str:
    """Return a source expression of the Content Security Policy (level 3, 2.3.1): the hash of an element's text."""
    return "sha256-" + b64encode(sha256(text.encode())).decode()
