"""What a label says: a name, and beside it title, office, party and number."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from cleanup.casting.surnames import is_full
from cleanup.matching import Same
from cleanup.regexes import late
from cleanup.words import strings

_VOICE = "speaker|spk|sprecher|sprecherin|locuteur|orador|hablante|falante|interlocutore|parlante|spreker|talare|taler|puhuja|mówca|mluvčí|спикер|говорящий|konuşmacı|pembicara|話者|说话人|說話人|发言人|發言人|화자|참석자"
_CODE = late(
    rf"(?:{_VOICE}|s|person|participant|voice|interviewee|interviewer)[ _-]?[0-9]{{1,3}}|(?:{_VOICE})[ _-]?[A-H]|[A-Z][0-9]{{1,2}}",
    re.IGNORECASE,
)
WORD = late(r"[^\s,()\[\]/]+")
NUMBERED = late(r"[ \d]+$")
_PIECES = late(r",|\s(?:--|[-–—|])\s|\sto the (?=(?:Minister|Prime|Attorney|Leader)\b)")
_BRACKETS = frozenset("([（")


_KEYS = ("dates", "shows", "titled", "places", "topics", "publishers")
"""Keys of lines at the head of a transcript, which name no speaker."""


class Words:
    """The word lists of `rules/labels.yaml`, folded; those by language are put together, since files mix languages.

    Only parts in the talk are told by English and the text's own language, where that has any: `MANN` is a man in
    German, and may be the correspondent in English.
    """

    def __init__(self, table: Mapping[str, Any], language: str) -> None:
        self.table = table
        self.titles, self.roles, self.particles, self.speech, self.nobody = (
            strings(table.get(name)) for name in ("titles", "roles", "particles", "speech", "nobody")
        )
        self.honorifics, self.articles, self.ties, self.surnamed, self.printed, self.months = (
            strings(table[name]) for name in ("honorifics", "articles", "ties", "surnamed", "printed", "months")
        )
        self.ministers, letters = (tuple(sorted(strings(table[name]))) for name in ("ministers", "letters"))
        self.letters = tuple(f"{word} " for word in letters)
        self.plain, self.robots, self.numbers, self.parties, self.degrees = (
            strings(table.get(name)) for name in ("plain", "robots", "numbers", "parties", "degrees")
        )
        self.asked, self.sent, self.below, self.posts, self.tells = (
            strings(table[name]) for name in ("asked", "sent", "below", "posts", "tells")
        )
        self.offices = self.roles | self.titles
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
def word_lists(table: Same, language: str) -> Words:
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


def introduces(form: str, words: Words) -> bool:
    """Say whether a label tells name and office in capitals, as only transcripts write it: `MIRA KOVAC, CNN ANCHOR`."""
    name, _, office = form.partition(",")
    held = not words.roles.isdisjoint(WORD.findall(office.casefold()))
    return held and form.upper() == form != form.lower() and 1 < len(name.split()) < 5


def _core(form: str, words: Words) -> str:
    """Return the name in a label: without role behind a comma, brackets, titles and numbers."""
    pieces = [piece.strip() for piece in _PIECES.split(unbracketed(form))]
    tokens = (pieces[1] if len(pieces) == 2 and _stands_first(pieces[0], pieces[1], words) else pieces[0]).split()
    held = _HELD.search(form) if tokens else None
    if held and _is_office(tokens, words) and _is_name(held[1], words):
        tokens = held[1].split()  # `The Minister for Transport (Ana Lind)`
    elif held and fold(unbracketed(form)) in words.generic:
        return unbracketed(form)  # `The DEPUTY SPEAKER (Mr Olsen)`
    if tokens and tokens[-1] > "\u3040" and len(tokens[-1]) > 2:
        tokens[-1] = _POLITE.sub("", tokens[-1])
    if len(tokens) == 2 and tokens[1] > "\uac00" and tokens[1] in words.generic:
        tokens.pop()  # `김민수 기자`
    while len(tokens) > 2 and (tokens[-1] in words.parties or _is_degree(tokens[-1], form, words)):
        tokens.pop()
    if len(tokens) > 1 and tokens[0].casefold() in words.articles and tokens[1].casefold().rstrip(".ª") in words.titles:
        tokens.pop(0)
    while len(tokens) > 1 and not tokens[1].isdigit():
        title = next((n for n in (3, 2, 1) if " ".join(tokens[:n]).casefold().rstrip(".ª") in words.titles), 0)
        if not 0 < title < len(tokens) or (len(tokens) == 2 and tokens[0].casefold() in words.plain):
            break  # `DON KOVAC` has a first name, `Don Ricardo Kovac` a title
        del tokens[:title]
    return " ".join(tokens)


_POLITE = late(r"(?:君|さん|氏|様|委員|議員|님|씨|先生|女士)$")
_HELD = late(r"[(（]([^()（）]+)[)）]$")


def entitled(form: str, words: Words) -> bool:
    """Say whether a label begins with a title, or names a part in the talk: `Ms. Lind`, `The Chairman`."""
    tokens = unbracketed(form).casefold().split() or [""]
    first = tokens[tokens[0] in words.articles and len(tokens) > 1]
    return first.rstrip(".ª") in words.titles or fold(form) in words.generic


def _is_degree(token: str, form: str, words: Words) -> bool:
    """Say whether the last word of a name is a degree or an honour, and no name: `Ana Lind PhD`, not `YO-YO MA`."""
    plain = "." in token or not (token.istitle() or (form.isupper() and len(token) < 3))
    return plain and token.replace(".", "").casefold() in words.degrees


def tells_more(form: str, words: Words) -> bool:
    """Say whether a label says more than a name: a title, a party, an office."""
    return entitled(form, words) or "(" in form or "," in form


def _is_office(tokens: Sequence[str], words: Words) -> bool:
    """Say whether words name an office and nobody who holds it: `The Minister for Transport`, `Formanden`."""
    rest = [token.casefold().rstrip(".ª") for token in tokens]
    article = rest[0] in words.articles
    rest = [token for token in rest[article:] if token not in words.honorifics]
    office = bool(rest) and (rest[0] in words.offices or " ".join(rest) in words.generic)
    return office and (article or len(rest) == 1 or not words.ties.isdisjoint(rest[1:3]))


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


def in_office(form: str, core: str, words: Words) -> bool:
    """Say whether what stands behind a comma is an office, where something does: in speech too people are called by a title."""
    _, comma, behind = unbracketed(form).partition(",")
    address = fold(core) in words.generic and fold(form).partition(" ")[0].rstrip(".") in words.honorifics
    return not comma or (not address and not words.offices.isdisjoint(WORD.findall(behind.casefold())))


def _stands_first(office: str, name: str, words: Words) -> bool:
    """Say whether a label names the office before the comma and the person behind it: `DIRECTORA DEL PUERTO, ANA LIND`."""
    tokens, names = office.casefold().split(), name.casefold().split()
    held = bool(tokens) and tokens[0] in words.offices and not words.ties.isdisjoint(tokens[1:3])
    return held and 1 < len(names) <= 5 and words.roles.isdisjoint(names) and words.ties.isdisjoint(names[:1])


def turned(form: str, words: Words) -> str:
    """Return the name in a label that puts the surname first, as libraries and staff lists do (`Kovac, Mira`), else nothing."""
    surname, comma, behind = unbracketed(form).partition(", ")
    if not comma:
        return ""
    given = behind.split()
    while given and given[0].casefold().rstrip(".") in words.titles:
        given.pop(0)
    tokens = [token for token in (*surname.split(), *given) if token.casefold() not in words.particles]
    like = all(token[0] != token[0].lower() and token.rstrip(".").replace("-", "").isalpha() for token in tokens)
    single = 0 < len(given) < 3 and len(tokens) == len(given) + 1 and (surname.isupper() or not behind.isupper())
    folded = {token.casefold().rstrip(".") for token in tokens}
    known = (words.offices, words.nobody, words.degrees, words.only, words.generic)
    held = not all(map(folded.isdisjoint, known))
    return f"{' '.join(given)} {surname}" if single and like and not held else ""


def core(form: str, words: Words) -> str:
    """Return the name in a label, and nothing else of it; a number stays, since it tells speakers apart."""
    return form if coded(form) else _core(form, words)
