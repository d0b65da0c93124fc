"""Which candidates are labels: evidence summed over the whole file."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cleanup.casting.forms import Words, coded, core, entitled, fold, tells_more
from cleanup.casting.lists import like_name
from cleanup.casting.shapes import Candidate
from cleanup.casting.weights import ACCEPT, weigh
from cleanup.document import NOBODY
from cleanup.regexes import late

_BRIEF = 40
_STOP = late(r"[.?!…。！？][\"'”’»)\]]*\Z")


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
    cores = {form: fold(core(form, words)) for form, shape in groups if shape in _KIN}
    kin = Counter(cores[row.form] for row in found if row.shape in _KIN)
    talk = next((row.part for row in found if len(groups[row.form, row.shape]) > 1 and row.shape == "colon"), None)
    first = talk or 0
    levels = _levels(groups, words)
    scores: dict[tuple[str, str], float] = {}
    reasons: dict[tuple[str, str], str] = {}
    for key, rows in groups.items():
        like = kin[cores[key[0]]] if key[1] in _KIN else 0
        begun, headed = talk is not None and rows[0].part > talk, rows[0].block in levels
        scores[key], reasons[key] = weigh(rows, words, known, like, begun=begun, headed=headed)
        if timed and key[1] == "box":
            scores[key] += _boxed(key[0], rows, words)
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
    surnames = {name.split()[-1] for (form, shape), score in scores.items() if shape in _KIN and score >= ACCEPT
                and " " in (name := cores[form])}  # fmt: skip
    pointed = sum(len(rows) for (form, shape), rows in groups.items() if shape == "chevron" and form != NOBODY)
    lines = Counter(shape for (_, shape), rows in groups.items() for _ in rows)
    spread = Counter(shape for _, shape in groups)
    offices = {key for key in groups if key[1] in _STOPS and scores[key] > 0 and tells_more(key[0], words)}
    told, kinds = Counter(row.shape for key in offices for row in groups[key]), Counter(shape for _, shape in offices)
    taken: dict[str, float] = {}
    shapes: set[str] = set()
    rejected: list[tuple[str, str]] = []
    for (form, shape), score in scores.items():
        if timed and shape == "colon":
            score -= _stray(
                form, groups[form, shape], words, known, joined=joined, habit=turns[shape] > 0.7 * lines[shape]
            )
        if shape == "thought" and (total > turns[shape] + turns["dialogue"] or lines["dialogue"] > 3 * lines[shape]):
            score = -9.0  # whoever speaks is named, or speaks behind what was ended
        if timed and shape in ("colon", "dialogue") and 3 * pointed >= max(1, turns[shape]):
            score = -9.0  # where labels are `>> LIND:`, other colons and dashes are not
        arrows = shape == "chevron" and (timed or form != NOBODY)  # nobody says them
        habit = coded(form) or (told[shape] > max(2, kinds[shape]) and kinds[shape] > 1 and (form, shape) in offices)
        score += 2.5 * (habit and shape in _STOPS)
        usually = shape in _NEEDS and _enough(form, shape, groups, turns, lines, spread, words.tells)
        if shape in _NEEDS and not (arrows or habit or usually):
            score = -9.0
        elif shape in ("box", "spaced") and lines[shape] > 0.8 * lines.total() and spread[shape] > 1:
            # hardly another line is there
            habit = shape == "box" or not _goes_on(groups[form, shape])
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
            shape not in ("colon", "clock", "inner", "voice", "dialogue", "thought")
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
_KIN = ("colon", "point", "line", *_STOPS)
"""Shapes in which a title, or a name that another label has too, says that a label is one."""


def _boxed(form: str, rows: Sequence[Candidate], words: Words) -> float:
    """Return what speaks for brackets in captions for the deaf: `[JOHN] We are late.`, not `[And] so it was`, `(A) One`."""
    tokens = form.split()
    often = len(rows) > (2 if form.isupper() or len(tokens) > 1 else 5)
    named = often and fold(form) not in words.speech and not any(token[0].islower() for token in tokens)
    return 1.5 if len(form) > 1 and (named or not _goes_on(rows)) else -9.0


def _goes_on(rows: Sequence[Candidate]) -> bool:
    """Say whether a sentence often goes on in small letters behind what looks like a label."""
    return sum(row.after[:1].islower() for row in rows) > 0.2 * len(rows)


def _levels(groups: Mapping[tuple[str, str], Sequence[Candidate]], words: Words) -> frozenset[str]:
    """Return the levels at which all headings are names, two of which come again: there who is heard once is labelled too."""
    names: dict[str, Counter[bool]] = {}
    for (form, _), rows in groups.items():
        if rows[0].block[0] == "h":
            like = like_name(core(form, words)) and fold(form) not in words.only
            names.setdefault(rows[0].block, Counter())[like and len(rows) > 1] += like or 99
    return frozenset(level for level, found in names.items() if found[True] > 1 and found[False] < 99)


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


_NEEDS = frozenset(
    {"dash", "asked", "dialogue", "thought", "chevron", "letter", "nick", "box", "spaced", "play", "daytime"}
)


_MATES = {"J": "RJ", "A": "QFV", "P": "R", "R": "PDQ", "D": "R", "F": "A", "V": "A"}
"""Letters of questions and answers, by each other: English, French and Spanish, Italian, German, Dutch."""
_TOLD = late(r"(?:\s[—–-]\s?|,\s)([^\W\d_]+)(?=[\s,.:-])")
"""A novel goes on behind a dash, or a comma, with who says it: `—Hay niebla —dijo Ana.`, `— Non, dit Ana.`"""


def _enough(
    form: str, shape: str, groups: Mapping[tuple[str, str], Sequence[Candidate]],
    turns: Counter[str], lines: Counter[str], spread: Counter[str], tells: frozenset[str],
) -> bool:  # fmt: skip
    """Say whether shapes that prose has too occur often enough to be a habit of this file; `spread` counts the forms of each."""
    if shape == "dash":
        rows = groups[form, shape]
        told = sum(not tells.isdisjoint(map(str.casefold, _TOLD.findall(row.after))) for row in rows)
        often = lines["dash"] >= 6 and not turns["colon"] and lines["dash"] > 0.25 * sum(lines.values())
        return often and told < max(2, 0.1 * len(rows))
    if shape == "letter" and form in _MATES:  # `A. Kovac` begins a line of prose
        mates = (len(groups.get((mate, "letter"), ())) > (mate == form) for mate in _MATES[form])
        return lines[shape] >= 2 and any(mates)
    if shape in ("box", "spaced", "play", "daytime"):
        often = lines[shape] >= 4 and lines[shape] >= 2 * spread[shape] > 2 * (lines["asked"] < 2)  # `――`, `田中　`
        return often and lines[shape] > 0.25 * sum(lines.values())
    return lines[shape] >= 2


def _habitual(groups: Mapping[tuple[str, str], Sequence[Candidate]], total: int) -> Iterator[tuple[str, str]]:
    """Yield names that stand alone on lines, or are set off, again and again, two or more of them: so some set off every turn."""
    for shape, share in (("line", 0.25), ("run-in", 0.5)):
        often = [
            key
            for key, rows in groups.items()
            if key[1] == shape and len(rows) > 2 and rows[0].form[:1] != rows[0].form[:1].lower()
        ]
        if len(often) > 1 and sum(len(groups[key]) for key in often) > share * total:
            yield from often
