import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from cleanup.findings import Finding, Placed, Rule
from cleanup.kinds import KINDS
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.reports.looked import Looked
from cleanup.reports.sarif import log
from cleanup.result import Result
from cleanup.rulebook import Rulebook, open_book
from tests.conftest import Run

SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0.json").read_text("utf-8"))
HEAD = "---\ntranscript:\n  raw: x\n---\n\n"
PAGE = (
    HEAD
    + "**KOVAC:** Good evening 🚢, and welcome.\n\n**LIND:** I am working here since 2010, and the the mail is late.\n\n"
    "Source link\n\nComments are closed.\n"
)
PIECES = (
    "**KOVAC:** ", "**LIND:** ", "Good evening. ", "The Ministry said no. He fears it. ", "It’s late. ", "â€™s ", "café ", "🚢 ", "&amp;#8212; ",
    "\n\nComments are closed.\n\n", "\n\nSource link\n\n", "\n\nTranscription provided by NPR, Copyright NPR.\n\n", "um, ", "the the ", "\u200b", "\x1b[0m", "25 ,000 ",
    "\n\n", "\n", "{0} [a](b) ", "Iâ€™m Ana. ", "and so on and so on and so on and so on. ",
)  # fmt: skip
pages = st.lists(st.sampled_from(PIECES), max_size=16).map(lambda pieces: HEAD + "".join(pieces) + "\n")


@cache
def rules() -> Rulebook:
    return open_book(kinds=KINDS)


def made(text: str, *, path: str = "page.md", newline: str = "\n") -> tuple[Looked, Result]:
    packs = frozenset({"repeats/doubled", "fillers/fillers", "typography/house"})
    result = clean(text.encode(), path, rules(), Options(format="markdown", language="en", in_place=True, packs=packs))
    return Looked(path, result.source.text, True, result.findings, newline=newline), result


def run_of(*rows: Looked) -> dict[str, Any]:
    """Return the only run of a log, which is valid."""
    value = log(rows, rules().by_id.values(), "1.2.3")
    assert not [f"{list(e.absolute_path)}: {e.message}" for e in Draft4Validator(SCHEMA).iter_errors(value)]
    assert json.loads(json.dumps(value)) == value
    (run,) = value["runs"]
    assert isinstance(run, dict)
    return run


def span(text: str, region: dict[str, Any]) -> tuple[int, int]:
    """Return the offsets of a region, read from its lines and columns."""
    lines = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]
    start = lines[region["startLine"] - 1] + region["startColumn"] - 1
    end = lines[region["endLine"] - 1] + region["endColumn"] - 1
    if "charOffset" in region:
        assert (region["charOffset"], region["charLength"]) == (start, end - start)
    assert region.get("snippet", {"text": text[start:end]}) == {"text": text[start:end]}
    return start, end


