"""Tables: CSV and TSV with a header that says which column is said, by whom and when."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from cleanup.document import Document, Span
from cleanup.errors import InputError
from cleanup.formats.dialects import ENDS, SENDERS, SPEAKERS, STARTS, TEXTS
from cleanup.formats.located import Text, joined, plain
from cleanup.formats.sheet import Moment, Piece, Sheet, duration, stated, unit_of
from cleanup.formats.sounds import Sounds
from cleanup.formats.stamps import CLOCK
from cleanup.meanings import Meanings

_FIELD = 1 << 28
"""Characters of one field: the library stops at 131,072, which an article may have."""


class Table(NamedTuple):
    """A table with a header, a row for each piece; lines `# key: value` may stand above it.

    Such a line, or a column with the same in all rows, states a fact about the whole where its name is one of
    `keys`; all else is markup.
    """

    sounds: Sounds
    name: str = "csv"
    keys: Meanings = Meanings({})

    def read(self, text: str) -> Document:
        """Lay the column that holds what was said; raises `InputError` where no header names one, and nothing else tells."""
        rows = list(_rows(text))
        names = [field.value.strip().casefold() for field in rows[0]] if rows else []
        said, who, start, end = _columns(names)
        roles = guessed([[field.value for field in row] for row in rows]) if said is None else []
        if roles:
            said, who, start, end = (roles.index(role) if role in roles else None for role in _ROLES)
        if said is None:
            shown = ", ".join(names)[:80]
            raise InputError(f"no column of this table is said to hold text (its first line: {shown}); name one `text`")
        body = [row for row in rows[not roles :] if len(row) > said]
        several = len(body) > 1 and who is None and start is None
        remarks = (
            [f"a table of {len(body)} texts, and no column says who speaks or when: no transcript"] if several else []
        )
        unit = unit_of(_values(body, start), _values(body, said))
        sheet = Sheet()
        taken = {said, who, start, end}
        columns = [(name, i) for i, name in enumerate(names) if self.keys.fact(name) and i not in taken]
        above = {key: said for key, said in _comments(text) if self.keys.fact(key)}
        sheet.facts(stated({**above, **{name: _same(body, column) for name, column in columns}}))
        for row in body:
            at, until = (_moment(row, column, unit) for column in (start, end))
            speaker = row[who] if who is not None and len(row) > who and row[who].value.strip() else None
            sheet.caption([Piece(row[said], speaker, at, until, kind="table" if several else "turn")])
        return sheet.done(self, self.sounds, remarks)

    def plain(self, text: str) -> str:
        """Return the text: quotes are undone already."""
        return text

    def quote(self, text: str) -> str:
        """Return the text: it is not written back."""
        return text


def holds(head: str) -> bool:
    """Say whether a first line names columns that hold what was said, and by whom or when."""
    first = next(_rows(head), [])
    said, who, start, _ = _columns([field.value.strip().casefold() for field in first])
    return said is not None and (who is not None or start is not None)


def spoken(names: Sequence[str]) -> list[str]:
    """Return what each column of a table on a page holds (`who`, `when`, `said`), and nothing where one holds anything else."""
    said, who, start, end = _columns([name.casefold() for name in names])
    roles = {said: "said", who: "who", start: "when", end: "until"}
    counted = [
        roles.get(i, "" if name in ("#", "No", "No.", "Nr", "Nr.", "ID") else "other") for i, name in enumerate(names)
    ]
    return [] if said is None or who is None or "other" in counted else counted


def guessed(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return what each column of a table without a head holds, as `spoken` does: names that come again, and what they say; clocks, where it has any."""
    rows = [[cell.strip(" \t*_`[]()") for cell in row] for row in rows]
    width = len(rows[0]) if rows else 0
    if len(rows) < _FEW or not 1 < width < 5 or any(len(row) != width for row in rows):
        return []
    columns = list(zip(*rows, strict=True))
    said = max(range(width), key=lambda i: sum(map(len, columns[i])))
    words = sum(len(cell.split()) for cell in columns[said])
    ends = sum(cell[-1:] in _ENDS for cell in columns[said])
    times = [i for i, cells in enumerate(columns) if all(map(_CLOCK.fullmatch, cells))]
    who = [i for i in range(said) if i not in times and _persons(columns[i])]
    if len(who) != 1 or len(times) + 2 != width or len(times) > 2 or said in times:
        return []
    speech = words > 2 * len(rows) and (2 * ends >= len(rows) or words > 6 * len(rows))
    roles = {said: "said", who[0]: "who", **dict(zip(times, ("when", "until"), strict=False))}
    return [roles[i] for i in range(width)] if speech else []


