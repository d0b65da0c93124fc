"""The list of a JSON of no known dialect that says most: it may be a transcript."""

from collections.abc import Sequence

from cleanup.formats.dialects import ENDS, SENDERS, SPEAKERS, STARTS, TEXTS, Dialect
from cleanup.formats.located import Node, inside
from cleanup.formats.paths import path_to
from cleanup.formats.sheet import unit_of


def guess(root: Node) -> Dialect | None:
    """Return a row for the list that says most, where its keys are those of a transcript."""
    best: tuple[int, Dialect] | None = None
    for node in inside(root):
        rows = [one.value for one in node.value if isinstance(one.value, dict)] if isinstance(node.value, list) else []
        if not rows or 2 * len(rows) < len(node.value):
            continue

        def common(names: Sequence[str]) -> str:
            return next((name for name in names if 2 * sum(name in row for row in rows) > len(rows)), "")  # noqa: B023

        text, start, speaker = common(TEXTS), common(STARTS), common(SPEAKERS)
        speaker = speaker or (common(SENDERS) if start else "")
        said = [str(row[text].value) for row in rows if text in row and isinstance(row[text].value, str)]
        if not said or not (start or (speaker and len(said) > 1)):
            continue
        size = sum(map(len, said))
        if best is None or size > best[0]:
            words = 3 * sum(len(one.split()) for one in said) < 4 * len(said)
            times = [str(row[start].value) for row in rows if start and start in row]
            unit = unit_of(times, said)
            best = size, Dialect("json", path_to(root, node), text, speaker, start, common(ENDS), unit, words=words)
    return best[1] if best else None
