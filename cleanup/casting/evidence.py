"""Which candidates are labels: evidence summed over the whole file."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from cleanup.casting.shapes import UPPER, Candidate
from cleanup.casting.surnames import is_full
from cleanup.document import NOBODY, Document
from cleanup.matching import Same
from cleanup.regexes import late
from cleanup.view import units
from cleanup.words import strings

_VOICE = "speaker|spk|sprecher|sprecherin|locuteur|orador|hablante|falante|interlocutore|parlante|spreker|talare|taler|puhuja|mówca|mluvčí|спикер|говорящий|konuşmacı|pembicara|話者|说话人|說話人|发言人|發言人|화자|참석자"
_CODE = late(
    rf"(?:{_VOICE}|s|person|participant|voice|interviewee|interviewer)[ _-]?[0-9]{{1,3}}|(?:{_VOICE})[ _-]?[A-H]|[A-Z][0-9]{{1,2}}",
    re.IGNORECASE,
)
_WORD = late(r"[^\s,()\[\]/]+")
_UPPER = late(rf"[{UPPER}]")
_SAYS = late(r"\btrans[ck]ri(?:p[ct]|ção|zione)", re.IGNORECASE)
_BAD = late(r"(?<!\w)[\"“”]|[\"“”](?!\w)|[?!;=<>{}|%$€£@。！？，、；…]|https?|//|\.\.|[.] [a-z]")
_WORSE = late(r"[;=<>{}$€£@。！？，；]|https?|//|[.] [a-z]")
"""What no role has either; a show in quotes or a question mark behind a comma is fine."""
_NUMBER, NUMBERED = late(r"[ .\d]+$"), late(r"[ \d]+$")
_PIECES = late(r",|\s(?:--|[-–—|])\s|\sto the (?=(?:Minister|Prime|Attorney|Leader)\b)")
_BRACKETS, _BRIEF = frozenset("([（"), 40
_STOP = late(r"[.?!…。！？][\"'”’»)\]]*\Z")
_SMALL = late(r"\b[a-zß-öø-ÿа-я]\w+")
_NICK = late(r"\w*(?:_\w+|\w\d+)\w*")
_YEAR = late(r"\b(?:19|20)\d\d$")
ACCEPT = 3.0


_KEYS = ("dates", "shows", "titled", "places", "topics", "publishers")
"""Keys of lines at the head of a transcript, which name no speaker."""


class Words:
    """The word lists of `rules/labels.yaml`, folded; those by language are put together, since files mix languages.

    Only parts in the talk are told by English and the text's own language, where that has any: `MANN` is a man in
    German, and may be the correspondent in English.
    """

    def __init__(self, table: Mapping[str, Any], language: str) -> None:
        self.table = table
        (
            self.titles,
            self.roles,
            self.particles,
            self.speech,
            self.nobody,
            self.plain,
            self.robots,
            self.numbers,
            self.parties,
            self.degrees,
        ) = (
            strings(table.get(name))
            for name in (
                "titles",
                "roles",
                "particles",
                "speech",
                "nobody",
                "plain",
                "robots",
                "numbers",
                "parties",
                "degrees",
            )
        )
        self.heads = strings(table["heads"], *(table.get(name) for name in _KEYS))
        near = {language, _NEAR.get(language)}
        own = {tag: words for tag, words in table["generic"].items() if tag == "en" or tag in near}
        self.generic = strings(table["generic"] if near.isdisjoint(table["generic"]) else own)
        self.only = self.heads - self.generic
        """Words that head lists, and are nobody's part in the talk."""
        self.parts = {kind: strings(words) for kind, words in table["parts"].items()}
        self.single = self.parts["single"]
        """Labels that name a part which one person has all through."""


@lru_cache(maxsize=16)
def words(table: Same, language: str) -> Words:
    """Return the lists of a table, made once for each language."""
    return Words(table.values[0], language)


_NEAR = {"no": "nb", "nn": "nb", "uk": "ru", "be": "ru", "yue": "zh"}


def coded(form: str) -> bool:
    """Say whether a label is a number for somebody: `SPEAKER_00`, `S2`."""
    return (form[-1:].isdecimal() or form[-2:-1] in " _-") and _CODE.fullmatch(form) is not None


