"""`cleanup review`: a person decides what the program only shows, and the decisions are kept beside the raw file."""

import os
import subprocess
from pathlib import Path
from typing import Any

import click

from cleanup.batch import inputs, is_page, origin_of, raw_file
from cleanup.cli.asked import asks
from cleanup.cli.asking import ask
from cleanup.cli.run import Run
from cleanup.cli.said import ended, out, say
from cleanup.cli.sitting import Sitting, adopted, keep, name
from cleanup.decisions import Decisions, beside, everywhere
from cleanup.digest import sha256
from cleanup.errors import InputError
from cleanup.reading import fetch
from cleanup.settings import Settings
from cleanup.writers.files import write


def _git_name() -> str:
    try:
        done = subprocess.run(["git", "config", "user.name"], capture_output=True, check=False, timeout=5)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").strip()


@click.command()
@click.argument("path", nargs=-1, required=True, type=click.Path())
@click.option("--html", metavar="FILE", help="Write a page to review in a browser; it needs no server and no network.")
@click.option("--adopt", is_flag=True, help="Turn what a hand has edited on the page PATH into decisions.")
@click.option(
    "--speaker", multiple=True, metavar="LABEL=NAME", help="Decide a name wherever the label stands; no questions."
)
@click.option("--by", metavar="NAME", default=_git_name, help="Who decides; default: the name that git knows.")
@asks("rules", "grammar", "read")
def review(path: tuple[str, ...], **given: Any) -> int:
    """Decide on suggestions and remarks of a raw file, or of the one that a page was made of.

    Decisions are kept beside the raw file, in RAW.review.yaml; `publish`, `check` and `fix` follow them.

    \b
    Examples:
      cleanup review talks/monday.txt
      cleanup review talks/monday.txt --html review.html
      cleanup review content/monday.md --adopt
      cleanup review talks/ --speaker "LIND=Mira Lind"
    """  # noqa: D301 (Click reads the `\b`)
    run = Run(path, given)
    run.options = run.options._replace(hashed=True)
    named = [item.path for item in run.inputs.found if item.named or not is_page(item.path)]
    sittings = [Sitting(*_pair(path, run.settings), run, given["by"]) for path in named]
    if given["speaker"]:
        return name(sittings, given["speaker"])
    if len(sittings) != 1:
        raise click.UsageError("one file at a time is reviewed; several only with --speaker")
    sitting = sittings[0]
    if given["adopt"]:
        return adopted(sitting)
    if given["html"] is not None:
        return _html(sitting, given["html"])
    decisions = sitting.decisions
    made = ask(sitting, sitting.result(decisions), decisions)
    if made is None or made == decisions:
        return ended("nothing was decided; nothing is written", 0)
    keep(sitting, made)
    return 0


def _pair(path: str, settings: Settings) -> tuple[Path, Path | None]:
    """Return the raw file and, where a page was named, the page; a raw file that was moved is known by its hash."""
    if path == "-":
        raise click.UsageError("standard input has no place beside it for decisions; name a file")
    data = fetch(path)
    origin = origin_of(data) if is_page(path) else None
    if origin is None or origin.raw is None:
        return Path(path), None
    raw = raw_file(origin.raw, Path(path), settings.root) or _by_hash(origin.sha256, settings.root or Path(path).parent)
    if raw is None:
        raise InputError(f"{path}: its raw file {origin.raw} is not there; name the raw file itself")
    return Path(os.path.relpath(raw)), Path(path)


def _by_hash(digest: str | None, root: Path) -> Path | None:
    for item in inputs([str(root)]).found:
        if digest and sha256(Path(item.path).read_bytes()).hex() == digest:
            return Path(item.path)
    return None


def _html(sitting: Sitting, file: str) -> int:
    from cleanup.reports.review import page, shown

    decisions = sitting.decisions
    run, root = sitting.run, sitting.run.settings.root
    results = sitting.result(decisions), sitting.result(Decisions())
    known = None if root is None else everywhere(root)
    text = page(shown(*results, decisions, sitting.by, run.book.by_id, known))
    if file == "-":
        out(text)
        return 0
    if os.path.realpath(file) in (os.path.realpath(sitting.raw), os.path.realpath(sitting.page or sitting.raw)):
        raise click.UsageError(f"--html {file}: that is the file under review; choose another")
    write(Path(file), text.encode("utf-8", "backslashreplace"))
    say(f"cleanup: wrote {file}; open it in a browser, decide, and save what it gives as {beside(sitting.raw)}")
    return 0
