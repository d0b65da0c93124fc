import pytest

from cleanup.formats import document, make
from cleanup.formats.sounds import Sounds
from cleanup.formats.stamps import milliseconds, stamps
from cleanup.rulebook import Rulebook

SOUNDS = (
    '(Soundbite of song, "We Are the Harbour")', '(SOUNDBITE OF TV SHOW, "THIS IS IT")', "(BEGIN VIDEO CLIP)", "[BLANK_AUDIO]", "(Inaudible.)",
    "[unintelligible 00:02:59.11]", "(12 seconds pause)", "(ph)", "[sic]", "(..)", "(…)", "[ __ ]", "(?)", "[indistinct chatter]", "(off mic)",
    "[crosstalk 00:12:01]", "(SPEAKING DANISH)", "[phone ringing]", "(laughs softly)", "[dog barking loudly]", "(COMMERCIAL BREAK)", "♪ la la la ♪", "♪",
    "[♪ slow ♪]", "(music in the background)", "(Through translator)", "(Lachen)", "(Beifall bei den Gästen)", "(rires)", "(Applaudissements)",
    "(risas del público)", "(risos)", "(applausi)", "(gelach)", "(skratt)", "(latter)", "(naurua)", "(śmiech na sali)", "(potlesk)", "(смех в зале)",
    "(оплески)", "(alkışlar)", "(ضحك)", "(צחוק)", "（笑）", "(笑）", "【拍手】", "（热烈掌声）", "(일동 웃음)", "(γέλια)", "(nevetés)", "(râsete)", "(tepuk tangan)",
    "(หัวเราะ)", "(हँसी)",
)  # fmt: skip
SPEECH = (
    "(I think so)", "(music was huge for us)", "(silence is golden)", "(pause for a second and think)", "(video game)", "(my intro)", "[the theme]",
    "(the break)", "(Bell)", "(speaking of which)", "(generally speaking)", "(FNC)", "(R-CA)", "[to negotiate]", "(das ist Musik)", "(c'est la musique)", "(esto es ruido)",
    "(foreign policy)", "(ringing endorsement)", "（开玩笑的）", "（時間）", "(1)", "(2019)",
)  # fmt: skip


@pytest.fixture(scope="module")
def sounds(book: Rulebook) -> Sounds:
    return Sounds.of(book.table("sounds"))


@pytest.mark.parametrize("text", SOUNDS)
def test_sounds_of_many_languages(sounds: Sounds, text: str) -> None:
    assert list(sounds.find(f"So {text} yes")) == [(3, 3 + len(text))]


@pytest.mark.parametrize("text", SPEECH)
def test_asides_are_no_sounds(sounds: Sounds, text: str) -> None:
    assert not list(sounds.find(f"So {text} yes"))


@pytest.mark.parametrize(
    "text",
    [
        "(laughs)",
        r"\[laughs\]",
        r"[laughs\]",
        r"(\laughs)",
        "[ __ ]",
        r"\♪ la ♪",
        "[_laughs_]",
        r"\\(laughs)",
        "（笑）",
    ],
)
def test_a_sound_is_one_however_it_is_written(book: Rulebook, text: str) -> None:
    plain, marked = make("text", book.table("sounds")), make("markdown", book.table("sounds"))
    shown = marked.quote(text)
    found = [marked.plain(shown[p.start : p.end]) for p in document(shown, marked).parts if p.kind == "sound"]
    assert found == [text[p.start : p.end] for p in document(text, plain).parts if p.kind == "sound"] != []


@pytest.mark.parametrize(
    ("clock", "at"),
    [
        ("0:18", 18_000),
        ("1:02:03.5", 3_723_500),
        ("00:00:12,340", 12_340),
        ("00:01:00:24", 60_000),
        ("75:10", 4_510_000),
    ],
)
def test_milliseconds(clock: str, at: int) -> None:
    assert milliseconds(clock) == at


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("00:00:00:00 - 00:00:10:12\nSpeaker 1\nHello\n", ["00:00:00:00 - 00:00:10:12"]),
        ("[10:32 AM] Kelly: Hello", ["[10:32 AM]"]),
        ("(75:80) of them", []),
        ("00:00 Ana\nHello\n01:10 Bo\nHello\n", ["00:00", "01:10"]),
        ("- 0:12 a\n- 0:14 b\n- 0:16 c", []),  # chapters of show notes: a reader wants their times
        ("## 0:12 One\n\n## 1:20 Two\n\n## 3:40 Three", ["0:12", "1:20", "3:40"]),
        ("**0:12** a\n\n**0:14** b\n\n**0:16** c", ["0:12", "0:14", "0:16"]),
        ("9:30 we rose\n7:10 we slept\n8:20 we ate\n1:15 we left", []),
        ("9:30 a.m. we rose\n10:10 p.m. we slept\n11:20 p.m. we ate", []),
        ("Ana Lind, 0:12\nHello\nBo, 0:14\nHello\nAna Lind, 0:20\nYes", ["0:12", "0:14", "0:20"]),
        ("Sjors: 00:00:00\nHello\nAna: 00:00:09\nYes", ["00:00:00", "00:00:09"]),
        ("Duration: 45:10\n", []),
        (
            "[Mira] 00:10:12\nSo.\n\n[Ana] 00:10:15\nYes.\n\n[Mira] 00:10:19\nWell.\n",
            ["00:10:12", "00:10:15", "00:10:19"],
        ),
        ("@0:02 - Mira\nSo.\n@0:15 - Ana\nYes.\n@0:19 - Mira\nWell.\n", ["@0:02", "@0:15", "@0:19"]),
        ("I: So it rained. #00:01:12-3#\n", ["#00:01:12-3#"]),
        (
            "03/05/2019, 10:01 - Mira: So.\n03/05/2019, 10:02 - Ana: Yes.\n03/05/2019, 10:04 - Mira: Well.\n",
            ["03/05/2019, 10:01 -", "03/05/2019, 10:02 -", "03/05/2019, 10:04 -"],
        ),
        ("Mira Lind  9:01 AM\nSo.\nAna Berg  9:02 AM\nYes.\nMira Lind  9:04 AM\nSo.\nAna Berg  9:05 AM\nNo.\n", []),
        ("The vote was 50:40\nthe next was 50:51\nthe last was 50:52\n", []),
    ],
)
def test_stamps(text: str, times: list[str]) -> None:
    assert [text[start:end] for start, end, _ in stamps(text)] == times


