"""A script and its facts as a Markdown page with front matter."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cleanup.casting import ends_clip, short
from cleanup.casting.frame import fold
from cleanup.document import NOBODY, Cast, Speaker
from cleanup.findings import Fact
from cleanup.formats.front import credit
from cleanup.script import Block, Run
from cleanup.writers.clock import clock
from cleanup.writers.front import Value, front_matter, tame
from cleanup.writers.sites import SITES, Site
from cleanup.writers.slug import slug

_TICKS = re.compile(r"`+")
_OPENING = re.compile(r"\{\{[<%]")
_DIVIDER = re.compile(r"<!--(?=\s?more\s?-->)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_UNSAFE = re.compile(r"[\s<>{}\"\\`|^]")
_PLAYED = re.compile(r"https?://\S", re.IGNORECASE)
_ROUNDS = 4
"""A mark that goes may take others with it; after so many rounds all go."""

BEGINS = "<!-- transcript -->"
"""Stands before the first turn where prose that is no speech stands above it."""


class Look(NamedTuple):
    """How pages are to look: which form of labels, whether the credit line is visible, whether marks are kept.

    `times` says how the time of a turn stands before its words: `off`, `turns` (`[0:12]`), or
    `links` into the recording, where the transcript names one.
    """

    labels: str | None = None
    credit: bool = True
    marks: bool = True
    times: str = "off"


class Page(NamedTuple):
    """A page: its slug, and its text; `tamed` are front matter values that could not stand as they were."""

    slug: str
    text: str
    draft: bool
    tamed: tuple[str, ...] = ()


def page(
    blocks: Sequence[Block],
    cast: Cast,
    chosen: Mapping[str, Fact],
    facts: Sequence[Fact],
    *,
    site: Site,
    language: str | None,
    stem: str,
    raw: str,
    sha256: str,
    look: Look,
    kept: Mapping[str, Value] | None = None,
) -> Page:
    """Return the page of a script.

    `raw` is the path that front matter names, never absolute. `kept` are keys of a page of ours
    that stands there already: its slug, and what others have added.
    """
    tamed: list[str] = []

    def said(key: str) -> str | None:
        value = chosen[key].value if key in chosen else None
        clean = tame(value) if value else None
        if value and clean != " ".join(value.split()):
            tamed.append(key)
        return clean

    title = said("title") or tame(stem.replace("-", " ").replace("_", " ")) or stem
    name = str((kept or {}).get("slug") or slug(title, stem))
    labels = _labels(cast, look.labels)
    notices = list(dict.fromkeys(tame(f.value) for f in facts if f.key == "source.notices"))
    source: dict[str, Value] = {"name": said("source.name"), "copyright": said("source.copyright"), "notices": notices}
    flat = {f"source.{k}": v for k, v in source.items() if isinstance(v, str)}
    line = credit(flat | {f"source.notices.{i}": n for i, n in enumerate(notices)}) if look.credit else ""
    written = list(Writer(site, cast, labels, look, said("media")).write(blocks))
    body = "\n\n".join([*written, *([line] if line else [])]) + "\n"
    people = [_person(speaker, index, cast) for index, speaker in enumerate(cast.speakers)]
    date = said("date")
    rows: dict[str, Value] = {
        "title": title,
        "date": date,
        "draft": None if date else True,
        "slug": name,
        "lang": language,
        "description": said("description"),
        "tags": list(dict.fromkeys(tame(f.value) for f in facts if f.key == "tags")),
        "speakers": list(dict.fromkeys(tame(s.shown) for s in cast.speakers if _speaks(s, blocks))),
        "source": source if any(source.values()) else None,
        "source_url": said("address"),
        "media": said("media"),
        "place": list(dict.fromkeys(tame(f.value) for f in facts if f.key == "place")),
        "topic": said("topic"),
    }
    rows |= {key: value for key, value in (kept or {}).items() if not rows.get(key)}
    rows["transcript"] = {"raw": raw, "sha256": sha256, "body": body_hash(body), "people": people}
    return Page(name, front_matter(rows) + "\n" + body, not date, tuple(tamed))


def body_hash(body: str) -> str:
    """Return the hash that shows whether a hand has touched a body: LF, no trailing blanks, one final newline."""
    lines = [line.rstrip() for line in body.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return hashlib.sha256(("\n".join(lines).strip("\n") + "\n").encode()).hexdigest()


def _speaks(speaker: Speaker, blocks: Sequence[Block]) -> bool:
    return any(block.speaker == speaker.shown for block in blocks)


def _person(speaker: Speaker, index: int, cast: Cast) -> dict[str, Value]:
    certain = speaker.evidence != "inferred"
    return {
        "label": tame(speaker.label),
        "name": tame(speaker.name) if speaker.name and certain else None,
        "role": tame(speaker.role) if speaker.role else None,
        "affiliation": tame(speaker.affiliation) if speaker.affiliation else None,
        "opens": True if index == cast.opening else None,
    }


def _labels(cast: Cast, wanted: str | None) -> dict[str, str]:
    """Return what stands before the turns of each speaker: one form for the whole page.

    Full names where all are known, else labels as they stand, without the role behind the comma.
    """
    everybody = [s for s in cast.speakers if s.labels or s.name]
    form = wanted or ("full" if all(s.generic or s.shown == s.name for s in everybody) else "as-is")
    taken = Counter(form for speaker in cast.speakers for form in set(_forms(speaker)))
    shown: dict[str, str] = {}
    for speaker in cast.speakers:
        if form == "full" or not speaker.labels:
            wish = speaker.shown
        elif form == "surname" and speaker.shown == speaker.name and speaker.name:
            wish = speaker.name.split()[-1]
        else:
            wish = short(speaker.label)
        clear = taken[wish] == 1 and wish == wish.strip("*_> ")
        shown[speaker.shown] = wish if clear or not speaker.labels else speaker.label
    return shown


def _forms(speaker: Speaker) -> Iterator[str]:
    """Yield what a reader may take for this speaker's label."""
    yield from (speaker.label, short(speaker.label), speaker.shown, speaker.shown.split()[-1])


