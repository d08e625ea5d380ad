"""Raw rows of one site as a stream: everything the store holds about them, nothing else exists."""

from collections.abc import Iterator
from datetime import date

from footfall.domain import Site
from footfall.domain.calendar import day_bounds_ms, day_of
from footfall.errors import InvalidInput
from footfall.store import Reader, Statement

_LAST_DAY = (1 << 16) - 1  # that the store can tell
FORMATS = {"csv": "CSVWithNames", "jsonl": "JSONEachRow", "parquet": "Parquet"}
INTERNAL = {"events": "site_id, batch_id, visit_opened_at, visit_opened_day", "crawler_views": "site_id, batch_id"}
"""The tables there are to export, and their columns that mean nothing elsewhere."""


def export_rows(reader: Reader, site: Site, table: str, first: date, last: date, form: str) -> Iterator[bytes]:
    """Rows of the local days ``first`` to ``last``, oldest first; InvalidInput for an unknown table or format."""
    if table not in INTERNAL:
        raise InvalidInput(f"The table must be one of {', '.join(INTERNAL)}.", field="table")
    if form not in FORMATS:
        raise InvalidInput(f"The format must be one of {', '.join(FORMATS)}.", field="format")
    statement = Statement(
        f"export.{table}",
        f"SELECT * EXCEPT ({INTERNAL[table]}) FROM {table} WHERE site_id = {{site:UInt32}}"  # noqa: S608 - constants only
        " AND local_day BETWEEN toDate({first:UInt16}) AND toDate({last:UInt16})"
        " AND timestamp >= fromUnixTimestamp64Milli({first_ms:Int64}, 'UTC')"
        " AND timestamp < fromUnixTimestamp64Milli({end_ms:Int64}, 'UTC') ORDER BY local_day, timestamp, event_id",
        _bounds(site, first, last),
    )
    return reader.stream(statement, FORMATS[form])


def _bounds(site: Site, first: date, last: date) -> dict[str, int]:
    first_day, last_day = day_of(first), day_of(last)
    first_stored, last_stored = site.days_stored(first_day, last_day)
    return {
        "site": site.id,
        "first": max(first_stored, 0),
        "last": min(last_stored, _LAST_DAY),
        "first_ms": day_bounds_ms(first_day, site.zone)[0],
        "end_ms": day_bounds_ms(last_day, site.zone)[1],
    }
