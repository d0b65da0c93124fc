"""What a format is: told by content, split into parts."""

import re
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from cleanup.document import NOTHING, Document, Importer, Part, Splitter
from cleanup.errors import InputError, SettingsError
from cleanup.findings import Rule
from cleanup.formats.sounds import Sounds
from cleanup.meanings import Meanings
from cleanup.regexes import late

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = {
    "text": "text.Text", "markdown": "markdown.Markdown", "html": "html.Html", "vtt": "vtt.Vtt", "srt": "srt.Srt",
    "json": "json.Json", "csv": "tables.Table", "tsv": "tables.Table", "trs": "trs.Trs", "timedtext": "trs.Trs",
    "ass": "ass.Ass", "ttml": "ttml.Ttml", "docx": "text.Text", "irc": "irc.Irc",
}  # fmt: skip
"""The formats that are read, and the class that reads each; its file is opened only when an input needs it."""

SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".vtt": "vtt", ".srt": "srt",
    ".html": "html", ".htm": "html", ".json": "json", ".csv": "csv", ".tsv": "tsv", ".trs": "trs",
    ".ass": "ass", ".ssa": "ass", ".ttml": "ttml", ".dfxp": "ttml", ".srv1": "timedtext", ".srv2": "timedtext",
    ".srv3": "timedtext", ".docx": "docx",
}  # fmt: skip
"""What a walk through a folder takes for a transcript; of JSON and tables see `holds`."""

