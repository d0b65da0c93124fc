"""SubRip: numbered captions; a name stands before the words where the speaker changes."""

from typing import TYPE_CHECKING

from cleanup.writers.clock import exact
from cleanup.writers.cues import cues

if TYPE_CHECKING:
    from cleanup.writers.exports import Transcript


def write(transcript: "Transcript") -> str:
    """Return the file."""
    pieces: list[str] = []
    heard: str | None = None
    for number, cue in enumerate(cues(transcript.blocks), 1):
        label = f"{cue.speaker}: " if cue.speaker and cue.speaker != heard else ""
        label = "- " if cue.opens and not cue.speaker and number > 1 else label
        heard = cue.speaker
        pieces.append(f"{number}\n{exact(cue.at, ',')} --> {exact(cue.until, ',')}\n{label}{cue.text}\n")
    return "\n".join(pieces)
