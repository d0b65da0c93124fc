"""What each element of an HTML page is about, and which of them holds the text."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import pairwise
from typing import NamedTuple

from cleanup.formats.tree import Tree

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z]+")
_LABEL = re.compile(r"[^\w<(\[]{0,3}([^\W\d_a-z][^:：.!?<>\n]{0,60}(?:[.][^:：.!?<>\n]{0,50}){0,3})[:：](?:\s|$)")
_ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_HOLDERS = frozenset("div article section main td body html blockquote dl ol ul center form table tbody".split())
"""Tags that may hold the text of a page; a paragraph is never all of it."""

_TITLES = frozenset("p div span td h2 h3 h4 a font b strong".split())
_FEW, _GOOD, _LONG, _THIRD, _MOST, _SHARE, _NEAR = 0.2, 40, 100, 0.3, 0.5, 0.9, 1500


class Region(NamedTuple):
    """What a rule of kind `region` says: its id, and by which signs an element is known."""

    rule: str
    tags: frozenset[str]
    roles: frozenset[str]
    names: "re.Pattern[str] | None"
    styles: tuple[str, ...]
    only: frozenset[str]
    links: int
    around: bool
    title: bool
    people: "re.Pattern[str] | None" = None

    @staticmethod
    def of(rule: str, fields: Mapping[str, object]) -> "Region":
        """Read the fields of a rule."""

        def words(key: str) -> tuple[str, ...]:
            value = fields.get(key)
            return tuple(map(str, value)) if isinstance(value, list | tuple) else ()

        def named(key: str) -> "re.Pattern[str] | None":
            names = "|".join(re.escape(name) for name in words(key))
            return re.compile(rf"(?:^| )(?:{names})(?= |$)") if names else None

        return Region(
            rule, frozenset(words("tags")), frozenset(words("roles")), named("names"),
            words("styles"), frozenset(words("only")), int(str(fields.get("links", 0))), bool(fields.get("around")),
            bool(fields.get("title")), named("people"),
        )  # fmt: skip

    def takes(self, tag: str, named: str, role: str, style: str) -> bool:
        """Say whether an element is such a part of a page, by what its tag says."""
        if self.only and tag not in self.only:
            return False
        return (
            tag in self.tags
            or role in self.roles
            or (bool(named) and self.names is not None and self.names.search(named) is not None)
            or any(sign in style for sign in self.styles)
        )


class Line(NamedTuple):
    """A line that a reader sees: where it starts, the block that holds it, its text, and how much of that is in links."""

    start: int
    owner: int
    text: str
    linked: int


class Verdict(NamedTuple):
    """For each line, and for each element, the rule that takes it away, if any; and each element's share of what is worth reading."""

    lines: list[str]
    elements: list[str]
    shares: list[float]


def judge(tree: Tree, lines: Sequence[Line], regions: Sequence[Region]) -> Verdict:
    """Say what belongs to the text of a page, and which rule takes the rest.

    An element that its tag, role, class or id calls navigation, say, is no text, unless it holds most of it,
    or all elements of its kind together do: names lie. Of the
    rest the text is the smallest element that holds nine tenths of what is worth reading (lines that a label
    opens, sentences, long lines that are not links), or nine tenths of the labels and half of that. The last
    heading before it, and what is between, belong to it too.
    """
    if not tree.tags:
        return Verdict(["" for _ in lines], [], [])
    named = [region for region in regions if not (region.around or region.links or region.title)]
    titles = [region for region in regions if region.title]
    worth = [_worth(line) for line in lines]
    labels = [_labelled(line.text) for line in lines]
    weights = [float(label) for label in labels] if sum(labels) > 3 else worth
    most = _holding(tree, lines, weights)
    for index, share in enumerate(most):
        if share < _FEW and tree.tags[index] in _TITLES and _ruled(titles, *_signs(tree, index)):
            tree.tags[index] = "h1"
    heading = _titled(tree, lines, labels)
    if heading >= 0:
        tree.tags[heading] = "h1"
    ruled = cache(partial(_ruled, named))
    dense = next((region for region in regions if region.links), None)
    people = _people(tree, lines, dense) if dense else set[int]()
    own = ["" if share > _MOST or i in people else ruled(*_signs(tree, i)) for i, share in enumerate(most)]
    taken = tree.inherited(own)
    held: Counter[str] = Counter()
    for line, weight in zip(lines, weights, strict=True):
        held[taken[line.owner] if line.owner >= 0 else ""] += weight  # type: ignore[assignment]
    liars = {rule for rule, weight in held.items() if rule and weight > _MOST * sum(weights)}
    if liars:
        taken = tree.inherited(["" if rule in liars else rule for rule in own])
    found = [taken[line.owner] if line.owner >= 0 else "" for line in lines]
    if dense:
        kept = people | {line.owner for line in lines if tree.within(line.owner, "h1")}
        found = [
            rule or (dense.rule if line.owner not in kept and _leads_away(line, dense.links) else "")
            for line, rule in zip(lines, found, strict=True)
        ]
    around = next((region.rule for region in regions if region.around), "")
    if around:
        found = list(_outside(tree, lines, worth, labels, found, around))
    return Verdict(found, taken, most)


