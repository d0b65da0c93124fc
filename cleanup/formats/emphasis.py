"""Which runs of `*`, `_` and `~~` pair up in a block of Markdown."""

from collections.abc import Sequence

from cleanup.regexes import late


def pairs(text: str, stretches: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Return where runs of `*`, `_` and `~~`, or pieces of them, pair up (start: end); all others are characters.

    As CommonMark pairs them, but that a run opens before any word and closes behind any: `**Ana:**yes`
    is meant so. `_` does neither inside a word.
    """
    paired: dict[int, int] = {}
    waiting: list[_Run] = []
    for start, end in stretches:
        at = start
        while sign := _SIGN.search(text, at, end):
            match = _RUN_OR_SKIP.match(text, sign.start(), end)
            at = match.end() if match else sign.end()
            if not match or not match[1]:
                continue
            left, char, size = match.start(1), match[1][0], len(match[1])
            before, after = text[left - 1 : left] or " ", text[at : at + 1] or " "
            closes = not before.isspace() and not (char == "_" and after.isalnum())
            opens = not after.isspace() and not (char == "_" and before.isalnum())
            run = _Run(char, left, at, size, closes and opens)
            while closes and run.left < run.right:
                mate = next((i for i in range(len(waiting) - 1, -1, -1) if waiting[i].fits(run)), -1)
                if mate < 0:
                    break
                opener = waiting[mate]
                width = min(2, opener.right - opener.left, run.right - run.left)
                paired[opener.right - width], paired[run.left] = opener.right, run.left + width
                opener.right, run.left = opener.right - width, run.left + width
                del waiting[mate + (opener.left < opener.right) :]
            if opens and run.left < run.right and len(waiting) < 64:
                waiting.append(run)
    return paired


class _Run:
    """A run of marks, and how much of it is not paired yet; `size` is its first width."""

    __slots__ = ("both", "char", "left", "right", "size")

    def __init__(self, char: str, left: int, right: int, size: int, both: bool) -> None:
        self.char, self.left, self.right, self.size, self.both = char, left, right, size, both

    def fits(self, closer: "_Run") -> bool:
        """Say whether a later run closes this one; three marks are never cut by chance (CommonMark, rules 9 and 10)."""
        odd = (self.both or closer.both) and (self.size + closer.size) % 3 == 0 and self.size % 3 != 0
        return self.char == closer.char and self.right < closer.left and not odd


_SIGN = late(r"[\\`\]<*_~]")
"""How any of the next begins: a set alone is looked for ten times as fast."""
_RUN_OR_SKIP = late(r"\\.|`[^`\n]*`|\]\([^()\s]*\)|<(?:https?:|/?[A-Za-z])[^<>\n]*>|(\*+|_+|~~)")
