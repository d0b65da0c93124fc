"""Whether what was written says what was read (law 10)."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from cleanup.document import Cast
from cleanup.script import Block, Run, Script
from cleanup.writers.front import tame

_FACTS = ("title", "date", "source.name", "source.copyright")


def differences(before: Script, after: Script) -> list[str]:
    """Return what differs between a script and the script of its page, a line each.

    Notes are off the page; a title or a language that the input does not know may be filled by the
    page; names that are only inferred stand on no page.
    """
    return [*stated(before, after), *heard(before.blocks, after.blocks)]


def stated(before: Script, after: Script) -> Iterator[str]:
    """Yield what differs in facts, language and people."""
    for key in _FACTS:
        said, have = before.said(key), after.said(key)
        wanted = None if said is None else tame(said)
        if wanted != have and (wanted or key != "title"):
            yield f"{key} is “{have}”, not “{wanted}”"
    if before.language and before.language != after.language:
        yield f"the language is {after.language}, not {before.language}"
    people, told = list(_people(before.cast)), list(_people(after.cast))
    if people != told:
        others = (f"a speaker is {b}, not {a}" for a, b in zip(people, told, strict=False) if a != b)
        yield next(others, "a speaker is missing")


def heard(before: Iterable[Block], after: Iterable[Block], *, times: bool = False) -> Iterator[str]:
    """Yield the first difference between blocks, which are looked at once, side by side.

    `times` of turns count, in whole seconds, where the page carries them.
    """
    old, new = _rows(before, times), _rows(after, times)
    for count, (a, b) in enumerate(zip_longest(old, new)):
        if a and b and a != b:
            yield _contrast(a, b)
            return
        if not (a and b):
            more = count + 1 + sum(1 for _ in (old if a else new))
            lengths = (count, more) if a else (more, count)
            yield f"{lengths[0]} blocks, not {lengths[1]}: from the {_shown(a or b)} on"
            return


def _people(cast: Cast) -> Iterator[tuple[str, str | None, str | None]]:
    for speaker in cast.speakers:
        name = speaker.name if speaker.evidence != "inferred" else None
        yield tame(speaker.label), tame(name) if name else None, tame(speaker.role) if speaker.role else None


_Row = tuple[str, str | None, str, bool, int | None]


def _rows(blocks: Iterable[Block], times: bool) -> Iterator[_Row]:
    """Yield (kind, speaker, text, continues, second), notes left out and turns that one without words parted put together."""
    last: Block | None = None
    parted = False
    for block in blocks:
        if block.kind == "note":
            continue
        if block.kind == "turn" and not block.text:
            parted = True
            continue
        before, parted = parted, False
        if (
            before
            and last
            and last.kind == block.kind == "turn"
            and last.speaker == block.speaker
            and not block.continues
        ):
            last = last._replace(runs=(*last.runs, Run("para", ""), *block.runs))
            continue
        if last:
            yield _row(last, times)
        last = block
    if last:
        yield _row(last, times)


def _row(block: Block, times: bool) -> _Row:
    speaker = tame(block.speaker) if block.speaker else None
    timed = times and block.kind == "turn" and not block.continues
    second = block.at // 1000 if timed and block.at is not None else None
    return block.kind, speaker, block.text, block.continues, second


def _contrast(a: _Row, b: _Row) -> str:
    """Say where two rows part."""
    if a[0] == b[0] and a[1] == b[1] and a[2] != b[2]:
        at = next((i for i, (x, y) in enumerate(zip(a[2], b[2], strict=False)) if x != y), min(len(a[2]), len(b[2])))
        near = slice(max(0, at - 30), at + 30)
        return f"in a {a[0]} of {a[1] or 'nobody'} “…{b[2][near]}…” stands where “…{a[2][near]}…” was"
    if a[:4] == b[:4]:
        return f"the {_shown(a)} is at second {b[4]}, not {a[4]}"
    if a[:3] == b[:3]:
        return f"the {_shown(a)} {'goes' if b[3] else 'does not go'} on with the turn before it"
    return f"a {_shown(b)} stands where a {_shown(a)} was"


def _shown(row: _Row) -> str:
    kind, speaker, text = row[:3]
    return f"{kind} of {speaker} “{text[:60]}”" if speaker else f"{kind} “{text[:60]}”"