def _people(tree: Tree, lines: Sequence[Line], dense: Region) -> set[int]:
    """Return the elements in which links lead to who speaks: class or address says so, three times or more, and what is no link follows."""
    if not dense.people:
        return set()
    own = [index for index, tag in enumerate(tree.tags) if tag in _NAMING]
    said = {i: " ".join((*_signs(tree, i)[1:], tree.attributes[i].get("href") or "")) for i in own}
    signs = {i for i in own if dense.people.search(_apart(said[i]))}
    inside = tree.inherited(["a" if i in signs else "" for i in range(len(tree.tags))])
    named = {tree.holders[i] for i in signs} | {i for i, sign in enumerate(inside) if sign}
    near = [(a, b) for a, b in pairwise(lines) if a.owner in named and len(a.text) <= _LONG]
    rows = [a for a, b in near if b.owner in named or 2 * b.linked < len(b.text)]
    return {row.owner for row in rows} if len({row.text for row in rows}) > 1 and len(rows) > 2 else set()


_NAMING = frozenset("a span strong b".split())


def _titled(tree: Tree, lines: Sequence[Line], labels: Sequence[bool]) -> int:
    """Return the last lower heading above the text that the title of the page holds, where no `<h1>` is in it, else -1."""
    title = next((line.text for line in lines if line.owner >= 0 and tree.tags[line.owner] == "title"), "")
    found = -1
    for line, labelled in zip(lines, labels, strict=True):
        level = next((tag for tag in _LEVELS if tree.within(line.owner, tag)), "")
        if not level and labelled and found >= 0:
            break
        if level and len(line.text) >= _NAMED and line.text in title:
            if level == "h1":
                return -1
            found = line.owner
    return found


_LEVELS = ("h1", "h2", "h3", "h4")
_NAMED = 10
"""Characters of a heading that names a page."""


def _signs(tree: Tree, index: int) -> tuple[str, ...]:
    """Return what the tag of an element says: its name, class, id, role and style."""
    own = tree.attributes[index]
    return tree.tags[index], *(own.get(key) or "" for key in ("class", "id", "role", "style"))


def _apart(name: str) -> str:
    """Return the words of a class or an address."""
    return " ".join(word for word in _CAMEL.split(name) if word).lower()


def _ruled(regions: Sequence[Region], tag: str, kind: str, name: str, role: str, style: str) -> str:
    named = _apart(f"{kind} {name}")
    role, style = role.lower(), style.replace(" ", "").lower()
    return next((region.rule for region in regions if region.takes(tag, named, role, style)), "")


def _labelled(text: str) -> bool:
    """Say whether a line looks as if a label opened it: a few words that are capitalised, and a colon."""
    match = _LABEL.match(text)
    names = match[1].partition(",")[0].split() if match else []
    return 0 < len(names) < 7 and all(not name[:1].islower() or len(name) < 4 for name in names)


def _worth(line: Line) -> float:
    text = line.text
    if line.linked * 2 > len(text):
        return 0.0
    if _labelled(text):
        return float(max(len(text), _LONG))
    return float(len(text)) if len(text) > _LONG or (len(text) > _GOOD and _ENDS.search(text)) else 0.0


def _leads_away(line: Line, share: int) -> bool:
    """Say whether a line is a link and no sentence: `Read more`; an address is what somebody wrote."""
    text = line.text
    if _ENDS.search(text):
        return False
    return 100 * line.linked >= share * len(text) and len(text) < _LONG and "://" not in text and not _labelled(text)


def _holding(tree: Tree, lines: Sequence[Line], worth: Sequence[float]) -> list[float]:
    """Return which share of what is worth reading each element holds."""
    own = [0.0] * len(tree.tags)
    for line, value in zip(lines, worth, strict=True):
        if line.owner >= 0:
            own[line.owner] += value
    total = sum(own) or 1.0
    return [value / total for value in tree.sums(own)]


def _outside(
    tree: Tree, lines: Sequence[Line], worth: Sequence[float], labels: Sequence[bool], found: Sequence[str], around: str
) -> Iterator[str]:
    shares = _holding(tree, lines, [0.0 if rule else value for value, rule in zip(worth, found, strict=True)])
    enough, labelled = _SHARE, shares
    if sum(labels) > max(2, _THIRD * sum(map(bool, worth))):
        labelled = _holding(tree, lines, [float(own and not rule) for own, rule in zip(labels, found, strict=True)])
        enough = _MOST
    main = -1
    for index, share in enumerate(shares):  # parents come first: the last that holds enough is the smallest
        if share >= enough and labelled[index] >= _SHARE and tree.tags[index] in _HOLDERS:
            main = index
    inside = [False] * len(tree.tags)
    for index, parent in enumerate(tree.parents):
        inside[index] = index == main or (parent >= 0 and inside[parent])
    within = [line.owner >= 0 and inside[line.owner] for line in lines]
    first = next((i for i, own in enumerate(within) if own), 0) if main >= 0 else 0
    head = _heading(tree, lines, found, first)
    for index, rule in enumerate(found):
        yield rule or ("" if main < 0 or within[index] or head <= index < first else around)


def _heading(tree: Tree, lines: Sequence[Line], found: Sequence[str], first: int) -> int:
    """Return the last line before the text that is in a heading, where it stands near; else the text itself."""
    for index in range(first - 1, -1, -1):
        if lines[first].start - lines[index].start > 40 * _NEAR:
            break
        if not found[index] and tree.within(lines[index].owner, "h1"):
            near = sum(
                len(line.text) for line, rule in zip(lines[index:first], found[index:first], strict=True) if not rule
            )
            return index if near < _NEAR else first
    return first
