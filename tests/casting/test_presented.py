"""Names by the words with which hosts present who answers, and not those of people whom they only speak of."""

import pytest

from tests.casting.test_casting import cast_of

MORE = "\n\n{a}: When did the ice come?\n\n{b}: In the first days of the year.\n\n{a}: And then?\n\n{b}: It stayed.\n"


def names(said: str, answer: str, language: str = "en", b: str = "GUEST") -> tuple[str | None, str | None]:
    """Return who HOST and the other label are."""
    cast = cast_of(f"HOST: {said}\n\n{b}: {answer}{MORE.format(a='HOST', b=b)}", language=language)
    found = {speaker.label: speaker.name for speaker in cast.speakers}
    return found["HOST"], found[b]


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("My guest today is the ferryman Tom Kovac.", "en"),
        ("In this episode I sit down with Tom Kovac.", "en"),
        ("We're joined now by Tom Kovac. Thanks for coming.", "en"),
        ("On the show we have Tom Kovac. How are you, Tom?", "en"),
        ("Let's bring in our harbour correspondent Tom Kovac.", "en"),
        ("Tom Kovac has run the ferry for thirty years. Tom, welcome to the show.", "en"),
        ("QFM's Tom Kovac is at the pier. Hi, Tom.", "en"),
        ("Am Telefon begrüße ich Tom Kovac.", "de"),
        ("Je reçois ce soir Tom Kovac. Bonsoir.", "fr"),
        ("Mi invitado de hoy es Tom Kovac.", "es"),
        ("O nosso convidado de hoje é Tom Kovac.", "pt"),
    ],
)
@pytest.mark.parametrize("label", ["GUEST", "KOVAC", "Tom"])
def test_who_is_presented_answers(said: str, language: str, label: str) -> None:
    assert names(said, "Good evening.", language, label)[1] == "Tom Kovac"


def test_a_host_names_herself_beside_her_guest() -> None:
    said = "This is the Harbour Hour with me, Mira Lind. Tom Kovac is the harbour master, and he joins us. Hi, Tom."
    assert names(said, "Good morning, Mira.") == ("Mira Lind", "Tom Kovac")


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("I spoke with Ana Berg last week about the ice.", "en"),
        ("Did you ever meet Ana Berg?", "en"),
        ("Thanks to Ana Berg for the music. So, where were we?", "en"),
        ("My guest last week was Ana Berg.", "en"),
        ("I sat down with Ana Berg in May. Here is a part of it.", "en"),
        ("Let's hear from Ana Berg in a moment. First, your view.", "en"),
        ("Guten Morgen, Ana Berg kommt später.", "de"),
        ("Merci à Ana Berg pour la musique.", "fr"),
        ("Gracias a Ana Berg por la música.", "es"),
    ],
)
def test_who_is_only_spoken_of_is_nobody_here(said: str, language: str) -> None:
    assert names(said, "It was cold then.", language) == (None, None)