def unbracketed(form: str) -> str:
    """Return a label without what stands in brackets."""
    return form if _BRACKETS.isdisjoint(form) else re.sub(r"\s*[(\[（][^)\]）]*[)\]）]?", "", form)


def fold(form: str) -> str:
    """Return a label as it is compared with lists."""
    return " ".join(form.casefold().replace("#", " ").split()).strip(" .:-–—*_’'\"")


def accepted(
    found: Sequence[Candidate], words: Words, people: Iterable[str], *, timed: bool = False
) -> tuple[dict[str, float], frozenset[str], list[tuple[str, str]]]:
    """Return the scores of accepted forms, the shapes they use, and what was rejected with the reason.

    Two rounds: what stands by itself first; then shapes and forms that the file has already
    shown to be labels lend weight to the rest.
    """
    groups: dict[tuple[str, str], list[Candidate]] = {}
    for candidate in found:
        groups.setdefault((candidate.form, candidate.shape), []).append(candidate)
    known = {fold(person) for person in people}
    cores = {form: fold(_core(form, words)) for form, shape in groups if shape in _KIN}
    kin = Counter(cores[row.form] for row in found if row.shape in _KIN)
    talk = next((row.part for row in found if len(groups[row.form, row.shape]) > 1 and row.shape == "colon"), None)
    first = talk or 0
    scores: dict[tuple[str, str], float] = {}
    reasons: dict[tuple[str, str], str] = {}
    for key, rows in groups.items():
        like = kin[cores[key[0]]] if key[1] in _KIN else 0
        scores[key], reasons[key] = _score(rows, words, known, like, begun=talk is not None and rows[0].part > talk)
        if timed and key[1] == "box":  # captions for the deaf: `[JOHN] We are late.`, not `[And] so it was`, `(A) One`
            scores[key] += 1.5 if len(key[0]) > 1 and not any(row.after[:1].islower() for row in rows) else -9.0
        if rows[0] is found[0] and len(rows) == 1 and key[1] == "colon" and not (rows[0].bold or rows[0].stamped):
            titled = key[0].upper() != key[0] and fold(key[0]) not in words.generic and len(key[0].split()) < 2
            linked = rows[0].after.startswith(("https://", "http://"))
            titled |= _brief(rows[0]) and sum(row.shape == "colon" for row in found) < 2
            scores[key] -= 9.0 if linked else 3.0 * titled  # a first line `Barbershop: Ferries And Fares` is a title
        elif timed or len(rows) > 1 or key[1] != "colon" or rows[0].part > first:
            continue
        elif _brief(rows[0]) and not (rows[0].bold or rows[0].stamped or key[0].isupper()):
            scores[key] -= 3.0  # `Participant: P4, female` above the talk
    for key in _habitual(groups, len(found)):
        scores[key] += 3.0 * (scores[key] > -2)
    strong = Counter(shape for (form, shape), score in scores.items() if score >= ACCEPT + 1)
    turns = Counter({shape: 0 for _, shape in groups})
    dress: Counter[tuple[str, bool, bool]] = Counter()
    for (form, shape), score in scores.items():
        if score >= ACCEPT + 1:
            turns[shape] += len(groups[form, shape])
            dress[_dress(groups[form, shape][0])] += len(groups[form, shape])
    sure = [row for key, rows in groups.items() if scores[key] >= ACCEPT + 1 for row in rows]
    joined = sum(row.inside for row in sure) > 0.3 * len(sure)
    total = max(1, turns.total())
    usual = Counter(key[1] for key, rows in groups.items() if scores[key] >= ACCEPT for _ in rows)
    surnames = {core.split()[-1] for (form, shape), score in scores.items() if shape in _KIN and score >= ACCEPT
                and " " in (core := cores[form])}  # fmt: skip
    pointed = sum(len(rows) for (form, shape), rows in groups.items() if shape == "chevron" and form != NOBODY)
    lines = Counter(shape for (_, shape), rows in groups.items() for _ in rows)
    offices = {key for key in groups if key[1] in _STOPS and scores[key] > 0 and _held(key[0], words)}
    told, kinds = Counter(row.shape for key in offices for row in groups[key]), Counter(shape for _, shape in offices)
    taken: dict[str, float] = {}
    shapes: set[str] = set()
    rejected: list[tuple[str, str]] = []
    for (form, shape), score in scores.items():
        if timed and shape == "colon":
            score -= _stray(
                form, groups[form, shape], words, known, joined=joined, habit=turns[shape] > 0.7 * lines[shape]
            )
        if timed and shape in ("colon", "dialogue") and 3 * pointed >= max(1, turns[shape]):
            score = -9.0  # where labels are `>> LIND:`, other colons and dashes are not
        arrows = shape == "chevron" and (timed or form != NOBODY)  # nobody says them
        habit = coded(form) or (told[shape] > max(2, kinds[shape]) and kinds[shape] > 1 and (form, shape) in offices)
        score += 2.5 * (habit and shape in _STOPS)
        if shape in _NEEDS and not (arrows or habit) and not _enough(shape, groups[form, shape], turns, lines, groups):
            score = -9.0
        elif (
            shape in ("box", "spaced")
            and lines[shape] > 0.8 * lines.total()
            and sum(key[1] == shape for key in groups) > 1
        ):
            # hardly another line is there
            habit = shape == "box" or not any(row.after[:1].islower() for row in groups[form, shape])
            score += 3.0 * habit
        elif _other(dress, groups[form, shape][0], turns[shape]):
            score -= 0.5  # the labels of this file are written in another way: `Look: …` where all are in capitals
        elif strong[shape] > 1 or (strong[shape] and turns[shape] > 2):
            score += min(2.0, 0.5 + 0.5 * strong[shape]) * (turns[shape] / lines[shape] > 0.3)
        if shape in _KIN and not timed and usual[shape] > 2 and entitled(form, words):
            score += 1.0  # a title before a name, where the file has labels
        elif shape in _KIN and not timed and cores[form] in surnames and form[0] != form[0].lower():
            score += 1.0  # `Lind: …` behind `Ana Lind: …`
        if (
            shape not in ("colon", "clock", "inner", "voice", "dialogue")
            and not (arrows or habit)
            and turns[shape] < 0.2 * total
        ):
            score -= 2
        if score >= ACCEPT:
            taken[form] = max(score, taken.get(form, score))
            shapes.add(shape)
        elif form != NOBODY:
            rejected.append((form, reasons[form, shape] or f"too little evidence ({score:.1f} of {ACCEPT:.0f})"))
    return taken, frozenset(shapes), rejected


