"""`cleanup doctor`: what is installed, which rules and settings are in force and from where, and what would be looked at."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from cleanup import __version__
from cleanup.batch import inputs, is_page
from cleanup.cli.looking import marked
from cleanup.cli.run import PLAIN, load
from cleanup.cli.said import out, visible
from cleanup.decisions import beside
from cleanup.formats import FORMATS, SUFFIXES
from cleanup.reports.text import count
from cleanup.rulebook import COMPILED, Rulebook, shipped
from cleanup.settings import NAME, Settings
from cleanup.writers.sites import SITES

Row = tuple[str, str]


@click.command()
@click.argument("path", default=".", type=click.Path(exists=True))
def doctor(path: str) -> int:
    """Say what is installed, what would be in force for PATH, and what would be looked at there."""
    settings, book = load([path], PLAIN)
    rows: list[Row] = [
        ("cleanup", f"{__version__}, Python {sys.version.split()[0]} on {sys.platform}"),
        *_libraries(), *_rules(book, settings), *_settings(settings), *_looked_at(path, settings),
        ("formats", ", ".join(f"{name} ({' '.join(s for s, n in SUFFIXES.items() if n == name)})" for name in FORMATS)),
        ("sites", ", ".join(f"{site.name} ({site.about})" for site in SITES.values()) + ", json"),
        ("grammar", "rule files; LanguageTool where --grammar languagetool asks for it, and never the public service"),
    ]  # fmt: skip
    width = max(len(name) for name, _ in rows)
    out(visible("".join(f"{name:<{width}}  {what}\n" for name, what in rows)))
    return 0


def _libraries() -> Iterator[Row]:
    """Yield the libraries that this installation says it needs, each with its version."""
    from importlib.metadata import PackageNotFoundError, requires, version

    try:
        needed = requires("transcript-cleanup") or []
    except PackageNotFoundError:
        yield "libraries", "not known: this is no installed package"
        return
    for name in (found[0] for line in needed if "extra ==" not in line and (found := re.match(r"[\w.-]+", line))):
        try:
            yield name, version(name)
        except PackageNotFoundError:
            if name != "tomli" or sys.version_info < (3, 11):
                yield name, "missing: install transcript-cleanup again"


def _rules(book: Rulebook, settings: Settings) -> Iterator[Row]:
    folder = shipped()
    own = [pack for pack in book.packs if any(rule.own for rule in pack.rules)]
    rules = len(book.by_id) - sum(len(pack.rules) for pack in own)
    compiled = " (compiled)" if (folder / COMPILED).is_file() else ""
    yield "rules", f"{rules} in {len(book.packs) - len(own)} packs, from {folder}{compiled}"
    for pack in own:
        place = pack.rules[0].where.rpartition(":")[0]
        yield "own rules", f"{count(len(pack.rules), 'rule')} in {pack.name}    {place}"
    yield "off", ", ".join(sorted((book.off - settings.on) | settings.off)) or "no pack"


def _settings(settings: Settings) -> Iterator[Row]:
    """Yield what is set, each with its place; what is not set is as shipped."""
    if settings.file is None:
        yield "settings", f"no {NAME} above this path; everything is as shipped"
    else:
        yield "settings", str(settings.file)
    for key, node in settings.places.items():
        if "/" in key:  # a pack
            yield f"pack {'on' if key in settings.on else 'off'}", f"{key}    {NAME}:{node.line}"
        elif key != "packs":
            value = node.plain()
            text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            yield key, f"{text}    {NAME}:{(node.key or node).line}"
    if settings.people and "people" not in settings.places:
        yield "people", str(settings.people)


def _looked_at(path: str, settings: Settings) -> Iterator[Row]:
    """Yield what `check` would find at a path: raw files by format, pages that are looked at, and what is not."""
    items = inputs([path])
    raw: Counter[str] = Counter()
    pages = others = decided = 0
    for item in items.found:
        if is_page(item.path):
            ours = marked(item.path, settings)
            pages, others = pages + ours, others + (not ours)
        else:
            raw[SUFFIXES.get(Path(item.path).suffix.lower(), "told by content")] += 1
        decided += beside(item.path).exists()
    said = ", ".join(f"{number:,} {name}" for name, number in raw.items()) or "none"
    yield "raw files", said + (f"; decisions lie beside {decided:,}" if decided else "")
    told = f"{pages:,} that `check` and `fix` look at; {others:,} without a `transcript:` key, or outside `pages:`"
    yield "pages", told
    if items.skipped:
        yield "passed over", f"{count(items.skipped, 'file')} that no format claims, {NAME}, decisions and README"
    yield from (("problem", line) for line in items.problems)
