"""SubRip: numbered cues, as a program of 2000 wrote them and nobody has written down since; see `vtt` for its errors."""

from typing import NamedTuple

from cleanup.document import Part
from cleanup.formats import vtt
from cleanup.formats.sounds import Sounds


class Srt(NamedTuple):
    """SubRip: WebVTT without header, notes and names of cues; tags, and places in braces, are markup."""

    sounds: Sounds
    name: str = "srt"

    def split(self, text: str) -> tuple[Part, ...]:
        """Cut the text into numbers, timings, tags and words."""
        return tuple(vtt.cut(text, self.sounds, vtt=False))

    def plain(self, text: str) -> str:
        """Undo entities, which converters leave."""
        return vtt.plain(text)

    def quote(self, text: str) -> str:
        """Write plain text so that no character of it is markup."""
        return vtt.quote(text)
