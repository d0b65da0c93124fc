"""Grammar by engines that others write: which of their rules are heard, how loud, and about which words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cleanup.document import Cast
from cleanup.findings import Finding, Level
from cleanup.guard import check_pattern
from cleanup.settings import TAG
from cleanup.view import WALL, View

_LEVELS = {"safe": Level.SAFE, "suggest": Level.SUGGEST, "remark": Level.REMARK, "ignore": None}
_ID = re.compile(r"\w[\w.\-]*")
_WORD = re.compile(r"[^\W_]+")
_FAR = 40
"""Characters behind a finding that `unless` may look at."""

_LONG = 300
"""Characters of a message, and of a replacement, that anybody reads."""


class Match(NamedTuple):
    """What an engine found in a paragraph: a span in code points, and what it would write there."""

    start: int
    end: int
    rule: str
    message: str
    replacements: tuple[str, ...] = ()


class Entry(NamedTuple):
    """What the table says of a rule; `level` is None where it is ignored.

    `unless` is a pattern that is read from the place of a finding on: where it fits there is none.
    """

    level: Level | None
    why: str
    unless: re.Pattern[str] | None = None


class Table:
    """Which rules of LanguageTool are heard: an allow list by language, so what is not named is ignored.

    Made of `rules/grammar.yaml` and files of a user's own, of which the later wins; the entries of
    `pt-BR` go before those of `pt`. Rules have names, never categories: the next version of an
    engine has more in each, and nobody has read them.
    """

    def __init__(self, *files: Mapping[str, Any]) -> None:
        self.rows: dict[str, dict[str, Entry]] = {}
        for file in files:
            for tag, entries in file.get("languagetool", {}).items():
                for row in entries:
                    unless = re.compile(row["unless"]) if "unless" in row else None
                    entry = Entry(_LEVELS[row["level"]], row["why"], unless)
                    self.rows.setdefault(tag, {}).update(dict.fromkeys(row["rules"], entry))

    def entries(self, language: str) -> Mapping[str, Entry]:
        """Return what is said of rules for a language."""
        return {**self.rows.get(language.split("-")[0], {}), **self.rows.get(language, {})}

    def named(self, rule: str) -> Iterator[tuple[str, Entry]]:
        """Yield what each language says of a rule."""
        yield from ((tag, entries[rule]) for tag, entries in self.rows.items() if rule in entries)


def read(path: Path) -> Mapping[str, Any]:
    """Return a table file as data; raises `SettingsError` that quotes the line where it makes no sense."""
    from cleanup.yamlfile import load

    node = load(path)
    seen: set[tuple[str, str]] = set()
    for engine in node.mapping(optional=frozenset({"languagetool"})).values():
        for tag, rows in engine.mapping().items():
            if not TAG.fullmatch(tag):
                raise rows.error(f"`{tag}` is no language tag (en, de, pt-BR)")
            for row in rows.items():
                entry = row.mapping(required=frozenset({"level", "why", "rules"}), optional=frozenset({"unless"}))
                entry["why"].text()
                if "unless" in entry:
                    try:
                        check_pattern(entry["unless"].text())
                    except ValueError as problem:
                        raise entry["unless"].error(str(problem)) from problem
                if entry["level"].text() not in _LEVELS:
                    raise entry["level"].error("`level` is safe, suggest, remark or ignore")
                for name in entry["rules"].items():
                    if not _ID.fullmatch(name.text()):
                        raise name.error(f"`{name.value}` is no name of a rule")
                    if (tag, name.value) in seen:
                        raise name.error(f"`{name.value}` stands here twice for {tag}")
                    seen.add((tag, name.value))
    plain: Mapping[str, Any] = node.plain()
    return plain


def findings(
    view: View, cast: Cast, table: Table, language: str, matches: Iterable[Match], without: frozenset[str]
) -> Iterator[Finding]:
    """Yield what is to be shown of an engine's matches, whose offsets are those of the view.

    No name is touched: neither one of the cast nor, where nouns are small, another capital inside a
    sentence. Nor is what stands beside a sound, a time or code, which the engine could not see.
    """
    entries = table.entries(language)
    names = {
        word.casefold() for s in cast.speakers for form in (s.name or "", *s.labels) for word in _WORD.findall(form)
    }
    for match in matches:
        entry = entries.get(match.rule)
        rule = f"grammar/languagetool/{match.rule}"
        near = view.text[max(0, match.start - 2) : match.end + 2]
        if entry is None or entry.level is None or rule in without or WALL in near:
            continue
        if entry.unless and entry.unless.match(view.text[match.start : match.end + _FAR]):
            continue
        new = match.replacements[0] if match.replacements else None
        if _touches(view.text, match, new, names, capitals=not language.startswith("de")):
            continue
        fits = new is not None and len(new) <= _LONG and not set(new) & {"\n", "\r", WALL}
        edits = view.edit(match.start, match.end, new) if new is not None and fits else None
        spans = view.spans(match.start, match.end)
        if not spans:
            continue
        shown = entry.level if edits else Level.REMARK
        others = ", ".join(f"“{other}”" for other in match.replacements[1:3])
        message = " ".join(match.message.split())[:_LONG] + (f" (or: {others[:_LONG]})" if others and edits else "")
        yield Finding(
            rule, message, spans[0][0], spans[-1][1], (edits or ()) if shown is not Level.REMARK else (), level=shown
        )


def _touches(text: str, match: Match, new: str | None, names: set[str], *, capitals: bool) -> bool:
    """Say whether a match is about a name: a word of it that looks like one would not be there any more."""
    kept = {word.casefold() for word in _WORD.findall(new or "")}
    for word in _WORD.finditer(text, match.start, match.end):
        before = text[max(0, word.start() - 20) : word.start()].rstrip(" \"'“”‘’«»„(¿¡")
        inside = bool(before) and (before[-1].islower() or before[-1] in ",;")
        name = word[0].casefold() in names or (capitals and inside and len(word[0]) > 1)
        if word[0][0].isupper() and name and word[0].casefold() not in kept:
            return True
    return False
