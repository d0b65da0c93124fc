"""Forms beside pages: what each is called, its suffix, and the writer that makes it."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from cleanup.digest import sha256
from cleanup.errors import HandEdited, InputError
from cleanup.script import Script
from cleanup.writers import html, jsonld, plain
from cleanup.writers.cues import podcast, srt, vtt


class Export(NamedTuple):
    """One form: `timed` ones need times, and a transcript without them cannot become one.

    `mark` is a comment of the form, where it has one: a file holds a hash of the rest of it there,
    which shows whether a hand has touched it.
    """

    name: str
    suffix: str
    make: Callable[[Script], str]
    timed: bool = False
    mark: str = ""


EXPORTS: Mapping[str, Export] = {
    row.name: row
    for row in (
        Export("vtt", ".vtt", vtt, timed=True, mark="NOTE cleanup {}\n\n"),
        Export("srt", ".srt", srt, timed=True),
        Export("podcast", ".json", podcast, timed=True),
        Export("html", ".html", html.write, mark="<!-- cleanup {} -->\n"),
        Export("jsonld", ".jsonld", jsonld.write),
        Export("text", ".txt", plain.write),
    )
}


def write(name: str, script: Script) -> str:
    """Return a transcript in the form of an export; raise `InputError` where it has no times and the form needs them."""
    form = EXPORTS[name]
    if form.timed and all(block.at is None for block in script.blocks):
        raise InputError(f"has no times, which {form.name} needs; html and text do without")
    made = form.make(script)
    first, sign, rest = made.partition("\n\n" if form.name == "vtt" else "\n")
    return first + sign + form.mark.format(_hash(made)) + rest if form.mark else made


def check_standing(name: str, path: Path, text: str) -> None:
    """Raise `HandEdited` where another file stands at a path, and nothing shows that no hand has touched it.

    JSON is for programs: what begins as ours does is taken for ours.
    """
    try:
        there = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except (UnicodeDecodeError, OSError) as problem:
        there = "" if isinstance(problem, FileNotFoundError) else "?"
    if name == "json":
        if path.is_file() and not there.startswith('{"schema": "cleanup/transcript@'):
            raise HandEdited(f"{path}: is not a file that cleanup wrote; it stays as it is")
        return
    form = EXPORTS[name]
    mark = re.search(re.escape(form.mark).replace(r"\{\}", "([0-9a-f]{16})"), there) if form.mark else None
    untouched = mark is not None and _hash(there[: mark.start()] + there[mark.end() :]) == mark[1]
    if there and there != text and not untouched:
        why = "has been edited by hand" if mark else f"stands there already, and {form.name} does not say who wrote it"
        raise HandEdited(f"{path}: {why}; it stays as it is (move it away, or choose another -o)")


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "backslashreplace")).hex()[:16]
