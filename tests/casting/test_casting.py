import pytest
from hypothesis import given, settings

from cleanup.casting import cast
from cleanup.casting.given import Given
from cleanup.casting.marking import mark
from cleanup.casting.roster import Entry
from cleanup.document import Cast, Document
from cleanup.formats import document, make
from cleanup.kinds import KINDS
from cleanup.rulebook import open_book
from tests.strategies import texts, transcripts

BOOK = open_book(kinds=KINDS)


def read(text: str, form: str = "text", **given: object) -> tuple[Document, Cast]:
    plain = document(text, make(form, BOOK.table("sounds")))
    found, marked = cast(plain, BOOK.table("labels"), given=Given(**given), language="en")  # type: ignore[arg-type]
    assert marked == mark(plain, found)
    return marked, found


def cast_of(text: str, form: str = "text", language: str | None = "en", roster: tuple[Entry, ...] = ()) -> Cast:
    plain = document(text, make(form, BOOK.table("sounds")))
    return cast(plain, BOOK.table("labels"), given=Given(), language=language, roster=roster)[0]


def labels(text: str, form: str = "text") -> list[str | None]:
    marked, _ = read(text, form)
    return [part.form for part in marked.parts if part.kind == "label"]


def names(text: str, form: str = "text") -> dict[str, str | None]:
    return {s.label: s.name if s.evidence != "inferred" else None for s in read(text, form)[1].speakers}


@settings(max_examples=300)
@given(texts)
def test_labels_leave_the_text_covered(text: str) -> None:
    for form in ("text", "markdown"):
        marked, found = read(text, form)
        assert "".join(text[p.start : p.end] for p in marked.parts) == text
        assert all(p.form in found.forms for p in marked.parts if p.kind == "label")


@given(transcripts)
def test_law_8_a_cast_does_not_depend_on_who_asks(text: str) -> None:
    assert read(text)[1] == read(text)[1]


TALK = "{a} Good evening.\n\n{b} Hello there.\n\n{a} Welcome to the quay.\n\n{b} Thank you.\n\n{a} So it rained.\n"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("KOVAC:", "LIND:"),
        ("MIRA KOVAC, HOST:", "ANA LIND, BYLINE:"),
        ("UNIDENTIFIED PERSON #1:", "UNIDENTIFIED PERSON #2:"),
        ("MR. KOVAC:", "Dr. LIND:"),
        ("Mira Kovac:", "Ana Lind:"),
        ("SPEAKER_00:", "SPEAKER_01:"),
        ("S01: [00:00:12]", "S00: [00:00:15]"),
        ("Q   ", "THE CHAIR: "),
        ("記者問：", "局長："),
        ("Macron :", "Journaliste :"),
        ("Mira Kovac.— ", "Ana Lind.— "),
        ("Question.- ", "Answer.- "),
        (">> KOVAC:", ">> LIND:"),
        ("Mira  0:18\n", "Ana  0:19\n"),
        ("Mira Kovac: (00:12)\n", "Ana Lind: (00:15)\n"),
        ("[Mira]: ", "[Ana]: "),
        ("(Mira Kovac): ", "(Ana Lind): "),
        ("Host 1: ", "Host 2: "),
        ("10:02 AM Mira Kovac: ", "10:03 AM Ana Lind: "),
        ("Mira Kovac 10:02 AM\n", "Ana Lind 10:03 AM\n"),
        ("王小海：", "陈大波："),
    ],
)
def test_shapes_in_text(a: str, b: str) -> None:
    assert len(labels(TALK.format(a=a, b=b))) == 5


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("**Mira:**", "**Ana:**"),
        ("**Mira**:", "**Ana**:"),
        ("**mira_k:**", "**ana99**:"),
        ("**Mira** [4:06](https://a.example): ", "**Ana** [4:10](https://a.example): "),
        ("<p><strong>Mira</strong></p>\n<p>", "<p><strong>Ana</strong></p>\n<p>"),
        ("**Mira Kovac**\n", "**Ana Lind**\n"),
    ],
)
def test_shapes_in_markdown(a: str, b: str) -> None:
    assert len(labels(TALK.format(a=a, b=b), "markdown")) == 5


