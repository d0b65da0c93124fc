"""Answers of engines, kept in the user's cache folder: by hash, so that no text lies there."""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

_ROWS = 200_000
"""Paragraphs that are remembered: some ten thousand transcripts, and about 30 MB. The oldest go first."""

_LARGE = 1 << 16
"""Characters of an answer that is not worth keeping: a paragraph that is wrong throughout."""


def place() -> Path | None:
    """Return the file of the cache, by the custom of the platform; None where the user has no home."""
    if os.environ.get("XDG_CACHE_HOME"):
        folder = Path(os.environ["XDG_CACHE_HOME"])
    elif sys.platform == "win32":
        folder = Path(os.environ["LOCALAPPDATA"]) if os.environ.get("LOCALAPPDATA") else Path()
    else:
        try:
            folder = Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
        except RuntimeError:
            return None
    return folder / "cleanup" / "grammar.sqlite3" if folder.is_absolute() else None


class Cache:
    """A table of hash and answer, in one file that several processes may use at once.

    SQLite writes an answer whole or not at all. A file that is torn is thrown away, and where none
    can be written everything is asked again: a cache never stops a run.
    """

    def __init__(self, file: Path | None) -> None:
        self.file = file

    def get(self, keys: Iterable[bytes]) -> dict[bytes, str]:
        """Return the answers that are known."""
        return dict(self._run("SELECT answer FROM answers WHERE key = ?", [(key,) for key in keys]))

    def put(self, rows: Mapping[bytes, str]) -> None:
        """Keep answers, and forget the oldest."""
        new = [(key, answer) for key, answer in rows.items() if len(answer) <= _LARGE]
        if new:
            self._run("INSERT OR REPLACE INTO answers (key, answer) VALUES (?, ?)", new)
            self._run("DELETE FROM answers WHERE id <= (SELECT max(id) FROM answers) - ?", [(_ROWS,)])

    def _run(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, str]]:
        """Run a statement for each row in one transaction; return what it finds, with the first value of the row."""
        if self.file is None or not rows:
            return []
        import sqlite3

        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.file, timeout=10)) as base, base:
                base.execute(
                    "CREATE TABLE IF NOT EXISTS answers (id INTEGER PRIMARY KEY, key BLOB UNIQUE, answer TEXT)"
                )
                found = ((row[0], base.execute(statement, row).fetchone()) for row in rows)
                return [(key, hit[0]) for key, hit in found if hit]
        except (sqlite3.OperationalError, OSError):  # no place, no right, or another process holds it
            return []
        except sqlite3.DatabaseError:
            with suppress(OSError):
                self.file.unlink()
            return []
