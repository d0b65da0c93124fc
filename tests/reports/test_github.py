import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanup.findings import Finding, Level, Placed
from cleanup.reports.github import SHOWN, annotations, command
from cleanup.reports.looked import Looked
from tests.conftest import Run
from tests.reports.runner import Command, commands, read

TRICKS = (
    "::", "::error::", "::error file=a,line=1::b", "::stop-commands::x", "##[add-mask]", "##[error]x", "\n::set-output name=a::b\n",
    "\r", "\n", "\r\n", "\u2028", "%", "%0A", "%25", "%3A", "\x1b[31m", ":", ",", "=", " ", "the mail", "café", "\u202e", "::add-mask::mail",
)  # fmt: skip
tricky = st.lists(st.sampled_from(TRICKS), max_size=6).map("".join)


def placed(
    text: str, words: str, *, rule: str = "a/b/c", message: str = "Not speech", level: Level = Level.SAFE
) -> Placed:
    start = text.index(words)
    end, line = start + len(words), text.count("\n", 0, start) + 1
    finding = Finding(rule, message, start, end, (), level)
    edits = ((start, end, words, ""),) if level is not Level.REMARK else ()
    return Placed(finding, level is Level.SAFE, start, end, line, start - text.rfind("\n", 0, start), edits)


def looked(text: str, *rows: Placed, path: str = "page.md", page: bool = True) -> Looked:
    return Looked(path, text, page, rows)


def test_the_reader_of_commands_reads_both_syntaxes() -> None:
    assert read("  ::error file=a%3Ab,line=1::50%25") == Command("error", {"file": "a:b", "line": "1"}, "50%")
    assert read("he said ##[add-mask]mail") == Command("add-mask", {}, "mail")
    assert read("he said ::error::x") is None and read("::unknown::x") is None


def test_what_fix_would_do_is_an_error_with_the_command_that_does_it() -> None:
    text = "One.\n\nComments are closed.\n"
    first, last = annotations([looked(text, placed(text, "Comments are closed."), path="a b.md")])
    assert first == (
        "::error file=a b.md,line=3,col=1,endColumn=21,title=a/b/c"
        "::“Comments are closed.”: Not speech. Run: cleanup fix 'a b.md'"
    )
    assert last == "cleanup: 1 error, 0 warnings, 0 notices in 1 of 1 file"


def test_a_span_over_lines_has_no_columns() -> None:
    text = "One.\nTwo words\nand more.\n"
    line = next(annotations([looked(text, placed(text, "words\nand more.\n"))]))
    assert ",line=2,endLine=3,title=" in line and "col=" not in line


def test_what_cannot_be_seen_is_not_quoted() -> None:
    text = "One\x1dtwo\u202e."
    lines = list(annotations([looked(text, placed(text, "\x1d"), placed(text, "two\u202e"))]))
    assert lines[0].endswith("::Not speech. Run: cleanup fix page.md") and "::“two<U+202E>”: Not" in lines[1]


def test_suggestions_are_warnings_and_remarks_are_notices() -> None:
    text = "One two."
    rows = (placed(text, "One", level=Level.SUGGEST), placed(text, "two", level=Level.REMARK))
    assert [line.split(" ")[0] for line in annotations([looked(text, *rows)])][:2] == ["::warning", "::notice"]


def test_what_publish_does_to_a_raw_file_is_no_error() -> None:
    text = "One two."
    lines = list(annotations([looked(text, placed(text, "One"), page=False)]))
    assert lines == ["cleanup: 0 errors, 0 warnings, 0 notices in 0 of 1 file"]


def test_ten_of_a_level_and_the_worst_first() -> None:
    text = "One two."
    files = [looked(text, placed(text, "two", level=Level.REMARK), placed(text, "One"))] * 12
    lines = list(annotations([*files, Looked("bad.md", "", True, (), "bad.md: is binary")]))
    found = commands("\n".join(lines))
    assert [row.name for row in found] == ["error"] * SHOWN + ["notice"] * SHOWN
    assert found[0].properties["file"] == "bad.md" and found[0].data == "bad.md: is binary"
    assert lines[-1].startswith("cleanup: 13 errors, 0 warnings, 12 notices in 13 of 13 files; the first ten")
    assert len(lines) == 2 * SHOWN + 1


@given(data=tricky, path=tricky)
def test_the_runner_reads_back_what_was_written(data: str, path: str) -> None:
    assert commands(command("error", data, file=f"p{path}", line=3)) == [
        Command("error", {"file": f"p{path}", "line": "3"}, data)
    ]


@given(words=tricky, message=tricky, path=tricky, problem=tricky)
def test_no_text_becomes_a_command(words: str, message: str, path: str, problem: str) -> None:
    text = f"KOVAC: {words}!\n"
    rows = [placed(text, f"{words}!", message=message), placed(text, "KOVAC", message=message, level=Level.REMARK)]
    lines = annotations([looked(text, *rows, path=f"p{path}"), Looked(f"p{path}", "", True, (), f"bad {problem}")])
    output = "".join(f"{line}\n" for line in lines)
    found = commands(output)
    assert [row.name for row in found] == ["error", "error", "notice"]
    assert {row.properties["file"] for row in found} == {f"p{path}"}
    assert re.split("\r\n|\r|\n", output)[3].startswith("cleanup: 2 errors, 0 warnings, 1 notice ")
    assert "\x1b" not in "".join(row.data for row in found) and "\u202e" not in "".join(row.data for row in found)


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_no_output_of_a_check_holds_a_command_of_others(run: Run, form: str) -> None:
    """The page, its path and the settings are a stranger's."""
    Path("::stop-commands::x").mkdir()
    page = Path("::stop-commands::x/##[error]y.md")
    page.write_text(
        "---\ntranscript:\n  raw: x\n---\n\n**KOVAC:** ::error::One &amp;#58; ##[add-mask]mail.\n\n"
        "**LIND:** and and the the ::add-mask::mail said the the\n\n::error::\n\nComments are closed.\n"
    )
    Path("::warning::gone.md").symlink_to("nowhere")
    ran = run("check", "--strict", "--format", form, "::stop-commands::x", "::warning::gone.md", "##[error]z.txt")
    assert ran.code == 3 and "comments-closed" in ran.out
    found = commands(ran.out + ran.err)
    assert {row.name for row in found} <= ({"error", "warning", "notice"} if form == "github" else set())
    assert bool(found) == (form == "github")
    assert all(row.data.startswith("“") or row.properties["title"] == "cleanup: not looked at" for row in found)


def test_settings_that_are_quoted_are_no_command(run: Run) -> None:
    Path("cleanup.yaml").write_text("site: hugo\n::error::x: 1\n")
    Path("talk.txt").write_text("KOVAC: One.\n")
    ran = run("check", "talk.txt")
    assert ran.code == 2 and ":error::x" in ran.err and not commands(ran.err)
