"""How parliaments and courts set who speaks: titles, offices, parties, full stops in place of colons."""

import pytest

from cleanup.casting.marking import mark
from cleanup.formats import document, make
from tests.casting.test_casting import BOOK, cast_of


def labels(text: str) -> list[str | None]:
    plain = document(text, make("text", BOOK.table("sounds")))
    return [part.form for part in mark(plain, cast_of(text, language=None)).parts if part.kind == "label"]


def names(text: str) -> dict[str, str | None]:
    return {speaker.label: speaker.name for speaker in cast_of(text, language=None).speakers}


TURNS = "{0} We sit.\n\n{1} The quay is short.\n\n{0} The minister.\n\n{2} It is long.\n\n{1} It is not.\n"


@pytest.mark.parametrize(
    ("forms", "shown"),
    [
        ("The Chairman.;Ms. Lind.;Senator Kovac.", [None, None, None]),
        ("The SPEAKER pro tempore.;Mr. LIND.;Ms. KOVAC.", [None, None, None]),
        ("CHAIRMAN BERG.;MS. LIND.;SENATOR KOVAC.", [None, None, None]),
        ("Mme la présidente.;Mme Ana Lind.;M. Tom Kovac, ministre des quais.", [None, "Ana Lind", "Tom Kovac"]),
        ("M. le président. –;Mme Ana Lind. –;M. Tom Kovac, ministre. –", [None, "Ana Lind", "Tom Kovac"]),
        ("PRESIDENTE.;ANA LIND (PD-IDP).;TOM KOVAC, Ministro delle Opere.", [None, "Ana Lind", "Tom Kovac"]),
        ("La señora PRESIDENTA:;El señor LIND BERG:;La señora MINISTRA DE OBRAS (Kovac Ruiz):", [None, None, None]),
        ("Mr Speaker:;Ana Lind (Skerry South) (Lab):;The Minister for Quays (Tom Kovac):", [None, "Ana Lind", "Tom Kovac"]),
        ("An Ceann Comhairle:;Deputy Ana Lind:;Minister for Quays (Deputy Tom Kovac):", [None, "Ana Lind", "Tom Kovac"]),
        ("HON. SPEAKER:;SHRIMATI ANA LIND (SKERRY):;THE MINISTER OF QUAYS (SHRI TOM KOVAC):", [None, "Ana Lind", "Tom Kovac"]),
        ("Präsidentin Eva Berg:;Ana Lind (SPD):;Dr. Tom Kovac, Bundesminister für Verkehr:", ["Eva Berg", "Ana Lind", "Tom Kovac"]),
        ("Formanden (Eva Berg):;Ana Lind (S):;Transportministeren (Tom Kovac):", ["Eva Berg", "Ana Lind", "Tom Kovac"]),
        ("Anf. 1 EVA BERG (S):;Anf. 2 ANA LIND (M):;Anf. 3 Statsrådet TOM KOVAC (S):", ["Eva Berg", "Ana Lind", "Tom Kovac"]),
        ("Puhemies Eva Berg:;Ana Lind sd:;Liikenneministeri Tom Kovac:", ["Eva Berg", "Ana Lind", "Tom Kovac"]),
        ("Marszałek Eva Berg:;Poseł Ana Lind:;Minister Infrastruktury Tom Kovac:", ["Eva Berg", "Ana Lind", None]),
        ("De voorzitter:;Mevrouw Lind (PvdA):;Minister Kovac:", [None, None, None]),
        ("O SR. PRESIDENTE (Leo Berg. PT - BA) -;A SRA. ANA LIND (PT - BA) -;O SR. TOM KOVAC (PL - SP) -", [None, "Ana Lind", "Tom Kovac"]),
        ("Die Präsidentin. –;Ana Lind, on behalf of the Greens. –;Tom Kovac (PPE). –", [None, "Ana Lind", "Tom Kovac"]),
    ],
)  # fmt: skip
def test_parliaments(forms: str, shown: list[str | None]) -> None:
    text = TURNS.format(*forms.split(";"))
    assert len(labels(text)) == 5
    assert list(names(text).values()) == shown


