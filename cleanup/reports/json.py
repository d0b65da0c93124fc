"""What a run found and did, one JSON object an input."""

from collections.abc import Mapping, Sequence
from typing import Any

from cleanup.findings import Placed
from cleanup.writers.json import finding

CHECK = "cleanup/check@1"
PUBLISH = "cleanup/publish@1"


def check(
    path: str, *, looked_at: bool, is_transcript: bool, findings: Sequence[Placed], account: Mapping[str, int]
) -> dict[str, Any]:
    """Return the object of one input; `findings` are empty where it was not looked at.

    `applied` is false throughout: a check changes nothing.
    """
    return {
        "schema": CHECK,
        "path": path,
        "looked_at": looked_at,
        "is_transcript": is_transcript,
        "findings": [{**finding(row), "applied": False} for row in findings],
        "account": dict(account),
    }


def publish(
    path: str,
    *,
    page: str | None,
    written: bool,
    draft: bool,
    is_transcript: bool,
    findings: Sequence[Placed],
    account: Mapping[str, int],
) -> dict[str, Any]:
    """Return what `publish` says about one input that was done.

    `written` is false in a dry run, and where the page held these bytes already.
    """
    return {
        "schema": PUBLISH,
        "path": path,
        "page": page,
        "written": written,
        "draft": draft,
        "is_transcript": is_transcript,
        "findings": [finding(row) for row in findings],
        "account": dict(account),
    }
