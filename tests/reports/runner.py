"""What GitHub's runner reads from the output of a step, as `actions/runner` does it (ActionCommand.cs, both syntaxes)."""

import re
from typing import NamedTuple

KNOWN = frozenset(
    "add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher save-state set-env set-output"
    " stop-commands warning".split()
)

_DATA = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
_PROPERTY = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    data: str


def commands(output: str) -> list[Command]:
    """Return every command of an output; a line ends at CR, LF or both."""
    found = (read(line) for line in re.split("\r\n|\r|\n", output))
    return [command for command in found if command]


def read(line: str) -> Command | None:
    line = line.lstrip()
    if line.startswith("::") and "::" in line[2:]:
        head, _, data = line[2:].partition("::")
        name, _, rest = head.partition(" ")
        if name.lower() in KNOWN:
            pairs = (piece.partition("=") for piece in rest.strip().split(",") if piece)
            return Command(name, {key: _back(value, _PROPERTY) for key, _, value in pairs}, _back(data, _DATA))
    _, sign, rest = line.partition("##[")
    head, end, data = rest.partition("]")
    name = head.partition(" ")[0]
    return Command(name, {}, data) if sign and end and name.lower() in KNOWN else None


def _back(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for escaped, char in pairs:
        text = text.replace(escaped, char)
    return text
