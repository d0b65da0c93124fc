"""Who the labels are: names, roles and the words that say so."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from cleanup.casting.evidence import _CODE as CODE
from cleanup.casting.evidence import Words, core, fold
from cleanup.casting.given import Given
from cleanup.document import Document, Speaker
from cleanup.matching import Matcher, Needle, Same, keys
from cleanup.view import View

_CAPITAL = "[^\\W\\d_a-zß-öø-ÿ]"
"""Any letter but a small Latin one; `_introduced` sees to other small letters. A set of all capitals takes `re` ten times as long to read."""
_PARTICLES = tuple("van von de der den del la da dos bin al el di ten ter".split())
_WORD = rf"{_CAPITAL}[\w'-]*(?:’[\w'-]*)*"
_NAME = (
    rf"(?P<name>{_WORD}[ \xa0](?:(?:{_WORD}|{_CAPITAL}\.)[ \xa0])?(?:(?:{'|'.join(_PARTICLES)})[ \xa0]){{0,2}}{_WORD})"
)
_FIRST = rf"(?P<first>{_CAPITAL}[a-zà-ÿ'’-]{{1,20}})"
_SEQUENCE = re.compile(rf"{_WORD}(?:[ \xa0](?:{_WORD}|{'|'.join(_PARTICLES)}|[A-Z]\.)){{1,5}}")
_PLAIN = re.compile(r"[A-Z]+(?:-[A-Z]+)*\.?")
_STUCK = ("MC", "MAC", "O'", "O’", "D'", "D’", "DE", "LA", "VAN", "VON", "DI", "DU", "ST")
_SLUG = re.compile(r"[a-z]+(?:-[a-z]+)+")
_TRANSCRIPT = re.compile(r"\btran(?:scri(?:pt|pción|ção|zione)|skript|scription)", re.IGNORECASE)
_HEAD = 12


def short(label: str) -> str:
    """Return a label without the role behind a comma or in brackets: `ARI SHAPIRO, HOST` is `ARI SHAPIRO`."""
    return re.split(r",|\s[(\[（]", label)[0].strip() or label


def strings(value: object) -> frozenset[str]:
    """Return all strings of a table's entry, folded."""
    if isinstance(value, Mapping):
        return frozenset().union(*(strings(row) for row in value.values()))
    return frozenset(str(item).casefold() for item in value) if isinstance(value, list) else frozenset()


def people(document: Document, keys: frozenset[str]) -> list[str]:
    """Return people that front matter, or a `Guest:` line of the head, names."""
    found: list[str] = []
    words = 0
    for part in document.parts:
        text = document.text[part.start : part.end]
        if part.kind == "value" and part.form and re.sub(r"(\.\d+)?(\.name)?$", "", part.form).casefold() in keys:
            name = re.sub(r"\s*[(<\[].*", "", text.strip()).strip("\"' @")
            name = " ".join(w.capitalize() for w in name.split("-")) if _SLUG.fullmatch(name) else name
            found += [piece.strip() for piece in re.split(r",| and | & ", name) if piece.strip()]
        elif part.kind == "words" and words < _HEAD:
            words += 1
            for match in _HEADED.finditer(document.words(part)):
                found += [piece.strip() for piece in re.split(r",| and | & |;", match[2]) if piece.strip()]
    return [name for name in dict.fromkeys(found) if len(name.split()) <= 5 and not any(map(str.isdigit, name))]


_HEADED = re.compile(
    r"(?:^|(?<=[^\W\d_])|(?<=\s))(Guests?|Hosts?|Speakers?|Moderators?|Participants?|Interviewer|Interviewee|Gäste?|Invitad[oa]s?|Invités?)\s?[:：]\s*([^:\n]{3,200}?)(?=$|\n|\s[A-Z]\w+:)"
)


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
    """Say whether front matter or the head says that this is a transcript."""
    seen = 0
    for part in document.parts:
        if part.kind in ("value", "words") or (part.block == "front" and part.kind == "markup"):
            text = document.text[part.start : min(part.end, part.start + 400)]
            if _TRANSCRIPT.search(text):
                return True
            seen += part.kind == "words"
        if seen > _HEAD:
            break
    return False


class _Person:
    """One speaker while the evidence is gathered."""

    def __init__(self, form: str, core: str, role: str | None) -> None:
        self.forms, self.core, self.role = [form], core, role
        self.name: str | None = None
        self.affiliation: str | None = None
        self.evidence: str | None = None
        self.quote: str | None = None
        self.quote_at: int | None = None


