"""What the tags of an HTML page say about it: `<meta>`, `<time>`, links, and data for search engines and players."""

import re
from collections.abc import Iterator

from cleanup.formats.tags import Tag

_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_DATA = re.compile(
    r"(?:\"(\w+)\"\s*:\s*(?:\{[^{}]{0,400}?\"(?:name|title)\"\s*:\s*)?|\"@type\"\s*:\s*\"(WebSite|\w{2,7}Series)\"[^{}]{0,400}?\"name\"\s*:\s*)\"((?:[^\"\\]|\\.)+)\""
)
"""A value in the data that a page gives to search engines (JSON-LD) or to a player (Podlove), or the name of the thing that is the value, or of a site or series."""


def stated(text: str, start: int, end: int, tag: Tag) -> Iterator[tuple[int, int, str]]:
    """Yield what a tag says about the page: where the value stands, and its key."""
    if tag.name == "script":
        if "ld+json" in text[start : start + 200] or text.find('"publicationDate"', start, end) >= 0:
            yield from (
                (*match.span(3), f"json.{(match[1] or match[2]).lower()}") for match in _DATA.finditer(text, start, end)
            )
        return
    if tag.name not in ("meta", "html", "link", "time", "abbr") and text.find("itemprop", start, end) < 0:
        return
    rows = {m[1].lower(): m for m in _ATTRIBUTE.finditer(text, start, end)}
    said = {name: m[m.lastindex or 0] for name, m in rows.items()}
    if tag.name == "abbr":  # hAtom, which Blogger writes
        name, key = "title", "time.published" if "published" in said.get("class", "").split() else ""
    elif tag.name not in ("html", "link", "time"):
        name, key = "content", said.get("property") or said.get("name") or said.get("itemprop") or ""
    elif tag.name == "html":
        name, key = "lang", "lang"
    elif tag.name == "link":
        feed = said.get("type", "").endswith(("rss+xml", "atom+xml"))
        name, key = ("title", "link.feed") if feed else ("href", f"link.{said.get('rel', '')}")
    else:
        published = {"pubdate", "published", "dt-published", "entry-date"} & set(
            f"{said.get('class', '')} {said.get('itemprop', '')} {'pubdate' if 'pubdate' in text[start:end] else ''}".split()
        )
        name, key = "datetime", "time.published" if published or said.get("itemprop") == "datePublished" else "time"
    match = rows.get(name)
    if match:
        yield match.start(match.lastindex or 0), match.end(match.lastindex or 0), key.lower()
