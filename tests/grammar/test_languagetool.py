"""LanguageTool is asked about words alone; what it says is shown, and nothing that goes wrong with it is taken for an answer."""

import json
import pickle
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanup.errors import EngineError, SettingsError
from cleanup.findings import Level
from cleanup.grammar import Table, read
from cleanup.grammar.cache import Cache
from cleanup.grammar.languagetool import _LARGE, LanguageTool, _groups, _pieces, code_points
from cleanup.grammar.server import Server
from cleanup.grammar.transport import checked
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.result import Result
from cleanup.rulebook import Rulebook, shipped
from tests.conftest import TALK, Run
from tests.grammar.fake import STORMS, Fake, serving, utf16

FAULTY = """Harbour talk

KOVAC: Good evening 😀, and welcome. Tomorrow the boat will goes out at nine.

LIND: It has an university on board (LAUGHTER) and a school.
"""


@pytest.fixture
def fake() -> Iterator[Fake]:
    with serving() as server:
        yield server


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "no jars"))
    monkeypatch.delenv("LANGUAGETOOL_URL", raising=False)


def table(*more: dict[str, Any]) -> Table:
    return Table(read(shipped() / "grammar.yaml"), *more)


def own(name: str, level: str) -> dict[str, Any]:
    return {"languagetool": {"en": [{"level": level, "why": "ours", "rules": [name]}]}}


def engine(fake: Fake, *more: dict[str, Any], cache: Path | None = None, seconds: float = 20) -> LanguageTool:
    return LanguageTool(fake.url, table(*more), Cache(cache), seconds=seconds)


def result(book: Rulebook, asked: LanguageTool | None, text: str = FAULTY, **options: Any) -> Result:
    return clean(text.encode(), "talk.txt", book, Options(**{"language": "en", **options}), asked)


def found(of: Result) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (row.finding.rule.rpartition("/")[2], of.source.text[row.start : row.end], tuple(e[3] for e in row.edits))
        for row in of.findings
        if row.finding.rule.startswith("grammar/")
    ]


def test_what_is_found_stands_where_it_was_said(book: Rulebook, fake: Fake) -> None:
    done = result(book, engine(fake))
    assert found(done) == [("MD_BASEFORM", "goes", ("go",)), ("EN_A_VS_AN", "an", ("a",))]
    assert {row.finding.level for row in done.findings if row.finding.rule.startswith("grammar/")} == {Level.SUGGEST}
    assert not done.revisions[-1].edits and [tuple(e)[:2] for e in done.engines] == [("LanguageTool", "6.8")]


def test_only_words_are_sent(book: Rulebook, fake: Fake) -> None:
    result(book, engine(fake), FAULTY + "\nKOVAC: See `an university` there.\n", format="markdown")
    (text,) = fake.texts
    assert "welcome" in text and not any(word in text for word in ("KOVAC", "LIND", "LAUGHTER", "`"))
    (fields,) = fake.asked
    assert fields["enabledOnly"] == "true" and "MORFOLOGIK" not in fields["enabledRules"] and fields["language"] == "en"


def test_no_name_is_touched(book: Rulebook, fake: Fake) -> None:
    """Neither one of the cast, nor another inside a sentence, nor what stands beside what the engine cannot see."""
    asked = engine(fake, own("MORFOLOGIK_RULE_EN_US", "suggest"))
    text = "KOVAC: I am Kovac, from Norvik.\n\nLIND: Kovac! Norvik is far. ✱ (LAUGHTER)sea.\n"
    assert found(result(book, asked, text)) == [("MORFOLOGIK_RULE_EN_US", "Norvik", ("Kodak",))]
    assert result(book, asked, text).cast.speakers


@pytest.mark.parametrize(("level", "applied"), [("safe", True), ("suggest", False), ("remark", False)])
def test_safe_is_computed(book: Rulebook, fake: Fake, level: str, applied: bool) -> None:
    """A letter may change, a word may not, whatever a table says."""
    asked = engine(fake, own("I_LOWERCASE", level), own("MD_BASEFORM", level))
    done = result(book, asked, FAULTY + "\nLIND: Then i go, and i am glad.\n")
    text = done.document.text
    assert ("Then I go, and I am" in text) is applied and "will goes" in text
    assert result(book, asked, text).document.text == text


def test_what_is_not_named_or_is_ignored_is_not_asked_for(book: Rulebook, fake: Fake) -> None:
    asked = engine(fake, own("MD_BASEFORM", "ignore"))
    assert found(result(book, asked)) == [("EN_A_VS_AN", "an", ("a",))]
    assert "MD_BASEFORM" not in fake.asked[0]["enabledRules"].split(",")


