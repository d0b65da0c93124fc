"""`cleanup doctor`: what is installed, which rules and settings are in force, and from where."""

import sys

import click

from cleanup import __version__
from cleanup.cli.common import load
from cleanup.cli.said import out
from cleanup.formats import FORMATS, SUFFIXES
from cleanup.rulebook import COMPILED, shipped
from cleanup.writers.sites import SITES

_LIBRARIES = ("click", "markdown-it-py", "pyyaml", "pyahocorasick", "regex", "ftfy", "chardet", "language-tool-python")

_NOTHING: dict[str, tuple[str, ...]] = {"rule_paths": (), "with_": (), "without": ()}


@click.command()
@click.argument("path", default=".", type=click.Path())
def doctor(path: str) -> int:
    """Say what is installed and what would be in force for PATH."""
    settings, book = load([path], _NOTHING)
    folder = shipped()
    rows = [
        ("cleanup", f"{__version__}, Python {sys.version.split()[0]} on {sys.platform}"),
        *((name, _version(name)) for name in _LIBRARIES),
        (
            "rules",
            f"{len(book.by_id)} in {len(book.packs)} packs, from {folder}{' (compiled)' if (folder / COMPILED).is_file() else ''}",
        ),
        ("off", ", ".join(sorted(book.off)) or "no pack"),
        (
            "settings",
            str(settings.file) if settings.file else "no cleanup.yaml above this path; everything is as shipped",
        ),
        *((key, f"{value}    ({settings.file})") for key, value in _values(settings)),
        ("formats", ", ".join(f"{name} ({' '.join(s for s, n in SUFFIXES.items() if n == name)})" for name in FORMATS)),
        ("sites", ", ".join(f"{site.name} ({site.about})" for site in SITES.values()) + ", json"),
        ("grammar", "rule files only; LanguageTool is not asked by this version, and nothing leaves this machine"),
    ]
    width = max(len(name) for name, _ in rows)
    out("".join(f"{name:<{width}}  {what}\n" for name, what in rows))
    return 0


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "missing: install transcript-cleanup again"


def _values(settings: object) -> list[tuple[str, str]]:
    rows = []
    for key in ("language", "site", "labels", "on", "off", "rules", "pages"):
        value = getattr(settings, key)
        if value:
            rows.append((key, ", ".join(map(str, sorted(value))) if not isinstance(value, str) else value))
    return rows
