"""HTML with semantic markup: names in `cite`, times in `time`, as the Podcasting 2.0 namespace has them, and JSON-LD."""

import json
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from cleanup.formats.front import credit
from cleanup.script import Block, Script
from cleanup.writers.body import Writer, paragraphs
from cleanup.writers.clock import clock, duration
from cleanup.writers.jsonld import thing
from cleanup.writers.sites import SITES

_END = "</p></div>"


def write(script: Script) -> str:
    """Return a document that stands alone; nothing in it runs, and it loads nothing."""
    date = escape(script.said("date") or "")
    facts = {key: script.said(key) for key in ("source.name", "source.copyright")}
    line = credit({key: value for key, value in facts.items() if value}).strip("*")
    parts = {
        "lang": f' lang="{escape(script.language)}"' if script.language else "",
        "title": escape(script.title),
        "known": json.dumps(thing(script), ensure_ascii=False, indent=1).replace("<", "\\u003c"),
        "date": f'<p><time datetime="{date}">{date}</time></p>\n' if date else "",
        "body": "".join(f"{piece}\n" for piece in _body(script.blocks, Writer(SITES["markdown"], script.cast))),
        "credit": f"<footer><small>{escape(line)}</small></footer>\n" if line else "",
    }
    page = Path(__file__).with_name("page.html").read_text("utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda slot: parts[slot[1]], page)


def _body(blocks: Sequence[Block], writer: Writer) -> list[str]:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    out: list[str] = []
    heard: str | None = None
    for block in blocks:
        if block.kind == "turn":
            pieces = [parser.renderInline(writer.runs(runs)) for runs in paragraphs(block.runs)]
            if block.continues and out and out[-1].endswith(_END):
                out[-1] = f"{out[-1].removesuffix(_END)} {'</p><p>'.join(pieces)}{_END}"
            else:
                out.append(f'<div class="turn">{_head(block, heard)}<p>{"</p><p>".join(pieces)}{_END}')
            heard = block.speaker
        elif block.kind == "sound":
            sound = f'<span class="sound">{escape(block.text)}</span>'
            inside = block.continues and bool(out) and out[-1].endswith(_END)
            out[-1:] = [f"{out[-1].removesuffix(_END)} {sound}{_END}"] if inside else [*out[-1:], f"<p>{sound}</p>"]
        elif block.kind == "heading":
            level = max(2, block.level)
            out.append(f"<h{level}>{parser.renderInline(writer.runs(block.runs))}</h{level}>")
        elif block.kind == "other":
            out.append(parser.render(writer.other(block)).rstrip("\n"))
    return out


def _head(block: Block, heard: str | None) -> str:
    cite = f"<cite>{escape(block.speaker)}:</cite> " if block.speaker and block.speaker != heard else ""
    at = block.at
    return cite + ("" if at is None else f'<time datetime="{duration(at)}">{clock(at)}</time> ')
