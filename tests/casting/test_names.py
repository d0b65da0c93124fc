"""Full names, and the words that give them; a wrong name is worse than ten that are missed."""

import pytest

from tests.casting.test_casting import cast_of, labels, read

TURNS = "{0}: So.\n\n{1}: Well.\n\n{0}: Yes.\n\n{1}: No.\n"


def named(text: str, *labels: str, form: str = "text", language: str | None = "en") -> list[str | None]:
    """Return the names that may be shown, in the order in which people first speak."""
    found = cast_of(text + TURNS.format(*labels), form, language).speakers
    return [speaker.name if speaker.evidence != "inferred" else None for speaker in found]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("SPEAKER_00: I'm your host Mira Kovac. My guest is Ana Lind.\n\nSPEAKER_01: Thank you.\n\n", ["Mira Kovac", None]),
        ("SPEAKER_00: I'm South African, you know.\n\nSPEAKER_01: Really.\n\n", [None, None]),
        ("SPEAKER_00: This is Mira Kovac, who keeps the harbour.\n\nSPEAKER_01: Really.\n\n", [None, None]),
        ("SPEAKER_00: My name is Mira, I keep the harbour.\n\nSPEAKER_01: Really.\n\n", [None, None]),
    ],
)  # fmt: skip
def test_a_code_is_who_it_says_it_is(text: str, names: list[str | None]) -> None:
    assert named(text, "SPEAKER_00", "SPEAKER_01") == names


def test_who_is_greeted_and_answers_is_only_inferred() -> None:
    text = "SPEAKER_00: Ana Lind, welcome to the show.\n\nSPEAKER_01: Thank you.\n\n" + TURNS.format(
        "SPEAKER_00", "SPEAKER_01"
    )
    guest = cast_of(text).speakers[1]
    assert (guest.name, guest.evidence, guest.shown) == ("Ana Lind", "inferred", "SPEAKER_01")


@pytest.mark.parametrize(
    ("head", "labels", "names"),
    [
        ("Guests: Mira Kovac, Ana Lind\n\n", ("Mira", "Ana"), ["Mira Kovac", "Ana Lind"]),
        ("Attendees: Mira Kovac, Ana Lind, Ben Ode\n\n", ("Mira", "Ana"), ["Mira Kovac", "Ana Lind"]),
        ("Attendees: Mira Kovac, Mira Lind\n\n", ("Mira", "Ana"), [None, None]),
        ("Mira Kovac (MK) talks to Ana Lind (AL).\n\n", ("MK", "AL"), ["Mira Kovac", "Ana Lind"]),
        ("MK = Mira Kovac, AL = Ben Ode\n\n", ("MK", "AL"), ["Mira Kovac", None]),
        ("Speakers: Mira Kovac (MK), Ana Lind (AL)\n\n", ("MK", "AL"), ["Mira Kovac", "Ana Lind"]),
        ("Participants:\n- Mira Kovac, Radio Skerry\n- Ana Lind\n\n", ("Mira", "Ana"), ["Mira Kovac", "Ana Lind"]),
        ("Teilnehmer: Mira Kovac und Ana Lind\n\n", ("Kovac", "Lind"), ["Mira Kovac", "Ana Lind"]),
        ("Present: Mira Kovac, Mira Lind\n\n", ("Mira", "Ana"), [None, None]),
        ("", ("MK", "AL"), [None, None]),
        ("Interview by Tom Norvik\n\n", ("Q", "A"), ["Tom Norvik", None]),
        ("Interview with Ana Lind\n\n", ("Q", "A"), [None, "Ana Lind"]),
        ("Das Gespräch führte Tom Norvik.\n\n", ("Frage", "Lind"), ["Tom Norvik", None]),
    ],
)
def test_people_of_the_head(head: str, labels: tuple[str, str], names: list[str | None]) -> None:
    language = "de" if "ä" in head or "und" in head else "en"
    assert named(head, *labels, language=language) == names


