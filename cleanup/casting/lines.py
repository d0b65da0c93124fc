"""The lines that a reader sees, and how each is set off."""

import re
from collections.abc import Iterator

from cleanup.document import Document
from cleanup.regexes import late

STRONG = late(
    r"\*\*|__|\*\*\*|\[b\]|<(?:strong|b|h[1-6]|cite|dt|th)\b(?![^<>]*(?:topic|subject))|<\w+\b[^<>]*\bclass\s*=\s*[\"']?[^\"'<>]*(?<![^\W_])(?:speakers?|nick|name|attributed|politician|(?:member|person)(?:name|speech)?(?:link)?)(?![^\W_])",
    re.IGNORECASE,
)
_BARE = frozenset({"gap", "mark", "markup"})
_CLOCK = frozenset({"stamp", "gap", "markup"})
LINE_ENDS = frozenset({"para", "line", "row", "cell", "shortcode", "cue", "until"})
"""Forms of markup that end a line."""


class Line:
    """The parts of one line, and how it is set off; `clock` says that it is a time and nothing else."""

    def __init__(
        self, parts: list[int], kinds: set[str], indented: bool, paragraph: bool, ruled: bool, strong: bool
    ) -> None:
        self.parts, self.indented, self.paragraph, self.ruled, self.strong = parts, indented, paragraph, ruled, strong
        self.clock = "stamp" in kinds and kinds <= _CLOCK


def lines(document: Document) -> Iterator[Line]:
    """Yield the lines that a reader sees."""
    line: list[int] = []
    indented, paragraph, ruled, strong = False, True, False, False
    kinds: set[str] = set()
    link = False  # the name in a link goes on in blocks of its own
    for index, (kind, start, end, block, _, form) in enumerate(document.parts):
        if block == "front" or kind == "value" or "/" in block:
            continue
        if kind == "markup" and document.text[start : start + 3].casefold() in ("<a ", "</a"):
            link = STRONG.match(document.text, start, end) is not None
        if kind == "break" or (form in LINE_ENDS and not link) or block == "hr":
            if not kinds <= _BARE:
                yield Line(line, kinds, indented, paragraph or ruled, ruled, strong)
                paragraph, ruled = False, False
            line, kinds = [], set()
            text = document.text[start:end]
            indented = kind == "break" and not text.endswith("\n")
            paragraph |= form != "line" and (kind != "break" or text.count("\n") > 1)
            ruled |= block == "hr"
            strong = form == "para" and bool(STRONG.match(text))
        else:
            line.append(index)
            kinds.add(kind)
    if line:
        yield Line(line, kinds, indented, paragraph or ruled, ruled, strong)