_STOPS = ("play", "spaced")
_NAMED = ("colon", "point", *_STOPS)
"""Shapes in which a title says that a label is one."""
_KIN = (*_NAMED, "line")


def _brief(row: Candidate) -> bool:
    """Say whether what stands behind a colon is a few words without a stop."""
    return 0 < len(row.after) < _BRIEF and not _STOP.search(row.after)


def _stray(form: str, rows: Sequence[Candidate], words: Words, people: set[str], *, joined: bool, habit: bool) -> float:
    """Return what speaks against a label in captions, which break lines everywhere: it stands once, or inside a sentence.

    A role, a number, capitals and a person whom the file lists are signs of their own; `joined` says that the labels
    that are certain follow open sentences too, as where nobody has set stops; `habit` that hardly a colon is no label's.
    """
    folded = fold(form)
    if form.upper() == form or folded in words.generic or coded(form) or folded in people:
        return 0.0
    return 2.0 * (len(rows) == 1 and not habit) + 2.0 * (not joined and all(row.inside for row in rows))


def _dress(one: Candidate) -> tuple[str, bool, bool]:
    return one.shape, one.form.upper() == one.form, one.bold


def _other(dress: Counter[tuple[str, bool, bool]], one: Candidate, turns: int) -> bool:
    """Say whether hardly any of the labels that are certain look like this one, in capitals and in bold."""
    return turns > 9 and dress[_dress(one)] < 0.05 * turns


