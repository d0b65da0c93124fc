"""Requests to one server of LanguageTool and to nothing else; an answer that is late or broken is none."""

import json
import re
from collections.abc import Mapping
from typing import Any

from cleanup.errors import EngineError, SettingsError
from cleanup.grammar.server import HOW, Server

NAME = "LanguageTool"
_PUBLIC = (".languagetool.org", ".languagetoolplus.com")
_ANSWER = 32 << 20
_PATIENCE = 3
"""Requests without an answer in time after which no further one is sent in this run."""


class Transport:
    """The way to a server: an address that a person named, or the local server.

    The client of language-tool-python is not used: it waits five minutes, sends twice, follows
    redirects and proxies, reads no status (an error of the server becomes a `KeyError`, or no
    finding), puts the text into exceptions, and counts lengths in UTF-16.
    """

    def __init__(self, server: Server | str, seconds: float) -> None:
        self.server, self.seconds = server, seconds
        self.where = f"{NAME} at {server}" if isinstance(server, str) else f"the local {NAME}"
        self._address = ""
        self._late = 0
        self._open: dict[Any, Any] = {}

    def ready(self) -> None:
        """Start the local server if it does not run: before requests, so that none of two starts a second one."""
        self._address = self.server if isinstance(self.server, str) else self.server.url()

    def ask(self, path: str, fields: Mapping[str, str] | None = None) -> Any:
        """Return an answer of the server as data; raises `EngineError` that says nothing of the text."""
        import threading
        import time
        from http.client import HTTPConnection, HTTPException, HTTPSConnection
        from urllib.parse import urlencode, urlsplit

        if self._late >= _PATIENCE:
            raise EngineError(f"{self.where} was late {_PATIENCE} times, and is not asked again")
        address = urlsplit(self._address)
        scheme = HTTPSConnection if address.scheme == "https" else HTTPConnection
        connection = scheme(address.hostname or "", address.port, timeout=self.seconds)
        body = urlencode(fields) if fields else None
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
        end = time.monotonic() + self.seconds
        timer = threading.Timer(self.seconds, self.cut, [connection])  # a socket's own limit counts anew for each byte
        timer.daemon = True
        status, data, wrong = 0, b"", ""
        try:
            connection.connect()
            self._open[connection] = connection.sock  # a response may take it over, and still wait
            timer.start()
            connection.request("POST" if fields else "GET", address.path + path, body, kind)
            response = connection.getresponse()
            status, data = response.status, response.read(_ANSWER + 1)
        except (OSError, HTTPException) as problem:
            wrong = f"gave no answer ({getattr(problem, 'strerror', None) or 'the connection broke'})"
        finally:
            timer.cancel()
            self._open.pop(connection, None)
            connection.close()
        if time.monotonic() >= end:
            self._late += 1
            wrong = f"gave no answer within {self.seconds:g} s"
        elif status != 200:
            wrong = wrong or f"answered with status {status}"
        else:
            self._late = 0
        if wrong:
            if isinstance(self.server, Server):
                self.server.close()  # the next input starts another, instead of two side by side
            raise EngineError(f"{self.where} {wrong}")
        try:
            if len(data) > _ANSWER:
                raise ValueError
            return json.loads(data)
        except (ValueError, RecursionError):
            raise EngineError(f"{self.where} answered with something that is no JSON") from None

    def cut(self, *connections: Any) -> None:
        """End requests that somebody waits for; all of them, where none is named."""
        import socket
        from contextlib import suppress

        for connection in connections or tuple(self._open):
            with suppress(OSError, KeyError):
                self._open[connection].shutdown(socket.SHUT_RDWR)


def checked(url: str) -> str:
    """Return an address without its last `/` and `/v2`; raises `SettingsError` for one that is not to be reached.

    The public service forbids requests by machines, and what is spoken there is not ours to send.
    """
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    plain = host and parts.scheme in ("http", "https") and not (parts.query or parts.fragment or "@" in parts.netloc)
    if not plain or re.search(r"[\s\x00-\x1f]", url):
        raise SettingsError(f"{url!r}: the address of LanguageTool is written http://HOST:PORT")
    if f".{host.rstrip('.')}".endswith(_PUBLIC):
        raise SettingsError(f"{url}: the public service takes no requests of programs; {HOW}")
    return url.rstrip("/").removesuffix("/v2").rstrip("/")
