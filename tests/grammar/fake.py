"""A server of LanguageTool that finds what it is told to, and goes wrong in every way on demand."""

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

Rule = tuple[str, str, str]
"""A rule's name, the pattern that it finds, and what it would write there."""

RULES: tuple[Rule, ...] = (
    ("MD_BASEFORM", r"(?<=will )goes", "go"),
    ("EN_A_VS_AN", r"\ban(?= university)", "a"),
    ("I_LOWERCASE", r"\bi\b", "I"),
    ("MORFOLOGIK_RULE_EN_US", r"Kovac|Norvik", "Kodak"),
    ("HE_VERB_AGR", r"(?<=✱)\w+", "x"),
)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def answer(text: str, rules: tuple[Rule, ...] = RULES, only: str = "") -> dict[str, Any]:
    """Return what LanguageTool would, with offsets in UTF-16."""
    allowed = set(only.split(","))
    matches = [
        {
            "message": f"told by {name}",
            "offset": utf16(text[: hit.start()]),
            "length": utf16(hit[0]),
            "replacements": [{"value": new}],
            "rule": {"id": name, "category": {"id": "GRAMMAR"}},
        }
        for name, pattern, new in rules
        if name in allowed
        for hit in re.finditer(pattern, text)
    ]
    return {"software": {"version": "6.8"}, "warnings": {"incompleteResults": False}, "matches": matches}


class Fake(ThreadingHTTPServer):
    """Answers on the loopback; where a text holds `STORM`, `storm` answers in its place."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.version = "6.8"
        self.texts: list[str] = []
        self.asked: list[dict[str, str]] = []
        self.storm: Callable[[Any, str], None] | None = None
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone is no matter here."""


class _Handler(BaseHTTPRequestHandler):
    server: Fake

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        software = {"software": {"name": "LanguageTool", "version": self.server.version}}
        rows = [{"code": code, "longCode": code} for code in ("en", "de", "fr")] + [{"code": "en", "longCode": "en-GB"}]
        self.send(json.dumps(rows if self.path.endswith("/v2/languages") else software))

    def do_POST(self) -> None:
        fields = {k: v[0] for k, v in parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()).items()}
        text = fields["text"]
        self.server.asked.append(fields)
        self.server.texts.append(text)
        if self.server.storm and "STORM" in text:
            self.server.storm(self, text)
        else:
            self.send(json.dumps(answer(text, only=fields["enabledRules"])))

    def send(self, body: str, status: int = 200, **headers: str) -> None:
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Length", headers.pop("length", str(len(data))))
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def serving() -> Iterator[Fake]:
    server = Fake()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def changed(**fields: Any) -> Callable[[Any, str], None]:
    """Answer with one match in which something is as it must not be."""

    def storm(handler: Any, text: str) -> None:
        row = {"message": "m", "offset": 0, "length": 1, "replacements": [], "rule": {"id": "EN_A_VS_AN"}, **fields}
        handler.send(json.dumps({"matches": [{k: v for k, v in row.items() if v is not ...}]}))

    return storm


def sent(body: str, status: int = 200, **headers: str) -> Callable[[Any, str], None]:
    return lambda handler, text: handler.send(body, status, **headers)


def silent(handler: Any, text: str) -> None:
    handler.server.over.wait()


def dripping(handler: Any, text: str) -> None:
    """One byte after the other: no single wait is long, but the answer is never whole."""
    handler.send("", length="9999")
    while not handler.server.over.wait(0.02):
        handler.wfile.write(b" ")


def killed(handler: Any, text: str) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def torn(handler: Any, text: str) -> None:
    """Half of an answer, and then nothing more."""
    handler.send('{"matches": [{"offset": 3', length="5000")
    handler.connection.shutdown(socket.SHUT_RDWR)


def another_language(handler: Any, text: str) -> None:
    row = {"message": "m", "length": 1, "replacements": [], "rule": {"id": "EN_A_VS_AN"}}
    places = [place for place, sign in enumerate(text) if sign.isalpha()][:40]
    handler.send(json.dumps({"matches": [{**row, "offset": utf16(text[:place])} for place in places]}))


STORMS: dict[str, tuple[Callable[[Any, str], None], str]] = {
    "slow": (silent, "gave no answer within"),
    "a drip": (dripping, "gave no answer within"),
    "killed": (killed, "gave no answer"),
    "torn": (torn, "no JSON"),
    "HTML": (sent("<html><h1>Sign in</h1></html>"), "no JSON"),
    "500 with the text": (lambda handler, text: handler.send(f"Error: {text}", 500), "status 500"),
    "500 as JSON": (sent('{"matches": []}', 500), "status 500"),
    "out of memory": (sent("java.lang.OutOfMemoryError: Java heap space", 500), "status 500"),
    "too large": (sent("too long", 413), "status 413"),
    "a redirect": (sent("", 302, Location="http://203.0.113.9/v2/check"), "status 302"),
    "empty": (sent(""), "no JSON"),
    "null": (sent("null"), "does not fit"),
    "no matches": (sent("{}"), "does not fit"),
    "matches are null": (sent('{"matches": null}'), "does not fit"),
    "stopped": (sent('{"matches": [], "warnings": {"incompleteResults": true}}'), "in the middle"),
    "no rule": (changed(rule=...), "does not fit"),
    "beyond the text": (changed(offset=10**6), "does not fit"),
    "too long": (changed(length=10**6), "does not fit"),
    "negative": (changed(offset=-3), "does not fit"),
    "no length": (changed(length=0), "does not fit"),
    "a word for a number": (changed(offset="3"), "does not fit"),
    "half an emoji": (
        lambda handler, text: changed(offset=utf16(text[: text.index("😀")]) + 1)(handler, text),
        "does not fit",
    ),
    "another language": (another_language, "this is not en"),
}
