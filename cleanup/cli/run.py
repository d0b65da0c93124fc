"""A run of a command: the rules and settings in force, and one input at a time; without Click, which a plain check does not load."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cleanup.batch import Input, inputs
from cleanup.cli.common import heard, load, options
from cleanup.cli.said import OutputError, Progress, internal, say
from cleanup.decisions import Decisions, beside, read
from cleanup.errors import CleanupError, InputError, SettingsError
from cleanup.pipeline import clean, with_decisions
from cleanup.reading import LIMIT, fetch
from cleanup.reports.text import count
from cleanup.result import Result

if TYPE_CHECKING:
    from cleanup.grammar.languagetool import LanguageTool

T = TypeVar("T")

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
        self.options = options(given, self.settings)
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
        self, path: str, data: bytes | None = None, *, decided: Decisions | None = None, in_place: bool = False
    ) -> Result:
        """Return what is found in an input, under some decisions of people, else under those that lie beside it."""
        known = decisions(path) if decided is None else decided
        wanted = with_decisions(self.options, known)._replace(in_place=in_place)
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


def decisions(raw: Path | str | None) -> Decisions:
    """Return what people decided about a raw file; None and `-` have nothing beside them."""
    return Decisions() if raw is None or raw == "-" else read(beside(raw))
