"""What a run of `publish` was asked for, and what became of one input."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from cleanup.batch import Targets
from cleanup.casting.given import Given
from cleanup.cli.run import Run
from cleanup.result import Result
from cleanup.settings import Settings, check_site
from cleanup.writers.body import Look
from cleanup.writers.exports import EXPORTS
from cleanup.writers.pages import Page
from cleanup.writers.sites import SITES

FORMATS = ("json", *EXPORTS)
"""What `--to` knows beside sites."""


def look(settings: Settings) -> Look:
    """Return how the settings want pages to look."""
    return Look(labels=settings.labels, credit=settings.credit, times=settings.times or "off")


class Done(NamedTuple):
    """One input that was done: its result, its page if it became one, and where that stands.

    `changes` says in a dry run what would be another on the page that stands there, None where none does.
    """

    result: Result
    page: Page | None
    where: Path | None
    written: bool
    changes: Mapping[str, int] | None = None


class Job(Run):
    """A run of `publish`: what is made (`to`) and where it goes (`targets`; None: to standard output).

    Raises where options and settings contradict each other. `many` inputs are told of in a line each.
    """

    def __init__(self, raw: Sequence[str], given: Mapping[str, Any]) -> None:
        super().__init__(raw, given)
        people = Given(names_of(given["speaker"]), given["label"], given["no_label"], given["opening"])
        stated = {key: given[key] for key in ("title", "date", "source") if (given[key] or "").strip()}
        if "date" in stated and not _is_day(stated["date"]):
            raise click.UsageError(f"--date {stated['date']}: a day is written YYYY-MM-DD")
        self.options = self.options._replace(given=people, stated=stated, hashed=True, counted=True)
        self.settings = self.settings._replace(times=given["times"] or self.settings.times)
        check_site(self.settings, (*SITES, *FORMATS))
        self.to: str = given["to"] or self.settings.site or "markdown"
        folders = any(path != "-" and Path(path).is_dir() for path in raw)
        self.many = len(self.inputs.found) > 1 or folders
        self.targets = self._targets(given["output"])
        self.as_json = given["format_"] == "json"
        if self.as_json and not self.targets and not given["dry_run"]:
            raise click.UsageError("--format json needs -o PATH: standard output cannot hold the page too")

    def _targets(self, output: str | None) -> Targets | None:
        if output == "":
            raise click.UsageError("-o needs a file, a folder, or - for standard output")
        if output is None and self.many:
            raise click.UsageError("several inputs need a folder: -o FOLDER (or --to json -o - for JSON lines)")
        if output == "-" and self.many and self.to != "json":
            raise click.UsageError("several pages cannot go to standard output; give -o FOLDER")
        if output is None or output == "-":
            return None
        targets = Targets(output)
        if targets.single and self.many:
            raise click.UsageError(f"-o {output} is one file, and there are several inputs; give a folder")
        return targets


def names_of(pairs: Sequence[str]) -> dict[str, str]:
    """Return the names that `--speaker LABEL=NAME` gives."""
    names: dict[str, str] = {}
    for pair in pairs:
        label, sign, name = (piece.strip() for piece in pair.partition("="))
        if not (sign and label and name):
            raise click.UsageError(f'--speaker {pair}: write it as --speaker "LABEL=Full Name"')
        names[label] = name
    return names


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
