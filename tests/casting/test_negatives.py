"""What looks like a label and is none: heads of lists, sentences in captions, pages of values."""

import re

import pytest

from cleanup.kinds import KINDS
from cleanup.pipeline import clean
from cleanup.result import Result
from cleanup.rulebook import open_book

BOOK = open_book(kinds=KINDS)


def captions(lines: list[str]) -> Result:
    cues = (f"00:00:{i * 2:02d}.000 --> 00:00:{i * 2 + 1:02d}.900\n{line}\n\n" for i, line in enumerate(lines))
    return clean(("WEBVTT\n\n" + "".join(cues)).encode(), "talk.vtt", BOOK)


def labels(result: Result) -> set[str]:
    return {form for speaker in result.cast.speakers for form in speaker.labels}


TALK = ["Mira Kovac: It was late.", "Jonas Lind: It was.", "Mira Kovac: And then?", "Jonas Lind: We left."]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Wir taten vieles.",
            "Erstens: Wir fragten.",
            "Maßnahme Drei: Wir bauten.",
            "Die vierte Maßnahme: Wir warten.",
        ],
        ["Der Bürgermeister kam.", "Er sagt: Es geht nicht.", "Neuer Punkt: Das Geld.", "Liebe Mira: Komm bald."],
        ["We did three things.", "Step Two: We built it.", "The final question: Who pays?", "My main point: Nobody."],
        ["Nous avons un plan.", "Première mesure : Attendre.", "Il répond : Non.", "Conclusion : Rien."],
        ["Hay un plan.", "Segunda pregunta: Quién paga.", "Punto tres: Nadie.", "Ella respondió: Mañana."],
        ["Há um plano.", "Terceira regra: Esperar.", "Ele respondeu: Não.", "Última pergunta: Quando."],
        ["C'è un piano.", "Prima regola: Aspettare.", "Lunedì: Niente.", "Lei risponde: Domani."],
        ["Er is een plan.", "Tweede maatregel: Wachten.", "Dinsdag: Niets.", "Hij zegt: Morgen."],
        ["Det finns en plan.", "Första frågan: Vem betalar?", "Andra punkten: Ingen.", "Hon säger: Imorgon."],
        ["Есть план.", "Второй вопрос: Кто платит?", "Он ответил: Никто.", "Третье правило: Ждать."],
        ["Bir plan var.", "İkinci soru: Kim?", "Pazartesi: Yok.", "Son olarak: Bekle."],
        ["有一个计划。", "第一：等待。", "星期一：没有。", "换句话说：明天。"],
        ["Then he wrote to the", "Harbour Office: nobody shall leave."],
    ],
)
def test_captions_with_colons_have_the_speakers_they_had(lines: list[str]) -> None:
    assert labels(captions([*TALK, *lines, *TALK])) == {"Mira Kovac", "Jonas Lind"}
    assert labels(captions(lines)) == set()


def test_a_label_that_stands_once_needs_a_sign_of_its_own() -> None:
    once = ["It was said.", "Ana Berg: So it rained.", "And it was cold.", "Nine: It went on.", "Best of all: Sun."]
    assert "Ana Berg" not in labels(captions([*TALK, *once]))
    assert "Ana Berg" in labels(captions([*TALK, "Ana Berg: So it rained.", *TALK]))  # hardly a colon is no label's
    assert "BERG" in labels(captions([*TALK, *(line.replace("Ana Berg", "BERG") for line in once)]))


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("[JOHN] We are late.|[MARY] Yes.|[LAUGHTER]|[JOHN] So we go.|[door opens]|[MARY] Come in.", {"JOHN", "MARY"}),
        ("(MARY) Yes, we are.|(JOHN) No.|(LAUGHTER)|(MARY) So we go.|It was cold.|(JOHN) Well.", {"MARY", "JOHN"}),
        ("[Frau] Guten Tag.|[Mann] Wir gehen.|[Frau] Nein.|[Mann] Doch.", {"Frau", "Mann"}),
        ("[LAUGHTER] We left.|[door opens] Who is it?|[LAUGHTER] It rained.|[door opens] Nobody.", set()),
        ("[So] it was late.|[And] so it goes.|[So] we left.|[And] nobody knew.|[And] it rained.", set()),
        ("(A) We left.|(B) We stayed.|(A) Nobody knows.|(B) Nor do I.", set()),
        ("We left.|[Mary] Come in.|It was cold.|So we sat.", set()),
    ],
)  # fmt: skip
def test_brackets_of_captions_hold_labels_where_they_recur_and_speech_follows(lines: str, wanted: set[str]) -> None:
    assert labels(captions(lines.split("|"))) == wanted


