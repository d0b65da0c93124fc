"""What the head of a transcript states: title, date, source; nothing that it does not."""

import pytest

from cleanup.dates import date
from cleanup.kinds import KINDS
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.rulebook import open_book

BOOK = open_book(kinds=KINDS)
TALK = "MIRA KOVAC, HOST: Good evening.\n\nLIND: Hello there.\n\nKOVAC: It has rained.\n\nLIND: So it has.\n"
BOLD = "**Mira Kovac:** Good evening.\n\n**Ana Lind:** Hello.\n\n**Mira Kovac:** It has rained.\n\n**Ana Lind:** Yes.\n"


def stated(head: str, form: str = "text") -> tuple[str | None, ...]:
    result = clean((head + (TALK if form == "text" else BOLD)).encode(), "talk", BOOK, Options(format=form))
    return tuple(result.chosen[key].value if key in result.chosen else None for key in ("title", "source.name", "date"))


@pytest.mark.parametrize(
    ("head", "title", "source", "date"),
    [
        ("HARBOUR HOUR\n\nAired March 14, 2025 - 20:00   ET\n\n", "HARBOUR HOUR", None, "2025-03-14"),
        ("HARBOUR HOUR\n\nThe New Ferry Leaves\n\nAired March 14, 2025 - 20:00   ET\n\n", "The New Ferry Leaves", "HARBOUR HOUR", "2025-03-14"),
        ("PBS NewsHour\nThe ferry\nJul 12, 2019 6:45 PM EDT\n\n", "The ferry", "PBS NewsHour", "2019-07-12"),
        ("Heard on Morning Edition\nMay 3, 20204:30 PM ET\nThe ferry\n\n", "The ferry", "NPR", "2020-05-03"),
        ("The ferry\nUpdated May 4, 2020\nPublished May 3, 2020\n\n", "The ferry", None, "2020-05-03"),
        ("FRONTLINE\nThe Ferry Strike\nProgram #2107\nOriginal Airdate: May 3, 2020\n\n", "The Ferry Strike", "FRONTLINE", "2020-05-03"),
        ("Topic: Harbour round\nStart Time : May 3, 2020 10:00 AM\nMeeting ID: 812 3456 7890\n\n", "Harbour round", None, "2020-05-03"),
        ("The ferry\n\nHer book was published on May 3, 1999.\n\n", "The ferry", None, None),
        ("The ferry\n\nThe hearing is to be held on May 3, 2031.\n\n", "The ferry", None, None),
        ("The ferry\nExported on May 3, 2024 from Descript\n\n", "The ferry", None, None),
        ("The ferry\nJoin us for the next meeting on May 3, 2030 at 7 pm.\n\n", "The ferry", None, None),
        ("SKERRY TRANSCRIPT: ANA LIND\nPlease credit ITV's Skerry if you use any of this\nSunday 3 May 2020\n\n", "SKERRY TRANSCRIPT: ANA LIND", "ITV", "2020-05-03"),
        ("#+TITLE: The ferry\n#+DATE: 2020-05-03\n#+SOURCE: Harbour Hour\n\n", "The ferry", "Harbour Hour", "2020-05-03"),
        ("The ferry\n\n:date: 2020-05-03\n:source: Harbour Hour\n\n", "The ferry", "Harbour Hour", "2020-05-03"),
        ("The ferry\nSource: Harbour Hour | Date: May 3, 2020 | Duration: 37:12\n\n", "The ferry", "Harbour Hour", "2020-05-03"),
        ("Hafenpressekonferenz vom 3. Mai 2020\nMitschrift der Rede\n\n", "Hafenpressekonferenz vom 3. Mai 2020", None, "2020-05-03"),
        ("Interview mit der Hafenpost\n03.05.2020 - Interview\n\n", "Interview mit der Hafenpost", "Hafenpost", "2020-05-03"),
        ("The ferry\n\nHouse of Commons\nSunday 3 May 2020\n\n", "The ferry", "House of Commons", "2020-05-03"),
        ("The ferry\nTX: Sunday 3 May 2020 2000 - 2040\n\n", "The ferry", None, "2020-05-03"),
        ("The ferry\n\nOn May 3, 2020, Mira Kovac sat down with Ana Lind in the harbour.\n\n", "The ferry", None, "2020-05-03"),
        ("The Ferry Services\nVolume 694: debated on Sunday 3 May 2020\n\n", "The Ferry Services", None, "2020-05-03"),
        ("Title: The ferry\nVideo ID: abcdefghijk\n\n", "The ferry", None, None),
        ("The ferry\n\nView meeting - https://tldv.io/app/meetings/abc\n\n", "The ferry", None, None),
        ("Harbour Hour, May 3, 2020\n\n", "Harbour Hour, May 3, 2020", "Harbour Hour", "2020-05-03"),
        ("Title: The ferry\nDate: 3.5.2020\nSource: Radio Skerry\n\n", "The ferry", "Radio Skerry", "2020-05-03"),
        ("Título: El puerto\nFecha: 3 de mayo de 2020\nFuente: Radio Norvik\n\n", "El puerto", "Radio Norvik", "2020-05-03"),
        ("标题：港口\n日期：2020年5月3日\n来源：海港电台\n\n", "港口", "海港电台", "2020-05-03"),
        ("The ferry\nhttps://www.npr.org/2020/05/03/12345/the-ferry\n\n", "The ferry", "NPR", "2020-05-03"),
        ("The ferry\n\nThe following is a transcript of a talk that aired Sunday, May 3, 2020.\n\n", "The ferry", None, "2020-05-03"),
        ("The ferry\n\nDuration: 14:25\n\n5/3/2020\n\n", "The ferry", None, None),
        ("The ferry\n\nMay 2020\n\n", "The ferry", None, None),
        ("The ferry\n\n© 2020 Harbour Radio\n\n", "The ferry", "Harbour Radio", None),
        ("FOR IMMEDIATE RELEASE\n\nThe ferry leaves\nMay 3, 2020\n\n", "The ferry leaves", None, "2020-05-03"),
        ("#12 The ferry\n\nMay 3, 2020\n\n", "#12 The ferry", None, "2020-05-03"),
        ("The ferry\nEvent: Harbour Days 2020\n\n", "The ferry", "Harbour Days 2020", None),
        ("The ferry\nEvent: Unknown\n\n", "The ferry", None, None),
        ("The ferry\nSource: ferry.m4a\n\n", "The ferry", None, None),
        ("The ferry\nSource: Harbour Radio (https://harbour.example/12)\n\n", "The ferry", "Harbour Radio", None),
        ("Die Fähre\nHafenfunk, 3. Mai 2020\n\n", "Die Fähre", "Hafenfunk", "2020-05-03"),
        ("The ferry\nTranscript generated on May 3, 2024\n\n", "The ferry", None, None),
        ("The ferry\nTranscript by Harbour Scribes, May 3, 2024\n\n", "The ferry", None, None),
        ("Die Fähre\nAbschrift vom 3. Mai 2024\n\n", "Die Fähre", None, None),
        ("The ferry\nMira Kovac (May 3, 1953 – )\n\n", "The ferry", None, None),
        ("The ferry\nEmbargoed until May 3, 2024\n\n", "The ferry", None, None),
        ("De boot\nUitgezonden: 3 mei 2020\n\n", "De boot", None, "2020-05-03"),
        ("Transcript: The ferry leaves\nPodcast: Harbour Hour\nPublished: May 3, 2020\n\n", "The ferry leaves", "Harbour Hour", "2020-05-03"),
        ("Transcript: Episode 12: The ferry leaves\nPodcast: Harbour Hour\n\n", "Episode 12: The ferry leaves", "Harbour Hour", None),
        ("The ferry\n\nRadio Norvik 5\nMay 3, 2020\n\n", "The ferry", "Radio Norvik 5", "2020-05-03"),
        ("Färjan och havet\nSändningsdatum: 3 maj 2020\n\n", "Färjan och havet", None, "2020-05-03"),
        ("How to count herring | TED Talk\n\n", "How to count herring | TED Talk", "TED Talk", None),
    ],
)  # fmt: skip
def test_a_head_of_text(head: str, title: str, source: str | None, date: str | None) -> None:
    assert stated(head) == (title, source, date)