_TIMED = {
    "vtt": late(r"WEBVTT\b"),
    "ass": late(r"\[(?:Script Info|V4\+? Styles|Events)\]", re.IGNORECASE),
    "ttml": late(
        r"(?:(?:<\?xml[^<>]*>|<!--.{0,2000}?-->|<!DOCTYPE[^>\[]*(?:\[.{0,2000}?\]\s*)?>)\s*)*<(?:\w+:)?tt[\s>]", re.S
    ),
    "trs": late(r"(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE Trans|<Trans)\b"),
    "timedtext": late(r"(?:<\?xml[^>]*>\s*)?<(?:timedtext\b|transcript>\s*<text\b)"),
}
_CUE = late(r"(?:\d+[ \t]*\n\s*)?(?:\d+ ?: ?)*\d+ ?(?P<point>[.,]) ?\d+[ \t]*(?:-{1,3} ?>|[–—]-?>)[ \t]*\d")
"""A number and a timing: SubRip, or WebVTT that has lost its header."""
_FOREIGN = {
    "html": (
        late(r"(?:(?:<!--.{0,2000}?-->|<\?xml[^<>]*>)\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S),
        "HTML",
    ),
    "xml": (late(r"<\?xml"), "XML"),
}
_JSON = late(r"\{\s*\"(?:[^\"\\\n]|\\.){0,200}\"\s*:|\[\s*[\[{]\s*\"")
_OBJECTS = late(r"\{\s*\"[^\n]*\}[ \t]*\n\s*\{\s*\"")
"""An object a line is no front matter with a text behind it."""
_MARKED = late(
    r"<(?:div|p|h[1-6]|table|article|section|main|ul|ol|dl|span|font|center|meta|title|style|script|cite|b|strong|br|a|hr)\b[^<>]*>",
    re.I,
)
"""A text that opens with a tag is a piece of a page."""
_CHAT = late(r"^[\[\]0-9T:.apm \t-]{0,28}<[@+%~& ]?[^\s<>/=\"']{1,40}>[ \t]", re.MULTILINE)
"""A line of chat, `<nick> text`, with or without a time."""
_HEADING = late(r"^#{1,6} \S", re.MULTILINE)
_BOLD = late(r"^[ \t]*(?:\*\*[^*\n]+\*\*|[*_][^*_\n]{1,40}:[*_](?=\s))", re.MULTILINE)
_LINK = late(r"\]\(https?://")
_ESCAPED = late(r"\\[\[\]_*]")
_FENCE = late(r"^(?:```|~~~)", re.MULTILINE)
_CLOSED = late(r"</(?:p|div|strong|b|em|i|a|h[1-6]|li|td|span)>", re.IGNORECASE)
_ENOUGH = 3
"""Bold line starts, closed tags or escapes: so many are no accident, whatever else stands there."""
_HEAD = 1 << 16


def names() -> tuple[str, ...]:
    """Return what `--from` takes: the formats, and each dialect of JSON by its own name."""
    from cleanup.formats.dialects import DIALECTS

    return (*FORMATS, *(row.name for row in DIALECTS))


def detect(text: str, path: str) -> str:
    """Return the name of a text's format, by what stands in it; the suffix only tips the scale.

    Names that are no key of `FORMATS` are told apart so that the refusal can say what it is.
    """
    head = text[:_HEAD]
    blanks = len(head) - len(head.lstrip())
    first = head[blanks : blanks + 1]
    suffix = path[max(path.rfind("."), 0) :].lower()
    name = _timed(head, blanks, SUFFIXES.get(suffix))
    if name:
        return name
    for name, (pattern, _) in _FOREIGN.items() if first == "<" else ():
        if pattern.match(head, blanks):
            return name
    if first in ("{", "[") and (
        suffix == ".json" or (_JSON.match(head, blanks) and (_OBJECTS.match(head, blanks) or not _headed(text)))
    ):
        return "json"
    if suffix in (".csv", ".tsv"):
        return suffix[1:]
    if SUFFIXES.get(suffix) == "markdown" or _headed(text):
        return "markdown"
    if "<" in head and len(_CHAT.findall(head)) > max(_ENOUGH - 1, head.count("\n") // 3):
        return "irc"
    page = SUFFIXES.get(suffix) == "html" and len(_CLOSED.findall(head)) >= _ENOUGH
    if page or (first == "<" and _MARKED.match(head, blanks)):
        return "html"
    found = sum(len(sign.findall(head)) > (sign is _BOLD) for sign in (_HEADING, _BOLD, _LINK, _FENCE))
    signs = ((_BOLD, "**"), (_BOLD, ":*"), (_BOLD, ":_"), (_CLOSED, "</"), (_ESCAPED, "\\"))
    plenty = any(sign in head and len(pattern.findall(head)) >= _ENOUGH for pattern, sign in signs)
    return "markdown" if found > 1 or plenty or head.startswith("# ", blanks) else "text"


def holds(file: "Path") -> bool:
    """Say whether a file that a walk has found may be a transcript: of JSON and tables most are something else."""
    kind = SUFFIXES.get(file.suffix.lower())
    if kind not in ("json", "csv", "tsv"):
        return kind is not None
    from cleanup.formats import json, tables

    try:
        with file.open("rb") as data:
            return json.holds(data.read()) if kind == "json" else tables.holds(data.readline(_HEAD).decode("utf-8-sig"))
    except UnicodeDecodeError:
        return False
    except OSError:
        return True  # reading says what is wrong


def _timed(head: str, blanks: int, own: str | None) -> str | None:
    """Return the format of captions; a suffix says it where a cue stands anywhere, not only at the start."""
    first = head[blanks : blanks + 1]
    for name, pattern in _TIMED.items() if first in "W[<" else ():
        if pattern.match(head, blanks):
            return name
    captions = own in ("vtt", "srt")
    cue = _CUE.search(head) if captions else _CUE.match(head, blanks) if first.isdecimal() else None
    return (own if captions else "vtt" if cue["point"] == "." else "srt") if cue else None


def _headed(text: str) -> bool:
    """Say whether a text has front matter; only a text that starts with its signs is looked into."""
    if not text.startswith(("---", "+++", ";;;", "{")):
        return False
    from cleanup.formats import front

    return front.read(text) is not None


def make(
    name: str, sounds: Mapping[str, object], *, regions: Iterable[Rule] = (), stated: Mapping[str, object] = NOTHING
) -> Splitter | Importer:
    """Return a format; `sounds` is the table of `rules/sounds.yaml`.

    Pages of HTML are read with the rules of kind `region`. `stated` is the table `rules/languages.yaml`: which
    values in the head of a page (`head`), and which keys of JSON and of tables (`front`), state a fact.

    Raises `InputError` for a format that is known but not read, `SettingsError` for an unknown one.
    """
    if name == "html":
        from cleanup.formats.html import Html

        return Html.of(sounds, regions, stated.get("head"))
    if name in FORMATS or name in names():
        file, _, maker = FORMATS.get(name, FORMATS["json"]).partition(".")
        more: tuple[object, ...] = (Meanings.of(stated),) if file in ("json", "tables") else ()
        if file == "json":
            more = (*more, make("html", sounds, regions=regions, stated=stated))
        form: Splitter | Importer = getattr(import_module(f"cleanup.formats.{file}"), maker)(
            Sounds.of(sounds), name, *more
        )
        return form
    known = ", ".join(FORMATS)
    if name in _FOREIGN:
        raise InputError(f"this is {_FOREIGN[name][1]}, which is not read yet; formats that are: {known}")
    raise SettingsError(f"--from {name}: no such format; there are {known}")


def document(text: str, form: Splitter | Importer) -> Document:
    """Return the document of a text; it is ours where its front matter says how we wrote it."""
    if isinstance(form, Importer):
        return form.read(text)
    parts = form.split(text)
    ours = any(part.form == "transcript.body" for part in parts[:400] if part.kind == "value")
    return Document(text, _without_credit(text, parts) if ours else parts, form, ours=ours)


def _without_credit(text: str, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the parts of a page of ours, its credit line as markup: it says nothing that front matter does not."""
    from cleanup.formats import front

    head = front.read(text)
    line = front.credit({value.key: value.text for value in head.values}) if head else ""
    body = text.rstrip()
    if not line or not body.endswith("\n\n" + line):
        return parts
    start = len(body) - len(line)
    kept = [part for part in parts if part.end <= start]
    return (*kept, Part("markup", start, len(body), "p", None, "credit"), *_tail(text, len(body)))


def _tail(text: str, start: int) -> tuple[Part, ...]:
    return (Part("break", start, len(text)),) if start < len(text) else ()