LECTURES = {
    "de": ("Wir sprechen vom Hafen.|Er ist älter als die Stadt.|Niemand weiß, wer ihn baute.|Viele zogen fort.", [
        "Jesus sagte: Steht auf.|Johannes 3,16: Also hat Gott geliebt.|Schritt 1: Warten.|Petrus: Herr, wohin?|Petrus: Und wann?",
        "EU: Da gibt es Geld.|NATO: Da gibt es Schiffe.|EU: Da gibt es Regeln.", "Mutter: Iss.|Kind: Nein.|Mutter: Doch.",
        "Frage: Wer hat ihn gebaut?|Antwort: Niemand.|Frage: Und wann?|Antwort: Früher."]),
    "en": ("I talk about the harbour.|It is older than the town.|Nobody knows who built it.|Many moved away.", [
        "Jesus said: Rise.|John 3:16: For God so loved.|Step 1: We wait.|Peter: Lord, where to?|Peter: And when?",
        "AI: That is the future.|GDP: It falls.|AI: Once more.", "The father: Do not go.|The son: I will.|The father: Stay.",
        "Question: Who built it?|Answer: Nobody.|Question: And when?|Answer: Long ago."]),
    "fr": ("Je parle du port.|Il est plus ancien que la ville.|Personne ne sait qui l'a construit.|Beaucoup sont partis.", [
        "Jésus dit : Lève-toi.|Jean 3, 16 : Car Dieu a aimé.|Étape 1 : On attend.|Pierre : Seigneur, où ?|Pierre : Et quand ?",
        "UE : Il y a de l'argent.|OTAN : Il y a des bateaux.|UE : Il y a des règles.", "Mère : Mange.|Enfant : Non.|Mère : Si.",
        "Question : Qui l'a construit ?|Réponse : Personne.|Question : Et quand ?|Réponse : Jadis."]),
    "es": ("Hablo del puerto.|Es más viejo que la ciudad.|Nadie sabe quién lo hizo.|Muchos se fueron.", [
        "Jesús dijo: Levántate.|Juan 3:16: Porque tanto amó Dios.|Paso 1: Esperamos.|Pedro: Señor, ¿adónde?|Pedro: ¿Cuándo?",
        "UE: Hay dinero.|OTAN: Hay barcos.|UE: Hay reglas.", "Madre: Come.|Niño: No.|Madre: Sí.",
        "Pregunta: ¿Quién lo hizo?|Respuesta: Nadie.|Pregunta: ¿Cuándo?|Respuesta: Antes."]),
    "ru": ("Я говорю о порте.|Он старше города.|Никто не знает, кто его построил.|Многие уехали.", [
        "Иисус сказал: Встань.|Пётр: Господи, куда?|Пётр: И когда?", "ЕС: Там деньги.|НАТО: Там корабли.|ЕС: Там правила.",
        "Мать: Ешь.|Сын: Нет.|Мать: Да.", "Вопрос: Кто построил?|Ответ: Никто.|Вопрос: Когда?|Ответ: Давно."]),
    "zh": ("我讲这个港口。|它比城市更老。|没人知道谁建的。|很多人走了。", [
        "耶稣说：起来。|彼得：主啊，去哪里？|彼得：什么时候？", "母亲：吃。|孩子：不。|母亲：吃吧。", "问：谁建的？|答：没人。|问：何时？|答：很久以前。"]),
}  # fmt: skip
ONE = [(told.split("|"), row.split("|")) for told, rows in LECTURES.values() for row in rows]


@pytest.mark.parametrize(("told", "quoted"), ONE)
def test_what_one_speaker_quotes_is_no_label(told: list[str], quoted: list[str]) -> None:
    assert labels(captions([*told, *quoted, *told, *told])) == set()
    spread = [line for quote in quoted for line in (*told, quote)]
    assert labels(captions([*spread, *told])) == set()


