"""WebVTT with voices (https://www.w3.org/TR/webvtt1/)."""

from typing import TYPE_CHECKING

from cleanup.document import NOBODY
from cleanup.formats.vtt import quote
from cleanup.writers.clock import exact
from cleanup.writers.cues import Cue, cues

if TYPE_CHECKING:
    from cleanup.writers.exports import Transcript


def write(transcript: "Transcript") -> str:
    """Return the file: a cue a caption, its voice in a `<v>` tag."""
    head = "WEBVTT" + (f"\nLanguage: {transcript.language}" if transcript.language else "")
    heard: str | None = None
    pieces = [head]
    for cue in cues(transcript.blocks):
        voice = cue.speaker or (NOBODY if heard or cue.opens else "")
        heard = cue.speaker
        pieces.append(f"{exact(cue.at)} --> {exact(cue.until)}\n{_payload(cue, voice)}")
    return "\n\n".join(pieces) + "\n"


def _payload(cue: Cue, voice: str) -> str:
    said = quote(cue.text)
    return f"<v {' '.join(quote(voice).split())}>{said}" if voice else said
