"""SubRip: numbered captions; `>> NAME:` stands before the words where the speaker changes.

The arrows are those of broadcasters' captions, and a sign that nobody says: `Clearly: so it is` is no label.
"""

from typing import TYPE_CHECKING

from cleanup.writers.clock import exact
from cleanup.writers.cues import cues

if TYPE_CHECKING:
    from cleanup.writers.exports import Transcript


def write(transcript: "Transcript") -> str:
    """Return the file; a turn that nobody is named for has the arrows alone, where another stands before it."""
    pieces: list[str] = []
    heard, before = None, False
    for number, cue in enumerate(cues(transcript.blocks), 1):
        label = f">> {cue.speaker}: " if cue.speaker and cue.speaker != heard else ""
        label = ">> " if cue.opens and not cue.speaker and before else label
        heard, before = cue.speaker, before or cue.opens
        said = " ".join(cue.text.split("\n"))  # a line of its own is where other labels would stand
        pieces.append(f"{number}\n{exact(cue.at, ',')} --> {exact(cue.until, ',')}\n{label}{said}\n")
    return "\n".join(pieces)
