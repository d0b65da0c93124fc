"""Bytes become text once: what is told by marks, by signs, by letters, and what is refused."""

import codecs
import hashlib
import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanup.errors import InputError, SettingsError
from cleanup.reading import fetch, read

TEXT = "KOVAC: Good evening — 25 °C.\nLIND: Thank you.\n"

PAGES = {
    "en": ("cp1252", "LIND: I don’t know — “maybe” it’s £5 and a café.\nKOVAC: Fine.\n"),
    "one-sign": ("cp1252", "KOVAC: I don’t know what to say about it, honestly.\n"),
    "one-letter": ("cp1252", "KOVAC: I went to the café last week and it rained the whole time.\n"),
    "fr": ("cp1252", "LEFÈVRE : « Oui », c’est ça, à Noël.\n"),
    "de": ("cp1252", "MÜLLER: Schöne Grüße aus Köln, die Straße war gesperrt.\n"),
    "it": ("cp1252", "ROSSI: Perché no? È così, la città è più bella.\n"),
    "es": ("cp1252", "PERIODISTA: ¿Cómo está, señor García? ¡Qué mañana!\n"),
    "pt": ("iso8859-15", "ANA: Não sei o que aconteceu com a informação; amanhã há reunião.\n"),
    "sv": ("iso8859-1", "ÅSA: Vi åkte till ön på måndag, och det var härligt.\n"),
    "pl": ("cp1250", "KOWALSKI: Dzień dobry, proszę państwa, zaczynamy. Żółw i źdźbło.\n"),
    "pl-iso": ("iso8859-2", "KOWALSKI: Dzień dobry, proszę państwa, zaczynamy. Żółw i źdźbło.\n"),
    "cs": ("cp1250", "NOVÁK: Dobrý den, jak se máte? Přišel jsem příliš pozdě, že ano.\n"),
    "hu": ("cp1250", "KOVÁCS: Jó napot kívánok, köszönöm szépen. Ő később érkezik a gyűlésre.\n"),
    "tr": ("cp1254", "YILMAZ: Günaydın, hoş geldiniz. Şimdi soruları alalım, değil mi?\n"),
    "lv": ("cp1257", "BĒRZIŅŠ: Labdien, paldies, ka atnācāt. Šodien mēs runāsim par ģimeni.\n"),
    "ru": ("cp1251", "ИВАНОВ: Добрый день, уважаемые коллеги. Начинаем заседание.\n"),
    "ru-koi8": ("koi8-r", "ИВАНОВ: Добрый день, уважаемые коллеги. Начинаем заседание.\n"),
    "el": ("cp1253", "ΓΕΩΡΓΙΟΥ: Καλημέρα σας, ευχαριστώ που ήρθατε.\n"),
    "he": ("cp1255", "כהן: שלום לכולם, תודה שבאתם.\n"),
    "ar": ("cp1256", "أحمد: صباح الخير وشكرا لحضوركم اليوم.\n"),
    "ja": ("shift_jis", "田中：皆さん、おはようございます。会議を始めます。\n"),
    "ja-euc": ("euc_jp", "田中：皆さん、おはようございます。会議を始めます。\n"),
    "zh": ("gb18030", "记者：请问部长，今天的会议有什么结果？\n"),
    "zh-tw": ("big5", "記者：請問部長，今天的會議有什麼結果？\n"),
    "ko": ("euc_kr", "기자: 오늘 회의 결과가 어떻습니까?\n"),
    "old-mac": ("mac_roman", "MÜLLER: Schöne Grüße, die Straße war “gesperrt” — schade, das weiß ich.\n"),
}


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (b"", "utf-8", "utf-8"),
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    ],
)
def test_a_mark_decides_and_leaves_the_text(mark: bytes, codec: str, name: str) -> None:
    data = mark + TEXT.encode(codec)
    source = read(data, "x.txt")
    assert (source.text, source.encoding, source.bom) == (TEXT, name, bool(mark))
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert source.remarks == ()


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", [TEXT, "ИВАНОВ: Добрый день.\nПЕТРОВА: Спасибо.\n", "记者：请问部长。\n部长：谢谢 你的问题。\n"]
)
def test_utf16_without_a_mark(codec: str, text: str) -> None:
    source = read(text.encode(codec), "x.txt")
    assert (source.text, source.encoding, source.bom) == (text, codec, False)
    assert "--encoding" in source.remarks[0]


