"""Who speaks in an archive: in how many files, under which labels, and which two may be one."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from cleanup.document import Cast, Speaker
from cleanup.kinds.consistent import near
from cleanup.script import Block
from cleanup.yamlfile import quoted


class Voice(NamedTuple):
    """One who speaks: the full name where it is certain, all labels, the files, and how much was said.

    Labels without a name (`KHALID`, `CALLER`) are a voice each; `generic` ones name a part in the
    talk, and are somebody else in each file.
    """

    name: str | None
    labels: tuple[str, ...]
    files: tuple[str, ...]
    turns: int
    words: int
    role: str | None = None
    affiliation: str | None = None
    generic: bool = False

    @property
    def shown(self) -> str:
        """The name, else the label."""
        return self.name or self.labels[0]


def voices(files: Iterable[tuple[str, Cast, Sequence[Block]]]) -> list[Voice]:
    """Return the voices of an archive, those of the most files first; each file is (path, cast, blocks)."""
    found: dict[tuple[str | None, str], list[tuple[str, Speaker, int, int]]] = {}
    for path, cast, blocks in files:
        turns = Counter(block.speaker for block in blocks if block.kind == "turn")
        words: Counter[str | None] = Counter()
        for block in blocks:
            words[block.speaker] += len(block.text.split()) if block.kind == "turn" else 0
        for speaker in cast.speakers:
            name = speaker.name if speaker.shown == speaker.name else None
            row = (path, speaker, turns[speaker.shown], words[speaker.shown])
            found.setdefault((name, "" if name else speaker.label), []).append(row)
    made = [_voice(name, rows) for (name, _), rows in found.items()]
    return sorted(made, key=lambda voice: (-len(voice.files), voice.shown.casefold(), voice.shown))


def _voice(name: str | None, rows: Sequence[tuple[str, Speaker, int, int]]) -> Voice:
    labels = Counter(form for _, speaker, _, _ in rows for form in speaker.labels or (speaker.label,) if form)
    roles, homes = (Counter(filter(None, (getattr(row[1], key) for row in rows))) for key in ("role", "affiliation"))
    return Voice(
        name,
        tuple(label for label, _ in labels.most_common()),
        tuple(dict.fromkeys(path for path, *_ in rows)),
        sum(turns for _, _, turns, _ in rows),
        sum(words for *_, words in rows),
        max(roles, key=roles.__getitem__, default=None),
        max(homes, key=homes.__getitem__, default=None),
        all(speaker.generic for _, speaker, _, _ in rows),
    )


def alike(found: Sequence[Voice]) -> Iterator[tuple[Voice, Voice, str]]:
    """Yield two voices that may be one, with the reason; the one of more files is the second.

    Only those that share a word, or the first letter of it, are compared: linear in all but namesakes.
    """
    rows = [voice for voice in found if not voice.generic]
    groups: dict[str, list[Voice]] = {}
    for voice in rows:
        words = _plain(voice.shown).split()
        for key in {words[0], words[-1][:2]} if words else ():
            groups.setdefault(key, []).append(voice)
    told: set[frozenset[str]] = set()
    for group in groups.values():
        for common, rare in combinations(group, 2):
            pair = frozenset((common.shown, rare.shown))
            if pair not in told and (why := _why(rare, common)):
                told.add(pair)
                yield rare, common, why


def _plain(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(bare.casefold().replace(".", " ").replace("-", " ").split())


def _why(rare: Voice, common: Voice) -> str:
    """Return why two voices may be one, or nothing."""
    a, b = _plain(rare.shown).split(), _plain(common.shown).split()
    if a == b:
        return "the same letters"
    if (rare.name is None) != (common.name is None):
        label, name = (a, b) if rare.name is None else (b, a)
        return "the label is the last name" if len(label) == 1 and label[0] == name[-1] else ""
    if len(a) == len(b) > 1:
        differ = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
        if len(differ) == 1 and near(*differ[0]):
            return f"one letter apart: {differ[0][0]}, {differ[0][1]}"
    if len(a) > 1 < len(b) and a[-1] == b[-1] and a[0][0] == b[0][0] and (len(a[0]) == 1 or len(b[0]) == 1):
        return "an initial for a first name"
    return ""


def roster(found: Iterable[Voice]) -> str:
    """Return a `people.yaml` of all whose full name is known; every text is a JSON string, which YAML reads as it is."""
    lines = ["# Who speaks in these transcripts; `cleanup` reads this file from the root of the repository.", "people:"]
    for voice in sorted((voice for voice in found if voice.name), key=lambda voice: str(voice.name).casefold()):
        lines.append(f"  - name: {quoted(voice.name)}")
        words = {_plain(word) for word in str(voice.name).split()} | {_plain(str(voice.name))}
        labels = [label for label in voice.labels if _plain(label) not in words]
        for key, value in (("labels", labels), ("role", voice.role), ("affiliation", voice.affiliation)):
            lines += [f"    {key}: {quoted(value)}"] if value else []
    return "\n".join(lines) + "\n"
