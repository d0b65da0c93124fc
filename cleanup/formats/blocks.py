"""Which lines of a Markdown text are one block: by markdown-it-py, or by blank lines where nothing opens another."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from cleanup.document import line_starts
from cleanup.regexes import late


class Region(NamedTuple):
    """Lines (offsets of the body) that are one block, and what it is; `item` opens a list item, `quoted` stands in a quote."""

    start: int
    end: int
    block: str
    item: bool = False
    quoted: bool = False


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 24}).enable("table")
    parser.disable(["inline", "text_join", "reference", "code"], ignoreInvalid=True)
    parser.core.ruler.enableOnly(["block"])
    return parser


def regions(body: str) -> Iterator[Region]:
    """Yield the leaf blocks in order; lines that belong to none are blank or link definitions."""
    return parsed(body) if SIGN.search(body) else plain(body)


SIGN = late(r"^(?:[ \t]*(?:[><|=:~+-]|```|[*_][*_ \t]*$|\*[ \t]|\d{1,9}[.)](?:[ \t]|$))|[ \t]+#)|[\0\r]", re.MULTILINE)
"""How a line begins that may open a block, and be no heading (`# …`): where none does, nobody needs a parser."""
_BLOCK = late(r"^(#{1,6})(?![^ \t\n]).*|^[ \t]*[^ \t\n].*(?:\n(?!#{1,6}(?![^ \t\n]))[ \t]*[^ \t\n].*)*", re.MULTILINE)


def plain(body: str) -> Iterator[Region]:
    """Yield headings, and the paragraphs that blank lines part."""
    for match in _BLOCK.finditer(body):
        yield Region(match.start(), match.end(), f"h{len(match[1])}" if match[1] else "p")


def parsed(body: str) -> Iterator[Region]:
    """Yield the blocks that CommonMark sees."""
    starts = [*line_starts(body), len(body) + 1]
    stack: list[str] = []
    opened = False  # a list item has begun, and its first line has not come yet
    # what the parser would put in place of other characters, with another count of lines
    for token in _parser().parse(body.replace("\0", "\ufffd").replace("\r", " ")):
        kind = token.type
        if kind in ("list_item_open", "blockquote_open", "table_open", "heading_open"):
            stack.append(token.tag if kind == "heading_open" else _NAMES[kind])
            opened |= kind == "list_item_open"
        elif kind in ("list_item_close", "blockquote_close", "table_close", "heading_close"):
            stack.pop()
        if token.map is None or kind not in _LEAVES:
            continue
        first, last = token.map
        block = _NAMES.get(kind) or (stack[-1] if stack else "p")
        if kind == "table_open" or block != "table":
            yield Region(starts[first], min(len(body), starts[last] - 1), block, opened, "quote" in stack)
            opened = False


_NAMES = {
    "list_item_open": "li", "blockquote_open": "quote", "table_open": "table", "fence": "code", "hr": "hr",
    "html_block": "html",
}  # fmt: skip
_LEAVES = frozenset({"inline", "fence", "hr", "html_block", "table_open"})
