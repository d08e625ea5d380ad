"""What Umami's clients write, and the wire event it stands for."""

import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal, TypeGuard

import msgspec
from msgspec.structs import replace

from footfall.collect.wire import WireAside, WireEvent, WireRevenue, invalid
from footfall.domain import NO_VITALS, Vitals
from footfall.errors import InvalidInput

VALUE_CHARS = 500
"""Longer values are cut, as Umami does; four bytes a character at most fit our own limit."""

_REFERRER_CHARS = 2_000
_CURRENCY_CHARS = 3

ShortName = Annotated[str, msgspec.Meta(max_length=50)]
Milliseconds = Annotated[float, msgspec.Meta(ge=0, le=60_000)]
LayoutShift = Annotated[float, msgspec.Meta(ge=0, le=100)]


class Payload(msgspec.Struct, frozen=True, rename={"user_agent": "userAgent"}):
    """One event, identification or measurement; exactly one of ``website``, ``link`` and ``pixel`` is there."""

    website: str | None = None
    link: str | None = None
    pixel: str | None = None
    hostname: Annotated[str, msgspec.Meta(max_length=100)] | None = None
    language: Annotated[str, msgspec.Meta(max_length=35)] | None = None
    screen: Annotated[str, msgspec.Meta(max_length=11)] | None = None
    url: str | None = None
    referrer: str | None = None
    name: ShortName | None = None
    tag: ShortName | None = None
    data: dict[str, Any] | None = None
    id: ShortName | None = None
    timestamp: int | float | str | None = None  # seconds
    ip: str | None = None
    user_agent: str | None = None
    browser: str | None = None
    os: str | None = None
    device: str | None = None
    lcp: Milliseconds | None = None
    inp: Milliseconds | None = None
    cls: LayoutShift | None = None
    fcp: Milliseconds | None = None
    ttfb: Milliseconds | None = None


class Request(msgspec.Struct, frozen=True):
    """The body of `/api/send`, and one entry of that of `/api/batch`."""

    type: Literal["event", "identify", "performance"]
    payload: Payload


_decoder = msgspec.json.Decoder(Request)
_batch_decoder = msgspec.json.Decoder(list[msgspec.Raw])


def decode_request(body: bytes | msgspec.Raw) -> Request:
    """Decode one request; raises InvalidInput naming the field."""
    try:
        request = _decoder.decode(body)
    except msgspec.ValidationError as error:
        raise invalid(error) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidInput("The body is not valid JSON.") from error
    named = [name for name in ("website", "link", "pixel") if getattr(request.payload, name)]
    if len(named) != 1:
        raise InvalidInput("Exactly one of website, link, or pixel must be provided.", field="payload")
    return request


def decode_batch(body: bytes, limit: int) -> list[msgspec.Raw]:
    """Split a batch; its entries are decoded one by one, so that a wrong one does not sink the others."""
    try:
        entries = _batch_decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidInput("The body must be a JSON array of requests as /api/send takes them.") from error
    if len(entries) > limit:
        raise InvalidInput(f"A request may hold {limit} events; send the rest in another.")
    return entries


def wire_event(payload: Payload) -> WireEvent:
    """A named event, or a view. What only a keyed caller may state is passed on; intake honours it for those alone."""
    return WireEvent(
        name=payload.name or "pageview",
        url=_address(payload.url or "/", payload.hostname or ""),
        referrer=_referrer(payload),
        timestamp=_milliseconds(payload.timestamp),
        visitor=payload.id,
        ip=payload.ip,
        user_agent=payload.user_agent,
        props=_props(payload),
        revenue=_revenue(payload),
        screen_width=_width(payload.screen or ""),
        language=payload.language,
        browser=payload.browser,
        os=payload.os,
        device=payload.device,
    )


def wire_aside(request: Request) -> WireAside | None:
    """What a request of another type than `event` reports; None where it reports nothing."""
    payload, vitals = request.payload, None
    if request.type == "performance":
        vitals = Vitals(payload.lcp, payload.inp, payload.cls, payload.fcp, payload.ttfb)
    elif not payload.data:
        return None
    if vitals == NO_VITALS:
        return None
    told = wire_event(replace(payload, name=request.type, tag=None, data=None if vitals else payload.data))
    return WireAside(**(msgspec.structs.asdict(told) | {"revenue": None, "vitals": vitals}))


def _milliseconds(seconds: int | float | str | None) -> int | None:
    """Umami takes any spelling of a whole number."""
    if seconds is None:
        return None
    try:
        number = float(seconds)
        if not number.is_integer():
            raise ValueError
    except (ValueError, OverflowError) as error:
        raise InvalidInput("Expected a whole number of seconds.", field="payload.timestamp") from error
    return int(number) * 1000


def _address(url: str, hostname: str) -> str:
    if "://" in url.partition("?")[0]:
        return url
    path = url if url.startswith("/") else f"/{url}"
    # Some routers say "undefined" before they know where they are.
    path = "/" if path == "/undefined" else path
    return f"https://{hostname}{path}" if hostname else path


def _referrer(payload: Payload) -> str | None:
    """A path is a page of the site itself, which is nowhere a visit comes from."""
    referrer = payload.referrer or ""
    return referrer[:_REFERRER_CHARS] if "://" in referrer else None


def _width(screen: str) -> int | None:
    width = screen.partition("x")[0]
    return int(width) if width.isascii() and width.isdigit() else None


def _props(payload: Payload) -> dict[str, Any] | None:
    try:
        props = dict(_flat(payload.data or {}))
    except RecursionError as error:
        raise InvalidInput("The data is nested too deep.", field="payload.data") from error
    if payload.tag:
        props["tag"] = payload.tag
    return props or None


def _flat(data: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Nested objects as dotted keys, lists as their JSON."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        elif isinstance(value, list):
            yield above + key, json.dumps(value, ensure_ascii=False)[:VALUE_CHARS]
        else:
            yield above + key, value[:VALUE_CHARS] if isinstance(value, str) else value


def _revenue(payload: Payload) -> WireRevenue | None:
    """A named event's data tells its revenue by two keys; what is no revenue stays a mere property."""
    data = payload.data or {}
    amount, currency = data.get("revenue"), data.get("currency")
    if not payload.name or isinstance(amount, bool) or not isinstance(amount, int | float):
        return None
    return WireRevenue(amount, currency.upper()) if _is_currency(currency) else None


def _is_currency(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and len(value) == _CURRENCY_CHARS and value.isascii() and value.isalpha()
