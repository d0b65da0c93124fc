"""The pieces of a transcript in JSON, as a row of the table of dialects describes them."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from cleanup.formats.dialects import Dialect
from cleanup.formats.located import Node, Text, joined, string
from cleanup.formats.paths import Found, every, first
from cleanup.formats.sheet import Moment, Piece, duration, number


def scalar(text: str, node: Node | None) -> Text | None:
    """Return what a node says, where that is a string or a number and no blank."""
    return string(text, node) if node and isinstance(node.value, str) and node.value.strip() else None


class Reader:
    """Reads the pieces of one dialect."""

    def __init__(self, text: str, root: Node, row: Dialect) -> None:
        self.text, self.root, self.row = text, root, row
        self.people = self._people()
        self.turns = self._turns()
        self.starts = [start for start, _, _ in self.turns]
        self.only, self.tight = _condition(row.only), _condition(row.tight)
        self.beside = [scalar(text, found.node) for found in every(root, row.beside)] if row.beside else []

    def pieces(self) -> Iterator[Piece]:
        """Yield what was said, piece by piece, with who said it and when, where that is known."""
        row = self.row
        for found, beside in zip_longest(every(self.root, row.pieces), self.beside):
            if found is None:
                break
            said = self._said(found.node)
            if said is None or not _is(found.node, self.only, otherwise=True):
                continue
            at = self._moment(found.node, row.start)
            until = self._moment(found.node, row.end, after=at if row.lasts else None)
            speaker = beside or self._speaker(found) or self._turn(at, until)
            kind = scalar(self.text, first(found.node, row.kind)) if row.kind else None
            tight = _is(found.node, self.tight, otherwise=False)
            opens = kind is not None and kind.value == "turn" and not tight
            yield Piece(said, speaker, at, until, tight, kind.value if kind else "turn", opens)

    def _said(self, node: Node) -> Text | None:
        """Return what is said; blanks only where a dialect says each of those between words."""
        places = (found.node for found in every(node, self.row.text))
        texts = [string(self.text, one) for one in places if isinstance(one.value, str)]
        said = joined(texts) if len(texts) > 1 else texts[0] if texts else None
        return said if said and (said.value.strip() or (said.value and not self.row.join)) else None

    def _moment(self, node: Node, path: str, *, after: Moment | None = None) -> Moment | None:
        found = first(node, path) if path else None
        if found is None:
            return None
        scalars = found.value.values() if isinstance(found.value, dict) else (found,)
        said = [one for one in scalars if isinstance(one.value, str)]
        if not said:
            return None
        if isinstance(found.value, dict):
            rows = ((found.value.get("seconds"), 1000), (found.value.get("nanos"), 1e-6))
            at: int | None = sum(number(str(one.value), unit) or 0 for one, unit in rows if one)
        else:
            at = duration(found.value, self.row.unit)
        if after and at is not None:
            at = None if after.at is None else after.at + at
        return Moment(string(self.text, said[0]), at)

    def _speaker(self, found: Found) -> Text | None:
        for path in self.row.speaker.split("|") if self.row.speaker else ():
            for node in (found.node, *found.above):
                said = scalar(self.text, first(node, f"{path}.name|{path}")) if isinstance(node.value, dict) else None
                if said:
                    return self.people.get(said.value, said)
        return None

    def _people(self) -> Mapping[str, Text]:
        path, code, name = self.row.people or ("", "", "")
        rows = [found.node for found in every(self.root, path)] if path else []
        pairs = ((scalar(self.text, first(node, code)), scalar(self.text, first(node, name))) for node in rows)
        return {key.value: said for key, said in pairs if key and said}

    def _turns(self) -> list[tuple[int, int, Text]]:
        turns, rows = self.row.turns, []
        for found in every(self.root, turns.path) if turns else ():
            start = self._moment(found.node, turns.start) if turns else None
            end = self._moment(found.node, turns.end, after=start if turns.lasts else None) if turns else None
            who = scalar(self.text, first(found.node, turns.speaker)) if turns else None
            if start and start.at is not None and who:
                rows.append((start.at, end.at if end and end.at is not None else start.at, who))
        return sorted(rows, key=lambda row: row[0])

    def _turn(self, at: Moment | None, until: Moment | None) -> Text | None:
        """Return who speaks in the middle of a word, or spoke last before it."""
        if not self.turns or at is None or at.at is None:
            return None
        middle = (at.at + (until.at if until and until.at is not None else at.at)) // 2
        index = bisect_right(self.starts, middle) - 1
        return self.turns[max(0, index)][2]


def _condition(text: str) -> tuple[str, frozenset[str]]:
    key, _, values = text.partition("=")
    return key, frozenset(values.split("|"))


def _is(node: Node, condition: tuple[str, frozenset[str]], *, otherwise: bool) -> bool:
    found = first(node, condition[0]) if condition[0] else None
    return str(found.value).casefold() in condition[1] if found else otherwise
