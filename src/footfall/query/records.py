"""Single events, and the visitors they belong to, newest first: what lists show where figures do not suffice."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from footfall.domain import Site
from footfall.query.bindings import Bindings
from footfall.query.dates import resolve_date_range
from footfall.query.parse import parse
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


class Wanted(NamedTuple):
    """Which records: a date range and filters as in a v2 body, a text in name or path, and the part of the list."""

    date_range: list[str]
    filters: list[Any]
    search: str = ""
    limit: int = 20
    offset: int = 0


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


async def events_of(reader: Reader, site: Site, wanted: Wanted, now: datetime) -> tuple[list[EventRecord], int]:
    """The events and how many there are in all; raises InvalidInput."""
    bindings = Bindings()
    rows = await reader.ask(
        Statement(
            "query.events",
            f"SELECT {_ABOUT_EVENTS}, count() OVER () FROM events WHERE {_where(bindings, site, wanted, now)}"
            f" ORDER BY timestamp DESC, event_id {_part(bindings, wanted)}",
            bindings.parameters,
        )
    )
    records = [
        EventRecord._make((event_id, visitor_id, _in_utc(at), *rest[:-1])) for event_id, visitor_id, at, *rest in rows
    ]
    return records, _total(rows)


async def visitors_of(reader: Reader, site: Site, wanted: Wanted, now: datetime) -> tuple[list[VisitorRecord], int]:
    """The visitors and how many there are in all; raises InvalidInput."""
    bindings = Bindings()
    rows = await reader.ask(
        Statement(
            "query.visitors",
            f"SELECT {_ABOUT_VISITORS}, count() OVER () FROM events WHERE {_where(bindings, site, wanted, now)}"
            f" GROUP BY visitor_id ORDER BY last_at DESC, visitor_id {_part(bindings, wanted)}",
            bindings.parameters,
        )
    )
    records = [
        VisitorRecord._make((visitor_id, _in_utc(first), _in_utc(last), *rest[:-1]))
        for visitor_id, first, last, *rest in rows
    ]
    return records, _total(rows)


async def first_and_last(reader: Reader, site: Site) -> tuple[datetime, datetime] | None:
    """When the first and the last event of a site happened; None without any."""
    bindings = Bindings()
    sql = f"SELECT min(timestamp), max(timestamp), count() FROM events WHERE site_id = {_site(bindings, site)}"
    ((first, last, count),) = await reader.ask(Statement("query.first_and_last", sql, bindings.parameters))
    return (_in_utc(first), _in_utc(last)) if count else None


def _where(bindings: Bindings, site: Site, wanted: Wanted, now: datetime) -> str:
    question = parse({"metrics": ["events"], "date_range": wanted.date_range, "filters": wanted.filters})
    within = resolve_date_range(question.date_range, site, now)
    conditions = [Where(site.id, within, bindings).events(question.filters), "name != 'engagement'"]
    if wanted.search:
        text = bindings.bind("String", wanted.search)
        found = [f"positionCaseInsensitiveUTF8(toString({column}), {text}) > 0" for column in ("path", "name")]
        conditions.append(f"({' OR '.join(found)})")
    return " AND ".join(conditions)


def _part(bindings: Bindings, wanted: Wanted) -> str:
    return f"LIMIT {bindings.bind('UInt64', wanted.limit)} OFFSET {bindings.bind('UInt64', wanted.offset)}"


def _site(bindings: Bindings, site: Site) -> str:
    return bindings.bind("UInt32", site.id)


def _total(rows: list[tuple[Any, ...]]) -> int:
    """Every row carries the number of all; a page past the end has none to tell."""
    return int(rows[0][-1]) if rows else 0


def _in_utc(moment: Any) -> datetime:
    at: datetime = moment
    return at if at.tzinfo else at.replace(tzinfo=UTC)
