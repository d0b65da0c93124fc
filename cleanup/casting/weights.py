"""How much speaks for one form in one shape: what it says, how it stands there, how often."""

import re
from collections.abc import Sequence
from itertools import pairwise

from cleanup.casting.forms import NUMBERED, WORD, Words, coded, core, entitled, fold, in_office, turned
from cleanup.casting.shapes import UPPER, Candidate
from cleanup.casting.surnames import is_full
from cleanup.document import NOBODY
from cleanup.regexes import late

_UPPER = late(rf"[{UPPER}]")
_SAYS = late(r"\btrans[ck]ri(?:p[ct]|ção|zione)|\b(?:statements?|testimony) (?:of|by) ", re.IGNORECASE)
_BAD = late(r"(?<!\w)[\"“”]|[\"“”](?!\w)|[?!;=<>{}|%$€£@。！？，、；…]|https?|//|\.\.|[.] [a-z]")
_WORSE = late(r"[;=<>{}$€£@。！？，；]|https?|//|[.] [a-z]")
"""What no role has either; a show in quotes or a question mark behind a comma is fine."""
_NUMBER = late(r"[ .\d]+$")
_SMALL = late(r"\b[a-zß-öø-ÿа-я]\w+")
_NICK = late(r"\w*(?:_\w+|\w\d+)\w*")
_YEAR = late(r"\b(?:19|20)\d\d$")
ACCEPT = 3.0
"""So much makes a label."""


def weigh(
    rows: Sequence[Candidate], words: Words, people: set[str], kin: int, *, begun: bool, headed: bool = False
) -> tuple[float, str]:
    """Sum the evidence for one form of one shape; the reason names what spoke against it most.

    `begun` says that labels stand above it, `headed` that all headings of its level are names, `kin` is how often a label with this name stands, whatever else it says: `Ana Berg (Bremen): …`, `Ana Berg: …`.
    """
    one = rows[0]
    form = one.form
    folded = fold(form)
    arrowed = one.shape == "chevron"
    if one.shape == "voice" or (
        form == NOBODY and one.shape in ("dash", "dialogue", "thought", "chevron", "asked", "nobody", "robots")
    ):
        return ACCEPT + 1, ""
    if arrowed and form.isdigit():  # a recogniser numbers voices
        return ACCEPT + 1, ""
    if one.shape == "nick":
        if folded in words.robots:
            return -9, "a program that keeps the minutes"
        return ACCEPT + 2, ""  # nobody writes a name in angle brackets but a chat program
    tokens = WORD.findall(form)
    if not tokens or not any(map(str.isalpha, form)) or form[0] in "([{:：" or form[:2] == "#+":
        return -9, "has no letters"
    # `Question:` heads a list once, and opens turns many times; in a talk that has begun a sentence may stand behind it
    asked = folded in words.generic and (len(rows) > 1 or (begun and len(_SMALL.findall(one.after)) > 2))
    listed = folded in words.heads or _counted(folded, words) or _NUMBER.sub("", folded) in words.only
    if listed and folded not in people and not asked:
        return -9, "a word that heads lists and paragraphs"
    if folded.startswith(words.letters):
        return -9, "whom a letter is to"
    if one.shape == "line" and _YEAR.search(form):
        return -9, "a line with a year in it, as a byline has"
    heading = one.block[0] == "h" and one.shape != "colon"
    if one.block[0] == "h" and len(rows) < 2 and not headed and (heading or "," not in form) and not coded(form):
        return -9, "a heading"
    name = turned(form, words) or core(form, words)
    names = WORD.findall(name)
    if len(names) > 1 and _SAYS.search(form):
        return -9, "says that this is a transcript, or whose statement follows"
    generic = folded in words.generic or NUMBERED.sub("", folded) in words.generic or fold(name) in words.generic
    generic |= one.shape in ("play", "point") and fold(name) in words.titles - words.honorifics
    strange = _BAD.search(name) or _WORSE.search(form) or (max(name, default="") > "\u3040" and len(name) > 20)
    if strange and not generic:
        return -9, "has signs that no name has, or is too long for one"
    if one.shape == "play" and not ((name.upper() == name or entitled(form, words)) and in_office(form, name, words)):
        return -9, "no title and no capitals before a full stop"
    score = 1.0 * (" -- " in form and one.shape != "colon")  # `Ana Lind -- Chief Executive`, in talks with investors
    letters = [c for c in name if c.isalpha()]
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
    elif max(name, default="") >= "\u3040":  # scripts without capitals: Chinese, Japanese, Korean
        score += 3 if is_full(name, words.table) else 1.5 if len(name) <= 6 else -2
    elif _NICK.fullmatch(form) and (one.bold or len(rows) > 2):
        score += 2
    elif not lower and len(names) <= 5:
        score += 1.5 if len(names) > 1 else 1.0
    elif len(tokens) == 1 and (one.bold or arrowed):
        score += 1
    elif len(tokens) > 1:
        score, reason = score - 2 - len(lower), "words that a sentence has"
    if known:
        score += 1.5
    said = (b for a, b in pairwise(["", *names]) if a.casefold() not in ("van", "von"))  # `Jan van der Berg`
    spoken = [t for t in said if t.casefold().strip("’'") in words.speech and not (len(t) == 1 or capitals)]
    if spoken and not generic and not (len(rows) > 2 and 1 < len(names) < 4 and not lower):  # `Will Lind`, `May Kovac`
        score, reason = score - 3 - len(spoken), f"“{spoken[0]}” belongs to a sentence"
    if name in form and ("," in form or "(" in form or " -- " in form):
        extra = form.replace(name, "", 1) if name != form else form
        held = not words.offices.isdisjoint(WORD.findall(extra.casefold()))
        short = len(extra.split()) < 4
        party = short and any(len(_UPPER.findall(token)) > 1 for token in WORD.findall(extra))  # `Ana Berg (SPD)`
        if held:
            score += 2
        elif capitals or party:
            score += 1
        elif len(names) < 2 or lower or ("(" not in form and one.shape == "colon"):
            score -= 1
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
