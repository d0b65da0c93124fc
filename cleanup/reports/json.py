"""What `check` found, one JSON object an input."""

from typing import Any

from cleanup.findings import Placed
from cleanup.writers.json import finding

SCHEMA = "cleanup/check@1"


def check(
    path: str, *, looked_at: bool, is_transcript: bool, findings: list[Placed], account: dict[str, int]
) -> dict[str, Any]:
    """Return the object of one input; `findings` are empty where it was not looked at."""
    return {
        "schema": SCHEMA,
        "path": path,
        "looked_at": looked_at,
        "is_transcript": is_transcript,
        "findings": [finding(row) for row in findings],
        "account": account,
    }