class Writer:
    """Writes paragraphs, and keeps in mind whom a reader takes for the speaker."""

    def __init__(self, site: Site, cast: Cast, labels: Mapping[str, str], look: Look, media: str | None) -> None:
        self.site, self.escaper, self.labels, self.look = site, site.escaper, labels, look
        self.media = media if look.times == "links" and media and _PLAYED.match(media) else None
        self.heard = cast.speakers[cast.opening].shown if cast.opening is not None else None
        self.asides = cast.asides
        self.out: list[str] = []
        self.begun = False
        self.spoken = False  # the block before this one was a turn

    @staticmethod
    def plain(cast: Cast) -> "Writer":
        """Return a writer of plain Markdown, for what is rendered here."""
        return Writer(SITES["markdown"], cast, {}, Look(), None)

    def write(self, blocks: Sequence[Block]) -> list[str]:
        """Return the paragraphs of the body; notes stay off the page."""
        for block in blocks:
            if block.kind == "turn":
                self._begin(blocks)
                self._turn(block)
                self.spoken = True
                continue
            self.spoken &= block.kind == "note"
            if block.kind == "note":
                continue
            if block.kind == "sound":
                self._begin(blocks)
                self._sound(block)
            elif block.kind == "heading":
                self.out.append("#" * max(2, block.level) + " " + self.runs(block.runs, heading=True))
                if fold(block.text) in self.asides:
                    self.heard = self.heard and ""  # a label says that here is speech all the same
            elif block.kind == "other":
                self.out.append(self.other(block))
        return self.out

    def _begin(self, blocks: Sequence[Block]) -> None:
        """Mark where speech begins, if prose above it could be taken for it."""
        if not self.begun and any(b.kind == "other" and b.block == "p" for b in blocks) and self.out:
            first = next(i for i, b in enumerate(blocks) if b.kind in ("turn", "sound"))
            if not any(b.kind == "heading" for b in blocks[:first]) or blocks[first - 1].kind != "heading":
                self.out.append(BEGINS)
        self.begun = True

    def _label(self, speaker: str | None) -> str:
        if speaker == self.heard:
            return ""
        self.heard = speaker
        if not speaker:
            return f"**{NOBODY}** "
        return f"**{self.escaper.inline(tame(self.labels.get(speaker, speaker)))}:** "

    def _time(self, at: int | None) -> str:
        if at is None or self.look.times == "off":
            return ""
        address = f"{self.media.partition('#')[0]}#t={at // 1000}" if self.media else ""
        return f"[{clock(at)}" + (f"{_linked(f'](<{address}>)')} " if address else "] ")

    def _turn(self, block: Block) -> None:
        pieces = list(paragraphs(block.runs))
        if not pieces:
            return
        if block.continues and self.out and block.speaker == self.heard:
            self.out[-1] += " " + self.runs(pieces[0])
        else:
            if (self.spoken or block.labelled) and block.speaker and block.speaker == self.heard:
                self.heard = ""  # a label stood here, and helps a reader behind a sound
            if self.spoken and block.speaker == self.heard:
                self.heard = ""  # somebody new speaks, although the name is the same or none
            label = self._label(block.speaker) + self._time(block.at)
            self.out.append(label + self.runs(pieces[0], start=not label))
        self.out += [self.runs(runs, start=True) for runs in pieces[1:]]

    def _sound(self, block: Block) -> None:
        text = self.escaper.inline(block.text)
        if block.continues and self.out:
            self.out[-1] += " " + text
        else:
            self.out.append((self._label(block.speaker) if block.speaker else "") + text)
        if ends_clip(block.text):
            self.heard = ""  # whoever goes on is not the last speaker of the clip

    def other(self, block: Block) -> str:
        """Write a list, a table, code, a rule, or prose that is no speech."""
        if block.block == "hr":
            return "---"
        if block.block == "code":
            return self._code("".join(run.text for run in block.runs))
        if block.block == "table":
            return self._table(block.runs)
        if block.block == "li":
            return self._list(block.runs)
        lines = [self.runs(runs, start=True) for runs in _split(block.runs, ("para", "line"))]
        return "\n".join(f"> {line}" for line in lines) if block.block == "quote" else "\n".join(lines)

    def _code(self, code: str) -> str:
        fence = _ticks(code, 3)
        return f"{fence}\n{_shown(code) if self.site.shortcodes else code}\n{fence}"

    def _list(self, runs: Sequence[Run]) -> str:
        lines: list[str] = []
        for piece in _split(runs, ("line", "para")):
            marker = next((run.text.strip() for run in piece if run.kind == "item"), None)
            text = self.runs([run for run in piece if run.kind != "item"], start=True)
            if not text:
                continue
            bullet = "" if marker is None else f"{marker} " if marker[:1].isdigit() else "- "
            lines.append(bullet + text if bullet else "  " + text)
        return "\n".join(lines)

    def _table(self, runs: Sequence[Run]) -> str:
        rows: list[list[list[Run]]] = []
        for run in runs:
            if run.kind == "row" or not rows:
                rows.append([[]])
            if run.kind == "cell":
                rows[-1].append([])
            elif run.kind != "row":
                rows[-1][-1].append(Run("text", run.text) if run.kind == "code" and "|" in run.text else run)
        rows = [row[:-1] if len(row) > 1 and not row[-1] else row for row in rows]
        width = max(map(len, rows))
        lines = [
            "| " + " | ".join(self.runs(c).replace("|", "\\|") for c in row + [[]] * (width - len(row))) + " |"
            for row in rows
        ]
        return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])

    def runs(self, runs: Sequence[Run], *, start: bool = False, heading: bool = False) -> str:
        """Write one paragraph; marks stay where each has its mate and its address is harmless."""
        mates = _mated(runs) if self.look.marks else {}
        for _ in range(_ROUNDS):
            pieces = [
                self._piece(run, heading) if i in mates or run.kind != "mark" else "" for i, run in enumerate(runs)
            ]
            if start and (first := next((i for i, piece in enumerate(pieces) if piece), None)) is not None:
                pieces[first] = self._first(runs[first], pieces[first])
            stray = {index for index in _stray(pieces, mates) for index in (index, mates[index])}
            if not stray:
                break
            mates = {i: mate for i, mate in mates.items() if i not in stray}
        else:
            return self.runs([run for run in runs if run.kind != "mark"], start=start, heading=heading)
        return "".join(pieces)

    def _first(self, run: Run, piece: str) -> str:
        return self.escaper.line(run.text) if run.kind == "text" else piece

    def _piece(self, run: Run, heading: bool) -> str:
        if run.kind == "mark":
            return _linked(run.text) if run.text.startswith("](") else run.text
        if run.kind == "code" and self.look.marks:
            shown = _shown(run.text) if self.site.shortcodes else run.text
            if "\u200c" not in shown or "\u200c" in run.text:
                return _ticked(shown)
        if run.kind in ("text", "code"):
            return self.escaper.heading(run.text) if heading else self.escaper.inline(run.text)
        return " " if run.kind == "line" else ""


