"""Which machines read a site, and what one of them read: questions about views that are kept apart."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from footfall.domain import Site
from footfall.query.bindings import Bindings
from footfall.query.dates import DateRange, DateRangeValue, resolve_date_range
from footfall.query.first_day import first_day
from footfall.store import Reader, Statement


class CrawlerFigures(NamedTuple):
    """What one crawler read; a name may come with several kinds, each of which is a row."""

    name: str
    vendor: str
    kind: str
    views: int
    pages: int
    last_seen_at: datetime


class CrawledPage(NamedTuple):
    """How often a crawler read one page."""

    hostname: str
    path: str
    views: int
    last_seen_at: datetime


async def crawled_range(reader: Reader, site: Site, value: DateRangeValue | list[str], now: datetime) -> DateRange:
    """The range ``value`` means; all time begins with the first view by a machine. Raises InvalidInput."""
    begins_on = await first_day(reader, site, "crawler_views") if value == "all" else None
    return resolve_date_range(value, site, now, first_day=begins_on)


async def crawlers_of(reader: Reader, site: Site, within: DateRange) -> list[CrawlerFigures]:
    """Every crawler that read a page, those with most views first."""
    bindings = Bindings()
    sql = (
        "SELECT name, vendor, kind, count(), uniqExact(hostname, path), max(timestamp) FROM crawler_views"
        f" WHERE {_where(bindings, site, within)} GROUP BY name, vendor, kind ORDER BY count() DESC, name"
    )
    rows = await reader.ask(Statement("query.crawlers", sql, bindings.parameters, site.id))
    return [CrawlerFigures._make((*figures, _in_utc(at))) for *figures, at in rows]


async def pages_of_crawler(reader: Reader, site: Site, name: str, within: DateRange, limit: int) -> list[CrawledPage]:
    """The pages a crawler read most."""
    bindings = Bindings()
    sql = (
        "SELECT hostname, path, count(), max(timestamp) FROM crawler_views"
        f" WHERE {_where(bindings, site, within)} AND name = {bindings.bind('String', name)}"
        f" GROUP BY hostname, path ORDER BY count() DESC, path LIMIT {bindings.bind('UInt32', limit)}"
    )
    rows = await reader.ask(Statement("query.pages_of_crawler", sql, bindings.parameters, site.id))
    return [CrawledPage._make((*figures, _in_utc(at))) for *figures, at in rows]


def _where(bindings: Bindings, site: Site, within: DateRange) -> str:
    first_stored, last_stored = site.days_stored(*within.local_days)
    return (
        f"site_id = {bindings.bind('UInt32', site.id)}"
        f" AND local_day BETWEEN {bindings.day(first_stored)} AND {bindings.day(last_stored)}"
        f" AND timestamp >= {bindings.moment(within.first_ms)} AND timestamp < {bindings.moment(within.end_ms)}"
    )


def _in_utc(moment: Any) -> datetime:
    at: datetime = moment
    return at if at.tzinfo else at.replace(tzinfo=UTC)
