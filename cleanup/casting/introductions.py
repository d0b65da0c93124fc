"""Names that the text gives: people introduce themselves and each other, and a title names who talks."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from cleanup.casting.forms import Words, fold
from cleanup.casting.persons import NICK, Claim, Person, fits, nameless, single
from cleanup.casting.spelling import NAME, PARTICLES, SEQUENCE, cased, patterns
from cleanup.casting.surnames import is_full
from cleanup.document import Document
from cleanup.literals import keys
from cleanup.matching import Hit, Matcher, Needle, Same
from cleanup.view import View

_WEIGHTS = {"self": 4.0, "weak": 2.0, "role": 2.0, "guest": 2.0, "title": 2.5, "asks": 3.0, "answers": 2.0}
_EARLY = 5
"""Turns of one's own in which people say who they are; later they quote others."""
_CLOSE = 400
"""Characters before the end of a turn in which a guest is greeted who then answers."""


class Speaking:
    """Tells whose turn a place lies in."""

    def __init__(self, document: Document, persons: Sequence[Person]) -> None:
        owners = {form: person for person in persons for form in person.forms}
        rows = [(part.start, owners.get(part.form or "")) for part in document.parts if part.kind == "label"]
        self.starts = [start for start, _ in rows]
        self.owners = [owner for _, owner in rows]
        seen: Counter[int] = Counter()
        self.ranks: list[int] = []
        for index, owner in enumerate(self.owners):
            seen[id(owner)] += not index or owner is not self.owners[index - 1]
            self.ranks.append(seen[id(owner)])

    def index(self, place: int) -> int:
        """Return the number of the label that opens the turn at a place, or -1."""
        return bisect_right(self.starts, place) - 1

    def owner(self, index: int) -> Person | None:
        """Return whose label that is."""
        return self.owners[index] if 0 <= index < len(self.owners) else None

    def most(self, end: int) -> Person | None:
        """Return who says more than all others together, where several speak."""
        said: Counter[int] = Counter()
        for start, stop, owner in zip(self.starts, [*self.starts[1:], end], self.owners, strict=False):
            said[id(owner)] += stop - start
        best = max(said, key=said.__getitem__, default=0)
        alone = len(said) < 2 or 2 * said[best] <= said.total()
        return None if alone else next(owner for owner in self.owners if id(owner) == best)

    def near_end(self, index: int, place: int) -> bool:
        """Say whether a place stands at the end of its turn."""
        return index + 1 < len(self.starts) and self.starts[index + 1] - place < _CLOSE


@lru_cache(maxsize=16)
def matcher(key: Same, group: str, languages: frozenset[str]) -> tuple[Matcher, tuple[str, ...]]:
    """Return what listens for a group of introductions of the table, and the kind of each."""
    rows = patterns(key.values[0], group, languages)
    needles = [Needle(i, text, keys(text), case=True) for i, (_, text) in enumerate(rows)]
    return Matcher(needles), tuple(kind for kind, _ in rows)


def introduced(
    document: Document, view: View, heads: Sequence[tuple[str, int]], persons: Sequence[Person], words: Words,
    table: Mapping[str, object], language: str | None,
) -> None:  # fmt: skip
    """Add the claims that introductions make (`NPR's Asma Khalid`, `I'm Ari Shapiro`), in the words and in the head.

    `heads` are titles and descriptions with their offsets: what no one says, but front matter or a heading states.
    """
    own = frozenset({"all", "en", (language or "").partition("-")[0]}) if language else frozenset()
    own |= {"nb"} if "no" in own else set()
    book, speaking = _Book(persons, words), Speaking(document, persons)
    listener, kinds = matcher(Same(table), "said" if book.wanting else "role", own)
    few = len(view.text) < _PAGE and all(NAME in needle.pattern for needle in listener.needles)
    for hit in listener.find(_named(view.text) if few else view.text):
        name, place = _name(hit, words, table), view.spans(hit.start, hit.end)
        if name and place:
            book.add(hit, kinds[hit.rule], name, place[0][0], speaking)
    interviewed: dict[str, Claim] = {}
    for group in ("said", "title"):
        listener, kinds = matcher(Same(table), group, own)
        for text, at in heads:
            for hit in listener.find(text):
                name = _name(hit, words, table)
                if name and kinds[hit.rule] not in ("self", "weak"):
                    book.add(hit, kinds[hit.rule], name, at, None)
                if name and kinds[hit.rule] == "answers" and fold(name) not in book.taken:
                    interviewed[fold(name)] = Claim(name, "asked", "inferred", 2.0, hit.groups["0"], at)
    most = speaking.most(len(document.text))
    if len(interviewed) == 1 and most and not most.name and single(most, words):
        most.claims += interviewed.values()


_PAGE = 1 << 18
"""Characters of a text that is copied to be looked through faster; of a large one the copy would weigh too much."""


