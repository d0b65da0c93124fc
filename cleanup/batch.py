"""Many inputs: what a folder holds, and where each page goes."""

import os
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cleanup.errors import InputError
from cleanup.formats import SUFFIXES, holds
from cleanup.settings import NAME

if TYPE_CHECKING:
    from pathlib import Path


class Input(NamedTuple):
    """One input: its path as it is shown, and its folder below the argument that it was found in.

    `named` is false for what a walk has found: there a page of ours is passed over.
    """

    path: str
    below: str = ""
    named: bool = True


class Inputs:
    """What arguments name and folders hold; `skipped` counts files of folders that were passed over.

    `problems` are folders that could not be looked into, a line each.
    """

    def __init__(self, found: tuple[Input, ...], skipped: int, problems: tuple[str, ...]) -> None:
        self.found, self.skipped, self.problems = found, skipped, problems


def inputs(paths: Sequence[str]) -> Inputs:
    """Return the inputs that arguments name, folders walked in order; a file that is named twice counts once.

    A walk takes suffixes that a format claims; dot files, `*.review.yaml`, our settings and
    `README*` are passed over, and links that lead out of it. What is named is taken as it is.
    """
    found: dict[str, Input] = {}
    skipped = 0
    problems: list[str] = []
    for path in paths:
        if path == "-" or not os.path.isdir(path):
            found.setdefault(_key(path), Input(path))
            continue
        for file in walk(path, problems):
            if _taken(file) and not _leads_out(file, path):
                below = file.parent.relative_to(path).as_posix()
                found.setdefault(_key(str(file)), Input(file.as_posix(), below, named=False))
            else:
                skipped += 1
    return Inputs(tuple(found.values()), skipped, tuple(problems))


def _key(path: str) -> str:
    return path if path == "-" else os.path.realpath(path)


def walk(folder: "Path | str", problems: list[str], *, without: Collection[str] = ()) -> "Iterator[Path]":
    """Yield the files below a folder, dot files, dot folders and some others left out."""
    from pathlib import Path

    def unreadable(problem: OSError) -> None:
        problems.append(f"{problem.filename}: cannot be looked into ({problem.strerror})")

    for place, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in without)
        yield from (Path(place, name) for name in sorted(files) if not name.startswith("."))


def _leads_out(file: "Path", folder: str) -> bool:
    """Say whether a file is a link to what lies outside: a stranger's pull request may have put it there."""
    homes = (os.path.realpath(folder), os.path.realpath(""))
    return file.is_symlink() and not any(file.resolve().is_relative_to(home) for home in homes)


def _taken(file: "Path") -> bool:
    name = file.name
    return not name.upper().startswith("README") and name != NAME and not name.endswith(".review.yaml") and holds(file)


class Targets:
    """Where pages go: `-o` with a suffix is a file, else a folder; an existing folder is a folder.

    Remembers which input has which page, and which pages stand in a folder, so that a folder is
    read once. That no input is overwritten is `writers.files` to see: it leaves what is not ours.
    """

    def __init__(self, out: str) -> None:
        self.out = out
        self._taken: dict[str, str] = {}
        self._pages: dict[Path, dict[str, Path]] = {}

    @property
    def single(self) -> bool:
        """Say whether `-o` names one file."""
        folder = self.out.endswith(("/", os.sep)) or os.path.isdir(self.out)
        return bool(os.path.splitext(self.out)[1]) and not folder

    def folder(self, item: Input) -> "Path":
        """Return the folder of an input's page: the tree of the inputs is kept."""
        from pathlib import Path

        return Path(self.out).parent if self.single else Path(self.out, item.below)

    def earlier(self, item: Input, origin: "Origin", root: "Path | None") -> "Path | None":
        """Return the page of the same raw file that stands in the folder: its slug is frozen, whatever the title is."""
        folder = self.folder(item)
        if self.single or origin.raw == "-" or not folder.is_dir():
            return None
        if folder not in self._pages:
            known: dict[str, Path] = {}
            for page in sorted(folder.glob("*.md")):
                for name in raw_of(page):
                    known.setdefault(name or "", page)
            self._pages[folder] = known
        found = next((self._pages[folder][name] for name in origin if name in self._pages[folder]), None)
        return found if found and is_from(found, origin, root) else None

    def place(self, item: Input, name: str) -> "Path":
        """Return the path of a page; raise where another input of this run has it."""
        path = self.folder(item) / (os.path.basename(self.out) if self.single else name)
        key = _key(str(path)).casefold()
        if key in self._taken:
            raise InputError(
                f"{item.path}: its page would be {path}, which {self._taken[key]} has already; rename one of them,"
                " or publish it alone with another --title"
            )
        self._taken[key] = item.path
        return path


def is_page(path: str) -> bool:
    """Say whether a file is Markdown by its name: it may then be a page."""
    return SUFFIXES.get(os.path.splitext(path)[1].lower()) == "markdown"


def stem(path: str) -> str:
    """Return the name of a file without its suffix; that of standard input is `transcript`."""
    return "transcript" if path == "-" else os.path.splitext(os.path.basename(path))[0]


class Origin(NamedTuple):
    """What a page of ours says of its raw file: its name, and the hash of its bytes."""

    raw: str | None = None
    sha256: str | None = None


def origin_of(data: bytes) -> Origin:
    """Return the raw file that a page of ours names; both None where it is no page of ours."""
    from cleanup.formats import front

    try:
        head = front.read(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        return Origin()
    said = {value.key: value.text for value in head.values} if head else {}
    return Origin(said.get("transcript.raw"), said.get("transcript.sha256"))


def raw_of(path: "Path") -> Origin:
    """Return what the page that stands at a path says of its raw file."""
    try:
        return origin_of(path.read_bytes())
    except OSError:
        return Origin()


def is_from(page: "Path", origin: Origin, root: "Path | None") -> bool:
    """Say whether a page was made of a raw file; one that was moved is known by its hash, where none stands at its old place."""
    said = raw_of(page)
    return said.raw == origin.raw or (said.sha256 == origin.sha256 and not raw_file(said.raw, page, root))


def raw_file(name: str | None, page: "Path", root: "Path | None") -> "Path | None":
    """Return the raw file that a page names, if it is there; in a repository never one outside of it."""
    if not name or name == "-" or "\0" in name:
        return None
    file = (root or page.parent) / name
    inside = root is None or file.resolve().is_relative_to(root.resolve())
    return file if inside and file.is_file() else None


def raw_name(path: str, root: "Path | None", folder: "Path | None") -> str:
    """Return how front matter names a raw file: with `/`, never absolute.

    It is relative to the repository, else to the page's folder; without either it is the file's name.
    """
    if path == "-":
        return "-"
    from pathlib import Path

    full = Path(os.path.realpath(path).encode("utf-8", "replace").decode())
    if root and full.is_relative_to(root.resolve()):
        return full.relative_to(root.resolve()).as_posix()
    try:
        return Path(os.path.relpath(full, folder.resolve())).as_posix() if folder else full.name
    except ValueError:  # another drive
        return full.name
