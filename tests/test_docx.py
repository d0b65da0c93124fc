"""DOCX: the words are those of another reader, what is not printed is left out, and bad files get one line."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from cleanup.errors import InputError
from cleanup.pipeline import clean
from cleanup.reading import docx, read
from cleanup.rulebook import Rulebook

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = "word/document.xml"
NONE: Mapping[str, str] = {}


def packed(body: str, more: Mapping[str, str] = NONE) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(BODY, f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>')
        for name, text in more.items():
            archive.writestr(name, text)
    return out.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*pieces: str) -> str:
    return f"<w:p>{''.join(pieces)}</w:p>"


def test_the_words_are_those_of_another_reader() -> None:
    made = pytest.importorskip("docx").Document()
    made.add_heading("The harbour strike", 1)
    for line in (
        "Mira Kovac: Good evening\tand welcome.",
        "Ana Lind: Thank you.\nI am glad.",
        "",
        "Mira Kovac: When do they go?",
    ):
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    source = read(out.getvalue(), "a.docx")
    assert source.form == "docx"
    assert source.text == "\n".join(paragraph.text for paragraph in made.paragraphs)


def test_what_is_printed_is_read() -> None:
    body = paragraph(
        run("Good "), f"<w:del><w:r><w:delText>morning</w:delText></w:r>{run('gone')}</w:del>", f"<w:ins>{run('evening')}</w:ins>",
        f"<w:moveFrom>{run('moved away')}</w:moveFrom>", "<w:r><w:br/><w:t>all</w:t><w:tab/><w:t>of you</w:t></w:r>",
        "<w:r><w:instrText>PAGE</w:instrText></w:r>",
    )  # fmt: skip
    assert docx.text(packed(body), "a.docx", limit=1 << 20) == ("Good evening\nall\tof you", ())


def test_what_stands_beside_is_told() -> None:
    beside = {
        "word/comments.xml": f"<w:comments {W}><w:comment>{paragraph(run('Is that so?'))}</w:comment></w:comments>",
        "word/footer1.xml": f"<w:ftr {W}>{paragraph(run('Harbour Hour'))}</w:ftr>",
    }
    _, remarks = docx.text(packed(paragraph(run("Hello")), beside), "a.docx", limit=1 << 20)
    assert remarks == ("1 comment left out: “Is that so?”", "the footer of the pages is left out: “Harbour Hour”")


def test_a_meeting_is_read(book: Rulebook) -> None:
    line = "<w:r><w:t>{}   0:{}</w:t><w:br/><w:t>{}</w:t></w:r>"
    turns = (
        ("Mira Kovac", "04", "Shall we start?"),
        ("Ana Lind", "14", "Yes."),
        ("Mira Kovac", "24", "The ferry, then."),
    )
    got = clean(packed("".join(paragraph(line.format(*turn)) for turn in turns)), "a.docx", book)
    assert got.document.format.name == "docx"
    assert [(b.speaker, b.at, b.text) for b in got.blocks()] == [(who, 1000 * int(at), said) for who, at, said in turns]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (packed("<w:p>"), "damaged"),
        (packed(paragraph(run("x")))[:-30], "cannot be opened"),
        (packed(paragraph(run("x" * 2_000_000))), "unpacks to more than 1 MiB"),
        (packed("").replace(BODY.encode(), b"word/dokument.xml"), "no DOCX"),
        (b"PK\x03\x04", "cannot be opened"),
    ],
)
def test_bad_files_get_one_line(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as told:
        docx.text(data, "a.docx", limit=1 << 20)
    assert str(told.value).startswith("a.docx: ") and "\n" not in str(told.value)


def test_an_entity_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(BODY, '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>')
    with pytest.raises(InputError, match="document type"):
        docx.text(out.getvalue(), "a.docx", limit=1 << 20)


def test_a_password_is_asked_for_in_one_line() -> None:
    data = bytearray(packed(paragraph(run("x"))))
    data[6] |= 1  # the flag of the local header, and that of the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InputError, match="encrypted"):
        docx.text(bytes(data), "a.docx", limit=1 << 20)
