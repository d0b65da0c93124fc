"""An archive as commands look at it: each transcript once, by its page where it has one."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cleanup.batch import Input, inputs, origin_of, raw_file
from cleanup.cli.common import for_raw, load, one_input, options
from cleanup.cli.said import Progress, say
from cleanup.errors import CleanupError
from cleanup.formats import SUFFIXES
from cleanup.pipeline import clean
from cleanup.reading import fetch
from cleanup.result import Result


class Found(NamedTuple):
    """A transcript of the archive; `raw` is the raw file of a page of ours, where that is there."""

    path: str
    result: Result
    raw: Path | None = None


class Archive:
    """Reads the transcripts below some paths; what cannot be read is named, and the others go on."""

    def __init__(self, paths: Sequence[str], given: Mapping[str, Any]) -> None:
        self.items = inputs(paths)
        self.settings, self.book = load(paths, given)
        self.options = options(given, self.settings)._replace(hashed=False)
        self.limit: int = given["max_size"] << 20
        self.done, self.failed = 0, len(self.items.problems)

    def transcripts(self) -> Iterator[Found]:
        """Yield pages of ours, then raw files that none of these was made of; what is no transcript is passed over."""
        for problem in self.items.problems:
            say(f"cleanup: {problem}")
        bar = Progress(len(self.items.found), prints=True)
        taken: set[str] = set()
        rows = sorted(self.items.found, key=lambda item: SUFFIXES.get(Path(item.path).suffix.lower()) != "markdown")
        for item in rows:
            try:
                with one_input(item.path):
                    one = None if os.path.realpath(item.path) in taken else self._one(item)
            except CleanupError as problem:
                if problem.exit_code == 2:
                    raise
                self.failed += 1
                bar.lines([f"cleanup: {problem}"])
                continue
            bar.lines([])
            if one is not None:
                self.done += 1
                taken |= {os.path.realpath(one.raw)} if one.raw else set()
                yield one

    def _one(self, item: Input) -> Found | None:
        data = fetch(item.path, limit=self.limit)
        raw = raw_file(origin_of(data).raw, Path(item.path), self.settings.root)
        result = clean(data, item.path, self.book, for_raw(raw or item.path, self.options))
        return Found(item.path, result, raw) if result.cast.speech or result.document.ours else None

    def said(self, found: Found) -> Result:
        """Return what the raw file of a page says, without a decision of a person."""
        return clean(fetch(str(found.raw), limit=self.limit), str(found.raw), self.book, self.options)
