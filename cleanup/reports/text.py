"""What a producer reads about one transcript: facts, people, what was cut, words, what to read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cleanup.document import Speaker
from cleanup.findings import Level, Placed
from cleanup.result import Result

_ALIKE = 5
"""Findings of one rule that are listed; of more, their number."""

_SHOWN_ABOVE = "speakers/cast/"
"""Findings about the list of speakers stand beside the speakers, not among what is to be read."""

Row = tuple[str, str, str]


def headline(result: Result, names: Mapping[str, object]) -> str:
    """Return the first line: what was read, and how much of it; `names` are the names of languages."""
    whose = [(block.speaker, block.continues) for block in result.walk() if block.kind == "turn"]
    turns, people = sum(not continues for _, continues in whose), len({who for who, _ in whose if who})
    tag = result.language
    tongue = str(names.get(tag.split("-")[0], tag)) if tag else "language not decided"
    form = result.revisions[0].before.format.name
    return f"{result.source.path}  {form}, {tongue}, {count(turns, 'turn')}, {count(people, 'speaker')}"


def report(result: Result, *, given: Iterable[str] = (), tamed: Sequence[str] = ()) -> Iterator[str]:
    """Yield everything between the headline and what was written, a line each.

    `given` says what a person gave that fits nothing; `tamed` are keys of front matter whose
    values could not stand on a page as they were.
    """
    cuts = list(_wrapped(list(_cuts(result.findings))))
    front = "holds signs that themes would run; look-alikes stand for them"
    told = [
        *(("cut" if not index else "", line) for index, line in enumerate(cuts)),
        ("words", words(result.account)),
        *(("reading", remark) for remark in result.source.remarks),
        *(("closed", f"{pack} waits for a language: --language TAG") for pack in result.closed),
        *(("grammar", line) for line in unheard(result) or [f"{e.name} {e.version}" for e in result.engines]),
        *(("given", line) for line in given),
        *(("front", f"`{key}` {front}") for key in tamed),
    ]
    yield from table([*_facts(result), *_people(result), *((name, what, "") for name, what in told)])
    rows = to_read(result.findings)
    changed = [row for row in result.findings if row.applied and row.finding.fate == "changed"]
    waits = f"{count(len(rows), 'remark')}, nothing done about {'it' if len(rows) == 1 else 'them'}"
    for name, head, found in (("changed", count(len(changed), "place"), changed), ("to read", waits, rows)):
        if found:
            yield f"  {name}   {head}"
            yield from table(_listed(found, result.source.text), indent=4)


def unheard(result: Result) -> list[str]:
    """Return a line for each engine that was asked for and took no part."""
    return [
        f"{engine.name} {engine.version} took no part: {engine.why_not}; --language TAG says it"
        for engine in result.engines
        if engine.why_not
    ]


def to_read(findings: Iterable[Placed]) -> list[Placed]:
    """Return what waits for a person, those findings left out that stand beside the speakers."""
    return [row for row in findings if not row.applied and not row.finding.rule.startswith(_SHOWN_ABOVE)]


def count(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _line(result: Result, offset: int | None) -> str:
    return "" if offset is None else str(result.revisions[0].before.position(offset)[0])


def _facts(result: Result) -> Iterator[Row]:
    """Yield title, source, date, and the keys of front matter that stay off the page."""
    chosen, claims = result.chosen, result.facts

    def stated(key: str, missing: str) -> Row:
        fact = chosen.get(key)
        return (key, short(fact.value, 80), _line(result, fact.start)) if fact else (key, missing, "")

    yield stated("title", "not stated: the name of the file    give it with  --title TEXT")
    notices = [fact for fact in claims if fact.key == "source.notices"]
    source = {fact.key: fact for key in ("source.name", "source.copyright") if (fact := chosen.get(key))}
    pieces = [short(f.value) if f.key == "source.name" else f"“{short(f.value)}”" for f in source.values()]
    pieces += [count(len(notices), "notice")] if notices else []
    places = dict.fromkeys(_line(result, fact.start) for fact in (*source.values(), *notices[:1]))
    said = " · ".join(pieces) or "not stated    give it with  --source NAME"
    yield "source", said, ", ".join(filter(None, places))
    yield stated("date", "not stated: a page without a date is a draft    give it with  --date YYYY-MM-DD")
    extra = sorted({fact.key.removeprefix("front.").split(".")[0] for fact in claims if fact.key.startswith("front.")})
    if extra:
        shown = ", ".join(extra[:8]) + (f" and {len(extra) - 8} more" if len(extra) > 8 else "")
        yield "front", f"keys that stay off the page: {shown}", ""


def _people(result: Result) -> Iterator[Row]:
    """Yield who speaks, and where nobody is named before the first label."""
    for speaker in result.cast.speakers:
        yield short(speaker.label, 24), _who(speaker), _line(result, speaker.quote_at)
    for row in result.findings:
        if row.finding.rule == f"{_SHOWN_ABOVE}unlabelled-opening":
            number = result.source.text.count("\n\n", row.start, row.end) + 1
            last = _line(result, max(row.start, row.end - 1))
            where = last if last == str(row.line) else f"{row.line}-{last}"
            said = f"{count(number, 'paragraph')} without a speaker {'is' if number == 1 else 'are'} left so"
            yield "opening", f"{said}    say who speaks with  --opening NAME", where


def _who(speaker: Speaker) -> str:
    extras = "".join(f", {piece}" for piece in (speaker.role, speaker.affiliation) if piece)
    if speaker.evidence == "inferred":
        accept = f'--speaker "{speaker.label}={speaker.name}"'
        return f"no full name{extras}. {speaker.name}? (“{short(speaker.quote or '')}”)    {accept}"
    if speaker.name is None:
        return f"no full name{extras}"
    quote = "" if speaker.quote in (None, "", speaker.label, speaker.name) else f"    “{short(speaker.quote or '')}”"
    return f"{speaker.name}{extras}{'    as given' if speaker.evidence == 'given' else quote}"


def _cuts(findings: Iterable[Placed]) -> Iterator[str]:
    """Yield what was cut, with its line; the same text again as more lines."""
    places: dict[str, list[str]] = {}
    for row in findings:
        if row.applied and row.finding.fate == "removed":
            many = len(row.edits) > _ALIKE
            text = row.finding.message if many else f"“{short(' '.join(before for _, _, before, _ in row.edits))}”"
            places.setdefault(text, []).append(str(row.line))
    for text, lines in places.items():
        more = f" and {len(lines) - 6} more" if len(lines) > 6 else ""
        yield f"{text} {', '.join(lines[:6])}{more}"


def _wrapped(pieces: Sequence[str], width: int = 100) -> Iterator[str]:
    line = ""
    for piece in pieces:
        if line and len(line) + len(piece) > width:
            yield line
            line = ""
        line += (" · " if line else "") + piece
    if line:
        yield line


def words(account: Mapping[str, int]) -> str:
    """Return the account as a sum."""
    names = {
        "body": "spoken", "moved": "title and front matter", "removed": "cut", "labels": "labels", "sound": "sound",
        "stamps": "times", "notes": "notes", "markup": "markup",
    }  # fmt: skip
    sum_ = " + ".join(f"{account[key]:,} {name}" for key, name in names.items() if account[key])
    return f"{account['words']:,} in = {sum_ or '0'}.  {count(account['changed'], 'word')} changed"


def _listed(findings: Iterable[Placed], text: str) -> Iterator[Row]:
    """Yield (place, words, message): the message and the rule once, a few places of each rule."""
    seen: Counter[str] = Counter()
    last = ""
    for row in findings:
        rule, message = row.finding.rule, row.finding.message
        seen[rule] += 1
        if seen[rule] <= _ALIKE:
            sign = "suggestion: " if row.finding.level is Level.SUGGEST and not row.applied else ""
            said = "the same" if message == last else f"{sign}{message}  {rule}"
            yield f"{row.line}:{row.column}", f"“{around(text[row.start : row.end])}”", said
            last = message
    for rule, number in seen.items():
        if number > _ALIKE:
            yield "…", f"{number - _ALIKE} more", rule


def around(text: str, width: int = 40) -> str:
    """Return a text with its middle left out where it is long: a finding is about how it begins and how it ends."""
    text = " ".join(text.split())
    if len(text) <= width:
        return text
    head = text[: width // 2].rsplit(" ", 1)[0]
    tail = text[-(width // 2) :].partition(" ")[2] or text[-(width // 2) :]
    return f"{head} … {tail}"


def short(text: str, width: int = 60) -> str:
    """Return a text cut at a word, with dots where something is left out."""
    text = " ".join(text.split())
    if len(text) <= width:
        return text
    return text[:width].rsplit(" ", 1)[0] + "…"


def table(rows: Iterable[Row], *, indent: int = 2) -> Iterator[str]:
    """Yield rows as aligned lines."""
    found = list(rows)
    first = max((len(row[0]) for row in found), default=0)
    first = max(first, 8) if indent == 2 else first
    second = min(90, max((len(row[1]) for row in found), default=0))
    for a, b, c in found:
        yield f"{' ' * indent}{a:<{first}}  {b:<{second}}  {c}".rstrip()