def article(found: Sequence[Candidate], scores: Container[str], words: Words, document: Document) -> str:
    """Return why the labels of a page are none after all: each opens one line, or says whom prose quotes.

    Capitals, and names of a part in the talk, are signs of their own; `Ana Lind` may be `Lind` the second time. In a text that is no
    page of HTML only quotes count, where all that labels open is in them.
    """
    rows = [c for c in found if c.form in scores]
    plain = [c for c in rows if c.form.upper() != c.form and fold(c.form) not in words.generic]
    prose = sum(unit.last > rows[0].part and unit.block == "p" for unit in units(document)) - len(rows) if rows else 0
    once = len({c.form.partition(",")[0].split()[-1] for c in rows}) == len(rows)
    page = document.format.name == "html"
    if page and once:
        listed = len(plain) == len(rows) and (len(rows) >= _FIRST or prose > len(rows))
        lone = len(rows) - sum(not (c.bold or c.stamped) for c in plain) < 2
        if listed or (lone and not any(introduces(c.form, words) for c in rows)):
            return "opens one line of a page, as headings in an article do"
    quoted = sum(c.after[:1] in QUOTES and (page or _quote(document.text, c.end)) for c in rows)
    told = prose > 0.5 * len(rows) or (not page and once and len(rows) > 1)
    return "says whom an article quotes" if rows and quoted > (0.5 if page else 0.9) * len(rows) and told else ""


def _quote(text: str, start: int) -> bool:
    """Say whether a line of text ends in a quote."""
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)].rstrip(" .,*_\xa0")[-1:] in QUOTES


QUOTES = frozenset('"“”„«»‘’‚「」')
_FIRST, _TURNS, _PLAIN = 3, 8, 5
"""Captions in which a label stands that opens the talk; turns that say so later; words that a name or an office has."""


def strewn(found: Sequence[Candidate], scores: Container[str], document: Document) -> str:
    """Return why the colons of captions are said: where people are labelled, so is who opens, and hardly another colon stands.

    Labels that begin later have to alternate, and to go on: who tells what others said does so in a few captions
    (`The father: Stay.`), and capitals are not only names (`NATO: …`).
    """
    rows = [c for c in found if c.shape == "colon" and c.form in scores]
    like = [c for c in found if c.shape == "colon" and len(c.form.split()) < _PLAIN and not c.form[:1].islower()]
    cues = [i for i, part in enumerate(document.parts) if part.kind == "stamp" and part.form == "cue"]
    first, last = (bisect(cues, row.part) for row in (rows[0], rows[-1]))
    habit = len(rows) / max(len(rows), len(like))
    changes = sum(a.form != b.form for a, b in pairwise(rows))
    few = 4 if all(row.form.upper() == row.form != row.form.lower() for row in rows) else _TURNS
    later = len(rows) >= few and 2 * changes >= len(rows) and habit > 0.8 and len(cues) - last <= 2 * (last - first)
    return "" if later or (first <= _FIRST and habit > 0.5) else "stands in captions whose speakers are not labelled"


def introduces(form: str, words: Words) -> bool:
    """Say whether a label tells name and office in capitals, as only transcripts write it: `MIRA KOVAC, CNN ANCHOR`."""
    name, _, office = form.partition(",")
    held = not words.roles.isdisjoint(_WORD.findall(office.casefold()))
    return held and form.upper() == form != form.lower() and 1 < len(name.split()) < 5


_NEEDS = frozenset({"dash", "asked", "dialogue", "chevron", "letter", "nick", "box", "spaced", "play", "daytime"})


_MATES = {"J": "RJ", "A": "QFV", "P": "R", "R": "PDQ", "D": "R", "F": "A", "V": "A"}
"""Letters of questions and answers, by each other: English, French and Spanish, Italian, German, Dutch."""
_TELLS = late(r"\s[—–-][^\W\d_A-ZÀ-Þ]\w+ ")
"""A novel goes on behind a dash with who says it: `—Hay niebla —dijo Ana.`"""


