"""From the body of Plausible's `POST /api/event` to everybody's wire event and the sites it is for."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import msgspec

from footfall.collect.plausible import fields
from footfall.collect.plausible.fields import NO_PAGE, Given, Reading
from footfall.collect.wire import WireEvent
from footfall.errors import FootfallError, InvalidInput

Errors = dict[str, list[str]]
T = TypeVar("T")


class PlausibleEvent(NamedTuple):
    """One event, for each of these sites."""

    wire: WireEvent
    domains: tuple[str, ...]
    routes_by_hash: bool


class RefusedEvent(FootfallError):
    """Everything that is wrong with an event, by field, in Plausible's words."""

    code = "invalid_input"
    status = 400

    def __init__(self, errors: Errors) -> None:
        super().__init__("; ".join(f"{key} {', '.join(words)}" for key, words in errors.items()))
        self.errors = errors


def decode(body: bytes) -> PlausibleEvent:
    """Read one event, whatever the content type said; raises RefusedEvent."""
    given = _read(body)
    errors: Errors = {}
    by_hash = fields.routes_by_hash(given)
    name = _checked(errors, lambda: fields.event_name(given), "")
    url = _checked(errors, lambda: fields.page_url(given), "")
    page = _checked(errors, lambda: fields.page(url, routes_by_hash=by_hash), NO_PAGE) if url else NO_PAGE
    reading = _checked(errors, lambda: fields.reading(given, name), Reading())
    event = WireEvent(
        name=name,
        url=url,
        referrer=fields.referrer(given),
        props=_checked(errors, lambda: fields.props(given, name, page.path), dict[str, Any]()),
        interactive=fields.is_interactive(given),
        revenue=fields.revenue(given, name),
        engagement_time_ms=reading.engaged_ms,
        scroll_depth=reading.scroll_depth,
    )
    domains = _checked(errors, lambda: fields.domains(given, page.hostname), tuple[str, ...]())
    if errors:
        raise RefusedEvent(errors)
    return PlausibleEvent(event, domains, by_hash)


def _read(body: bytes) -> Given:
    try:
        given: Any = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise RefusedEvent({"request": ["Unable to parse request body as json"]})
    return given


def _checked(errors: Errors, read: Callable[[], T], otherwise: T) -> T:
    """What a rule reads; where it refuses, note why and go on, so that the sender learns everything at once."""
    try:
        return read()
    except InvalidInput as error:
        errors.setdefault(error.field or "request", []).append(error.message)
        return otherwise
