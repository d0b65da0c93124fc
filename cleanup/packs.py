"""Rule files to packs; what is wrong in one is said with its line."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from cleanup.errors import SettingsError
from cleanup.findings import Example, Kind, Level, Pack, Rule
from cleanup.guard import check_pattern
from cleanup.regexes import late

if TYPE_CHECKING:
    from pathlib import Path

    from cleanup.yamlfile import Node

_PACK = frozenset({"pack", "about", "rules"})
_PACK_TOO = frozenset({"on", "languages", "sources"})
_RULE = frozenset({"id", "kind", "why", "examples"})
_RULE_TOO = frozenset({"message", "level", "scope", "languages", "sources", "raw"})
_TERM = frozenset({"term", "variants"})
_TERM_TOO = frozenset({"context", "level", "why"})
_SCOPES = {"words": "words", "sound": "sound", "label": "label", "blank": "break", "code": "code"}
FIELDS = frozenset({"pattern", "patterns", "pairs", "sentence"})
"""Fields of rules that hold regular expressions; of `pairs` the keys do."""
_CLASS = late(r"\{([a-z_]+)\}")
_LONGEST = 500
_TAG = late(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def texts(value: object) -> list[str]:
    """Return a value of a rule as texts; of a mapping those are its keys."""
    return [str(item) for item in value] if isinstance(value, (list, dict)) else [str(value)]


def files(path: "Path") -> "Iterator[tuple[Path, str]]":
    """Yield rule files with the stage that their folder names."""
    if path.is_file():
        yield path, path.parent.name if path.parent.name in _STAGES else ""
        return
    if not path.is_dir():
        raise SettingsError(f"{path}: no such rule file or folder")
    for file in sorted(path.rglob("*.yaml")):
        stage = file.parent.name
        yield file, stage if stage in _STAGES else ""


_STAGES = frozenset("encoding captions boilerplate facts speakers fillers repeats wording typography grammar".split())


def read(
    file: "Path",
    stage: str,
    kinds: Mapping[str, Kind],
    tables: Mapping[str, Mapping[str, object]],
    *,
    own: bool = False,
    root: "Path | None" = None,
) -> Pack:
    """Read one rule file of a stage."""
    shown = f"rules/{file.relative_to(root).as_posix()}" if root else file.as_posix()
    from cleanup.yamlfile import load

    node = load(file, name=shown)
    if own and isinstance(node.value, dict) and "glossary" in node.value:
        return _glossary(node)
    rows = node.mapping(required=_PACK, optional=_PACK_TOO)
    name = f"{stage}/{rows['pack'].text()}"
    common: dict[str, Node] = {key: rows[key] for key in ("languages", "sources") if key in rows}
    rules: dict[str, Rule] = {}
    for entry in rows["rules"].items():
        rule = _rule(entry, name, stage, kinds, common, own, tables)
        if rule.id in rules:
            raise entry.value["id"].error(f"the id `{rule.id}` stands here twice")
        rules[rule.id] = rule
    on = rows["on"].flag() if "on" in rows else True
    return Pack(name, rows["about"].text(), tuple(rules.values()), on)


def _glossary(node: "Node") -> Pack:
    """Return the terms of a repository as rules: each variant is written as the term, where one of the context words stands near."""
    rows = node.mapping(required=frozenset({"glossary", "terms"}), optional=frozenset({"about", "languages"}))
    name = f"wording/{rows['glossary'].text()}"
    rules: list[Rule] = []
    taken: set[str] = set()
    for entry in rows["terms"].items():
        term = entry.mapping(required=_TERM, optional=_TERM_TOO)
        text, variants = term["term"].text(), term["variants"].texts()
        if text in variants or taken & set(variants):
            raise term["variants"].error("a variant is another spelling than its term, and stands in one entry only")
        taken.update(variants)
        level = term["level"].text() if "level" in term else "suggest"
        if level not in ("suggest", "safe"):
            raise term["level"].error("`level` is suggest, or safe: then it is applied without a question")
        fields = {"terms": variants, "text": text, "case": "smart"}
        fields |= {"context": term["context"].texts()} if "context" in term else {}
        number = 1 + sum(rule.fields["text"] == text for rule in rules)
        rule = Rule(
            f"{name}/{text}" + (f"-{number}" if number > 1 else ""), "replace", "wording", term["why"].text() if "why" in term else f"The glossary writes “{text}”.",
            fields, level=Level[level.upper()], languages=_languages(rows.get("languages")), own=True,
            where=f"{entry.path}:{entry.line}",
        )  # fmt: skip
        rules.append(rule)
    return Pack(name, rows["about"].text() if "about" in rows else "Terms of this repository.", tuple(rules))


def _rule(
    entry: "Node",
    pack: str,
    stage: str,
    kinds: Mapping[str, Kind],
    common: "Mapping[str, Node]",
    own: bool,
    tables: Mapping[str, Mapping[str, object]],
) -> Rule:
    if not isinstance(entry.value, dict) or "kind" not in entry.value:
        raise entry.error("a rule needs a `kind`")
    kind = kinds.get(entry.value["kind"].text())
    if not kind:
        raise entry.value["kind"].error(f"no such kind; there are {', '.join(kinds)}")
    rows = entry.mapping(required=_RULE | kind.required, optional=_RULE_TOO | kind.optional)
    rows = {**common, **rows}
    fields = {key: _field(key, rows[key], tables) for key in rows if key in kind.required | kind.optional}
    level = rows["level"].text() if "level" in rows else "safe"
    if level not in ("remark", "suggest", "safe"):
        raise rows["level"].error("`level` is remark, suggest or safe")
    scope = rows["scope"].texts() if "scope" in rows else ["words"]
    for word in scope:
        if word not in _SCOPES:
            raise rows["scope"].error(f"`scope` is one of {', '.join(_SCOPES)}")
    rule = Rule(
        id=f"{pack}/{rows['id'].text()}",
        kind=kind.name,
        stage=stage,
        why=rows["why"].text(),
        fields=fields,
        message=_bounded(rows["message"]).text() if "message" in rows else "",
        level=Level[level.upper()],
        scope=frozenset(_SCOPES[word] for word in scope),
        languages=_languages(rows.get("languages")),
        sources=frozenset(rows["sources"].texts()) if "sources" in rows else frozenset(),
        raw=rows["raw"].flag() if "raw" in rows else False,
        examples=_examples(rows["examples"]),
        own=own,
        where=f"{entry.path}:{entry.line}",
    )
    try:
        kind.check(rule)
    except ValueError as problem:
        raise entry.error(str(problem)) from problem
    return rule


def _bounded(node: "Node") -> "Node":
    """Return a text that is written once for each place: what is long would fill the memory."""
    if isinstance(node.value, str) and len(node.value) > _LONGEST:
        raise node.error(f"this text is longer than {_LONGEST} characters")
    return node


def _languages(node: "Node | None") -> frozenset[str]:
    tags = node.texts() if node else []
    for tag in tags:
        if node and not _TAG.fullmatch(tag):
            raise node.error(f"`{tag}` is no language tag (en, de, pt-BR)")
    return frozenset(tags)


def _field(key: str, node: "Node", tables: Mapping[str, Mapping[str, object]]) -> object:
    """Return a kind's own value; patterns are checked where they stand.

    `table:languages.months` stands for that entry of that table, so that no rule repeats it; in a
    pattern `{people}` stands for any of the words that the table `words` has under `people`.
    """
    if isinstance(node.value, str) and node.value.startswith("table:"):
        name, _, entry = node.value[6:].partition(".")
        if entry not in tables.get(name, {}):
            raise node.error(f"there is no table `{node.value[6:]}`")
        return tables[name][entry]
    if key in FIELDS:
        node = _patterns(node, tables.get("words", {}))
    if key == "text":
        _bounded(node)
    if node.value in ("", [], {}) and key != "text":
        raise node.error(f"`{key}` is empty")
    if isinstance(node.value, list):
        for item in node.value:
            if item.value == "":
                raise item.error(f"an entry of `{key}` is empty")
    return node.plain()


def _patterns(node: "Node", words: Mapping[str, object]) -> "Node":
    """Put classes of words into patterns, and check each where it stands."""
    if isinstance(node.value, list):
        return node._replace(value=[_patterns(item, words) for item in node.value])
    if isinstance(node.value, dict):
        rows = {text: (item.key._replace(value=text), _bounded(item)) for text, item in node.value.items()}
        return node._replace(value={_patterns(key, words).value: item for key, item in rows.values()})
    text = _CLASS.sub(lambda m: f"(?:{'|'.join(texts(words[m[1]]))})" if m[1] in words else m[0], node.text())
    try:
        check_pattern(text)
    except ValueError as problem:
        raise node.error(str(problem)) from problem
    return node._replace(value=text)


def _examples(node: "Node") -> tuple[Example, ...]:
    found: list[Example] = []
    for item in node.items():
        rows = item.mapping(optional=frozenset({"before", "after", "keep"}))
        if "keep" in rows and len(rows) == 1:
            found.append((rows["keep"].text(), None, item.line))
        elif set(rows) == {"before", "after"}:
            after = rows["after"].value
            if not isinstance(after, str):
                raise rows["after"].error('`after` is a text; "" where nothing is left')
            found.append((rows["before"].text(), after, item.line))
        else:
            raise item.error("an example is `before` with `after`, or `keep`")
    if len({after is None for _, after, _ in found}) < 2:
        raise node.error("a rule needs one `before`/`after` and one `keep` at least")
    return tuple(found)
