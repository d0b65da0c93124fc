"""Which encoding bytes are in, where nobody says so."""

import re

from cleanup.errors import InputError
from cleanup.regexes import late

CONTROL = late("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""What no text holds in number; ESC is left out, since logs of terminals are full of it."""
_CONTROLS = bytes({*range(9), *range(14, 27), *range(28, 32)})

_PAGES = (
    "windows-1252 windows-1250 windows-1251 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257"
    " iso-8859-1 iso-8859-2 iso-8859-5 iso-8859-7 iso-8859-9 iso-8859-15 iso-8859-16 koi8-r koi8-u mac-roman cp866"
    " gb2312 gb18030 big5 big5hkscs shift_jis cp932 euc-jp euc-kr cp949"
).split()
"""What texts have been written in; detection knows more, and is the surer the less it may choose from."""

_LATIN = frozenset("cp1252 cp1250 cp1254 cp1257 iso8859-2 iso8859-9 iso8859-15 iso8859-16 mac-roman".split())
_WIDER = {"iso8859-1": "cp1252", "gb2312": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932", "big5": "big5hkscs"}
SAMPLE = 1 << 17
"""Bytes that are enough to tell."""


def guess(data: bytes, path: str, remarks: list[str]) -> str:
    """Return the name of the codec, and say in `remarks` what was guessed.

    Raises `InputError` for what is binary, and for UTF-8 with a few broken bytes: read as a Windows
    page it would be wrong everywhere else.
    """
    if wide := _utf16(data):
        remarks.append(f"no byte order mark, read as {wide} by its NUL bytes; --encoding NAME overrules")
        return wide
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError as problem:
        first = problem.start
    where = f"byte {first}, line {data.count(10, 0, first) + 1}"
    sample = data[:4096]
    if sample.count(0) * 100 > len(sample) or (len(sample) - len(sample.translate(None, _CONTROLS))) * 30 > len(sample):
        raise InputError(f"{path}: is binary; if it is text, give --encoding")
    bad = len(data) - len(data.decode("utf-8", errors="ignore").encode())
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    halves = _decoded(data, "utf-8", "surrogatepass") is not None  # these alone keep the bytes from being UTF-8
    if bad * 4 < high or halves:
        what = "half of a surrogate pair" if halves else "a broken byte"
        raise InputError(f"{path}: UTF-8 with {what} at {where}; mend it, or give --encoding cp1252 if it is no UTF-8")
    if stated := _stated(data):
        remarks.append(f"not UTF-8 ({where}); read as {stated}, as its head says; --encoding NAME overrules")
        return stated
    name = _detect(data)
    remarks.append(f"not UTF-8 ({where}); read as {name} by its letters; --encoding NAME overrules")
    return name


def _stated(data: bytes) -> str | None:
    """Return the encoding that a page of HTML or XML states, where it is a known one and its bytes are text in it.

    Latin-1 means Windows-1252 to every browser: https://encoding.spec.whatwg.org/#names-and-labels.
    """
    import codecs

    match = re.search(
        rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w-]{2,20})", data[:1024], re.IGNORECASE
    )
    try:
        name = codecs.lookup(match[1].decode() if match else "").name
    except LookupError:
        return None
    codec = _WIDER.get(name, name)
    text = _decoded(data, codec) if codec in {codecs.lookup(page).name for page in _PAGES} else None
    return None if text is None or CONTROL.search(text) else codec


def _decoded(data: bytes, name: str, errors: str = "strict") -> str | None:
    """Return the text of bytes in an encoding; None where they are none in it."""
    try:
        return data.decode(name, errors)
    except UnicodeDecodeError:
        return None


def _utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a mark: NUL bytes on one side only, and text when it is read so."""
    sample = data[:4096]
    for name, at in (("utf-16-le", 1), ("utf-16-be", 0)):
        nul, other = sample[at::2].count(0), sample[1 - at :: 2].count(0)
        if not nul or len(data) % 2 or other * 50 > nul:
            continue
        plain = _decoded(sample, "utf-8")
        if nul * 4 < len(sample) // 2 and plain is not None and len(CONTROL.findall(plain)) * 10 <= len(plain):
            continue  # Latin text is half NUL; text in other scripts is no UTF-8, or full of control bytes
        text = _decoded(data[: SAMPLE & ~1], name, "strict" if len(data) <= SAMPLE else "ignore")
        if text and sum(char.isprintable() or char in "\t\n\r\f" for char in text) > 0.99 * len(text):
            return name
    return None


def _detect(data: bytes) -> str:
    """Ask the detector, about lines that are not ASCII; in doubt a Western reading wins."""
    import codecs

    from chardet import detect

    sample = b"\n".join(line for line in data.splitlines() if not line.isascii())[:SAMPLE]
    found = detect(sample, include_encodings=_PAGES, no_match_encoding="cp1252", compat_names=False)["encoding"]
    name = codecs.lookup(found or "cp1252").name
    name = _WIDER.get(name, name)
    return "cp1252" if name not in _LATIN and _western(sample) else name


def _western(data: bytes) -> bool:
    """Say whether the bytes make sense as Windows-1252: few high bytes, and no sign inside a word.

    Detectors take a short text with few accents for Cyrillic or Greek.
    """
    text = _decoded(data, "cp1252")
    return text is not None and len(_HIGH.findall(text)) <= 0.4 * sum(map(str.isalpha, text)) and not _SIGN.search(text)


_HIGH = late(r"[^\x00-\x7f]")
_SIGN = late(r"[a-z][\xa1-\xac\xae-\xb6\xb8-\xbf\xd7\xf7‚„†‡ˆ‰‹›][a-z]", re.IGNORECASE)
