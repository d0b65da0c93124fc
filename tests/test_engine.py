"""Laws 4 to 7, on small documents: what is safe, who wins, what is refused."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cleanup.document import Document
from cleanup.edits import Edit, apply
from cleanup.engine import Revision, run
from cleanup.findings import Finding, Found, Level, Rule
from cleanup.formats import document, make
from cleanup.grading import Limits, grade, settle, words

FORM = make("text", {"words": {"en": ["laughter"]}})
RULE = Rule("wording/x/y", "replace", "wording", "because", {})


def split(text: str) -> Document:
    return document(text, FORM)


def redo(now: Document, edits: Sequence[Edit]) -> Document:
    return split(apply(now.text, edits))


def swap(pattern: str, new: str, rule: str = RULE.id, fate: str = "changed") -> Callable[[Document], Found]:
    def propose(doc: Document) -> Found:
        return Found([
            Finding(rule, "x", m.start(), m.end(), (Edit(m.start(), m.end(), new),), fate=fate) for m in re.finditer(pattern, doc.text)
        ])  # fmt: skip

    return propose


def stage(text: str, propose: Callable[[Document], Found], rule: Rule = RULE) -> Revision:
    return run("wording", split(text), propose=propose, redo=redo, rules={rule.id: rule})


def test_law_4_safe_is_computed() -> None:
    assert stage("It  rained", swap("  ", " ")).after.text == "It rained"
    changed = stage("we're here", swap("'", ""))
    assert changed.after.text == "we're here" and changed.remaining[0].level is Level.SUGGEST
    assert stage("a micro\u00adphone", swap("\u00ad", "")).after.text == "a microphone"
    assert stage("it rained", swap("rained", "snowed")).after.text == "it rained"


def test_law_4_the_user_may_say_so() -> None:
    own = Rule(RULE.id, "replace", "wording", "because", {}, own=True)
    assert stage("it rained", swap("rained", "snowed"), own).after.text == "it snowed"


def test_law_4_a_finder_may_lower() -> None:
    doc = split("a  b")
    low = Finding(RULE.id, "x", 1, 3, (Edit(1, 3, " "),), level=Level.SUGGEST)
    assert grade(low, doc, RULE, Limits(doc)).level is Level.SUGGEST
    assert grade(Finding(RULE.id, "x", 1, 3), doc, RULE, Limits(doc)).level is Level.REMARK


spans = st.tuples(st.integers(0, 30), st.integers(1, 6))


@given(st.lists(spans, max_size=12))
def test_law_5_the_earlier_wins_then_the_longer(rows: list[tuple[int, int]]) -> None:
    found = [Finding(f"r{i}", "x", a, a + n, (Edit(a, a + n, ""),)) for i, (a, n) in enumerate(rows)]
    winners, losers = settle(found)
    assert len(winners) + len(losers) == len(set(found))
    taken = sorted({(f.start, f.end) for f in winners})
    assert all(b <= c for (_, b), (c, _) in pairwise(taken))
    for loser, winner in losers:
        assert (winner.start, -winner.end) <= (loser.start, -loser.end)
        assert winner.start < loser.end and loser.start < winner.end


def test_law_6_an_edit_that_makes_a_sound_is_refused() -> None:
    revision = stage("He said laughter) twice", swap("said ", "said ("))
    assert revision.after.text == "He said laughter) twice"
    assert "more than the words" in revision.refused[0][1]


def test_law_6_the_others_still_stand() -> None:
    def both(doc: Document) -> Found:
        bad, good = swap("said ", "said (")(doc), swap("  ", " ")(doc)
        return Found([*bad.findings, *good.findings])

    assert stage("It  rained. He said laughter) twice", both).after.text == "It rained. He said laughter) twice"


def test_law_6_removal_has_a_budget() -> None:
    text = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    assert stage(text, swap("two three", "", fate="removed")).after.text != text
    much = stage(text, swap("two.*fifteen", "", fate="removed"))
    assert much.after.text == text and much.remaining[0].level is Level.SUGGEST


def test_law_7_a_rule_that_would_go_on_is_refused() -> None:
    revision = stage("a a", swap(" ", "  "))
    assert revision.after.text == "a a" and RULE.id in revision.refused[0][1]


@given(st.text("ab -'", max_size=30))
def test_law_7_a_second_run_changes_nothing(text: str) -> None:
    first = stage(text, swap("  +", " "))
    assert stage(first.after.text, swap("  +", " ")).after.text == first.after.text


def test_words() -> None:
    assert words("We’re 3.5 well-known") == ["we're", "3.5", "well-known"]
    assert words("ＡＢ\u00adc") == ["abc"]