@pytest.mark.parametrize("name", ["grammar", "grammar/languagetool", "grammar/languagetool/EN_A_VS_AN"])
def test_without(book: Rulebook, fake: Fake, name: str) -> None:
    done = result(book, engine(fake), without=frozenset({name}))
    assert [rule for rule, _, _ in found(done)] == (["MD_BASEFORM"] if name.endswith("AN") else [])
    assert bool(fake.texts) == bool(done.engines) == name.endswith("AN")


@pytest.mark.parametrize("language", [None, "sv", "de"])
def test_no_request_in_a_language_that_is_not_known(book: Rulebook, fake: Fake, language: str | None) -> None:
    """German is known: the table names rules for it. Nobody asks about Swedish, or about an unknown language."""
    done = result(book, engine(fake), "KOVAC: Brr.\n\nLIND: Hm.\n", language=language)
    assert [field["language"] for field in fake.asked] == (["de"] if language == "de" else [])
    assert bool(done.engines[0].why_not) is (language != "de")


def test_a_variant_is_asked_for_where_the_server_has_it(book: Rulebook, fake: Fake) -> None:
    for language in ("en-GB", "en-NZ"):
        result(book, engine(fake), language=language)
    assert [fields["language"] for fields in fake.asked] == ["en-GB", "en"]


def test_a_second_run_asks_nothing(book: Rulebook, fake: Fake, tmp_path: Path) -> None:
    cache = tmp_path / "c" / "answers"
    first = found(result(book, engine(fake, cache=cache)))
    assert found(result(book, engine(fake, cache=cache))) == first and len(fake.texts) == 1
    result(book, engine(fake, cache=cache), FAULTY.replace("school", "shop"))
    assert len(fake.texts) == 2 and "Tomorrow" not in fake.texts[1]
    fake.version = "6.9"
    result(book, engine(fake, cache=cache))
    result(book, engine(fake, own("MD_BASEFORM", "ignore"), cache=cache))
    assert len(fake.texts) == 4
    assert "Tomorrow" not in cache.read_bytes().decode("latin-1")


@pytest.mark.parametrize("torn", [b"", b"SQLite format 3\0" + b"\xff" * 3000, b"no table", "json"])
def test_a_torn_cache_is_no_matter(book: Rulebook, fake: Fake, tmp_path: Path, torn: bytes | str) -> None:
    cache = tmp_path / "answers"
    wanted = found(result(book, engine(fake, cache=cache)))
    if isinstance(torn, bytes):
        cache.write_bytes(torn)
    else:
        base = sqlite3.connect(cache)
        with base:
            base.execute("UPDATE answers SET answer = '[[1,2'")
        base.close()
    for _ in range(3):
        assert found(result(book, engine(fake, cache=cache))) == wanted
    assert len(fake.texts) == 2