@pytest.mark.parametrize(
    ("head", "title", "source", "date"),
    [
        ("# Episode 12: The ferry\n\n*Published May 3, 2020*\n\n", "Episode 12: The ferry", None, "2020-05-03"),
        ("## The ferry\n\nMay 3, 2020\n\n", "The ferry", None, "2020-05-03"),
        ("---\ntitle: The ferry\npubDate: Sun, 03 May 2020 10:00:00 GMT\npodcast: Harbour Hour\n---\n\n", "The ferry", "Harbour Hour", "2020-05-03"),
        ("---\ntitle: The ferry\nepisode:\n  date: 20200503\n  show: Harbour Hour\n---\n\n", "The ferry", "Harbour Hour", "2020-05-03"),
        ("---\ntitle: The ferry\ncanonical_url: https://harbour.example/2020/05/03/ferry/\n---\n\n", "The ferry", "harbour.example", "2020-05-03"),
        ("---\ntitle: The ferry\ncreated: 2023-01-01\ndate: 2020-05-03\nlastmod: 2024-01-01\n---\n\n", "The ferry", None, "2020-05-03"),
        ("---\ntitle: The ferry\nlastmod: 2024-01-01\ntranscribed: 2024-01-01\n---\n\n", "The ferry", None, None),
        ('---\ntitle: The ferry\npublication: "[Harbour Weekly](https://harbour.example)"\n---\n\n', "The ferry", "Harbour Weekly", None),
        ("# The ferry | Harbour Hour | NPR\n\n", "The ferry", "NPR", None),
        ("| Title | The ferry |\n| --- | --- |\n| Channel | Radio Skerry |\n| Date | May 3, 2020 |\n\n", "The ferry", "Radio Skerry", "2020-05-03"),
        ("| Field | Value |\n| --- | --- |\n| Date | May 3, 2020 |\n| Source | Fishwives |\n\n", None, "Fishwives", "2020-05-03"),
        ("# Harbour Radio\n\n## The ferry leaves\n\nMay 3, 2020\n\n", "The ferry leaves", "Harbour Radio", "2020-05-03"),
        ("# CNN Transcripts\n\n## The ferry talks\n\nMay 3, 2020\n\n", "The ferry talks", "CNN", "2020-05-03"),
        ("# The ferry\n\n- **Date:** May 3, 2020\n- **Source:** Radio Skerry\n\n", "The ferry", "Radio Skerry", "2020-05-03"),
    ],
)  # fmt: skip
def test_a_head_of_markdown(head: str, title: str | None, source: str | None, date: str | None) -> None:
    assert stated(head, "markdown") == (title, source, date)


