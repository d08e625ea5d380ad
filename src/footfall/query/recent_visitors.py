"""Who was on a site in each of the last 30 minutes, and what they did last: what windows in memory begin with."""

from datetime import datetime, timedelta
from typing import Any

from footfall.domain import Site
from footfall.query.bindings import Bindings
from footfall.query.dates import DateRange
from footfall.query.where import Where
from footfall.store import Reader, Statement

_SPAN = timedelta(minutes=30)
_ROWS = 100_000


async def recent_visitors(reader: Reader, site: Site, now: datetime) -> list[tuple[Any, ...]]:
    """A row per visitor and minute: id, UTC milliseconds last seen, page then, source and country of the visit; oldest
    first.

    Of more than a hundred thousand rows, the newest.
    """
    bindings = Bindings()
    where = Where(site, DateRange(now - _SPAN, now + timedelta(seconds=1), site.zone), bindings)
    rows = await reader.ask(
        Statement(
            "query.recent_visitors",
            "SELECT visitor_id, toInt64(toUnixTimestamp64Milli(max(timestamp))) AS seen_ms,"
            " argMax(path, (timestamp, event_id)), toString(argMin(source, (timestamp, event_id))),"
            " toString(any(country))"
            f" FROM events WHERE {where.events(())} AND name != 'engagement'"
            f" GROUP BY visitor_id, toStartOfMinute(timestamp) ORDER BY seen_ms DESC LIMIT {_ROWS}",
            bindings.parameters,
            site.id,
        )
    )
    return rows[::-1]


async def recent_events(reader: Reader, site: Site, now: datetime, count: int) -> list[tuple[Any, ...]]:
    """The newest events of the last 30 minutes, engagement aside, oldest first.

    Each is its id, the visitor's, UTC milliseconds, name, path, source, country, city, device, browser and system.
    """
    bindings = Bindings()
    where = Where(site, DateRange(now - _SPAN, now + timedelta(seconds=1), site.zone), bindings)
    rows = await reader.ask(
        Statement(
            "query.recent_events",
            "SELECT event_id, visitor_id, toInt64(toUnixTimestamp64Milli(timestamp)), toString(name), path,"
            " toString(source), toString(country), toString(city), toString(device), toString(browser), toString(os)"
            f" FROM events WHERE {where.events(())} AND name != 'engagement'"
            f" ORDER BY timestamp DESC, event_id LIMIT {bindings.bind('UInt32', count)}",
            bindings.parameters,
            site.id,
        )
    )
    return rows[::-1]
