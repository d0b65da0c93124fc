"""What a producer reads about one transcript: facts, people, what was cut, words, what to read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cleanup.document import Cast, Document, Speaker
from cleanup.findings import Fact, Level, Placed
from cleanup.script import Block

_LANGUAGES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian", "nl": "Dutch",
    "sv": "Swedish", "da": "Danish", "nb": "Norwegian", "fi": "Finnish", "pl": "Polish", "cs": "Czech", "tr": "Turkish",
    "ru": "Russian", "uk": "Ukrainian", "ar": "Arabic", "fa": "Persian", "he": "Hebrew", "hi": "Hindi", "zh": "Chinese",
    "ja": "Japanese", "ko": "Korean", "el": "Greek", "hu": "Hungarian", "ro": "Romanian", "id": "Indonesian", "th": "Thai",
}  # fmt: skip
_WIDTH = 60


def language(tag: str | None) -> str:
    """Return the name of a language, or its tag."""
    return "language not decided" if tag is None else _LANGUAGES.get(tag.split("-")[0], tag)


def line_of(document: Document, offset: int | None) -> str:
    """Return the line of a place of the input."""
    return "" if offset is None else str(document.position(offset)[0])


def headline(path: str, form: str, tag: str | None, blocks: Sequence[Block], cast: Cast) -> str:
    """Return the first line: what was read, and how much of it."""
    turns = sum(block.kind == "turn" and not block.continues for block in blocks)
    people = len({block.speaker for block in blocks if block.kind == "turn" and block.speaker})
    return f"{path}  {form}, {language(tag)}, {count(turns, 'turn')}, {count(people, 'speaker')}"


def count(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def facts(document: Document, chosen: Mapping[str, Fact], all_facts: Sequence[Fact]) -> Iterator[tuple[str, str, str]]:
    """Yield (name, what, line) for title, source, date, and keys of front matter that stay off the page."""
    title = chosen.get("title")
    if title:
        yield "title", short(title.value), line_of(document, title.start)
    else:
        yield "title", "not stated: the name of the file    give it with  --title TEXT", ""
    pieces, places = [], []
    for key in ("source.name", "source.copyright"):
        if key in chosen:
            value = chosen[key].value
            pieces.append(value if key == "source.name" else f"“{value}”")
            places.append(line_of(document, chosen[key].start))
    notices = [fact for fact in all_facts if fact.key == "source.notices"]
    if notices:
        pieces.append(count(len(notices), "notice"))
        places.append(line_of(document, notices[0].start))
    yield (
        "source",
        " · ".join(pieces) or "not stated    give it with  --source NAME",
        ", ".join(dict.fromkeys(filter(None, places))),
    )
    day = chosen.get("date")
    yield (
        "date",
        day.value if day else "not stated: written as a draft    give it with  --date YYYY-MM-DD",
        line_of(document, day.start) if day else "",
    )
    extra = sorted({fact.key.removeprefix("front.") for fact in all_facts if fact.key.startswith("front.")})
    if extra:
        shown = ", ".join(extra[:8]) + (f" and {len(extra) - 8} more" if len(extra) > 8 else "")
        yield "front", f"keys that stay off the page: {shown}", ""


def people(document: Document, cast: Cast) -> Iterator[tuple[str, str, str]]:
    """Yield (label, who, line) for every speaker."""
    for speaker in cast.speakers:
        yield short(speaker.label, 24), _who(speaker), line_of(document, speaker.quote_at)


def _who(speaker: Speaker) -> str:
    extras = ", ".join(piece for piece in (speaker.role, speaker.affiliation) if piece)
    quote = f"    “{short(speaker.quote)}”" if speaker.quote else ""
    if speaker.evidence == "inferred":
        return f'no full name. {speaker.name}? ({short(speaker.quote or "")})    --speaker "{speaker.label}={speaker.name}"'
    if speaker.name is None:
        return f"no full name{', ' + extras if extras else ''}"
    if speaker.evidence == "declared" and speaker.name == speaker.label:
        quote = ""
    return speaker.name + (f", {extras}" if extras else "") + quote


def cuts(findings: Iterable[Placed]) -> Iterator[str]:
    """Yield what was cut, with its line."""
    for row in findings:
        if row.applied and row.finding.fate == "removed":
            text = " ".join(before for _, _, before, _ in row.edits)
            yield f"“{short(' '.join(text.split()))}” {row.line}"


def words(account: Mapping[str, int]) -> str:
    """Return the account as a sum."""
    names = (("body", "spoken"), ("moved", "title and front matter"), ("removed", "cut"), ("labels", "labels"), ("sound", "sound"),
             ("stamps", "times"), ("notes", "notes"), ("markup", "markup"))  # fmt: skip
    rows = " + ".join(f"{account[key]:,} {name}" for key, name in names if account[key])
    return f"{account['words']:,} in = {rows or '0'}.  {account['changed']:,} changed"


def remarks(findings: Iterable[Placed], text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (place, words, message) for what waits for a person, and for what was changed."""
    for row in findings:
        if row.finding.fate in ("removed", "moved") and row.applied:
            continue
        sign = "changed" if row.applied else "suggestion" if row.finding.level is Level.SUGGEST else "remark"
        yield (
            f"{row.line}:{row.column}",
            f"“{short(' '.join(text[row.start : row.end].split()), 40)}”",
            f"{sign}: {row.finding.message}",
        )


def short(text: str, width: int = _WIDTH) -> str:
    """Return a text cut at a word, with dots where something is left out."""
    text = " ".join(text.split())
    if len(text) <= width:
        return text
    return text[:width].rsplit(" ", 1)[0] + "…"


def table(rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """Yield rows as aligned lines."""
    found = list(rows)
    first = max((len(row[0]) for row in found), default=0)
    second = min(90, max((len(row[1]) for row in found), default=0))
    for a, b, c in found:
        yield f"  {a:<{first}}  {b:<{second}}  {c}".rstrip()