@pytest.mark.parametrize(
    ("labels", "source"),
    [("MIRA KOVAC, CNN HOST: So.\n\nLIND: Well.\n\n", "CNN"), ("MIRA KOVAC, BYLINE: So.\n\nLIND: Well.\n\n", "NPR"), ("MIRA KOVAC, CNN VIEWER: So.\n\nLIND: Well.\n\n", None)],
)  # fmt: skip
def test_labels_say_whose_programme_it_is(labels: str, source: str | None) -> None:
    assert stated(labels)[1] == source


@pytest.mark.parametrize(
    "line", ["It's July 26, 2022.", "What a week for the harbour", "Listen now", "Date: none of us knows"]
)
def test_what_stands_under_a_label_of_its_own_is_speech(line: str) -> None:
    text = f"**Mira Kovac:**\n\n{line}\n\nAnd so it rained.\n\n**Ana Lind:**\n\nYes.\n\n**Mira Kovac:**\n\nSo.\n"
    result = clean(text.encode(), "talk", BOOK, Options(format="markdown"))
    assert result.document.text == text


@pytest.mark.parametrize("head", ["", "---\ntitle: The ferry\ndate: 2020-05-03\n---\n"])
@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.parametrize("talk", ["It is late, and we begin.\n\nThe ferry left at nine.\n", BOLD])
@pytest.mark.parametrize(
    "line",
    [
        "Thank you", "Ladies and Gentlemen,", "Mr. Speaker, Mr. Vice President, Members of Council", "Hello", "Guten Abend", "Good evening",
        "Meine Damen und Herren", "Mesdames, Messieurs", "Señoras y Señores", "Добрый вечер", "谢谢大家", "Thanks, Mira",
    ],
)  # fmt: skip
def test_how_a_speech_begins_is_neither_title_nor_dateline(head: str, form: str, talk: str, line: str) -> None:
    result = clean(f"{head}{line}\n\n{talk}".encode(), "talk", BOOK, Options(format=form))
    assert line in result.document.text and "place" not in result.chosen


