"""The fields of Plausible's event, long and short names, each read by its own rule.

A rule raises InvalidInput with the key and the words of that protocol; what it forgives is dropped without a word.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from footfall.collect import wire
from footfall.collect.wire import WireEvent, WireRevenue
from footfall.enrich import Page, parse_page
from footfall.enrich.page import NO_HOST
from footfall.errors import InvalidInput
from footfall.sites.domain_name import normalise_domain

Given = Mapping[str, Any]

NAMES = {  # field → the names it goes by, in the order in which they are looked for
    "name": ("n", "name"),
    "url": ("u", "url"),
    "domain": ("d", "domain"),
    "referrer": ("r", "referrer"),
    "props": ("m", "meta", "p", "props"),
    "revenue": ("$", "revenue"),
    "interactive": ("i", "interactive"),
    "hashMode": ("h", "hashMode"),
    "scroll_depth": ("sd", "scroll_depth"),
    "engagement_time": ("e", "engagement_time"),
}
MAX_PROPERTIES = 30
MAX_REFERRER_CHARS = 2_000
MAX_SITES = 100
_MAX_DOMAIN_CHARS = 300  # what is longer names no site, and is not worth remembering
NO_PAGE = Page(NO_HOST, "/")
_APP_SCHEME = re.compile(r"(?!https?$)[a-z][a-z0-9+.-]*", re.IGNORECASE)
_NAMES_WITH_PATH = frozenset({"404", "Form: Submission", "WP Form Completions"})
_NEEDS_READING = "engagement event requires a valid integer value for at least one of 'sd' or 'e' fields"
_PROPS_TOO_LONG = (
    f"keys should have at most {wire.MAX_PROPERTY_KEY_BYTES} bytes and values {wire.MAX_PROPERTY_VALUE_BYTES} bytes"
)


def stated(given: Given, field: str) -> Any:
    """The value of a field, under the first of its names that has one."""
    return next((given[name] for name in NAMES[field] if given.get(name) is not None), None)


def event_name(given: Given) -> str:
    """Text or a number such as 404, trimmed."""
    name = stated(given, "name")
    if name is None:
        raise InvalidInput("can't be blank", field="event_name")
    if isinstance(name, bool) or not isinstance(name, str | int | float):
        raise InvalidInput("is invalid", field="event_name")
    text = str(name).strip()
    if not text:
        raise InvalidInput("can't be blank", field="event_name")
    if len(text) > wire.MAX_NAME_CHARS:
        raise InvalidInput(f"should be at most {wire.MAX_NAME_CHARS} character(s)", field="event_name")
    return text


def page_url(given: Given) -> str:
    """The address; of an app's own scheme only host and path are of use, so they stand without it."""
    url = stated(given, "url")
    if url is None:
        raise InvalidInput("is required", field="url")
    if not isinstance(url, str):
        raise InvalidInput("must be a valid url", field="url")
    scheme, _, rest = url.strip().partition(":")
    if scheme.lower() == "data":
        raise InvalidInput("scheme is not allowed", field="url")
    is_of_app = rest.startswith("//") and _APP_SCHEME.fullmatch(scheme)
    return rest if is_of_app else url


def page(url: str, *, routes_by_hash: bool) -> Page:
    """Host and path as they will be stored."""
    try:
        return parse_page(url, keep_fragment=routes_by_hash)
    except InvalidInput as error:
        raise InvalidInput("must be a valid url", field="url") from error


def routes_by_hash(given: Given) -> bool:
    """Whether the fragment names the page."""
    return stated(given, "hashMode") in (1, "1")


def domains(given: Given, hostname: str) -> tuple[str, ...]:
    """The sites, each once; the page's own host where none is named."""
    named = stated(given, "domain")
    if not isinstance(named, str):
        named = "" if hostname == NO_HOST else hostname
    names = dict.fromkeys(part.strip() for part in named.split(",") if part.strip())
    if not names:
        raise InvalidInput("can't be blank", field="domain")
    if len(names) > MAX_SITES:
        raise InvalidInput(f"should name at most {MAX_SITES} sites", field="domain")
    return tuple(dict.fromkeys(_domain(name[:_MAX_DOMAIN_CHARS]) for name in names))


def referrer(given: Given) -> str | None:
    """Cut rather than refused."""
    text = stated(given, "referrer")
    return text[:MAX_REFERRER_CHARS] if isinstance(text, str) else None


def props(given: Given, name: str, path: str) -> dict[str, Any]:
    """The properties kept, as text; pages that were not found and forms carry their path."""
    given_props = _object(stated(given, "props"))
    if name in _NAMES_WITH_PATH and not given_props.get("path"):
        given_props = {"path": path, **{key: value for key, value in given_props.items() if key != "path"}}
    try:
        return wire.event_props(WireEvent(name=name, url="", props=given_props), MAX_PROPERTIES)
    except InvalidInput as error:
        raise InvalidInput(_PROPS_TOO_LONG, field="props") from error


def revenue(given: Given, name: str) -> WireRevenue | None:
    """Money that makes sense; any other is left out, and the event stays."""
    money = _object(stated(given, "revenue"))
    amount, currency = money.get("amount"), money.get("currency")
    if isinstance(amount, bool) or not isinstance(amount, str | int | float) or not isinstance(currency, str):
        return None
    checked = WireRevenue(str(amount).strip(), currency.strip().upper())
    try:
        wire.event_revenue(WireEvent(name=name, url="", revenue=checked))
    except InvalidInput:
        return None
    return checked


def is_interactive(given: Given) -> bool:
    """Anything but a clear no is yes."""
    return stated(given, "interactive") is not False


class Reading(NamedTuple):
    """How long and how deep a page was read."""

    engaged_ms: int | None = None
    scroll_depth: int | None = None


def reading(given: Given, name: str) -> Reading:
    """What an ``engagement`` event tells; others tell nothing of it."""
    if name != "engagement":
        return Reading()
    depth = _whole(stated(given, "scroll_depth"))
    engaged_ms = _whole(stated(given, "engagement_time")) or 0
    if engaged_ms >= wire.MAX_ENGAGEMENT_MS:
        engaged_ms = 0
    if depth is None and not engaged_ms:
        raise InvalidInput(_NEEDS_READING, field="event_name")
    return Reading(engaged_ms, depth if depth is None else min(depth, 100))


def _whole(value: Any) -> int | None:
    """A whole number from 0, also in digits."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _object(value: Any) -> dict[str, Any]:
    """An object, also as JSON text."""
    if isinstance(value, str):
        try:
            value = msgspec.json.decode(value)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return {}
    return value if isinstance(value, dict) else {}


@lru_cache(maxsize=4096)
def _domain(text: str) -> str:
    """A domain as sites are spelt; what is none finds no site."""
    try:
        return normalise_domain(text)
    except InvalidInput:
        return text
