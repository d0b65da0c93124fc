"""What publishing again would change on a page that stands there: by rule, and by key of front matter."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from cleanup.findings import Placed

_KEY = re.compile(r"\n(?=[\w-]+:)")
_LABEL = re.compile(r"\*\*[^*]+:\*\*")
TEXT, LABELS = "text", "labels"
"""Stand for lines of the body that no rule explains: paragraphs, or a rule that no longer acts; and names alone."""


def changes(old: str, new: str, findings: Iterable[Placed]) -> dict[str, int]:
    """Count what makes a page another one.

    An applied finding counts where the words that it took stand in lines that go, more often than
    in those that come. What is left of the body is `text`, and front matter is named by its keys.
    """
    (old_head, old_body), (new_head, new_body) = map(_halves, (old, new))
    found: Counter[str] = Counter()
    gone, come = map(_plain, _differing(old_body.split("\n"), new_body.split("\n")))
    for row in findings:
        took = [before.strip() for _, _, before, _ in row.edits if before.strip()] if row.applied else []
        if took and all(gone.count(before) > come.count(before) for before in map(_plain, took)):
            found[row.finding.rule] += 1
    if (gone or come) and not found:
        found[LABELS if _LABEL.sub("", gone) == _LABEL.sub("", come) else TEXT] = 1
    old_keys, new_keys = _keys(old_head), _keys(new_head)
    for key in dict.fromkeys((*old_keys, *new_keys)):
        found[f"front matter {key}"] += old_keys.get(key) != new_keys.get(key) and key != "transcript"
    return {name: number for name, number in found.items() if number}


def _halves(page: str) -> tuple[str, str]:
    head, mark, body = page.partition("\n---\n")
    return (head, body) if mark else ("", page)


def _differing(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """Return the lines that go, and those that come."""
    gone: list[str] = []
    come: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += old[a:b]
            come += new[c:d]
    return "\n".join(gone), "\n".join(come)


def _plain(text: str) -> str:
    return " ".join(text.replace("\\", "").split())


def _keys(head: str) -> dict[str, str]:
    """Return the lines of each key at the top."""
    first, *rest = _KEY.split(head)
    return {"": first} | {lines.partition(":")[0]: lines for lines in rest}
