"""The script of a site, joined from the pieces built out of `tracker/`.

Only what the site's options ask for is in it; serving it needs no Node. The route and its caching headers are left to
others.
"""

import gzip
import hashlib
import json
from functools import cache, lru_cache
from importlib import resources

from footfall.domain import IdentityMode, Site, TrackerOptions

EVENT_ENDPOINT = "../api/v1/event"
"""Where events go, relative to the URL the script itself came from: any host and any prefix will do."""

_FLAGS = {  # option of the site → its name in the script's configuration (tracker/src/config.ts)
    "outbound_links": "outbound",
    "file_downloads": "files",
    "hash_based_routing": "hash",
    "track_localhost": "local",
    "respect_dnt": "dnt",
}
_FEATURES = {  # piece → the options that need it
    "links": ("outbound_links", "file_downloads"),
    "form_submissions": ("form_submissions",),
    "track_404_pages": ("track_404_pages",),
}
_FEATURES_OF_MODES = {
    IdentityMode.COOKIELESS: [],
    IdentityMode.CONSENTED: ["consent"],
    IdentityMode.IDENTIFIED: ["identify"],
}


def tracker_script(site: Site, endpoint: str = EVENT_ENDPOINT) -> bytes:
    """The JavaScript to serve at ``/js/<public id>.js``.

    ``endpoint`` is a URL, absolute or relative to the script's own.
    """
    return _join(site.public_id, endpoint, site.tracker, site.identity_mode)


@lru_cache(maxsize=1024)
def gzipped(script: bytes) -> bytes:
    """The same bytes as gzip -9 makes them."""
    return gzip.compress(script, 9, mtime=0)


def etag(script: bytes) -> str:
    """The entity tag of a script, the same in each content encoding, hence weak."""
    return f'W/"{hashlib.sha256(script).hexdigest()[:32]}"'


@lru_cache(maxsize=1024)
def _join(public_id: str, endpoint: str, options: TrackerOptions, mode: IdentityMode) -> bytes:
    flags = {flag: True for option, flag in _FLAGS.items() if getattr(options, option)}
    config = json.dumps({"site": public_id, "url": endpoint, **flags}, separators=(",", ":"))
    features = ",".join(piece(name) for name in _features(options, mode))
    return f"({piece('tracker')})({config},[{features}])".encode()


def _features(options: TrackerOptions, mode: IdentityMode) -> list[str]:
    switched_on = [name for name, needed_by in _FEATURES.items() if any(getattr(options, key) for key in needed_by)]
    return switched_on + _FEATURES_OF_MODES[mode]


@cache
def piece(name: str) -> str:
    """One built piece of JavaScript, an expression."""
    return resources.files("footfall.collect").joinpath("static", f"{name}.js").read_text()
