"""What kinds that look for words have in common: needles of rules, made once, and facts of what they found."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from cleanup.document import Document
from cleanup.findings import Fact, Rule
from cleanup.literals import keys
from cleanup.matching import Hit, Matcher, Needle, Same, terms
from cleanup.regexes import late
from cleanup.view import View


def texts(rule: Rule, key: str) -> list[str]:
    """Return a field of a rule as a list of texts; of a mapping those are its keys."""
    value = rule.fields.get(key)
    if isinstance(value, str):
        return [value]
    return [str(item) for item in value] if isinstance(value, (list, tuple, dict)) else []


@lru_cache(maxsize=32)
def _matcher(rules: Same, fields: tuple[str, ...]) -> Matcher:
    needles: list[Needle] = []
    for index, rule in enumerate(rules.values):
        for name, value in ((field, value) for field in fields for value in texts(rule, field)):
            pattern, found = terms([value])[0] if name == "terms" else (value, keys(value))
            needles.append(Needle(index, pattern, found, rule.cased(value), rule.own and name != "terms"))
    return Matcher(needles)


def hits(rules: tuple[Rule, ...], text: str, *fields: str) -> Iterator[tuple[Rule, Hit]]:
    """Yield every match of the rules' fields (`terms`, `pattern`, `sentence`) in a text."""
    wanted = tuple(rule for rule in rules if any(field in rule.fields for field in fields))
    if wanted:
        for hit in _matcher(Same(*wanted), fields).find(text):
            yield wanted[hit.rule], hit


def by_view(document: Document, rules: tuple[Rule, ...]) -> Iterator[tuple[View, tuple[Rule, ...]]]:
    """Yield the rules with the view that each looks at: one view at a time, since it is as large as the text."""
    kinds = {part.kind for part in document.parts}
    scopes: dict[frozenset[str], list[Rule]] = {}
    for rule in rules:
        scopes.setdefault(rule.scope & kinds or rule.scope, []).append(rule)
    for scope in sorted(scopes, key=sorted):
        yield View.of(document, scope), tuple(scopes[scope])


def fill(template: str, groups: Mapping[str, str]) -> str:
    """Put groups into a template: `{0}` is the whole match, `{name}` a named group."""
    return _SLOT.sub(lambda m: groups.get(m[1], ""), template) if "{" in template else template


_SLOT = late(r"\{(\w+)\}")


def facts(rule: Rule, groups: Mapping[str, str], start: int, end: int) -> Iterator[Fact]:
    """Yield what a rule says by `gives`, where the template has something to say."""
    gives = rule.fields.get("gives")
    weight = rule.fields.get("weight", 0)
    for key, template in gives.items() if isinstance(gives, Mapping) else ():
        value = " ".join(fill(str(template), groups).split())
        if value:
            yield Fact(str(key), value, rule.id, start, end, int(str(weight)))


def check_gives(rule: Rule) -> None:
    """Raise `ValueError` where `gives` is no mapping of fact keys to templates."""
    gives = rule.fields.get("gives")
    if gives is not None and not (isinstance(gives, Mapping) and all(isinstance(v, str) for v in gives.values())):
        raise ValueError('`gives` maps keys of facts (source.name) to texts ("{0}", "{name}")')
