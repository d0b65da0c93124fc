"""Bytes to text, once: encoding, line ends, byte order mark, and what cannot be read."""

import hashlib
import re
import stat
import sys
from pathlib import Path

from cleanup.document import Source
from cleanup.errors import InputError, SettingsError

LIMIT = 32 << 20
"""Bytes of one input; a transcript of a hundred hours has a third of it."""

_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

_MAGIC = (
    (b"PK\x03\x04", "a ZIP archive (DOCX, ODT, EPUB?); save it as plain text first"),
    (b"%PDF-", "a PDF; save its text first"),
    (b"\xd0\xcf\x11\xe0", "an old Office file; save it as plain text first"),
    (b"{\\rtf", "RTF; save it as plain text first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"RIFF", "sound or film"),
    (b"\x1f\x8b", "a gzip archive"),
)


def fetch(path: str, *, limit: int = LIMIT) -> bytes:
    """Return the bytes of a file, or of standard input for `-`.

    Raises `InputError` for what is missing, unreadable, no plain file, or over the limit.
    """
    if path == "-":
        data = sys.stdin.buffer.read(limit + 1)
        if len(data) > limit:
            raise InputError(_too_large("standard input", limit))
        return data
    try:
        state = Path(path).stat()
        if stat.S_ISDIR(state.st_mode):
            raise InputError(f"{path}: is a folder; name its files, or give the folder to `cleanup publish`")
        if not stat.S_ISREG(state.st_mode):
            raise InputError(f"{path}: is not a plain file; pipe it in as `-`")
        if state.st_size > limit:
            raise InputError(_too_large(path, limit))
        return Path(path).read_bytes()
    except OSError as problem:
        raise InputError(f"{path}: cannot be read ({problem.strerror or problem})") from problem


def _too_large(path: str, limit: int) -> str:
    return f"{path}: larger than {limit >> 20} MiB; split it, or raise the limit with --max-size"


def read(data: bytes, path: str, *, encoding: str | None = None) -> Source:
    """Decode an input.

    A byte order mark decides, else UTF-8 where it is valid, else UTF-16 by its pattern of NUL
    bytes, else detection among Windows and ISO code pages, which a remark names. `encoding`
    overrules all. Nothing is ever decoded with replacement. Raises `InputError` for binary data
    and for bytes that the encoding does not have, with their offset; `SettingsError` for an
    encoding that nobody knows.
    """
    remarks: list[str] = []
    bom = next((mark for mark, _ in _BOMS if data.startswith(mark)), b"")
    if encoding:
        name, body = _known(encoding), data[len(bom) :] if bom == b"\xef\xbb\xbf" else data
    elif bom:
        name, body = dict(_BOMS)[bom], data[len(bom) :]
    else:
        for magic, what in _MAGIC:
            if data.startswith(magic):
                raise InputError(f"{path}: is {what}")
        body, name = data, _guess(data, path, remarks)
    try:
        text = body.decode(name)
    except UnicodeDecodeError as problem:
        at = problem.start + len(bom)
        hint = "another --encoding" if encoding else "--encoding NAME (cp1252, say)"
        raise InputError(f"{path}: byte {at} is not {name}; give {hint}, or mend the file") from problem
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        count = text.count("\x00")
        if count > max(8, len(text) // 100):
            raise InputError(f"{path}: is binary ({count} NUL bytes); if it is text, give --encoding")
        remarks.append(f"{count} NUL bytes in the text")
    return Source(
        path=path,
        text=_unix(text),
        encoding=name,
        newline=_newline(text),
        bom=bool(bom),
        sha256=hashlib.sha256(data).hexdigest(),
        remarks=tuple(remarks),
    )


def _known(encoding: str) -> str:
    import codecs

    try:
        info = codecs.lookup(encoding)
    except (LookupError, ValueError) as problem:
        raise SettingsError(f"--encoding {encoding}: no such encoding; utf-8, cp1252, cp1251 … are known") from problem
    if not getattr(info, "_is_text_encoding", True):
        raise SettingsError(f"--encoding {encoding}: that is no encoding of text")
    return info.name


def _guess(data: bytes, path: str, remarks: list[str]) -> str:
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError as problem:
        first = problem.start
    sample = data[:4096]
    for name, at in (("utf-16-le", 1), ("utf-16-be", 0)):
        if len(sample) > 3 and sample[at::2].count(0) > 0.3 * len(sample[at::2]) and not sample[1 - at :: 2].count(0):
            remarks.append(f"no byte order mark, read as {name}; --encoding NAME overrules")
            return name
    if sample.count(0) > len(sample) // 100:
        raise InputError(f"{path}: is binary; if it is text, give --encoding")
    good = len(data.decode("utf-8", errors="ignore").encode())
    high = sum(byte > 127 for byte in data)
    if high and (len(data) - good) * 4 < high:
        raise InputError(
            f"{path}: UTF-8 with a broken byte at {first}; mend it, or give --encoding cp1252 if it is no UTF-8"
        )
    name = _detect(data)
    remarks.append(f"not UTF-8 (byte {first}); read as {name} by its letters; --encoding NAME overrules")
    return name


def _detect(data: bytes) -> str:
    from charset_normalizer import from_bytes

    if _western(data):
        return "cp1252"
    pages = ["cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "iso8859_2", "iso8859_5",
             "iso8859_7", "koi8_r", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "mac_roman"]  # fmt: skip
    best = from_bytes(data[: 1 << 18], cp_isolation=pages).best()
    return str(best.encoding) if best else "cp1252"


def _western(data: bytes) -> bool:
    """Say whether the bytes make sense as Windows-1252: few high bytes, and no sign inside a word.

    Detectors take short Western texts for Central European ones, where the pages differ in few letters.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    high = _HIGH.findall(text)
    letters = sum(map(str.isalpha, text))
    return len(high) <= 0.4 * letters and not _SIGN.search(text)


_HIGH = re.compile(r"[^\x00-\x7f]")
_SIGN = re.compile(r"[a-z][\xa1-\xac\xae-\xb6\xb8-\xbf\xd7\xf7‚„†‡ˆ‰‹›][a-z]", re.IGNORECASE)


def _newline(text: str) -> str:
    crlf = text.count("\r\n")
    lone, unix = text.count("\r") - crlf, text.count("\n") - crlf
    return max((("\n", unix), ("\r\n", crlf), ("\r", lone)), key=lambda row: row[1])[0]


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
