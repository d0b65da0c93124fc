"""Imports only go down, heavy libraries wait until an input needs them, and only the command line speaks."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "cleanup"

LEVELS = (
    "errors edits digest",
    "document findings yamlfile guard words",
    "regexes carried",
    "view units literals",
    "matching",
    "dates meanings packs grading",
    "engine rulebook facts language settings",
    "reading formats",
    "casting kinds grammar",
    "script fates",
    "decisions",
    "result options",
    "writers",
    "proof reports archive judge",
    "stages",
    "pipeline",
    "batch examples",
    "cli",
)
"""The rooms from low to high; a room imports only rooms of the rows above its own."""

LEVEL = {room: level for level, row in enumerate(LEVELS) for room in row.split()}

HEAVY = frozenset(
    "yaml justhtml markdown_it regex ftfy chardet requests language_tool_python unittest typing_extensions"
    " tomllib tomli urllib http logging importlib.metadata harper html5lib concurrent multiprocessing dataclasses inspect hashlib".split()
)
"""What `cleanup --version` must not pay for: imported inside the function that needs it."""

FILES = sorted(PACKAGE.rglob("*.py"))


def room(file: Path) -> str:
    """Return the room of a file: the name under `cleanup/`, without suffix."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.AST, *, top: bool = False) -> Iterator[tuple[str, int]]:
    """Yield the full names that a module imports at run time; with `top` only while it is loaded."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: relative import"
            yield from ((f"{node.module}.{name.name}", node.lineno) for name in node.names)
        elif _only_for_types(node) or (top and isinstance(node, (ast.FunctionDef, ast.Lambda))):
            continue
        else:
            yield from imports(node, top=top)


def _only_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"), str(file))


def test_every_room_has_a_level() -> None:
    rooms = {room(file) for file in FILES} - {"__init__", "__main__"}
    assert rooms - set(LEVEL) == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_imports_only_go_down(file: Path) -> None:
    here = room(file)
    if here in ("__init__", "__main__"):
        return
    for name, line in imports(parsed(file)):
        parts = name.split(".")
        if parts[0] != "cleanup":
            continue
        there = parts[1]
        if there not in LEVEL:
            assert name == "cleanup.__version__", f"{file}:{line}: {name} is no room"
        elif there != here:
            assert LEVEL[there] < LEVEL[here], f"{file}:{line}: {here} imports {there}, which does not stand below it"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_heavy_libraries_wait(file: Path) -> None:
    for name, line in imports(parsed(file), top=True):
        parts = name.split(".")
        loaded = {".".join(parts[: i + 1]) for i in range(len(parts))}
        assert not loaded & HEAVY, f"{file}:{line}: {name} is imported when the module loads"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_only_the_command_line_speaks(file: Path) -> None:
    if room(file) == "cli":
        return
    tree = parsed(file)
    for name, line in imports(tree):
        assert name.split(".")[0] != "click", f"{file}:{line}: click outside cli/"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print", f"{file}:{node.lineno}: print outside cli/"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "sys":
            assert node.attr not in ("stdout", "stderr"), f"{file}:{node.lineno}: sys.{node.attr} outside cli/"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_only_edits_change_text(file: Path) -> None:
    """No room between `edits` and the writers builds a changed text by slicing around a place."""
    if room(file) not in ("edits", "writers", "matching", "formats"):
        assert "text[:start] +" not in file.read_text("utf-8")


def test_a_high_import_is_seen() -> None:
    """The reader of imports is no fiction: it sees one at the top, and one inside a function."""
    tree = ast.parse("import yaml\ndef f():\n    from cleanup.cli import main\n")
    assert list(imports(tree)) == [("yaml", 1), ("cleanup.cli.main", 3)]
    assert list(imports(tree, top=True)) == [("yaml", 1)]
