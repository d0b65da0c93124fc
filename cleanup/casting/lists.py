"""People whom a text lists rather than hears: front matter, `Guests:` lines, attendees, headings over a life."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from cleanup.casting.spelling import PARTICLES
from cleanup.document import Document
from cleanup.regexes import late
from cleanup.units import units

_SLUG = late(r"[a-z]+(?:-[a-z]+)+")
_TRANSCRIPT = late(
    r"\btran(?:scri(?:pt|bed by|pción|ção|zione)|skript|scription)|stenogra|стенограмм|逐字稿|文字起こし|녹취록"
    r"|\bauto-generated\b|\A(?:Remarks|Speech|Keynote|Sermon|Lecture|Address) (?:by|of|from) |check against delivery|es gilt das gesprochene wort"
    r"|seul le prononcé fait foi|\bdetected language\b|\bwhisper_\w|\A(?![a-z]{4,5}://)[^\n]{1,120}\.(?:mp3|m4a|wav|ogg|opus|flac|aac|wma|mp4|mkv|mov|webm)\Z",
    re.IGNORECASE,
)
"""What says that speech was written down: the word for it, what a recogniser prints, a line that names a recording."""
_ELSEWHERE = late(
    r"\b(?:finden sie|können sie|read the (?:full )?trans|(?:is|are) available (?:here|at|on)|can be (?:found|read|downloaded)|auf unserer (?:website|seite))\b",
    re.IGNORECASE,
)
"""Where the transcript is that an article speaks of: not here."""
_SIGNED = late(
    r"\W*(?:transcribed (?:by|with)|transcri(?:pt|ption) (?:provided |made )?by|end of (?:the )?(?:audio|recording|transcript))\b",
    re.IGNORECASE,
)
_SIGNS = late(r"[.’'-]")
_HEAD, _WORDY = 12, 80
_PIECES = late(r",|;|、|，| (?:and|und|et|y|e|och|en|og|i|и) | & ")
TAIL = late(r"\s*[(<\[（].*|\s+[-–—|].*")
_ABOUT = late(
    r"(?:About(?: (?:the|our|today['’]s) (?:guests?|hosts?|speakers?)[:,]?)?|Über|À propos de|Sobre|Su|Over|Om|Meet) (.+)",
    re.IGNORECASE,
)
_BYLINE = late(
    r"\A(?:(?:(?:interview(?:ed)?|conducted|recorded) )?by|von|par|por|di|door|av|af) ([^\W\d_][^,;:\d]{3,40})\Z",
    re.IGNORECASE,
)
_TITLES = frozenset("title subtitle description summary excerpt newstitle headline episode_title video_title".split())


def people(document: Document, keys: frozenset[str]) -> list[str]:
    """Return people that front matter, a `Guest:` line, a list of attendees or a heading names, as it spells them."""
    found: list[str] = []
    for part in document.parts:
        if part.block != "front" and part.kind != "break":
            break
        if part.kind == "value" and part.form and re.sub(r"(\.\d+)?(\.name)?$", "", part.form).casefold() in keys:
            name = TAIL.sub("", document.text[part.start : part.end].strip()).strip("\"' @")
            found += _split(" ".join(w.capitalize() for w in name.split("-")) if _SLUG.fullmatch(name) else name)
    found += _listed(document, keys)
    return [name for name in dict.fromkeys(found) if len(name.split()) <= 5 and not any(map(str.isdigit, name))]


def _split(text: str) -> list[str]:
    return [piece.strip(" *_.\xa0") for piece in _PIECES.split(text) if piece.strip(" *_.\xa0")]


@lru_cache(maxsize=4)
def _keyed(keys: frozenset[str]) -> re.Pattern[str]:
    """Return the pattern of a key and what is behind its colon."""
    words = "|".join(map(re.escape, sorted(keys, key=len, reverse=True)))
    behind = r"\s?[:：]\s*([^:\n]{3,300}?)(?=$|\n|\s[A-Z]\w+:)"
    return re.compile(rf"(?:^|(?<=[^\W\d_])|(?<=\s))({words}){behind}", re.IGNORECASE)


def _listed(document: Document, keys: frozenset[str]) -> Iterator[str]:
    """Yield names of `Guests: A, B` lines of the head, of lists under such a word, and of headings that are names."""
    inside = False
    for number, unit in enumerate(units(document)):
        text = unit.text.strip(" *_\xa0")
        heading = unit.block[0] == "h" and unit.block != "hr"
        if unit.labelled or len(text) > 400:
            inside = False
            if unit.labelled and number > _HEAD:
                break
            continue
        if len(text) > _WORDY and number >= _HEAD and not heading and not inside:
            continue
        if number < _HEAD:
            yield from filter(like_name, _BYLINE.findall(text))
            yield from (m[1] or m[4] for m in _SHORT.finditer(text) if _initials(m[1] or m[4]) == (m[2] or m[3]))
        if number < _HEAD and not heading and (":" in text or "：" in text) and not text.endswith((".", "?", "!")):
            for match in _keyed(keys).finditer(text):
                yield from filter(like_name, (TAIL.sub("", piece) for piece in _split(match[2])))
        if text.rstrip(" :：").casefold() in keys:
            inside = True
            continue
        if heading:
            inside = False
            about = _ABOUT.fullmatch(text)
            yield from [about[1]] if about else [text] if " " in text and like_name(text) else []
        elif inside:
            name = TAIL.sub("", re.split(r",|:", text)[0]).strip("*_- \xa0")
            inside = text[-1:] != ":" and (unit.block == "li" or like_name(name))
            yield from [name] if inside and like_name(name) else []


_PLAIN_NAME = r"[^\W\d_]+(?: [^\W\d_]+){1,2}"
_SHORT = late(rf"\b({_PLAIN_NAME}) [(\[]([A-Z]{{2,3}})[)\]]|\b([A-Z]{{2,3}}) ?[=:–-] ?({_PLAIN_NAME})")
"""Initials that are explained: `Mira Kovac (MK)`, `MK = Mira Kovac`."""


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())


def like_name(text: str) -> bool:
    """Say whether a heading or an item is up to four words in capitals, as names are written."""
    tokens = _SIGNS.sub("", text).split()
    named = [token for token in tokens if not (token[:1].islower() and token in PARTICLES)]
    return 0 < len(named) == len([t for t in named if t.isalpha() and t[0] == t[0].upper()]) < 5 and len(tokens) < 6


def heads(document: Document) -> list[tuple[str, int]]:
    """Return titles and descriptions of front matter and of the first heading or line, with their places."""
    found = [
        (document.text[part.start : part.end].strip(), part.start)
        for part in document.parts
        if part.kind == "value" and (part.form or "").rpartition(".")[2].casefold() in _TITLES
    ]
    rows = units(document)
    first = next((unit for unit in rows[:_HEAD] if unit.block == "h1"), rows[0] if rows else None)
    if first and not first.labelled and len(first.text) < 300:
        found.append((first.text.strip(), first.start))
    return found


def sole_speaker(document: Document) -> str | None:
    """Return the one person that front matter states as the speaker, where it states one."""
    found = {
        document.text[part.start : part.end].strip()
        for part in document.parts
        if part.kind == "value"
        and re.fullmatch(r"(?:speakers?|presenters?|lecturer|preacher)(?:\.\d+)?", part.form or "")
    }
    one = found.pop() if len(found) == 1 else ""
    return one if 1 < len(one.split()) < 6 and "," not in one and " and " not in one else None


def says_transcript(document: Document) -> bool:
    """Say whether front matter, head or foot says that this is a transcript; a page of HTML says so in its title or a heading."""
    seen, page = 0, document.format.name == "html"
    for part in document.parts:
        if page and (part.aside or not (part.form == "title" or part.block[0] == "h")):
            seen += part.kind == "words" and not part.aside
        elif part.kind in ("value", "words") or (part.block == "front" and part.kind == "markup"):
            text = document.text[part.start : min(part.end, part.start + 400)]
            if _TRANSCRIPT.search(text) and not _ELSEWHERE.search(text):
                return True
            seen += part.kind == "words"
        if seen > _HEAD:
            break
    last = islice((p for p in reversed(document.parts) if p.kind in ("words", "sound")), 0 if page else 3)
    return any(_SIGNED.match(document.text, part.start, part.end) for part in last)
