"""An archive as commands look at it: each transcript once, by its page where it has one."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cleanup.batch import Input, is_page, origin_of, raw_file
from cleanup.cli.run import Run, decisions
from cleanup.result import Result


class Found(NamedTuple):
    """A transcript of the archive; `raw` is the raw file of a page of ours, where that is there."""

    path: str
    result: Result
    raw: Path | None = None


def transcripts(run: Run) -> Iterator[Found]:
    """Yield pages of ours, then raw files that none of these was made of; what is no transcript is passed over."""
    taken: set[str] = set()

    def find(item: Input) -> Found | None:
        if os.path.realpath(item.path) in taken:
            return None
        data = run.fetch(item.path)
        raw = raw_file(origin_of(data).raw, Path(item.path), run.settings.root)
        result = run.result(item.path, data, decided=decisions(raw or item.path))
        return Found(item.path, result, raw) if result.cast.speech or result.document.ours else None

    pages_first = sorted(run.inputs.found, key=lambda item: not is_page(item.path))
    run.inputs = run.inputs._replace(found=tuple(pages_first))
    for _, found in run.each(find):
        if isinstance(found, Found):
            run.done += 1
            taken.update({os.path.realpath(found.raw)} if found.raw else ())
            yield found
