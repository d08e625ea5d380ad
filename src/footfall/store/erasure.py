"""Deletes what the store holds of visitors, of days or of a whole site, so that no byte of it stays on disk.

A deletion writes new parts, leaves the old ones lying for minutes, and keeps its own text, ids included, in a file.
So each ends with ``_compact``. The caller keeps the applier still meanwhile.
"""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from clickhouse_connect.driver.client import Client

from footfall.domain import Site
from footfall.domain.calendar import day_bounds_ms
from footfall.errors import StoreError
from footfall.store.engine import DATABASE, TABLES, Engine
from footfall.store.writer import Writer

_ON_DAYS = (
    "site_id = {site:UInt32} AND local_day BETWEEN toDate({first:UInt16}) AND toDate({last:UInt16})"
    " AND timestamp >= fromUnixTimestamp64Milli({first_ms:Int64}, 'UTC')"
    " AND timestamp < fromUnixTimestamp64Milli({end_ms:Int64}, 'UTC')"
)
_PATIENCE_SECONDS = 60.0
_LOOK_EVERY_SECONDS = 0.2
# Parts wait for a power cut that never comes unless what replaces them is safe on disk: hence the second setting.
_FORGETFUL = {"old_parts_lifetime": 0, "min_rows_to_fsync_after_merge": 1}


class Erasure:
    """Used under the applier's lock, by one thread at a time; each method returns how many events it deleted."""

    def __init__(self, engine: Engine, writer: Writer) -> None:
        self._engine = engine
        self._writer = writer

    @cached_property
    def _client(self) -> Client:
        """Opened when first needed: a server may be away while Footfall starts."""
        return self._engine.writing_client()

    def visitors(self, site_id: int, visitor_ids: Sequence[int]) -> int:
        """Delete every row about these visitors of a site."""
        where = "site_id = {site:UInt32} AND visitor_id IN {visitors:Array(UInt64)}"
        return self._erase("visitor_id", where, site=site_id, visitors=list(visitor_ids))

    def days(self, site: Site, first: int, last: int) -> int:
        """Delete the events of the local days ``first`` to ``last``; visits that go on outside are computed again."""
        first_stored, last_stored = site.days_stored(first, last)
        bounds = {
            "site": site.id,
            "first": first_stored,
            "last": last_stored,
            "first_ms": day_bounds_ms(first, site.zone)[0],
            "end_ms": day_bounds_ms(last, site.zone)[1],
        }
        with self._compacting():
            erased = self._delete("local_day", _ON_DAYS, **bounds)
            self._writer.rebuild_visits(self._opened_days(site, first_stored, last_stored))
        return erased

    def site(self, site_id: int) -> int:
        """Delete every row about a site."""
        return self._erase("site_id", "site_id = {site:UInt32}", site=site_id)

    def visitor_ids(self, site_id: int) -> Iterator[int]:
        """Every visitor of a site, to find one who is known by something else than the id."""
        for (visitor_id,) in self._rows(
            "SELECT DISTINCT visitor_id FROM events WHERE site_id = {site:UInt32}", site=site_id
        ):
            yield int(visitor_id)

    def days_of(self, site_id: int, visitor_ids: Sequence[int]) -> list[int]:
        """The local days of these visitors' events."""
        sql = (
            "SELECT DISTINCT toUInt16(local_day) FROM events"
            " WHERE site_id = {site:UInt32} AND visitor_id IN {visitors:Array(UInt64)}"
        )
        return [int(day) for (day,) in self._rows(sql, site=site_id, visitors=list(visitor_ids))]

    def close(self) -> None:
        """Close the client."""
        if "_client" in self.__dict__:
            self._client.close()

    def _erase(self, column: str, where: str, **values: Any) -> int:
        with self._compacting():
            return self._delete(column, where, **values)

    def _delete(self, column: str, where: str, **values: Any) -> int:
        """Delete the rows of all tables that have ``column``."""
        (count,) = self._rows(f"SELECT count() FROM events WHERE {where}", **values)[0]
        for table in self._tables_with(column):
            self._command(f"ALTER TABLE {table} DELETE WHERE {where} SETTINGS mutations_sync = 2", **values)
        return int(count)

    def _opened_days(self, site: Site, first: int, last: int) -> list[tuple[int, int]]:
        """The (site, day) pairs on which visits opened that may reach into these days."""
        rows = self._rows(
            "SELECT DISTINCT toUInt16(opened_day) FROM visits WHERE site_id = {site:UInt32}"
            " AND opened_day BETWEEN toDate({first:UInt16}) - (SELECT max(days) + 1 + {strays:UInt16} FROM visit_spans"
            " WHERE site_id = {site:UInt32}) AND toDate({last:UInt16}) + 1",
            site=site.id,
            first=first,
            last=last,
            strays=site.stray_days,
        )
        return [(site.id, int(day)) for (day,) in rows]

    def _tables_with(self, column: str) -> list[str]:
        rows = self._rows(
            "SELECT table FROM system.columns WHERE database = {database:String} AND name = {column:String}"
            " AND table IN {tables:Array(String)}",
            database=DATABASE,
            column=column,
            tables=list(TABLES),
        )
        return sorted(table for (table,) in rows)

    # --- compaction

    @contextmanager
    def _compacting(self) -> Iterator[None]:
        """Remove the old parts of what is deleted in the block, and the texts of the deletions."""
        changes = ", ".join(f"{name} = {value}" for name, value in _FORGETFUL.items())
        try:
            for table in self._partitioned():
                self._command(f"ALTER TABLE {table} MODIFY SETTING {changes}")
            yield
            self._compact()
        finally:
            for table in self._partitioned():
                self._command(f"ALTER TABLE {table} RESET SETTING {', '.join(_FORGETFUL)}")

    def _compact(self) -> None:
        os.sync()  # parts merged before the settings changed may not be on disk yet
        doomed = self._old_parts()
        ends_at = time.monotonic() + _PATIENCE_SECONDS
        while doomed & self._clear():
            if time.monotonic() > ends_at:
                raise StoreError("The rows are deleted, but a running query still holds their files; try again.")
            time.sleep(_LOOK_EVERY_SECONDS)
        self._command(f"KILL MUTATION WHERE database = '{DATABASE}' AND is_done SYNC")

    def _clear(self) -> set[tuple[str, str]]:
        """Have old parts removed now; returns those a running query still reads.

        The engine does so on its own after a while, but at once when a partition is dropped, even one that isn't there.
        """
        for table in self._partitioned():
            self._command(f"ALTER TABLE {table} DROP PARTITION 0")
        return self._old_parts()

    def _old_parts(self) -> set[tuple[str, str]]:
        sql = (
            "SELECT table, name FROM system.parts WHERE database = {database:String} AND NOT active"
            " AND table IN {tables:Array(String)}"
        )
        return {(table, name) for table, name in self._rows(sql, database=DATABASE, tables=self._partitioned())}

    def _partitioned(self) -> list[str]:
        """The tables whose parts may hold something of a visitor: those in partitions of a month or a year."""
        sql = (
            "SELECT name FROM system.tables WHERE database = {database:String} AND partition_key LIKE 'toY%'"
            " AND name IN {tables:Array(String)}"
        )
        return sorted(name for (name,) in self._rows(sql, database=DATABASE, tables=list(TABLES)))

    def _rows(self, sql: str, **parameters: Any) -> Sequence[Sequence[Any]]:
        return self._client.query(f"/* store.erasure */ {sql}", parameters=parameters).result_rows

    def _command(self, sql: str, **parameters: Any) -> None:
        self._client.command(f"/* store.erasure */ {sql}", parameters=parameters)
