"""`cleanup.yaml` of a repository: a frozen value, read strictly."""

import os.path
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from cleanup.document import NOTHING
from cleanup.regexes import late

if TYPE_CHECKING:
    from pathlib import Path

    from cleanup.yamlfile import Node

else:
    Path = object  # what a field is, is for who checks types; to load paths takes longer than to find no settings

NAME = "cleanup.yaml"
PEOPLE = "people.yaml"
"""The roster of a repository, beside its settings or at its root."""
KEYS = frozenset({"language", "packs", "rules", "site", "labels", "credit", "times", "pages", "people", "grammar"})
"""What a settings file may hold; `settings.schema.json` says the same to editors."""
_LABELS = ("full", "surname", "as-is")
TIMES = ("off", "turns", "links")
TAG = late(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_NO_NAME = late("[\0\ud800-\udfff]")
"""What no file can be called."""


class Settings(NamedTuple):
    """What a repository asks for; `root` is the folder of the file, else of the repository.

    `rules`, `pages`, `people` and `grammar` lie inside `root`, links resolved: a pull request from a stranger may have
    written them. `places` says where keys and the names of packs stand.
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
    times: str | None = None
    pages: tuple[Path, ...] = ()
    people: Path | None = None
    grammar: tuple[Path, ...] = ()
    places: Mapping[str, Any] = NOTHING


def find(start: "Path | str") -> Settings:
    """Return the settings for a path: the nearest `cleanup.yaml` above it, up to the repository's root."""
    place, below = os.path.realpath(start), ""
    while place != below:
        named, marked = (os.path.join(place, name) for name in (NAME, ".git"))
        if os.path.isfile(named) or os.path.exists(marked):
            from pathlib import Path

            root = Path(place)
            return read(Path(named)) if os.path.isfile(named) else Settings(root=root, people=_roster(None, root))
        place, below = os.path.dirname(place), place
    return Settings()


def read(file: Path) -> Settings:
    """Read a settings file; raises `SettingsError` that quotes the line."""
    from cleanup.yamlfile import Node, load

    root = file.parent.resolve()
    if not file.resolve().is_relative_to(root):
        raise Node(None, file.as_posix(), 1, 1).error("this is a link out of its folder; put the file itself here")
    rows = load(file).mapping(optional=KEYS)
    packs = rows["packs"].mapping(optional=frozenset({"on", "off"})) if "packs" in rows else {}
    switched = {key: {node.text(): node for node in _list(packs.get(key))} for key in ("on", "off")}
    for name in switched["on"].keys() & switched["off"].keys():
        raise switched["off"][name].error(f"`{name}` is switched on and off")
    return Settings(
        root=root,
        file=file,
        language=_language(rows.get("language")),
        on=frozenset(switched["on"]),
        off=frozenset(switched["off"]),
        rules=tuple(_paths(rows.get("rules"), root, must=True)),
        site=rows["site"].text() if "site" in rows else None,
        labels=_choice(rows.get("labels"), _LABELS),
        credit=rows["credit"].flag() if "credit" in rows else True,
        times=_choice(rows.get("times"), TIMES),
        pages=tuple(_paths(rows.get("pages"), root, must=False)),
        people=_roster(rows.get("people"), root),
        grammar=tuple(_paths(rows.get("grammar"), root, must=True)),
        places={**rows, **switched["on"], **switched["off"]},
    )


def _list(node: "Node | None") -> "list[Node]":
    """Return the entries; a single text is a list of one."""
    return [] if node is None else [node] if isinstance(node.value, str) else node.items()


def _language(node: "Node | None") -> str | None:
    if node is not None and not TAG.fullmatch(node.text()):
        raise node.error(f"`{node.value}` is no language tag (en, de, pt-BR)")
    return node.text() if node else None


def _choice(node: "Node | None", known: tuple[str, ...]) -> str | None:
    if node is not None and node.value is False and "off" in known:
        return "off"  # YAML reads a bare one as false
    if node is not None and node.text() not in known:
        raise node.error(f"this is one of {', '.join(known)}")
    return node.text() if node else None


def _paths(node: "Node | None", root: Path, *, must: bool) -> Iterator[Path]:
    """Yield paths inside the repository; an address, or a path or link that leads out of it, is refused."""
    for item in _list(node):
        text = item.text()
        if "://" in text:
            raise item.error("an address is not allowed here; only files of this repository")
        out = text.startswith("/") or ".." in text.split("/") or _NO_NAME.search(text)
        path = root if out else root / text
        if out or not path.resolve().is_relative_to(root):
            raise item.error(f"`{text}` leads out of the folder of {NAME}")
        if must and not os.path.exists(path):
            raise item.error(f"`{text}` is not there")
        if must and (inner := next((file for file in path.rglob("*.yaml") if not _inside(file, root)), None)):
            raise item.error(f"`{inner.relative_to(root).as_posix()}` is a link out of the folder of {NAME}")
        yield path.resolve()


def _roster(node: "Node | None", root: Path) -> Path | None:
    """Return the roster that settings name, else the one at the root; a link that leads out is passed over."""
    if node is not None:
        node.text()
        return next(_paths(node, root, must=True))
    place = root / PEOPLE
    return place if os.path.isfile(place) and _inside(place, root) else None


def _inside(file: Path, root: Path) -> bool:
    return not file.is_symlink() or file.resolve().is_relative_to(root)


def check_packs(settings: Settings, known: frozenset[str]) -> None:
    """Raise where settings name a pack that does not exist: a misspelt one would be off in silence."""
    for name in sorted((settings.on | settings.off) - known):
        raise settings.places[name].error(f"there is no pack `{name}`; see `cleanup rules list`")


def check_site(settings: Settings, known: tuple[str, ...]) -> None:
    """Raise where settings name a site that does not exist."""
    if settings.site is not None and settings.site not in known:
        raise settings.places["site"].error(f"there is no site `{settings.site}`; there are {', '.join(known)}")
