"""The JSON of the Podcasting 2.0 namespace (podcast:transcript, application/json, version 1.0.0)."""

import json
from typing import TYPE_CHECKING, Any

from cleanup.writers.cues import Cue, cues

if TYPE_CHECKING:
    from cleanup.writers.exports import Transcript


def write(transcript: "Transcript") -> str:
    """Return the object: segments with times in seconds."""
    rows = [_segment(cue) for cue in cues(transcript.blocks)]
    return json.dumps({"version": "1.0.0", "segments": rows}, ensure_ascii=False, indent=1) + "\n"


def _segment(cue: Cue) -> dict[str, Any]:
    speaker = {"speaker": cue.speaker} if cue.speaker else {}
    return {**speaker, "startTime": cue.at / 1000, "endTime": cue.until / 1000, "body": cue.text}
