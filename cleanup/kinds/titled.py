"""The line of a head that is a title: the first heading, or a first line that is no sentence."""

import re
from collections.abc import Iterator, Mapping, Sequence

from cleanup.dates import date
from cleanup.document import Document
from cleanup.findings import Rule
from cleanup.kinds.keyed import Claim
from cleanup.kinds.patterns import texts
from cleanup.regexes import late
from cleanup.units import Unit, fold

_TITLE, _WORD = 200, 9
_KICKERS = 4
"""Lines of one word, such as the name of a section, that may stand above a title."""
STATED, KEYED = "title of the page", "title behind a key"
"""What is known of a title besides: that the head of a page states it, that a key does."""
SAYS = late(r"transcri|transkri", re.IGNORECASE)
_LETTERED = late(r"[^\W\d_]{2,}")
_ENDS = (".", ":", ",", ";", "。")
_NAMED = 4


def said(document: Document) -> int:
    """Return where the first time stands, else the end of the text."""
    times = (part.start for part in document.parts if part.kind == "stamp")
    return next(times, len(document.text))


def title(
    document: Document, head: Sequence[Unit], rows: Sequence[Unit], rule: Rule, known: set[str]
) -> Iterator[Claim]:
    """Take the first heading, or a first line that is no sentence and stands by itself.

    In Markdown such a line counts only where a label shows that the speech begins below it.
    """
    page = document.format.name == "html"
    headings = [unit for unit in head if unit.block == "h1" and not (page and _frames(unit))]
    kickers = _KICKERS if any(unit.labelled for unit in rows) else 0
    named = (unit for unit in head[:kickers] if " " in unit.text.strip() or _topic(unit, rows, rule))
    first = next(named, head[0]) if head else None
    heading = headings[-page] if headings else first if first and first.block[:1] == "h" and not page else None
    table: Mapping[str, object] = {"months": rule.fields.get("months")}
    lower = [
        unit for unit in head if unit.block[0] == "h" and not SAYS.search(unit.text) and not date(unit.text, table)
    ]
    if heading and not page and _frames(heading):
        heading = next(iter(lower), heading)
    if page and not heading and STATED not in known:
        level = min((unit.block for unit in lower), default="")
        heading = next((unit for unit in reversed(lower) if unit.block == level), None)  # the show may stand above
    line = document.format.name in ("text", "docx") or (
        (not page or STATED not in known) and any(part.kind == "label" for part in document.parts)
    )
    if not heading and KEYED in known:
        return
    unit = heading or (first if first and line and (short(first, rows) or _topic(first, rows, rule)) else None)
    above = [u for u in head[: head.index(heading)] if u.block in ("p", "li")] if heading and not page else []
    copied = [u for u in above if fold(heading.text) in fold(u.text)] if heading else []
    if unit is None or any(len(u.text.split()) > _NAMED for u in above if u not in copied):
        return
    if not heading and (unit.start > said(document) or _runs_on(document, unit, rows) or opens(unit, rule)):
        return
    topic = _topic(unit, rows, rule) if "title" not in known else None
    if topic:
        yield unit, "show", " ".join(unit.text.split()), unit.start, unit.end
        unit = topic
    value = " ".join(unit.text.split()).lstrip(">").removeprefix("heading>>").strip("=~*| ")
    value = _HASHES.sub("", value)
    if "title" in known and fold(value) != fold(next(iter(_known(document)), "")):
        return
    day = date(value, table)
    rest = value[: day[1]] + value[day[2] :] if day else value
    if len(_LETTERED.findall(rest)) > (heading is None and max(rest, default="") < "\u3040"):
        for one in (unit, *copied):  # a page that is copied has its title above its heading
            yield one, "title", value, one.start, one.end


_HASHES = late(r"\A#+\s+|\s*#+\Z")
"""Signs of a heading; `#12` is a number."""
_AIRED = late(r"(?:original(?:ly)? )?aired\b", re.IGNORECASE)


def _topic(show: Unit, rows: Sequence[Unit], rule: Rule) -> Unit | None:
    """Return the line between the name of a show, in capitals, and the day: what the talk is about, as CNN heads it."""
    at = rows.index(show)
    table = {"months": rule.fields.get("months")}
    dated = next((unit for unit in rows[at + 2 : at + 4] if date(unit.text[:_TITLE], table)), None)
    if not dated or SAYS.search(show.text) or not (show.text.upper() == show.text or _AIRED.match(dated.text)):
        return None
    line = rows[at + 1]
    text, day = line.text.strip(), dated.text
    told = short(line, rows) and len(text.split()) > 2 and text.upper() != text
    stated = not (line.labelled or dated.labelled) and len(day) < _TITLE and not date(text, table) and date(day, table)
    return line if told and stated else None


def _frames(unit: Unit) -> bool:
    """Say whether a heading of a page is that of the site and not of the talk: `CNN Transcripts`."""
    return len(unit.text.split()) < _NAMED and SAYS.search(unit.text) is not None


def _runs_on(document: Document, unit: Unit, rows: Sequence[Unit]) -> bool:
    """Say whether the line below goes on with a sentence, as in text that a recogniser has broken into lines."""
    at = rows.index(unit) + 1
    below = rows[at] if at < len(rows) else None
    if below is None or below.labelled:
        return False
    wrapped = document.text.count("\n", unit.end, below.start) == 1
    return unit.text.strip()[:1].islower() or (wrapped and below.text.strip()[:1].islower())


def opens(unit: Unit, rule: Rule) -> bool:
    """Say whether a line begins as a speaker does who turns to those who listen."""
    text = unit.text.strip('*_ “"¡').casefold()
    return any(
        text.startswith(words) and (words[0] >= "\u3040" or not text[len(words) : len(words) + 1].isalpha())
        for words in texts(rule, "among")
    )


def _known(document: Document) -> Iterator[str]:
    return (document.text[p.start : p.end] for p in document.parts[:200] if p.kind == "value" and p.form == "title")


def short(unit: Unit, rows: Sequence[Unit]) -> bool:
    """Say whether a line may be a title: no sentence, no address, more than a word unless a label follows."""
    text = unit.text.strip()
    following = len(rows) > 1
    return (
        following
        and unit.block in ("p", "other")
        and 3 < len(text) <= _TITLE
        and not text.endswith(_ENDS)
        and "://" not in text
        and (len(text.split()) > 1 or max(text) >= "\u3040" or (len(text) > _WORD and rows[1].labelled))
    )
