"""The rules, settings and options that are in force; without Click, which a plain check does not load."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanup.casting import roster
from cleanup.decisions import everywhere
from cleanup.errors import SettingsError
from cleanup.formats import FORMATS, names
from cleanup.kinds import KINDS
from cleanup.regexes import late
from cleanup.rulebook import Rulebook, open_book, shipped
from cleanup.settings import Settings, check_packs, find
from cleanup.stages import Options

if TYPE_CHECKING:
    from cleanup.grammar import Table

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


def heard(settings: Settings) -> "Table":
    """Return which rules of LanguageTool are heard: those of the shipped table, and of files that settings name."""
    from cleanup.grammar import Table, read

    return Table("languagetool", *map(read, (shipped() / "grammar.yaml", *settings.grammar)))


def options(given: Mapping[str, Any], settings: Settings) -> Options:
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
        without=frozenset(given["without"]) | settings.off,
        packs=frozenset(given["with_"]) | settings.on,
        everywhere=everywhere(settings.root),
        roster=roster.read(settings.people) if settings.people else (),
        hashed=False,
        counted=given.get("format_") == "json",
    )
