"""Raw transcripts in, clean pages out: every word of the speech kept, every change explained."""

from importlib import import_module

TYPE_CHECKING = False  # as in `typing`, which `cleanup --version` does without
if TYPE_CHECKING:
    from typing import Any

__version__ = "0.1.0"

_NAMES = {
    "clean": "pipeline",
    "check": "pipeline",
    "publish": "pipeline",
    "Options": "pipeline",
    "Result": "result",
    "open_rules": "rulebook",
}
__all__ = ["Options", "Result", "__version__", "check", "clean", "open_rules", "publish"]


def __getattr__(name: str) -> "Any":
    """Load a public name when it is asked for: `cleanup --version` needs none of them."""
    if name == "open_rules":
        from cleanup.kinds import KINDS
        from cleanup.rulebook import open_book

        return lambda *paths: open_book(paths, kinds=KINDS)
    if name in _NAMES:
        return getattr(import_module(f"cleanup.{_NAMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
