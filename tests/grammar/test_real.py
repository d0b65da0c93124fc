"""LanguageTool itself: the names of the table are its own, its server is asked by sentence, and it finds what it should.

The jars are put into a folder by Maven (`pom.xml` beside this file, `docs/grammar.md`); `LTP_PATH` names it.
"""

import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleanup.grammar import Table, read
from cleanup.grammar.cache import Cache
from cleanup.grammar.languagetool import LanguageTool
from cleanup.grammar.server import Server
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.rulebook import Rulebook, shipped
from tests.grammar.test_languagetool import found

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def jars() -> Path:
    """Return the folder of the jars; where it is missing the tests are skipped, and fail in CI."""
    folder = Path(os.environ.get("LTP_PATH", ""), "LanguageTool-6.8", "libs")
    why = "" if shutil.which("java") else "Java 17 is missing"
    why = why or (
        "" if os.environ.get("LTP_PATH") and folder.is_dir() else "LTP_PATH names no jars of LanguageTool 6.8"
    )
    if why and os.environ.get("CI"):
        pytest.fail(why)
    return folder if not why else pytest.skip(why)


@pytest.fixture(scope="module")
def engine(jars: Path) -> Iterator[LanguageTool]:
    server = Server()
    yield LanguageTool(server, Table(read(shipped() / "grammar.yaml")), Cache(None), seconds=300)
    server.close()


def test_every_name_of_the_table_is_one_of_languagetool(jars: Path) -> None:
    """Those of XML files are read from them; those of Java stand as texts in its classes."""
    table = Table(read(shipped() / "grammar.yaml"))
    assert {"en", "de", "fr", "es", "pt"} <= set(table.rows)
    for tag, entries in table.rows.items():
        names: set[str] = set()
        code = b""
        for jar in jars.glob(f"language-{tag}-6*.jar"):
            with zipfile.ZipFile(jar) as inside:
                for name in inside.namelist():
                    if name.endswith(".xml"):
                        text = inside.read(name).decode("utf-8", "replace")
                        names.update(re.findall(r"""<rule(?:group)?\b[^>]*?\bid=["']([^"']+)""", text))
                    elif name.endswith("Rule.class"):
                        code += inside.read(name)
        assert len(names) > 500
        assert [name for name in entries if name not in names and name.encode() not in code] == [], tag


SENTENCES = [
    ("en", "Tomorrow the ferry will goes at nine.", "goes", "go", "Tomorrow the ferry will go at nine."),
    ("en", "It has an university and two schools.", "an", "a", "It has a university and two schools."),
    ("en", "She could of told us before.", "could of", "could have", "She could have told us before."),
    (
        "en",
        "This boat is more cheaper than that one.",
        "more cheaper",
        "cheaper",
        "This boat is cheaper than that one.",
    ),
    ("en", "They discussed about the new timetable.", "discussed about the", "discussed the", "They talked about it."),
    ("en", "The crew did a mistake with the ropes.", "did", "made", "The crew made a mistake with the ropes."),
    ("en", "The captain explained me the plan.", "me", "to me", "The captain explained the plan to me."),
    ("en", "Despite of the rain they sailed.", "Despite of", "Despite", "Despite the rain they sailed."),
    ("de", "Wir sind mit dem Arbeit fertig.", "dem Arbeit", "der Arbeit", "Wir sind mit der Arbeit fertig."),
    ("de", "Das ist ein gute Idee.", "ein gute Idee", "eine gute Idee", "Das ist eine gute Idee."),
    ("de", "Er ist seit drei Jahre hier.", "Jahre", "Jahren", "Er ist seit drei Jahren hier."),
    ("de", "Sie fährt mit den Boot.", "mit den", "mit dem", "Sie fährt mit dem Boot."),
    ("de", "Ich habe gestern nach Hause gegangen.", "habe", "bin", "Ich bin gestern nach Hause gegangen."),
    ("fr", "Il a manger sur le quai.", "manger", "mangé", "Il a mangé sur le quai."),
    ("fr", "On à trouvé le bateau.", "à trouvé", "a trouvé", "On a trouvé le bateau."),
    ("fr", "Elle c'est levée tôt.", "c'", "s'", "Elle s'est levée tôt."),
    ("fr", "Il faut que tu vient demain.", "vient", "viens", "Il faut que tu viennes demain."),
    ("fr", "Je vais au le port demain.", "au le port", "au port", "Je vais au port demain."),
    ("es", "La problema es el viento.", "La problema", "El problema", "El problema es el viento."),
    ("es", "Pienso de que el puerto abre mañana.", "de que", "que", "Pienso que el puerto abre mañana."),
    ("es", "Espero que haiga buen tiempo.", "haiga", "haya", "Espero que haya buen tiempo."),
    ("es", "Voy ha salir mañana.", "Voy ha salir", "Voy a salir", "Voy a salir mañana."),
    ("es", "Ellos va al puerto.", "va", "van", "Ellos van al puerto."),
    ("pt", "A problema é o vento.", "A problema", "O problema", "O problema é o vento."),
    ("pt", "Eles foi ao porto ontem.", "Eles foi", "Eles foram", "Eles foram ao porto ontem."),
    ("pt", "Ele quer sair, mais não pode.", "mais", "mas", "Ele quer sair, mas não pode."),
    ("pt", "O barco esta no porto.", "esta", "está", "O barco está no porto."),
    ("pt", "Eu vi ele em o porto.", "em o", "no", "Eu vi o barco no porto."),
]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt"])
def test_faults_are_suggestions_and_their_twins_are_left_alone(
    language: str, engine: LanguageTool, book: Rulebook
) -> None:
    """All of a language in one file, with emoji between, so that places have to come back from UTF-16."""
    rows = [row for row in SENTENCES if row[0] == language]
    faulty = "".join(f"KOVAC: 😀 Ok.\n\nLIND: {fault}\n\n" for _, fault, _, _, _ in rows)
    sound = "".join(f"KOVAC: 😀 Ok.\n\nLIND: {twin}\n\n" for _, _, _, _, twin in rows)
    for text, wanted in ((faulty, [(old, (new,)) for _, _, old, new, _ in rows]), (sound, [])):
        done = clean(text.encode(), "talk.txt", book, Options(language=language), engine)
        assert [(old, new) for _, old, new in found(done)] == wanted
        assert not done.revisions[-1].edits and done.engines[0].version == "6.8"


def test_no_name_of_the_examples_is_touched(engine: LanguageTool, book: Rulebook) -> None:
    for file in sorted((ROOT / "examples").glob("*.txt")):
        done = clean(file.read_bytes(), file.name, book, Options(), engine)
        names = {
            word for speaker in done.cast.speakers for label in speaker.labels for word in label.casefold().split()
        }
        assert names and not any(word in old.casefold().split() for _, old, _ in found(done) for word in names)


def test_an_input_is_done_after_one_at_which_the_server_died(engine: LanguageTool, book: Rulebook) -> None:
    server = engine.transport.server
    assert isinstance(server, Server) and server._process
    first = server._process.pid
    server.close()
    done = clean(b"KOVAC: It has an university.\n\nLIND: Yes.\n", "talk.txt", book, Options(language="en"), engine)
    assert [new for _, _, new in found(done)] == [("a",)] and server._process.pid != first


def test_the_page_shows_the_same_commands() -> None:
    assert (Path(__file__).parent / "pom.xml").read_text() in (ROOT / "docs" / "grammar.md").read_text("utf-8")
