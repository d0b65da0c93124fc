"""What one review is about: a raw file and its page."""

import os
from pathlib import Path
from typing import NamedTuple

import click

from cleanup.batch import inputs, is_page, origin_of, raw_file
from cleanup.cli.run import Run
from cleanup.decisions import Decisions, beside, read
from cleanup.digest import sha256
from cleanup.errors import InputError
from cleanup.reading import fetch
from cleanup.result import Result
from cleanup.settings import Settings


class Sitting(NamedTuple):
    """What one review is about: the raw file, its page where that was named, and who decides."""

    raw: Path
    page: Path | None
    run: Run
    by: str

    @property
    def decisions(self) -> Decisions:
        """What was decided so far."""
        return read(beside(self.raw))

    def result(self, decisions: Decisions) -> Result:
        """Return what is found in the raw file under some decisions."""
        return self.run.result(str(self.raw), decided=decisions)


def pair(path: str, settings: Settings) -> tuple[Path, Path | None]:
    """Return the raw file and, where a page was named, the page; a raw file that was moved is known by its hash."""
    if path == "-":
        raise click.UsageError("standard input has no place beside it for decisions; name a file")
    data = fetch(path)
    origin = origin_of(data) if is_page(path) else None
    if origin is None or origin.raw is None:
        return Path(path), None
    raw = raw_file(origin.raw, Path(path), settings.root) or _by_hash(origin.sha256, settings.root or Path(path).parent)
    if raw is None:
        raise InputError(f"{path}: its raw file {origin.raw} is not there; name the raw file itself")
    return Path(os.path.relpath(raw)), Path(path)


def _by_hash(digest: str | None, root: Path) -> Path | None:
    for item in inputs([str(root)]).found:
        if digest and sha256(Path(item.path).read_bytes()).hex() == digest:
            return Path(item.path)
    return None