def test_a_dash_behind_a_full_stop_is_said_where_labels_have_colons() -> None:
    text = TURNS.format("Präsidentin Eva Berg:", "Ana Lind (SPD):", "Tom Kovac (CDU):").replace("The minister.", "Vielen Dank. – Das Wort hat der Minister.\n\nVielen Dank. – Nun denn.")  # fmt: skip
    assert len(labels(text)) == 5


def test_an_address_is_no_label() -> None:
    text = "Mr. Speaker, the quay is short. It was long.\n\nMr. President, the secretary is here. So are we.\n\n"
    assert labels(3 * text) == []
    assert labels("Dr. Lind. She was the first.\n\nNew York. It rained.\n\nMr. Berg. He was late.\n") == []


QUESTIONED = """\
 1            THE COURT:  Good morning.
 2            MR. LIND:  We call Tom Kovac.
 3   BY MR. LIND:
 4       Q.   Where were you on the night of
 5   the second of May?
 6       A.   At the quay.
 7       Q.   What did you see?
 8       A.   A ferry.
 9            MS. BERG:  Objection.
10            THE COURT:  Overruled.
"""


def test_a_court_numbers_its_lines() -> None:
    assert [form for form in labels(QUESTIONED) if form != "BY MR. LIND"] == [
        "THE COURT", "MR. LIND", "Q", "A", "Q", "A", "MS. BERG", "THE COURT",
    ]  # fmt: skip
    assert names(QUESTIONED)["MR. LIND"] is None
    assert labels("".join(f"{i}   Salt: a spoon\n" for i in range(1, 13))) == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("[0:1{i} {name}] It rained.", ("Mira Kovac", "Ana Lind")),
        ("[00:00:1{i} - {name}]: It rained.", ("Mira Kovac", "Ana Lind")),
        ("[{name}] It rained.", ("Mira Kovac", "Ana Lind")),
        ("[{name}] it rained.", ("mira", "ana")),
        ("{name} / It rained.", ("Mira Kovac", "Ana Lind")),
        ("[b]{name}:[/b] It rained.", ("Mira Kovac", "Ana Lind")),
        ("[B]{name}[/B]: It [i]rained[/i].", ("Mira Kovac", "Ana Lind")),
        ("{name} — Today at 14:0{i}\nit rained", ("Mira", "ana_l")),
        ("[02-Jan-24 02:1{i} PM] {name}\nit rained", ("mira#1234", "ana#0042")),
        ("{name}\n  10:0{i} AM\nIt rained.", ("Mira Kovac", "Ana Lind")),
        ("{name}  10:0{i} AM\nIt rained.", ("mira", "ana.lind")),
    ],
)
def test_exports_of_chats_and_forums(line: str, names: tuple[str, str]) -> None:
    assert labels("\n\n".join(line.format(i=i, name=names[i % 2]) for i in range(6))) == [*names] * 3


def test_what_is_told_again_and_again_is_no_label() -> None:
    assert labels("[Advertisement] story continues below\n\n" * 6) == []
    assert labels("Advertisement — story continues below\n\n" * 6) == []


def test_an_article_before_an_office_is_no_role() -> None:
    found = cast_of("THE PRESIDENT: It is late.\n\nMR. LIND: It is.\n\nTHE PRESIDENT: Yes.\n\nMR. LIND: Good.\n")
    assert [(speaker.label, speaker.role) for speaker in found.speakers] == [
        ("THE PRESIDENT", None),
        ("MR. LIND", None),
    ]


def test_a_question_names_whom_it_is_put_to() -> None:
    page = "<p><b>1. Hon ANA LIND</b> (Lab) to the <b>Minister of Quays</b>: When?</p><p><b>Hon TOM KOVAC (Minister of Quays)</b>: In May.</p>"
    found = cast_of(2 * page + "<p><b>Hon Ana Lind</b>: Which May?</p>", form="html")
    assert [speaker.name for speaker in found.speakers] == ["Ana Lind", "Tom Kovac"]


def test_an_office_in_another_hand() -> None:
    talk = 3 * "**Mme la présidente.** Oui.\n\n**M. Tom Lind,** *ministre des quais*. Non.\n\n"
    plain = document(talk, make("markdown", BOOK.table("sounds")))
    found = cast_of(talk, form="markdown", language="fr")
    assert [speaker.name for speaker in found.speakers] == [None, "Tom Lind"]
    assert sum(part.kind == "words" for part in mark(plain, found).parts) == 6