def test_a_cache_that_cannot_be_written(book: Rulebook, fake: Fake, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert found(result(book, engine(fake, cache=tmp_path / "file" / "answers")))


def test_it_can_be_sent_to_other_processes(book: Rulebook, fake: Fake) -> None:
    asked = pickle.loads(pickle.dumps(engine(fake)))
    assert found(result(book, asked))


@given(st.text(st.characters(exclude_categories=["Cs"])), st.data())
def test_offsets_come_back_from_utf16(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    point = code_points(text)
    assert (point(utf16(text[:start])), point(utf16(text[:end]))) == (start, end)
    for wrong in (-1, utf16(text) + 1, *(utf16(text[: i + 1]) - 1 for i, sign in enumerate(text) if sign > "\uffff")):
        with pytest.raises(ValueError):
            point(wrong)


@given(st.lists(st.text("ab .é😀\n", max_size=40), max_size=30), st.integers(1, 4000))
def test_requests_hold_every_word_once_and_are_not_too_large(lines: list[str], times: int) -> None:
    text = "\n".join(line * times for line in lines[:6])
    pieces = list(_pieces(text))
    assert all(text[start : start + len(piece)] == piece for start, piece in pieces)
    assert sum(piece.count("a") + piece.count("é") for _, piece in pieces) == text.count("a") + text.count("é")
    groups = list(_groups(piece for _, piece in pieces))
    assert [row for group in groups for row in group] == [piece for _, piece in pieces]
    assert all(sum(len(piece.encode()) for piece in group) <= _LARGE for group in groups)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://host/", "host:8081", "http://", "//host", "", "http://user:secret@host/", "http://host/?x=1",
        "http://host:99999/", "http://ho st/", "https://api.languagetool.org/v2", "http://languagetool.org", "https://api.LanguageToolPlus.com/v2/",
        "http://languagetool.org./",
    ],
)  # fmt: skip
def test_addresses_that_are_not_to_be_reached(url: str, run: Run, tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        checked(url)
    (tmp_path / "talk.txt").write_text(TALK)
    ran = run("check", "talk.txt", "--grammar", "languagetool", "--languagetool-url", url)
    assert ran.code == 2 and len(ran.lines) == 1


def test_addresses() -> None:
    assert checked("http://host:8081/v2/") == checked("http://host:8081") == "http://host:8081"
    assert checked("https://inside.example/lt/") == "https://inside.example/lt"


@pytest.mark.parametrize("name", STORMS)
def test_what_goes_wrong_is_one_line_and_the_others_are_done(
    name: str, run: Run, fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.storm, says = STORMS[name]
    if name in ("slow", "a drip"):
        monkeypatch.setattr(LanguageTool.__init__, "__kwdefaults__", {"seconds": 0.3})
    (tmp_path / "talks").mkdir()
    for file, words in (("a", "welcome"), ("b", "welcome to the STORM of 😀 secrets"), ("c", "welcome")):
        (tmp_path / "talks" / f"{file}.txt").write_text(
            FAULTY.replace("welcome", words).replace("talk", f"talk {file}")
        )
    ran = run(
        "publish", "talks", "-o", "out", "--language", "en", "--grammar", "languagetool", "--languagetool-url", fake.url
    )
    said = [line for line in ran.lines if "b.txt" in line]
    assert ran.code == 3 and len(said) == 1 and says in said[0]
    assert "secret" not in ran.err and "Traceback" not in ran.err
    pages = [path.name for path in (tmp_path / "out").rglob("*")]
    assert len(pages) == 2, pages


def test_fix_leaves_a_page_as_it_is_where_there_is_no_answer(run: Run, fake: Fake, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("---\ntranscript:\n  raw: x\n---\n\n**KOVAC:** STORM.\n\nComments are closed.\n")
    before = page.read_bytes()
    fake.storm = STORMS["killed"][0]
    ran = run("fix", "page.md", "--language", "en", "--grammar", "languagetool", "--languagetool-url", fake.url)
    assert ran.code == 3 and page.read_bytes() == before


def test_fix_applies_what_is_safe_alone(run: Run, fake: Fake, tmp_path: Path) -> None:
    (tmp_path / "cleanup.yaml").write_text("grammar: house.yaml\n")
    (tmp_path / "house.yaml").write_text("languagetool:\n  en:\n    - {level: safe, why: ours, rules: [I_LOWERCASE]}\n")
    page = tmp_path / "page.md"
    page.write_text(
        "---\ntranscript:\n  raw: x\n---\n\n**KOVAC:** Now i know that it will goes.\n\n**LIND:** Yes, you do.\n"
    )
    ran = run("fix", "page.md", "--language", "en", "--grammar", "languagetool", "--languagetool-url", fake.url)
    assert ran.code == 1 and "Now I know that it will goes." in page.read_text()
    assert (
        run("fix", "page.md", "--language", "en", "--grammar", "languagetool", "--languagetool-url", fake.url).code == 0
    )


def test_publish_asks_once_and_says_who_was_asked(run: Run, fake: Fake, tmp_path: Path) -> None:
    """The page is read back (law 10) without the engine."""
    (tmp_path / "talk.txt").write_text(FAULTY)
    asked = ("--language", "en", "--grammar", "languagetool", "--languagetool-url", fake.url)
    ran = run("publish", "talk.txt", "-o", "page.md", *asked)
    assert ran.code == 0 and len(fake.texts) == 1 and "LanguageTool 6.8" in ran.err
    made = json.loads(run("publish", "talk.txt", "--to", "json", *asked).out)
    assert made["engines"] == [{"name": "LanguageTool", "version": "6.8"}]
    assert json.loads(run("check", "talk.txt", "--format", "json", *asked).out)["engines"] == made["engines"]
    assert json.loads(run("publish", "talk.txt", "--to", "json").out)["engines"] == []
    assert len(fake.texts) == 1


def test_decisions_hold_for_what_an_engine_found(
    run: Run, fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGETOOL_URL", fake.url)
    (tmp_path / "talk.txt").write_text(FAULTY)
    (tmp_path / "talk.txt.review.yaml").write_text(
        "decisions:\n"
        "- {rule: grammar/languagetool/MD_BASEFORM, do: accept, words: goes, before: boat will, after: out at}\n"
        "- {rule: grammar/languagetool/EN_A_VS_AN, do: reject, words: an, before: It has, after: university on}\n"
    )
    ran = run("publish", "talk.txt", "-o", "page.md", "--language", "en", "--grammar", "languagetool")
    text = (tmp_path / "page.md").read_text()
    assert ran.code == 0 and "will go out at nine" in text and "an university" in text
    assert "EN_A_VS_AN" not in ran.err


def test_explain(run: Run, tmp_path: Path) -> None:
    assert "suggest: " in run("explain", "grammar/languagetool/MD_BASEFORM").out
    assert "ignored" in run("explain", "grammar/languagetool/UPPERCASE_SENTENCE_START").out
    assert "rules are heard" in run("explain", "grammar/languagetool").out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("harper:\n  en: []\n", "unknown key `harper`"),
        ("languagetool:\n  English: []\n", "no language tag"),
        ("languagetool:\n  en:\n    - {level: loud, why: x, rules: [A]}\n", "`level` is"),
        ("languagetool:\n  en:\n    - {level: safe, rules: [A]}\n", "`why` is missing"),
        ("languagetool:\n  en:\n    - {level: safe, why: x, rules: [A, 'B C']}\n", "no name of a rule"),
        ("languagetool:\n  en:\n    - {level: safe, why: x, rules: A}\n", "a list"),
        (
            "languagetool:\n  en:\n    - {level: safe, why: x, rules: [A]}\n    - {level: remark, why: x, rules: [A]}\n",
            "twice",
        ),
        ("languagetool: [A]\n", "a mapping"),
    ],
)
def test_a_table_of_ones_own_is_read_strictly(text: str, says: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "cleanup.yaml").write_text("grammar: [house.yaml]\n")
    (tmp_path / "house.yaml").write_text(text)
    (tmp_path / "talk.txt").write_text(TALK)
    ran = run("check", "talk.txt", "--grammar", "languagetool", "--languagetool-url", "http://127.0.0.1:9")
    assert ran.code == 2 and "house.yaml:" in ran.err and says in ran.err, ran.err


def test_without_server_and_jars_one_line_says_how_to_get_them(run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK)
    ran = run("publish", "talk.txt", "-o", "page.md", "--grammar", "languagetool")
    assert ran.code == 3 and len(ran.lines) == 1 and "docs/grammar.md" in ran.err and "--languagetool-url" in ran.err
    assert not (tmp_path / "page.md").exists() and not (tmp_path / "no jars").exists()
    ran = run("check", "talk.txt", "--grammar", "languagetool", "--languagetool-url", "http://127.0.0.1:9")
    assert ran.code == 3 and len(ran.lines) == 1
    assert run("check", "talk.txt", "--languagetool-url", "http://127.0.0.1:9").code == 2


def test_nobody_who_does_not_ask_is_told_of_it(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook has neither Java nor a server; an address in the environment alone asks nothing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("LANGUAGETOOL_URL", "http://127.0.0.1:9")
    (tmp_path / "page.md").write_text("---\ntranscript:\n  raw: x\n---\n\n**KOVAC:** He will goes.\n")
    for command in ("check", "fix"):
        ran = run(command, "page.md")
        assert ran.code == 0 and "LanguageTool" not in ran.err + ran.out and "Java" not in ran.err


def test_an_address_is_never_taken_from_settings(run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK)
    for key in ("languagetool-url: http://127.0.0.1:9", "grammar: http://127.0.0.1:9/table.yaml"):
        (tmp_path / "cleanup.yaml").write_text(key + "\n")
        assert run("check", "talk.txt", "--grammar", "languagetool").code == 2


def test_a_late_server_is_not_asked_for_ever(book: Rulebook, fake: Fake) -> None:
    fake.storm = STORMS["slow"][0]
    asked = engine(fake, seconds=0.2)
    for _ in range(5):
        with pytest.raises(EngineError, match=r"talk\.txt: LanguageTool at"):
            result(book, asked, FAULTY + "\nKOVAC: STORM.\n")
    assert len(fake.texts) == 3


def test_a_server_of_another_process_is_neither_started_nor_ended(tmp_path: Path) -> None:
    server = Server.__new__(Server)
    server.command, server.address, server._starts, server._process = ["false"], "http://127.0.0.1:9", 1, None
    copy = pickle.loads(pickle.dumps(server))
    assert copy.url() == "http://127.0.0.1:9"
    copy.close()
