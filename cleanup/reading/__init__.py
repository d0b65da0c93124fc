"""Bytes to text, once: encoding, line ends, byte order mark, and what cannot be read."""

import os
import stat
import sys

from cleanup.digest import sha256
from cleanup.document import Source
from cleanup.errors import InputError, SettingsError
from cleanup.reading.encodings import CONTROL, SAMPLE, guess

LIMIT = 32 << 20
"""Bytes of one input; a transcript of a hundred hours has a third of it."""

_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

_ZIP = b"PK\x03\x04"
_MAGIC = (
    (b"%PDF-", "a PDF; save its text first"),
    (b"\xd0\xcf\x11\xe0", "an old or an encrypted Office file; save it as plain text first"),
    (b"{\\rtf", "RTF; save it as plain text first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
)

_WORDY = (
    (b"GIF8", "a picture"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"RIFF", "sound or film"),
    (b"BZh", "an archive"),
)
"""Signs that a text may begin with as well; control bytes must stand behind them."""


def fetch(path: str, *, limit: int = LIMIT) -> bytes:
    """Return the bytes of a file, or of standard input for `-`.

    Raises `InputError` for what is missing, unreadable, no plain file, or over the limit.
    """
    if path == "-":
        return _piped(limit)
    try:
        state = os.stat(path)
        if stat.S_ISDIR(state.st_mode):
            raise InputError(f"{path}: is a folder; name its files, or give the folder to `cleanup publish`")
        if not stat.S_ISREG(state.st_mode):
            raise InputError(f"{path}: is no plain file; pipe it in as `-`")
        if state.st_size > limit:
            raise InputError(_too_large(path, limit))
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError) as problem:
        raise InputError(f"{path}: cannot be read ({getattr(problem, 'strerror', None) or problem})") from problem


def _piped(limit: int) -> bytes:
    """Read standard input piece by piece: one long read would not hear Ctrl-C before it ends."""
    if sys.stdin is None:
        raise InputError("standard input is closed")
    data = bytearray()
    read = getattr(sys.stdin.buffer, "read1", sys.stdin.buffer.read)
    while piece := read(1 << 16):
        data += piece
        if len(data) > limit:
            raise InputError(_too_large("standard input", limit))
    return bytes(data)


def _too_large(path: str, limit: int) -> str:
    return f"{path}: larger than {limit >> 20} MiB; split it, or raise the limit with --max-size"


def read(data: bytes, path: str, *, encoding: str | None = None, hashed: bool = True) -> Source:
    """Decode an input, or take the text out of a DOCX.

    A byte order mark decides, else UTF-16 by its pattern of NUL bytes, else UTF-8 where it is
    valid, else detection among Windows, ISO and East Asian pages, which a remark names. `encoding`
    overrules all. Nothing is ever decoded with replacement. Raises `InputError` for binary data
    and for bytes that the encoding does not have, with their offset; `SettingsError` for an
    encoding that nobody knows.
    """
    if data.startswith(_ZIP) and not encoding:
        from cleanup.reading import docx

        text, beside = docx.text(data, path, limit=max(LIMIT, len(data)))
        return Source(path, _unix(text), sha256=sha256(data).hex() if hashed else "", remarks=beside, form="docx")
    remarks: list[str] = []
    marked = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    if encoding:
        name = _known(encoding)
    else:
        _refuse_binary(data, path)
        name = marked or guess(data, path, remarks)
    try:
        text = data.decode(name)
        if encoding and not text.isascii():
            text.encode("utf-8")  # utf-7 and the escape codecs let halves of surrogate pairs through
    except UnicodeEncodeError as problem:
        what = f"character {problem.start} is half of a surrogate pair"
        raise InputError(f"{path}: {what}; give another --encoding, or mend the file") from problem
    except UnicodeError as problem:
        hint = "another --encoding" if encoding else "--encoding NAME (cp1252, say)"
        raise InputError(
            f"{path}: byte {getattr(problem, 'start', 0)} is not {name}; give {hint}, or mend the file"
        ) from problem
    text = text.removeprefix("\ufeff")
    controls = len(CONTROL.findall(text, 0, SAMPLE))
    if controls > max(8, min(len(text), SAMPLE) // 100):
        raise InputError(f"{path}: is binary ({controls} control characters); if it is text, give --encoding")
    if "\x00" in text:
        remarks.append(f"NUL stands in the text, {text.count(chr(0))} times")
    newline = _newline(text)
    if newline == "\r":
        remarks.append("lines end with a lone CR, as on old Macs")
    return Source(
        path=path,
        text=_unix(text),
        encoding=name,
        newline=newline,
        bom=marked is not None and name.startswith("utf"),
        sha256=sha256(data).hex() if hashed else "",
        remarks=tuple(remarks),
    )


def _refuse_binary(data: bytes, path: str) -> None:
    wordy = _WORDY if any(byte < 9 for byte in data[:64]) else ()
    for magic, what in (*_MAGIC, *wordy):
        if data.startswith(magic):
            raise InputError(f"{path}: is {what}")


def _known(encoding: str) -> str:
    import codecs

    try:
        info = codecs.lookup(encoding)
    except (LookupError, ValueError) as problem:
        raise SettingsError(f"--encoding {encoding}: no such encoding; utf-8, cp1252, cp1251 … are known") from problem
    if not getattr(info, "_is_text_encoding", True):
        raise SettingsError(f"--encoding {encoding}: that is no encoding of text")
    return info.name


def _newline(text: str) -> str:
    crlf = text.count("\r\n")
    lone, unix = text.count("\r") - crlf, text.count("\n") - crlf
    return max((("\n", unix), ("\r\n", crlf), ("\r", lone)), key=lambda row: row[1])[0]


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
