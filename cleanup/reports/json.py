"""What a run found and did, one JSON object an input."""

from collections.abc import Mapping, Sequence
from typing import Any

from cleanup.findings import Engine, Placed
from cleanup.writers.json import finding, ran

CHECK = "cleanup/check@1"
PUBLISH = "cleanup/publish@1"
IMPACT = "cleanup/impact@1"


def check(
    path: str,
    *,
    looked_at: bool,
    is_transcript: bool,
    findings: Sequence[Placed],
    account: Mapping[str, int],
    engines: Sequence[Engine] = (),
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
        "engines": ran(engines),
    }


def publish(
    path: str,
    *,
    page: str | None,
    written: bool,
    changes: Mapping[str, int] | None,
    draft: bool,
    is_transcript: bool,
    findings: Sequence[Placed],
    account: Mapping[str, int],
    engines: Sequence[Engine] = (),
) -> dict[str, Any]:
    """Return what `publish` says about one input that was done.

    `written` is false in a dry run, and where the page held these bytes already. `changes` says in a dry run what
    would be another on the page that stands there, by rule and key; None where there is no such page.
    """
    return {
        "schema": PUBLISH,
        "path": path,
        "page": page,
        "written": written,
        "changes": None if changes is None else dict(changes),
        "draft": draft,
        "is_transcript": is_transcript,
        "findings": [finding(row) for row in findings],
        "account": dict(account),
        "engines": ran(engines),
    }


def impact(
    rule: str,
    *,
    new: Mapping[str, int],
    gone: Mapping[str, int],
    files: int,
    samples: Sequence[tuple[str, Placed, bool]],
) -> dict[str, Any]:
    """Return what a pack changes for one rule; `new` and `gone` count places by what is done there."""
    return {
        "schema": IMPACT,
        "rule": rule,
        "new": dict(new),
        "gone": dict(gone),
        "files": files,
        "samples": [{"path": path, "new": own, **finding(row)} for path, row, own in samples],
    }
