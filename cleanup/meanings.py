"""What keys state, in front matter, in objects and in headers: one key is written in many ways."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from cleanup.matching import Same
from cleanup.regexes import late

_SIGNS = late(r"[\W_]+")


class Meanings(NamedTuple):
    """Which fact each key states (`facts`), and in which objects keys mean what they mean at the top (`containers`)."""

    facts: Mapping[str, str]
    containers: frozenset[str] = frozenset()

    @staticmethod
    def of(table: Mapping[str, object]) -> "Meanings":
        """Read the tables `front` and `containers` of `rules/languages.yaml`."""
        return _made(Same(table.get("front"), table.get("containers")))

    def fact(self, key: str) -> str:
        """Return the fact that a dotted key states, or nothing: `publishedAt`, `Published at` and `snippet.published_at` are one.

        An entry of a list is none of its kind: the date of a comment is not that of the page.
        """
        steps = [_folded(step) for step in re.sub(r"\.\d+$", "", key).split(".")]
        found = self.facts.get(".".join(steps), "")
        if found or len(steps) == 1 or any(map(str.isdecimal, steps)):
            return found
        return self.facts.get(steps[-1], "") if steps[-2] in self.containers else ""


def _folded(key: str) -> str:
    return _SIGNS.sub("", key.casefold())


@lru_cache(maxsize=4)
def _made(tables: Same) -> Meanings:
    front, containers = tables.values
    rows = front.items() if isinstance(front, Mapping) else ()
    facts = {".".join(map(_folded, str(key).split("."))): str(fact) for fact, keys in rows for key in keys}
    return Meanings(facts, frozenset(map(str, containers if isinstance(containers, list) else ())))
