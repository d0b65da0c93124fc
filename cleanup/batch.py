"""Many inputs: what a folder holds, and where each page goes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from cleanup.errors import InputError
from cleanup.formats import SUFFIXES
from cleanup.settings import NAME


@dataclass(frozen=True, slots=True)
class Input:
    """One input: its path as it is shown, and its folder below the argument that it was found in."""

    path: str
    below: PurePosixPath = field(default_factory=PurePosixPath)


def inputs(paths: Sequence[str]) -> tuple[list[Input], list[str]]:
    """Return the inputs that arguments name, folders walked, and files of folders that were passed over.

    A walk takes suffixes that a format claims; dot files, `*.review.yaml`, our settings and
    `README*` are passed over. What is named is taken as it is.
    """
    found: list[Input] = []
    skipped: list[str] = []
    for path in paths:
        folder = Path(path)
        if path != "-" and folder.is_dir():
            for file in sorted(folder.rglob("*")):
                inside = file.relative_to(folder)
                if any(piece.startswith(".") for piece in inside.parts) or not file.is_file():
                    continue
                if _taken(file):
                    found.append(Input(file.as_posix(), PurePosixPath(inside.parent.as_posix())))
                else:
                    skipped.append(file.as_posix())
        else:
            found.append(Input(path))
    return list(dict.fromkeys(found)), skipped


def _taken(file: Path) -> bool:
    name = file.name
    return (
        file.suffix.lower() in SUFFIXES
        and not name.upper().startswith("README")
        and name != NAME
        and not name.endswith(".review.yaml")
    )


@dataclass(slots=True)
class Targets:
    """Where pages go: `-o` with a suffix is a file, else a folder; an existing folder is a folder."""

    out: str
    taken: dict[str, str]

    @property
    def single(self) -> bool:
        """Say whether `-o` names one file."""
        return bool(Path(self.out).suffix) and not Path(self.out).is_dir()

    def place(self, item: Input, name: str) -> Path:
        """Return the path of a page; raise where another input of this run has it already."""
        path = Path(self.out) if self.single else Path(self.out, *item.below.parts, name)
        key = path.as_posix().casefold()
        if key in self.taken:
            raise InputError(
                f"{item.path}: its page would be {path}, which {self.taken[key]} has already; give one of them another --title"
            )
        self.taken[key] = item.path
        return path


def stem(path: str) -> str:
    """Return the name of a file without its suffix; that of standard input is `transcript`."""
    return "transcript" if path == "-" else Path(path).stem


def named(path: str, root: Path | None) -> str:
    """Return the path that front matter names: relative to the repository, with `/`, never absolute."""
    if path == "-":
        return "-"
    full = Path(path).resolve()
    for folder in (root, Path.cwd()):
        if folder and full.is_relative_to(folder.resolve()):
            return full.relative_to(folder.resolve()).as_posix()
    return full.name
