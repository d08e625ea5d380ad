"""Counting the page views of all sites within a span of time."""

from footfall.store.reader import Reader, Statement


def count_views(reader: Reader, first_ms: int, end_ms: int) -> dict[int, int]:
    """How many events named pageview each site has between two moments, by the time of the event.

    Days say where to look: that of an event is within two of its day in UTC, whatever zone its site has or had.
    """
    statement = Statement(
        "store.count_views",
        "SELECT site_id, count() FROM events WHERE name = 'pageview'"
        " AND local_day >= toDate(fromUnixTimestamp64Milli({first:Int64}, 'UTC')) - 3"
        " AND local_day <= toDate(fromUnixTimestamp64Milli({end:Int64}, 'UTC')) + 3"
        " AND timestamp >= fromUnixTimestamp64Milli({first:Int64}, 'UTC')"
        " AND timestamp < fromUnixTimestamp64Milli({end:Int64}, 'UTC')"
        " GROUP BY site_id",
        {"first": first_ms, "end": end_ms},
    )
    return {int(site_id): int(views) for site_id, views in reader.run(statement)}


def first_month_with_views(reader: Reader) -> int | None:
    """The number, such as 202611, of the first month in UTC that has a page view; None without any."""
    statement = Statement(
        "store.first_month_with_views",
        "SELECT count(), toYYYYMM(min(timestamp), 'UTC') FROM events WHERE name = 'pageview'",
    )
    [(views, month)] = reader.run(statement)
    return int(month) if views else None
