"""Cleans referrers: what remains is scheme, host and path of another site or app, or nothing."""

import re
from functools import cache, lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from footfall.enrich.host import clean_hostname, host_suffixes
from footfall.enrich.page import ADDRESS_LENGTH, decoded_path
from footfall.enrich.tables import load_table

_APP_SCHEME = "android-app"
_SCHEMES = frozenset({"http", "https", _APP_SCHEME})
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+|[0-9a-f:]+:[0-9a-f:.]*")
_LOCAL_ENDINGS = (".localhost", ".local", ".test", ".internal")


@lru_cache(maxsize=16_384)
def scrub_referrer(referrer: str, own_host: str) -> str:
    """``referrer`` as scheme, host and path.

    Empty for the site's own host, for this machine, and for what no browser would send. User names, ports, query
    strings and fragments are dropped, personal parts of the path masked.
    """
    try:
        parts = urlsplit(referrer.strip()[:ADDRESS_LENGTH])
    except ValueError:
        return ""
    host = clean_hostname(parts.hostname or "")
    if parts.scheme not in _SCHEMES or not _HOST.fullmatch(host) or host == own_host or _is_local(host):
        return ""
    path = "" if parts.scheme == _APP_SCHEME else decoded_path(parts.path).rstrip("/")
    return f"{parts.scheme}://{host}{path}"


def referrer_host(referrer: str) -> str:
    """The host (or app) of a scrubbed referrer."""
    return referrer.partition("://")[2].partition("/")[0]


def is_referrer_spam(referrer: str) -> bool:
    """Whether a referrer as it was sent, or a bare host, is known to fake visits so that owners look it up."""
    return _is_spam(referrer.strip()[:ADDRESS_LENGTH])


@lru_cache(maxsize=8192)
def _is_spam(text: str) -> bool:
    host = referrer_host(scrub_referrer(text, "")) if "://" in text else clean_hostname(text)
    if host.startswith(_spam_stems()):
        return True
    return any(suffix in _spam_hosts() for suffix in host_suffixes(host))


def _is_local(host: str) -> bool:
    if host.endswith(_LOCAL_ENDINGS):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@cache
def _spam_hosts() -> frozenset[str]:
    return frozenset(load_table("spam")["hosts"])


@cache
def _spam_stems() -> tuple[str, ...]:
    return tuple(load_table("spam")["stems"])