def test_bold_names_that_run_in() -> None:
    assert (
        len(labels(2 * TALK.format(a="**Mira** ", b="**Ana** ") + "It was *so* wet, and **very** cold.\n", "markdown"))
        == 10
    )


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("[SPEAKER_00] ", "[SPEAKER_01] "),
        ("Mira — ", "Ana — "),
        ("MIRA - ", "ANA - "),
        ("MIRA\t", "ANA\t"),
        ("Mira | ", "Ana | "),
        ("MIRA KOVAC. ", "ANA LIND. "),
        ("### Mira\n\n", "### Ana\n\n"),
        ("**Mira** - ", "**Ana** - "),
        ("**Mira.** ", "**Ana.** "),
        ("[INTERVIEWER]\n", "[ANA LIND]\n"),
        ("P.", "R."),
        ("P.-", "R.-"),
        ("D.", "R."),
        ("司会\u3000", "山本\u3000"),
    ],
)
def test_shapes_that_prose_has_too_are_labels_where_they_are_a_habit(a: str, b: str) -> None:
    form = "markdown" if a[0] in "#*" else "text"
    talk = TALK.format(a=a, b=b)
    assert len(labels(f"{talk}\n{talk}", form)) == 10


@pytest.mark.parametrize(
    "line",
    [
        "[{} {}] It rained.", "[{}, {}]\nIt rained.", "{}, {}\nIt rained.", "{}, {}: It rained.", "{}  {}  It rained.", "{}\t{}\tIt rained.",
        "{} ({}): It rained.", "{} [{}] It rained.",
    ],
)  # fmt: skip
def test_names_with_a_time_behind_them(line: str) -> None:
    turns = [line.format(("Mira Kovac", "Ana Lind")[i % 2], f"00:{i:02d}") for i in range(8)]
    assert labels("\n\n".join(turns)) == ["Mira Kovac", "Ana Lind"] * 4


@pytest.mark.parametrize("line", ["1{}. {}: It rained.", "00:1{} | {} | It rained.", "<{1}> It rained."])
def test_names_with_a_number_or_a_sign_before_them(line: str) -> None:
    turns = [line.format(i, ("Mira Kovac", "Ana Lind")[i % 2]) for i in range(8)]
    assert labels("\n\n".join(turns)) == ["Mira Kovac", "Ana Lind"] * 4


def test_times_in_code_marks() -> None:
    for line in (
        "`00:1{}` **{}:** It rained.",
        "**{1}** `00:1{0}`\n\nIt rained.",
        "**{1}** [`00:1{0}`](https://a.example/?t=1): So.",
    ):
        turns = [line.format(i, ("Mira", "Ana")[i % 2]) for i in range(6)]
        assert labels("\n\n".join(turns), "markdown") == ["Mira", "Ana"] * 3
    assert all(part.kind != "stamp" for part in read("Say `12:30` if so.", "markdown")[0].parts)


def test_a_label_names_an_organisation_behind_a_bar() -> None:
    assert len(labels(TALK.format(a="Mira Kovac | Harbour Trust:", b="Ana Lind | Radio Skerry:"))) == 5


def test_a_number_for_somebody_may_stand_alone_once() -> None:
    marked, found = read("Speaker 1\nIt rained all week, and nobody came.\n\nThen it was Friday.\n")
    assert [part.form for part in marked.parts if part.kind == "label"] == ["Speaker 1"] and found.speech


def test_names_on_lines_of_their_own() -> None:
    text = TALK.format(a="Mira Kovac\n", b="Ana Lind\n")
    assert len(labels(f"{text}\n{text}")) == 10
    assert labels("Apples\nThey are red.\n\nPears\nThey are green.\n\nApples\nThey fall.\n") == []


def test_what_no_label_is_in_these_shapes() -> None:
    assert labels(2 * "P. Kovac came late.\n\nD. Lind was there.\n\nV. Berg was not.\n\n") == []
    assert labels(2 * "山本さんは「雨だ」と言った。\n\n記者「どこで」\n\n彼は笑った。\n\n") == []
    assert labels("# Episode 12: The harbour\n\n**Mira:** So.\n\n**Ana:** Well.\n", "markdown") == ["Mira", "Ana"]
    assert labels("Norvik — It rained all week.\n\nThe ferry — and not for the first time — was late.\n") == []
    assert labels("Roosevelt Hall 11:48 A.M.\n\nKOVAC: So.\n\nLIND: Well.\n\nKOVAC: Yes.\n") == [
        "KOVAC",
        "LIND",
        "KOVAC",
    ]