def _stray(pieces: Sequence[str], mates: Mapping[int, int]) -> Iterator[int]:
    """Yield the marks that would not read as such where they stand: CommonMark asks what is on either side."""
    after = [" "] * len(pieces)
    for index in range(len(pieces) - 1, 0, -1):
        after[index - 1] = pieces[index][:1] or after[index]
    before = " "
    for index, piece in enumerate(pieces):
        if index in mates and not _flanks(piece, before, after[index], opens=mates[index] > index):
            yield index
        before = piece[-1:] or before


def _flanks(mark: str, before: str, after: str, *, opens: bool) -> bool:
    if mark[0] in "[]":
        return not (mark == "[" and before == "!")  # that would be an image
    if mark[0] in (before, after):
        return False
    outer, inner = (before, after) if opens else (after, before)
    if inner.isspace() or (_is_sign(inner) and not outer.isspace() and not _is_sign(outer)):
        return False
    return mark[0] != "_" or outer.isspace() or _is_sign(outer)


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def paragraphs(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Yield the paragraphs of a block."""
    return _split(runs, ("para",))


def _split(runs: Sequence[Run], kinds: tuple[str, ...]) -> Iterator[list[Run]]:
    piece: list[Run] = []
    for run in runs:
        if run.kind in kinds:
            if piece:
                yield piece
            piece = []
        elif run.kind == "text" and piece and piece[-1].kind == "text":
            piece[-1] = Run("text", piece[-1].text + run.text)
        elif run.kind != "time":
            piece.append(run)
    if piece:
        yield piece


def _mated(runs: Sequence[Run]) -> dict[int, int]:
    """Return for each mark that pairs up within the paragraph the index of its mate."""
    stack: list[int] = []
    mates: dict[int, int] = {}
    for index, run in enumerate(runs):
        if run.kind != "mark":
            continue
        opener = "[" if run.text.startswith("](") else run.text
        if stack and runs[stack[-1]].text == opener and (opener != "[" or run.text != "["):
            mate = stack.pop()
            if any(r.kind in ("text", "code") for r in runs[mate + 1 : index]):
                mates[mate], mates[index] = index, mate
        elif not run.text.startswith("]("):
            stack.append(index)
    return mates


def _linked(mark: str) -> str:
    """Write the end of a link with its address alone, and in it nothing that a site could run."""
    inner = mark[2:-1].strip()
    address = inner[1:].partition(">")[0] if inner.startswith("<") else inner.split()[0]
    if inner.startswith("<") or "\\" in address:
        address = _ESCAPED.sub(r"\1", address).replace("(", "%28").replace(")", "%29")
    return f"]({_UNSAFE.sub(_percent, address)})"


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def _ticked(code: str) -> str:
    """Write inline code; its fence is longer than any run of ticks in it."""
    pad = " " if "`" in (code[:1], code[-1:]) or (code[:1] == code[-1:] == " " and code.strip()) else ""
    return f"{_ticks(code, 1)}{pad}{code}{pad}{_ticks(code, 1)}"


def _ticks(code: str, least: int) -> str:
    return "`" * max(least, 1 + max(map(len, _TICKS.findall(code)), default=0))


def _shown(code: str) -> str:
    """Write shortcodes in code the way Hugo shows them; a non-joiner is in what it runs there all the same."""
    code = _DIVIDER.sub("<!--\u200c", code)
    pieces: list[str] = []
    at = 0
    while opening := _OPENING.search(code, at):
        close = code.find(">}}" if opening[0] == "{{<" else "%}}", opening.end())
        if close < 0:
            return "".join(pieces) + _OPENING.sub(lambda m: "{\u200c" + m[0][1:], code[at:])
        pieces += [code[at : opening.end()], "/*", code[opening.end() : close], "*/"]
        at = close
    return "".join(pieces) + code[at:]
