"""JSON-LD of schema.org: what a search engine is told of a transcript."""

import json
import re
from typing import Any

from cleanup.document import Speaker
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
    source, media = script.said("source.name"), script.said("media")
    text = plain.write(script._replace(chosen={})).strip()
    people = [_person(s) for s in script.cast.speakers if s.name and s.evidence != "inferred"]
    rows: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": script.title,
        "inLanguage": script.language,
        "datePublished": script.said("date"),
        "description": script.said("description"),
        "isBasedOn": script.said("address"),
        "publisher": {"@type": "Organization", "name": source} if source else None,
        "copyrightNotice": script.said("source.copyright"),
        "contributor": people,
        "associatedMedia": _media(media, text) if media else None,
        "articleBody": None if media else text,
    }
    return {key: value for key, value in rows.items() if value}


def _person(speaker: Speaker) -> dict[str, Any]:
    works = {"affiliation": {"@type": "Organization", "name": speaker.affiliation}} if speaker.affiliation else {}
    role = {"jobTitle": speaker.role} if speaker.role else {}
    return {"@type": "Person", "name": speaker.name, **role, **works}


def _media(address: str, text: str) -> dict[str, Any]:
    kind = "VideoObject" if _VIDEO.search(address.lower()) else "AudioObject"
    return {"@type": kind, "contentUrl": address, "transcript": text}