def test_a_first_line_of_names_is_a_dateline_only_where_something_else_says_so() -> None:
    head, talk = "---\ntitle: The ferry\n---\n", "\n\nIt is late, and we begin.\n\nThe ferry left at nine.\n"
    for line, place in {
        "Mira Kovac": None,
        "Harbour Hall (Norvik)": "Harbour Hall (Norvik)",
        "HARBOUR HALL": "HARBOUR HALL",
    }.items():
        chosen = clean((head + line + talk).encode(), "talk", BOOK, Options(format="markdown")).chosen
        assert (chosen["place"].value if "place" in chosen else None) == place
    assert stated("The ferry\n3 May 2020\nHarbour Hall\n\n") == ("The ferry", None, "2020-05-03")


@pytest.mark.parametrize(
    ("head", "body", "source", "date"),
    [
        ("<title>The ferry talks - Harbour Times</title>", "<h1>The ferry talks</h1>", "Harbour Times", None),
        ("<title>Radio Skerry: The ferry talks</title>", "<h1>The ferry talks</h1><p>Sendung vom 3. Mai 2020</p>", "Radio Skerry", "2020-05-03"),
        ("<title>The ferry talks · Norvik FM | Podcast</title>", "<h1>The ferry talks</h1><p>Publié le 3 mai 2020</p>", "Norvik FM", "2020-05-03"),
        ("<title>The ferry talks - Part 2</title>", "<h1>The ferry talks</h1><p>Sunday, May 3, 2020</p>", None, "2020-05-03"),
        ("<title>Ferry</title>", "<h1>Versión estenográfica</h1><p>Norvik, domingo 3 de mayo de 2020</p>", None, "2020-05-03"),
        ("<title>BBC NEWS | Programmes | The ferry talks</title><meta name='OriginalPublicationDate' content='2008/05/03 11:27:04'>", "", "BBC News", "2008-05-03"),
        ("<title>The ferry talks - Harbour Hour | Buzzsprout</title><meta property='og:site_name' content='Buzzsprout'>", "<h1>The ferry talks</h1>", "Harbour Hour", None),
        ("<title>Harbour Blog: The ferry talks</title>", "<h1>Harbour Blog</h1><h1>The ferry talks</h1>", "Harbour Blog", None),
        ("<title>Harbour Hour: The ferry talks</title>", "<h3><a href='/12'>The ferry talks</a></h3>", "Harbour Hour", None),
        ("<title>Ferry</title>", "<h1>The ferry talks</h1><p><span itemprop='datePublished' content='2020-05-03'>Sunday</span></p>", None, "2020-05-03"),
        ("<title>Ferry</title>", "<h1>The ferry talks</h1><p><abbr class='published' title='2020-05-03T10:00:00'>Sunday</abbr></p>", None, "2020-05-03"),
        ("<title>Ferry</title>", "<h1>The ferry talks</h1><p><time datetime='2020-05-03'>Sunday</time></p>", None, "2020-05-03"),
        ("<title>Ferry</title>", "<h1>The ferry talks</h1><div class='comments'><time datetime='2020-05-03'>Sunday</time></div>", None, None),
        ("<title>The ferry talks « Harbour Times</title>", "<h1>The ferry talks</h1>", "Harbour Times", None),
        ("<title>Ferry</title><script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebSite\",\"url\":\"https://x.example\",\"name\":\"Harbour Times\"},{\"@type\":\"VideoObject\",\"uploadDate\":\"2020-05-03\"}]}</script>", "<h1>The ferry talks</h1>", "Harbour Times", "2020-05-03"),
        ("<title>Ferry - talks - on the quay</title>", "<h1>Another heading</h1><p>Stand: 03.05.2020</p>", None, "2020-05-03"),
    ],
)  # fmt: skip
def test_a_page_names_its_site_beside_its_heading(head: str, body: str, source: str | None, date: str | None) -> None:
    turns = "".join(f"<p><b>{name}:</b> It has rained all day.</p>" for name in ("Mira Kovac", "Ana Lind") * 3)
    page = f"<html><head>{head}</head><body>{body}{turns}</body></html>"
    chosen = clean(page.encode(), "page.html", BOOK).chosen
    assert tuple(chosen[key].value if key in chosen else None for key in ("source.name", "date")) == (source, date)


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Harbour Hour: The ferry talks</title>", "<h2>Harbour Hour</h2><h3>The ferry talks</h3>", "The ferry talks"),
        ("<title>Harbour Times | Talks | The ferry talks</title><meta property='og:site_name' content='Harbour Times'>", "", "The ferry talks"),
        ("<title>The ferry talks | Harbour Times</title>", "<h2>The ferry talks</h2><h2>What was said of it</h2>", "The ferry talks"),
        ("<title>The ferry talks - CNN</title>", "", "The ferry talks"),
    ],
)  # fmt: skip
def test_the_title_of_a_page_is_not_the_name_of_its_site(head: str, body: str, title: str) -> None:
    turns = "".join(f"<p><b>{name}:</b> It has rained all day.</p>" for name in ("Mira Kovac", "Ana Lind") * 3)
    page = f"<html><head>{head}</head><body>{body}{turns}</body></html>"
    assert clean(page.encode(), "page.html", BOOK).chosen["title"].value == title


