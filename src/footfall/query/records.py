"""Single events, and the visitors they belong to, newest first: what lists show where figures do not suffice."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from footfall.domain import Site
from footfall.query.bindings import Bindings
from footfall.query.shape import Answer
from footfall.query.where import Where
from footfall.store import Reader, Statement


class EventRecord(NamedTuple):
    """One event but engagement; of the visitor only a number that lives as long as the site's identity mode lets it."""

    event_id: int
    visitor_id: int
    at: datetime
    name: str
    hostname: str
    path: str
    referrer: str
    country: str
    region: str
    city: str
    device: str
    os: str
    browser: str
    has_properties: bool


class VisitorRecord(NamedTuple):
    """What one visitor did in the range; place and device are those of the last visit."""

    visitor_id: int
    first_at: datetime
    last_at: datetime
    visits: int
    views: int
    events: int
    hostname: str
    browser: str
    os: str
    device: str
    screen: str
    language: str
    country: str
    region: str
    city: str


_ABOUT_EVENTS = (
    "event_id, visitor_id, timestamp, toString(name), toString(hostname), path, referrer, toString(country),"
    " toString(region), toString(city), toString(device), toString(os), toString(browser), notEmpty(props)"
)
_ABOUT_VISITORS = (
    "visitor_id, min(timestamp), max(timestamp) AS last_at, uniqExact(visit_id), countIf(name = 'pageview'),"
    " countIf(name != 'pageview'), "
    + ", ".join(
        f"argMax(toString({column}), timestamp)"
        for column in ("hostname", "browser", "os", "device", "screen", "language", "country", "region", "city")
    )
)


async def events_of(reader: Reader, site: Site, counted: Answer, *, limit: int, offset: int = 0) -> list[EventRecord]:
    """The events that ``counted`` is about: same range, same filters."""
    bindings = Bindings()
    rows = await reader.ask(
        Statement(
            "query.events",
            f"SELECT {_ABOUT_EVENTS} FROM events WHERE {_where(bindings, site, counted)}"
            f" ORDER BY timestamp DESC, event_id {_part(bindings, limit, offset)}",
            bindings.parameters,
            site.id,
        )
    )
    return [EventRecord._make((event_id, visitor_id, in_utc(at), *rest)) for event_id, visitor_id, at, *rest in rows]


async def visitors_of(
    reader: Reader, site: Site, counted: Answer, *, limit: int, offset: int = 0
) -> list[VisitorRecord]:
    """The visitors of those events, and what they did in them."""
    bindings = Bindings()
    rows = await reader.ask(
        Statement(
            "query.visitors",
            f"SELECT {_ABOUT_VISITORS} FROM events WHERE {_where(bindings, site, counted)}"
            f" GROUP BY visitor_id ORDER BY last_at DESC, visitor_id {_part(bindings, limit, offset)}",
            bindings.parameters,
            site.id,
        )
    )
    return [
        VisitorRecord._make((visitor_id, in_utc(first), in_utc(last), *rest)) for visitor_id, first, last, *rest in rows
    ]


async def first_and_last(reader: Reader, site: Site) -> tuple[datetime, datetime] | None:
    """When the first and the last event of a site happened; None without any."""
    bindings = Bindings()
    site_id = bindings.bind("UInt32", site.id)
    sql = f"SELECT min(timestamp), max(timestamp), count() FROM events WHERE site_id = {site_id}"
    ((first, last, count),) = await reader.ask(Statement("query.first_and_last", sql, bindings.parameters, site.id))
    return (in_utc(first), in_utc(last)) if count else None


def _where(bindings: Bindings, site: Site, counted: Answer) -> str:
    where = Where(site, counted.range, bindings)
    return f"name != 'engagement' AND {where.events(counted.question.filters)}"


def _part(bindings: Bindings, limit: int, offset: int) -> str:
    return f"LIMIT {bindings.bind('UInt64', limit)} OFFSET {bindings.bind('UInt64', offset)}"


def in_utc(moment: Any) -> datetime:
    """The moment as the engine gives it, in UTC."""
    at: datetime = moment
    return at if at.tzinfo else at.replace(tzinfo=UTC)
