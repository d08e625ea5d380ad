"""Raw events of one site as a stream: everything the store holds about them, nothing else exists."""

from collections.abc import Iterator
from datetime import date

from footfall.domain import Site
from footfall.errors import InvalidInput
from footfall.store import Reader, Statement

FORMATS = {"csv": "CSVWithNames", "jsonl": "JSONEachRow", "parquet": "Parquet"}
EVENT_COLUMNS = "* EXCEPT (site_id, batch_id, visit_opened_at, visit_opened_day)"
"""All columns of an event but internal numbers."""


def export_events(reader: Reader, site: Site, first: date, last: date, form: str) -> Iterator[bytes]:
    """Events of the local days ``first`` to ``last``, oldest first; raises InvalidInput for an unknown format."""
    if form not in FORMATS:
        raise InvalidInput(f"The format must be one of {', '.join(FORMATS)}.", field="format")
    statement = Statement(
        "export.events",
        f"SELECT {EVENT_COLUMNS} FROM events WHERE site_id = {{site:UInt32}}"  # noqa: S608 - constants only
        " AND local_day BETWEEN {first:Date} AND {last:Date} ORDER BY local_day, timestamp, event_id",
        {"site": site.id, "first": first, "last": last},
    )
    return reader.stream(statement, FORMATS[form])