@pytest.mark.parametrize(
    "line",
    ["Date: May", "Note: it rained", "The thing is: it rained", "And so he says: no", "Here is what I know: nothing", "https://a.example is an address",
     "10:30 was late", "For example: boats", "What matters most to me now: time", "Remember: never again"],
)  # fmt: skip
def test_no_labels(line: str) -> None:
    text = f"KOVAC: One.\n\nLIND: Two.\n\n{line}\n\nKOVAC: Three.\n\nLIND: Four.\n"
    assert labels(text) == ["KOVAC", "LIND", "KOVAC", "LIND"]


def test_variants_of_one_person_are_linked() -> None:
    _, found = read("MIRA KOVAC, HOST: One.\n\nANA LIND: Two.\n\nKOVAC: Three.\n\nLIND: Four.\n")
    assert [(s.label, s.labels, s.name, s.role) for s in found.speakers] == [
        ("MIRA KOVAC, HOST", ("MIRA KOVAC, HOST", "KOVAC"), "Mira Kovac", "HOST"),
        ("ANA LIND", ("ANA LIND", "LIND"), "Ana Lind", None),
    ]


@pytest.mark.parametrize(
    ("opening", "name", "evidence"),
    [
        ("I'm Mira Kovac.", "Mira Kovac", "mentioned"),
        ("We turn to Radio Skerry correspondent Mira Kovac.", "Mira Kovac", "mentioned"),
        ("Here is NPR's Mira Kovac.", "Mira Kovac", "mentioned"),
        ("With us is Mira Kovac of Radio Skerry.", "Mira Kovac", "mentioned"),
        ("Mira Kovac left the country in May.", None, None),
        ("Her sister Jill Kovac said so.", None, None),
    ],
)
def test_names_by_introduction_only(opening: str, name: str | None, evidence: str | None) -> None:
    _, found = read(f"{opening} Good evening.\n\nKOVAC: Yes.\n\nLIND: No.\n\nKOVAC: So.\n\nLIND: Well.\n")
    kovac = found.speakers[0]
    assert (kovac.name, kovac.evidence) == (name, evidence)


def test_no_name_is_made_up() -> None:
    two = "MIRA KOVAC, HOST: With us is Tom Kovac. Good evening.\n\nKOVAC: Yes.\n\nLIND: No.\n\nKOVAC: So.\n"
    assert names(two)["MIRA KOVAC, HOST"] == "Mira Kovac"
    assert names("SUE MCCAIN: A.\n\nLIND: B.\n\nMCCAIN: C.\n\nLIND: D.\n")["SUE MCCAIN"] == "SUE MCCAIN"
    rivals = "Welcome, Mira Kovac. Welcome, Tom Kovac.\n\nKOVAC: A.\n\nLIND: B.\n\nKOVAC: C.\n\nLIND: D.\n"
    assert names(rivals)["KOVAC"] is None


def test_an_inferred_name_is_not_shown() -> None:
    _, found = read("KOVAC: Hello.\n\nLIND: As you said, Mira, it rained.\n\nKOVAC: Yes.\n\nLIND: Thank you, Mira.\n")
    kovac = found.speakers[0]
    assert (kovac.name, kovac.evidence, kovac.shown) == ("Mira Kovac", "inferred", "KOVAC")


def test_people_decide() -> None:
    text = "KOVAC: One.\n\nWarning: Two.\n\nKOVAC: Three.\n\nLIND: Four.\n"
    marked, found = read(
        text, speakers={"KOVAC": "Mira Kovac"}, labels=("Warning",), no_labels=("LIND",), opening="Ana Lind"
    )
    assert [p.form for p in marked.parts if p.kind == "label"] == ["KOVAC", "Warning", "KOVAC"]
    assert found.speakers[0].name == "Mira Kovac" and found.speakers[0].evidence == "given"
    assert found.opening is not None and found.speakers[found.opening].name == "Ana Lind"


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("KOVAC: One.\n\nLIND: Two.\n\nKOVAC: Three.\n", True),
        ("The harbour was built in 1900. It has two quays.\n\nIt is closed in winter.\n", False),
        ("Transcript of a talk\n\nToday we have come together.\n", True),
    ],
)
def test_what_is_a_transcript(text: str, speech: bool) -> None:
    assert read(text)[1].speech is speech
