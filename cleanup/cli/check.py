"""`cleanup check`: what is wrong, and nothing changed."""

from pathlib import Path
from typing import Any

import click

from cleanup.batch import Input, inputs
from cleanup.casting.given import Given
from cleanup.cli.common import load, out, rule_options, say
from cleanup.errors import CleanupError
from cleanup.findings import Placed
from cleanup.formats import SUFFIXES
from cleanup.pipeline import Options, Result, clean
from cleanup.reading import fetch
from cleanup.reports import text as report
from cleanup.settings import Settings


@click.command()
@click.argument("path", nargs=-1, required=True, type=click.Path())
@click.option("--any", "any_", is_flag=True, help="Look at Markdown pages that are not marked as transcripts too.")
@click.option("--strict", is_flag=True, help="Fail for suggestions and remarks too.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@rule_options
def check(path: tuple[str, ...], **given: Any) -> int:
    """Say what is wrong in transcripts and pages, and change nothing.

    Raw files are read as `publish` would read them. A Markdown page is looked at where it carries
    a `transcript:` key or lies under `pages:` of cleanup.yaml.
    """
    items, _ = inputs(path)
    settings, book = load(path, given["rule_paths"], given["with_"], given["without"])
    options = Options(
        format=given["from_"], encoding=given["encoding"], language=given["language"] or settings.language,
        given=Given(), without=frozenset(given["without"]) | settings.off, packs=frozenset(given["with_"]) | settings.on,
    )  # fmt: skip
    done = failed = passed = fixable = open_ = 0
    for item in items:
        try:
            data = fetch(item.path)
            if not given["any_"] and not _looked_at(item, data, settings):
                passed += 1
                if given["format_"] == "json":
                    _print_json(item.path, None)
                continue
            result = clean(data, item.path, book, options)
        except CleanupError as problem:
            if problem.exit_code == 2:
                raise
            say(f"cleanup: {problem}")
            failed += 1
            continue
        done += 1
        page = result.document.ours
        fixes = [row for row in result.findings if row.applied]
        fixable += page and bool(fixes)
        open_ += sum(not row.applied for row in result.findings)
        if given["format_"] == "json":
            _print_json(item.path, result)
        else:
            for row in result.findings:
                out(_line(item.path, row, page=page, text=result.source.text))
    _summary(done, failed, passed, fixable, open_)
    if failed:
        return 3
    return int(fixable > 0 or (given["strict"] and open_ > 0))


def _looked_at(item: Input, data: bytes, settings: Settings) -> bool:
    """Say whether a file is a raw transcript, a page of ours, or lies where pages are."""
    if SUFFIXES.get(Path(item.path).suffix.lower()) != "markdown":
        return True
    full = Path(item.path).resolve()
    if any(full.is_relative_to(place) for place in settings.pages):
        return True
    head = data[: 1 << 16]
    return head.startswith((b"---", b"\xef\xbb\xbf---")) and (
        b"\ntranscript:\n" in head or b"\ntranscript:\r\n" in head
    )


def _line(path: str, row: Placed, *, page: bool, text: str) -> str:
    """Return one finding as `path:line:column: words  message  rule`."""
    sign = ("to fix" if page else "publish would") if row.applied else row.finding.level.name.lower()
    quote = report.short(" ".join(text[row.start : row.end].split()), 40)
    return f"{path}:{row.line}:{row.column}: {sign}: “{quote}”  {row.finding.message}  {row.finding.rule}\n"


def _print_json(path: str, result: Result | None) -> None:
    from cleanup.reports.json import check as as_check
    from cleanup.writers.json import dumps

    out(
        dumps(
            as_check(
                path,
                looked_at=result is not None,
                is_transcript=result is not None and result.cast.speech,
                findings=list(result.findings) if result else [],
                account=dict(result.account) if result else {},
            )
        )
    )


def _summary(done: int, failed: int, passed: int, fixable: int, open_: int) -> None:
    pieces = [f"{report.count(open_, 'remark')} in {report.count(done, 'file')}"]
    pieces += [f"{report.count(fixable, 'page')} to fix"] if fixable else []
    pieces += (
        [f"{report.count(passed, 'page')} not looked at (no `transcript:` key; --any overrules)"] if passed else []
    )
    pieces += [f"{report.count(failed, 'input')} not done"] if failed else []
    say("cleanup: " + "; ".join(pieces))