@pytest.mark.parametrize(
    ("line", "source", "date"),
    [
        ("Harbour Times, May 3, 2020", "Harbour Times", "2020-05-03"),
        ("from Harbour Times Magazine, 3 May 2020", "Harbour Times Magazine", "2020-05-03"),
        ("Originally published in *Harbour Times*, May 3, 2020.", "Harbour Times", "2020-05-03"),
        ("This interview first appeared in the Harbour Times on May 3, 2020.", "Harbour Times", "2020-05-03"),
        ("Das Gespräch erschien zuerst in der Hafenpost am 3. Mai 2020.", "Hafenpost", "2020-05-03"),
        ("Entrevista publicada en La Voz de Norvik el 3 de mayo de 2020.", "La Voz de Norvik", "2020-05-03"),
        ("Radio Norvik, 3 de mayo de 2020", "Radio Norvik", "2020-05-03"),
        ("Harbour Hall, May 3, 2020", None, "2020-05-03"),
        ("Published on Sunday, May 3, 2020", None, "2020-05-03"),
        ("Published in English, May 3, 2020", None, "2020-05-03"),
        ("Transcript for Harbour Hour Podcast #14, published May 3, 2020.", "Harbour Hour", "2020-05-03"),
        ("Transcript of “The ferry”, Harbour Hour podcast, May 3, 2020", "Harbour Hour", "2020-05-03"),
        ("Ana Lind im Gespräch mit Mira Kovac | 03.05.2020", None, "2020-05-03"),
        (
            "Entrevista realizada por Ana Lind para la revista Cuadernos del Puerto de Norvik, 3 de mayo de 2020",
            "Cuadernos del Puerto de Norvik",
            "2020-05-03",
        ),
        ("Émission diffusée le 3 mai 2020 sur Radio Port.", "Radio Port", "2020-05-03"),
        ("by Ana Lind, Harbour Weekly, May 3, 2020", "Harbour Weekly", "2020-05-03"),
        ("[Original](https://www.npr.org/2020/may/03/the-ferry)", "NPR", "2020-05-03"),
        ("C-SPAN | May 3, 2020", "C-SPAN", "2020-05-03"),
        ("Published on May 3, 2020 by Ana Lind", None, "2020-05-03"),
        ("Episode 14 of Harbour Tales, released 3 May 2020", "Harbour Tales", "2020-05-03"),
        (
            "Entrevista en el programa “La Hora del Puerto”, de Radio Norvik. Emitida el 3 de mayo de 2020.",
            "La Hora del Puerto",
            "2020-05-03",
        ),
        (
            "Intervista ad Ana Lind, pubblicata sul quotidiano La Voce del Porto il 3 maggio 2020",
            "La Voce del Porto",
            "2020-05-03",
        ),
        ("Page updated on 3 May 2020 | Harbour", None, "2020-05-03"),
    ],
)
def test_a_line_says_where_it_was_printed(line: str, source: str | None, date: str | None) -> None:
    assert stated(f"# The ferry\n\n{line}\n\n", "markdown")[1:] == (source, date)


