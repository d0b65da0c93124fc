"""The verbs that rules are made of; a new one is a file here and a line in this table."""

from collections.abc import Mapping

from cleanup.findings import Kind
from cleanup.kinds import acronym, cast, consistent, encoding, find, region, remove, repeat, replace, rolling, state

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        replace.KIND,
        remove.KIND,
        region.KIND,
        find.KIND,
        repeat.KIND,
        consistent.KIND,
        acronym.KIND,
        state.KIND,
        cast.KIND,
        encoding.KIND,
        rolling.KIND,
    )
}
