"""What was found in one file, as the reports for machines take it."""

from collections.abc import Iterator
from typing import NamedTuple

from cleanup.findings import Level, Placed


class Looked(NamedTuple):
    r"""One file that was looked at, and what was found.

    `text` is the input, decoded, with `\\n` line ends; `newline` is what stands for one in the
    file. Where the file could not be looked at, `problem` says why in one line.
    """

    path: str
    text: str
    page: bool
    findings: tuple[Placed, ...]
    problem: str = ""
    newline: str = "\n"

    def graded(self) -> Iterator[tuple[Placed, str]]:
        """Yield what is to be reported, each with `error` (`fix` would change it), `warning` (a suggestion) or `note`.

        What `publish` does with a raw file is left out: that is no fault of the file, which is never written.
        """
        for row in self.findings:
            if not row.applied:
                yield row, "warning" if row.finding.level is Level.SUGGEST and row.edits else "note"
            elif self.page:
                yield row, "error"