def _enough(
    shape: str, rows: Sequence[Candidate], turns: Counter[str], lines: Counter[str], groups: Mapping[tuple[str, str], Sequence[Candidate]]
) -> bool:  # fmt: skip
    """Say whether shapes that prose has too occur often enough to be a habit of this file."""
    if shape == "dash":
        told = sum(_TELLS.search(row.after) is not None for row in rows)
        return told < 2 and lines["dash"] >= 6 and not turns["colon"] and lines["dash"] > 0.25 * sum(lines.values())
    if shape == "letter" and rows[0].form in _MATES:  # `A. Kovac` begins a line of prose
        return lines[shape] >= 2 and any(
            len(groups.get((mate, "letter"), ())) > (mate == rows[0].form) for mate in _MATES[rows[0].form]
        )
    if shape in ("box", "spaced", "play", "daytime"):
        forms = sum(other == shape for _, other in groups)
        return lines[shape] >= 4 and lines[shape] >= 2 * forms > 2 and lines[shape] > 0.25 * sum(lines.values())
    return lines[shape] >= 2


def _habitual(groups: Mapping[tuple[str, str], Sequence[Candidate]], total: int) -> list[tuple[str, str]]:
    """Return names that stand alone on lines again and again, two or more of them: so some set off every turn."""
    often = [
        key
        for key, rows in groups.items()
        if key[1] == "line" and len(rows) > 2 and rows[0].form[:1] != rows[0].form[:1].lower()
    ]
    return often if len(often) > 1 and sum(len(groups[key]) for key in often) > 0.25 * total else []


def _score(rows: Sequence[Candidate], words: Words, people: set[str], kin: int, *, begun: bool) -> tuple[float, str]:
    """Sum the evidence for one form of one shape; the reason names what spoke against it most.

    `begun` says that labels stand above it, `kin` is how often a label with this name stands, whatever else it says: `Ana Berg (Bremen): …`, `Ana Berg: …`.
    """
    one = rows[0]
    form = one.form
    folded = fold(form)
    arrowed = one.shape == "chevron"
    if one.shape == "voice" or (
        form == NOBODY and one.shape in ("dash", "dialogue", "chevron", "asked", "nobody", "robots")
    ):
        return ACCEPT + 1, ""
    if arrowed and form.isdigit():  # a recogniser numbers voices
        return ACCEPT + 1, ""
    if one.shape == "nick":
        if folded in words.robots:
            return -9, "a program that keeps the minutes"
        return ACCEPT + 2, ""  # nobody writes a name in angle brackets but a chat program
    tokens = _WORD.findall(form)
    if not tokens or not any(map(str.isalpha, form)) or form[0] in "([{" or form[:2] == "#+":
        return -9, "has no letters"
    # `Question:` heads a list once, and opens turns many times; in a talk that has begun a sentence may stand behind it
    asked = folded in words.generic and (len(rows) > 1 or (begun and len(_SMALL.findall(one.after)) > 2))
    listed = folded in words.heads or _counted(folded, words) or _NUMBER.sub("", folded) in words.only
    if listed and folded not in people and not asked:
        return -9, "a word that heads lists and paragraphs"
    if one.shape == "line" and _YEAR.search(form):
        return -9, "a line with a year in it, as a byline has"
    heading = one.block[0] == "h" and one.shape != "colon"
    if one.block[0] == "h" and len(rows) < 2 and (heading or "," not in form) and not coded(form):
        return -9, "a heading"
    core = _core(form, words)
    names = _WORD.findall(core)
    if len(names) > 1 and _SAYS.search(form):
        return -9, "says that this is a transcript"
    generic = folded in words.generic or NUMBERED.sub("", folded) in words.generic or fold(core) in words.generic
    generic |= one.shape in ("play", "point") and fold(core) in words.titles - HONORIFICS
    strange = _BAD.search(core) or _WORSE.search(form) or (max(core, default="") > "\u3040" and len(core) > 20)
    if strange and not generic:
        return -9, "has signs that no name has, or is too long for one"
    if one.shape == "play" and not ((core.upper() == core or entitled(form, words)) and _office(form, core, words)):
        return -9, "no title and no capitals before a full stop"
    score = 1.0 * (" -- " in form and one.shape != "colon")  # `Ana Lind -- Chief Executive`, in talks with investors
    letters = [c for c in core if c.isalpha()]
    capitals = len(letters) > 1 and all(not c.islower() for c in letters) and any(c.isupper() for c in letters)
    lower = [t for t in names if t[:1].islower() and t.casefold() not in words.particles]
    known = folded in people or any(folded in person.split() for person in people)
    reason = ""
    if coded(form):
        score += 4
    elif generic:
        score += 2.5
    elif capitals:
        score += 2.5 if len(names) <= 5 else 0
    elif known:
        score += 3
    elif max(core, default="") >= "\u3040":  # scripts without capitals: Chinese, Japanese, Korean
        score += 3 if is_full(core, words.table) else 1.5 if len(core) <= 6 else -2
    elif _NICK.fullmatch(form) and one.bold:
        score += 2
    elif not lower and len(names) <= 5:
        score += 1.5 if len(names) > 1 else 1.0
    elif len(tokens) == 1 and (one.bold or arrowed):
        score += 1
    elif len(tokens) > 1:
        score, reason = score - 2 - len(lower), "words that a sentence has"
    if known:
        score += 1.5
    spoken = [t for t in names if t.casefold().strip("’'") in words.speech and not (len(t) == 1 or capitals)]
    if spoken and not generic:
        score, reason = score - 3 - len(spoken), f"“{spoken[0]}” belongs to a sentence"
    if "," in form or "(" in form or " -- " in form:
        extra = form.replace(core, "", 1) if core != form else form
        held = not (words.roles | words.titles).isdisjoint(_WORD.findall(extra.casefold()))
        party = len(extra.split()) < 4 and any(
            len(_UPPER.findall(token)) > 1 for token in _WORD.findall(extra)
        )  # `Ana Berg (SPD)`
        score += (
            2
            if held
            else 1
            if capitals or party
            else -(len(names) < 2 or bool(lower) or ("(" not in form and one.shape == "colon"))
        )
    if len(names) > 6:
        score, reason = score - 3, reason or "too long for a name"
    if any(t[0].isdigit() for t in names[:1]):
        score, reason = score - 4, "begins with a digit"
    return score + _position(one, rows, max(kin, len(rows))) + 1.5 * heading, reason


