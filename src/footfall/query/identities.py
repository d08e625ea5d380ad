"""What sites have said of their visitors: keys and texts, the last word on each key."""

from datetime import datetime
from typing import Any, NamedTuple

from footfall.domain import Site
from footfall.query.bindings import Bindings
from footfall.query.dates import DateRange
from footfall.query.records import in_utc
from footfall.query.where import Where
from footfall.store import IDENTITY, Reader, Statement

_MOST_VISITORS = 100_000
_MOST_ROWS = 1_000


class Told(NamedTuple):
    """What was said of one visitor under one key."""

    key: str
    value: str
    at: datetime


async def told_of(reader: Reader, site: Site, visitor_id: int) -> list[Told]:
    """Everything of one visitor, by key."""
    bindings = Bindings()
    sql = (
        "SELECT key, argMax(value, (timestamp, event_id)), max(timestamp) FROM asides"
        f" ARRAY JOIN mapKeys(props) AS key, mapValues(props) AS value WHERE {_identities(bindings, site)}"
        f" AND visitor_id = {bindings.bind('UInt64', visitor_id)} GROUP BY key ORDER BY key LIMIT {_MOST_ROWS:d}"
    )
    rows = await reader.ask(Statement("query.told_of", sql, bindings.parameters, site.id))
    return [Told(key, value, in_utc(at)) for key, value, at in rows]


async def told_visitors(reader: Reader, site: Site) -> list[int]:
    """The visitors of whom anything was said, the newest first."""
    bindings = Bindings()
    sql = (
        f"SELECT visitor_id FROM asides WHERE {_identities(bindings, site)} GROUP BY visitor_id"
        f" ORDER BY max(timestamp) DESC LIMIT {_MOST_VISITORS:d}"
    )
    return [
        int(visitor_id)
        for (visitor_id,) in await reader.ask(Statement("query.told", sql, bindings.parameters, site.id))
    ]


async def told_keys(reader: Reader, site: Site, within: DateRange) -> list[tuple[str, int]]:
    """The keys of a range, and of how many visitors each was said; most first."""
    return await _counted(reader, site, within, "key", None)


async def told_values(reader: Reader, site: Site, within: DateRange, key: str) -> list[tuple[str, int]]:
    """The texts under a key, and of how many visitors each was the last; most first."""
    return await _counted(reader, site, within, "last", key)


async def _counted(reader: Reader, site: Site, within: DateRange, by: str, wanted: str | None) -> list[tuple[str, int]]:
    bindings = Bindings()
    chosen = "" if wanted is None else f" AND key = {bindings.bind('String', wanted)}"
    inner = (
        "SELECT visitor_id, key, argMax(value, (timestamp, event_id)) AS last FROM asides"
        f" ARRAY JOIN mapKeys(props) AS key, mapValues(props) AS value WHERE {_identities(bindings, site)}"
        f" AND {Where(site, within, bindings).events(())}{chosen} GROUP BY visitor_id, key"
    )
    sql = (
        f"SELECT {by}, count() AS visitors FROM ({inner}) GROUP BY {by}"
        f" ORDER BY visitors DESC, {by} LIMIT {_MOST_ROWS:d}"
    )
    rows: list[tuple[Any, ...]] = await reader.ask(Statement("query.told_counts", sql, bindings.parameters, site.id))
    return [(text, int(visitors)) for text, visitors in rows]


def _identities(bindings: Bindings, site: Site) -> str:
    return f"site_id = {bindings.bind('UInt32', site.id)} AND kind = {bindings.bind('String', IDENTITY)}"