@pytest.mark.parametrize("times", [1, 8])
@pytest.mark.parametrize("key", PAGES)
def test_code_pages_by_their_letters(key: str, times: int) -> None:
    codec, text = PAGES[key]
    source = read((text * times).encode(codec), "x.txt")
    assert source.text == text * times
    assert source.encoding in source.remarks[0] and "--encoding" in source.remarks[0]


def test_high_bytes_far_behind_are_seen() -> None:
    text = "KOVAC: Good evening.\n" * 20_000 + PAGES["ru"][1]
    assert read(text.encode("cp1251"), "x.txt").text == text


def test_what_is_given_overrules() -> None:
    data = PAGES["ru"][1].encode("cp1251")
    assert read(data, "x.txt", encoding="latin-1").text == data.decode("latin-1")
    assert read(data, "x.txt", encoding="latin-1").remarks == ()
    assert read(codecs.BOM_UTF8 + b"a", "x.txt", encoding="utf8").text == "a"
    assert read("a".encode("utf-16"), "x.txt", encoding="utf-16").text == "a"


@pytest.mark.parametrize("name", ["klingon", "rot13", "hex", "base64", "a\0b", ""])
def test_an_encoding_that_nobody_knows(name: str) -> None:
    if not name:
        assert read(b"a", "x.txt", encoding=name).text == "a"
        return
    with pytest.raises(SettingsError, match="--encoding"):
        read(b"a", "x.txt", encoding=name)


@pytest.mark.parametrize(
    ("data", "encoding", "words"),
    [
        pytest.param("Zoë ate. ".encode() * 9 + b"\xff. caf\xc3\xa9", None, "byte 90, line 1", id="one bad byte"),
        pytest.param(b"a\nb \xed\xa0\x80 c", None, "half of a surrogate pair at byte 4, line 2", id="surrogate"),
        pytest.param(b"abc\xff", "utf-8", "byte 3 is not utf-8", id="given, and wrong"),
        pytest.param(b"ab\x81", "cp1252", "byte 2 is not cp1252", id="a hole in the page"),
        pytest.param(codecs.BOM_UTF16_LE + b"a\0b", None, "byte 4 is not utf-16-le", id="odd length"),
        pytest.param(b"x +2AA- y", "utf-7", "half of a surrogate pair", id="utf-7"),
        pytest.param(b"x \\ud800 y", "unicode_escape", "half of a surrogate pair", id="escapes"),
        pytest.param(b"abc", "undefined", "is not undefined", id="the codec that fails"),
        pytest.param(b"PK\x03\x04 word/document.xml", None, "ZIP", id="docx"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3", None, "PDF", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None, "picture", id="png"),
        pytest.param(b"ID3\x03\0\0\0\0", None, "sound", id="mp3"),
        pytest.param(b"{\\rtf1\\ansi Hello}", None, "RTF", id="rtf"),
        pytest.param(bytes(range(256)) * 40, None, "binary", id="noise"),
        pytest.param(bytes(range(32)) * 40, None, "binary", id="controls"),
        pytest.param(b"\0" * 400, None, "binary", id="zeros"),
    ],
)
def test_refused_in_one_line(data: bytes, encoding: str | None, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read(data, "x.txt", encoding=encoding)
    assert words in str(caught.value)
    assert str(caught.value).startswith("x.txt: ") and "\n" not in str(caught.value)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    "text", ["ID3 tags are small.\n", "RIFF: Hello.\n", "OggS, he said.\n", "GIF89a is a format.\n", "BZh\n"]
)
def test_words_that_look_like_a_sign_are_words(text: str) -> None:
    assert read(text.encode(), "x.txt").text == text


@pytest.mark.parametrize(
    ("data", "text", "newline"),
    [
        (b"", "", "\n"),
        (b" \n\t\n", " \n\t\n", "\n"),
        (b"a", "a", "\n"),
        (b"a\r\nb\r\n", "a\nb\n", "\r\n"),
        (b"a\rb\r", "a\nb\n", "\r"),
        (b"a\r\nb\nc\n", "a\nb\nc\n", "\n"),
        (b"a\r\nb\r\nc\n", "a\nb\nc\n", "\r\n"),
        ("a\x0bb\x0cc\x7f\x85d\u2028e".encode(), "a\x0bb\x0cc\x7f\x85d\u2028e", "\n"),
        ("👩\u200d🚀 می\u200cخواهم \u00adx\u202e".encode(), "👩\u200d🚀 می\u200cخواهم \u00adx\u202e", "\n"),
    ],
)
def test_line_ends_are_one_and_nothing_else_is_touched(data: bytes, text: str, newline: str) -> None:
    source = read(data, "x.txt")
    assert (source.text, source.newline) == (text, newline)


def test_nul_in_a_clear_text_is_told() -> None:
    source = read(b"KOVAC: Good\0 evening.\n" * 3, "x.txt")
    assert source.text.count("\0") == 3
    assert "3 times" in source.remarks[0]


def test_old_mac_lines_are_told() -> None:
    assert "CR" in read(b"a\rb\r", "x.txt").remarks[0]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")))
def test_every_text_comes_back(text: str) -> None:
    if text.startswith("\ufeff"):
        text = "." + text
    assert read(text.encode(), "x.txt", encoding="utf-8").text == text
    source = read(codecs.BOM_UTF8 + text.encode(), "x.txt")
    assert (source.text, source.bom) == (text, True)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """What is read can be written again as UTF-8; nothing but `InputError` is raised."""
    try:
        source = read(data, "x.txt")
    except InputError as problem:
        assert "\n" not in str(problem)
    else:
        assert "\r" not in source.text
        source.text.encode("utf-8")


def test_fetch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"a\r\nb")
    assert fetch(str(file)) == b"a\r\nb"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"from a pipe")))
    assert fetch("-") == b"from a pipe"


