"""What people decided about speakers; it wins over all evidence."""

from collections.abc import Mapping
from typing import NamedTuple

from cleanup.document import NOTHING


class Given(NamedTuple):
    """Decisions for one run: full names by label, strings that are labels or are none, who opens."""

    speakers: Mapping[str, str] = NOTHING
    labels: tuple[str, ...] = ()
    no_labels: tuple[str, ...] = ()
    opening: str | None = None