@pytest.mark.parametrize(
    "line",
    ["MUSIK", "APLAUSOS", "* Musik *", "*lacht*", "# MUSIC", "- LATTER", "-Rires", "Applaus", "Heiterkeit und Beifall", "LAUGHTER AND APPLAUSE",
     "*36C3 preroll music*", "<i>MÚSICA</i>", "~ Musique ~"],
)  # fmt: skip
def test_a_caption_may_be_a_sound_without_brackets(sounds: Sounds, line: str) -> None:
    text = f"1\n00:00:01,000 --> 00:00:02,000\n{line}\n\n2\n00:00:03,000 --> 00:00:04,000\nIt rained.\n"
    ((start, end),) = sounds.find(text)
    assert text[start:end] in line


@pytest.mark.parametrize(
    "text",
    ["Musik.\n", "We love\nMUSIC\n\nSo do we.\n", "MUSIC IS FUN\n", "*Music and the law*\n", "musik\n", "Laughs\n", "* Ferries *\n", "Applaus für alle\n"],
)  # fmt: skip
def test_a_line_that_names_a_noise_may_be_said(sounds: Sounds, text: str) -> None:
    assert not list(sounds.find(text))


def test_a_title_in_emphasis_is_a_sound_in_markdown_too(book: Rulebook) -> None:
    form = make("markdown", book.table("sounds"))
    for text in ("*Applause*\n\nYes.\n", "Yes.\n\n\\*Musik\\*\n", "Yes.\n\nMUSIK\n", "Yes.\n\n\\# MUSIK\n"):
        assert [p.kind for p in document(text, form).parts].count("sound") == 1
    assert all(p.kind != "sound" for p in document("# MUSIK\n\n* Musik *\n", form).parts)


def test_a_time_of_day_is_no_place_on_the_tape() -> None:
    assert stamps("[10:32 AM] Hello") == [(0, 10, None)]


def test_song_lines_in_markdown(book: Rulebook) -> None:
    form = make("markdown", book.table("sounds"))
    text = "**LIND:** So ♪ over the sea ♪ it went.\n"
    assert [text[p.start : p.end] for p in document(text, form).parts if p.kind == "sound"] == ["♪ over the sea ♪"]


def test_times_that_teams_says_in_words() -> None:
    rows = [
        f"Mira Kovac\n{i} minutes {i} seconds{i}:0{i}\nMira Kovac {i} minutes {i} seconds\nIt rained.\n"
        for i in range(3)
    ]
    assert [at for _, _, at in stamps("".join(rows))] == [i * 61_000 for i in (0, 0, 1, 1, 2, 2)]
    assert stamps("It took 3 minutes 4 seconds\nand then 0:04 more\n") == []


def test_two_times_that_say_from_when_to_when_are_one() -> None:
    for text in ("[01:33] to [03:00]", "[01:33] – [03:00]", "\\[01:33\\] to \\[03:00\\]"):
        assert stamps(f"Break: {text}\n") == [(7, 7 + len(text), 93_000)]
    assert len(stamps("[01:33] and [03:00]\n")) == 2


@pytest.mark.parametrize(
    "line",
    ["**Break:**", "Break:", "BREAK", "MUSIC:", "MUSIC: The theme fades in and out", "SFX: A door slams", "Musik:"],
)
def test_cues_of_a_podcast(sounds: Sounds, line: str) -> None:
    text = f"MIRA: So.\n\n{line}\n\nTOM: Yes.\n"
    ((start, end),) = sounds.find(text, escapes=True)
    assert text[start:end] == line.strip("*")


@pytest.mark.parametrize(
    "line", ["Break", "Music: Ana Lind", "AUDIENCE: Yes.", "CROWD:", "THE MUSIC: It was loud", "Break: we all need one"]
)
def test_what_only_looks_like_a_cue(sounds: Sounds, line: str) -> None:
    assert not list(sounds.find(f"MIRA: So.\n\n{line}\n\nTOM: Yes.\n"))
    assert not list(sounds.find("MUSIC: The theme\nand so on\n"))