def _counted(folded: str, words: Words) -> bool:
    """Say whether a form is a head of a list with its number: `Measure Three`, `The fourth point`."""
    tokens = folded.split()
    return len(tokens) > 1 and all(t in words.numbers or (t in words.only) for t in tokens)


def _position(one: Candidate, rows: Sequence[Candidate], count: int) -> float:
    """Weigh frame and recurrence."""
    score = 1.5 * one.bold + 2.0 * (one.stamped and one.shape != "colon") + 1.5 * (one.stamped and one.shape == "colon")
    score += 2.5 * (one.shape == "chevron")
    score += 0.0 if count == 1 else 1.0 if count == 2 else 2.0 if count < 5 else 3.0
    starts = sum(not row.after[:1].islower() for row in rows)
    score += 0.5 if starts > 0.7 * len(rows) else -0.5
    score += 0.5 if one.paragraph or one.indented else 0
    if one.shape in ("line", "caps line", "bold line"):
        score -= 2.5 if one.shape == "line" and not coded(one.form) else 1.0
        score -= 0 if one.paragraph else 1.5
        score += 1.5 * one.ruled
    if one.shape in ("run-in", "box", "spaced", "play"):
        score -= 2.0 if one.shape == "run-in" else 1.0
    if one.block == "li" and not one.bold:
        score -= 1
    if one.block == "quote":
        score -= 0.5
    if one.alone and one.shape == "colon" and count == 1 and not one.stamped:
        score -= 0.5
    return score


def _core(form: str, words: Words) -> str:
    """Return the name in a label: without role behind a comma, brackets, titles and numbers."""
    pieces = [piece.strip() for piece in _PIECES.split(unbracketed(form))]
    tokens = (pieces[1] if len(pieces) == 2 and _office_first(pieces[0], pieces[1], words) else pieces[0]).split()
    held = _HELD.search(form) if tokens else None
    if held and _is_office(tokens, words) and _is_name(held[1], words):
        tokens = held[1].split()  # `The Minister for Transport (Ana Lind)`
    if tokens and tokens[-1] > "\u3040" and len(tokens[-1]) > 2:
        tokens[-1] = _POLITE.sub("", tokens[-1])
    while len(tokens) > 2 and (tokens[-1] in words.parties or _is_degree(tokens[-1], form, words)):
        tokens.pop()
    if len(tokens) > 1 and tokens[0].casefold() in _ARTICLES and tokens[1].casefold().rstrip(".ª") in words.titles:
        tokens.pop(0)
    while len(tokens) > 1 and tokens[0].casefold().rstrip(".ª") in words.titles and not tokens[1].isdigit():
        if len(tokens) == 2 and tokens[0].casefold() in words.plain:
            break  # `DON KOVAC` has a first name, `Don Ricardo Kovac` a title
        tokens.pop(0)
    return " ".join(tokens)