def identify(
    document: Document,
    forms: Sequence[str],
    words: Words,
    table: Mapping[str, object],
    stated: Sequence[str],
    given: Given,
    *,
    named: bool,
) -> tuple[tuple[Speaker, ...], dict[str, int | None]]:
    """Return the speakers in the order in which they first speak, and whose each form is."""
    persons = _link(forms, words)
    if named:
        _find_names(document, persons, words, table, stated)
    for person in persons:
        for form in (*person.forms, person.core):
            if form in given.speakers:
                person.name, person.evidence, person.quote = given.speakers[form], "given", None
    index: dict[str, int | None] = {form: i for i, person in enumerate(persons) for form in person.forms}
    return tuple(_speaker(person, words) for person in persons), index


def _find_names(
    document: Document, persons: list[_Person], words: Words, table: Mapping[str, object], stated: Sequence[str]
) -> None:
    """Tie names to people by evidence, the strongest first."""
    view = View.of(document)
    spelt = _spellings(view.text, {fold(p.core) for p in persons} | {fold(n) for n in stated})
    for person in persons:
        _declared(person, words, spelt)
    for person in persons:
        if not person.name and not _nameless(person, words):
            _from_list(person, stated, persons, spelt)
    _introduced(document, view, persons, words, table)
    _addressed(document, view, persons, words, table)


def _speaker(person: _Person, words: Words) -> Speaker:
    return Speaker(
        person.forms[0], tuple(person.forms), person.name, person.role, person.affiliation, person.evidence,
        person.quote, person.quote_at, person.name is None and _nameless(person, words),
    )  # fmt: skip


def _link(forms: Sequence[str], words: Words) -> list[_Person]:
    """Put forms of one person together: the same name with and without role, a surname behind its full form."""
    persons: list[_Person] = []
    by_core: dict[str, _Person] = {}
    rows = [(form, core(form, words)) for form in forms]
    for form, name in rows:
        role = _role(form, name, words)
        person = by_core.get(fold(name) if name else form)
        if person:
            person.forms.append(form)
            person.role = person.role or role
        else:
            person = _Person(form, name or form, role)
            persons.append(person)
            by_core[fold(name) if name else form] = person
    last: dict[str, list[_Person]] = {}
    first: dict[str, list[_Person]] = {}
    for person in persons:
        tokens = fold(person.core).split()
        if len(tokens) > 1 and not _nameless(person, words):
            last.setdefault(tokens[-1], []).append(person)
            first.setdefault(tokens[0], []).append(person)
    kept: list[_Person] = []
    for person in persons:
        tokens = fold(person.core).split()
        owners = last.get(tokens[0], []) or first.get(tokens[0], []) if len(tokens) == 1 else []
        if len(tokens) == 2:  # a surname of two words: `VAN HEUVEL` behind `KATE VAN HEUVEL`
            owners = [p for p in last.get(tokens[1], []) if fold(p.core).endswith(" " + fold(person.core))]
        if len(owners) == 1 and not _nameless(person, words):
            owners[0].forms += person.forms
            owners[0].role = owners[0].role or person.role
        else:
            kept.append(person)
    order = {form: i for i, form in enumerate(forms)}
    for person in kept:
        person.forms.sort(key=order.__getitem__)
    return sorted(kept, key=lambda person: order[person.forms[0]])


def _role(form: str, name: str, words: Words) -> str | None:
    """Return what a label says beside the name: behind a comma or in brackets, and titles before it."""
    match = re.search(r"[(（]([^)）]+)[)）]", form)
    bare = re.sub(r"\s*[(\[（][^)\]）]*[)\]）]?", "", form)
    tail = re.split(r",|\s[-–—]\s", bare, maxsplit=1)
    at = tail[0].find(name) if name else -1
    title = tail[0][:at].strip(" .") if at > 0 else ""
    said = tail[1].strip(" ,") if len(tail) > 1 else match[1].strip() if match else ""
    title = "" if title.casefold().rstrip(".") in ("mr", "mrs", "ms", "miss", "mx", "sr", "sra") else title
    return ", ".join(piece for piece in (title, said) if piece) or None


def _nameless(person: _Person, words: Words) -> bool:
    """Say whether the label names a part in the talk, or is a number or a nick name, rather than a person."""
    folded = fold(person.core)
    bare = re.sub(r"[ \d]+$", "", folded)
    return (
        {folded, bare, *(fold(form) for form in person.forms)} & words.generic != set()
        or bool(CODE.fullmatch(person.forms[0]))
        or any(map(str.isdigit, person.core))
        or "_" in person.core
        or len(person.core) < 2
    )


