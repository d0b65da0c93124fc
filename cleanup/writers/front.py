"""Front matter as YAML that every site generator reads back as the same values."""

import re
from collections.abc import Iterable, Mapping, Sequence

from cleanup.yamlfile import quoted


class Verbatim(str):
    """Lines of front matter that stand as others wrote them, key and all."""


Value = str | bool | None | Sequence["Value"] | Mapping[str, "Value"]

_RISKY = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_LIKE = str.maketrans({"<": "‹", ">": "›", "{": "(", "}": ")"})
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_KEY = re.compile(r"[A-Za-z_][\w-]*")


def front_matter(rows: Mapping[str, Value]) -> str:
    """Return the block with its fences; empty values are left out, and `date` stands bare."""
    lines = [line for key, value in rows.items() for line in _entry(key, value, "")]
    return "---\n" + "\n".join(lines) + "\n---\n"


def _entry(key: str, value: Value, indent: str) -> Iterable[str]:
    name = key if _KEY.fullmatch(key) else quoted(key)
    if value is None or value == [] or value == {} or value == "":
        return
    if isinstance(value, Verbatim):
        yield value
    elif isinstance(value, Mapping):
        yield f"{indent}{name}:"
        for inner, item in value.items():
            yield from _entry(inner, item, indent + "  ")
    elif isinstance(value, (str, bool)):
        yield f"{indent}{name}: {_scalar(value, bare=key == 'date')}"
    elif all(isinstance(item, (str, bool)) for item in value):
        yield f"{indent}{name}: [{', '.join(_scalar(item) for item in value)}]"
    else:
        yield f"{indent}{name}:"
        for item in value:
            yield f"{indent}  - {_flow(item)}"


def _flow(value: Value) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{k}: {_flow(v)}" for k, v in value.items() if v not in (None, "")) + "}"
    return _scalar(value)


def _scalar(value: Value, *, bare: bool = False) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return text if bare and _DATE.fullmatch(text) else quoted(text)


def tame(text: str) -> str:
    """Return a text that is harmless wherever a theme prints it: one line, no `<>{}`, no control characters.

    Themes print titles unescaped, and some evaluate them; no way of writing them is literal everywhere.
    """
    return " ".join(_RISKY.sub(" ", text).translate(_LIKE).split())
