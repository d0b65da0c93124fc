"""Interviews whose questions are bold or slanted paragraphs, and have no labels; articles that only look like them have no turns."""

import pytest

from cleanup.kinds import KINDS
from cleanup.pipeline import as_page, clean
from cleanup.result import Result
from cleanup.rulebook import open_book
from cleanup.writers.sites import SITES

BOOK = open_book(kinds=KINDS)
PAIRS = [
    ("How did you come to the quay?", "I was sixteen. My father was on the boats."),
    ("Did he want you to follow him?", "No. He wanted me to teach."),
    ("You stayed all the same.", "I did, for thirty years."),
    ("What will you do now?", "We build a longer quay."),
]


def page(pairs: list[tuple[str, str]], sign: str = "**", title: str = "Fog: an interview with Ana Lind") -> str:
    return f"# {title}\n\nShe runs the port of Norvik.\n\n" + "".join(f"{sign}{q}{sign}\n\n{a}\n\n" for q, a in pairs)


def web(pairs: list[tuple[str, str]], tag: str = "strong", lang: str = "en", title: str = "Fog: an interview with Ana Lind") -> str:  # fmt: skip
    body = "".join(f"<p><{tag}>{q}</{tag}></p><p>{a}</p>" for q, a in pairs)
    return f"<html lang='{lang}'><head><title>{title}</title></head><body><h1>{title}</h1><p>She runs the port of Norvik.</p>{body}</body></html>"


def run(text: str) -> Result:
    """Return what a text says, its page proven."""
    result = clean(text.encode(), "talk.html" if text[0] == "<" else "talk.md", BOOK)
    as_page(result, BOOK, site=SITES["markdown"], stem="talk", raw="talk")
    return result


def turns(text: str) -> list[tuple[str | None, str]]:
    return [(block.speaker, block.text) for block in run(text).blocks() if block.kind == "turn"]


@pytest.mark.parametrize("text", [page(PAIRS), page(PAIRS, "*"), page(PAIRS, "***"), web(PAIRS), web(PAIRS, "em")])
def test_who_asks_has_no_name_and_who_answers_that_of_the_title(text: str) -> None:
    assert turns(text) == [row for q, a in PAIRS for row in ((None, q), ("Ana Lind", a))]
    assert [block.text for block in run(text).blocks() if block.kind == "other"] == ["She runs the port of Norvik."]


def test_a_note_names_who_asks() -> None:
    text = page(PAIRS) + "*Interview by Tom Berg*\n"
    assert turns(text)[:2] == [("Tom Berg", PAIRS[0][0]), ("Ana Lind", PAIRS[0][1])]


def test_a_title_that_names_nobody_names_nobody() -> None:
    assert {speaker for speaker, _ in turns(page(PAIRS, title="Fog: an interview"))} == {None}
    assert len(turns(page(PAIRS, title="Fog: an interview"))) == 8


def test_an_answer_has_paragraphs() -> None:
    text = web(PAIRS).replace("My father", "</p><p>My father")
    assert turns(text)[1] == ("Ana Lind", "I was sixteen.\n\nMy father was on the boats.")


def test_what_stands_in_the_hand_above_the_first_question_introduces_it() -> None:
    text = page(PAIRS, "*").replace("She runs the port of Norvik.", "*She runs the port of Norvik.*")
    assert turns(text)[0] == (None, PAIRS[0][0])


@pytest.mark.parametrize(
    ("lang", "title", "pairs"),
    [
        ("de", "Nebel: ein Gespräch", [("Wie kamen Sie zum Hafen?", "Ich war sechzehn."), ("Wollten Sie das?", "Ja, mir gefiel es."), ("Und Ihr Vater?", "Meiner war auf See. Wir sahen ihn selten.")]),
        ("fr", "Le brouillard : entretien", [("Comment êtes-vous venue ?", "J’avais seize ans."), ("Le vouliez-vous ?", "Oui, mon père aussi."), ("Et votre mère ?", "Elle m’a laissée partir.")]),
        ("es", "La niebla: entrevista", [("¿Cómo llegó usted?", "Yo tenía dieciséis años."), ("¿Lo quería su padre?", "No me lo dijo nunca."), ("¿Y su madre?", "Creo que sí.")]),
        ("pl", "Mgła: rozmowa", [("Jak trafiła pani do portu?", "Mój ojciec pływał."), ("Chciała pani?", "Tak, ja chciałam."), ("A pani matka?", "Nie mówiła mi nic.")]),
        ("ru", "Туман: интервью", [("Как вы попали в порт?", "Мой отец ходил в море."), ("Вы этого хотели?", "Да, я хотела."), ("А ваша мать?", "Она мне не мешала.")]),
        ("ja", "港のインタビュー", [("港に来たのはいつですか？", "私は十六歳でした。"), ("望んでいましたか？", "はい、私の夢でした。"), ("霧は怖いですか？", "私は慣れています。")]),
    ],
)  # fmt: skip
def test_languages(lang: str, title: str, pairs: list[tuple[str, str]]) -> None:
    assert turns(web(pairs, lang=lang, title=title)) == [(None, said) for pair in pairs for said in pair]


@pytest.mark.parametrize(
    "text",
    [
        page(PAIRS, title="Fog"),  # nothing says that it is an interview
        page(PAIRS[:2]),
        page([(q.rstrip("?") + ".", a) for q, a in PAIRS]),
        page([("What is a quay?", "A wall, I think."), ("Why is it short?", "We do not know."), ("What comes next?", "I cannot say.")]),  # nobody is asked
        page([("What should you wear?", "Something clean."), ("When should you come?", "Five minutes early."), ("What do you say?", "What you can do.")], title="How to prepare for an interview"),
        page(PAIRS, title="Interview tips: what we are asked"),
        page(PAIRS).replace("**\n\n", ":** "),  # questions that run into the answers
    ],
)  # fmt: skip
def test_articles_have_no_turns(text: str) -> None:
    result = run(text)
    assert not result.cast.hands and not result.cast.speech


def test_labels_come_first() -> None:
    text = page(PAIRS) + "".join(f"**Mira:** So.\n\n**Tom:** Well {i}.\n\n" for i in range(3))
    assert not run(text).cast.hands


def test_a_long_page_of_signs_ends() -> None:
    assert not run("*a" * 20_000 + "\n\n" + "**a** " * 5_000).cast.hands