def test_labels_that_begin_late_alternate_and_go_on() -> None:
    told = ["It rained.", "And it was cold.", "So we left.", "That is all."] * 3
    asked = ["Listener: Was it late?", "Mira Kovac: It was.", "Nobody stayed."] * 4
    assert labels(captions([*told, *asked])) == {"Listener", "Mira Kovac"}
    assert labels(captions([*told, "MIRA: Was it late?", "It was.", "JONAS: Yes."] * 2)) == {"MIRA", "JONAS"}
    assert labels(captions([*asked[:6], *told])) == {"Listener", "Mira Kovac"}


def bold(form: str, *rows: str) -> str:
    head, *lines = rows
    if form == "md":
        return f"# {head}\n\n" + "".join("**{}:** {}\n\n".format(*line.split(": ")) for line in lines)
    inner = "".join("<p><b>{}:</b> {}</p>".format(*line.split(": ")) for line in lines)
    return f"<html><body><h1>{head}</h1>{inner}</body></html>"


@pytest.mark.parametrize("form", ["md", "html"])
@pytest.mark.parametrize(
    "rows",
    [
        ("Der Hafen", "Sendezeit: Mo, 20.15 Uhr", "Gäste: Mira Kovac", "Preis: 12 Euro", "Sendezeit: Di, 21 Uhr", "Preis: 8 Euro"),
        ("Am Kai", "Moderation: Mira Kovac", "Foto: Radio Skerry", "Moderation: Jonas Lind", "Foto: Ana Berg"),
        ("On the quay", "Deck: Oak", "Hull: Grey steel", "Deck: Pine", "Hull: White", "Deck: Teak"),
        ("Au port", "Lieu: Quai nord", "Tarif: 5 euros", "Durée: 1 h", "Lieu: Phare", "Tarif: gratuit", "Durée: 2 h"),
        ("Cartelera", "Sala: Norte", "Precio: 8 euros", "Pases: 18.00", "Sala: Sur", "Precio: 6 euros", "Pases: 19.00"),
        ("Cartaz", "Sala: Norte", "Bilhete: 8 euros", "Sala: Sul", "Bilhete: 6 euros", "Bilhete: 7 euros"),
        ("Il porto", "Orario: dalle 10", "Scafo: Grigio", "Orario: dalle 12", "Scafo: Bianco", "Scafo: Nero"),
        ("Agenda", "Aanvang: 20.00 uur", "Entree: gratis", "Zaal: Groot", "Aanvang: 21.00 uur", "Zaal: Klein"),
        ("Wystawa", "Bilety: 12 zł", "Czynne: od 10", "Bilety: 6 zł", "Czynne: od 12", "Adres: Portowa 3"),
        ("港の催し", "会場: 北埠頭", "料金: 五百円", "会場: 灯台", "料金: 無料", "開演: 七時"),
    ],
)  # fmt: skip
def test_a_page_of_values_is_no_transcript(form: str, rows: tuple[str, ...]) -> None:
    cast = clean(bold(form, *rows).encode(), f"page.{form}", BOOK).cast
    assert not cast.speakers
    assert not cast.speech


def test_short_answers_are_speech() -> None:
    talk = ("Talk", "Mira: Is it late?", "Jonas: Yes.", "Mira: Very late?", "Jonas: Very late.", "Mira: Let us go.")
    assert clean(bold("md", *talk).encode(), "talk.md", BOOK).cast.speech
    terse = ("Talk", "MIRA: Late", "JONAS: Yes", "MIRA: Very late", "JONAS: Very", "MIRA: Let us go")
    assert clean(bold("md", *terse).encode(), "talk.md", BOOK).cast.speech


@pytest.mark.parametrize(("again", "name"), [("Good to be here.", None), ("Thank you, Mira Kovac.", "Mira Kovac")])
def test_a_name_that_a_program_heard_is_asked_about_where_it_is_spelt_so_twice(again: str, name: str | None) -> None:
    rows = [("SPEAKER_00", "Hello, I'm Mira Kovac."), ("SPEAKER_01", again), ("SPEAKER_00", "So it rained.")]
    segments = ", ".join(
        f'{{"start": {i}, "end": {i}.9, "speaker": "{s}", "text": "{t}"}}' for i, (s, t) in enumerate(rows)
    )
    first = clean(f'{{"segments": [{segments}]}}'.encode(), "talk.json", BOOK).cast.speakers[0]
    assert (first.label, first.name, first.evidence) == ("SPEAKER_00", name, "inferred" if name else None)


