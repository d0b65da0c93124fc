"""Full names in scripts that write without blanks: a surname that is known, and what stands behind it."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from cleanup.matching import Same

_GIVEN = {
    "zh": "[\u4e00-\u9fff]{1,2}",
    "ja": "(?:(?!さん|さま|くん|先生|教授)[\u3040-\u30ff\u4e00-\u9fff々]){1,4}",
    "ko": "[\uac00-\ud7af]{1,2}",
}
_POINTED = "[^\\W\\d_a-zA-Z]+(?:[·・][^\\W\\d_a-zA-Z]+){1,3}"


def slots(table: Mapping[str, object]) -> dict[str, str]:
    """Return the patterns for `{zh}`, `{ja}` and `{ko}`, each with a group `name`."""
    rows = table.get("surnames")
    surnames = rows if isinstance(rows, Mapping) else {}
    return {f"{{{tag}}}": f"(?P<name>(?:{'|'.join(surnames[tag])}){_GIVEN[tag]})" for tag in _GIVEN if tag in surnames}


@lru_cache(maxsize=4)
def _whole(key: Same) -> "re.Pattern[str]":
    return re.compile("|".join([*(slot.replace("?P<name>", "?:") for slot in slots(key.values[0]).values()), _POINTED]))


def is_full(name: str, table: Mapping[str, object]) -> bool:
    """Say whether a name without blanks is a full one: surname and given name, or parts with a point between them."""
    if name[-1:] <= "\u3000" or " " in name:
        return False
    rows: Mapping[str, Sequence[str]] = table.get("surnames") or {}  # type: ignore[assignment]
    return bool(_whole(Same(table)).fullmatch(name)) and not any(name in row for row in rows.values())  # `田中`