def test_fetch_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as file:
        file.truncate(50 << 20)  # a hole: nothing is written, and nothing may be read
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"12345")))
    for path, limit, words in [
        (str(tmp_path), 9, "is a folder"),
        (str(tmp_path / "none"), 9, "No such file"),
        (str(fifo), 9, "no plain file"),
        (str(loop), 9, "cannot be read"),
        ("a\0b", 9, "cannot be read"),
        (str(big), 32 << 20, "larger than 32 MiB; split it, or raise the limit with --max-size"),
        ("-", 4, "standard input: larger than"),
    ]:
        with pytest.raises(InputError) as caught:
            fetch(path, limit=limit)
        assert words in str(caught.value)
        assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_fetch_without_permission(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"a")
    file.chmod(0)
    with pytest.raises(InputError, match="Permission denied"):
        fetch(str(file))


@pytest.mark.parametrize(
    ("stated", "codec"),
    [("windows-1251", "cp1251"), ("ISO-8859-2", "iso8859-2"), ("iso-8859-1", "cp1252"), ("shift_jis", "cp932"), ("koi8-r", "koi8-r")],
)  # fmt: skip
def test_a_page_states_its_encoding(stated: str, codec: str) -> None:
    words = {"cp1251": "Жёлтый", "iso8859-2": "Žř", "cp1252": "é", "cp932": "港", "koi8-r": "Жё"}[codec]
    page = f'<html><head><meta charset="{stated}"></head><body><p>{words}</p></body></html>'
    assert read(page.encode(codec), "page.html").text == page


@pytest.mark.parametrize("stated", ["utf-8", "no-such-thing", "shift_jis"])
def test_what_a_page_states_of_its_encoding_may_be_wrong(stated: str) -> None:
    page = f'<html><head><meta charset="{stated}"></head><body><p>Où est le café de la gare, près du port ? Là-bas, à côté.</p></body></html>'
    assert "café" in read(page.encode("cp1252"), "page.html").text