@pytest.mark.parametrize(
    ("title", "labels", "names"),
    [
        ("# The Harbour Podcast: Mira Kovac talks to Ana Lind", ("Mira", "Ana"), ["Mira Kovac", "Ana Lind"]),
        ("# Interview of Mayor Lind and Mira Kovac by Tom Norvik", ("Q", "MS. KOVAC"), ["Tom Norvik", "Mira Kovac"]),
        ("# The ferry, with Ana Lind and Mira Kovac", ("LIND", "mira_kovac_chat"), ["Ana Lind", "Mira Kovac"]),
        ("# Why Ana Lind Left", ("Mira", "Lind"), [None, None]),
        ("# About the harbour\n\n##### Ana Lind\n\nShe keeps it.\n\n## About Mira Kovac\n\nShe too.\n\n## Interview", ("Ana", "Mira"), ["Ana Lind", "Mira Kovac"]),
    ],
)  # fmt: skip
def test_people_of_a_title_or_a_heading(title: str, labels: tuple[str, str], names: list[str | None]) -> None:
    bold = [f"**{label}:**" for label in labels]
    text = f"{title}\n\n" + "".join(f"{bold[i % 2]} It rained.\n\n" for i in range(6))
    assert [speaker.name for speaker in cast_of(text, "markdown").speakers] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("KOVAC: President Tom Kovac said no.\n\nLIND: Yes.\n\n", [None, None], id="of somebody else"),
        pytest.param("KOVAC: I'm Mira Kovac, in for Tom Lind.\n\nLIND: Yes.\n\n", ["Mira Kovac", None], id="of herself"),
        pytest.param("KOVAC: Good evening.\n\nLIND: I'm Ana Lind in Norvik.\n\n", [None, "Ana Lind"], id="at the end"),
        pytest.param("KOVAC: It rained.\n\nLIND: Ana Lind, NPR News, Norvik.\n\n", [None, "Ana Lind"], id="signs off"),
        pytest.param("DON KOVAC: Good evening.\n\nDon Ricardo LIND: Yes.\n\n", ["Don Kovac", "Ricardo LIND"], id="Don"),
    ],
)  # fmt: skip
def test_introductions(text: str, names: list[str | None]) -> None:
    assert named(text, "KOVAC", "LIND") == names


def test_a_nickname_is_who_says_so() -> None:
    assert named("Nicolas: Welcome, I'm Nic Kovac.\n\nAna: Hello.\n\n", "Nicolas", "Ana") == ["Nic Kovac", None]


def test_an_initial_belongs_to_the_one_name_that_it_fits() -> None:
    found = cast_of(
        "Ana Lind: One.\n\nMira Kovac: Two.\n\nAna Lind: Three.\n\nMira K.: Four.\n\nAna Lind: Five.\n\nMira K.: Six.\n"
    )
    assert [speaker.labels for speaker in found.speakers] == [("Ana Lind",), ("Mira Kovac", "Mira K.")]


def test_two_labels_of_one_name_are_one_person() -> None:
    text = "Welcome, Mira Kovac of Radio Skerry.\n\nKOVAC: A.\n\nMIRA: B.\n\nLIND: C.\n\nKOVAC: D.\n\nMIRA: E.\n\nLIND: F.\n"
    found = cast_of(text)
    assert (found.speakers[0].labels, found.speakers[0].name) == (("KOVAC", "MIRA"), "Mira Kovac")


@pytest.mark.parametrize(
    ("label", "name"),
    [("LARRY KOVAC", "Larry Kovac"), ("ANA STEWART", "Ana Stewart"), ("ANA MCLIND", "ANA MCLIND"), ("ANA DELIND", "ANA DELIND")],
)  # fmt: skip
def test_capitals_are_lowered_only_where_that_is_safe(label: str, name: str) -> None:
    assert named("", label, "LIND")[0] == name


def test_initials_are_no_surname_to_which_a_first_name_is_put() -> None:
    text = "MK: Good evening, Ana.\n\nAL: Thank you.\n\nMK: Well, Ana, how was it?\n\n" + TURNS.format("AL", "MK")
    assert [speaker.name for speaker in cast_of(text).speakers] == [None, None]


