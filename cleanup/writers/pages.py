"""A script and its facts as a Markdown page with front matter."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cleanup.casting import short
from cleanup.digest import sha256
from cleanup.document import Cast, Speaker
from cleanup.findings import Fact
from cleanup.formats.front import credit
from cleanup.formats.sounds import Sounds
from cleanup.script import Script
from cleanup.writers.body import Look, Writer
from cleanup.writers.front import Value, front_matter, tame
from cleanup.writers.sites import Site
from cleanup.writers.slug import slug


class Page(NamedTuple):
    """A page: its slug, and its text; `tamed` are front matter values that could not stand as they were."""

    slug: str
    text: str
    draft: bool
    tamed: tuple[str, ...] = ()


def page(
    script: Script,
    facts: Sequence[Fact],
    *,
    site: Site,
    raw: str,
    sha256: str,
    look: Look,
    kept: Mapping[str, Value] | None = None,
    sounds: Sounds | None = None,
) -> Page:
    """Return the page of a script, of which `facts` are all claims.

    `raw` is the path that front matter names, never absolute. `kept` are keys of a page of ours
    that stands there already: its slug, and what others have added. `sounds` tells what would read as one.
    """
    cast, stem = script.cast, script.stem
    tamed: list[str] = []

    def said(key: str) -> str | None:
        value = script.said(key)
        clean = tame(value) if value else None
        if value and clean != " ".join(value.split()):
            tamed.append(key)
        return clean

    def every(key: str) -> list[str]:
        return list(dict.fromkeys(tame(fact.value) for fact in facts if fact.key == key))

    title = said("title") or tame(stem.replace("-", " ").replace("_", " ")) or stem
    name = str((kept or {}).get("slug") or slug(title, stem))
    labels = _labels(cast, look.labels)
    notices = every("source.notices")
    source: dict[str, Value] = {"name": said("source.name"), "copyright": said("source.copyright"), "notices": notices}
    flat = {f"source.{k}": v for k, v in source.items() if isinstance(v, str)}
    line = credit(flat | {f"source.notices.{i}": n for i, n in enumerate(notices)}) if look.credit else ""
    media = said("media")
    written = Writer(site, cast, labels, look, media, sounds).write(script.blocks)
    body = "\n\n".join([*written, *([line] if line else [])]) + "\n"
    people = [_person(speaker, index, cast) for index, speaker in enumerate(cast.speakers)]
    date, heard = said("date"), {block.speaker for block in script.blocks}
    rows: dict[str, Value] = {
        "title": title,
        "date": date,
        "draft": None if date else True,
        "slug": name,
        "lang": script.language,
        "description": said("description"),
        "tags": every("tags"),
        "speakers": list(dict.fromkeys(tame(s.shown) for s in cast.speakers if s.shown in heard)),
        "source": source if any(source.values()) else None,
        "source_url": said("address"),
        "media": media,
        "place": every("place"),
        "topic": said("topic"),
        "show": said("show"),
    }
    rows |= {key: value for key, value in (kept or {}).items() if not rows.get(key)}
    rows["transcript"] = {"raw": raw, "sha256": sha256, "body": body_hash(body), "people": people}
    return Page(name, front_matter(rows) + "\n" + body, not date, tuple(tamed))


def body_hash(body: str) -> str:
    """Return the hash that shows whether a hand has touched a body: LF, no trailing blanks, one final newline."""
    lines = [line.rstrip() for line in body.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return sha256(("\n".join(lines).strip("\n") + "\n").encode()).hex()


def _person(speaker: Speaker, index: int, cast: Cast) -> dict[str, Value]:
    said = {"name": speaker.name, "role": speaker.role, "affiliation": speaker.affiliation}
    if speaker.evidence == "inferred":
        del said["name"]
    told: dict[str, Value] = {key: tame(value) for key, value in said.items() if value}
    return {"label": tame(speaker.label), **told, "opens": True if index == cast.opening else None}


def _labels(cast: Cast, wanted: str | None) -> dict[str, str]:
    """Return what stands before the turns of each speaker: one form for the whole page.

    Full names where all are known, else labels as they stand, without the role behind the comma.
    """
    everybody = [s for s in cast.speakers if s.labels or s.name]
    form = wanted or ("full" if all(s.generic or s.shown == s.name for s in everybody) else "as-is")
    forms = (
        {s.label, short(s.label), s.shown, s.shown.split()[-1]} for s in cast.speakers
    )  # what readers take for one
    taken = Counter(form for own in forms for form in own)
    shown: dict[str, str] = {}
    for speaker in cast.speakers:
        if form == "full" or not speaker.labels:
            wish = speaker.shown
        elif form == "surname" and speaker.shown == speaker.name and speaker.name:
            wish = speaker.name.split()[-1]
        else:
            wish = short(speaker.label)
        clear = taken[wish] == 1 and wish == wish.strip("*_> ")
        shown[speaker.shown] = wish if clear or not speaker.labels else speaker.label
    return shown
