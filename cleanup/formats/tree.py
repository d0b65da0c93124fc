"""The elements of an HTML page, by place."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from cleanup.formats.tags import BLOCKS


class Tree:
    """The elements of a page in the order of the text, each with its parent; `texts` are starts of text, with their element."""

    def __init__(self, text: str) -> None:
        from justhtml import JustHTML

        self.tags: list[str] = []
        self.parents: list[int] = []
        self.attributes: list[Mapping[str, str | None]] = []
        self.starts: list[int] = []
        texts: list[tuple[int, int]] = []
        root = JustHTML(text, sanitize=False, track_node_locations=True, scripting_enabled=False).root
        waiting = [(root, -1)]
        while waiting:
            node, parent = waiting.pop()
            if node.name == "#text":
                texts.append((node.origin_offset or 0, parent))
                continue
            here = parent
            if node.name[0] != "#":
                here = len(self.tags)
                self.tags.append(node.name.lower())
                self.parents.append(parent)
                self.attributes.append(node.attrs or {})
                self.starts.append(node.origin_offset or 0)
            waiting += [(child, here) for child in reversed(node.children or ())]
        texts.sort()
        self.holders = [0] * len(self.tags)
        for index, tag in enumerate(self.tags):
            self.holders[index] = (
                index if tag in BLOCKS or self.parents[index] < 0 else self.holders[self.parents[index]]
            )
        self._offsets = [offset for offset, _ in texts]
        self._owners = [owner for _, owner in texts]

    def owner(self, offset: int) -> int:
        """Return the element that holds the text at a place."""
        at = bisect_right(self._offsets, offset) - 1
        return self._owners[at] if at >= 0 else -1

    def inherited(self, own: Sequence[str]) -> list[str]:
        """Return for each element its own value, else that of the nearest element around it that has one."""
        found: list[str] = []
        for index, value in enumerate(own):
            found.append(value or (found[self.parents[index]] if self.parents[index] >= 0 else ""))
        return found

    def sums(self, own: Iterable[float]) -> list[float]:
        """Return for each element its own value and those of all inside it."""
        total = list(own)
        for index in range(len(total) - 1, 0, -1):
            if self.parents[index] >= 0:
                total[self.parents[index]] += total[index]
        return total

    def within(self, index: int, tag: str) -> bool:
        """Say whether an element is one of this tag, or stands in one that its block does not part it from."""
        for _ in range(6):
            if index < 0 or self.tags[index] in BLOCKS:
                break
            index = self.parents[index]
        return index >= 0 and self.tags[index] == tag
