"""Days another product has counted: written once, listed and deleted by import, and which of them may be read.

Rows are shaped like those of the rollups. Where a site has events of its own, those count: the first day with one is
the seam, and nothing imported is read from there on, so that no day is ever counted twice.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple

from clickhouse_connect.driver.client import Client

from footfall.domain import Site
from footfall.store.engine import Engine
from footfall.store.failures import said_plainly
from footfall.store.inserting import insert_columns
from footfall.store.reader import Statement

_BLOCK_ROWS = 100_000
_NEVER = 65_535  # past the last day the engine knows


class ImportedRow(NamedTuple):
    """What a day added up to under one value of a dimension; ``counted`` is `visits` or `events`."""

    counted: str
    dimension: str
    value: str
    day: int  # local, from 1970-01-01
    visits: int = 0
    bounces: int = 0
    duration_ms: int = 0
    events: int = 0
    pageviews: int = 0
    confined_visits: int = 0
    confined_visitors: int = 0


class Import(NamedTuple):
    """One import of a site: its days, and how many rows it has."""

    id: int
    origin: str
    first_day: int
    last_day: int
    rows: int
    imported_at: datetime


class ImportedSpan(NamedTuple):
    """The days that may be read: those imported and before the first event of the site's own."""

    first_day: int
    last_day: int


class ImportedDays:
    """All imports of an install. Used by one thread at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def insert(self, site_id: int, import_id: int, origin: str, at_s: int, rows: Iterable[ImportedRow]) -> int:
        """Write the rows of an import, some at a time; tells how many those were. What fails leaves nothing behind."""
        client, count, left = self._engine.writing_client(), 0, iter(rows)
        try:
            while block := list(islice(left, _BLOCK_ROWS)):
                _insert(client, block, site_id=site_id, import_id=import_id, origin=origin, imported_at=at_s)
                count += len(block)
        except BaseException:
            self.delete(site_id, import_id)
            raise
        finally:
            client.close()
        return count

    def of_site(self, site_id: int) -> list[Import]:
        """The imports of a site, the oldest days first."""
        client = self._engine.client()
        try:
            with said_plainly():
                rows = client.query(
                    "/* store.imports */ SELECT import_id, any(origin), toUInt16(min(day)), toUInt16(max(day)),"
                    " count(), toUnixTimestamp(any(imported_at)) FROM imported WHERE site_id = {site:UInt32}"
                    " GROUP BY import_id ORDER BY min(day), import_id",
                    parameters={"site": site_id},
                ).result_rows
        finally:
            client.close()
        return [Import._make((*found, datetime.fromtimestamp(at_s, UTC))) for *found, at_s in rows]

    def delete(self, site_id: int, import_id: int) -> None:
        """Delete an import; does nothing where there is none."""
        client = self._engine.writing_client()
        try:
            with said_plainly():
                client.command(
                    "/* store.imports */ ALTER TABLE imported DELETE WHERE site_id = {site:UInt32}"
                    " AND import_id = {import:UInt64} SETTINGS mutations_sync = 2",
                    parameters={"site": site_id, "import": import_id},
                )
        finally:
            client.close()


def imported_span(site: Site) -> Statement:
    """Asks for the first and last imported day, and the first of the site's own."""
    sql = (
        "SELECT toUInt16(min(day)), toUInt16(max(day)), count(), ifNull((SELECT toNullable(toUInt16(local_day))"
        " FROM events WHERE site_id = {site:UInt32} ORDER BY local_day LIMIT 1) - {strays:UInt8}, {never:UInt16})"
        " FROM imported WHERE site_id = {site:UInt32}"
    )
    # Where the zone has changed, the first event may have happened some days before the one it is stored under.
    parameters = {"site": site.id, "strays": site.stray_days, "never": _NEVER}
    return Statement("store.imported_span", sql, parameters, site.id)


def span_of(rows: Sequence[tuple[Any, ...]]) -> ImportedSpan | None:
    """What ``imported_span`` came to; None where nothing was imported."""
    ((first, last, count, first_own),) = rows
    return ImportedSpan(int(first), min(int(last), int(first_own) - 1)) if count else None


def _insert(client: Client, rows: Sequence[ImportedRow], **same: Any) -> None:
    values_of_each = zip(ImportedRow._fields, zip(*rows, strict=True), strict=True)
    columns = {name: list(values) for name, values in values_of_each}
    columns |= {name: [value] * len(rows) for name, value in same.items()}
    with said_plainly():
        insert_columns(client, "imported", columns)