def test_whom_a_title_calls_interviewed_and_who_says_most_is_only_inferred() -> None:
    told = "SPEAKER_00: How was it?\n\nSPEAKER_01: It was late, and the ferry had left the harbour without us.\n\n"
    found = cast_of("An interview with Ana Lind\n\n" + 2 * told).speakers
    assert [(s.name, s.evidence) for s in found] == [(None, None), ("Ana Lind", "inferred")]


@pytest.mark.parametrize("head", ["Host: Mira Kovac\nGuest: Ana Lind", "**Host:** Mira Kovac\n\n**Guest:** Ana Lind"])
def test_who_takes_part_is_told_above_the_talk(head: str) -> None:
    form = "markdown" if head[0] == "*" else "text"
    talk = f"The ferry\n\n{head}\n\nHost: So it rained.\n\nGuest: It did.\n\nHost: All week?\n\nGuest: All week.\n"
    assert {s.label: s.name for s in cast_of(talk, form).speakers} == {"Host": "Mira Kovac", "Guest": "Ana Lind"}
    assert labels(talk, form) == ["Host", "Guest"] * 2
    assert labels("Host: Mira Kovac came.\n\nGuest: She did.\n\nHost: So.\n\nGuest: Yes.\n") == ["Host", "Guest"] * 2


def test_a_welcome_to_a_show_names_no_guest() -> None:
    talk = "Host: Welcome to Harbour Hour. I'm Mira Kovac, and joining me is Ana Lind.\n\nGuest: Hello.\n\nHost: So.\n\nGuest: Yes.\n"
    found = {s.label: (s.name, s.evidence) for s in read(talk)[1].speakers}
    assert found == {"Host": ("Mira Kovac", "mentioned"), "Guest": ("Ana Lind", "inferred")}


@pytest.mark.parametrize(
    ("language", "host", "guest", "said", "name"),
    [
        ("de", "Moderatorin", "Gast", "Guten Abend, bei mir ist heute Ana Berg, Fährfrau.", "Ana Berg"),
        ("fr", "Animatrice", "Invitée", "Bonsoir, j'accueille aujourd'hui Anne Berg, pilote.", "Anne Berg"),
        ("es", "Presentadora", "Invitada", "Hola, hoy nos acompaña Ana Berg, piloto.", "Ana Berg"),
        ("sv", "Programledare", "Gäst", "Hej, dagens gäst är Anna Berg, styrman.", "Anna Berg"),
        ("ru", "Ведущий", "Гость", "Сегодня у нас в гостях Анна Берг, капитан.", "Анна Берг"),
        ("zh", "主持人", "嘉宾", "今天的嘉宾是王小波先生。", "王小波"),
    ],
)
def test_guests_are_introduced_in_many_languages(language: str, host: str, guest: str, said: str, name: str) -> None:
    talk = f"{host}: {said}\n\n{guest}: Ja.\n\n{host}: So.\n\n{guest}: Ja.\n"
    assert {s.label: s.name for s in cast_of(talk, language=language).speakers} == {host: None, guest: name}


def test_a_date_below_a_name_is_no_part_of_it() -> None:
    talk = "Interviewed by Mira Kovac\nMay 3, 2019\n\nKOVAC: So.\n\nBERG: Yes.\n\nKOVAC: Well.\n\nBERG: No.\n"
    assert {s.label: s.name for s in cast_of(talk).speakers} == {"KOVAC": "Mira Kovac", "BERG": None}


@pytest.mark.parametrize(
    ("text", "labels", "names"),
    [
        ("An interview with Mira Kovac\n\n", ("Kovac, Mira", "Lind, Tomas"), ["Mira Kovac", "Tomas Lind"]),
        ("---\ninterviewee: Kovac, Mira\n---\n\n", ("KOVAC, Mira", "LIND, Tomas"), ["Mira Kovac", "Tomas Lind"]),
        ("Jan van der Berg talks to Mira Kovac\n\n", ("van der Berg, Jan", "Kovac, Mira"), ["Jan van der Berg", "Mira Kovac"]),
        ("", ("Kovac, Norvik", "Lind, Skerry"), [None, None]),  # who calls from where
        ("", ("van der Berg, Jan", "Kovac, Mira"), [None, None]),
        ("An interview with Mira Kovac\n\n", ("KOVAC, host", "LIND, Minister"), ["Mira Kovac", None]),
    ],
)  # fmt: skip
def test_libraries_put_the_surname_first(text: str, labels: tuple[str, str], names: list[str | None]) -> None:
    assert named(text, *labels, form="markdown") == names


