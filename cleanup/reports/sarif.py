"""Findings as SARIF 2.1.0, the standard form for code scanning and for editors (OASIS, errata 01; its sections are cited)."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from os import fsencode
from pathlib import Path
from typing import Any

from cleanup.digest import sha256
from cleanup.document import line_starts
from cleanup.findings import Level, Placed, Rule
from cleanup.reports.looked import Looked

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {Level.SAFE: "error", Level.SUGGEST: "warning", Level.REMARK: "note"}
_SNIPPET = 500
"""Characters of the longest span that is quoted whole."""


def log(rows: Iterable[Looked], rules: Iterable[Rule], version: str) -> dict[str, Any]:
    """Return the log of one run over all files; of `rules` only those that occur are told of.

    A page that `fix` would change gives an `error`, a suggestion a `warning`, a remark a `note`
    (3.27.10). A file that could not be looked at is a notification of the run (3.20.21).
    """
    known = {rule.id: rule for rule in rules}
    seen: dict[str, int] = {}
    results: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for looked in rows:
        results += _results(looked, seen)
        if looked.problem:
            where = [{"physicalLocation": {"artifactLocation": _artifact(looked.path)}}] if looked.path else []
            notes.append({"level": "error", "message": _message(looked.problem), "locations": where})
    driver = {"name": "cleanup", "semanticVersion": version, "rules": [_rule(name, known.get(name)) for name in seen]}
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": not notes, "toolExecutionNotifications": notes}],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(name: str, rule: Rule | None) -> dict[str, Any]:
    """Return a rule with what GitHub requires of one; findings about the cast have none in a file."""
    title = name.rpartition("/")[2].replace("-", " ").capitalize()
    why = rule.why if rule else title
    told = {
        "id": name,
        "shortDescription": _message((rule and rule.message) or title),
        "fullDescription": _message(why),
        "help": _message(f"{why} `cleanup explain {name}` shows examples; `--without {name}` leaves it out."),
    }
    return {**told, "defaultConfiguration": {"level": _LEVELS[rule.level]}} if rule else told


def _results(looked: Looked, seen: dict[str, int]) -> Iterator[dict[str, Any]]:
    starts: Sequence[int] = ()
    taken = sorted((start, end, id(row)) for row in looked.findings if row.applied for start, end, _, _ in row.edits)
    times: Counter[str] = Counter()
    for row, level in looked.graded():
        starts = starts or line_starts(looked.text)
        words = looked.text[row.start : row.end]
        region = _region(looked, starts, row.start, row.end)
        if len(words) <= _SNIPPET:
            region["snippet"] = {"text": words}
        print_ = _hash(f"{row.finding.rule}\0{' '.join(words.split())}")
        times[print_] += 1
        place = {"artifactLocation": _artifact(looked.path), "region": region}
        result = {
            "ruleId": row.finding.rule,
            "ruleIndex": seen.setdefault(row.finding.rule, len(seen)),
            "level": level,
            "message": _message(row.finding.message),
            "locations": [{"physicalLocation": place}],
            "partialFingerprints": {"wordsHash/v1": f"{print_}:{times[print_]}"},
        }
        if looked.page and row.edits and _alone(row, taken):
            result["fixes"] = [_fix(looked, starts, row)]
        yield result


def _fix(looked: Looked, starts: Sequence[int], row: Placed) -> dict[str, Any]:
    """Return the edits of a finding (3.55); a raw file has none, since it is evidence and never changed.

    An editor that applies them leaves `transcript.body` as it is: that is an edit by hand, as it should be.
    """
    replacements = [
        {
            "deletedRegion": _region(looked, starts, start, end),
            "insertedContent": {"text": after.replace("\n", looked.newline)},
        }
        for start, end, _, after in row.edits
    ]
    change = {"artifactLocation": _artifact(looked.path), "replacements": replacements}
    return {"description": _message(row.finding.message), "artifactChanges": [change]}


def _alone(row: Placed, taken: Sequence[tuple[int, int, int]]) -> bool:
    """Say whether edits are right without those of other findings (`taken`: span, and whose).

    A stage may edit what an earlier one wrote (an apostrophe in place of three garbled signs, say):
    led back to the input, such an edit covers a part only of what it means. It is then left to
    `fix`. An edit that goes around another one on both sides is whole by itself.
    """
    longest = max((end - start for start, end, _ in taken), default=0)
    for start, end, _, _ in row.edits:
        low, high = bisect_left(taken, (start - longest, 0, 0)), bisect_right(taken, (max(end, start + 1), 0, 0))
        for a, b, whose in taken[low:high]:
            apart = max(b, a + 1) <= start or max(end, start + 1) <= a
            around = (start < a and b < end) or (a < start and end < b)
            if whose != id(row) and not apart and not around:
                return False
    return True


def _region(looked: Looked, starts: Sequence[int], start: int, end: int) -> dict[str, Any]:
    r"""Return a region by lines and columns (3.30); by offsets too where the file has the line ends of the text."""
    first, last = bisect_right(starts, start), bisect_right(starts, end)
    region: dict[str, Any] = {
        "startLine": first,
        "startColumn": start - starts[first - 1] + 1,
        "endLine": last,
        "endColumn": end - starts[last - 1] + 1,
    }
    return {**region, "charOffset": start, "charLength": end - start} if looked.newline == "\n" else region


def _artifact(path: str) -> dict[str, str]:
    """Return where a file lies: relative to the root of the sources, else as an address of its own (3.4)."""
    from urllib.parse import quote

    if Path(path).is_absolute():
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(fsencode(path)), "uriBaseId": "%SRCROOT%"}


def _message(text: str) -> dict[str, str]:
    """Return a plain text message in which no words are a placeholder or a link (3.11.5, 3.11.6)."""
    return {"text": " ".join(text.split()).replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def _hash(text: str) -> str:
    """Return a print that stays when lines move: of the rule and the words, and of no number."""
    return sha256(text.encode("utf-8", "surrogatepass")).hex()[:32]
