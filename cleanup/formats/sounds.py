"""Noises in brackets: what stands in a transcript and is not said."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from cleanup.formats.stamps import CLOCK
from cleanup.matching import Same
from cleanup.regexes import late
from cleanup.words import strings

_SOUND = late(
    r"([\[(（【♪♫♬])(?:(?<=[♪♫♬])(?:[^♪♫♬\n]{0,300}[♪♫♬])?[♪♫♬]*|((?:[^\[\]()（）【】\\\n]|\\[^\[\]()\n]){1,120})\\?([\])）】]))"
)
"""One set of signs stands first, here and below: a set alone is looked for ten times as fast."""
_PAIRS = {"[": "]", "(": ")）", "（": "）)", "【": "】"}
_TOKEN = late(r"[^\W_]+(?:·[^\W_]+)*")
_QUOTED = late(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|„[^“”]*[“”]")
_QUOTES = frozenset('"“«„')
_WORDLESS = late(r"[.…\s]+|\s*[♪♫♬].*|[_\s]+|\?+")
_SIGNS = r"(?:\\?[-–—‐*#~_][ \t\xa0]?){0,4}"
_LINE = late(
    rf"^[ \t\xa0]*(?:<[^<>\n]{{1,40}}>)?(?P<whole>(?P<open>{_SIGNS})(?P<inner>\w[\w'’]*(?: [\w'’]+){{0,3}}(?P<colon>[:：]?))"
    rf"(?P<close>(?:[ \t\xa0]?\\?[*#~_-]){{0,3}}))(?:</\w{{1,8}}>)?(?:[ \t\xa0]+\\?\[{CLOCK}\\?\](?:[ \t]*(?:[-–—]|to)[ \t]*\\?\[{CLOCK}\\?\])?)?[ \t\xa0]*$",
    re.MULTILINE,
)
"""A few words on a line of their own, perhaps between the signs that captioners set for brackets: `MUSIK`, `* Applaus *`, `# MUSIC`.