def fixed(text: str, run: dict[str, Any]) -> str:
    """Apply the fixes of all errors, as an editor would that takes the outer one of two."""
    changes = set()
    for result in run["results"]:
        span(text, result["locations"][0]["physicalLocation"]["region"])
        for fix in result.get("fixes", ()) if result["level"] == "error" else ():
            for row in fix["artifactChanges"][0]["replacements"]:
                changes.add((*span(text, row["deletedRegion"]), row["insertedContent"]["text"]))
    kept = [(a, b, new) for a, b, new in changes if not any(c < a and b < d for c, d, _ in changes)]
    for start, end, new in sorted(kept, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def test_a_page_gives_errors_suggestions_and_remarks_with_their_rules() -> None:
    looked, result = made(PAGE)
    run = run_of(looked)
    levels = {row["ruleId"]: row["level"] for row in run["results"]}
    assert levels["boilerplate/wordpress/comments-closed"] == "error"
    assert levels["wording/machine-translation/since-present"] == "note"
    assert levels["repeats/doubled/doubled-word"] == "warning"
    told = run["tool"]["driver"]["rules"]
    assert [told[row["ruleIndex"]]["id"] for row in run["results"]] == [row["ruleId"] for row in run["results"]]
    assert {rule["id"] for rule in told} == set(levels)
    rule = next(rule for rule in told if rule["id"].endswith("comments-closed"))
    assert rule["fullDescription"]["text"].startswith("WordPress themes") and rule["defaultConfiguration"] == {
        "level": "error"
    }
    assert fixed(looked.text, run) == result.document.text != looked.text
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


@given(pages)
def test_a_log_is_valid_and_its_fixes_do_what_fix_does(text: str) -> None:
    looked, result = made(text)
    run = run_of(looked)
    errors = [row for row in run["results"] if row["level"] == "error"]
    assert len(errors) == sum(row.applied for row in looked.findings)
    if all("fixes" in row for row in errors):
        assert fixed(looked.text, run) == result.document.text


@given(pages)
def test_a_fix_by_itself_does_no_harm(text: str) -> None:
    """Each fix alone, and then `fix`, is the same as `fix`: none is a part of what was meant."""
    looked, result = made(text)
    for row in run_of(looked)["results"]:
        if row["level"] == "error" and "fixes" in row:
            once = fixed(looked.text, {"results": [row]})
            assert made(once)[1].document.text == result.document.text


def edit(text: str, start: int, end: int, after: str, *, rule: str) -> Placed:
    finding = Finding(rule, "A sign", start, end)
    return Placed(finding, True, start, end, 1, start + 1, ((start, end, text[start:end], after),))


@pytest.mark.parametrize(
    ("later", "both"),
    [
        ((1, 2), False),
        ((1, 4), False),
        ((0, 4), False),
        ((1, 6), False),
        ((0, 6), True),
        ((4, 6), True),
        ((0, 1), True),
    ],
)
def test_an_edit_of_what_another_one_wrote_is_left_to_fix(later: tuple[int, int], both: bool) -> None:
    """Three garbled signs became an apostrophe; what changes that, led back to the file, names a part of the three."""
    text = "Iâ€™m it"
    rows = (edit(text, 1, 4, "’", rule="a/b/first"), edit(text, *later, "'", rule="a/b/second"))
    for order in (rows, rows[::-1]):
        found = run_of(Looked("page.md", text, True, order))["results"]
        assert ["fixes" in row for row in found] == [both, both]


def test_prints_stay_when_lines_move() -> None:
    def prints(text: str) -> set[tuple[str, str]]:
        found = run_of(made(text)[0])["results"]
        return {(row["ruleId"], row["partialFingerprints"]["wordsHash/v1"]) for row in found}

    again = PAGE.replace("Source link", "Source link\n\nSource link")
    assert prints(PAGE) == prints(PAGE.replace("Good evening", "One more line.\n\nGood evening")) < prints(again)
    assert len(prints(again)) == len(prints(PAGE)) + 1


def test_paths_are_addresses(tmp_path: Path) -> None:
    def where(path: str) -> dict[str, str]:
        place = run_of(made(PAGE, path=path)[0])["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
        assert isinstance(place, dict)
        return place

    assert where("a b/ç:#?%.md") == {"uri": "a%20b/%C3%A7%3A%23%3F%25.md", "uriBaseId": "%SRCROOT%"}
    assert where(str(tmp_path / "page.md")) == {"uri": (tmp_path / "page.md").as_uri()}
    assert where("bad\udcff.md")["uri"] == "bad%FF.md"


def test_other_line_ends_leave_lines_and_columns_only() -> None:
    looked, _ = made(PAGE, newline="\r\n")
    regions = [row["locations"][0]["physicalLocation"]["region"] for row in run_of(looked)["results"]]
    assert regions and not any("charOffset" in region for region in regions)
    assert all(looked.text[slice(*span(looked.text, region))] == region["snippet"]["text"] for region in regions)


def test_a_line_end_that_is_put_in_is_one_of_the_file() -> None:
    text = "One two\n"
    row = edit(text, 3, 4, "\n", rule="a/b/c")
    (result,) = run_of(Looked("page.md", text, True, (row,), newline="\r\n"))["results"]
    assert result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": "\r\n"}


def test_no_words_are_a_placeholder_or_a_link() -> None:
    looked, _ = made(PAGE)
    row = looked.findings[0]
    row = row._replace(finding=row.finding._replace(message="“{0}” and [here](1)\n\tand there"))
    text = run_of(looked._replace(findings=(row,)))["results"]
    assert text[0]["message"]["text"] == "“{{0}}” and [here] (1) and there"


def test_a_raw_file_has_no_fixes_and_what_publish_does_is_no_result() -> None:
    looked, _ = made(PAGE)
    run = run_of(looked._replace(page=False))
    assert run["results"] and not any("fixes" in row or row["level"] == "error" for row in run["results"])


def test_a_rule_that_stands_in_no_file_is_told_all_the_same() -> None:
    value = log([made(PAGE)[0]], (), "1.2.3")
    assert not list(Draft4Validator(SCHEMA).iter_errors(value))
    for rule in value["runs"][0]["tool"]["driver"]["rules"]:
        assert rule["shortDescription"]["text"] and rule["fullDescription"]["text"] and rule["help"]["text"]


def test_what_could_not_be_looked_at_is_a_notification() -> None:
    bad = Looked("bad.md", "", True, (), "bad.md: is binary")
    (invocation,) = run_of(bad, Looked("", "", False, (), "x: cannot be looked into"))["invocations"]
    assert invocation["executionSuccessful"] is False
    first, second = invocation["toolExecutionNotifications"]
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "bad.md"
    assert second["locations"] == [] and second["message"]["text"] == "x: cannot be looked into"


def test_one_log_over_all_files(run: Run) -> None:
    for name in ("a.md", "b.md"):
        Path(name).write_text(PAGE, "utf-8")
    Path("c.md").write_bytes(PAGE.replace("\n", "\r\n").encode("utf-8-sig"))
    Path("about.md").write_text("# About\n")
    ran = run("check", "--format", "sarif", "./a.md", "b.md", "c.md", "about.md", "gone.md")
    value = json.loads(ran.out)
    assert ran.code == 3 and not list(Draft4Validator(SCHEMA).iter_errors(value))
    (only,) = value["runs"]
    places = [row["locations"][0]["physicalLocation"] for row in only["results"]]
    assert {place["artifactLocation"]["uri"] for place in places} == {"a.md", "b.md", "c.md"}
    assert {place["artifactLocation"]["uri"] for place in places if "charOffset" in place["region"]} == {"a.md", "b.md"}
    assert len(only["invocations"][0]["toolExecutionNotifications"]) == 1
    assert run("check", "--format", "sarif", "a.md").code == 1


def test_rules_of_ones_own_are_told() -> None:
    own = Rule("a/b/own-rule", "find", "a", "Because {we} said so.", {})
    looked, _ = made(PAGE)
    row = looked.findings[0]._replace(finding=looked.findings[0].finding._replace(rule=own.id))
    value = log([looked._replace(findings=(row,))], [own], "1")
    assert value["runs"][0]["tool"]["driver"]["rules"][0]["fullDescription"] == {"text": "Because {{we}} said so."}