def _declared(person: _Person, words: Words, spelt: Mapping[str, str]) -> None:
    """Take the name from a label that holds it in full."""
    tokens = person.core.split()
    if len(tokens) < 2 or _nameless(person, words) or len(tokens) > 5:
        return
    if any(fold(token) in words.generic | words.roles for token in tokens) or tokens[0].casefold() == "the":
        return
    person.name = spelt.get(fold(person.core)) or _cased(person.core)
    person.evidence, person.quote = "declared", next((f for f in person.forms if person.core in f), person.forms[0])


def _cased(name: str) -> str:
    """Write a name in capitals as names are written, only where that is safe; `MCCAIN` never becomes `Mccain`."""
    if name.upper() != name or not all(_PLAIN.fullmatch(t) and not t.startswith(_STUCK) for t in name.split()):
        return name
    return " ".join("-".join(piece.capitalize() for piece in token.split("-")) for token in name.split())


def _spellings(text: str, wanted: set[str]) -> dict[str, str]:
    """Return how wanted names are spelt in running text, where they stand there not all in capitals."""
    found: dict[str, Counter[str]] = {}
    longest = max((len(name.split()) for name in wanted), default=0)
    for match in _SEQUENCE.finditer(text):
        tokens = match[0].split()
        for size in range(2, min(longest, len(tokens)) + 1):
            for start in range(len(tokens) - size + 1):
                piece = " ".join(tokens[start : start + size])
                shouted = any(token.upper() == token and len(token) > 2 for token in piece.split())
                if not shouted and fold(piece) in wanted:
                    found.setdefault(fold(piece), Counter())[piece.removesuffix("’s").removesuffix("'s")] += 1
    return {name: max(counts, key=counts.__getitem__) for name, counts in found.items()}


def _from_list(person: _Person, stated: Sequence[str], persons: Sequence[_Person], spelt: Mapping[str, str]) -> None:
    """Take the one person of front matter whose first or last name the label is."""
    label = fold(person.core)
    full = [name for name in stated if len(name.split()) > 1]
    owners = [name for name in full if label in (fold(name), fold(name).split()[0], fold(name).split()[-1])]
    if len(owners) == 1 and not any(p.name and fold(p.name) == fold(owners[0]) for p in persons):
        person.name = spelt.get(fold(owners[0]), owners[0])
        person.evidence, person.quote = "declared", owners[0]