def _named(text: str) -> str:
    """Return a text with blanks in place of the lines that hold no full name: no pattern needs to be tried there."""
    return "\n".join(line if SEQUENCE.search(line) else " " * len(line) for line in text.split("\n"))


def _name(hit: Hit, words: Words, table: Mapping[str, object]) -> str | None:
    """Return the name in a match without titles, or None where these words are no name."""
    name = hit.groups["name"].removesuffix("’s").removesuffix("'s").strip()
    if is_full(name, table):
        return name
    tokens = [t for t in name.split() if t.casefold().rstrip(".") not in words.titles]
    while tokens and (
        tokens[-1][0].islower()
        or fold(tokens[-1]) in words.printed
        or (len(tokens) > 2 and fold(tokens[-1]) in words.months)
    ):
        tokens.pop()
    if any(token[0].islower() and token not in PARTICLES for token in tokens):
        return None
    if len(tokens) < 2 or fold(tokens[0]) in words.speech or fold(tokens[-1]) in words.speech | words.roles:
        return None
    if any(fold(token) in words.nobody for token in tokens):
        return None
    if any(token.endswith(("'s", "’s")) for token in tokens):
        return None  # `NPR's Mira Kovac`: the first word is whose she is
    return " ".join(tokens)


class _Book:
    """Gives claims to the people whom they may be about."""

    def __init__(self, persons: Sequence[Person], words: Words) -> None:
        self.persons, self.words = persons, words
        self.taken = {fold(person.name): person for person in persons if person.name}
        self.open: dict[str, list[Person]] = {}
        for person in persons:
            if not person.name and (not nameless(person, words) or "_" in person.core):
                folded = fold(person.core)
                for key in {*folded.split()[:1], *folded.split()[-1:], *NICK.split(folded)} - {""}:
                    self.open.setdefault(key, []).append(person)
        parts = {
            kind: [p for p in persons if fold(p.core) in words.parts.get(kind, ())] for kind in ("asks", "answers")
        }
        self.parts = {kind: rows[0] for kind, rows in parts.items() if len(rows) == 1 and not rows[0].name}
        self.wanting = bool(self.open or self.parts) or any(not p.name and single(p, words) for p in persons)
        """Whether anybody is left to be named; else only roles are listened for."""

    def add(self, hit: Hit, kind: str, name: str, at: int, speaking: Speaking | None) -> None:
        """Add the claim of one match to everybody whom it may be about."""
        name = cased(name, self.words.plain)
        before = hit.groups["name"].casefold().partition(name.casefold())[0]
        said = hit.groups.get("role") or (hit.groups["name"][: len(before)] if " " in name else "")
        claim = Claim(
            name, kind, "mentioned", _WEIGHTS[kind], hit.groups["0"], at, " ".join(said.split()) or None,
            hit.groups.get("affiliation") or None,
        )  # fmt: skip
        if fold(name) in self.taken:
            if kind == "role":
                self.taken[fold(name)].claims.append(claim)
            return
        index = speaking.index(at) if speaking else -1
        own = speaking.owner(index) if speaking else None
        if kind in self.parts:
            self.parts[kind].claims.append(claim)
        for person in self._fitting(name, own if kind == "self" else None):
            himself = kind in ("self", "weak")
            if (
                person is own
                if himself and fold(person.core) == fold(name).split()[0]
                else himself or person is not own
            ):
                person.claims.append(claim)
        if not speaking or not own:
            return
        if kind == "self" and not own.name and single(own, self.words) and speaking.ranks[index] <= _EARLY:
            own.claims.append(claim)
        following = speaking.owner(index + 1)
        answers = kind == "guest" and following and following is not own and speaking.near_end(index, at)
        written = fold(name) != name or is_full(name, self.words.table)
        if answers and following and written and not following.name and single(following, self.words):
            following.claims.append(claim._replace(kind="greeted", evidence="inferred", weight=2.0))

    def _fitting(self, name: str, own: Person | None) -> list[Person]:
        tokens = fold(name).split()
        initials = "".join(token[0] for token in tokens)
        keys = {tokens[0], tokens[-1], initials, fold(name), *(name[:n] for n in range(1, 4) if name[0] > "\u3040")}
        rows = [p for key in keys for p in self.open.get(key, ())]
        found = {id(p): p for p in rows if fits(p.core, name) or fold(p.core) == fold(name) or name.startswith(p.core)}
        if own and not own.name and not nameless(own, self.words) and _nickname(fold(own.core), tokens[0]):
            found[id(own)] = own
        return list(found.values())


def _nickname(label: str, first: str) -> bool:
    """Say whether one is the other cut short: who says "I'm Nic" may be labelled `Nicolas`."""
    return min(len(label), len(first)) > 2 and (label.startswith(first) or first.startswith(label))
