"""Cues for players: what is said and heard, each with its start and end; as WebVTT, SubRip, and JSON for podcasts."""

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleanup.document import NOBODY
from cleanup.formats.vtt import quote
from cleanup.script import Block, Script
from cleanup.writers.clock import exact

_LEAST = 1_000
_A_WORD = 400
"""Milliseconds: how long a cue stands whose end nothing says, and a word of it."""


class Cue(NamedTuple):
    """A caption: milliseconds, who speaks (None: nobody who is named), and its text on one line a paragraph.

    `opens` says that a new turn begins here; `inside`, that the one before it goes on in the same paragraph.
    """

    at: int
    until: int
    speaker: str | None
    text: str
    opens: bool = True
    inside: bool = False


def cues(blocks: Sequence[Block]) -> Iterator[Cue]:
    """Yield the cues of a script in order; turns and sounds are captions, and all else stays on the page.

    What has no time of its own stands in the cue before it. A cue whose end nothing says ends where
    the next begins, or after the time that it takes to read it.
    """
    known: list[Cue] = []
    for row, timed in (row for block in blocks if block.kind in ("turn", "sound") for row in _pieces(block)):
        last = known[-1] if known else row
        if timed or not known:
            known.append(row)
        elif not row.opens or (row.speaker and row.speaker == last.speaker):
            text = last.text + (" " if row.inside else "\n") + row.text
            known[-1] = last._replace(text=text, until=row.until or last.until)
        else:
            known.append(row._replace(at=last.until or last.at))
    for index, cue in enumerate(known):
        ends = (cue.until, known[index + 1].at if index + 1 < len(known) else 0)
        reading = cue.at + max(_LEAST, _A_WORD * len(cue.text.split()))
        yield cue._replace(until=next((end for end in ends if end > cue.at), reading))


def _pieces(block: Block) -> Iterator[tuple[Cue, bool]]:
    """Yield what a block says from time to time (`until` is 0 where nothing says it), and whether a time stands there."""
    opens = not block.continues if block.kind == "turn" else block.speaker is not None
    inside = block.continues
    rows: list[tuple[int | None, int, str]] = [(block.at, block.until or 0, "")]
    for run in block.runs:
        if run.kind == "time":
            start, _, end = run.text.partition(" ")
            rows.append((int(start), int(end or 0), ""))
        elif run.kind in ("text", "code", "para", "line"):
            at, until, text = rows[-1]
            rows[-1] = at, until, text + ("\n" if run.kind in ("para", "line") else run.text)
    for at, until, text in rows:
        if words := text.strip():
            yield Cue(at or 0, until, block.speaker, words, opens, inside), at is not None
            opens = inside = False


def vtt(script: Script) -> str:
    """Return WebVTT (https://www.w3.org/TR/webvtt1/): a cue a caption, its voice in a `<v>` tag."""
    pieces = ["WEBVTT" + (f"\nLanguage: {script.language}" if script.language else "")]
    heard: str | None = None
    for cue in cues(script.blocks):
        voice = cue.speaker or (NOBODY if heard or cue.opens else "")
        heard = cue.speaker
        tag = f"<v {' '.join(quote(voice).split())}>" if voice else ""
        pieces.append(f"{exact(cue.at)} --> {exact(cue.until)}\n{tag}{quote(cue.text)}")
    return "\n\n".join(pieces) + "\n"


def srt(script: Script) -> str:
    """Return SubRip: numbered captions; `>> NAME:` stands before the words where the speaker changes.

    The arrows are those of broadcasters' captions, and a sign that nobody says: `Clearly: so it is` is no label. A turn
    that nobody is named for has the arrows alone, where another stands before it.
    """
    pieces: list[str] = []
    heard, before = None, False
    for number, cue in enumerate(cues(script.blocks), 1):
        label = f">> {cue.speaker}: " if cue.speaker and cue.speaker != heard else ""
        label = ">> " if cue.opens and not cue.speaker and before else label
        heard, before = cue.speaker, before or cue.opens
        said = " ".join(cue.text.split("\n"))  # a line of its own is where other labels would stand
        pieces.append(f"{number}\n{exact(cue.at, ',')} --> {exact(cue.until, ',')}\n{label}{said}\n")
    return "\n".join(pieces)


def podcast(script: Script) -> str:
    """Return the JSON of the Podcasting 2.0 namespace (podcast:transcript, version 1.0.0): segments, times in seconds."""
    rows = [
        ({"speaker": cue.speaker} if cue.speaker else {})
        | {"startTime": cue.at / 1000, "endTime": cue.until / 1000, "body": cue.text}
        for cue in cues(script.blocks)
    ]
    return json.dumps({"version": "1.0.0", "segments": rows}, ensure_ascii=False, indent=1) + "\n"
