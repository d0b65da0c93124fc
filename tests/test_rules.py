"""Every example of every shipped rule holds; and what is wrong in a rule file is said with its line."""

from pathlib import Path

import pytest

from cleanup.errors import SettingsError
from cleanup.examples import check
from cleanup.findings import Level
from cleanup.guard import check_pattern
from cleanup.kinds import KINDS
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.rulebook import Rulebook, compile_folder, open_book, shipped

GOOD = """pack: mine
about: What our old theme printed.
rules:
  - id: footer
    kind: remove
    lines: ["Back to the harbour"]
    at: tail
    why: The theme printed it.
    examples:
      - before: "KOVAC: Thank you.\\n\\nBack to the harbour\\n"
        after: "KOVAC: Thank you.\\n\\n\\n"
      - keep: "KOVAC: Back to the harbour, then.\\n"
"""


def test_every_example_holds(book: Rulebook) -> None:
    assert [f"{f.rule.id}: {f.what}" for f in check(book, book.by_id.values())] == []


def test_every_rule_says_why_and_furniture_has_its_place(book: Rulebook) -> None:
    for rule in book.by_id.values():
        assert len(rule.why) > 20, rule.id


def test_six_families_of_machine_translation_with_five_examples(book: Rulebook) -> None:
    pack = next(p for p in book.packs if p.name == "wording/machine-translation")
    families = [rule for rule in pack.rules if sum(after is not None for _, after, _ in rule.examples) >= 5]
    assert len(families) >= 6


def test_a_pack_of_ones_own(tmp_path: Path, book: Rulebook) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD)
    mine = open_book([file], kinds=KINDS)
    assert not list(check(mine, [r for r in mine.by_id.values() if r.own]))
    text = b"KOVAC: One.\n\nLIND: Two.\n\nKOVAC: Three.\n\nBack to the harbour\n"
    result = clean(
        text, "x", Rulebook(tuple(p for p in mine.packs if p.name == "wording/mine"), book.tables), Options()
    )
    assert "harbour" not in result.document.text


PAIRS = """pack: quay
about: What our translator writes.
rules:
  - id: pairs
    kind: replace
    pairs:
      "\\\\bships of {weekday}": "{weekday} ships"
      "\\\\bdepend(s?) of": "depend{1} on"
    level: suggest
    why: Our translator writes it so.
    examples:
      - before: "KOVAC: It depends of the ships.\\n"
        after: "KOVAC: It depends on the ships.\\n"
      - before: "KOVAC: Depend of it.\\n"
        after: "KOVAC: Depend on it.\\n"
      - keep: "KOVAC: It depends on the ships of the line.\\n"
"""


def test_pairs_of_a_pattern_and_a_text(tmp_path: Path) -> None:
    file = tmp_path / "quay.yaml"
    file.write_text(PAIRS)
    mine = open_book([file], kinds=KINDS)
    rule = mine.by_id["wording/quay/pairs"]
    assert not list(check(mine, [rule]))
    fields = rule.fields["pairs"]
    assert isinstance(fields, dict) and any("monday|tuesday" in pattern for pattern in fields)


def test_families_of_translation_are_many_and_each_has_five_examples_and_two_twins(book: Rulebook) -> None:
    packs = [
        p for p in book.packs if p.name.startswith(("wording/translated-", "wording/recognised", "wording/machine"))
    ]
    rules = [rule for pack in packs for rule in pack.rules]
    few = [
        r.id
        for r in rules
        if sum(after is not None for _, after, _ in r.examples) < 5
        or sum(after is None for _, after, _ in r.examples) < 2
    ]
    assert len(rules) >= 60 and few == []


def test_what_changes_a_word_waits_for_a_person(book: Rulebook) -> None:
    assert [r.id for r in book.rules("wording") if r.level is Level.SAFE and r.kind == "replace"] == []


WRONG = {
    "unknown key": (GOOD.replace("why:", "wy:"), "unknown key `wy`"),
    "no why": (GOOD.replace("    why: The theme printed it.\n", ""), "`why` is missing"),
    "duplicate key": (GOOD + "pack: again\n", "stands here twice"),
    "duplicate id": (GOOD + GOOD.split("rules:\n")[1], "stands here twice"),
    "no kind": (GOOD.replace("kind: remove", "kind: removes"), "no such kind"),
    "empty line": (GOOD.replace('"Back to the harbour"]', '""]'), "is empty"),
    "no lines": (GOOD.replace('["Back to the harbour"]', "[]"), "is empty"),
    "no keep": (GOOD.replace('      - keep: "KOVAC: Back to the harbour, then.\\n"\n', ""), "`keep` at least"),
    "alias": (GOOD.replace("about: What", "about: &a What"), "aliases"),
    "tag": (GOOD.replace("pack: mine", "pack: !!python/object:os.system mine"), "tags"),
    "not YAML": (GOOD + "  - [", "not YAML"),
    "not a text": (GOOD.replace("pack: mine", "pack: 12"), "a text is needed"),
    "bad level": (GOOD.replace("    at: tail", "    level: certain\n    at: tail"), "`level` is"),
    "bad place": (GOOD.replace("at: tail", "at: middle"), "`at` is"),
    "deep": ("a: " + "[" * 40 + "]" * 40, "deeper"),
    "pattern that does not compile": (
        GOOD.replace('lines: ["Back to the harbour"]', 'sentence: "(x"'),
        "does not compile",
    ),
    "pattern for nothing": (GOOD.replace('lines: ["Back to the harbour"]', 'sentence: "x*"'), "empty text"),
    "exponential pattern": (GOOD.replace('lines: ["Back to the harbour"]', 'sentence: "(a+)+$"'), "without bound"),
    "a pair that is no pattern": (PAIRS.replace("depend(s?) of", "depend(s? of"), "does not compile"),
    "pairs and a text": (PAIRS.replace("    level:", "    text: x\n    level:"), "needs no `text`"),
    "bad language": (GOOD.replace("    at: tail", "    languages: [english]\n    at: tail"), "no language tag"),
}


@pytest.mark.parametrize("name", WRONG)
def test_mistakes_are_quoted(name: str, tmp_path: Path) -> None:
    text, what = WRONG[name]
    file = tmp_path / "mine.yaml"
    file.write_text(text)
    with pytest.raises(SettingsError) as caught:
        open_book([file], kinds=KINDS)
    message = str(caught.value)
    assert what in message and f"{file.as_posix()}:" in message
    assert "\n    " in message or name in ("deep",)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(x+x+)+y",
        r"\s+$",
        "(.*?,){20}P",
        "(a|a)*b",
        "a.*b.*c",
        "(?:a+)?a+b",
        "(?:[^<]|<[^>]*>)*x",
        "",
        "x*",
        "(",
    ],
)
def test_patterns_that_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError):
        check_pattern(pattern)


@pytest.mark.parametrize(
    "pattern", ["a", r"hello .{0,80}world", "^Tags: .+$", r"(?P<y>\d{4})[ \t]+[A-Z]+", r"x(?:ab){1,3}y"]
)
def test_patterns_that_are_fine(pattern: str) -> None:
    check_pattern(pattern)


def test_compiled_packs_are_the_packs(book: Rulebook) -> None:
    made: dict[str, object] = {}
    exec(compile_folder(shipped(), KINDS)[0], made)
    assert made["PACKS"] == book.packs and made["TABLES"] == book.tables


def test_nothing_here_has_a_hook_for_code(book: Rulebook) -> None:
    for rule in book.by_id.values():
        assert all(isinstance(v, (str, int, bool, list, dict)) for v in rule.fields.values()), rule.id
