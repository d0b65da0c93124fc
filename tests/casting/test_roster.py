"""People whom the repository knows: they need one more sign in the file, and are read strictly."""

import json
from pathlib import Path

import jsonschema
import pytest

from cleanup.casting.roster import Entry, read
from cleanup.errors import SettingsError
from cleanup.settings import find
from cleanup.yamlfile import load
from tests.casting.test_casting import cast_of

SCHEMA = json.loads((Path(__file__).parents[2] / "cleanup" / "people.schema.json").read_text("utf-8"))
MIRA = Entry("Mira Kovac", ("Speaker 3",), "correspondent", "Radio Skerry")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("KOVAC: A.\n\nLIND: Thank you, Mira.\n\nKOVAC: B.\n\nLIND: C.\n", "Mira Kovac", id="first name"),
        pytest.param("KOVAC: A.\n\nLIND: So, Radio Skerry.\n\nKOVAC: B.\n\nLIND: C.\n", "Mira Kovac", id="affiliation"),
        pytest.param("KOVAC: A.\n\nLIND: Thank you.\n\nKOVAC: B.\n\nLIND: C.\n", None, id="a surname alone"),
        pytest.param("KOVAC: A.\n\nLIND: I saw Miranda.\n\nKOVAC: B.\n\nLIND: C.\n", None, id="half a word"),
        pytest.param("KOVAC: A.\n\nLIND: So Tom Kovac and Mira, welcome, Tom Kovac.\n\nKOVAC: B.\n\nLIND: C.\n", None, id="rivals"),
        pytest.param("Speaker 3: A.\n\nLIND: Thank you, Mira.\n\nSpeaker 3: B.\n\nLIND: C.\n", "Mira Kovac", id="a listed label"),
    ],
)  # fmt: skip
def test_a_sign_beside_the_label(text: str, name: str | None) -> None:
    one = cast_of(text, roster=(MIRA,)).speakers[0]
    assert (one.name, one.evidence) == ((name, "roster") if name else (None, None))


def test_what_is_known_of_a_name_that_the_text_gives() -> None:
    one = cast_of("MIRA KOVAC: A.\n\nLIND: B.\n\nKOVAC: C.\n\nLIND: D.\n", roster=(MIRA,)).speakers[0]
    assert (one.name, one.evidence, one.role, one.affiliation) == (
        "Mira Kovac", "declared", "correspondent", "Radio Skerry",
    )  # fmt: skip


def test_it_lies_beside_the_settings(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "people.yaml").write_text("people:\n  - name: Ana Lind\n")
    assert find(tmp_path).people == tmp_path / "people.yaml"
    (tmp_path / "cleanup.yaml").write_text("language: en\n")
    assert find(tmp_path).people == tmp_path / "people.yaml"
    (tmp_path / "data" / "who.yaml").write_text("people:\n  - {name: Mira Kovac, labels: [MK], role: host}\n")
    (tmp_path / "cleanup.yaml").write_text("people: data/who.yaml\n")
    found = find(tmp_path).people
    assert found == tmp_path / "data" / "who.yaml"
    assert read(found) == (Entry("Mira Kovac", ("MK",), "host"),)


def test_a_link_out_of_the_repository_is_no_roster(tmp_path: Path) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "people.yaml").write_text("people:\n  - name: Ana Lind\n")
    (tmp_path / "repo" / "people.yaml").symlink_to(tmp_path / "people.yaml")
    assert find(tmp_path / "repo").people is None


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("people:\n  - nam: Mira\n", "2:5", "unknown key `nam`"),
        ("people:\n  - role: host\n", "2:5", "`name` is missing"),
        ("people:\n  - name: 5\n", "2:11", "a text is needed"),
        ("people:\n  - name: A B\n  - name: A B\n", "3:11", "stands here twice"),
        ("people: Mira\n", "1:9", "a list is needed"),
        ("Mira Kovac: KOVAC\n", "1:1", "unknown key"),
    ],
)
def test_mistakes_are_shown_where_they_stand(tmp_path: Path, text: str, place: str, what: str) -> None:
    file = tmp_path / "people.yaml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=what) as problem:
        read(file)
    assert f"people.yaml:{place}: " in str(problem.value)
    if "twice" not in what:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(load(file).plain(), SCHEMA)


def test_the_schema_takes_what_the_reader_takes(tmp_path: Path) -> None:
    file = tmp_path / "people.yaml"
    file.write_text(
        "people:\n  - {name: Mira Kovac, labels: MK, role: host, affiliation: Radio Skerry}\n  - name: Ana Lind\n"
    )
    jsonschema.validate(load(file).plain(), SCHEMA)
    assert [entry.name for entry in read(file)] == ["Mira Kovac", "Ana Lind"]