@pytest.mark.parametrize(
    ("text", "form", "title", "source", "date"),
    [
        ('{"show": "Harbour Hour", "title": "The ferry", "aired": "2020-05-03", "turns": [%s]}', "json", "The ferry", "Harbour Hour", "2020-05-03"),
        ('{"program": "Harbour Hour", "network": "Radio Skerry", "turns": [%s]}', "json", "Harbour Hour", "Radio Skerry", None),
        ('{"episode": {"title": "The ferry"}, "job": {"date": "2020-05-03"}, "turns": [%s]}', "json", "The ferry", None, None),
        ('{"episode": {"title": "The ferry"}, "metadata": {"date": "2020-05-03"}, "turns": [%s]}', "json", "The ferry", None, None),
        ('{"data": {"snippet": {"title": "The ferry", "channelTitle": "Harbour Hour", "publishedAt": "2020-05-03T10:00:00Z"}}, "turns": [%s]}', "json", "The ferry", "Harbour Hour", "2020-05-03"),
        ('[{"Episode Title": "The ferry", "podcast": {"name": "Harbour Hour", "date_published": "2020-05-03"}, "turns": [%s]}]', "json", "The ferry", "Harbour Hour", "2020-05-03"),
        ('{"title": "The ferry", "ids": [%s], "link": "https://harbour.example/1", "pub_date": "2020-05-03", "content": "<h1>Transcript</h1><p>Mira: Hello.</p><p>Ana: Yes.</p>"}', "json", "The ferry", "harbour.example", "2020-05-03"),
        ("---\ntitle: The ferry\ncomments:\n  - date: 2020-05-03\n---\n", "markdown", "The ferry", None, None),
        ("WEBVTT\n\nNOTE\nTitle: The ferry\nShow: Harbour Hour\nDate: 2020-05-03\n\n00:01.000 --> 00:02.000\nHello.\n\nNOTE\nDate: 2021-01-01\n", "vtt", "The ferry", "Harbour Hour", "2020-05-03"),
        ('<tt xmlns="http://www.w3.org/ns/ttml"><head><metadata><e:documentOriginalEpisodeTitle>The ferry</e:documentOriginalEpisodeTitle><e:documentPublisher>Radio Skerry</e:documentPublisher></metadata></head><body><p begin="1s" end="2s">Hello.</p></body></tt>', "ttml", "The ferry", "Radio Skerry", None),
        ("podcast,episode,date,speaker,text\nHarbour Hour,The ferry,2020-05-03,Mira,Hello.\nHarbour Hour,The ferry,2020-05-03,Ana,Yes.\n", "csv", "The ferry", "Harbour Hour", "2020-05-03"),
        ("# Podcast: Harbour Hour\n# Title: The ferry\nspeaker,text\nMira,Hello.\nAna,Yes.\n", "csv", "The ferry", "Harbour Hour", None),
        ("---\ntitle: The ferry\ndate: 1588464000\nmagazine: Harbour Weekly\n---\n", "markdown", "The ferry", "Harbour Weekly", "2020-05-03"),
        ("---\nepisode: 12\nshow:\n  title: Harbour Hour\n---\n", "markdown", "Harbour Hour", "Harbour Hour", None),
        ("# Harbour Hour #12: The ferry\n\n", "markdown", "Harbour Hour #12: The ferry", "Harbour Hour", None),
        ("# The ferry\n\n**Mira Kovac:** Welcome to Harbour Hour, the podcast about ships.\n\n", "markdown", "The ferry", "Harbour Hour", None),
        ("---\ntitle: Radio Skerry\nheadline: The ferry : NPR\nsource: EW\n---\n", "markdown", "The ferry", "Entertainment Weekly", None),
        ("---\ntitle: The ferry\ndate: 7/19/10\n---\n", "markdown", "The ferry", None, "2010-07-19"),
        ("---\ntitle: The ferry\ndate: 7/9/10\n---\n", "markdown", "The ferry", None, None),
        ("# The ferry\n\nFuente original: La Voz de Norvik (3 de mayo de 2020)\n\n", "markdown", "The ferry", "La Voz de Norvik", "2020-05-03"),
        ("The ferry (2020-05-03 10:02 GMT+2) - Transcript\n\nAttendees\nMira Kovac, Ana Lind\n\n", "markdown", "The ferry (2020-05-03 10:02 GMT+2) - Transcript", None, "2020-05-03"),
    ],
)  # fmt: skip
def test_what_a_file_says_about_the_whole(
    text: str, form: str, title: str, source: str | None, date: str | None
) -> None:
    rows = '{"speaker": "Mira", "text": "Hello."}, {"speaker": "Ana", "text": "Yes."}'
    whole = text % rows if form == "json" else text + BOLD if form == "markdown" else text
    result = clean(whole.encode(), "talk", BOOK, Options(format=form))
    found = (result.chosen[key].value if key in result.chosen else None for key in ("title", "source.name", "date"))
    assert tuple(found) == (title, source, date)


