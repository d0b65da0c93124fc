"""Noises in brackets and times of day on the tape: what stands in a transcript and is not said."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

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
_FIELD = r"[0-5]\d"
CLOCK = rf"(?:\d{{1,2}}:{_FIELD}|\d{{1,3}}):{_FIELD}(?:[.,]\d{{1,3}}|[:;]\d\d)?"
FIELD = late(rf":{_FIELD}")
_RANGE = r"[ \t]*(?:-->|-|–|—|to)[ \t]*"
_BRACKETED = late(
    rf"[\[(（]\s*({CLOCK})(\s*[ap]\.?m\.?)?(?:{_RANGE}{CLOCK})?\s*\\?[\])）](?:{_RANGE}\\?[\[(（]{CLOCK}\\?[\])）])?",
    re.IGNORECASE,
)
_LEADING = late(
    r"^[ \t\xa0>@]*(?:#{1,6}[ \t]+)?(?:\*\*|__)?"
    rf"({CLOCK})(?:{_RANGE}({CLOCK}))?(?=(?![ \t]*[AaPp]\.?[Mm]\b)[ \t\xa0]+\S|[ \t]*$|\*\*|__)",
    re.MULTILINE,
)
_TRAILING = late(rf"^[ \t]*\[?([^\W\d_][^\n:]{{0,58}}?[:\]]?)([ \t\xa0]+)({CLOCK})[ \t]*$", re.MULTILINE)
_BEHIND = late(
    rf"^[ \t]*[\[(]?(?P<name>[^\W\d_a-zß-öø-ÿ][^\n:,()\[\]|]{{0,40}}?)(?:[ \t\xa0]*[,|\t][ \t\xa0]*|[ \t\xa0]{{1,8}})(?P<at>{CLOCK})"
    r"(?=(?P<close>[\])]?)(?![ \t]*[AaPp]\.?[Mm]\b)(?:[:：]?[ \t\xa0]+\S|[:：]|[ \t]*$))",
    re.MULTILINE,
)
"""A name, a time and what is said, or the end of the line: `Ana Lind, 0:12: Yes`, `[Ana Lind 0:12] Yes`."""
_BOLD = late(rf"^\[?(?:\*\*|__)[^*_\n]{{1,60}}(?:\*\*|__)(?:\]\([^)\n]*\))?:?[ \t\xa0]+({CLOCK})(?=\s|$)", re.MULTILINE)
_BULLETIN = late(r"\[/?(?:b|i|u|s|url|size|color|center|quote|font)(?:=[^\[\]\n]{0,200})?\]", re.IGNORECASE)
"""How forums set type: `[b]Ana Lind:[/b] Yes`."""
_BEFORE = late(rf"^[ \t]*[\[(]({CLOCK})[ \t\xa0,|–—-]+(?=[^\W\d_][^\n\[\]():]{{0,60}}[\])])", re.MULTILINE)
"""A time and a name in one pair of brackets: `[0:12 Ana Lind] Yes`."""
_HOUR = r"\d{1,2}[:.]\d\d(?::\d\d)?(?:[ \xa0\u202f]?[AaPp]\.?[Mm]\.?)?"
_POSTED = late(
    rf"^[ \t]*(?:[^\s\d:—–-][^\n:]{{0,40}}?)?[ \t\xa0]*((?:[—–-][ \t\xa0]*)?(?:(?i:today|yesterday|heute|gestern|aujourd['’]hui|hier|hoy|ayer|hoje|ontem|oggi|ieri|vandaag|gisteren)"
    rf"(?i: at| um| à| a las| às| alle| om)?|\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{2,4}},?)[ \xa0]{_HOUR})[ \t]*$"
    rf"|^[ \t]*((?:Kl\.|kl\.)?[ \xa0]?{_HOUR}(?<=[Mm.])|Kl\. ?{_HOUR})[ \t]*$",
    re.MULTILINE,
)
"""When something was written, behind a name or alone on a line, as Discord, Slack and the Danish parliament print it: `Ana — Today at 14:02`."""
_DATED = late(
    r"^[ \t\u200e]*\[?\d{1,4}[/.-](?:\d{1,2}|[A-Z][a-z]{2})[/.-]\d{2,4},? \d{1,2}:\d\d(?::\d\d)?(?:[ \u202f][AaPp]\.?[Mm]\.?)?(?:\]| -)(?= \S)",
    re.MULTILINE,
)
"""Day and hour before a message, as WhatsApp exports it."""
_MARKED = late(rf"[#⌚]{{1,2}}({CLOCK})(?:-\d{{1,2}})?#")
"""A time as f4transkript and MAXQDA set it behind a turn: `#00:01:12-3#`."""
_SPELT = late(
    rf"^[ \t]*(?:[^\d\n]{{2,60}}[ \t])?((?:\d{{1,2}} hours?,? )?\d{{1,3}} minutes?,? \d{{1,2}} seconds?(?:{CLOCK})?)[ \t]*$",
    re.MULTILINE,
)
"""A time in words, as Teams says it to readers of screens: `1 minute 6 seconds1:06`."""
_SIGNS = r"(?:\\?[-–—‐*#~_][ \t\xa0]?){0,4}"
_LINE = late(
    rf"^[ \t\xa0]*(?:<[^<>\n]{{1,40}}>)?(?P<whole>(?P<open>{_SIGNS})(?P<inner>\w[\w'’]*(?: [\w'’]+){{0,3}})"
    r"(?P<close>(?:[ \t\xa0]?\\?[*#~_-]){0,3}))(?:</\w{1,8}>)?[ \t\xa0]*$",
    re.MULTILINE,
)
"""A few words on a line of their own, perhaps between the signs that captioners set for brackets: `MUSIK`, `* Applaus *`, `# MUSIC`."""
_TIMES = late(rf"[\d\s:.,;>–—-]*|.*{CLOCK}.*-->.*")
_FEW = 3
_LONG, _LONGEST, _WIDEST = 16, 80, 160


class Sounds:
    """Recognises sounds by the words of a table, in any of its languages.

    `[laughs]`, `(SOUNDBITE OF MUSIC)`, `(12 seconds pause)` and what stands between notes (`♪`) are
    sounds. `(I think so)` is speech. How the table is read stands at its head.
    """

    def __init__(self, table: Mapping[str, object]) -> None:
        names = ("words", "alone", "signals", "certain", "phrases", "inside", "speech", "joins", "bare")
        (
            self.words, self.alone, self.signals, self.certain, self.phrases, self.inside, self.speech, self.joins, self.bare,
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
        for start, end in _short(text):
            line = _LINE.match(text, start, end)
            if line and self._is_line(line, escapes=escapes) and _apart(text, *line.span()):
                emphasis = escapes and "\\" not in line["open"]
                yield line.span("inner" if emphasis or not line["open"].strip("-–—‐ \t\xa0") else "whole")

    def _is_line(self, match: "re.Match[str]", *, escapes: bool) -> bool:
        """Say whether a line without brackets is a sound: between signs, in capitals, or one of the `bare` words.

        In Markdown a sign that stands for itself is escaped, and emphasis does for brackets; others are a list or a heading.
        """
        inner, signs = match["inner"], match["open"] + match["close"]
        tokens = inner.casefold().split()
        if self.words.isdisjoint(tokens):
            return False
        emphasis = escapes and signs and "\\" not in signs
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


def milliseconds(clock: str) -> int:
    """Return the time of a clock (`1:02:03.5`, `0:18`) in whole milliseconds; frames (`1:02:03:12`) are left out."""
    main, _, rest = clock.replace(",", ".").partition(".")
    seconds = 0
    for field in main.replace(";", ":").split(":")[:3]:
        seconds = seconds * 60 + int(field)
    return seconds * 1000 + int((rest + "000")[:3] if rest else 0)


def stamps(text: str, *, bare: bool = True) -> list[tuple[int, int, int | None]]:
    """Return (start, end, milliseconds) of all times that belong to the transcript, not to speech.

    In brackets always (a time of day, `[10:32 AM]`, is no place on the tape); `bare` ones only at
    the start of a line where several lines have one and time goes on, or at its end behind what
    looks like a name.
    """
    if not FIELD.search(text):
        return []
    found = [
        (m.start() - (text[m.start() - 1 : m.start()] == "\\"), m.end(), None if m[2] else milliseconds(m[1]))
        for m in _BRACKETED.finditer(text)
    ]
    if not bare:
        return found
    lines = dict.fromkeys(text.rfind("\n", 0, match.start()) + 1 for match in FIELD.finditer(text))
    leading = [(m, milliseconds(m[1])) for at in lines if (m := _LEADING.match(text, at))]
    many = _rising([at for _, at in leading]) and (len(leading) >= _FEW or (len(leading) > 1 and not leading[0][1]))
    found += [
        (m.start(1) - (text[m.start(1) - 1 : m.start(1)] == "@"), m.end(), at)
        for m, at in leading
        if many or _alone(text, m)
    ]
    trailing = [(m, milliseconds(m[3])) for at in lines if (m := _TRAILING.match(text, at))]
    names = [
        (m, at) for m, at in trailing if _namelike(m[1]) and (len(m[2]) > 1 or m[1].endswith(":") or _capitals(m[1]))
    ]
    enough = _FEW - all(m[1].endswith(":") for m, _ in names)
    if any(len(m[2]) > 1 for m, _ in names) or (len(names) >= enough and _rising([at for _, at in names])):
        found += [(m.start(3), m.end(3), at) for m, at in names]
    behind = [m for at in lines if (m := _BEHIND.match(text, at)) and _namelike(m["name"]) and _capitals(m["name"])]
    told = len({m["name"] for m in behind})
    if len(behind) > _FEW and 2 * told <= len(behind) and _rising([milliseconds(m["at"]) for m in behind]):
        found += [(m.start("at"), m.end("close"), milliseconds(m["at"])) for m in behind]
    before = [(m, milliseconds(m[1])) for at in lines if (m := _BEFORE.match(text, at))]
    if len(before) >= _FEW and _rising([at for _, at in before]):
        found += [(m.start(1) - 1, m.end(), at) for m, at in before]
    posted = [m for at in lines if (m := _POSTED.match(text, at))]
    if len(posted) >= _FEW:
        found += [(*m.span(m.lastindex or 0), None) for m in posted]
    dated = [m for at in lines if (m := _DATED.match(text, at))]
    found += [(m.start(), m.end(), None) for m in dated if len(dated) >= _FEW]
    found += [(m.start(), m.end(), milliseconds(m[1])) for m in _MARKED.finditer(text)] if "#" in text else []
    spelt = list(_SPELT.finditer(text)) if "minute" in text and " second" in text else []
    if len(spelt) >= _FEW:
        found += [(m.start(1), m.end(1), _counted(m[1])) for m in spelt]
    bold = [m for at in lines if (m := _BOLD.match(text, at))]
    if len(bold) >= _FEW:
        found += [(m.start(1), m.end(1), milliseconds(m[1])) for m in bold]
    found.sort(key=itemgetter(0, 1))
    return [row for i, row in enumerate(found) if not i or row[0] >= found[i - 1][1]]


def _counted(spelt: str) -> int:
    """Return the time that is said in words, in whole milliseconds."""
    times = re.findall(r"(\d+) (hour|minute|second)", spelt)
    return sum(int(number) * {"hour": 3_600_000, "minute": 60_000, "second": 1000}[unit] for number, unit in times)


def _rising(times: Sequence[int]) -> bool:
    """Say whether time goes on from stamp to stamp: times that people speak of do not."""
    steps = [after >= before for before, after in pairwise(times)]
    return sum(steps) * 5 >= len(steps) * 4


def _alone(text: str, match: "re.Match[str]") -> bool:
    """Say whether a full clock (`0:01:12`) or a range (`0:12 - 0:15`) has a line to itself, or a clock like `00:01:12` starts one."""
    full = match[1].count(":") > 1
    lone = not text[match.end() : match.end() + 40].partition("\n")[0].strip()
    return (lone and (full or match[2] is not None)) or (full and match[1][0] == "0")


def _namelike(text: str) -> bool:
    words = text.rstrip(":").split()
    return 0 < len(words) <= 6 and not text.endswith((".", "?", "!"))


def _capitals(text: str) -> bool:
    """Say whether half of the words or more start as names do."""
    words = text.split()
    cased = text[:1].lower() != text[:1] or text[:1] > "\u3040"
    return cased and 2 * sum(word[:1] == word[:1].upper() for word in words) >= len(words)


class Atoms:
    """The sounds and stamps of one text, to be looked up by place; where they meet, the stamp wins. A page of ours has no bare times."""

    def __init__(self, text: str, sounds: Sounds, *, bare: bool = True, escapes: bool = False) -> None:
        times = stamps(text, bare=bare)
        taken = [row[0] for row in times]
        rows: list[tuple[int, int, str, int | None]] = [(a, b, "stamp", at) for a, b, at in times]
        for start, end in sounds.find(text, escapes=escapes):
            at = bisect_left(taken, end)
            if not (at and times[at - 1][1] > start):
                rows.append((start, end, "sound", None))
        if "[/b]" in text or "[/B]" in text:
            rows += [(*match.span(), "markup", None) for match in _BULLETIN.finditer(text)]
        self.rows = sorted(rows)
        self.starts = [row[0] for row in self.rows]

    def within(self, start: int, end: int) -> Iterator[tuple[int, int, str, int | None]]:
        """Yield the sounds and stamps that lie wholly in a span, and what is in it of a stamp that markup cuts: `(<a>00:12</a>)`."""
        at = bisect_left(self.starts, start)
        at -= at > 0 and self.rows[at - 1][1] > start
        while at < len(self.rows) and self.rows[at][0] < end:
            left, right, kind, time = self.rows[at]
            if start <= left and right <= end:
                yield self.rows[at]
            elif kind == "stamp":
                left, right = max(left, start), min(right, end)
                yield (left, right, "stamp", time) if right - left > 2 else (left, right, "markup", None)
            at += 1

    def any(self, start: int, end: int) -> bool:
        """Say whether a sound or stamp starts in a span."""
        at = bisect_left(self.starts, start)
        return at < len(self.starts) and self.starts[at] < end

    def at(self, start: int) -> tuple[int, int, str, int | None] | None:
        """Return what starts at a place."""
        at = bisect_left(self.starts, start)
        return self.rows[at] if at < len(self.rows) and self.starts[at] == start else None
