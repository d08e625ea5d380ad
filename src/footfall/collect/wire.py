"""What senders write: one shape for the browser, for servers and for imports.

docs/reference/events.md describes each field for people.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from footfall.domain import NO_SCROLL_DEPTH, Vitals
from footfall.errors import InvalidInput

MAX_NAME_CHARS = 120
MAX_ID_CHARS = 100
MAX_VISITOR_CHARS = 200
MAX_PROPERTY_KEY_BYTES = 300
MAX_PROPERTY_VALUE_BYTES = 2_000
MAX_ENGAGEMENT_MS = 30 * 86_400_000
MAX_REVENUE = Decimal(10) ** 12
MAX_AHEAD_MS = 10 * 60_000
OLDEST_MS = 946_684_800_000  # 2000-01-01

_CURRENCY = re.compile(r"[A-Z]{3}")
_FIELD_IN_ERROR = re.compile(r"at `\$\.?([^`]*)`")


class WireRevenue(msgspec.Struct, frozen=True):
    """An amount of money; text keeps its cents exact."""

    amount: str | int | float
    currency: str


class WireEvent(msgspec.Struct, frozen=True):
    """One event as sent. All but ``name`` and ``url`` may be left out."""

    name: str | int
    url: str
    id: str | None = None
    site: str | None = None  # a site's public id; browser events only
    referrer: str | None = None
    timestamp: str | int | None = None
    visitor: str | None = None
    ip: str | None = None
    user_agent: str | None = None
    props: dict[str, Any] | None = None
    interactive: bool = True
    revenue: WireRevenue | None = None
    engagement_time_ms: int | float | None = None
    scroll_depth: int | float | None = None
    screen_width: int | float | None = None
    language: str | None = None
    timezone: str | None = None
    # Attributes a server or an import knows better than we could derive them.
    country: str | None = None
    region: str | None = None
    city: str | None = None
    browser: str | None = None
    browser_version: str | None = None
    os: str | None = None
    os_version: str | None = None
    device: str | None = None
    source: str | None = None
    channel: str | None = None
    utm_source: str | None = None
    utm_medium: str | None = None
    utm_campaign: str | None = None
    utm_content: str | None = None
    utm_term: str | None = None


class WireAside(WireEvent, frozen=True):
    """What a page reports beside its events: how fast it was, or, without vitals, what the site says of a visitor."""

    vitals: Vitals | None = None


_FIRST_GIVEN = WireEvent.__struct_fields__.index("country")
GIVEN_ATTRIBUTES = WireEvent.__struct_fields__[_FIRST_GIVEN:]
"""Attributes a keyed caller may state."""

_NONE_GIVEN = (None,) * len(GIVEN_ATTRIBUTES)
_decoder = msgspec.json.Decoder(WireEvent)


def decode_event(body: bytes | msgspec.Raw) -> WireEvent:
    """Decode one event; raises InvalidInput naming the field."""
    try:
        return _decoder.decode(body)
    except msgspec.ValidationError as error:
        raise invalid(error) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidInput("The body is not valid JSON; send one JSON object in UTF-8.") from error


def invalid(error: msgspec.ValidationError) -> InvalidInput:
    """Turn the decoder's message into ours."""
    found = _FIELD_IN_ERROR.search(str(error))
    what = str(error).split(" - at ")[0]
    return InvalidInput(f"{what}.", field=found.group(1) or None if found else None)


def gives_no_attributes(wire: WireEvent) -> bool:
    """Whether all attributes are left to us; one comparison, as this is asked of every event."""
    return msgspec.structs.astuple(wire)[_FIRST_GIVEN:] == _NONE_GIVEN


def event_name(wire: WireEvent) -> str:
    """The event's name, trimmed; a number such as 404 counts as its text."""
    name = str(wire.name).strip()
    if not name:
        raise InvalidInput("An event needs a name.", field="name")
    if len(name) > MAX_NAME_CHARS:
        raise InvalidInput(f"An event's name has at most {MAX_NAME_CHARS} characters.", field="name")
    return _storable(name, "name")