Behind them may stand from when to when: `**Break:** [01:33] to [03:00]`.
"""
_CUE = late(
    r"^[ \t\xa0]*(?P<inner>(?P<key>[^\W\d_a-z]{2,20}(?: [^\W\d_a-z]{2,20}){0,2})[:：] ?\S.*?)[ \t\xa0]*$", re.MULTILINE
)
"""A cue with what is heard: `MUSIC: The theme fades in`."""
_TIMES = late(rf"[\d\s:.,;>–—-]*|.*{CLOCK}.*-->.*")
_LONG, _LONGEST, _WIDEST = 16, 80, 160


class Sounds:
    """Recognises sounds by the words of a table, in any of its languages.

    `[laughs]`, `(SOUNDBITE OF MUSIC)`, `(12 seconds pause)` and what stands between notes (`♪`) are
    sounds. `(I think so)` is speech. How the table is read stands at its head.
    """

    def __init__(self, table: Mapping[str, object]) -> None:
        names = ("words", "alone", "signals", "certain", "phrases", "inside", "speech", "joins", "bare", "cues")
        (
            self.words, self.alone, self.signals, self.certain, self.phrases, self.inside, self.speech, self.joins, self.bare,
            self.cues,
        ) = (strings(table.get(name)) for name in names)  # fmt: skip

    @staticmethod
    def of(table: Mapping[str, object]) -> "Sounds":
        """Make the recogniser of a table `{words: {language: [...]}, phrases: {…}, …}`."""
        return _of(Same(table))

    def is_sound(self, inner: str, *, square: bool = False) -> bool:
        """Say whether the inside of a pair of brackets is a sound; `square` ones hold less speech.

        What stands around is no evidence: a page is laid out in another way, and must read the same.
        """
        inner = inner.replace("\\", "")
        if _WORDLESS.fullmatch(inner):
            return True
        folded = (inner if _QUOTES.isdisjoint(inner) else _QUOTED.sub(" ", inner)).casefold()
        every = _TOKEN.findall(folded)
        tokens = [token for token in every if not token.isdecimal()]
        if not tokens or len(tokens) > _LONG:
            return False
        if " ".join(every) in self.phrases or (len(inner) <= _LONG and any(word in folded for word in self.inside)):
            return True
        first, last = tokens[0] in self.words, tokens[-1] in self.words
        capitals = inner.upper() == inner and inner.lower() != inner
        if tokens[0] in self.certain or ((first or last) and capitals):
            return True
        if not self.speech.isdisjoint(tokens):
            return False
        if len(tokens) == 1:
            return first or tokens[0] in self.alone or (tokens[0] in self.signals and capitals)
        if capitals:
            some = self.signals | self.alone
            return (
                not some.isdisjoint(token for token in tokens[:: len(tokens) - 1] if len(token) > 2)  # `(PL - SP)`
                or len(some & {*tokens}) > 1
                or not self.words.isdisjoint(tokens)
            )
        if len(tokens) > (5 if last else 8):
            return False
        near = len(tokens) == 2 or tokens[1] in self.joins or (square and len(tokens) < 5)
        return last or (first and near) or (square and len(tokens) < 5 and not self.words.isdisjoint(tokens))

    def find(self, text: str, *, escapes: bool = False) -> Iterator[tuple[int, int]]:
        """Yield the spans of sounds with their brackets, and with the backslash of these where the format has `escapes`."""
        for match in _SOUND.finditer(text):
            start, end = match.span()
            if match[2] is None:
                yield start, end
            elif match[3] in _PAIRS[match[1]] and self.is_sound(match[2], square=match[1] == "["):
                before = start
                while escapes and before and text[before - 1] == "\\":
                    before -= 1
                yield start - (start - before) % 2, end
        yield from filter(None, (self._bare(text, start, end, escapes=escapes) for start, end in _short(text)))

    def unbracketed(self, paragraph: str) -> bool:
        """Say whether a paragraph of a page is a sound without brackets."""
        return len(paragraph) < _WIDEST and self._bare(paragraph, 0, len(paragraph), escapes=True) is not None

    def _bare(self, text: str, start: int, end: int, *, escapes: bool) -> tuple[int, int] | None:
        """Return the span of the sound that a line is without brackets, if any."""
        line = _LINE.match(text, start, end)
        cue = _CUE.match(text, start, end) if not line and text.find(":", start, end) > 0 else None
        if cue and cue["key"].casefold() in self.cues and _apart(text, *cue.span()):
            return cue.span("inner")
        if line and self._is_line(line, escapes=escapes) and _apart(text, *line.span()):
            emphasis = escapes and "\\" not in line["open"]
            return line.span("inner" if emphasis or not line["open"].strip("-–—‐ \t\xa0") else "whole")
        return None

    def _is_line(self, match: "re.Match[str]", *, escapes: bool) -> bool:
        """Say whether a line without brackets is a sound: between signs, in capitals, or one of the `bare` words.

        In Markdown a sign that stands for itself is escaped, and emphasis does for brackets; others are a list or a heading.
        """
        inner, signs = match["inner"], match["open"] + match["close"]
        tokens = inner.casefold().rstrip(":：").split()
        emphasis = escapes and signs and "\\" not in signs
        cue = " ".join(tokens) in self.cues and (match["colon"] or inner.isupper())
        if cue and match["open"] == match["close"] and inner[0] != inner[0].lower():
            return True
        if self.words.isdisjoint(tokens) or match["colon"]:
            return False
        if emphasis and (match["open"] != match["close"] or " " in signs):
            return False
        if match["close"] and not emphasis:
            paired = match["open"].strip("\\ \xa0")[:1] == match["close"].strip("\\ \xa0")[:1]
            return paired and tokens[-1] in self.words and self.is_sound(inner, square=True)
        if inner.upper() == inner != inner.lower():
            return all(token in self.words | self.alone | self.signals | self.joins for token in tokens)
        return inner[0] != inner[0].lower() and all(token in self.bare or token in self.joins for token in tokens)


def _short(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines that a few words can be: a pattern takes longer to see that a line of speech goes on."""
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if 0 < end - at < _WIDEST:
            yield at, end
        at = end + 1


def _apart(text: str, start: int, end: int) -> bool:
    """Say whether a line is a paragraph, or all of a caption: blank lines and times stand around it."""
    above, below = text.rfind("\n", 0, max(0, start - 1)) + 1, text.find("\n", end + 1)
    near = text[above : max(0, start - 1)], text[end + 1 : below if below >= 0 else len(text)]
    return all(len(line) < _LONGEST and _TIMES.fullmatch(line) for line in near)


@lru_cache(maxsize=4)
def _of(table: Same) -> Sounds:
    return Sounds(table.values[0])
