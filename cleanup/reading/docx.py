"""DOCX to text: the paragraphs of the document as they would be printed, one a line.

The parts of the file and their names are those of ECMA-376 (Office Open XML), part 1, sections 11 and 17.
"""

import re
from io import BytesIO
from typing import TYPE_CHECKING

from cleanup.errors import InputError

if TYPE_CHECKING:
    from zipfile import ZipFile

_BODY = "word/document.xml"
_BESIDE = re.compile(r"word/(?:(header|footer)\d*|(comments|footnotes|endnotes))\.xml")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_UNSEEN = frozenset({"del", "moveFrom", "Fallback", "rPr", "pPr", "sectPr"})
"""What is not printed: deletions and moves that are tracked, second copies for old programs, properties."""

_NOTED = {"comments": "comment", "footnotes": "footnote", "endnotes": "endnote"}
_SHOWN = 200


def text(data: bytes, path: str, *, limit: int) -> tuple[str, tuple[str, ...]]:
    """Return the text of a DOCX file, and remarks on what stands beside it.

    A paragraph is a line; so is what follows a line break within one, and a cell of a table.
    Insertions that are tracked are kept, deletions are not. `limit` are the bytes that a part may
    unpack to. Raises `InputError` for an archive that is no DOCX, is damaged, encrypted, or larger.
    """
    import zlib
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            if _BODY not in names:
                raise InputError(
                    f"{path}: is a ZIP archive, but no DOCX (XLSX, ODT, EPUB?); save it as plain text first"
                )
            body = _lines(_unpacked(archive, _BODY, path, limit), path)
            remarks = list(_beside(archive, names, path, limit))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as problem:
        raise InputError(
            f"{path}: is a ZIP archive or DOCX that cannot be opened ({problem}); save it anew"
        ) from problem
    return "\n".join(body), tuple(remarks)


def _unpacked(archive: "ZipFile", name: str, path: str, limit: int) -> bytes:
    """Return one part; the size that an archive states is not believed."""
    if archive.getinfo(name).flag_bits & 1:
        raise InputError(f"{path}: is encrypted; save it without a password")
    with archive.open(name) as part:
        data = part.read(limit + 1)
    if len(data) > limit:
        raise InputError(
            f"{path}: unpacks to more than {limit >> 20} MiB; split it, or raise the limit with --max-size"
        )
    return data


def _beside(archive: "ZipFile", names: list[str], path: str, limit: int) -> "list[str]":
    """Return a remark for each header and footer with words, and one for comments and notes of each kind."""
    remarks: list[str] = []
    for match in filter(None, map(_BESIDE.fullmatch, sorted(names))):
        lines = [line.strip() for line in _lines(_unpacked(archive, match[0], path, limit), path) if line.strip()]
        if match[1] and lines:
            remarks.append(f"the {match[1]} of the pages is left out: “{' · '.join(lines)[:_SHOWN]}”")
        elif lines:
            many = "s" * (len(lines) > 1)
            remarks.append(f"{len(lines)} {_NOTED[match[2]]}{many} left out: “{' · '.join(lines)[:_SHOWN]}”")
    return list(dict.fromkeys(remarks))


def _lines(data: bytes, path: str) -> list[str]:
    """Return the paragraphs of one part of the file."""
    from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

    class Tree(TreeBuilder):
        def doctype(self, *_: object) -> None:
            raise InputError(f"{path}: has a document type, which no DOCX has; save it anew")

    lines: list[str] = []

    def walk(element: "Element", said: list[str] | None) -> None:
        """Take the lines of an element; a text box is a paragraph inside a paragraph."""
        space, _, name = element.tag.rpartition("}")
        if name in _UNSEEN:
            return
        paragraph = name == "p" and "wordprocessingml" in space
        inner: list[str] | None = [] if paragraph else said
        if inner is not None and name in _SIGNS:
            inner.append(_SIGNS[name])
        elif inner is not None and name == "t":
            inner.append((element.text or "").replace("\n", " "))
        for child in element:
            walk(child, inner)
        if paragraph:
            lines.extend("".join(inner or ()).split("\n"))

    parser = XMLParser(target=Tree())
    try:
        parser.feed(data)
        walk(parser.close(), None)
    except (ParseError, RecursionError) as problem:
        raise InputError(f"{path}: is a DOCX whose text is damaged ({problem}); save it anew") from problem
    return lines