@pytest.mark.parametrize(
    "credit",
    ["Traductor: Ana Lind\nRevisor: Mira Kovac", "Translator: Ana Lind Reviewer: Mira Kovac", "翻译人员: 林安娜"],
)
def test_who_translated_captions_does_not_speak(credit: str) -> None:
    result = captions([credit, "The ferry left the harbour.", "It came back at noon."])
    assert not labels(result)
    assert [p.finding.rule for p in result.findings if p.applied] == ["boilerplate/subtitles/translators"] * (
        credit.count("\n") + 1
    )


def test_a_label_of_a_page_that_tells_name_and_office_may_stand_once() -> None:
    page = (
        "<html><body><h1>The ferry</h1><p>{}: It has left the harbour, with two hundred people on it.</p></body></html>"
    )
    assert labels(clean(page.format("MIRA KOVAC, ANCHOR").encode(), "a.html", BOOK)) == {"MIRA KOVAC, ANCHOR"}
    assert not labels(clean(page.format("Mira Kovac").encode(), "a.html", BOOK))


def article(*lines: str) -> Result:
    """Read a page of paragraphs, among them lines with a colon; `*Mira:* …` is bold."""
    rows = re.sub("[*](.+?)[*]", r"<b>\1</b>", "".join(f"<p>{line}</p>" for line in lines))
    return clean(f"<!DOCTYPE html><html><body><h1>The harbour</h1>{rows}</body></html>".encode(), "p.html", BOOK)


PROSE = "The harbour is old. Nobody knows who built it."
ARTICLES = [
    ["Stand: 12.03.2024, 14:30 Uhr", "Autor: Jonas Lind", PROSE, "Bürgermeisterin Ana Berg: „Wir haben gewartet.“", PROSE, "Berg: „Es ist Zeit.“",
     "Ukraine: Es fehlt Stahl.", "Mehr zum Thema: Der Winter", "Lesen Sie auch: Der Kai", "Kommentar: Es reicht nicht", "18:00 Uhr: Nachrichten", "19:30 Uhr: Konzert"],
    ["Der Kai. Es ist kalt dort.", "Berg: „Jetzt geht es los. Endlich.“", PROSE, "Lind: „Zu spät.“", PROSE, "Berg: „Leider.“", PROSE, "Lind: „Ja.“", PROSE],
    [PROSE, *["*Pro:* Er hebt viel. Er steht fest.", "*Contra:* Er ist laut. Er rostet."] * 3, "*Fazit:* Es bleibt schwer. Es dauert."],
    [PROSE, *[f"*{sign}:* Heute wird es gut. Ruhen Sie." for sign in ("Widder", "Stier", "Krebs", "Löwe", "Waage")]],
    [PROSE, *[f"*{hour}:30 Uhr:* Die Fähre legt ab. Der Wind dreht." for hour in range(8, 14)]],
    [PROSE, *[f"*{club}:* Der Sturm trifft. Die Abwehr hält." for club in ("SV Norvik", "Hafen Nord", "Kai Süd", "Alte Werft")]],
    ["Updated: 12 March 2024", "By: Jonas Lind", PROSE, "Mayor Ana Berg: “We have waited.”", PROSE, "Berg: “It is time.”", "Read more: The winter",
     "Opinion: Not enough", "6pm: News", "Photo: Radio Norvik", "Tags: harbour, Norvik"],
    [PROSE, "*Ana Berg, mayor:* It is time. We begin.", PROSE, "*Jonas Lind, trader:* It is late.", PROSE, "*Mira Kovac:* I sail on.", PROSE, PROSE],
    [PROSE, "Morning: I saw the ferry. Nobody waved.", "Noon: I ate. It was good.", "Evening: I went home. The end.", "Lesson: Bring a coat. Really."],
    ["Publié : 12 mars 2024", "Par : Jonas Lind", PROSE, "Ana Berg, maire : « Nous avons attendu. »", PROSE, "Berg : « Il est temps. »", "À lire aussi : L’hiver",
     "*Points forts :* Elle lève. Elle tient.", "*Points faibles :* Elle rouille.", "*Points forts :* Elle dure. Elle plaît.", "18h00 : Journal"],
    ["Actualizado: 12 de marzo", PROSE, "Ana Berg, alcaldesa: «Hemos esperado.»", PROSE, "Berg: «Ya es hora.»", "Lea también: El invierno", "*A favor:* Dura. Gusta.",
     "*En contra:* Pesa. Cuesta.", "*A favor:* Brilla.", "18:00: Noticias", "Fuente: Radio Norvik"],
]  # fmt: skip


