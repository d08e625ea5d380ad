"""Single visits, newest first: the rows behind the figures."""

from typing import Any, NamedTuple

from footfall.domain import Site
from footfall.query.bindings import Bindings
from footfall.query.shape import Answer
from footfall.query.where import Where
from footfall.store import Reader, Statement

_COPIED = ("source", "channel", "utm_campaign", "country", "region", "city", "device", "browser", "os", "language")
_COLUMNS = (
    "visitor_id",
    "toInt64(toUnixTimestamp64Milli(started_at))",
    "toInt64(toUnixTimestamp64Milli(ended_at))",
    "pageviews",
    "events",
    "tupleElement(entry, 'path')",
    "tupleElement(exit, 'path')",
    *(f"toString({name})" for name in _COPIED),
)


class Visit(NamedTuple):
    """One visit; empty text means unknown."""

    visitor_id: int
    started_ms: int
    ended_ms: int
    pageviews: int
    events: int
    entry_page: str
    exit_page: str
    source: str
    channel: str
    utm_campaign: str
    country: str
    region: str
    city: str
    device: str
    browser: str
    os: str
    language: str


async def list_visits(reader: Reader, site: Site, counted: Answer, *, limit: int, offset: int) -> list[Visit]:
    """The visits that ``counted`` is the number of: same range, same filters."""
    bindings = Bindings()
    where = Where(site, counted.range, bindings).visits(counted.question.filters)
    rows: list[tuple[Any, ...]] = await reader.ask(
        Statement(
            "query.visit_list",
            f"SELECT {', '.join(_COLUMNS)} FROM visits FINAL WHERE {where} ORDER BY started_at DESC, visit_id"
            f" LIMIT {bindings.bind('UInt64', limit)} OFFSET {bindings.bind('UInt64', offset)}"
            " SETTINGS do_not_merge_across_partitions_select_final = 1",
            bindings.parameters,
            site.id,
        )
    )
    return [Visit(*row) for row in rows]
