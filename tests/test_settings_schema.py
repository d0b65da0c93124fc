"""What editors are told of `cleanup.yaml` is what the strict reader takes: neither accepts what the other refuses."""

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanup.cli.job import FORMATS
from cleanup.errors import SettingsError
from cleanup.rulebook import Rulebook
from cleanup.settings import KEYS, read
from cleanup.writers.sites import SITES
from cleanup.yamlfile import load

TEXT = (Path(__file__).parents[1] / "cleanup" / "settings.schema.json").read_text("utf-8")
SCHEMA: dict[str, Any] = json.loads(TEXT)
PYTHON = json.loads(TEXT.replace('$"', '\\\\Z"'))
"""In the regular expressions of JSON Schema `$` is the end of the text; in those of Python also a line end before it."""

names = st.text(st.characters(exclude_categories=["Cs"], max_codepoint=0xFFFF), max_size=6)
"""JSON writes what lies beyond as two halves, which YAML does not put together."""
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | names
some = names | st.lists(names | st.integers(), max_size=3)
paths = st.lists(st.sampled_from(["a", "b c", "..", ".", "/", "//", "://", "\\", "ü", "\0", "\n", "...", "~"])).map(
    "".join
)
places = (
    paths | st.lists(paths, max_size=3) | st.sampled_from(["new/pages", "a/../b", "x/", "./x", "https://example.org"])
)
tags = st.from_regex(r"[a-zA-Z]{1,4}(-[A-Za-z0-9]{1,9})?\n?", fullmatch=True)
anything = scalars | st.lists(scalars, max_size=2) | st.dictionaries(names, scalars, max_size=2)
documents = st.fixed_dictionaries(
    {},
    optional={
        "language": tags | anything,
        "site": st.sampled_from([*SITES, *FORMATS]) | anything,
        "labels": st.sampled_from(["full", "surname", "as-is", "Full"]) | anything,
        "credit": st.booleans() | anything,
        "packs": st.fixed_dictionaries({}, optional={"on": some | anything}) | anything
        | st.fixed_dictionaries({}, optional={"off": some | anything}),
        "pages": places | anything,
        "sites": anything,
    },
)  # fmt: skip


def both(text: str, folder: Path) -> tuple[bool, bool]:
    """Return what the reader says of a file, and what the schema says of the values that it holds."""
    file = folder / "cleanup.yaml"
    file.write_text(text, "utf-8")
    try:
        settings = read(file)
        taken = settings.site is None or settings.site in (*SITES, *FORMATS)
    except SettingsError:
        taken = False
    return taken, jsonschema.Draft7Validator(PYTHON).is_valid(load(file).plain())


@given(document=documents)
def test_the_schema_and_the_reader_agree(document: dict[str, Any]) -> None:
    with TemporaryDirectory() as folder:
        taken, valid = both(json.dumps(document), Path(folder))
    assert taken == valid


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("", True),
        ("language: pt-BR\nsite: hugo\nlabels: as-is\ncredit: off\npacks: {on: a/b, off: [c/d]}\npages: .\n", True),
        ("rules: [house, house/names.yaml]\npages: []\n", True),
        ('language: "no"\n', True),
        ("language: no\n", False),
        ("language: EN\n", False),
        ("site: hugoo\n", False),
        ("credit: yes please\n", False),
        ("packs:\n", False),
        ("packs: [a/b]\n", False),
        ("packs: {of: a/b}\n", False),
        ("packs: {on: [a/b, '']}\n", False),
        ("pages: a/../../b\n", False),
        ("pages: /etc\n", False),
        ("rules: https://example.org/x.yaml\n", False),
        ("rules: ../x.yaml\n", False),
        ("people: ../people.yaml\n", False),
        ("people: [house/names.yaml]\n", False),
        ("people: house/names.yaml\n", True),
    ],
)
def test_both_take_what_is_right_and_refuse_what_is_wrong(text: str, right: bool, tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "names.yaml").write_text("pack: names\n")
    assert both(text, tmp_path) == (right, right)


@pytest.mark.parametrize("text", ["packs: {on: [a/b], off: [a/b]}\n", "rules: missing.yaml\n", "pages: link\n"])
def test_only_the_reader_knows_the_folder_and_compares(text: str, tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "link").symlink_to(tmp_path)
    assert both(text, tmp_path / "root") == (False, True)


def test_the_schema_is_one_and_tells_of_every_key(book: Rulebook) -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    keys = SCHEMA["properties"]
    assert set(keys) == KEYS and all(row["description"] for row in keys.values())
    assert keys["site"]["enum"] == [*SITES, *FORMATS], "a site is a row of a table and a word of the schema"
    assert sorted(SCHEMA["definitions"]["pack"]["examples"]) == sorted(book.off)


def test_the_page_about_settings_tells_of_every_key() -> None:
    page = (Path(__file__).parents[1] / "docs" / "settings.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([a-z]+)`", page, re.MULTILINE)) == KEYS
