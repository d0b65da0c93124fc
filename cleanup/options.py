"""What a person asked for, for one run."""

from collections.abc import Mapping
from typing import NamedTuple

from cleanup.casting.given import Given
from cleanup.casting.roster import Entry
from cleanup.decisions import Decision
from cleanup.document import NOTHING


class Options(NamedTuple):
    """What a person asked for.

    `stated` holds facts given by hand (`title`, `date`, `source`); they win. `without` are rule
    ids, or packs, that stay off; `packs` those that are switched on. `hashed` says whether the hash of the bytes is wanted, which pages and JSON name,
    and `counted` whether the words are counted by fate also where nothing changes. `in_place` leaves
    front matter as it is: no text moves there. `sure` asks only rules that may be safe, where no person has decided anything: what the others
    would find is only shown. `decided` are decisions of people about places, `everywhere` those about words. `roster` are
    the people whom the repository knows.
    """

    format: str | None = None
    encoding: str | None = None
    language: str | None = None
    given: Given = Given()
    stated: Mapping[str, str] = NOTHING
    without: frozenset[str] = frozenset()
    packs: frozenset[str] = frozenset()
    hashed: bool = True
    counted: bool = True
    in_place: bool = False
    sure: bool = False
    decided: tuple[Decision, ...] = ()
    everywhere: tuple[Decision, ...] = ()
    roster: tuple[Entry, ...] = ()
