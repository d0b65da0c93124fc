"""`cleanup review`: a person decides what the program only shows, and the decisions are kept beside the raw file."""

import hashlib
import os
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from cleanup.batch import inputs, origin_of, raw_file, raw_name
from cleanup.cli.asked import grammar_options, read_options, rule_options
from cleanup.cli.asking import ask
from cleanup.cli.common import engine, for_raw, load, options
from cleanup.cli.job import look
from cleanup.cli.said import out, say
from cleanup.decisions import REPOSITORY, Decisions, beside, dumps, everywhere, read, wide
from cleanup.errors import InputError
from cleanup.formats import SUFFIXES
from cleanup.pipeline import Options, Result, as_page, clean
from cleanup.reading import fetch
from cleanup.reports.text import count
from cleanup.rulebook import Rulebook
from cleanup.settings import Settings
from cleanup.writers.files import standing, write
from cleanup.writers.sites import SITES

if TYPE_CHECKING:
    from cleanup.grammar.languagetool import LanguageTool


class Sitting(NamedTuple):
    """What one review is about: the raw file, its page where that was named, and the rules in force."""

    raw: Path
    page: Path | None
    book: Rulebook
    settings: Settings
    options: Options
    engine: "LanguageTool | None"
    by: str
    limit: int

    def result(self, decisions: Decisions | None = None) -> Result:
        """Return what is found in the raw file under some decisions, else under those that lie beside it."""
        from cleanup.pipeline import with_decisions

        wanted = for_raw(self.raw, self.options) if decisions is None else with_decisions(self.options, decisions)
        return clean(fetch(str(self.raw), limit=self.limit), str(self.raw), self.book, wanted, self.engine)


@click.command()
@click.argument("path", nargs=-1, required=True, type=click.Path())
@click.option("--html", metavar="FILE", help="Write a page to review in a browser; it needs no server and no network.")
@click.option("--adopt", is_flag=True, help="Turn what a hand has edited on the page PATH into decisions.")
@click.option(
    "--speaker", multiple=True, metavar="LABEL=NAME", help="Decide a name wherever the label stands; no questions."
)
@click.option("--by", metavar="NAME", help="Who decides; default: the name that git knows.")
@rule_options
@grammar_options
@read_options
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
    settings, book = load(path, given)
    asked = engine(given, settings)
    sittings = [
        Sitting(*_pair(item.path, settings), book, settings, options(given, settings), asked, _who(given["by"]),
                given["max_size"] << 20)
        for item in inputs(path).found
        if item.named or SUFFIXES.get(Path(item.path).suffix.lower()) != "markdown"
    ]  # fmt: skip
    if given["speaker"]:
        return _name(sittings, given["speaker"])
    if len(sittings) != 1:
        raise click.UsageError("one file at a time is reviewed; several only with --speaker")
    sitting = sittings[0]
    if given["adopt"]:
        return _adopt(sitting)
    if given["html"] is not None:
        return _html(sitting, given["html"])
    decisions = read(beside(sitting.raw))
    made = ask(
        sitting.result(decisions), decisions, rules=sitting.book.by_id, by=sitting.by, on=date.today().isoformat(),
        repository=sitting.settings.root is not None,
    )  # fmt: skip
    if made is None or made == decisions:
        say("cleanup: nothing was decided; nothing is written")
        return 0
    _keep(sitting, made)
    return 0


def _pair(path: str, settings: Settings) -> tuple[Path, Path | None]:
    """Return the raw file and, where a page was named, the page; a raw file that was moved is known by its hash."""
    if path == "-":
        raise click.UsageError("standard input has no place beside it for decisions; name a file")
    data = fetch(path)
    origin = origin_of(data) if SUFFIXES.get(Path(path).suffix.lower()) == "markdown" else None
    if origin is None or origin.raw is None:
        return Path(path), None
    raw = raw_file(origin.raw, Path(path), settings.root) or _by_hash(origin.sha256, settings.root or Path(path).parent)
    if raw is None:
        raise InputError(f"{path}: its raw file {origin.raw} is not there; name the raw file itself")
    return Path(os.path.relpath(raw)), Path(path)


def _by_hash(sha256: str | None, root: Path) -> Path | None:
    for item in inputs([str(root)]).found:
        if sha256 and hashlib.sha256(Path(item.path).read_bytes()).hexdigest() == sha256:
            return Path(item.path)
    return None


def _who(by: str | None) -> str:
    if by is not None:
        return by
    try:
        done = subprocess.run(["git", "config", "user.name"], capture_output=True, check=False, timeout=5)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").strip()


def _keep(sitting: Sitting, decisions: Decisions) -> None:
    """Write the decisions, and say what they come to."""
    where, result = beside(sitting.raw), sitting.result(decisions)
    if decisions.everywhere:
        _everywhere(sitting, decisions)
        decisions = decisions._replace(everywhere=())
    if decisions != read(where):
        write(where, dumps(decisions, sitting.raw.name).encode())
    for row in result.lost:
        say(f"cleanup: a decision fits nowhere any more: “{row.words}” ({row.do}, {row.rule})")
    left = sum(not row.applied for row in result.findings)
    say(
        f"cleanup: {count(len(decisions.rows) + len(decisions.given.speakers), 'decision')} in {where}; {count(left, 'remark')} open"
    )


