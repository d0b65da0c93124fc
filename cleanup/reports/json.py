"""What `check` found, one JSON object an input."""

from typing import Any

from cleanup.writers.json import Shown, finding

SCHEMA = "cleanup/check@1"


def check(path: str, *, looked_at: bool, is_transcript: bool, findings: "list[Shown]", account: dict[str, int]) -> dict[str, Any]:
    """Return the object of one input; `findings` are empty where it was not looked at."""
    return {
        "schema": SCHEMA,
        "path": path,
        "looked_at": looked_at,
        "is_transcript": is_transcript,
        "findings": [finding(row) for row in findings],
        "account": account,
    }
