"""LanguageTool over HTTP: words in, matches out; an answer that cannot be trusted is none."""

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any

from cleanup.digest import sha256
from cleanup.document import Cast, Document
from cleanup.errors import EngineError
from cleanup.findings import Found
from cleanup.grammar import Match, Table, findings
from cleanup.grammar.cache import Cache
from cleanup.grammar.server import Server
from cleanup.grammar.transport import NAME, Transport
from cleanup.view import View

_SECONDS = 120.0
"""Within which an answer must be there, whole; 50 KB take three to eight, the first ones of a server a little longer."""

_SMALL, _LARGE = 10_000, 50_000
"""Bytes of a request: below, the way costs more than the work (6.7 KB/s by paragraph, 28 so); above, memory."""

_SHARE = 5
"""A match in more than one word of so many: this is another language."""

_FEW = 10
"""Matches that say nothing about the language of a short text."""

_GAP = "\n\n"
"""Between paragraphs of one request: no sentence goes over it."""

_CHOICES = 3
"""Replacements that are kept of the many that a speller has."""

_WORD = re.compile(r"[^\W_]+")


class LanguageTool:
    """One server, its version and languages, the rules that are heard, and answers that are known already.

    It can be sent to other processes.
    """

    name = NAME
    pack = "grammar/languagetool"
    """What `--without` calls it."""

    def __init__(self, server: Server | str, table: Table, cache: Cache, *, seconds: float = _SECONDS) -> None:
        self.transport, self.table, self.cache = Transport(server, seconds), table, cache
        self._last: dict[bytes, tuple[Match, ...]] = {}
        self.transport.ready()
        info = self.transport.ask("/v2/info")
        software = info.get("software") if isinstance(info, dict) else None
        self.version = str(software.get("version", "")) if isinstance(software, dict) else ""
        rows = self.transport.ask("/v2/languages")
        if not self.version or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise EngineError(f"{self.transport.where} is no LanguageTool, or one older than 5.0")
        self.languages = {str(row.get(key)) for row in rows for key in ("code", "longCode")}

    def tag(self, language: str | None) -> str | None:
        """Return the language by which the server knows it, if it does and the table names rules for it."""
        tags = (language, language.split("-")[0]) if language else ()
        return next((tag for tag in tags if tag in self.languages and self._heard(tag)), None)

    def find(self, document: Document, cast: Cast, language: str, without: frozenset[str]) -> Found:
        """Return what the table lets be heard; raises `EngineError` where the server does not answer well."""
        tag = self.tag(language)
        if tag is None:
            return Found()
        view = View.of(document)
        pieces = list(_pieces(view.text))
        answers = self._answers(tag, [text for _, text in pieces])
        matches = (
            match._replace(start=start + match.start, end=start + match.end)
            for (start, _), found in zip(pieces, answers, strict=True)
            for match in found
        )
        return Found(findings(view, cast, self.table, language, matches, without))

    def _answers(self, tag: str, texts: Sequence[str]) -> list[tuple[Match, ...]]:
        """Return the matches of each text: remembered, kept on disk, or asked for."""
        settings = {"language": tag, "enabledOnly": "true", "enabledRules": ",".join(self._heard(tag))}
        head = "\0".join([NAME, self.version, *settings.values(), ""]).encode()
        keys = [sha256(head + text.encode("utf-8", "replace")) for text in texts]
        known = {key: self._last[key] for key in keys if key in self._last}
        kept = self.cache.get(key for key in dict.fromkeys(keys) if key not in known)
        known |= {key: matches for key, answer in kept.items() if (matches := _restored(answer)) is not None}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            self.transport.ready()
        found = self._together(settings, list(_groups(missing.values())))
        asked = dict(zip(missing, chain.from_iterable(found), strict=True))
        self.cache.put({key: json.dumps(matches, ensure_ascii=False) for key, matches in asked.items()})
        self._last = known | asked
        return [self._last[key] for key in keys]

    def _together(self, settings: Mapping[str, str], groups: Sequence[list[str]]) -> list[list[tuple[Match, ...]]]:
        """Ask for several groups of texts, two at a time: the server has more than one core, others use it too."""
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(2) as pool:
            try:
                return list(pool.map(lambda texts: self._check(settings, texts), groups))
            except BaseException:  # also when a person interrupts: nobody waits for an answer then
                self.transport.cut()
                raise

    def _check(self, settings: Mapping[str, str], texts: list[str]) -> list[tuple[Match, ...]]:
        """Return the matches of each text of one request; a match over two of them is none."""
        whole = _GAP.join(texts).encode("utf-8", "replace").decode()
        data = self.transport.ask("/v2/check", {**settings, "text": whole})
        try:
            if data.get("warnings", {}).get("incompleteResults"):
                raise EngineError(f"{self.transport.where} stopped in the middle of the text")
            point = code_points(whole)
            rows = [_match(row, point) for row in data["matches"]]
        except (AttributeError, KeyError, TypeError, ValueError):
            raise EngineError(f"{self.transport.where} gave an answer that does not fit the text") from None
        words = len(_WORD.findall(whole))
        if len(rows) > max(_FEW, words // _SHARE):
            raise EngineError(
                f"{NAME} finds something at {len(rows)} places in {words} words: this is not {settings['language']};"
                " --language TAG says what it is"
            )
        starts = list(accumulate((len(text) + len(_GAP) for text in texts), initial=0))
        found: list[list[Match]] = [[] for _ in texts]
        for row in rows:
            index = bisect_right(starts, row.start) - 1
            if row.end - starts[index] <= len(texts[index]):
                found[index].append(row._replace(start=row.start - starts[index], end=row.end - starts[index]))
        return [tuple(matches) for matches in found]

    def _heard(self, tag: str) -> list[str]:
        """Return the names of the rules that are asked for in a language: no other one runs, which saves half the time."""
        return sorted(name for name, entry in self.table.entries(tag).items() if entry.level is not None)


def code_points(text: str) -> Callable[[int], int]:
    """Return what turns an offset in UTF-16, as Java counts, into code points.

    It raises `ValueError` for a place outside the text or in the middle of a character.
    """
    units = text.encode("utf-16-le")

    def point(offset: int) -> int:
        if not 0 <= 2 * offset <= len(units):
            raise ValueError(offset)
        return len(units[: 2 * offset].decode("utf-16-le"))

    return point


def _match(row: Any, point: Callable[[int], int]) -> Match:
    start, end = point(row["offset"]), point(row["offset"] + row["length"])
    if end <= start:
        raise ValueError(row["length"])
    new = tuple(str(item["value"]) for item in row["replacements"][:_CHOICES])
    return Match(start, end, str(row["rule"]["id"]), str(row["message"]), new)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of a view with their places; one that no request could hold is cut, best at a sentence."""
    start = 0
    for line in text.split("\n"):
        while len(line.encode("utf-8", "replace")) > _LARGE:
            size = _LARGE // 4  # characters, each of four bytes at most
            cut = next((at + len(sign) for sign in (". ", " ") if (at := line.rfind(sign, size // 2, size)) > 0), size)
            yield start, line[:cut]
            start, line = start + cut, line[cut:]
        if _WORD.search(line):
            yield start, line
        start += len(line) + 1


def _groups(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield texts in requests of half of all that is to be asked, within the bounds."""
    rows = [(text, len(text.encode("utf-8", "replace")) + len(_GAP)) for text in texts]
    wanted = min(_LARGE, max(_SMALL, sum(size for _, size in rows) // 2 + 1))
    group: list[str] = []
    room = 0
    for text, size in rows:
        if group and (room >= wanted or room + size > _LARGE):
            yield group
            group, room = [], 0
        group.append(text)
        room += size
    if group:
        yield group


def _restored(answer: str) -> tuple[Match, ...] | None:
    """Return matches as they were kept; None for what nobody here has written."""
    try:
        return tuple(Match(a, b, rule, said, tuple(new)) for a, b, rule, said, new in json.loads(answer))
    except (ValueError, TypeError, IndexError):
        return None
