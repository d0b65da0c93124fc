"""A review in a browser: one self-contained page that needs no server, no network and no trust in what it shows."""

import hashlib
import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_SIGNS = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
"""What could end the element that holds the data, or open a comment in it; and what UTF-8 cannot hold."""


def page(data: Mapping[str, Any]) -> str:
    """Return the page. Texts of a transcript are data in it, never markup: its script puts them in as text.

    Its policy allows the one script and the one style by their hashes, and nothing else: no address is ever asked.
    """
    style, script = (_HERE.joinpath(f"review.{suffix}").read_text("utf-8") for suffix in ("css", "js"))
    policy = f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'"
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    parts = {
        "policy": policy,
        "title": html.escape(" ".join(str(data["raw"]).split())),
        "style": style,
        "script": script,
        "print": hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        "data": _SIGNS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", told),
    }
    return _SLOT.sub(lambda slot: parts[slot[1]], _HERE.joinpath("review.html").read_text("utf-8"))


def _hash(text: str) -> str:
    """Return a source expression of the Content Security Policy (level 3, 2.3.1): the hash of an element's text."""
    import base64

    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