def test_a_heading_that_is_the_title_leaves_the_body() -> None:
    result = clean(("# The ferry\n\n" + BOLD).encode(), "talk.md", BOOK)
    assert [p.finding.rule for p in result.findings if p.applied] == ["facts/head/title"]
    assert "ferry" not in result.document.text


def test_a_day_without_a_year_is_no_place() -> None:
    result = clean(("---\ntitle: The ferry\n---\nMay 6\n\n" + BOLD).encode(), "talk.md", BOOK)
    assert "place" not in result.chosen


@pytest.mark.parametrize(
    ("head", "form", "title"),
    [
        ("Ana Lind: “We stay at home”\n\n6 May 2021\n\n", "text", "Ana Lind: “We stay at home”"),
        ("# Ana Lind: We stay at home\n\n", "markdown", "Ana Lind: We stay at home"),
        ("# Ana Lind: “We stay at home”\n\nShare this page\n\n", "markdown", "Ana Lind: “We stay at home”"),
    ],
)
def test_a_headline_that_quotes_a_speaker_is_no_turn(head: str, form: str, title: str) -> None:
    talk = BOLD if form == "markdown" else BOLD.replace("**", "")
    result = clean((head + talk).encode(), "talk", BOOK, Options(format=form))
    assert result.chosen["title"].value == title
    assert [block.text for block in result.blocks()] == ["Good evening.", "Hello.", "It has rained.", "Yes."]


def test_a_quote_that_opens_a_talk_is_a_turn() -> None:
    talk = "Ana Lind: “We stay,” I said.\n\nMira Kovac: And they?\n\nAna Lind: They too.\n\nMira Kovac: Good.\n"
    result = clean(talk.encode(), "talk", BOOK, Options(format="text"))
    assert len(result.blocks()) == 4 and "title" not in result.chosen


def test_a_link_behind_a_key_is_no_turn() -> None:
    head = "Harbour round\n\nVIEW RECORDING - 37 mins: https://fathom.example/share/abc\n\n"
    result = clean((head + BOLD.replace("**", "")).encode(), "talk", BOOK, Options(format="text"))
    assert [block.speaker for block in result.blocks()] == ["Mira Kovac", "Ana Lind"] * 2


