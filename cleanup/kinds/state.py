"""Rules of kind `state`: a line of the head that states a fact, and may leave the body for front matter."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from cleanup.dates import date, months
from cleanup.document import Cast, Document
from cleanup.findings import Fact, Finding, Found, Kind, Rule
from cleanup.kinds.patterns import texts
from cleanup.matching import compiled
from cleanup.meanings import Meanings
from cleanup.regexes import late
from cleanup.view import Unit, fold, units, whole

_HEAD = 30
_TAIL = 12
_TAILED = ("date", "source.name")
"""What keys state under a text too."""
_TITLE, _HEADING, _WEAK, _WORD = 200, 60, 39, 9
_KICKERS = 4
"""Lines of one word, such as the name of a section, that may stand above a title."""
_LAST = 120
"""Characters of a last line that says whose a talk is."""
_STATED, _KEYED = "title of the page", "title behind a key"
_SAYS = late(r"transcri|transkri", re.IGNORECASE)
_ENDS = (".", ":", ",", ";", "。")
_NAMED = 4
_COMPOUND = 15
"""Letters of a word that is a title by itself: `Regierungspressekonferenz vom 6. Mai 2021`."""
_OPEN = (".", "?", "!", ":", ",", ";", "…", "—", "。", "，", "！", "？")


def find(document: Document, cast: Cast, facts: Iterable[Fact], rules: tuple[Rule, ...]) -> Found:
    """Read the head: units before the first label, at most thirty.

    A fact that is already known (front matter, a page of ours) is not looked for again. What stands
    behind the first time of captions is said.
    """
    found = Found()
    if document.ours:
        return found
    known = {fact.key for fact in facts if fact.weight}
    if document.format.name == "html":  # its head states a title too, but a heading weighs more
        weight = max((fact.weight for fact in facts if fact.key == "title"), default=0)
        known -= {"title"} if weight < _HEADING else set()
        told = any(fact.key == "title" and not _SAYS.search(fact.value) for fact in facts)
        known |= {_STATED} if weight > _WEAK or told else set()
    rows = units(document)
    label = next((part.start for part in document.parts if part.kind == "label"), len(document.text))
    labelled = next((i for i, unit in enumerate(rows) if unit.start > label), len(rows))
    said = _said(document)
    head = [
        unit
        for unit in rows[: min(_HEAD, labelled)]
        if not document.timed or (unit.start < said and unit.block[0] != "h")
    ]
    claimed: set[int] = set()
    printed: set[int] = set()  # a line that says where a talk was printed and stays may say when, too
    lined: set[int] = set()  # such lines, and those that leave
    signed: set[int] = set()  # a title with the publisher behind it, or a show in capitals
    keyed: set[int] = set()  # a key line may state several facts; the other forms pass it over
    for rule in sorted(rules, key=lambda rule: _ORDER.index(str(rule.fields["form"]))):
        form = str(rule.fields["form"])
        also = lined if form == "date" else printed if form == "line" else signed if form == "title" else set[int]()
        passed = claimed if form == "keys" else (claimed | keyed) - also
        if form == "title":
            passed |= _below_keys(head, keyed)
        left = [unit for unit in head if unit.first not in passed]
        if (
            form == "title"
            and head
            and head[0].first in printed - signed
            and not any(_short(unit, rows) for unit in left[:1])
        ):
            left = [head[0], *left]  # says where a talk was printed, and stays: nothing else is its title
        for unit, key, value, start, end in list(_FORMS[form](document, left, rows, rule, known)):
            weight = int(str(rule.fields.get("weight", 50)))
            if value:
                found.facts.append(Fact(key, value, rule.id, start, end, weight))
            known = (
                known | {key} if form != "keys" else known | {_KEYED} if key == "title" and weight > _WEAK else known
            )
            if form == "line":
                lined.add(unit.first)
                printed |= {unit.first} if rule.fields.get("moves") is not True else set()
                signed |= (
                    {unit.first}
                    if len(head) == 1 or unit.text.isupper() or unit.text.strip().endswith(f"| {value}")
                    else set()
                )
            if form in ("title", "header") or unit.block[0] != "h":
                (keyed if form == "keys" else claimed).add(unit.first)
            elif rule.fields.get("moves") is True and form != "header":
                continue
            if (
                rule.fields.get("moves") is True
                and "/" not in unit.block
                and unit.block != "table"
                and not any(f.start <= unit.start < f.end for f in found.findings)
            ):
                message = rule.message or f"“{value}” becomes `{key}` in front matter"
                edits = (whole(document, unit),)
                found.findings.append(
                    Finding(rule.id, message, edits[0].start, edits[0].end, edits, rule.level, "moved")
                )
    return found


def _below_keys(head: Sequence[Unit], keyed: set[int]) -> set[int]:
    """Return the lines that look like keys below one that is known (`Meeting ID: 12`): none is a title."""
    found: set[int] = set()
    for above, unit in pairwise(head):
        if above.first in keyed | found and _KEY_LINE.match(unit.text):
            found.add(unit.first)
    return found


_KEY_LINE = late(r"\W{0,4}[A-Z][\w /-]{1,24}\W{0,3}[:：]\W{0,3}\s\S")


def _said(document: Document) -> int:
    """Return where the first time stands, else the end of the text."""
    times = (part.start for part in document.parts if part.kind == "stamp")
    return next(times, len(document.text))


Claim = tuple[Unit, str, str, int, int]


def _title(
    document: Document, head: Sequence[Unit], rows: Sequence[Unit], rule: Rule, known: set[str]
) -> Iterator[Claim]:
    """Take the first heading, or a first line that is no sentence and stands by itself.

    In Markdown such a line counts only where a label shows that the speech begins below it.
    """
    page = document.format.name == "html"
    headings = [unit for unit in head if unit.block == "h1" and not (page and _frames(unit))]
    named = (unit for unit in head[:_KICKERS] if " " in unit.text.strip() or _topic(unit, rows, rule))
    first = next(named, head[0]) if head else None
    heading = headings[-page] if headings else first if first and first.block[:1] == "h" and not page else None
    table: Mapping[str, object] = {"months": rule.fields.get("months")}
    if heading and not page and _frames(heading):
        lower = [u for u in head if u.block[0] == "h" and not _SAYS.search(u.text) and not date(u.text, table)]
        heading = next(iter(lower), heading)
    if page and not heading and _STATED not in known:
        lower = [u for u in head if u.block[0] == "h" and not _SAYS.search(u.text) and not date(u.text, table)]
        level = min((unit.block for unit in lower), default="")
        heading = next((unit for unit in reversed(lower) if unit.block == level), None)  # the show may stand above
    line = document.format.name in ("text", "docx") or (
        (not page or _STATED not in known) and any(part.kind == "label" for part in document.parts)
    )
    if not heading and _KEYED in known:
        return
    unit = heading or (first if first and line and (_short(first, rows) or _topic(first, rows, rule)) else None)
    above = [u for u in head[: head.index(heading)] if u.block in ("p", "li")] if heading and not page else []
    copied = [u for u in above if fold(heading.text) in fold(u.text)] if heading else []
    if unit is None or any(len(u.text.split()) > _NAMED for u in above if u not in copied):
        return
    if not heading and (unit.start > _said(document) or _runs_on(document, unit, rows) or _opens(unit, rule)):
        return
    topic = _topic(unit, rows, rule) if "title" not in known else None
    if topic:
        yield unit, "show", " ".join(unit.text.split()), unit.start, unit.end
        unit = topic
    value = " ".join(unit.text.split()).lstrip(">").removeprefix("heading>>").strip("=~*#| ")
    if "title" in known and fold(value) != fold(next(iter(_known(document)), "")):
        return
    day = date(value, {"months": rule.fields.get("months")})
    rest = value[: day[1]] + value[day[2] :] if day else value
    if len(re.findall(r"[^\W\d_]{2,}", rest)) > (heading is None and max(rest) < "\u3040"):
        for one in (unit, *copied):  # a page that is copied has its title above its heading
            yield one, "title", value, one.start, one.end


_AIRED = late(r"(?:original(?:ly)? )?aired\b", re.IGNORECASE)


def _topic(show: Unit, rows: Sequence[Unit], rule: Rule) -> Unit | None:
    """Return the line between the name of a show, in capitals, and the day: what the talk is about, as CNN heads it."""
    at = rows.index(show)
    table = {"months": rule.fields.get("months")}
    dated = next((unit for unit in rows[at + 2 : at + 4] if date(unit.text[:_TITLE], table)), None)
    if not dated or _SAYS.search(show.text) or not (show.text.upper() == show.text or _AIRED.match(dated.text)):
        return None
    line = rows[at + 1]
    text, day = line.text.strip(), dated.text
    told = _short(line, rows) and len(text.split()) > 2 and text.upper() != text
    stated = not (line.labelled or dated.labelled) and len(day) < _TITLE and not date(text, table) and date(day, table)
    return line if told and stated else None


def _frames(unit: Unit) -> bool:
    """Say whether a heading of a page is that of the site and not of the talk: `CNN Transcripts`."""
    return len(unit.text.split()) < _NAMED and _SAYS.search(unit.text) is not None


def _runs_on(document: Document, unit: Unit, rows: Sequence[Unit]) -> bool:
    """Say whether the line below goes on with a sentence, as in text that a recogniser has broken into lines."""
    below = rows[1] if len(rows) > 1 else None
    if below is None or below.labelled:
        return False
    wrapped = document.text.count("\n", unit.end, below.start) == 1
    return unit.text.strip()[:1].islower() or (wrapped and below.text.strip()[:1].islower())


def _opens(unit: Unit, rule: Rule) -> bool:
    """Say whether a line begins as a speaker does who turns to those who listen."""
    text = unit.text.strip('*_ “"¡').casefold()
    return any(
        text.startswith(words) and (words[0] >= "\u3040" or not text[len(words) : len(words) + 1].isalpha())
        for words in texts(rule, "among")
    )


def _known(document: Document) -> Iterator[str]:
    return (document.text[p.start : p.end] for p in document.parts[:200] if p.kind == "value" and p.form == "title")


def _short(unit: Unit, rows: Sequence[Unit]) -> bool:
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


def _dates(
    document: Document, head: Sequence[Unit], rows: Sequence[Unit], rule: Rule, known: set[str]
) -> Iterator[Claim]:
    """Take a line that is a date and nothing else but a weekday, a clock or a place name."""
    table = {"months": rule.fields["months"]}
    known_words = {word.casefold() for word in texts(rule, "keys")}
    later = {word.casefold() for word in texts(rule, "among")}  # the day of a change is not that of the talk
    never = compiled("|".join(texts(rule, "patterns")), case=False, own=rule.own)
    for unit in sorted(head, key=lambda unit: not later.isdisjoint(unit.text.casefold().split())):
        text = unit.text
        found = date(text, table) if len(text) < 120 and not never.search(text) else None
        if not found:
            continue
        rest = re.findall(r"[^\W\d_]+|:(?!\d)", text[: found[1]] + text[found[2] :])
        beside = [word for word in rest if word.casefold() not in known_words]
        compound = any(len(word) > (_COMPOUND if max(word) < "\u3040" else _NAMED + 2) for word in beside)
        below = any(_short(other, rows) or other.block[0] == "h" for other in head[1:3])
        if unit is head[0] and (compound or (len(beside) > 1 and not below)):
            continue  # a title with a date in it
        said = re.search(r"\w['’](?:s|m|re|ll|ve|d)\b|[a-z]{3}[.!?]$", text.strip())
        if (
            ":" not in beside
            and not said
            and (
                (
                    sum(map(str.islower, beside)) < _NAMED - 1
                    and len(beside) <= (_NAMED if max(text) < "\u3040" else 2 * _NAMED)
                )
                or all(word[0].isupper() for word in beside)
            )
        ):
            yield unit, "date", found[0], unit.start, unit.end


def _keys(
    document: Document, head: Sequence[Unit], rows: Sequence[Unit], rule: Rule, known: set[str]
) -> Iterator[Claim]:
    """Take `Key: value` lines, also several that run together (`Show: X SHOWDate: 2 May 2018`)."""
    names, gives = texts(rule, "keys"), str(rule.fields["gives"])
    alone, folded = {name.upper() for name in names}, {name.casefold() for name in names}
    table = {"months": rule.fields.get("months")}
    for unit, below in pairwise(head):
        key = unit.text.strip(" :*")
        if unit.block == below.block == "table" and key.casefold() in folded and _row(document, unit, below):
            yield from _valued(below, gives, below.text.strip(), table)
        # Otter sets a key in capitals above its value
        if unit.text.strip() in alone and not unit.labelled and document.text.count("\n", unit.end, below.start) == 1:
            for piece in below.text.strip().split(", ") if gives == "tags" else [below.text.strip()]:
                yield below, gives, piece, below.start, below.end
            yield unit, gives, "", unit.start, unit.end
    head = [unit for unit in head if _SIGN.search(unit.text)]
    tail = [unit for unit in rows[-_TAIL:] if not unit.labelled and _SIGN.search(unit.text)] if gives in _TAILED else []
    lines = [*head, *(unit for unit in tail if unit.first > (head[-1].first if head else -1))]
    lines = [unit for unit in lines if any(map(unit.text.casefold().__contains__, folded))]
    if not lines:
        return  # before the patterns are compiled: most files have none of these keys
    pattern = re.compile(
        rf"(?:^|(?<=[^\s])|(?<=\| )|(?<=; )|(?<=[·•] ))({'|'.join(map(re.escape, names))})(?:\s?[:：]|\]|\s+=)\s*",
        re.IGNORECASE,
    )
    everything = re.compile(rf"(?:{'|'.join(map(re.escape, _every(rule)))})(?:\s?[:：]|\]|\s+=)", re.IGNORECASE)
    for unit in lines:
        lead = len(unit.text) - len(unit.text.lstrip("*_ #+:|[@%"))  # of Org, reStructuredText, MediaWiki
        match = pattern.search(unit.text, lead)
        if not match or not everything.match(unit.text, lead):
            continue
        stop = everything.search(unit.text, match.end())
        value = unit.text[match.end() : stop.start() if stop else len(unit.text)].strip(" |;·•*_\xa0")
        yield from _valued(unit, gives, value, table)


_SIGN = late(r"[:：\]=]")


def _valued(unit: Unit, gives: str, value: str, table: Mapping[str, object]) -> Iterator[Claim]:
    """Yield what stands behind a key; of a day only what is one, and an address only where one is asked for."""
    if gives == "date":
        day = date(value, table, compact=True)
        value = day[0] if day else ""
    if value and (gives == "address" or "://" not in value):
        yield unit, gives, value, unit.start, unit.end


def _row(document: Document, unit: Unit, below: Unit) -> bool:
    """Say whether two cells of a table stand in one row."""
    return (
        any(part.form == "cell" for part in document.parts[unit.last : below.first])
        and "\n" not in document.text[unit.end : below.start]
    )


def _every(rule: Rule) -> list[str]:
    return sorted({*texts(rule, "keys"), *texts(rule, "among")}, key=len, reverse=True)


def _lines(
    document: Document, head: Sequence[Unit], rows: Sequence[Unit], rule: Rule, known: set[str]
) -> Iterator[Claim]:
    """Take lines that a pattern describes whole: a letterhead that names who publishes, a note that says what this is."""
    if rule.fields["gives"] == "address" and document.format.name == "html":
        return  # a page says in its head where it stands
    gives, table = str(rule.fields["gives"]), {"months": rule.fields.get("months")}
    linked = {word.casefold() for word in texts(rule, "among")} if document.format.name == "markdown" else set()
    notes = () if rule.fields.get("moves") is True else document.within(frozenset({"note"}))
    beside = (
        Unit(part.start, part.end, document.words(part), part.block, False, -1, -1) for part in islice(notes, _HEAD)
    )
    around = units(document, asides=True)  # goes as part of the page, and says whose it is
    last = rows[-1] if rows and not document.timed else None
    foot = (
        [last]
        if last and not last.labelled and last.first > (head[-1].first if head else -1) and len(last.text) < _LAST
        else []
    )
    if foot and document.text.count("\n", rows[-2].end if len(rows) > 1 else 0, foot[0].start) < 2:
        foot = []
    for unit in [*head, *foot, *beside, *around]:
        for pattern in texts(rule, "patterns"):
            match = compiled(pattern, case=rule.cased(pattern), own=rule.own).fullmatch(unit.text.strip())
            value = (match.groupdict().get("name") or match[0]) if match else ""
            if value and (gives != "date" or date(value, table)):
                yield unit, gives, value, unit.start, unit.end
        if unit.text.strip(" :.").casefold() in linked and (address := _target(document, unit)):
            yield unit, gives, address, unit.start, unit.end


def _target(document: Document, unit: Unit) -> str:
    """Return where a link of Markdown leads that is all of a line: `[Original](https://…)`."""
    behind = document.parts[unit.last] if unit.last < len(document.parts) else None
    match = _LINK.match(document.text, behind.start, behind.end) if behind and behind.kind == "mark" else None
    return match[1] if match else ""


_LINK = late(r"\]\(<?(https?://[^\s<>()]+)")


def _places(
    document: Document, head: Sequence[Unit], rows: Sequence[Unit], rule: Rule, known: set[str]
) -> Iterator[Claim]:
    """Take datelines: short lines of names and numbers between a stated title or date and the first words.

    Where no label shows where the speech begins, only a number, a bracket, capitals or
    many names tell them from its first line.
    """
    bare = not any(unit.labelled for unit in rows)
    if not known & {"title", "date"} and len(head) == len(rows):
        return
    for unit in head:
        text = unit.text.strip()
        words = re.findall(r"[^\W\d_]+", text)
        if (
            unit.block not in ("p", "other")
            or len(text) > 70
            or (text.endswith(_OPEN) and not text.endswith(".M."))
            or (
                bare
                and sum(len(word) > 3 for word in words) < _NAMED
                and not text.isupper()
                and not re.search(r"[\d(]", text)
            )
            or _opens(unit, rule)
        ):
            return
        if not words or not all(word[0].isupper() or len(word) < 4 for word in words) or not words[0][0].isupper():
            return
        if unit is rows[-1] or unit.labelled:
            return
        if not {word.casefold() for word in words} <= months({"months": rule.fields.get("months")}).keys():
            yield unit, "place", text, unit.start, unit.end


def _names(
    document: Document, head: Sequence[Unit], rows: Sequence[Unit], rule: Rule, known: set[str]
) -> Iterator[Claim]:
    """Take lines that list who speaks below, two or more, and nobody else."""
    labels = {fold(part.form) for part in document.parts if part.kind == "label" and part.form}
    for unit in head:
        names = _LISTED.split(unit.text.strip())
        if not unit.labelled and len(names) > 1 and labels.issuperset(map(fold, names)):
            for name in names:
                yield unit, "people", name.strip(), unit.start, unit.end


_LISTED = late(r"\s*(?:,(?: and)?|;|·|\||&|\b(?:and|und|et|y|e|en|och|og)\b)\s+")


def _header(
    document: Document, head: Sequence[Unit], rows: Sequence[Unit], rule: Rule, known: set[str]
) -> Iterator[Claim]:
    """Take a header of `# Key: value` lines, three or more in a row, as front matter in another dress."""
    names, table = Meanings.of(rule.fields), {"months": rule.fields.get("months")}
    lines = [(unit, _HEADER.fullmatch(unit.text.strip())) for unit in head if unit.block in ("h1", "p")]
    run: list[tuple[Unit, re.Match[str]]] = []
    for unit, match in lines:
        if not match and run and unit.block == "p":
            break
        if match:
            run.append((unit, match))
    if run and not names.fact(_key(run[0][1])):
        run = run[1:]  # a first line with a colon in it is a title
    if len(run) < 3 or not all(unit.block == "h1" for unit, _ in run):
        return
    for unit, match in run:
        key = _key(match)
        fact, value = names.fact(key) or f"front.{key}", match[2].strip()
        if fact in ("date", "created"):
            day = date(value, table)
            fact, value = ("date", day[0]) if day else (f"front.{key}", value)
        if not fact.startswith("front.") and value.casefold() in ("unknown", "none", "n/a", "-"):
            fact = f"front.{key}"
        yield unit, fact, value, unit.start, unit.end


def _key(match: "re.Match[str]") -> str:
    return match[1].strip().casefold().replace(" ", "_")


_HEADER = late(r"#?\s*([A-Z][\w /-]{1,30}?)\s*[:：]\s*(\S.*)")

_FORMS = {
    "header": _header,
    "title": _title,
    "date": _dates,
    "keys": _keys,
    "line": _lines,
    "names": _names,
    "place": _places,
}
_ORDER = ("header", "keys", "line", "date", "title", "names", "place")
"""A title is what is left when keys, letterhead and date are told apart; a dateline stands behind it."""


def _check(rule: Rule) -> None:
    form = rule.fields.get("form")
    if form not in _FORMS:
        raise ValueError(f"`form` is one of {', '.join(_FORMS)}")
    if form in ("line", "place") and not isinstance(rule.fields.get("gives"), str):
        raise ValueError(f"a `{form}` rule says which fact it `gives`")
    if form == "keys" and not (texts(rule, "keys") and isinstance(rule.fields.get("gives"), str)):
        raise ValueError("a `keys` rule has `keys` and the fact that it `gives`")
    if form == "date" and not isinstance(rule.fields.get("months"), Mapping):
        raise ValueError("a `date` rule has `months` by language")


KIND = Kind(
    "state",
    frozenset({"form"}),
    frozenset({"keys", "among", "patterns", "front", "gives", "moves", "months", "weight"}),
    find,
    _check,
)
