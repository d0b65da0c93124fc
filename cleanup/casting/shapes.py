"""What a label looks like: the openings of lines that may be one, each a shape."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from cleanup.casting.lines import Line
from cleanup.document import NOBODY, Document, Part
from cleanup.regexes import late

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪİŁŃŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽА-ЯЁЂІЇЄҐΑ-Ω"
_ARROWS = r"(?:>|&gt;){2,}[ \xa0]*"
_DAYTIME = r"\[?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ \xa0]?[AaPp]\.?[Mm]\.?)?\]?"
_COLON = late(
    rf"(?:{_DAYTIME}[ \xa0,|–-]*(?=[^\W\d_a-z]))?(?P<arrows>{_ARROWS})?(?:(?:(?:Anf\. ?)?\d{{1,4}}[.)]|Anf\. \d{{1,4}}|0\d{{1,3}})[ \xa0]+(?=[^\W\d_a-z]))?(?P<form>[^:：\n]{{1,400}}?)[ \xa0]?(?P<colon>[:：])(?=\s|$|(?<=：)|[^\s\d/:\\)*\-])"
)
_POINTED = late(
    r"(?P<form>(?:[^\W\d_a-z]\w{0,3}\. [^\W\d_]|[^\W\d_a-z])[^:：.\n]{1,60})\.[ \xa0]?[-–—]+[ \xa0]{0,3}(?=\S)"
)
"""A point and a dash in place of the colon, as papers in Spanish set it: `Ana Lind.— Gracias.`"""
_BARRED = late(r"(?P<form>[^\W\d_a-zß-öø-ÿ\u3040-\uffff][^:：\n―]{0,40}[^\s:：―])―[ \xa0]+(?=[^\s―])")
"""The long bar of Russian radio: `А.Линд― Спасибо`."""
_ASKED = late(r"[―─—－]{2}[ \u3000]?(?=[\u3040-\uffff])")
"""Who asks in a Japanese interview: `――いつですか`."""
_SIGNED = late(
    r"[\u25a0-\u25ff〇★☆][ ]?(?P<form>[^\s:：>＞](?:[^:：>＞\n\u3000]{0,40}[^\s:：>＞])?)(?:\u3000+|[>＞][ ]?)(?=\S)"
)
"""How the Japanese parliament and Korean radio set who speaks: `○議長（鈴木一郎君）　では`, `◆ 김민수> 네`."""
_QUESTION = late(r"(?P<form>[QAPRFDVJ])(?:\.?(?:[ \t\xa0]|&nbsp;){2,}|\.?$|[ \t\xa0]+[-–—][ \t\xa0]+)")
_BOXED = late(
    r"[\[(【（](?P<form>[^\[\]()【】（）:：\n]{1,60})[\])】）][ \xa0]{0,4}(?:(?P<colon>[:：])|(?=[^\s.,;?!])|\Z)"
)
_CLOSED = late(r"(?P<form>[^\[\]()\n:]{1,60})\](?P<colon>:)?")
"""What is left of `[0:12 Ana Lind] Yes` behind the time."""
_SPACED = late(
    r"(?:\| )?(?P<form>[^\W\d_a-zß-öø-ÿ][\w.'’]*(?:[ -](?:(?:d[aeiu]|del|della|dos|van|von|der|den|ter|bin|al|la|le|y) ){0,2}[^\W\d_a-zß-öø-ÿ][\w.'’]*){0,3}(?: \d{1,2})?(?: \([^()\n]{1,60}\))?)(?:[ \xa0]+(?:[-–—|]|/{1,2})[ \xa0]+|\t[ \t]*|(?<=[A-Z0-9])[ \xa0]{2,}|[ \xa0]{3,}|\u3000[ ]*|(?<![はがもにをとのでへ])(?=「))(?=\S)"
)
_PLAY = late(
    rf"(?P<form>(?!(?:M[RS]|MRS|DR|SEN|REP|HON|GEN|ST|PROF|GOV|SRA?|MME?)\.)[{UPPER}]{{2,20}}(?:[ '’-][{UPPER}]{{1,20}}){{0,3}})(?<! SR)(?<! SRA)\.[ \xa0]+(?=[^\W\d_a-z])"
)
_TOKEN = r"(?:(?:[^\W\d_a-zß-öø-ÿ]|S[tr]|Jr|Mc|Dr)\.|[^\W\d_a-zß-öø-ÿ][\w'’-]*|(?:de|del|della|di|du|van|von|der|of|pro tempore)(?=[ \xa0]))"
_STOPPED = late(
    rf"(?P<form>(?:(?:MM?\.|Mmes?)[ \xa0]l(?:e|a|es)[ \xa0][^.,:;!?()\n]{{3,60}}?|(?:[^\W\d_a-zß-öø-ÿ][a-zA-Z]{{0,3}}\.|{_TOKEN})(?:[ \xa0]{_TOKEN}){{1,5}}?(?: pro tempore)?|[{UPPER}]{{2,}}(?=[ \xa0]\())"
    rf"(?:[ \xa0]?\([^()\n]{{1,60}}\)){{0,2}}(?:, [^.:;!?()\n]{{2,90}})?)\.(?:[ \xa0]?[–—-]+)?[ \xa0]+(?=[^\W\d_a-zß-öø-ÿ]|[\"“«¿¡(…\d])"
)
"""A full stop in place of the colon, as printers of parliaments set it: `Ms. Lind. Thank you`, `M. le président. Merci`."""
_CLOCKED = late(rf"(?P<form>[^\W\d_a-z][^:,\n]{{0,58}}?|[a-z][\w.-]{{1,30}})[ \xa0,|·•–-]+\(?{_DAYTIME}\)?")
_DOTTED = late(r"(?P<form>[QAPRFDVJ])[.)](?:[ \xa0]?[-–—]{1,2})?[ \xa0](?=\S)")
_NICK = late(
    r"(?:<|&lt;)[@+%~ ]?(?P<form>(?:[^\s<>&]|&(?!gt;|lt;)#?\w{1,8};| (?=[A-ZÀ-Þ0-9])){1,60})(?:>|&gt;)(?:[ \xa0]|$)"
)
"""How chat is written down: `<nick> text`, with the sign of an operator before the name."""
_CHEVRON = late(_ARROWS)
_DASH = late(r"[-–—][ \xa0]?(?=\S)")
DIALOGUE = late(r"[-–—‐][ \xa0]+(?=[^\s-])|[-–—‐](?=[^\W\d_a-zß-öø-ÿа-я]|[\"“«¿¡([♪…])")
"""The sign of subtitles for somebody else: a dash and a sentence, not `-5` and not `-and so`."""
_OPENS = frozenset("[(【（")
_SPACERS, _WIDE = frozenset((*"-–—|/", "//")), frozenset("\t\u3000「")
_LONG, _NAMED = 160, 60
_NEAR, _FAR = 240, 480
"""How far a label may reach, with times and numbers before it; and where entities stand in it."""
_PICTURE = late(
    "^[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff ]+|[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff ]+$"
)
"""Pictures beside a name: `🎙️ Ana Lind`."""
_AROUND = " ,[(-–—"
"""What stands around a name that has a time behind it: `[Ana Lind, 0:12]`."""
_BESIDE = late(
    r"<small\b|<\w+\b[^<>]*\bclass\s*=\s*[\"']?[^\"'<>]*(?<![^\W_])(?:position|secondary|party|partytag|riding|electorate|constituency|affil|affiliation|role|title|job)(?![^\W_])",
    re.IGNORECASE,
)
"""How a page sets the office or the party of whom it names."""


class Candidate(NamedTuple):
    """A string that may be a label.

    `start` and `end` are its span, colon included where it belongs to the same words; `until` is
    where a label ends that goes on behind marks, be it only with its colon. `alone` says that nothing else is on the line,
    `after` how the speech goes on; `ruled` that a line of dashes stands above it; `inside` that the caption
    before it has not ended its sentence.
    """

    form: str
    shape: str
    part: int
    start: int
    end: int
    until: int | None
    bold: bool
    stamped: bool
    alone: bool
    after: str
    block: str
    indented: bool
    paragraph: bool
    ruled: bool
    inside: bool = False


def opening(
    document: Document, line: Line, at: int, *, bold: bool, stamped: bool, clocked: int, timed: bool
) -> Candidate | None:
    """Return what may be a label at the opening of a line, whose first words are its part `at`."""
    part = document.parts[line.parts[at]]
    raw = document.text[part.start : part.end]
    rest = [document.parts[i] for i in line.parts[at + 1 :] if document.parts[i].kind != "gap"]
    times = [p for p in rest if p.kind == "stamp"]

    def make(form: str, shape: str, length: int, until: int | None = None, *, at_time: bool = False) -> Candidate:
        follows = islice((p for p in rest if p.kind in ("words", "code", "sound")), 4)
        left = f"{raw[length:]} {' '.join(map(document.words, follows))}".strip().lstrip(" :：")
        if until:
            spoken = [p for p in rest if p.kind in ("words", "code", "sound") and p.end > until]
            left = document.text[max(until, spoken[0].start) : spoken[-1].end].strip() if spoken else ""
        plain = _PICTURE.sub("", " ".join(document.format.plain(form).split())).strip(" >*_|·•,")
        plain = plain.rstrip("]") if "[" not in plain else plain  # `[0:12 - Ana Lind]: Yes`
        return Candidate(
            plain, shape, line.parts[at], part.start, part.start + length, until, bold,
            stamped or at_time or bool(times) or clocked > (shape == "colon" and left != ""), not left, left[:40], part.block, line.indented, line.paragraph,
            line.ruled,
        )  # fmt: skip

    if bold and raw == NOBODY:
        return make(NOBODY, "nobody", len(raw))
    match = _NICK.match(raw) if raw[0] in "<&" else None
    if match:
        return make(match["form"], "nick", match.end())
    dialogue = DIALOGUE.match(raw) if timed else None
    box = dialogue.end() if dialogue else 0
    closed = _CLOSED if stamped and "]" in raw[:_NAMED] else None
    boxed = _BOXED if raw[box : box + 1] in _OPENS else closed
    match = boxed.match(raw, box) if boxed else None
    if match:
        return make(match["form"], "colon" if match["colon"] else "box", match.end())
    near = raw[: _FAR if "&" in raw else _NEAR]
    colon = ":" in near or "：" in near  # looked for, since the pattern is slow to see that there is none
    match = _COLON.match(raw) if colon else None
    if match and _short(document, match["form"]) and not _said(raw, match, timed=timed):
        return make(match["form"], "chevron" if match["arrows"] else "colon", match.end("colon"))
    signed = _SIGNED if "\u2500" < raw[0] < "\u3020" else _BARRED if "―" in raw[:_NAMED] and not timed else None
    match = signed.match(raw) if signed else None
    if match:
        return make(match["form"], "chevron", match.end())
    match = _POINTED.match(raw) if not (timed or _SPACERS.isdisjoint(raw[:_LONG])) else None
    if match:
        return make(match["form"], "point", match.end())
    after = _next(rest, "words")
    glued = _glued(document, line, at, bold=bold) if after and not match and _short(document, raw) else None
    runs_in = bold and after is not None and _runs_in(document, part, rest, after)
    if glued and _short(document, glued[0]) and not (runs_in and _small(glued[0]) >= _SMALL):
        return make(glued[0], glued[2], len(raw), glued[1])
    beside = _beside(document, part, rest) if bold and after and not match else None
    if beside:
        return make(beside[0], "bold line", len(raw), beside[1])
    if runs_in and after:
        dashed = _DASH.match(document.text, after.start, after.end)
        return make(raw.rstrip("."), "run-in", len(raw), after.start + 1 if dashed else None)
    if timed:
        mark = (("dialogue", dialogue), ("chevron", _CHEVRON.match(raw)))
        return next((make(NOBODY, shape, match.end()) for shape, match in mark if match), None)
    dated = times or ((stamped or clocked) and not rest and len(raw.split()) < 4 and "," not in raw)
    if dated and _short(document, raw) and not raw.endswith((".", "?", "!")) and not _next(rest, "words"):
        return make(raw.strip(_AROUND), "clock", len(raw))
    if times and rest[0].kind == "stamp" and len(raw) <= _NAMED and not raw.endswith((".", "?", "!")):
        return make(raw.strip(_AROUND), "daytime", len(raw), at_time=True)
    match = None if rest or len(raw) > _LONG else _CLOCKED.fullmatch(raw)
    if match:
        return make(match["form"], "daytime", len(raw), at_time=True)
    asked = _ASKED.match(raw) if raw[0] in "―─—－" else None
    if asked:
        return make(NOBODY, "asked", asked.end())
    question = (
        (_QUESTION.match(raw) or _DOTTED.match(raw)) if raw[0] in "QAPRFDVJ" and raw[1:2] in ".) \t\xa0&" else None
    )
    if question:
        return make(question["form"], "letter", question.end())
    chevron = _CHEVRON.match(raw) if raw[0] in ">&" else None
    if chevron:
        return make(NOBODY, "chevron", chevron.end())
    spaced = "  " in raw[:60] or not _WIDE.isdisjoint(raw[:60]) or not _SPACERS.isdisjoint(raw.split(maxsplit=13)[1:13])
    stopped = ". " in raw[:_LONG] and raw[0] != raw[0].lower()
    for pattern, shape, may in (
        (_SPACED, "spaced", spaced), (_PLAY, "play", raw[:2].isupper()), (_STOPPED, "play", stopped)
    ):  # fmt: skip
        match = pattern.match(raw) if may and not bold else None
        if match:
            return make(match["form"], shape, match.end())
    dash = _DASH.match(raw)
    if (
        _short(document, raw)
        and not rest_words(rest)
        and not raw.endswith((".", "!", ",", ";"))
        and not (dash and raw[-1] == "?")
    ):
        shape = "bold line" if bold else "caps line" if raw.upper() == raw and raw.lower() != raw else "line"
        return make(raw, shape, len(raw))
    if dash:
        return make(NOBODY, "dash", dash.end())
    return None


def _said(raw: str, colon: re.Match[str], *, timed: bool) -> bool:
    """Say whether it is a sentence that a colon ends, behind another sign of who speaks: `>> So I told him: no`."""
    form = colon["form"]
    small = _small(form)
    if small < _SMALL:
        return False
    apart = small > _MANY or "\t" in form or _STOP.search(form) is not None
    signs = (DIALOGUE,) if timed else (_DASH, _QUESTION, _DOTTED, _PLAY, _STOPPED, *((_SPACED,) if apart else ()))
    return colon["arrows"] is not None or any(sign.match(raw) for sign in signs)


_SMALL, _MANY, _STOP = 3, 7, late(r"[^\W\d_]{2}[.?!,;] ")
"""Words in small letters that make a sentence, or more than any office has; and how a part of one ends."""


def _small(form: str) -> int:
    """Count words in small letters; in New Zealand a question names whom it is put to: `Hon ANA LIND to the Minister of Quays:`."""
    return sum(word[:1].islower() for word in form.partition(" to the Minister")[0].split())


def _short(document: Document, raw: str) -> bool:
    """Say whether a label can be so long to a reader, whose entities count once."""
    return len(raw) <= _LONG or (len(raw) <= 4 * _LONG and "&" in raw and len(document.format.plain(raw)) <= _LONG)


def _glued(document: Document, line: Line, at: int, *, bold: bool) -> tuple[str, int, str] | None:
    """Return a label that goes on behind marks or at the next line of a file, and where it ends: `<b>M</b><b>ira:</b>`."""
    joined = ""
    for part in (document.parts[i] for i in line.parts[at:]):
        if part.kind == "gap":
            joined += " "
        elif part.kind == "words":
            before = len(joined)
            joined += document.text[part.start : part.end]
            match = _COLON.match(joined) if before else None
            if match and match.end("colon") > before:
                return match["form"], part.start + match.end("colon") - before, "colon"
            match = _STOPPED.match(joined) if before and bold else None  # `<b>M. Tom Lind,</b> <i>ministre</i>. Oui`
            if match and match.end("form") >= before:
                return match["form"], part.start + match.end("form") + 1 - before, "run-in"
            if len(joined) > 2 * _LONG:
                return None
        elif part.kind not in ("mark", "markup", "stamp"):
            return None
    return None


def _beside(document: Document, part: Part, rest: Sequence[Part]) -> tuple[str, int] | None:
    """Return a name with the office that stands beside it, smaller or in a heading, to the end of the line, and where it ends."""
    tail = [p for p in rest if p.kind == "words"]
    tags = {p.start: document.text[p.start : p.end] for p in rest if p.kind == "markup"}
    link = next((start for start, tag in tags.items() if tag[:3] in ("<a ", "<A ")), part.end + len(document.text))
    said = " ".join(document.words(p) for p in tail if p.start < link)
    if not said:
        return None
    boxed = said[0] in "([（" and said[-1] in ")]）"
    heading = part.block[0] == "h" and all(p.block == part.block for p in tail)
    if len(said) > _LONG or not (heading or any(map(_BESIDE.match, tags.values()))) or said[-1] in ".?!…:":
        return None
    name = document.text[part.start : part.end].rstrip(",")
    return f"{name} {said}" if boxed else f"{name}, {said}", tail[-1].end


def _runs_in(document: Document, part: Part, rest: Sequence[Part], after: Part) -> bool:
    """Say whether a few bold words open a line that goes on in another hand: `**Ali** So today`."""
    short = part.end - part.start <= 40 and len(document.words(part).split()) <= 4
    last = [p for p in rest if p.kind == "words"][-1]
    if document.text[after.start] == "(" and document.text[last.end - 1] == ")":
        return False  # `**Ana Lind** (author)` in a list of guests
    return (
        short
        and _only_marks(rest, after)
        and not document.words(part).endswith(("?", "!", ","))
        and document.text[after.start] != ","
    )


def rest_words(rest: Sequence[Part]) -> bool:
    """Say whether anything that is read follows."""
    return any(part.kind in ("words", "code", "sound") for part in rest)


def _next(rest: Sequence[Part], kind: str) -> Part | None:
    return next((part for part in rest if part.kind == kind), None)


def _only_marks(rest: Sequence[Part], after: Part) -> bool:
    before = [part for part in rest if part.start < after.start]
    return bool(before) and all(part.kind in ("mark", "markup", "stamp") for part in before)
