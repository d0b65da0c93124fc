"""The verbs that rules are made of; a new one is a file here and a line in this table."""

from collections.abc import Mapping

from cleanup.findings import Kind
from cleanup.kinds import acronym, cast, consistent, encoding, phrases, region, remove, repeat, rolling, state

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        phrases.REPLACE,
        remove.KIND,
        region.KIND,
        phrases.FIND,
        repeat.KIND,
        consistent.KIND,
        acronym.KIND,
        state.KIND,
        cast.KIND,
        encoding.KIND,
        rolling.KIND,
    )
}
