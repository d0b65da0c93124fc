"""What a run of `publish` was asked for, and what became of one input."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from cleanup.batch import Inputs, Targets
from cleanup.casting.given import Given
from cleanup.cli.common import engine, load, options
from cleanup.result import Result
from cleanup.rulebook import Rulebook
from cleanup.settings import Settings, check_site
from cleanup.stages import Options
from cleanup.writers.body import Look
from cleanup.writers.exports import EXPORTS
from cleanup.writers.pages import Page
from cleanup.writers.sites import SITES

if TYPE_CHECKING:
    from cleanup.grammar.languagetool import LanguageTool

FORMATS = ("json", *EXPORTS)
"""What `--to` knows beside sites."""


class Job(NamedTuple):
    """What one run of `publish` was asked for."""

    to: str
    targets: Targets | None
    options: Options
    settings: Settings
    book: Rulebook
    engine: "LanguageTool | None"
    force: bool
    dry: bool
    quiet: bool
    as_json: bool
    limit: int
    many: bool


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


def wanted(raw: Sequence[str], items: Inputs, given: dict[str, Any]) -> Job:
    """Return the job that options and settings ask for; raise where they contradict each other."""
    settings, book = load(raw, given)
    settings = settings._replace(times=given["times"] or settings.times)
    check_site(settings, (*SITES, *FORMATS))
    to = given["to"] or settings.site or "markdown"
    if to not in SITES and to not in FORMATS:
        raise click.UsageError(f"--to {to}: there is no such site or format; there are {', '.join((*SITES, *FORMATS))}")
    output, folders = given["output"], any(path != "-" and Path(path).is_dir() for path in raw)
    many = len(items.found) > 1 or folders
    if output == "":
        raise click.UsageError("-o needs a file, a folder, or - for standard output")
    if output is None and many:
        raise click.UsageError("several inputs need a folder: -o FOLDER (or --to json -o - for JSON lines)")
    if output == "-" and many and to != "json":
        raise click.UsageError("several pages cannot go to standard output; give -o FOLDER")
    targets = Targets(output) if output not in (None, "-") else None
    if targets and targets.single and many:
        raise click.UsageError(f"-o {output} is one file, and there are several inputs; give a folder")
    if given["format_"] == "json" and not targets and not given["dry_run"]:
        raise click.UsageError("--format json needs -o PATH: standard output cannot hold the page too")
    return Job(
        to=to,
        targets=targets,
        options=_options(given, settings),
        settings=settings,
        book=book,
        engine=engine(given, settings),
        force=given["force"],
        dry=given["dry_run"],
        quiet=given["quiet"],
        as_json=given["format_"] == "json",
        limit=given["max_size"] << 20,
        many=many,
    )


def _options(given: dict[str, Any], settings: Settings) -> Options:
    stated = {key: given[key] for key in ("title", "date", "source") if (given[key] or "").strip()}
    if "date" in stated and not _is_day(stated["date"]):
        raise click.UsageError(f"--date {stated['date']}: a day is written YYYY-MM-DD")
    names: dict[str, str] = {}
    for pair in given["speaker"]:
        label, sign, name = pair.partition("=")
        if not (sign and label.strip() and name.strip()):
            raise click.UsageError(f'--speaker {pair}: write it as --speaker "LABEL=Full Name"')
        names[label.strip()] = name.strip()
    people = Given(names, given["label"], given["no_label"], given["opening"])
    return options(given, settings, people=people, stated=stated)


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False
