"""`cleanup.yaml` of a repository: a frozen value, read strictly."""

from dataclasses import dataclass
from pathlib import Path

from cleanup.errors import SettingsError
from cleanup.yamlfile import Node, load

NAME = "cleanup.yaml"
_KEYS = frozenset({"language", "packs", "rules", "site", "labels", "credit", "pages"})
_LABELS = ("full", "surname", "as-is")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a repository asks for; `root` is the folder of the file, else of the repository.

    `rules` and `pages` lie inside `root`, links resolved: a pull request from a stranger may have
    written them.
    """

    root: Path | None = None
    file: Path | None = None
    language: str | None = None
    on: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    rules: tuple[Path, ...] = ()
    site: str | None = None
    labels: str | None = None
    credit: bool = True
    pages: tuple[Path, ...] = ()


def find(start: Path) -> Settings:
    """Return the settings for a path: the nearest `cleanup.yaml` above it, up to the repository's root."""
    folder = start.resolve()
    folder = folder if folder.is_dir() else folder.parent
    for place in (folder, *folder.parents):
        if (place / NAME).is_file():
            return read(place / NAME)
        if (place / ".git").exists():
            return Settings(root=place)
    return Settings()


def read(file: Path) -> Settings:
    """Read a settings file; raises `SettingsError` that quotes the line."""
    root = file.parent.resolve()
    rows = load(file, name=file.name if file.parent == Path() else file.as_posix()).mapping(optional=_KEYS)
    packs = rows["packs"].mapping(optional=frozenset({"on", "off"})) if "packs" in rows else {}
    return Settings(
        root=root,
        file=file,
        language=rows["language"].text() if "language" in rows else None,
        on=frozenset(packs["on"].texts()) if "on" in packs else frozenset(),
        off=frozenset(packs["off"].texts()) if "off" in packs else frozenset(),
        rules=_paths(rows.get("rules"), root),
        site=rows["site"].text() if "site" in rows else None,
        labels=_choice(rows.get("labels"), _LABELS),
        credit=rows["credit"].flag() if "credit" in rows else True,
        pages=_paths(rows.get("pages"), root),
    )


def _choice(node: Node | None, known: tuple[str, ...]) -> str | None:
    if node is None:
        return None
    if node.text() not in known:
        raise node.error(f"this is one of {', '.join(known)}")
    return node.text()


def _paths(node: Node | None, root: Path) -> tuple[Path, ...]:
    """Return paths inside the repository; an address, or a path that leads out of it, is refused."""
    found: list[Path] = []
    for text in node.texts() if node else []:
        if node and "://" in text:
            raise node.error("an address is not allowed here; only files of this repository")
        path = (root / text).resolve()
        if node and not path.is_relative_to(root):
            raise node.error(f"`{text}` leads out of the folder of {NAME}")
        if node and not path.exists():
            raise node.error(f"`{text}` is not there")
        found.append(path)
    return tuple(found)


def check_packs(settings: Settings, known: frozenset[str]) -> None:
    """Raise where settings name a pack that does not exist: a misspelt one would be off in silence."""
    for name in sorted(settings.on | settings.off):
        if name not in known:
            raise SettingsError(f"{settings.file}: there is no pack `{name}`; see `cleanup rules list`")
