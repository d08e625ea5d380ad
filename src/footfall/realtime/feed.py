"""One line of the live feed: what members of a site see of an event as it happens.

Page, place, source and device; no properties, no revenue, and of the visitor a friendly name in place of the id.
"""

from typing import NamedTuple

import msgspec

from footfall.domain import Event


class FeedLine(msgspec.Struct, frozen=True):
    """An event; ``at_ms`` is UTC milliseconds since 1970, ``source`` where the visit came from."""

    at_ms: int
    name: str
    page: str
    visitor: str
    source: str
    country: str
    city: str
    device: str
    browser: str
    os: str


class PastEvent(NamedTuple):
    """An event from before anybody watched; its line has no name of the visitor yet."""

    event_id: int
    visitor_id: int
    line: FeedLine


class Conversion(msgspec.Struct, frozen=True):
    """A goal that was reached."""

    at_ms: int
    goal: str


def feed_line(event: Event, visitor: str, source: str) -> FeedLine:
    """The line of an event."""
    attributes = event.attributes
    return FeedLine(
        at_ms=event.timestamp_ms,
        name=event.name,
        page=event.path,
        visitor=visitor,
        source=source,
        country=attributes.country,
        city=attributes.city,
        device=attributes.device,
        browser=attributes.browser,
        os=attributes.os,
    )