_ROLES, _FEW, _ENDS = ("said", "who", "when", "until"), 4, '.?!…。？！"”'
_CLOCK = re.compile(CLOCK)


def _persons(cells: Sequence[str]) -> bool:
    """Say whether cells hold who speaks: two short names or more, that come again."""
    names = {cell.rstrip(":：") for cell in cells}
    like = all(name[:1].lower() != name[:1] or name[:1] > "\u0590" for name in names)
    short = all(0 < len(name) <= 60 and len(name.split()) < 6 and name[-1] not in _ENDS for name in names)
    return like and short and 1 < len(names) <= 0.7 * len(cells)


def _columns(names: Sequence[str]) -> tuple[int | None, int | None, int | None, int | None]:
    said, who, start = _column(names, TEXTS), _column(names, SPEAKERS), _column(names, STARTS)
    who = _column(names, SENDERS) if who is None and start is not None else who
    return said, who, start, _column(names, ENDS)


def _column(names: Sequence[str], known: Sequence[str]) -> int | None:
    return next((names.index(name.casefold()) for name in known if name.casefold() in names), None)


def _same(rows: Sequence[Sequence[Text]], column: int | None) -> Text | None:
    """Return what all rows have in a column."""
    values = set(_values(rows, column))
    return rows[0][column] if column is not None and len(values) == 1 and len(rows[0]) > column else None


def _values(rows: Sequence[Sequence[Text]], column: int | None) -> list[str]:
    return [row[column].value for row in rows if column is not None and len(row) > column]


def _moment(row: Sequence[Text], column: int | None, unit: float) -> Moment | None:
    if column is None or len(row) <= column or not row[column].value.strip():
        return None
    return Moment(row[column], duration(row[column].value, unit))


def _rows(text: str) -> Iterator[list[Text]]:
    """Yield records as the standard library reads them, with the place of each field.

    The library says what a field is and how many lines a record takes; the pattern finds the field there.
    """
    csv.field_size_limit(_FIELD)
    begin = _ABOVE.match(text).end()  # type: ignore[union-attr]
    lines = re.findall(r"[^\n]*\n|[^\n]+", text[begin:])
    delimiter = max("\t;,", key=lines[0].count) if lines else ","
    starts = list(accumulate(map(len, lines), initial=begin))
    raw = re.compile(rf'"(?:[^"]|"")*"[^{delimiter}\n]*|[^{delimiter}\n]*')
    reader = csv.reader(lines, delimiter=delimiter)
    begun = 0
    try:
        for fields in reader:
            at, begun = starts[begun], reader.line_num
            row: list[Text] = []
            for field in fields:
                match = raw.match(text, at)
                end = match.end() if match else at
                row.append(_field(text, at, end, field))
                at = end + 1
            if row:
                yield row
    except csv.Error as problem:
        raise InputError(f"line {reader.line_num}: is no row of a table ({problem})") from problem


_ABOVE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")
_COMMENT = re.compile(r"^[ \t]*#+[ \t]*([^\n:]{1,40}?)[ \t]*:[ \t]*([^\n]*\S)", re.MULTILINE)


def _comments(text: str) -> Iterator[tuple[str, Text]]:
    """Yield keys and values of the lines above the header."""
    for match in _COMMENT.finditer(text, 0, _ABOVE.match(text).end()):  # type: ignore[union-attr]
        yield match[1].casefold(), plain(text, *match.span(2))


def _field(text: str, start: int, end: int, value: str) -> Text:
    """Return a field: as it stands, or between quotes and with each quote in it doubled."""
    if text[start:end] == value:
        return plain(text, start, end)
    quotes = [match.start() for match in re.finditer('""', text[start + 1 : end - 1])]
    starts = [start + 1, *(start + 3 + at for at in quotes)]
    pieces = joined(
        plain(text, a, b) for a, b in zip(starts, [*(start + 2 + at for at in quotes), end - 1], strict=True)
    )
    return pieces if pieces.value == value else Text(value, (Span(0, len(value), start, end - start),) if value else ())
