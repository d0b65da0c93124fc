"""What rules say: findings and facts, and the rules that say them."""

from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from cleanup.edits import Edit

if TYPE_CHECKING:
    from cleanup.document import Cast, Document


class Level(IntEnum):
    """How sure a finding is; the engine grades, a rule may only lower."""

    REMARK = 0
    """Shown; there is nothing to apply."""
    SUGGEST = 1
    """Has edits, and waits for a person."""
    SAFE = 2
    """Applied."""


class Finding(NamedTuple):
    """What one rule found at one place; its edits stand or fall together.

    Offsets are code points of the document in which it was found. `fate` is what becomes of
    characters that an edit takes away: `removed` (furniture), `moved` (to a fact) or `changed`.
    `proven` is set by an encoding repair that gives the old text back. `level` is the most that
    the finder asks for.
    """

    rule: str
    message: str
    start: int
    end: int
    edits: tuple[Edit, ...] = ()
    level: Level = Level.SAFE
    fate: str = "changed"
    proven: bool = False


class Placed(NamedTuple):
    """A finding where it stands in the input: offsets, line and column, and each edit's text before and after."""

    finding: Finding
    applied: bool
    start: int
    end: int
    line: int
    column: int
    edits: tuple[tuple[int, int, str, str], ...]
    why_not: str = ""


class Engine(NamedTuple):
    """A grammar engine that somebody asked for; `why_not` says why it did not take part."""

    name: str
    version: str
    why_not: str = ""


class Fact(NamedTuple):
    """A claim with its evidence: `key` is a name of front matter (`title`, `source.name`).

    `start` and `end` are None for what was given on the command line or taken from a file's
    name. `weight` orders claims of one key: the higher wins, then the earlier.
    """

    key: str
    value: str
    rule: str
    start: int | None = None
    end: int | None = None
    weight: int = 0


Example = tuple[str, str | None, int]
"""A text, what a rule makes of it (None: it must leave it alone), and the line of the rule file."""


class Rule(NamedTuple):
    """One entry of a pack, as data; its kind knows what `fields` mean.

    `id` is `<stage>/<pack>/<id>`. `level` is the highest level that it asks for; `own` marks a
    rule of the user's repository, which may raise it above what the engine computes. `raw`
    keeps it from pages that stay in place, where a person may have put what a raw file was
    given. `where` is `file:line` for messages.
    """

    id: str
    kind: str
    stage: str
    why: str
    fields: Mapping[str, object]
    message: str = ""
    level: Level = Level.SAFE
    scope: frozenset[str] = frozenset({"words"})
    languages: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    raw: bool = False
    examples: tuple[Example, ...] = ()
    own: bool = False
    where: str = ""

    def cased(self, text: str) -> bool:
        """Say whether the case of letters counts in one of its terms or patterns; what describes a head is taken as it stands."""
        case = self.fields.get("case", self.kind == "state")
        return case is True or (case == "smart" and text != text.lower())


class Pack(NamedTuple):
    """A rule file: its name (`<stage>/<pack>`), what it is about, and whether it is on."""

    name: str
    about: str
    rules: tuple[Rule, ...]
    on: bool = True


class Found:
    """What one kind gives back for one document."""

    __slots__ = ("facts", "findings")

    def __init__(self, findings: Iterable[Finding] = (), facts: Iterable[Fact] = ()) -> None:
        self.findings = list(findings)
        self.facts = list(facts)


Finder = Callable[["Document", "Cast", "Iterable[Fact]", tuple[Rule, ...]], Found]
"""One finder over all rules of its kind: `find(document, cast, facts, rules)`."""


class Kind:
    """A verb that rules are made of: which keys an entry may have, and the finder.

    `check(rule)` raises `ValueError` with one line where an entry makes no sense.
    """

    def __init__(
        self, name: str, required: frozenset[str], optional: frozenset[str], find: Finder, check: Callable[[Rule], None]
    ) -> None:
        self.name, self.required, self.optional, self.find, self.check = name, required, optional, find, check
