"""What a repository is: its root, its site generator, and where its transcripts and pages lie."""

import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from cleanup import casting, formats
from cleanup.batch import walk
from cleanup.casting.given import Given
from cleanup.errors import CleanupError
from cleanup.formats import SUFFIXES
from cleanup.reading import read
from cleanup.reports.text import count
from cleanup.rulebook import Rulebook, shipped
from cleanup.writers.sites import SITES
from cleanup.yamlfile import load


class Generator(NamedTuple):
    """A site generator, as `rules/generators.yaml` tells of it."""

    name: str
    files: Sequence[str]
    sign: str = ""
    note: str = ""

    @property
    def site(self) -> str:
        """Return the site that `publish` writes for it."""
        return self.name if self.name in SITES else "markdown"


def generators() -> list[Generator]:
    """Return the site generators that are known."""
    return [Generator(**row) for row in load(shipped() / "generators.yaml").plain()]


_FOREIGN = frozenset(
    "node_modules bower_components vendor themes _site public dist build site-packages __pycache__ venv env".split()
)
"""Folders that hold what others wrote, or what a build has made."""

_FILES, _SAMPLES, _HEAD = 20_000, 60, 1 << 16
"""Files that are listed, files that are opened, and bytes that are read of each."""
_FOLDERS, _EACH = 4, 4
_PLAIN = re.compile(r"[\w.][\w.-]*(?:/[\w.-]+)*", re.ASCII)
"""Folders whose names can stand in YAML and in a shell as they are; of others the parent is named."""


Places = Mapping[str, int]
"""Folders (`.` is the root), and how many files of one sort lie below each."""


class Survey(NamedTuple):
    """What was found out: where raw transcripts lie, pages that look like transcripts, and pages of ours (`marked`).

    `config` is the file by which the generator was told; `whole` is false where there were too many files to list.
    """

    root: Path
    generator: Generator | None
    config: str
    raw: Places
    pages: Places
    marked: Places
    whole: bool

    @property
    def paths(self) -> str:
        """The folders that hold transcripts and pages, as arguments."""
        rows = {**self.raw, **self.pages, **self.marked}
        return "." if "." in rows or not rows else " ".join(rows)


def listed(places: Places) -> str:
    """Return places with the number of their files, for people."""
    return ", ".join(f"{folder} ({count(files, 'file')})" for folder, files in places.items())


def survey(path: Path, book: Rulebook) -> Survey:
    """Look at the repository that a path lies in; a bounded number of files is opened, none of them whole."""
    root = root_of(path)
    files = list(islice(walk(root, [], without=_FOREIGN), _FILES + 1))
    groups: dict[tuple[str, str], list[Path]] = {}
    for file in files[:_FILES]:
        kind = SUFFIXES.get(file.suffix.lower())
        if kind and not file.name.upper().startswith("README"):
            groups.setdefault((kind, _group(file.parent.relative_to(root).parts)), []).append(file)
    found: dict[str, Counter[str]] = {"raw": Counter(), "page": Counter(), "marked": Counter()}
    for (_, folder), rows in groups.items():
        step = max(1, len(rows) // max(1, min(_EACH, _SAMPLES // len(groups))))
        told = Counter(_told(file, book) for file in rows[::step])
        for sort, folders in found.items():
            few = 0 if sort == "marked" else max(folder == ".", (told.total() - 1) // 2)  # one at the root is no sign
            if told[sort] > few:
                folders[folder] += len(rows)
    raw, pages, marked = map(_few, found.values())
    return Survey(root, *_generator(root, generators()), raw, pages, marked, len(files) <= _FILES)


def root_of(path: Path) -> Path:
    """Return the root of the git repository that a path lies in, else its folder."""
    folder = path.resolve()
    folder = folder if folder.is_dir() else folder.parent
    return next((place for place in (folder, *folder.parents) if os.path.exists(place / ".git")), folder)  # noqa: PTH110


def _generator(root: Path, generators: Sequence[Generator]) -> tuple[Generator | None, str]:
    below = sorted(entry.name for entry in os.scandir(root) if entry.is_dir() and entry.name not in _FOREIGN)
    for folder in ("", *(name for name in below if not name.startswith("."))):
        for row in generators:
            for name in row.files:
                file = root / folder / name
                if file.is_file() and (not row.sign or re.search(row.sign, _head(file).decode("utf-8", "replace"))):
                    return row, file.relative_to(root).as_posix()
    return None, ""


def _group(parts: tuple[str, ...]) -> str:
    """Return the folder that stands for a file's: two levels are enough to tell a section from others."""
    kept = list(parts[:2])
    while kept and not _PLAIN.fullmatch("/".join(kept)):
        kept.pop()
    return "/".join(kept) or "."


def _few(folders: Places) -> Places:
    """Return few enough places to read: where there are many, the folders that hold them."""
    rows: Counter[str] = Counter()
    for depth in (2, 1, 0):
        rows.clear()
        for folder, files in folders.items():
            rows["/".join(folder.split("/")[:depth]) or "."] += files
        if len(rows) <= _FOLDERS:
            break
    if "." in rows:
        return {".": rows.total()}
    return dict(sorted(rows.items(), key=lambda row: (-row[1], row[0])))


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_HEAD)
    except OSError:
        return b""


def _told(file: Path, book: Rulebook) -> str:
    """Say what a file looks like: `marked` (a page of ours), `page`, `raw`, or nothing of the kind.

    A page has front matter; speech without it is a raw transcript, also in Markdown.
    """
    try:
        text = read(_head(file), file.name, hashed=False).text
        form = formats.make(formats.detect(text, file.name), book.table("sounds"))
        document = formats.document(text, form)
        if document.ours:
            return "" if document.timed else "marked"
        speech = casting.cast(document, book.table("labels"), given=Given(), language=None, named=False)[0].speech
    except CleanupError:
        return ""
    headed = any(part.kind == "value" for part in document.parts[:50])
    return ("page" if headed else "raw") if speech else ""