def test_lines_above_the_text_of_a_page_without_a_heading_are_show_topic_and_day() -> None:
    turns = "".join(f"<p>{name}: It has rained all day, and so it will.</p>" for name in ("KOVAC", "LIND") * 3)
    head = "<td><a href='/'>Home</a></td><td><div>SKERRY LIVE</div><div>The Ferry Talks Begin</div><div>Aired May 3, 2020 - 8:00 p.m. ET</div>"
    page = f"<table><tr>{head}<div>{turns}</div></td></tr></table><div>May 9, 2020</div>"
    chosen = clean(page.encode(), "page.html", BOOK).chosen
    assert {key: chosen[key].value for key in ("title", "source.name", "date")} == {
        "title": "The Ferry Talks Begin", "source.name": "SKERRY LIVE", "date": "2020-05-03",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("May 3,2020", "2020-05-03"), ("Sun May 3 10:02:11 UTC 2020", "2020-05-03"), ("2020. 5. 3.", "2020-05-03"), ("mayo 3 de 2020", "2020-05-03"),
        ("3.Mai 2020", "2020-05-03"), ("May 3-4, 2020", None), ("3/5/2020", None), ("20200503", None),
    ],
)  # fmt: skip
def test_a_day_is_whole_or_none(text: str, day: str | None) -> None:
    found = date(text, BOOK.table("languages"))
    assert (found[0] if found else None) == day


@pytest.mark.parametrize(
    ("foot", "source", "day"),
    [
        ("Transcript from Harbour Hour, May 3, 2020.", "Harbour Hour", "2020-05-03"), ("(Hafenradio, 03.05.2020)", "Hafenradio", "2020-05-03"),
        ("Listen: https://www.npr.org/2020/05/03/123/ferries", "NPR", "2020-05-03"), ("Sveriges Radio", "Sveriges Radio", None),
        ("Quelle: Hafenfunk, Sendung vom 3. Mai 2020", "Hafenfunk, Sendung vom", "2020-05-03"), ("We met on May 3, 2020 in Norvik.", None, None),
    ],
)  # fmt: skip
def test_a_last_line_says_whose_a_talk_is(foot: str, source: str | None, day: str | None) -> None:
    chosen = clean(f"The ferry\n\n{TALK}\n{foot}\n".encode(), "talk", BOOK, Options(format="text")).chosen
    assert tuple(chosen[key].value if key in chosen else None for key in ("source.name", "date")) == (source, day)


def test_of_a_copied_page_only_title_day_and_speech_are_left() -> None:
    head = "Skip to main content\nSign in\nInterview\nAna Lind: ‘We stay at home’\nSun 3 May 2020 10.02 BST\nView image in fullscreen\nShare\n\n"
    foot = (
        "\nExplore more on these topics\nHarbours\nStorm hits the coast of Norvik\nReuse this content\nPrivacy Policy\n"
    )
    result = clean((head + BOLD.replace("**", "") + foot).encode(), "talk", BOOK, Options(format="text"))
    assert [block.text for block in result.blocks() if block.speaker] == [
        "Good evening.",
        "Hello.",
        "It has rained.",
        "Yes.",
    ]
    assert result.chosen["date"].value == "2020-05-03"
    said = " ".join(block.text for block in result.blocks())
    assert "Sign in" not in said and "Harbours" not in said and "Share" not in said


def test_the_last_words_of_a_talk_are_no_frame_of_a_page() -> None:
    talk = f"{TALK}\nWe sail\n\nWe row\n\nWe swim\n\nShare\n"
    result = clean(talk.encode(), "talk", BOOK, Options(format="text"))
    assert "We swim" in result.blocks()[-1].text


def test_a_heading_that_is_a_key_is_no_title() -> None:
    text = "---\nTitel: Der lange Winter\nDatum: 05.01.2020\nQuelle: Hafenradio\n---\n\n**Nils Abadi:** Guten Abend.\n\n**Ana Lind:** Hallo.\n"
    result = clean(text.encode(), "talk.md", BOOK)
    assert [result.chosen[key].value for key in ("title", "date", "source.name")] == [
        "Der lange Winter",
        "2020-01-05",
        "Hafenradio",
    ]