def _everywhere(sitting: Sitting, decisions: Decisions) -> None:
    """Write what holds in the whole repository; a later decision about the same words is the one that counts."""
    root = sitting.settings.root or Path()
    rows = {wide(row): row for row in (*everywhere(root), *decisions.everywhere)}
    write(root / REPOSITORY, dumps(Decisions(tuple(rows.values())), "every file of this repository").encode())
    say(f"cleanup: {count(len(rows), 'decision')} for the whole repository in {os.path.relpath(root / REPOSITORY)}")


def _name(sittings: Sequence[Sitting], pairs: Sequence[str]) -> int:
    """Decide names in every file whose labels have them, without a question."""
    names: dict[str, str] = {}
    for pair in pairs:
        label, sign, name = (piece.strip() for piece in pair.partition("="))
        if not (sign and label and name):
            raise click.UsageError(f'--speaker {pair}: write it as --speaker "LABEL=Full Name"')
        names[label] = name
    done = 0
    for sitting in sittings:
        cast = sitting.result().cast
        here = {
            form: name for form, name in names.items() for s in cast.speakers if form in (s.label, s.name, *s.labels)
        }
        labels = {s.label: here[form] for form in here for s in cast.speakers if form in (s.label, s.name, *s.labels)}
        decisions = read(beside(sitting.raw))
        if not labels or {**decisions.given.speakers, **labels} == decisions.given.speakers:
            continue
        known = decisions.given._replace(speakers={**decisions.given.speakers, **labels})
        _keep(sitting, decisions._replace(given=known))
        done += 1
    say(f"cleanup: decided in {count(done, 'file')} of {len(sittings)}; publish them again to change their pages")
    return 0


def _adopt(sitting: Sitting) -> int:
    """Turn the edits of a page into decisions, and write the page as they say: it must say the same as it did."""
    from cleanup.decisions.adopt import Side, adopt
    from cleanup.proof import differences

    page, raw = sitting.page, sitting.raw
    if page is None:
        raise click.UsageError(f"{raw}: --adopt is about a page that cleanup wrote and a hand has edited")
    site = next((site for site in SITES.values() if page.name.endswith(site.suffix)), SITES["markdown"])
    before = read(beside(raw))
    result = sitting.result(before)
    hand = clean(fetch(str(page)), str(page), sitting.book, Options(format="markdown", without=_stages(sitting.book)))
    edited = Side(hand.blocks(), hand.cast, hand.chosen)
    made = adopt(result.source.text, Side(result.blocks(), result.cast, result.chosen), edited,
                 by=sitting.by, on=date.today().isoformat())  # fmt: skip
    known = {**before.given.speakers, **made.given.speakers}
    decisions = Decisions(
        (*before.rows, *made.rows), before.given._replace(speakers=known), {**before.facts, **made.facts}
    )
    again = sitting.result(decisions)
    left = differences((again.blocks(), again.cast, again.chosen, again.language), (*edited, hand.language))
    if left or again.lost:
        what = left[0] if left else f"“{again.lost[0].words}” stands nowhere in the raw file"
        raise InputError(f"{page}: cannot be adopted whole: {what}; change that in {raw} instead. Nothing is written")
    text = as_page(
        again, sitting.book, site=site, stem=raw.stem, raw=raw_name(str(raw), sitting.settings.root, page.parent),
        look=look(sitting.settings), kept=standing(page, edited=True), options=sitting.options,
    ).text  # fmt: skip
    _keep(sitting, decisions)
    write(page, text.encode())
    say(f"cleanup: {count(len(made.rows) + len(made.given.speakers) + len(made.facts), 'edit')} of {page} adopted")
    return 0


def _stages(book: Rulebook) -> frozenset[str]:
    """Return all stages: what a hand wrote is read as it stands."""
    return frozenset(rule.stage for rule in book.by_id.values())


def _html(sitting: Sitting, file: str) -> int:
    from cleanup.cli.shown import shown
    from cleanup.reports.review import page

    decisions = read(beside(sitting.raw))
    text = page(
        shown(sitting.result(decisions), sitting.result(Decisions()), decisions, sitting.by, sitting.book.by_id)
    )
    if file == "-":
        out(text)
        return 0
    if os.path.realpath(file) in (os.path.realpath(sitting.raw), os.path.realpath(sitting.page or sitting.raw)):
        raise click.UsageError(f"--html {file}: that is the file under review; choose another")
    write(Path(file), text.encode("utf-8", "backslashreplace"))
    say(f"cleanup: wrote {file}; open it in a browser, decide, and save what it gives as {beside(sitting.raw)}")
    return 0
