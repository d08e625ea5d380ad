"""Plausible's scripts, joined from the pieces built out of `tracker/src/compat/`.

The name of a legacy script says what is in it; that of a site's own script, which options it starts with.
"""

import json
from collections.abc import Mapping
from functools import lru_cache

from footfall.collect.script import piece
from footfall.domain import Site, TrackerOptions

_FLAGS = {  # part of a script's name → its name in the configuration (tracker/src/compat/plausible.ts)
    "hash": "hash",
    "local": "local",
    "manual": "manual",
    "outbound-links": "outbound",
    "file-downloads": "files",
    "tagged-events": "tagged",
}

_PIECES = {  # part of a script's name → the piece it needs
    "outbound-links": "plausible_links",
    "file-downloads": "plausible_links",
    "tagged-events": "plausible_tagged_events",
    "pageview-props": "plausible_pageview_props",
    "exclusions": "plausible_exclusions",
}
_ALWAYS_IN = frozenset({"revenue", "compat", "pageleave"})
"""Parts that were apart once: every script of ours does this."""

PARTS = _FLAGS.keys() | _PIECES.keys() | _ALWAYS_IN
_BASES = frozenset({"script", "plausible"})
_SITE_PIECES = ("plausible_links", "plausible_tagged_events", "plausible_forms")
_DEFAULTS = {  # option of the site → option of plausible.init
    "outbound_links": "outboundLinks",
    "file_downloads": "fileDownloads",
    "form_submissions": "formSubmissions",
    "hash_based_routing": "hashBasedRouting",
    "track_localhost": "captureOnLocalhost",
}


def legacy_script(file_name: str) -> bytes | None:
    """The script of a name such as ``script.hash.outbound-links.js``, parts in any order; None for any other name."""
    base, *parts, ending = file_name.split(".")
    if base not in _BASES or ending != "js" or not PARTS.issuperset(parts):
        return None
    return _join_legacy(frozenset(parts) - _ALWAYS_IN)


def site_script(site: Site | None) -> bytes:
    """The script at ``/js/pa-<public id>.js``; `plausible.init` may override the site's options.

    Without a site it names none itself: the page's host does, and the options are those every site begins with.
    """
    return _join_site(site.domain, site.tracker) if site else _join_site(None, TrackerOptions())


@lru_cache(maxsize=256)
def _join_legacy(parts: frozenset[str]) -> bytes:
    config = {flag: True for part, flag in _FLAGS.items() if part in parts}
    pieces = dict.fromkeys(name for part, name in _PIECES.items() if part in parts)
    return _call("plausible_script", config, tuple(pieces))


@lru_cache(maxsize=1024)
def _join_site(domain: str | None, options: TrackerOptions) -> bytes:
    named = {} if domain is None else {"domain": domain}
    defaults = {name: True for option, name in _DEFAULTS.items() if getattr(options, option)}
    return _call("plausible_init", {**named, **defaults}, _SITE_PIECES)


def _call(start: str, config: Mapping[str, str | bool], pieces: tuple[str, ...]) -> bytes:
    features = ",".join(map(piece, pieces))
    return f"({piece(start)})({json.dumps(config, separators=(',', ':'))},[{features}])".encode()
