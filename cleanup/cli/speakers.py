"""`cleanup speakers`: who speaks in an archive, and which two are one."""

from typing import Any

import click

from cleanup.archive.people import Voice, alike, roster, voices
from cleanup.cli.asked import asks
from cleanup.cli.looking import transcripts
from cleanup.cli.run import Run
from cleanup.cli.said import out, put, say, visible
from cleanup.reports.text import count
from cleanup.writers.json import dumps

_LABELS = 6


@click.command()
@click.argument("path", nargs=-1, required=True, type=click.Path())
@click.option(
    "-o", "--output", metavar="FILE", help="Write a people.yaml of all whose full name is known; - prints it."
)
@asks("json", "rules", "read")
def speakers(path: tuple[str, ...], **given: Any) -> int:
    """Say who speaks in transcripts and pages, in how many files, under which labels, and which two may be one.

    \b
    Examples:
      cleanup speakers transcripts/
      cleanup speakers content/ -o people.yaml
    """  # noqa: D301 (Click reads the `\b`)
    run = Run(path, given)
    found = voices((name, result.cast, result.blocks()) for name, result, _ in transcripts(run))
    pairs = list(alike(found))
    if given["output"]:
        put(roster(found), given["output"])
    elif given["format_"] == "json":
        alikes = [{"rare": rare.shown, "common": common.shown, "why": why} for rare, common, why in pairs]
        told = {"schema": "cleanup/speakers@1", "speakers": [voice._asdict() for voice in found], "alike": alikes}
        out(dumps(told))
    else:
        out(visible("".join(f"{line}\n" for line in _lines(found, pairs))))
    named = sum(voice.name is not None for voice in found)
    say(f"cleanup: {count(len(found), 'speaker')} in {count(run.done, 'transcript')}, {named} by full name")
    return 3 if run.failed else 0


def _lines(found: list[Voice], pairs: list[tuple[Voice, Voice, str]]) -> list[str]:
    width = max((len(voice.shown) for voice in found), default=0)
    lines = []
    for voice in found:
        labels = [label for label in voice.labels if label != voice.shown]
        known = ", ".join(filter(None, (voice.role, voice.affiliation)))
        more = f" and {len(labels) - _LABELS} more" if len(labels) > _LABELS else ""
        nameless = "" if voice.name or voice.generic else "no full name"
        shown = " · ".join(filter(None, (", ".join(labels[:_LABELS]) + more, known, nameless)))
        counts = f"{count(len(voice.files), 'file')}, {count(voice.turns, 'turn')}"
        lines.append(f"{voice.shown:<{min(width, 40)}}  {counts}  {shown}".rstrip())
    for rare, common, why in pairs:
        lines.append(
            f"perhaps one: “{rare.shown}” ({count(len(rare.files), 'file')}, as {rare.files[0]}) and “{common.shown}”"
            f" ({count(len(common.files), 'file')}): {why}"
        )
    return lines
