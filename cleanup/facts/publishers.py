"""Who publishes: the sites and stations that are known, and titles without their names."""

import re
from collections.abc import Mapping
from functools import lru_cache

from cleanup.matching import Same
from cleanup.regexes import late

OWN = 90
"""The weight of what a page of ours states: it is as it was written, and nothing is read out of it."""
BAR = late(r"\s+(?:[|│｜»›•·]|«(?=[^«»]{1,99}$)|::)\s+")
_LAST = late(r"\s+(?:[|»›•·:–—-]|::)\s+(?=[^|»›•·:–—]+$)")
BARE = late(
    r"\W*(?:full |interview )?tran(?:script|skript|scripción|scription|scrizione|scrição)s?\W*|[\w-]+(?:\.[\w-]+)+",
    re.I,
)
"""A title that says what this is, or on which site, and not what it is about."""
PAGE = late(r"\d|^(?:home|news|blog|podcast|transcripts?|interviews?|episodes?|part|the|video|audio)$", re.IGNORECASE)
"""Pieces of a title that name no site."""


def own_title(title: str, sites: frozenset[str]) -> str:
    """Return a title without the names of its site: `The ferry talks | Harbour Times`, `Harbour Times | Talks | The ferry talks`."""
    pieces = BAR.split(title)
    own = [piece for piece in pieces if piece.casefold() not in sites] or pieces
    text = own[-1] if pieces[0].casefold() in sites else own[0]
    head, _, tail = _LAST.sub("\n", text).partition("\n")
    return head if tail.casefold() in sites else text


def sites(table: Mapping[str, object]) -> Mapping[str, str]:
    """Return what sites are called, by their addresses."""
    return _sites_in(Same(table))


@lru_cache(maxsize=4)
def _sites_in(table: Same) -> Mapping[str, str]:
    sites = table.values[0].get("sites")
    return {str(host): str(name) for host, name in sites.items()} if isinstance(sites, Mapping) else {}


def published(name: str, table: Mapping[str, object]) -> str:
    """Return who publishes in full, where only the address of the site, or what it begins with, is said: `EW` and `ew.com`."""
    low, signs = name.casefold(), table.get("publishers")
    known = signs.get(name.upper()) if isinstance(signs, Mapping) else None
    return next(
        (full for host, full in sites(table).items() if low in (host, host.rpartition(".")[0])), str(known or name)
    )


def publishers(table: Mapping[str, object]) -> frozenset[str]:
    """Return the names of all that publish and are known, case-folded."""
    return _publishers_in(Same(table))


@lru_cache(maxsize=4)
def _publishers_in(table: Same) -> frozenset[str]:
    signs, sites = table.values[0].get("publishers"), _sites_in(table)
    return frozenset(name.casefold() for name in (*sites.values(), *(signs if isinstance(signs, Mapping) else ())))
