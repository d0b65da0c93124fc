"""The rules and tables that are in force: those of the program, compiled in a wheel, and packs of one's own."""

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from cleanup import literals, regexes
from cleanup.errors import SettingsError
from cleanup.findings import Kind, Pack, Rule
from cleanup.matching import CASED, FOLDED

if TYPE_CHECKING:
    from pathlib import Path

COMPILED, PATTERNS = "compiled.py", "patterns.bin"
"""What a wheel has beside the rules: packs, tables and keys as Python, and the patterns compiled."""


class Rulebook:
    """All packs and tables that are in force."""

    def __init__(self, packs: tuple[Pack, ...], tables: Mapping[str, Mapping[str, object]]) -> None:
        self.packs = packs
        self.tables = tables

    def rules(self, stage: str) -> tuple[Rule, ...]:
        """Return the rules of a stage, those of packs that are off included."""
        return self._stages.get(stage, ())

    def table(self, name: str) -> Mapping[str, object]:
        """Return one table of what is known about the world."""
        return self.tables[name]

    @cached_property
    def off(self) -> frozenset[str]:
        """Names of packs that are off unless somebody switches them on."""
        return frozenset(pack.name for pack in self.packs if not pack.on)

    @cached_property
    def sourced(self) -> bool:
        """Say whether a rule is only for certain sources."""
        return any(rule.sources for pack in self.packs for rule in pack.rules)

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        """All rules by their full id."""
        return {rule.id: rule for pack in self.packs for rule in pack.rules}

    @cached_property
    def _stages(self) -> Mapping[str, tuple[Rule, ...]]:
        found: dict[str, list[Rule]] = {}
        for pack in self.packs:
            for rule in pack.rules:
                found.setdefault(rule.stage, []).append(rule)
        return {stage: tuple(rules) for stage, rules in found.items()}


def shipped() -> "Path":
    """Return the folder of the rules that belong to this program.

    That is `rules/` inside the package, else beside it in a checkout of this project; never one
    in the current folder, since content repositories have a `rules/` too.
    """
    from pathlib import Path

    inside = Path(__file__).parent / "rules"
    if inside.is_dir():
        return inside
    project = Path(__file__).parent.parent
    try:
        ours = 'name = "transcript-cleanup"' in (project / "pyproject.toml").read_text("utf-8")
    except OSError:
        ours = False
    if ours and (project / "rules").is_dir():
        return project / "rules"
    raise SettingsError(f"{inside}: the rules are missing; install transcript-cleanup again")


def open_book(paths: "Iterable[Path | str]" = (), *, kinds: Mapping[str, Kind]) -> Rulebook:
    """Return the shipped rules and those of `paths`, files or folders of the user's own.

    Raises `SettingsError` for the first mistake, with file, line, column and the line quoted.
    """
    inside = os.path.join(os.path.dirname(__file__), "rules")
    ready = os.path.isfile(os.path.join(inside, COMPILED))
    book = _compiled(inside) if ready else read_folder(shipped(), kinds)
    packs = list(book.packs)
    taken = {pack.name for pack in packs}
    for pack in (pack for path in paths for pack in own_packs(path, kinds, book)):
        if pack.name in taken:
            raise SettingsError(f"{_file(pack)}: the pack `{pack.name}` is there already; give it another name")
        taken.add(pack.name)
        packs.append(pack)
    return Rulebook(tuple(packs), book.tables)


def _compiled(folder: str) -> Rulebook:
    made = import_module("cleanup.rules.compiled")
    literals.KNOWN.update(made.KEYS)
    regexes.restore(os.path.join(folder, PATTERNS), made.KEYS)
    return Rulebook(made.PACKS, made.TABLES)


def own_packs(path: "Path | str", kinds: Mapping[str, Kind], book: Rulebook) -> Iterator[Pack]:
    """Yield the packs of a file or folder of the user's own; raises `SettingsError` that quotes the line."""
    from pathlib import Path

    from cleanup.packs import files, read

    for file, stage in files(Path(path)):
        yield read(file, stage or "wording", kinds, book.tables, own=True)


def read_folder(folder: "Path", kinds: Mapping[str, Kind]) -> Rulebook:
    """Read `<stage>/<pack>.yaml` and the tables of a folder."""
    from cleanup.packs import files, read
    from cleanup.yamlfile import load

    tables = {name: load(folder / f"{name}.yaml", name=f"rules/{name}.yaml").plain() for name in _TABLES}
    packs = [read(file, stage, kinds, tables, root=folder) for file, stage in files(folder) if stage]
    return Rulebook(tuple(packs), tables)


_TABLES = ("labels", "languages", "sounds", "words")


def _file(pack: Pack) -> str:
    return next((rule.where.rpartition(":")[0] for rule in pack.rules), pack.name)


def compile_folder(
    folder: "Path", kinds: Mapping[str, Kind], extra: Iterable[tuple[str, int]] = ()
) -> tuple[str, bytes]:
    """Return the compiled form of a folder: a module that `open_book` imports instead of reading YAML, and its patterns.

    With the keys of all patterns, so that no run parses one that it does not need; `extra` are patterns
    and flags that other rooms make of the tables.
    """
    book = read_folder(folder, kinds)
    packs = "".join(f"Pack({p.name!r}, {p.about!r}, ({''.join(map(_made, p.rules))}), {p.on}),\n" for p in book.packs)
    patterns = dict.fromkeys((*_own(book.packs), *extra))
    known = {pattern: literals.found(pattern) for pattern, _ in patterns}
    head = "from cleanup.findings import Level, Pack, Rule\n"
    text = f"{head}\nPACKS = (\n{packs})\nTABLES = {book.tables!r}\nKEYS = {known!r}\n"
    return text, regexes.saved(patterns, known)


def _made(rule: Rule) -> str:
    """Return the Python that makes a rule, the same in every build."""
    sets = {key: f"frozenset({sorted(getattr(rule, key))})" for key in ("scope", "languages", "sources")}
    made = {key: repr(value) for key, value in rule._asdict().items()} | sets
    made["level"] = f"Level.{rule.level.name}"
    return f"Rule({', '.join(made.values())}),\n"


def _own(packs: Iterable[Pack]) -> Iterator[tuple[str, int]]:
    """Yield the patterns of packs, with their flags."""
    from cleanup.packs import FIELDS, texts

    for rule in (rule for pack in packs for rule in pack.rules):
        for field in sorted(FIELDS & set(rule.fields)):
            yield from ((text, CASED if rule.cased(text) else FOLDED) for text in texts(rule.fields[field]))