def patterns(table: Mapping[str, object], group: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, pattern) of the introductions or addresses of the table, names put in."""
    rows = table.get("introductions") if group == "introductions" else {"address": table.get("address")}
    for kind, texts in rows.items() if isinstance(rows, Mapping) else ():
        for text in texts or ():
            yield str(kind), str(text).replace("{name}", _NAME).replace("{first}", _FIRST)


@lru_cache(maxsize=4)
def _matcher(key: Same, group: str) -> tuple[Matcher, tuple[str, ...]]:
    rows = list(patterns(key.values[0], group))
    needles = [Needle(i, text, keys(text), case=True) for i, (_, text) in enumerate(rows)]
    return Matcher(needles), tuple(kind for kind, _ in rows)


def _introduced(
    document: Document, view: View, persons: Sequence[_Person], words: Words, table: Mapping[str, object]
) -> None:
    """Take names from introductions (`NPR's Asma Khalid`, `I'm Ari Shapiro`), where exactly one fits a label."""
    matcher, kinds = _matcher(Same(table), "introductions")
    claims: dict[int, dict[tuple[str, str, str], tuple[dict[str, str], int]]] = {}
    taken = {fold(person.name): index for index, person in enumerate(persons) if person.name}
    open_: dict[str, list[int]] = {}
    for index, person in enumerate(persons):
        if not person.name and not _nameless(person, words):
            open_.setdefault(fold(person.core), []).append(index)
    numbers = {id(person): index for index, person in enumerate(persons)}
    speaking, none = _Speaking(document, persons), words.speech | words.roles
    for hit in matcher.find(view.text):
        name = hit.groups["name"].removesuffix("’s").removesuffix("'s").strip()
        tokens = [t for t in name.split() if t.casefold().rstrip(".") not in words.titles]
        while tokens and tokens[-1][0].islower():
            tokens.pop()
        if any(token[0].islower() and token not in _PARTICLES for token in tokens):
            continue
        if len(tokens) < 2 or fold(tokens[0]) in words.speech or fold(tokens[-1]) in none:
            continue
        if any(token.endswith(("'s", "’s")) for token in tokens):
            continue  # `NPR's Mira Kovac`: the first word is whose she is
        kind, full = kinds[hit.rule], " ".join(tokens)
        place = view.spans(hit.start, hit.end)
        speaker = speaking.at(place[0][0]) if place else None
        own = numbers[id(speaker)] if speaker else -1
        fits = set(open_.get(fold(tokens[-1]), ()))
        fits |= {i for i in open_.get(fold(tokens[0]), ()) if kind != "self" or i == own}
        if fold(full) in taken:
            fits |= {taken[fold(full)]} if kind == "role" else set()
        elif speaker and kind == "self" and not speaker.name and _nameless(speaker, words):
            part = bool(CODE.fullmatch(speaker.forms[0])) or fold(speaker.core) in ("host", "speaker")
            fits |= {own} if part else set()
        for index in fits if place else ():
            claims.setdefault(index, {}).setdefault((kind, full, hit.groups["0"]), (hit.groups, place[0][0]))
    for index, rows in claims.items():
        _settle(persons[index], [(*key, *value) for key, value in rows.items()], set(taken))


class _Speaking:
    """Tells whose turn a place lies in."""

    def __init__(self, document: Document, persons: Sequence[_Person]) -> None:
        owners = {form: person for person in persons for form in person.forms}
        rows = [(part.start, owners.get(part.form or "")) for part in document.parts if part.kind == "label"]
        self.starts = [start for start, _ in rows]
        self.owners = [owner for _, owner in rows]

    def index(self, place: int) -> int:
        from bisect import bisect_right

        return bisect_right(self.starts, place) - 1

    def at(self, place: int) -> _Person | None:
        index = self.index(place)
        return self.owners[index] if index >= 0 else None


def _settle(person: _Person, rows: list[tuple[str, str, str, dict[str, str], int]], taken: set[str]) -> None:
    """Take the one name that introductions give; two different ones cancel out, but for what people say of themselves."""
    said = {fold(name) for kind, name, *_ in rows if kind == "self"}
    all_names = {fold(name) for _, name, *_ in rows}
    one = said if len(said) == 1 else all_names
    if not person.name:
        if len(one) != 1 or one & taken:
            return
        name, quote, place = next((n, q, p) for _, n, q, _, p in rows if fold(n) in one)
        person.name, person.evidence, person.quote, person.quote_at = name, "mentioned", quote, place
    for _, name, quote, groups, place in rows:
        if fold(name) == fold(person.name):
            said_role = groups.get("role") or groups["name"].replace(name, "")
            person.role = person.role or " ".join(said_role.split()) or None
            person.affiliation = person.affiliation or groups.get("affiliation") or None
            if person.evidence == "mentioned" and groups.get("role") and person.quote_at is None:
                person.quote, person.quote_at = quote, place


def _addressed(
    document: Document, view: View, persons: Sequence[_Person], words: Words, table: Mapping[str, object]
) -> None:
    """Infer a first name for a surname label from how the others call this speaker: a suggestion, never more."""
    open_ = [
        p
        for p in persons
        if not p.name and not _nameless(p, words) and len(p.core.split()) == 1 and p.core.upper() == p.core
    ]
    if not open_:
        return
    matcher, _ = _matcher(Same(table), "address")
    firsts = {word for p in persons if p.name for word in fold(p.name).split()[:1]} | {fold(p.core) for p in persons}
    speaking = _Speaking(document, persons)
    none = firsts | words.speech | words.generic | words.titles | words.roles
    numbers = {id(person): index for index, person in enumerate(open_)}
    called: dict[int, Counter[str]] = {}
    quotes: dict[str, tuple[str, int]] = {}
    for hit in matcher.find(view.text):
        first = hit.groups["first"]
        place = view.spans(hit.start, hit.end)
        if fold(first) in none or not place or first[0].islower():
            continue
        at = speaking.index(place[0][0])
        if at < 0:
            continue
        near = {id(speaking.owners[i]) for i in (at - 1, at + 1) if 0 <= i < len(speaking.owners)}
        own = id(speaking.owners[at])
        for who in near - {own}:
            if who in numbers:
                called.setdefault(numbers[who], Counter())[first] += 1
        quotes.setdefault(first, (hit.groups["0"], place[0][0]))
    firsts_of = {index: counts.most_common()[:2] for index, counts in called.items()}
    wanted = Counter(rows[0][0] for rows in firsts_of.values())
    for index, best in firsts_of.items():
        first, count = best[0]
        if wanted[first] == 1 and (len(best) == 1 or count > 2 * best[1][1]):
            person = open_[index]
            person.name, person.evidence = f"{first} {_cased(person.core)}", "inferred"
            person.quote, person.quote_at = quotes[first]
