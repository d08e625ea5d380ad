"""Reads the address of a page: which host, which path, which campaign; nothing else of it is kept."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import msgspec

from footfall.enrich.campaign import NO_CAMPAIGN, Campaign, read_campaign
from footfall.enrich.host import clean_hostname
from footfall.enrich.mask import mask_personal
from footfall.errors import InvalidInput

ADDRESS_LENGTH = 2000
"""Longest address without its query string, and longest path, in characters."""

QUERY_LENGTH = 8000
"""How much of a query string is read, in characters."""

NO_HOST = "(none)"

_CACHED_LENGTH = 500  # longer addresses are rare, and whoever sends many must not fill the memory

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
# Most addresses need neither decoding nor cleaning; the general way costs five times as much.
_PLAIN = re.compile(r"https?://([a-z0-9]+(?:[.-][a-z0-9]+)*)(/[A-Za-z0-9._~/-]*)?")
_HOST_LENGTH = 253
_HOST = re.compile(rf"[\w.\-:~%!$&'()*+,;=]{{1,{_HOST_LENGTH}}}")
_WEB_SCHEMES = frozenset({"", "http", "https"})
_KEEP_PARAMETER_APART = str.maketrans({"%": "%25", "&": "%26", "=": "%3D", "#": "%23"})


class Page(msgspec.Struct, frozen=True, gc=False):
    """Where an event happened: host and path as they are stored, and the campaign of the link."""

    hostname: str
    path: str
    campaign: Campaign = NO_CAMPAIGN


class _Query(NamedTuple):
    """A query string that was read."""

    parameters: Mapping[str, str]
    campaign: Campaign


def parse_page(url: str, *, keep_fragment: bool = False, kept_parameters: tuple[str, ...] = ()) -> Page:
    """The page at ``url``.

    ``keep_fragment`` is for sites that route by hash; ``kept_parameters`` are the names of the query parameters a
    site wants in its paths. Raises InvalidInput for what is no web address or too long.
    """
    read = _parse if len(url) <= _CACHED_LENGTH else _parse.__wrapped__
    return read(url, keep_fragment, kept_parameters)


def read_parameters(query: str) -> dict[str, str]:
    """The decoded parameters of a query string; the first of a name counts."""
    pairs = parse_qsl(query[:QUERY_LENGTH], errors="replace") if query else []
    return {name: _printable(value) for name, value in reversed(pairs)}


@lru_cache(maxsize=65_536)
def _parse(url: str, keep_fragment: bool, kept_parameters: tuple[str, ...]) -> Page:
    plain = _PLAIN.fullmatch(url)
    if plain and len(plain[1]) <= _HOST_LENGTH and len(url) <= ADDRESS_LENGTH:
        return Page(clean_hostname(plain[1]), mask_personal(plain[2] or "/"))
    parts = _split(url)
    query = _query(parts.query)
    path = _path(parts, keep_fragment) + kept_query(query.parameters, kept_parameters)
    return Page(_hostname(parts), path[:ADDRESS_LENGTH], query.campaign)


def _query(text: str) -> _Query:
    return _read_query(text) if len(text) <= _CACHED_LENGTH else _read_query.__wrapped__(text)


@lru_cache(maxsize=4096)
def _read_query(query: str) -> _Query:
    """The links of one campaign lead to many pages."""
    parameters = read_parameters(query)
    return _Query(parameters, read_campaign(parameters))


def decoded_path(path: str) -> str:
    """A path in the spelling that is stored: percent-decoded, personal parts masked, never empty."""
    decoded = mask_personal(_printable(unquote(path, errors="replace")).strip())
    return decoded if decoded.startswith("/") else f"/{decoded}"


def kept_query(parameters: Mapping[str, str], names: Iterable[str]) -> str:
    """What is stored of a query string: the parameters of these names, sorted and masked, after a question mark."""
    kept = sorted((name, parameters[name]) for name in set(names) if name in parameters)
    pairs = (f"{name}={mask_personal(value).translate(_KEEP_PARAMETER_APART)}" for name, value in kept)
    return f"?{'&'.join(pairs)}" if kept else ""


def _split(url: str) -> SplitResult:
    text = url.strip()
    if not text:
        raise _refused("is required")
    if len(text.partition("?")[0]) > ADDRESS_LENGTH:
        raise _refused(f"is longer than {ADDRESS_LENGTH} characters without its query")
    if _UNPRINTABLE.search(text):
        raise _refused("holds characters that no address can hold")
    try:
        parts = urlsplit(text[: ADDRESS_LENGTH + QUERY_LENGTH])
    except ValueError as error:
        raise _refused("is not an address") from error
    if parts.scheme not in _WEB_SCHEMES:
        raise _refused("must begin with http:// or https://")
    return parts


def _hostname(parts: SplitResult) -> str:
    hostname = clean_hostname(parts.hostname or "")
    if hostname and not _HOST.fullmatch(hostname):
        raise _refused("names a host that cannot exist")
    return hostname or NO_HOST


def _path(parts: SplitResult, keep_fragment: bool) -> str:
    path = decoded_path(parts.path)
    route = parts.fragment.partition("?")[0] if keep_fragment else ""
    return f"{path}#{mask_personal(_printable(unquote(route, errors='replace')))}" if route else path


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", text)


def _refused(reason: str) -> InvalidInput:
    return InvalidInput(f"The url {reason}.", field="url")
