"""`people.yaml` of a repository: who speaks in its transcripts, known beforehand."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cleanup.casting.forms import fold
from cleanup.casting.persons import Claim, Person, fits

if TYPE_CHECKING:
    from pathlib import Path

_KEYS = frozenset({"labels", "role", "affiliation"})


class Entry(NamedTuple):
    """One person of the roster: the full name, labels that are no part of it, and what is known."""

    name: str
    labels: tuple[str, ...] = ()
    role: str | None = None
    affiliation: str | None = None


def read(path: "Path") -> tuple[Entry, ...]:
    """Read a roster; raises `SettingsError` that quotes the line. A name twice is one mistake too many."""
    from cleanup.yamlfile import load

    found: dict[str, Entry] = {}
    for item in load(path).mapping(required=frozenset({"people"}), optional=frozenset())["people"].items():
        row = item.mapping(required=frozenset({"name"}), optional=_KEYS)
        name = " ".join(row["name"].text().split())
        if name in found:
            raise row["name"].error(f"{name} stands here twice")
        labels = tuple(row["labels"].texts()) if "labels" in row else ()
        role, affiliation = (row[key].text() if key in row else None for key in ("role", "affiliation"))
        found[name] = Entry(name, labels, role, affiliation)
    return tuple(found.values())


def claims(roster: Iterable[Entry], text: str, persons: Sequence[Person]) -> None:
    """Add what the roster says, where the text has one more sign: the name, another part of it, or the affiliation.

    A surname alone is nobody: a third person may have it.
    """
    for entry in roster:
        for person in persons:
            own = {fold(form) for form in (person.core, *person.forms)}
            listed = bool(own & {fold(label) for label in entry.labels})
            if person.name and fold(person.name) == fold(entry.name):
                person.claims.append(Claim(entry.name, "roster", "declared", 0, entry.name, None, *entry[2:]))
            elif not person.name and (listed or fits(person.core, entry.name)):
                signs = {entry.name, *entry.name.split(), *filter(None, [entry.affiliation])}
                sign = next(
                    (s for s in sorted(signs, key=len, reverse=True) if fold(s) not in own and _stands(s, text)), None
                )
                if sign:
                    person.claims.append(Claim(entry.name, "roster", "roster", 3.0, sign, None, *entry[2:]))


def _stands(sign: str, text: str) -> bool:
    return len(sign) > 1 and re.search(rf"(?<!\w){re.escape(sign)}(?!\w)", text) is not None
