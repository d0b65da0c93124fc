"""Which files commands look at, and what is found in each; no Click here, so that a plain check or fix starts at once."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cleanup.batch import Input, is_page, origin_of, raw_file
from cleanup.cli.run import Run, decisions
from cleanup.reports import text as report
from cleanup.result import Result
from cleanup.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = 1 << 16


class Seen:
    """One file: whether it is a page, its bytes then, and what was found (None: not looked at)."""

    def __init__(self, path: str, page: bool, data: bytes = b"", result: Result | None = None) -> None:
        self.path, self.page, self.data, self.result = path, page, data, result


def look(run: Run, item: Input, *, raw: bool = True, sure: bool = False) -> Seen:
    """Look at a page that is marked, and at a raw file where these are wanted; on a page for what is safe alone, where that is asked (`sure`)."""
    page = is_page(item.path)
    if not (run.given["any_"] or marked(item.path, run.settings) if page else raw):
        return Seen(item.path, page)
    if not page:  # its bytes are as large as the text, and nobody needs them again
        return Seen(item.path, page, result=run.result(item.path))
    data = run.fetch(item.path)
    return Seen(item.path, page, data, in_place(run, item.path, data, sure=sure))


def in_place(run: Run, path: str, data: bytes, *, sure: bool = False) -> Result:
    """Return what is found on a page where it stands; decisions lie beside the raw file that it was made of."""
    from pathlib import Path

    raw = raw_file(origin_of(data).raw, Path(path), run.settings.root)
    return run.result(path, data, decided=decisions(raw), in_place=True, sure=sure)


def marked(path: str, settings: Settings) -> bool:
    """Say whether a Markdown file is a page that is to be looked at: only the head of others is read."""
    if settings.pages:
        from pathlib import Path

        if any(Path(path).resolve().is_relative_to(place) for place in settings.pages):
            return True
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD).removeprefix(b"\xef\xbb\xbf").replace(b"\r", b"")
    except OSError:
        return True  # reading says what is wrong there
    return head.startswith(b"---\n") and b"\ntranscript:" in head.partition(b"\n---\n")[0]


def transcripts(run: Run) -> "Iterator[tuple[str, Result, Path | None]]":
    """Yield (path, result, raw file of a page): pages of ours, then raw files that none of these was made of.

    What is no transcript is passed over.
    """
    from pathlib import Path

    taken: set[str] = set()

    def find(item: Input) -> "tuple[str, Result, Path | None] | None":
        if os.path.realpath(item.path) in taken:
            return None
        data = run.fetch(item.path)
        raw = raw_file(origin_of(data).raw, Path(item.path), run.settings.root)
        result = run.result(item.path, data, decided=decisions(raw or item.path))
        return (item.path, result, raw) if result.cast.speech or result.document.ours else None

    run.inputs.found = tuple(sorted(run.inputs.found, key=lambda item: not is_page(item.path)))
    for _, found in run.each(find):
        if isinstance(found, tuple):
            run.done += 1
            taken.update({os.path.realpath(found[2])} if found[2] else ())
            yield found


def unheard(item: Input, seen: Seen) -> list[str]:
    """Return a line for each grammar engine that took no part."""
    return [f"{item.path}: {line}" for line in report.unheard(seen.result)] if seen.result else []


def passed_over(pages: int) -> list[str]:
    """Return what the last line says of Markdown files that are not marked as transcripts."""
    said = f"{report.count(pages, 'Markdown file')} not looked at (no `transcript:` key; --any overrules)"
    return [said] if pages else []
