"""Telling which events of long ago are stored already; the last day's ids are the spool's business."""

from collections.abc import Sequence

from footfall.store.engine import TABLES_OF_EVENTS
from footfall.store.reader import Reader, Statement


async def known_event_ids(
    reader: Reader, site_id: int, first_day: int, last_day: int, event_ids: Sequence[int]
) -> set[int]:
    """Which of ``event_ids`` the store holds between two local days (counted from 1970-01-01)."""
    statement = Statement(
        "store.known_event_ids",
        " UNION ALL ".join(
            f"SELECT event_id FROM {table} WHERE site_id = {{site:UInt32}}"
            " AND local_day BETWEEN toDate({first:UInt16}) AND toDate({last:UInt16})"
            " AND event_id IN {ids:Array(UInt64)}"
            for table in TABLES_OF_EVENTS
        ),
        {"site": site_id, "first": max(first_day, 0), "last": last_day, "ids": list(event_ids)},
    )
    return {int(row[0]) for row in await reader.ask(statement)}
