"""The one writer: batches of events in, and derived rows rebuilt where a fault may have torn them."""

from collections.abc import Collection, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any

import msgspec
from clickhouse_connect.driver.client import Client

from footfall.domain import Event, VisitAttributes
from footfall.domain.calendar import DAY_MS
from footfall.domain.site import STRAY_DAYS
from footfall.store.asides import Aside, insert_asides
from footfall.store.crawler_views import CrawlerView, insert_crawler_views
from footfall.store.engine import TABLES_OF_EVENTS, Engine
from footfall.store.failures import said_plainly
from footfall.store.inserting import Inserter
from footfall.store.schema import named_sql

_ATTRIBUTES = VisitAttributes.__struct_fields__
_OF_EVENT = (
    "site_id", "event_id", "name", "is_lasting", "hostname", "path", "props", "is_interactive", "revenue_currency",
    "engagement_ms", "scroll_depth",
)  # fmt: skip
"""Columns that are called as in the event they come from."""
_DERIVED = {
    "visits": f"{named_sql('visits_of_events')} WHERE {{opened_on}}",
    "visit_spans": f"{named_sql('spans_of_events')} AND {{opened_on}}",
    "day_changes": f"{named_sql('day_changes_of_events')} AND {{opened_on}} GROUP BY site_id, day",
}
_DAY_KEPT_BY = {
    "events": "visit_opened_day",
    "visits": "opened_day",
    "crawler_views": "local_day",
    "asides": "local_day",
    "imported": "day",
}
"""The day that decides how long a table keeps a row."""
_AGED = "site_id = {{site:UInt32}} AND {column} < toDate({{day:UInt16}})"
_OPENED_ON = (
    "(site_id, toUInt16(visit_opened_day)) IN {days:Array(Tuple(UInt32, UInt16))}"
    " AND visit_opened_day BETWEEN toDate({first:UInt16}) AND toDate({last:UInt16})"
    # Events are sorted by their own day: a visit may begin a day before its opening event, when that came late, and
    # some more where the site's zone changed meanwhile.
    f" AND local_day >= toDate({{first:UInt16}}) - {1 + STRAY_DAYS}"
)
_VISITS_OF_DAYS = (
    "(site_id, toUInt16(opened_day)) IN {days:Array(Tuple(UInt32, UInt16))}"
    " AND opened_day BETWEEN toDate({first:UInt16}) AND toDate({last:UInt16})"
)
# Every figure of every visit in one number, from rows that need not be merged.
_DIGEST = (
    "SELECT sum(cityHash64(*)) FROM (SELECT site_id, opened_day, visit_id, min(started_at), max(ended_at),"
    " max(active_until), sum(pageviews), sum(events), sum(interactions), min(entry), max(exit)"
    " FROM (%s) GROUP BY site_id, opened_day, visit_id)"
)


class StoredVisit(msgspec.Struct, frozen=True, gc=False):
    """A visit as far as events must know it; days are counted from 1970-01-01, times in UTC milliseconds."""

    site_id: int
    visitor_id: int
    visit_id: int
    opened_ms: int  # the first event known when it opened
    opened_day: int  # the site's local day of that moment
    first_ms: int
    last_ms: int  # the last event of any name: what keeps it open
    attributes: VisitAttributes


class AppliedEvent(msgspec.Struct, frozen=True, gc=False):
    """An event with its visit and its day in the site's zone."""

    event: Event
    visit: StoredVisit
    local_day: int


