"""Raw transcripts in, clean pages out: every word of the speech kept, every change explained."""

__version__ = "0.1.0"
