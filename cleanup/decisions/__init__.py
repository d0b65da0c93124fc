"""What people decided about one raw file, kept beside it: by rule, words and neighbours, never by line."""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cleanup.casting.given import Given
from cleanup.document import NOTHING
from cleanup.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from cleanup.yamlfile import Node

SUFFIX = ".review.yaml"
REPOSITORY = "cleanup.review.yaml"
"""At the root of a repository: decisions that hold wherever the rule finds the words."""
EVERY = "every file of this repository"
"""What such a file says that it is about."""
HAND = "hand"
"""The rule of an edit that answers no finding: a page was edited, and the edit was adopted."""

_DO = ("accept", "reject", "edit")
_ROW = frozenset({"rule", "do", "words"})
_ROW_TOO = frozenset({"before", "after", "text", "by", "on"})
_KEYS = frozenset({"decisions", "speakers", "labels", "no-labels", "opening", "facts"})
_FACTS = frozenset({"title", "date", "source"})


class Decision(NamedTuple):
    """One decision: `do` is `accept` (a suggestion), `reject` (leave as it is), or `edit` (`text` for `words`).

    `words` are the characters of the input that it is about; `before` and `after` the words around them.
    """

    rule: str
    do: str
    words: str
    before: str = ""
    after: str = ""
    text: str = ""
    by: str = ""
    on: str = ""


class Decisions(NamedTuple):
    """All that was decided about one raw file; `facts` are title, date and source.

    `everywhere` are decisions that hold in every file of the repository, without neighbours.
    """

    rows: tuple[Decision, ...] = ()
    given: Given = Given()
    facts: Mapping[str, str] = NOTHING
    everywhere: tuple[Decision, ...] = ()


class Spot(NamedTuple):
    """Where a decision stands in a text."""

    start: int
    end: int
    decision: Decision


def beside(raw: "Path | str") -> "Path":
    """Return where the decisions about a raw file lie."""
    from pathlib import Path

    return Path(f"{raw}{SUFFIX}")


def read(path: "Path") -> Decisions:
    """Read a file of decisions; one that is not there decides nothing. Raises `SettingsError` that quotes the line."""
    if not path.exists():
        return Decisions()
    from cleanup.yamlfile import load

    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        raise SettingsError(f"{path}: is a link out of its folder; put the file itself here")
    rows = load(path).mapping(optional=_KEYS)
    names = rows["speakers"].mapping() if "speakers" in rows else {}
    facts = rows["facts"].mapping(optional=_FACTS) if "facts" in rows else {}
    return Decisions(
        tuple(map(_decision, rows["decisions"].items())) if "decisions" in rows else (),
        Given(
            {label: node.text() for label, node in names.items()},
            tuple(rows["labels"].texts()) if "labels" in rows else (),
            tuple(rows["no-labels"].texts()) if "no-labels" in rows else (),
            rows["opening"].text() if "opening" in rows else None,
        ),
        {key: node.text() for key, node in facts.items()},
    )


def everywhere(root: "Path | None") -> tuple[Decision, ...]:
    """Return what was decided for the whole repository; raises `SettingsError` where that is about one place."""
    if root is None or not (root / REPOSITORY).exists():
        return ()
    made = read(root / REPOSITORY)
    if made != Decisions(made.rows) or any(row.do == "edit" or row.before or row.after for row in made.rows):
        raise SettingsError(
            f"{root / REPOSITORY}: decisions here hold everywhere: `rule`, `do` (accept, reject) and `words`"
        )
    return made.rows


def wide(row: Decision) -> tuple[str, str]:
    """Return what a decision for the whole repository is about: the rule, and its words with single blanks."""
    return row.rule, " ".join(row.words.split())


def _decision(node: "Node") -> Decision:
    rows = node.mapping(required=_ROW, optional=_ROW_TOO)
    for key, item in rows.items():
        if not isinstance(item.value, str):
            raise item.error(f"`{key}` is a text: put it in quotes")
    if rows["do"].value not in _DO:
        raise rows["do"].error(f"this is one of {', '.join(_DO)}")
    if rows["do"].value == "edit" and "text" not in rows:
        raise node.error("an `edit` needs the key `text`: what stands there instead")
    if not rows["words"].value:
        raise rows["words"].error("these are the words that the decision is about; they cannot be empty")
    return Decision(**{key: item.value for key, item in rows.items()})


def dumps(decisions: Decisions, raw: str) -> str:
    """Return the file: every text as a JSON string, which YAML reads as it is."""
    from cleanup.yamlfile import quoted

    name = quoted(os.path.basename(raw))[1:-1]
    lines = [f"# Decisions of people on {name}; `cleanup publish` and `cleanup fix` follow them."]
    if decisions.rows:
        lines.append("decisions:")
    for row in decisions.rows:
        shown = [(key, value) for key, value in row._asdict().items() if value or key in _ROW]
        shown += [("text", "")] if row.do == "edit" and not row.text else []
        lines += [f"{'- ' if i == 0 else '  '}{key}: {quoted(value)}" for i, (key, value) in enumerate(shown)]
    for name, pairs in (("speakers", decisions.given.speakers), ("facts", decisions.facts)):
        lines += [f"{name}:"] if pairs else []
        lines += [f"  {quoted(key)}: {quoted(value)}" for key, value in pairs.items()]
    for name, forms in (("labels", decisions.given.labels), ("no-labels", decisions.given.no_labels)):
        lines += [f"{name}: [{', '.join(map(quoted, forms))}]"] if forms else []
    lines += [f"opening: {quoted(decisions.given.opening)}"] if decisions.given.opening else []
    return "\n".join(lines) + "\n"


def key(row: Decision) -> tuple[str, ...]:
    """Return what a decision is about: rule, words and neighbours. Places of one key cannot be told apart."""
    return (row.rule, *row[2:5])


def decide(rows: Iterable[Decision], made: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions with new ones in place of those about the same; one that several places share stands in it for each."""
    new = {key(row) for row in made}
    return (*(row for row in rows if key(row) not in new), *made)


class Spots:
    """Which decision a finding has: the one of its rule that stands where it stands."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        self._by_rule: dict[str, list[Spot]] = {}
        for spot in spots:
            self._by_rule.setdefault(spot.decision.rule, []).append(spot)

    def get(self, rule: str, start: int, end: int) -> Spot | None:
        """Return the decision about a stretch of the input, if there is one."""
        rows = self._by_rule.get(rule, ())
        same = (spot for spot in rows if (spot.start, spot.end) == (start, end))
        near = (
            spot for spot in rows if (spot.start < end and start < spot.end) or start == end in (spot.start, spot.end)
        )
        return next(same, None) or next(near, None)
