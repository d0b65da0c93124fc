"""An archive as a whole: who speaks in it, and how its names and terms are spelt."""
