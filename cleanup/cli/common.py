"""What commands share: the rules in force, and one input at a time; without Click, which a plain check does not load."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanup.casting import roster
from cleanup.casting.given import Given
from cleanup.cli.said import OutputError, internal
from cleanup.decisions import beside, everywhere, read
from cleanup.errors import CleanupError, InputError, SettingsError
from cleanup.formats import FORMATS, names
from cleanup.kinds import KINDS
from cleanup.matching import late
from cleanup.pipeline import with_decisions
from cleanup.rulebook import Rulebook, open_book, shipped
from cleanup.settings import Settings, check_packs, find
from cleanup.stages import Options

if TYPE_CHECKING:
    from cleanup.grammar import Table
    from cleanup.grammar.languagetool import LanguageTool

ENGINE = "grammar/languagetool"
_TAG = late(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def load(paths: Sequence[str], given: Mapping[str, Any], *, tried: bool = True) -> tuple[Settings, Rulebook]:
    """Return the settings for the first input, and the rules in force; raise where either is wrong.

    The examples of rules of the user's own are run (`tried`): a rule that does not do what it says
    is refused before any transcript is opened.
    """
    first = next((path for path in paths if path != "-"), ".")
    settings = find(Path(first) if Path(first).exists() else Path())
    book = open_book([*settings.rules, *map(Path, given["rule_paths"])], kinds=KINDS)
    packs = frozenset(pack.name for pack in book.packs)
    check_packs(settings, packs)
    stages = {name.split("/")[0] for name in packs}
    for name in given["with_"]:
        if name not in packs:
            raise SettingsError(f"--with {name}: there is no such pack; `cleanup rules list` shows them")
    for name in given["without"]:
        if name not in packs | set(book.by_id) | stages | {ENGINE} and not name.startswith(f"{ENGINE}/"):
            raise SettingsError(
                f"--without {name}: there is no such rule, pack or stage; `cleanup rules list` shows them"
            )
    if tried:
        prove(book)
    return settings, book


def prove(book: Rulebook) -> None:
    """Run the examples of rules of the user's own; raise for the first that does not hold."""
    own = [rule for rule in book.by_id.values() if rule.own]
    if own:
        from cleanup.examples import check

        for failure in check(book, own):
            raise SettingsError(
                f"{failure.rule.where}: {failure.rule.id}: the example at line {failure.line}"
                f" does not hold: {failure.what}"
            )


def options(
    given: Mapping[str, Any],
    settings: Settings,
    *,
    people: Given | None = None,
    stated: Mapping[str, str] | None = None,
) -> Options:
    """Return what a person asked for, settings included; raise where it cannot be."""
    language = given["language"]
    if language and not _TAG.fullmatch(language):
        raise SettingsError(f"--language {language}: a language is written as en, de or pt-BR")
    if given["from_"] and given["from_"] not in names():
        raise SettingsError(
            f"--from {given['from_']}: there is no such format; there are {', '.join(FORMATS)}, and dialects of JSON (whisper-json)"
        )
    return Options(
        format=given["from_"],
        encoding=given["encoding"],
        language=language or settings.language,
        given=people or Given(),
        stated=stated or {},
        without=frozenset(given["without"]) | settings.off,
        packs=frozenset(given["with_"]) | settings.on,
        everywhere=everywhere(settings.root),
        roster=roster.read(settings.people) if settings.people else (),
    )


def engine(given: Mapping[str, Any], settings: Settings) -> "LanguageTool | None":
    """Return the grammar engine that a person asked for; raises `EngineError` where there is none.

    Its address is never one of the settings: somebody else's pull request may have written them.
    """
    url = given.get("languagetool_url")
    if not given.get("grammar"):
        if url is not None:
            raise SettingsError("--languagetool-url needs --grammar languagetool")
        return None
    from cleanup.grammar.cache import Cache, place
    from cleanup.grammar.languagetool import open_engine

    url = (os.environ.get("LANGUAGETOOL_URL") or None) if url is None else url
    return open_engine(url, heard(settings), Cache(place()))


def heard(settings: Settings) -> "Table":
    """Return which rules of LanguageTool are heard: those of the shipped table, and of files that settings name."""
    from cleanup.grammar import Table, read

    return Table("languagetool", *map(read, (shipped() / "grammar.yaml", *settings.grammar)))


def for_raw(raw: Path | str | None, wanted: Options) -> Options:
    """Return the options with what people decided about a raw file; None and `-` have nothing beside them."""
    if raw is None or raw == "-" or not beside(raw).exists():
        return wanted
    return with_decisions(wanted, read(beside(raw)))


@contextmanager
def one_input(path: str) -> Iterator[None]:
    """Turn what nobody foresaw into the one line of an input that was not done, so that the others go on."""
    try:
        yield
    except (CleanupError, OutputError, BrokenPipeError):
        raise
    except Exception as problem:
        if os.environ.get("CLEANUP_DEBUG"):
            raise
        raise InputError(f"{path}: {internal(problem)}") from problem