def event_time_ms(wire: WireEvent, now_ms: int) -> int:
    """When it happened, in UTC milliseconds; now where the sender doesn't say."""
    if wire.timestamp is None:
        return now_ms
    at_ms = wire.timestamp if isinstance(wire.timestamp, int) else _parse_time(wire.timestamp)
    if at_ms > now_ms + MAX_AHEAD_MS:
        raise InvalidInput(
            "The timestamp lies more than 10 minutes ahead; check the sender's clock.", field="timestamp"
        )
    return at_ms


def event_props(wire: WireEvent, limit: int) -> dict[str, str]:
    """The first ``limit`` properties with a plain value, as text."""
    if not wire.props:
        return {}
    kept: dict[str, str] = {}
    for key, value in wire.props.items():
        if len(kept) == limit:
            break
        text = _property_text(value)
        if text is None or not key.strip():
            continue
        _check_property(key, text)
        kept[key] = text
    return kept


def event_revenue(wire: WireEvent) -> tuple[str, str]:
    """Amount with at most three places and currency, or two empty texts."""
    if wire.revenue is None:
        return "", ""
    if not _CURRENCY.fullmatch(wire.revenue.currency):
        raise InvalidInput("The currency must be three capital letters, such as EUR.", field="revenue.currency")
    try:
        amount = Decimal(str(wire.revenue.amount))
        if abs(amount) >= MAX_REVENUE:
            raise InvalidOperation
        return str(amount.quantize(Decimal("0.001"))), wire.revenue.currency
    except InvalidOperation as error:
        raise InvalidInput("The amount must be a number, such as 9.99.", field="revenue.amount") from error


def event_engagement(wire: WireEvent, name: str) -> tuple[int, int]:
    """Engaged milliseconds and scroll depth; only ``engagement`` events carry them."""
    if name != "engagement":
        return 0, NO_SCROLL_DEPTH
    if wire.engagement_time_ms is None and wire.scroll_depth is None:
        raise InvalidInput("An engagement event needs engagement_time_ms or scroll_depth.", field="engagement_time_ms")
    engaged = int(wire.engagement_time_ms or 0)
    if not 0 <= engaged < MAX_ENGAGEMENT_MS:
        raise InvalidInput("engagement_time_ms must lie between 0 and 30 days.", field="engagement_time_ms")
    if wire.scroll_depth is None:
        return engaged, NO_SCROLL_DEPTH
    return engaged, min(max(int(wire.scroll_depth), 0), 100)


def bounded(text: str | None, limit: int, field: str) -> str:
    """A text field, refused past ``limit`` characters; empty where it's missing."""
    if text is None:
        return ""
    if len(text) > limit:
        raise InvalidInput(f"{field} has at most {limit} characters.", field=field)
    return _storable(text, field)


def _parse_time(text: str) -> int:
    try:
        at = datetime.fromisoformat(text)
        return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1000)
    except (ValueError, OverflowError) as error:
        message = "The timestamp must be RFC 3339, such as 2026-01-01T00:00:00Z, or UTC milliseconds."
        raise InvalidInput(message, field="timestamp") from error


def _property_text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, int | float):
        return str(value)
    return None


def _check_property(key: str, text: str) -> None:
    field = f"props.{key[:60]}"
    if len(_storable(key, "props").encode()) > MAX_PROPERTY_KEY_BYTES:
        raise InvalidInput(f"A property's key has at most {MAX_PROPERTY_KEY_BYTES} bytes.", field=field)
    if len(_storable(text, field).encode()) > MAX_PROPERTY_VALUE_BYTES:
        raise InvalidInput(f"A property's value has at most {MAX_PROPERTY_VALUE_BYTES} bytes.", field=field)


def _storable(text: str, field: str) -> str:
    if "\x00" in text:
        raise InvalidInput("The text holds a null byte, which no text has.", field=field)
    if text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    raise InvalidInput("The text holds half a surrogate pair, which is not valid Unicode.", field=field)


def field_names() -> Mapping[str, Any]:
    """Every field of an event, for the page that documents them."""
    return {field.name: field.default for field in msgspec.structs.fields(WireEvent)}
