"""The house is kept: said in docstrings, finished, small, and about nothing but itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
FOLDERS = ("cleanup", "rules", "tests", "examples", "benchmarks", ".ci")
SUFFIXES = frozenset({".py", ".yaml", ".md", ".toml", ".txt", ".json", ""})
MODULES = sorted((ROOT / "cleanup").rglob("*.py"))

UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
PLACES = re.compile(r"(?<![\w.])/(?:home|root|Users|mnt|work|tmp)/\w")
"""Folders of somebody's machine."""

VAGUE = frozenset({"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common_utils"})


def files() -> Iterator[Path]:
    for name in FOLDERS:
        yield from (file for file in (ROOT / name).rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    yield from (file for file in ROOT.iterdir() if file.is_file() and file.suffix in SUFFIXES and file.name[0] != ".")


def below(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("file", sorted(set(files())), ids=below)
def test_finished_and_about_itself(file: Path) -> None:
    if file.suffix not in SUFFIXES:
        return
    text = file.read_text("utf-8")
    for pattern in (UNFINISHED, PLACES):
        found = pattern.search(text)
        assert not found, f"{below(file)}:{text.count(chr(10), 0, found.start()) + 1}: {found[0]}"


def test_what_is_looked_for_is_found() -> None:
    assert UNFINISHED.search("# TO" + "DO: later")
    assert PLACES.search("see /ho" + "me/me/x")
    assert not PLACES.search("[text](https://example.org/work/x) and/or home/x")


@pytest.mark.parametrize("file", MODULES, ids=below)
def test_docstrings(file: Path) -> None:
    """A module says in one sentence what it is for; a public class or function has a line that ends."""
    tree = ast.parse(file.read_text("utf-8"))
    sentence = ast.get_docstring(tree)
    assert sentence and sentence.rstrip()[-1] in ".`", f"{below(file)}: no sentence at the top"
    for node in ast.walk(tree):
        if (
            isinstance(node, (ast.FunctionDef, ast.ClassDef))
            and not node.name.startswith("_")
            and _is_public(node, tree)
        ):
            words = ast.get_docstring(node)
            assert words, f"{below(file)}:{node.lineno}: {node.name} has no docstring"
            first = words.partition("\n\n")[0].rstrip()
            assert first[-1] in ".:?!", f"{below(file)}:{node.lineno}: {node.name}: the first line is no sentence"


def _is_public(node: ast.FunctionDef | ast.ClassDef, tree: ast.Module) -> bool:
    """Say whether a definition stands at the top, or in a public class at the top."""
    return node in tree.body or any(
        isinstance(owner, ast.ClassDef) and not owner.name.startswith("_") and node in owner.body and not _is_stub(node)
        for owner in tree.body
    )


def _is_stub(node: ast.FunctionDef | ast.ClassDef) -> bool:
    return len(node.body) == 1 and isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)


@pytest.mark.parametrize("file", MODULES, ids=below)
def test_names_say_something(file: Path) -> None:
    assert not VAGUE & set(file.relative_to(ROOT).with_suffix("").parts)


def test_packs_are_called_as_their_files() -> None:
    """A pack is called as its file is, so that a name in a message leads to the file."""
    for file in sorted((ROOT / "rules").glob("*/*.yaml")):
        assert yaml.safe_load(file.read_text("utf-8"))["pack"] == file.stem, below(file)
