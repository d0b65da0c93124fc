"""JSON-LD of schema.org: what a search engine is told of a transcript."""

import json
import re
from typing import Any

from cleanup.script import Script
from cleanup.writers import plain

_VIDEO = re.compile(r"\.(?:mp4|m4v|mov|webm|mkv|avi)(?:[?#]|$)|//(?:www\.)?(?:youtube\.com|youtu\.be|vimeo\.com)/")


def write(script: Script) -> str:
    """Return the object on lines of its own."""
    return json.dumps(thing(script), ensure_ascii=False, indent=2) + "\n"


def thing(script: Script) -> dict[str, Any]:
    """Return an Article (https://schema.org/Article) with what is known; absent knowledge has no key.

    Where a recording is named, the words are its `transcript` (https://schema.org/transcript), else the article's body.
    """
    media = script.said("media")
    text = plain.write(script._replace(chosen={})).strip()
    film = "VideoObject" if _VIDEO.search((media or "").lower()) else "AudioObject"
    people = [
        _known("Person", name=s.name, jobTitle=s.role, affiliation=_known("Organization", name=s.affiliation))
        for s in script.cast.speakers
        if s.name and s.evidence != "inferred"
    ]
    article = _known(
        "Article",
        headline=script.title,
        inLanguage=script.language,
        datePublished=script.said("date"),
        description=script.said("description"),
        isBasedOn=script.said("address"),
        publisher=_known("Organization", name=script.said("source.name")),
        copyrightNotice=script.said("source.copyright"),
        contributor=people,
        associatedMedia=_known(film, contentUrl=media, transcript=media and text),
        articleBody=None if media else text,
    )
    return {"@context": "https://schema.org", "@type": "Article"} | article


def _known(kind: str, **rows: Any) -> dict[str, Any]:
    """Return a thing with what is known of it; nothing where nothing is."""
    known = {key: value for key, value in rows.items() if value}
    return {"@type": kind, **known} if known else {}
