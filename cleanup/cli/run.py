"""A run of a command: the rules and settings in force, and one input at a time; without Click, which a plain check does not load."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from cleanup.batch import Input, inputs
from cleanup.casting import roster
from cleanup.cli.said import OutputError, Progress, internal, say
from cleanup.decisions import SUFFIX, Decisions, beside, everywhere, read
from cleanup.errors import CleanupError, InputError, SettingsError
from cleanup.formats import FORMATS, names
from cleanup.kinds import KINDS
from cleanup.options import Options
from cleanup.pipeline import clean, with_decisions
from cleanup.reading import LIMIT, fetch
from cleanup.reports.text import count
from cleanup.result import Result
from cleanup.rulebook import Rulebook, open_book, shipped
from cleanup.settings import TAG, Settings, check_packs, find

if TYPE_CHECKING:
    from pathlib import Path

    from cleanup.grammar import Table
    from cleanup.grammar.languagetool import LanguageTool

T = TypeVar("T")

ENGINE = "grammar/languagetool"
PLAIN: Mapping[str, Any] = {
    "any_": False, "strict": False, "diff": False, "format_": "text", "rule_paths": (), "with_": (), "without": (),
    "grammar": None, "languagetool_url": None, "language": None, "from_": None, "encoding": None, "max_size": LIMIT >> 20,
}  # fmt: skip
"""What a run is asked for where nobody asks for anything: the defaults of its options."""


class Run:
    """What a command was given: inputs, settings, rules, and options as a person wants them.

    It counts inputs that were `done` and `failed`, and files that a walk has `skipped`.
    """

    def __init__(self, paths: Sequence[str], given: Mapping[str, Any]) -> None:
        self.given = given
        self.inputs = inputs(paths)
        self.settings, self.book = load(paths, given)
        self.options = _options(given, self.settings)
        self.done, self.skipped, self.failed = 0, self.inputs.skipped, len(self.inputs.problems)

    @cached_property
    def engine(self) -> "LanguageTool | None":
        """The grammar engine that a person asked for; raises `EngineError` where there is none.

        Its address is never one of the settings: somebody else's pull request may have written them.
        """
        url = self.given.get("languagetool_url")
        if not self.given.get("grammar"):
            if url is not None:
                raise SettingsError("--languagetool-url needs --grammar languagetool")
            return None
        from cleanup.grammar.cache import Cache, place
        from cleanup.grammar.languagetool import LanguageTool
        from cleanup.grammar.server import Server
        from cleanup.grammar.transport import checked

        url = (os.environ.get("LANGUAGETOOL_URL") or None) if url is None else url
        return LanguageTool(Server() if url is None else checked(url), heard(self.settings), Cache(place()))

    def fetch(self, path: str) -> bytes:
        """Return the bytes of an input; raises `InputError`."""
        return fetch(path, limit=self.given["max_size"] << 20)

    def result(
        self,
        path: str,
        data: bytes | None = None,
        *,
        decided: Decisions | None = None,
        in_place: bool = False,
        sure: bool = False,
    ) -> Result:
        """Return what is found in an input, under some decisions of people, else under those that lie beside it."""
        known = decisions(path) if decided is None else decided
        wanted = with_decisions(self.options, known)._replace(in_place=in_place, sure=sure)
        return clean(self.fetch(path) if data is None else data, path, self.book, wanted, self.engine)

    def left(self) -> list[str]:
        """Return what the last line says of inputs that were not looked at."""
        passed = [f"{count(self.skipped, 'other file')} passed over"] if self.skipped else []
        return passed + ([f"{count(self.failed, 'input')} not done"] if self.failed else [])

    def each(
        self, do: Callable[[Input], T], told: Callable[[Input, T], Iterable[str]] | None = None,
        *, quiet: bool = False, prints: bool = True,
    ) -> Iterator[tuple[Input, T | CleanupError]]:  # fmt: skip
        """Yield what comes of each input, and say of it what is to be `told`.

        What cannot be done is said in a line and counted, and the others go on. `prints` says that
        results go to standard output, perhaps on the same terminal.
        """
        _ = self.engine  # where it is not there, no input is touched
        for line in self.inputs.problems:
            say(f"cleanup: {line}")
        bar = Progress(len(self.inputs.found), quiet=quiet, prints=prints)
        for item in self.inputs.found:
            try:
                with one_input(item.path):
                    made = do(item)
            except CleanupError as problem:
                if problem.exit_code == 2:
                    raise
                self.failed += 1
                bar.lines([f"cleanup: {problem}"])
                yield item, problem
            else:
                bar.lines(told(item, made) if told else ())
                yield item, made


def load(paths: Sequence[str], given: Mapping[str, Any], *, tried: bool = True) -> tuple[Settings, Rulebook]:
    """Return the settings for the first input, and the rules in force; raise where either is wrong.

    The examples of rules of the user's own are run (`tried`): a rule that does not do what it says
    is refused before any transcript is opened.
    """
    first = next((path for path in paths if path != "-"), "")
    settings = find(first if os.path.exists(first) else "")
    book = open_book([*settings.rules, *given["rule_paths"]], kinds=KINDS)
    packs = frozenset(pack.name for pack in book.packs)
    check_packs(settings, packs)
    known = {ENGINE, *packs, *book.by_id, *(name.split("/")[0] for name in packs)}
    wrong = [("--with", name, "pack") for name in given["with_"] if name not in packs]
    wrong += [
        ("--without", name, "rule, pack or stage")
        for name in given["without"]
        if name not in known and not name.startswith(f"{ENGINE}/")
    ]
    for option, name, what in wrong:
        raise SettingsError(f"{option} {name}: there is no such {what}; `cleanup rules list` shows them")
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

    return Table(*map(read, (shipped() / "grammar.yaml", *settings.grammar)))


def _options(given: Mapping[str, Any], settings: Settings) -> Options:
    """Return what a person asked for, settings included; raise where it cannot be."""
    language, form = given["language"], given["from_"]
    if language and not TAG.fullmatch(language.lower()):
        raise SettingsError(f"--language {language}: a language is written as en, de or pt-BR")
    if form and form not in names():
        raise SettingsError(
            f"--from {form}: there is no such format; there are {', '.join(FORMATS)}, and dialects of JSON (whisper-json)"
        )
    return Options(
        format=form,
        encoding=given["encoding"],
        language=language or settings.language,
        without=frozenset(given["without"]) | settings.off,
        packs=frozenset(given["with_"]) | settings.on,
        everywhere=everywhere(settings.root),
        roster=roster.read(settings.people) if settings.people else (),
        hashed=False,
        counted=given.get("format_") == "json",
    )


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


def decisions(raw: "Path | str | None") -> Decisions:
    """Return what people decided about a raw file; None and `-` have nothing beside them."""
    lie = raw not in (None, "-") and os.path.lexists(f"{raw}{SUFFIX}")
    return read(beside(str(raw))) if lie else Decisions()