class Writer:
    """Inserts batches and mends what derives from them. Used by one thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @cached_property
    def _client(self) -> Client:
        """Opened when first needed: a server may be away while Footfall starts."""
        return self._engine.writing_client()

    @cached_property
    def _inserter(self) -> Inserter:
        return Inserter(self._client)

    def insert(self, batch_id: int, token: str, events: Sequence[AppliedEvent]) -> None:
        """Insert one batch as one block. ``token`` makes a blind retry a no-op, but see ``heal``."""
        self._inserter.insert("events", _columns(batch_id, events), token)

    def insert_crawler_views(self, batch_id: int, token: str, views: Sequence[CrawlerView]) -> None:
        """Insert the views by machines of one batch as one block."""
        insert_crawler_views(self._inserter, batch_id, token, views)

    def insert_asides(self, batch_id: int, token: str, asides: Sequence[Aside]) -> None:
        """Insert what one batch reports beside events as one block."""
        insert_asides(self._inserter, batch_id, token, asides)

    @property
    def inserts_may_come_late(self) -> bool:
        """Whether an insert that was given up may still be carried out: then its token must be used up first."""
        return self._engine.inserts_may_come_late

    def break_off(self) -> None:
        """End what waits for an answer that may never come; nothing can be written after it."""
        self._engine.break_off_writing()

    def count(self, batch_id: int) -> int:
        """How many events of a batch the store holds."""
        return self._count("events", batch_id)

    def count_crawler_views(self, batch_id: int) -> int:
        """How many views by machines of a batch the store holds."""
        return self._count("crawler_views", batch_id)

    def count_asides(self, batch_id: int) -> int:
        """How many reports beside events of a batch the store holds."""
        return self._count("asides", batch_id)

    def days(self, batch_id: int) -> list[tuple[int, int]]:
        """The (site, visit's opening day) pairs a stored batch touches."""
        rows = self._rows(
            "SELECT DISTINCT site_id, toUInt16(visit_opened_day) FROM events WHERE batch_id = {batch:UInt64}",
            batch=batch_id,
        )
        return [(int(site), int(day)) for site, day in rows]

    def newest_days(self) -> list[tuple[int, int]]:
        """The (site, visit's opening day) pairs of events received in the last minute there were any."""
        rows = self._rows(
            "SELECT DISTINCT site_id, toUInt16(visit_opened_day) FROM events"
            " WHERE received_at >= (SELECT max(received_at) FROM events) - 60"
        )
        return [(int(site), int(day)) for site, day in rows]

    def delete(self, batch_id: int) -> None:
        """Remove a torn batch, to be inserted again under a new token."""
        for table in TABLES_OF_EVENTS:
            self._command(
                f"ALTER TABLE {table} DELETE WHERE batch_id = {{batch:UInt64}} SETTINGS mutations_sync = 2",
                batch=batch_id,
            )

    def has_before(self, site_id: int, day: int) -> bool:
        """Tell whether a site has anything that is kept only from the local day ``day`` on."""
        return bool(self._aged(site_id, day))

    def delete_before(self, site_id: int, day: int) -> bool:
        """Delete a site's visits that opened before the local day ``day``, their events, and what stands apart.

        Tells if there were any.
        """
        found = self._aged(site_id, day)
        for table in found:
            where = _AGED.format(column=_DAY_KEPT_BY[table])
            self._command(
                f"ALTER TABLE {table} DELETE WHERE {where} SETTINGS mutations_sync = 2", site=site_id, day=day
            )
        if found:
            self._forget_changes_before(site_id, day)
        return bool(found)

    def _aged(self, site_id: int, day: int) -> list[str]:
        """The tables with anything of a site that is older than ``day``."""
        aged = {table: _AGED.format(column=column) for table, column in _DAY_KEPT_BY.items()}
        return [
            table
            for table, where in aged.items()
            if self._rows(f"SELECT 1 FROM {table} WHERE {where} LIMIT 1", site=site_id, day=day)
        ]

    def _forget_changes_before(self, site_id: int, day: int) -> None:
        """A day that has no events any more has not changed: there is nothing left of it to roll up."""
        left = f"SELECT local_day FROM events WHERE {_AGED.format(column='local_day')}"
        self._command(
            f"ALTER TABLE day_changes DELETE WHERE {_AGED.format(column='day')} AND day NOT IN ({left})"
            " SETTINGS mutations_sync = 2",
            site=site_id,
            day=day,
        )

    def rebuild_visits(self, days: Collection[tuple[int, int]]) -> None:
        """Compute what derives from events again, for the visits that opened on these (site, day) pairs."""
        if not days:
            return
        opened_days = [day for _, day in days]
        bounds = {"days": sorted(days), "first": min(opened_days), "last": max(opened_days)}
        # A span that is noted twice is still the longest: nothing to delete.
        self._derive("visit_spans", bounds)
        if not self._visits_agree_with_events(bounds):
            # Each deletion waits a second or so for its turn in the background: one for all days.
            self._command(f"ALTER TABLE visits DELETE WHERE {_VISITS_OF_DAYS} SETTINGS mutations_sync = 2", **bounds)
            self._derive("visits", bounds)
        # Last of all, when what rollups are computed from is whole: a day that changed twice has changed.
        self._derive("day_changes", bounds)

    def _visits_agree_with_events(self, bounds: dict[str, Any]) -> bool:
        """Compare every visit of these days with its events: most interruptions leave nothing to mend."""
        stored, derived = (
            self._rows(_DIGEST % source, **bounds)
            for source in (
                f"SELECT * FROM visits WHERE {_VISITS_OF_DAYS}",
                _DERIVED["visits"].format(opened_on=_OPENED_ON),
            )
        )
        return stored == derived

    def _derive(self, table: str, bounds: dict[str, Any]) -> None:
        select = _DERIVED[table].format(opened_on=_OPENED_ON)
        self._command(f"INSERT INTO {table} {select} SETTINGS insert_deduplicate = 0", **bounds)

    def open_visits(self, since_ms: int, excluding_batch: int = 0) -> list[StoredVisit]:
        """Visits with an event at or after ``since_ms``, as far as those events tell."""
        return self._visits(
            "local_day >= toDate(fromUnixTimestamp64Milli({since:Int64}, 'UTC')) - 1"
            " AND timestamp >= fromUnixTimestamp64Milli({since:Int64}, 'UTC') AND batch_id != {batch:UInt64}",
            since=max(since_ms, DAY_MS),  # a clock may stand at 1970, before which the engine knows no day
            batch=excluding_batch,
        )

    def visits_of(
        self, site_id: int, first_day: int, last_day: int, visitor_ids: Sequence[int], excluding_batch: int = 0
    ) -> list[StoredVisit]:
        """Visits of these visitors with an event between the two local days."""
        return self._visits(
            "site_id = {site:UInt32} AND local_day BETWEEN toDate({first:UInt16}) AND toDate({last:UInt16})"
            " AND visitor_id IN {visitors:Array(UInt64)} AND batch_id != {batch:UInt64}",
            site=site_id,
            first=max(first_day, 0),
            last=last_day,
            visitors=list(visitor_ids),
            batch=excluding_batch,
        )

    def recent_event_ids(self, now_seconds: int, limit: int, excluding_batch: int = 0) -> list[int]:
        """Ids of events received in the last day, newest first; of the last day with events if the clock runs ahead."""
        newest = max(
            int(self._rows(f"SELECT toUnixTimestamp(max(received_at)) FROM {table}")[0][0])
            for table in TABLES_OF_EVENTS
        )
        received = " UNION ALL ".join(
            f"SELECT event_id, received_at FROM {table} WHERE received_at >= toDateTime({{since:UInt32}}, 'UTC')"
            " AND batch_id != {batch:UInt64}"
            for table in TABLES_OF_EVENTS
        )
        rows = self._rows(
            f"SELECT event_id FROM ({received}) ORDER BY received_at DESC LIMIT {{limit:UInt32}}",
            since=max(min(now_seconds, newest) - DAY_MS // 1000, 0),
            limit=limit,
            batch=excluding_batch,
        )
        return [int(row[0]) for row in rows]

    def close(self) -> None:
        """Close the client, where one was needed."""
        if "_client" in self.__dict__:
            self._client.close()

    def _count(self, table: str, batch_id: int) -> int:
        rows = self._rows(f"SELECT count() FROM {table} WHERE batch_id = {{batch:UInt64}}", batch=batch_id)
        return int(rows[0][0])

    def _visits(self, condition: str, **parameters: Any) -> list[StoredVisit]:
        rows = self._rows(
            "SELECT site_id, visitor_id, visit_id, any(toUnixTimestamp64Milli(visit_opened_at)),"
            " any(toUInt16(visit_opened_day)),"
            " toUnixTimestamp64Milli(min(timestamp)), toUnixTimestamp64Milli(max(timestamp)),"
            f" {', '.join(f'any({name})' for name in _ATTRIBUTES)}"
            f" FROM events WHERE {condition} GROUP BY site_id, visitor_id, visit_id",
            **parameters,
        )
        return [_visit(row) for row in rows]

    def _rows(self, sql: str, **parameters: Any) -> Sequence[Sequence[Any]]:
        with said_plainly():
            return self._client.query(f"/* store.writer */ {sql}", parameters=parameters).result_rows

    def _command(self, sql: str, **parameters: Any) -> None:
        with said_plainly():
            self._client.command(f"/* store.writer */ {sql}", parameters=parameters)


def _visit(row: Sequence[Any]) -> StoredVisit:
    site_id, visitor_id, visit_id, opened_ms, opened_day, first_ms, last_ms, *attributes = row
    return StoredVisit(
        site_id, visitor_id, visit_id, opened_ms, opened_day, first_ms, last_ms, VisitAttributes(*attributes)
    )


def _columns(batch_id: int, events: Sequence[AppliedEvent]) -> dict[str, list[Any]]:
    """Turn rows into columns; times and days go in as the integers they are."""
    hits = [applied.event for applied in events]
    visits = [applied.visit for applied in events]
    attributes = [visit.attributes for visit in visits]
    return {
        "local_day": _of_each("local_day", events),
        **{name: _of_each(name, hits) for name in _OF_EVENT},
        **{name: _of_each(name, attributes) for name in _ATTRIBUTES},
        "visit_id": _of_each("visit_id", visits),
        "visitor_id": _of_each("visitor_id", visits),
        "visit_opened_at": _of_each("opened_ms", visits),
        "visit_opened_day": _of_each("opened_day", visits),
        "timestamp": _of_each("timestamp_ms", hits),
        "revenue_amount": [amount or "0" for amount in _of_each("revenue_amount", hits)],
        "received_at": [received_ms // 1000 for received_ms in _of_each("received_ms", hits)],
        "batch_id": [batch_id] * len(events),
    }


def _of_each(name: str, these: Sequence[object]) -> list[Any]:
    return list(map(attrgetter(name), these))
