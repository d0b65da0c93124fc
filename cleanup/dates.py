"""Dates in running text: whole ones only, in the orders and languages of the world."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from cleanup.matching import Same
from cleanup.regexes import late

_DAY, _YEAR = r"(?P<d>\d{1,2})", r"(?P<y>(?:19|20)\d\d)(?!\d)"
_MONTH = r"(?P<n>(?:كانون|تشرين) (?:الأول|الثاني)|[^\s\d.,;:/()\[\]“”\"-]{2,16})(?:/[^\s\d/]{2,12})?"
_OF = r"(?:\s+|\s*[-–/]\s*)"
_DATES = (
    late(r"(?<![\d-])(?P<y>(?:19|20)\d\d)(?:[-/.]|\. )(?P<m>\d{1,2})(?:[-/.]|\. )(?P<d>\d{1,2})(?!\d)"),
    late(r"(?P<e>[^\W\d_]{2})?\s?(?P<y>\d{1,4}|元)\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日号號일]"),
    late(
        rf"(?<![\d.])(?<!\d[-–]){_DAY}(?:\.|º|°|er|e|a|st|nd|rd|th|'?inci|ος|-?го|-?е)?(?:\s+day)?(?:{_OF}|(?<=\d\.))(?:de\s+|of\s+|d['’]\s?|di\s+)?{_MONTH}[.,]?{_OF}?(?:de\s+|del\s+)?{_YEAR}",
    ),
    late(rf"{_MONTH}\.?\s+(?:the\s+)?{_DAY}(?:st|nd|rd|th)?(?:,\s*|\s+(?:del?\s+)?)(?P<y>(?:19|20)\d\d)(?=\d{{1,2}}:\d\d|(?!\d))"),
    late(rf"{_MONTH}\s+{_DAY}\s+\d\d:\d\d:\d\d\s+(?:[A-Z]{{3,4}}\s+)?{_YEAR}"),  # as C prints it (`ctime`)
    late(rf"(?<![\d.]){_DAY}\.\s?(?P<m>\d{{1,2}})\.\s?{_YEAR}"),
    late(rf"(?<![\d/-]){_DAY}(?P<s>[/-])(?P<m>\d{{1,2}})(?P=s){_YEAR}(?![/-])"),
    late(r"(?<![\d/.-])(?P<m>\d{1,2})(?P<s>[/-])(?P<d>1[3-9]|2\d|3[01])(?P=s)(?P<y>\d\d)(?![\d/-])"),
    late(rf"(?<!\d)(?P<y>(?:19|20)\d\d)(?:\.|,|\s?m\.)?[\s-]+{_MONTH}\.?[\s-]+{_DAY}(?!\d)"),
    late(rf"(?<!\d){_DAY} tháng (?P<m>\d{{1,2}})(?: năm|,)? {_YEAR}"),
)  # fmt: skip


_CENTURY = 69
"""Years of two digits up to this one are of this century, as POSIX has it (`strptime`, `%y`)."""
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}
"""The year before the first of an era."""


@lru_cache(maxsize=4)
def _months(rows: Same) -> dict[str, int]:
    found: dict[str, set[int]] = {}
    for names in rows.values[0].values():
        for index, name in enumerate(names):
            for form in str(name).split("|"):
                found.setdefault(form.casefold(), set()).add(index + 1)
    return {name: months.pop() for name, months in found.items() if len(months) == 1}


def months(table: Mapping[str, object]) -> dict[str, int]:
    """Return the number of every month name that means one month only, in all languages of the table."""
    rows = table.get("months")
    return _months(Same(rows)) if isinstance(rows, Mapping) else {}


def date(text: str, table: Mapping[str, object], *, compact: bool = False) -> tuple[str, int, int] | None:
    """Return the first whole date of a text as ISO, with its span; never one that is only half stated.

    `3/4/2019` is no date: whether it is March or April depends on who wrote it; `31/1/2019` is one. With
    `compact` eight digits are one too, and so are the seconds (or milliseconds) since 1970, in UTC: so keys of
    front matter write it, and nobody else. Japanese eras and
    the years of the Republic of China are counted; other calendars are left alone.
    """
    if not any(map(str.isdecimal, text)):
        return None
    from datetime import date as calendar
    from datetime import datetime, timezone

    plain = "".join(str(unicodedata.decimal(c)) if c > "\x7f" and c.isdecimal() else c for c in text)
    if compact and (match := re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)", plain.strip())):
        plain = text = "-".join(match.groups())
    if compact and (clock := re.fullmatch(r"(1\d{9})(?:\d{3})?", plain.strip())):
        return datetime.fromtimestamp(int(clock[1]), timezone.utc).date().isoformat(), 0, len(text)
    best: tuple[str, int, int] | None = None
    for pattern in _DATES:
        for match in pattern.finditer(plain):
            whole = _numbers(match.groupdict(), months(table))
            try:
                day = calendar(*whole) if whole else None
            except ValueError:
                continue
            if day and (best is None or match.start() < best[1]):
                best = day.isoformat(), match.start(), match.end()
    return best


def _numbers(groups: Mapping[str, str | None], names: Mapping[str, int]) -> tuple[int, int, int] | None:
    """Return year, month and day, where nothing is left to guess."""
    year, day = groups["y"] or "", int(groups["d"] or 0)
    month = int(groups["m"] or 0) if groups.get("m") else names.get((groups.get("n") or "").casefold(), 0)
    if groups.get("s"):
        if month <= 12 and day <= 12 and month != day:
            return None
        day, month = (month, day) if month > 12 else (day, month)
    if "e" in groups and not re.fullmatch(r"(?:19|20)\d\d", year):
        first = _ERAS.get(groups["e"] or "")
        return None if first is None else (first + (1 if year == "元" else int(year)), month, day)
    if len(year) == 2:
        year = ("19" if int(year) > _CENTURY else "20") + year
    return int(year), month, day
