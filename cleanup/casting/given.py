"""What people decided about speakers; it wins over all evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Given:
    """Decisions for one run: full names by label, strings that are labels or are none, who opens."""

    speakers: Mapping[str, str] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    no_labels: tuple[str, ...] = ()
    opening: str | None = None