_POLITE = late(r"(?:君|さん|氏|様|委員|議員|님|씨|先生|女士)$")
_HELD = late(r"[(（]([^()（）]+)[)）]$")
_ARTICLES = frozenset("the la el le o a il die der de den".split())


def entitled(form: str, words: Words) -> bool:
    """Say whether a label begins with a title, or names a part in the talk: `Ms. Lind`, `The Chairman`."""
    tokens = unbracketed(form).casefold().split() or [""]
    first = tokens[tokens[0] in _ARTICLES and len(tokens) > 1]
    return first.rstrip(".ª") in words.titles or fold(form) in words.generic


def _is_degree(token: str, form: str, words: Words) -> bool:
    """Say whether the last word of a name is a degree or an honour, and no name: `Ana Lind PhD`, not `YO-YO MA`."""
    plain = "." in token or not (token.istitle() or (form.isupper() and len(token) < 3))
    return plain and token.replace(".", "").casefold() in words.degrees


def _held(form: str, words: Words) -> bool:
    """Say whether a label says more than a name: a title, a party, an office."""
    return entitled(form, words) or "(" in form or "," in form


def _is_office(tokens: Sequence[str], words: Words) -> bool:
    """Say whether words name an office and nobody who holds it: `The Minister for Transport`, `Formanden`."""
    rest = [token.casefold().rstrip(".ª") for token in tokens]
    article = rest[0] in _ARTICLES
    rest = [token for token in rest[article:] if token not in HONORIFICS]
    office = bool(rest) and (rest[0] in words.titles | words.roles or " ".join(rest) in words.generic)
    return office and (article or len(rest) == 1 or not _OF.isdisjoint(rest[1:3]))


def _is_name(text: str, words: Words) -> bool:
    """Say whether words in brackets behind an office are who holds it."""
    if is_full(_POLITE.sub("", text), words.table):
        return True
    tokens = [token for token in text.split() if token.casefold().rstrip(".ª") not in words.titles]
    folded = {token.casefold() for token in tokens}
    return (
        1 < len(tokens) < 5
        and all(token[0] != token[0].lower() or token in words.particles for token in tokens)
        and folded.isdisjoint(words.nobody | words.roles)
    )


def _office(form: str, core: str, words: Words) -> bool:
    """Say whether what stands behind a comma is an office, where something does: in speech too people are called by a title."""
    _, comma, behind = unbracketed(form).partition(",")
    address = fold(core) in words.generic and fold(form).partition(" ")[0].rstrip(".") in HONORIFICS
    return not comma or (not address and not (words.roles | words.titles).isdisjoint(_WORD.findall(behind.casefold())))


def _office_first(office: str, name: str, words: Words) -> bool:
    """Say whether a label names the office before the comma and the person behind it: `DIRECTORA DEL PUERTO, ANA LIND`."""
    tokens, names = office.casefold().split(), name.casefold().split()
    held = bool(tokens) and tokens[0] in words.roles | words.titles and not _OF.isdisjoint(tokens[1:3])
    return held and 1 < len(names) <= 5 and words.roles.isdisjoint(names) and _OF.isdisjoint(names[:1])


_OF = frozenset({"de", "del", "of", "for", "di", "du", "des", "der", "do", "da", "für", "delle", "della", "dei"})
HONORIFICS = frozenset(
    "mr mrs ms miss mx m mm mme mmes mlle herr frau señor señora sr sra srta shri shrimati smt dr madam by doamna domnul domnule ông bà anh chị sayın pan pani господин госпожа".split()
)
"""Titles that everybody has."""


def core(form: str, words: Words) -> str:
    """Return the name in a label, and nothing else of it; a number stays, since it tells speakers apart."""
    return form if coded(form) else _core(form, words)