@pytest.mark.parametrize("lines", ARTICLES)
def test_an_article_with_colons_is_no_transcript(lines: list[str]) -> None:
    cast = article(*lines).cast
    assert not cast.speakers
    assert not cast.speech


@pytest.mark.parametrize(
    "lines",
    [
        [PROSE, "*Radio Norvik:* Frau Berg, wann?", "*Berg:* Im April. Das steht fest.", PROSE, PROSE, "*Radio Norvik:* Danke.", "*Berg:* Gern.", PROSE],
        ["Redaktion: „Wann?“", "Berg: „Im April. Das steht fest.“", "Redaktion: „Danke.“", "Berg: „Gern.“"],
        ["*Ana Berg:* It is time. We begin.", "*Jonas Lind:* It is too late.", "*Berg:* Why? It is not.", "*Lind:* Well."],
        ["Lind : C’est quand ?", "Berg : En avril. C’est sûr.", "Lind : Merci.", "Berg : Merci."],
        ["*Ana Berg:* Ya es hora.", "*Jonas Lind:* Es tarde."],
    ],
)  # fmt: skip
def test_an_interview_on_a_page_is_a_transcript(lines: list[str]) -> None:
    cast = article(*lines).cast
    assert len(cast.speakers) == 2
    assert cast.speech


