"""SHA-256 without `hashlib`, which brings OpenSSL with it: that weighs 4 MB, and takes as long to load as a page takes to check."""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any


@lru_cache(maxsize=1)
def _own() -> Callable[[bytes], Any]:
    for name in (
        "_sha2",
        "_sha256",
    ):  # since Python 3.12, and before; the standard library's `random` goes the same way
        try:
            return import_module(name).sha256  # type: ignore[no-any-return]
        except ImportError:
            continue
    return import_module("hashlib").sha256  # type: ignore[no-any-return]


def sha256(data: bytes) -> bytes:
    """Return the SHA-256 of some bytes; `.hex()` writes it."""
    return bytes(_own()(data).digest())
