"""Tables: CSV and TSV with a header that says which column is said, by whom and when."""

from collections.abc import Iterator
from typing import NamedTuple

from cleanup.document import Document, Span
from cleanup.errors import InputError
from cleanup.formats.dialects import ENDS, SPEAKERS, STARTS, TEXTS
from cleanup.formats.json import number, time, unit
from cleanup.formats.located import Text, joined, plain
from cleanup.formats.sheet import Moment, Piece, Sheet
from cleanup.formats.sounds import Sounds


class Table(NamedTuple):
    """A table with a header, one row a piece; other columns are markup."""

    sounds: Sounds
    name: str = "csv"
