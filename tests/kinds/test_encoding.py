"""Wrong decodings are put right where the old text can be given back, and shown where not."""

import ftfy
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleanup.edits import Edit, apply
from cleanup.kinds.mojibake import repairs
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.result import Result
from cleanup.rulebook import Rulebook

HEAD = "KOVAC: Good evening.\n\nLIND: Hello.\n\nKOVAC: "


def run(book: Rulebook, text: str, *, form: str = "text") -> Result:
    return clean(text.encode("utf-8", "surrogatepass"), "x", book, Options(format=form))


def encoded(book: Rulebook, words: str, *, form: str = "text") -> str:
    """Return what the encoding stage makes of words inside a transcript."""
    after = run(book, f"{HEAD}{words}\n", form=form).revisions[0].after.text
    return after.removeprefix(HEAD).removesuffix("\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Donâ€™t â€œdoâ€ that", "Don’t “do” that"),
        ("â€œHi,â€ she said. â€œNo.â€", "“Hi,” she said. “No.”"),
        ("Ã‰tÃ© Ã\xa0 Paris, voilÃ\xa0 tout", "Été à Paris, voilà tout"),
        ("cafÃƒÂ© twice", "café twice"),
        ("ðŸ˜€ and Â£5", "😀 and £5"),
        ("РџСЂРёРІРµС‚ РјРёСЂ", "Привет мир"),
        ("caf├⌐ of an old terminal", "café of an old terminal"),
        ("Å‚Ã³dÅº", "łódź"),
        ("æ—¥æœ¬", "日本"),
        ("leave it \x97 or \x93not\x94", "leave it — or “not”"),
        ("Salt &amp; pepper &#8212; a micro&shy;phone &lt;3 10&nbsp;km", "Salt & pepper — a microphone <3 10\xa0km"),
        ("&amp;amp;lt; three times", "< three times"),
        ("a micro\u00adphone\u200b, \ufeffyes", "a microphone, yes"),
        ("bell\x07 and \x1b[1;31mred\x1b[0m and \x7f", "bell and red and "),
        ("one\u2028two\x0bthree\u2029four", "one\ntwo\nthree\n\nfour"),
        (
            "It ended.\ufffd Then the\ufffdPresident had 10\ufffdmillion.",
            "It ended. Then the President had 10 million.",
        ),
    ],
)
def test_put_right(before: str, after: str, book: Rulebook) -> None:
    assert encoded(book, before) == after
    assert encoded(book, after) == after


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("São Paulo “tudo bem” — não, Ângela, à la carte, A IRMÃ MARIA", id="accents"),
        pytest.param("ÎšÎ±Î»Î·Î¼Î\xadÏÎ±", id="bytes are lost"),
        pytest.param("R&D; AT&T &unknown; & more", id="no entities"),
        pytest.param("👩\u200d🚀 می\u200cخواهم ภาษา\u200bไทย", id="joiners, and blanks of Thai"),
        pytest.param("she said \ufffdhello.\ufffd Then", id="a lost quote"),
        pytest.param("didn\ufffdt 1990\ufffds caf\ufffd a \ufffd b", id="lost letters and dashes"),
        pytest.param("10\xa0km, na\u0308iv", id="no-break space, NFD"),
        pytest.param("C:\\new", id="one backslash"),
        pytest.param("abc \u202edef\u202c \u2066ghi", id="directions are shown"),
    ],
)
def test_left_alone(words: str, book: Rulebook) -> None:
    assert encoded(book, words) == words


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("voilÃ  tout", "encoding/repairs/mojibake"),  # a blank where the no-break space was: nothing is proven
        ("a\x00b", "encoding/invisible/control"),  # two words would become one
    ],
)
def test_suggested_not_done(words: str, rule: str, book: Rulebook) -> None:
    result = run(book, f"{HEAD}{words}\n")
    rows = [row for row in result.findings if row.finding.rule == rule]
    assert rows and rows[0].edits and not rows[0].applied


@pytest.mark.parametrize(
    ("words", "signs"),
    [
        ("abc \u202edef", ["U+202E"]),
        ("שלום \u2066abc\u2069", []),
        ("שלום \u2066abc", ["U+2066"]),
        ("hid\U000e0041den", ["U+E0041"]),
        ("🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f", []),
        ("lost \ufffd here", ["a character was lost"]),
    ],
)
def test_shown(words: str, signs: list[str], book: Rulebook) -> None:
    rows = [row for row in run(book, f"{HEAD}{words}\n").findings if row.finding.rule.startswith("encoding/")]
    assert [row.finding.message.startswith(sign) for row, sign in zip(rows, signs, strict=True)] == [True] * len(signs)


def test_page_breaks_hide_no_label(book: Rulebook) -> None:
    result = run(book, f"{HEAD}one.\n\n\x0cLIND: two.\u2028KOVAC: three.\n")
    assert [block.label for block in result.blocks()] == ["KOVAC", "LIND", "KOVAC", "LIND", "KOVAC"]


def test_markdown_keeps_code_addresses_and_entities(book: Rulebook) -> None:
    text = "**KOVAC:** [cafÃ©](https://a.example/Ã©) `cafÃ©` &amp;\x0bso\n"
    after = run(book, text, form="markdown").revisions[0].after.text
    assert after == "**KOVAC:** [café](https://a.example/Ã©) `cafÃ©` &amp; so\n"


WRONG = ("windows-1252", "latin-1", "windows-1250", "windows-1251", "mac_roman")
letters = st.text("aeiouxyzéèàçñöüßłśžřąşğΑΩαωбвгдж’“”–—…€£ ", min_size=1, max_size=30)


@given(letters, st.sampled_from(WRONG))
def test_a_proven_repair_gives_the_old_text_back(text: str, codec: str) -> None:
    """Each proven repair, read wrongly once more by some page, is what stood there."""
    try:
        wrong = text.encode().decode(codec)
    except UnicodeDecodeError:
        assume(False)
    for repair in repairs(wrong):
        assert not repair.proven or _reachable(wrong[repair.start : repair.end], repair.text)


def _reachable(old: str, new: str) -> bool:
    """Say whether reading some characters of `new` wrongly, up to three times, gives `old`."""
    places = {0}
    for char in new:
        forms = {char}
        for _ in range(3):
            forms |= {
                wrong for form in forms for codec in ftfy.chardata.CHARMAP_ENCODINGS if (wrong := _misread(form, codec))
            }
        forms |= {"â€"} if char == "”" else set()
        places = {at + len(form) for at in places for form in forms if old.startswith(form, at)}
    return len(old) in places


def _misread(text: str, codec: str) -> str:
    try:
        return text.encode().decode(codec)
    except UnicodeDecodeError:
        return ""


@given(st.text(st.sampled_from("aé ’“”Ãâ€™©\xa0\ufffd\u200b\x00\x0c\u2028&;#x41ampĐЖя\n"), max_size=60))
def test_a_second_run_changes_nothing(text: str) -> None:
    once = apply(text, [Edit(r.start, r.end, r.text) for r in repairs(text) if r.proven])
    twice = apply(once, [Edit(r.start, r.end, r.text) for r in repairs(once) if r.proven])
    assert twice == once
