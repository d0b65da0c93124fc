"""Which files `check` and `fix` look at, and what is found in each; no Click here, so that a plain run starts at once."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cleanup.batch import Input, inputs, origin_of, raw_file
from cleanup.cli.common import engine, for_raw, load, one_input, options
from cleanup.errors import CleanupError
from cleanup.formats import SUFFIXES
from cleanup.pipeline import clean
from cleanup.reading import LIMIT, fetch
from cleanup.result import Result
from cleanup.settings import Settings

PLAIN: Mapping[str, Any] = {
    "any_": False, "strict": False, "diff": False, "format_": "text", "rule_paths": (), "with_": (), "without": (),
    "grammar": None, "languagetool_url": None, "language": None, "from_": None, "encoding": None, "max_size": LIMIT >> 20,
}  # fmt: skip
"""What a run is asked for where nobody asks for anything: the defaults of its options."""

_HEAD = 1 << 16


class Seen(NamedTuple):
    """One file: whether it is a page, what was found (None: not looked at), or why that could not be."""

    path: str
    page: bool
    data: bytes = b""
    result: Result | None = None
    problem: CleanupError | None = None


class Look:
    """One run over many files: the rules in force, and what a walk has passed over."""

    def __init__(self, paths: Sequence[str], given: Mapping[str, Any], *, raw: bool) -> None:
        self.items = inputs(paths)
        self.settings, self.book = load(paths, given)
        self.options = options(given, self.settings)._replace(hashed=False, counted=given.get("format_") == "json")
        self.engine = engine(given, self.settings)
        self.any, self.raw, self.limit = bool(given["any_"]), raw, given["max_size"] << 20

    def files(self) -> Iterator[Seen]:
        """Yield one file after the other; an input that cannot be read has its problem, and the others go on."""
        for item in self.items.found:
            try:
                with one_input(item.path):
                    seen = self._one(item)
            except CleanupError as problem:
                if problem.exit_code == 2:
                    raise
                seen = Seen(item.path, page=True, problem=problem)
            yield seen

    def _one(self, item: Input) -> Seen:
        page = SUFFIXES.get(Path(item.path).suffix.lower()) == "markdown"
        if not (self.any or marked(item.path, self.settings) if page else self.raw):
            return Seen(item.path, page)
        if not page:  # its bytes are as large as the text, and nobody needs them again
            wanted = for_raw(item.path, self.options)
            result = clean(fetch(item.path, limit=self.limit), item.path, self.book, wanted, self.engine)
            return Seen(item.path, page, result=result)
        data = fetch(item.path, limit=self.limit)
        return Seen(item.path, page, data, self.found(data, item.path, page=page))

    def found(self, data: bytes, path: str, *, page: bool) -> Result:
        """Return what is found in a file; decisions lie beside the raw file that it is, or that it was made of."""
        raw: Path | str | None = path
        if page:
            raw = raw_file(origin_of(data).raw, Path(path), self.settings.root)
        return clean(data, path, self.book, for_raw(raw, self.options)._replace(in_place=page), self.engine)


def marked(path: str, settings: Settings) -> bool:
    """Say whether a Markdown file is a page that is to be looked at: only the head of others is read."""
    if settings.pages and any(Path(path).resolve().is_relative_to(place) for place in settings.pages):
        return True
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - thousands of pages are only asked this
            head = file.read(_HEAD).removeprefix(b"\xef\xbb\xbf").replace(b"\r", b"")
    except OSError:
        return True  # reading says what is wrong there
    return head.startswith(b"---\n") and b"\ntranscript:" in head.partition(b"\n---\n")[0]