def test_staff_lists_put_the_surname_first() -> None:
    cue = "00:00:0{0}.000 --> 00:00:0{1}.000\n<v {2}>It rained.</v>\n\n"
    text = "WEBVTT\n\n" + "".join(cue.format(i, i + 1, ("Kovac, Mira", "Lind, Tomas (Guest)")[i % 2]) for i in range(4))
    assert [(s.name, s.role) for s in cast_of(text, "vtt").speakers] == [("Mira Kovac", None), ("Tomas Lind", None)]
    text = "".join(f"{who}   0:0{i}\nIt rained.\n\n" for i, who in enumerate(["Kovac, Mira", "Lind, Tomas"] * 2))
    assert [s.name for s in cast_of(text).speakers] == ["Mira Kovac", "Tomas Lind"]


@pytest.mark.parametrize(
    ("text", "labels", "names"),
    [
        ("CHAIR LIND: Hello, Tom Berg.\n\nTOM BERG: Thank you, Chair Lind.\n\n", ("CHAIR LIND", "TOM BERG"), [None, "Tom Berg"]),
        ("MODERATOR: Joining us is Assistant Secretary Mira Kovac.\n\n", ("ASSISTANT SECRETARY KOVAC", "MODERATOR"), ["Mira Kovac", None]),
        ("Hon. Mira Kovac (chairwoman of the committee) presiding.\n\n", ("Chairwoman Kovac", "Mr. Lind"), ["Mira Kovac", None]),
        ("STATEMENT OF MIRA KOVAC, DIRECTOR OF THE PORT\n\n", ("Ms. KOVAC", "The CHAIRMAN"), ["Mira Kovac", None]),
        ("Mira Kovac (host): So.\n\nAna Lind (guest): Yes.\n\n", ("MK", "AL"), ["Mira Kovac", "Ana Lind"]),
        ("Mira Kovac: So.\n\nMax Kern: Yes.\n\n", ("MK", "TL"), ["Mira Kovac", "Max Kern", None, None]),
        ("М. КОВАЧ: У нас в гостях Анна Линд.\n\n", ("А. ЛИНД", "М. КОВАЧ"), ["Анна Линд", "М. Ковач"]),
        ("田中: はい。\n\n", ("田中", "김민수 기자"), [None, "김민수"]),
        ("", ("Moderator (Ana Lind)", "The DEPUTY SPEAKER (Mr Olsen)"), ["Ana Lind", None]),
        ("", ("De heer Van den Berg (CDA)", "De voorzitter"), [None, None]),
        ("SPEAKERS: Mira Kovac (MK), Unidentified Male (UM)\n\n", ("MK", "UM"), ["Mira Kovac", None]),
    ],
)  # fmt: skip
def test_titles_initials_and_offices(text: str, labels: tuple[str, str], names: list[str | None]) -> None:
    assert sorted(map(str, named(text, *labels, language=None))) == sorted(map(str, names))


def test_words_around_a_name_are_no_role() -> None:
    text = "          THE COURT: Good morning.\n\nBY MR. LIND:\n\nMR. LIND: So.\n\nTHE COURT: Yes.\n\nMR. LIND: No.\n"
    assert all(speaker.role is None for speaker in cast_of(text).speakers)
    found = cast_of(TURNS.format("Le Président", "De voorzitter"), language=None)
    assert [speaker.role for speaker in found.speakers] == [None, None]
    found = cast_of("STATEMENT OF MIRA KOVAC, DIRECTOR\n\n" + TURNS.format("Ms. KOVAC", "The CHAIRMAN"))
    assert found.speakers[0].role is None
