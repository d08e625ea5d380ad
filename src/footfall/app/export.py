"""Raw rows of one site as a stream: everything the store holds about them, nothing else exists."""

from collections.abc import Iterator
from datetime import date

from footfall.domain import Site
from footfall.errors import InvalidInput
from footfall.store import Reader, Statement

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
        " AND local_day BETWEEN {first:Date} AND {last:Date} ORDER BY local_day, timestamp, event_id",
        {"site": site.id, "first": first, "last": last},
    )
    return reader.stream(statement, FORMATS[form])