LISTS = {
    "programme.txt": "Harbour Days\n\n09:30 Coffee\n10:00 Mira Kovac: How to count herring\n10:45 Jonas Lind: Ropes and knots\n11:45 Ana Berg: The last keeper\n13:30 Tom Moen: Tides\n",
    "timetable.txt": "Ferries\n\n" + "".join(f"{quay}, {hour:02d}:15\n" for hour in range(6, 18, 3) for quay in ("Norvik", "Skerry")),
    "playlist.txt": "Quay Radio\n\nMira Kovac – The Lamp  3:12\nJonas Lind – Salt  4:05\nAna Berg – Foam  2:58\nTom Moen – Ropes  6:01\n",
    "changes.md": "# Changes\n\n## 2.1\n\nAdded: A flag.\nFixed: A crash.\nFixed: Colons stay.\n\n## 2.0\n\nAdded: Colours.\nFixed: The wheel.\nRemoved: Tabs.\n",
    "song.txt": "Verse 1:\nI left my coat\n\nChorus:\nCarry me home\n\nVerse 2:\nThe lamps went out\n\nChorus:\nCarry me home\n",
    "novel.txt": "".join(f"—¿Adónde vas, {name}? —preguntó Ana.\n\n—Al muelle.\n\nElla no dijo nada.\n\n" for name in ("Tom", "Jonas", "Mira", "Ida")),
    "splice.md": "# Splicing\n\n" + "".join(f"**{verb}:** Take the rope in your left hand.\n\n" for verb in ("Prepare", "Tape", "Tuck", "Roll", "Trim")),
    "voices.md": "# What Norvik says\n\n**Ana Berg, mayor:** “It is time. We begin.”\n\n**Jonas Lind, trader:** “It is late.”\n\n**Mira Kovac:** “I sail on.”\n",
    "article.md": "# The harbour\n\nIt is old. Nobody knows who built it.\n\nBerg: „Wir warten. Es ist Zeit.“\n\nThe quay is cold in winter.\n\nBerg: „Im April.“\n\nSo they wait, and the lamps go out.\n",
    "captains.md": "# Five captains\n\n1. **Ana Lind**: She sailed round the world alone.\n2. **Mira Kovac**: She ran a ferry line.\n3. **Jonas Berg**: He wrote on knots.\n4. **Tom Moen**: He found the quay.\n",
    "often.md": "# Frequently asked questions\n\n**Q: When does it leave?**\nA: At nine in the morning.\n\n**Q: May I bring a dog?**\nA: Yes, dogs travel free.\n\n**Q: Is there food?**\nA: On the upper deck.\n",
    "radio.md": "# The wreck\n\nIt lies deep. Divers found it. It was the largest ship of its day, and a thousand people were on it when it sank.\n\n15:05 Corso\n\n16:35 Forschung\n\n17:35 Kultur\n\n19:15 Feature\n",
    "thread.txt": "Which rope?\n\n" + "".join(f"{name}\n{day} days ago\n\nNylon, I would say. It gives.\n\nReply\n\n" for day, name in enumerate(("Mira Kovac", "Ana Lind") * 4)),
    "thread.md": "# Which rope?\n\n" + "".join(f"**{name}** ({day} points, 3 years ago)\n\nNylon. It gives.\n\n" for day, name in enumerate(("harbourfan", "seadog77") * 4)),
    "days.html": "<h1>Welches Tau?</h1>" + "".join(f"<div><b>{name}</b> <time>0{day}.03.2019, 19:1{day}</time><p>Nylon. Das reckt.</p></div>" for day, name in enumerate(("Mira Kovac", "Ana Lind") * 4, 1)),
    "posts.txt": "".join(f"#{day} harbourfan 0{day}.03.2019 19:1{day}\nNylon. It gives, and that is what you want.\n\n" for day in range(1, 6)),
    "comments.html": "<h1>The last boat</h1><p>It left at nine. Nobody waved.</p><h3>Kommentare (3)</h3>" + "".join(f"<div><b>{name}</b> 04.05.2021 08:1{i}<p>Das beste Boot der Küste.</p></div>" for i, name in enumerate(("Hafenfreund", "Ana Lind", "Hafenfreund"))),
    "letters.md": "# Letters to the editor\n\n**Mira Kovac, Norvik:** Nobody asked us. Nobody ever does.\n\n**Ana Lind, Skerry:** The quay is ours. We paid for it.\n\n**Tom Moen, Norvik:** Thank you. I have kept every part.\n",
    "agony.txt": "DEAR PILOT: He blocks my boat. What shall I do?\n\nDEAR STUCK: Bake him a cake.\n\nDEAR PILOT: Do cats bring luck?\n\nDEAR CURIOUS: Not to mice.\n",
    "often.txt": "Häufige Fragen zur Fähre\n\nF: Wann fährt sie?\nA: Um neun, täglich.\n\nF: Darf mein Hund mit?\nA: Ja, an der Leine.\n\nF: Gibt es Kaffee?\nA: Ja, oben.\n",
    "roman.txt": "— Encore en retard, dit-elle.\n\n— Il ne vient pas, répondit le pilote.\n\n— Pourquoi ?\n\n— C'est mardi.\n\n— Le pain va refroidir, dit Mira.\n\n— Donnez.\n\n— Tenez.\n",
    "roman.pl.txt": "– Most nie ma duszy – uważa pilot.\n\n– Nareszcie – cieszy się Anna.\n\n– Uwierzę – dodaje Piotr – kiedy stanę.\n\n– Zobaczymy.\n\n– Tak.\n\n– Roboty ruszą w marcu.\n\n– Dobrze.\n",
    "concert.txt": "PROGRAMME\n\nBRANDT: Sea Pieces, op. 12\nLIND: Three Waves for piano\nKOVAC: The Bread Mass\nMOEN: Rowing Song\n",
    "offices.txt": "Harbour office\n\nDirector: Jonas Lind, room 12\nPilots: Tom Moen, room 14\nTickets: Ana Lind, room 20\nPress: Mira Kovac, room 21\n",
    "minutes.txt": "Protokoll der Sitzung\n\nTOP 1: Begrüßung\nDie Vorsitzende begrüßt alle.\n\nTOP 2: Kasse\nHerr Moen berichtet. Alle danken.\n\nTOP 3: Verschiedenes\nNichts.\n",
    "notes.md": "---\ntitle: The pilot\naudio: https://harbour.example/12.mp3\n---\n\nAna Lind was a pilot. We talk about the winter.\n\n## Links\n\nThe museum.\n",
    "people.txt": "The Trust\n\nDirector: Mira Kovac\nTreasurer: Jonas Lind\nSecretary: Ana Berg\nBoat yard: Tom Moen\n",
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_looks_like_turns_is_no_transcript(name: str) -> None:
    cast = clean(LISTS[name].encode(), name, BOOK).cast
    assert not cast.speakers
    assert not cast.speech


TALKS = {
    "comments.html": "<h1>The pilot</h1>" + "<p><b>Kovac:</b> It was late. Was it?</p><p><b>Lind:</b> It was. We left.</p>" * 3 + "<h3>2 Comments</h3>" + "<p><b>Moen</b> 3 days ago</p><p>Good.</p><p>Reply</p>" * 2,
    "letters.txt": "Letters to the editor\n\n" + "KOVAC: Here is what you wrote us.\n\nLIND: Mr. Moen did not like the goat.\n\n" * 3,
    "wywiad.txt": "– To był czas – jak mówię – trudny.\n\n– Dlaczego?\n\n– Bo padało.\n\n– Długo?\n\n– Rok – dziesięć miesięcy.\n\n– I co?\n\n– Nic.\n\n– Dziękuję.\n",
    "years.txt": "KOVAC: When were you born?\n\nLIND: In 1943.\n\nKOVAC: And when did you leave?\n\nLIND: In 1961.\n\nKOVAC: When did you come back?\n\nLIND: In 1987.\n",
    "chat.txt": "".join(f"[0{day}/05/2021, 18:1{i}:05] Mira Kovac: The boat is late.\n[0{day}/05/2021, 18:2{i}:05] Ana Lind: It is. I see it now.\n" for day in (3, 4, 5) for i in range(3)),
    "chorus.txt": "Voices\n\nKOVAC: It is time.\n\nLIND: It is late, and I am tired.\n\nMOEN: I sail on.\n",
}  # fmt: skip


@pytest.mark.parametrize("name", TALKS)
def test_a_talk_may_have_comments_letters_and_years(name: str) -> None:
    assert clean(TALKS[name].encode(), name, BOOK).cast.speech


def test_turns_with_times_may_be_short_where_they_recur() -> None:
    talk = "".join(f"{minute:02d}:00 {('Mira Kovac', 'Jonas Lind')[minute % 2]}: So it did.\n" for minute in range(8))
    assert clean(talk.encode(), "talk.txt", BOOK).cast.speech


def test_brackets_that_open_a_line_of_captions_are_notes() -> None:
    lines = [
        "[Alba] It rained.",
        "<i>[man 1] Nobody came.</i>",
        "-[Tom] So what?",
        "[map of Norvik]",
        "(TOM) Well.",
        "He said that",
        "[they] would come.",
        "It [the ferry] left.",
    ]
    blocks = [(block.kind, block.text) for block in captions(lines).blocks()]
    notes = " ".join(text for kind, text in blocks if kind == "note")
    assert notes == "[Alba] [man 1] [Tom] [map of Norvik] (TOM)"
    said = " ".join(text for kind, text in blocks if kind == "turn")
    assert (
        said.replace("-", "").split()
        == "It rained. Nobody came. So what? Well. He said that [they] would come. It [the ferry] left.".split()
    )


def test_a_credit_over_two_lines_of_a_caption_is_not_said() -> None:
    text = "1\n00:00:01,000 --> 00:00:04,000\n{}\n\n2\n00:00:05,000 --> 00:00:08,000\nSo let us sail now, before the fog comes.\n"
    for credit, said in (
        ("Tekstet af\nAna Lind", ""),
        ("Tekstet af Ana Lind\nWe are late.", "We are late. "),
        ("Tekster af", ""),
    ):
        result = clean(text.format(credit).encode(), "f.srt", BOOK)
        assert (
            " ".join(block.text for block in result.script("f").blocks)
            == f"{said}So let us sail now, before the fog comes."
        )


def test_headings_with_years_make_no_thread_of_posts() -> None:
    """A year alone is no day on which somebody posted."""
    years = ("The ice of 1939", "The war in 1942", "Back in 1951", "The ferry of 1960", "Home in 1971")
    names = ("MIRA LIND", "TOM KOVAC")
    text = "".join(f"{head}\n\n{names[n % 2]}: It was long ago.\n\n" for n, head in enumerate((*years, *years)))
    assert labels(clean(text.encode(), "talk.txt", BOOK)) == {"MIRA LIND", "TOM KOVAC"}
