"""Times of day on the tape: where a transcript has them, and which are only spoken of."""

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter

from cleanup.regexes import late

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
_FEW = 3


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
