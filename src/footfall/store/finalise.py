"""Rolling up closed days and months, again and again until nothing is left to do.

Safe against a crash at any moment: rows go in under a new generation, and only then a row of `finalised` makes that
the one that holds. Rows of a generation that no longer holds stay for one more run: a question may still be reading.
"""

import os
import threading
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property, partial
from typing import Any
from zoneinfo import ZoneInfo

from clickhouse_connect.driver.client import Client

from footfall.domain import Site
from footfall.domain.calendar import day_bounds_ms
from footfall.domain.site import STRAY_DAYS
from footfall.store.closed_days import ClosedDays, closed_days, days_of_month, first_of_month, state_of_days
from footfall.store.engine import Engine
from footfall.store.failures import said_plainly
from footfall.store.schema import named_sql

SETTLED_MS = 3_600_000
"""A day is closed so long after its end: the visits that went on past it have ended, and the spool is empty."""

_BY_DAY = ("roll_up_events", "roll_up_visits")
_BY_MONTH = ("roll_up_month_of_events", "roll_up_month_of_visits")
_TABLES = {"day": ("daily_events", "daily_visits"), "month": ("monthly_events", "monthly_visits")}
_TAG = "store.finalise"
_OF_DAYS = "site_id = {site:UInt32} AND toUInt16(day) IN {days:Array(UInt16)}"
_SETTINGS = {
    "async_insert": 0,
    # Reading a tuple's element as a subcolumn skips the merge of FINAL and gives another row's value.
    "optimize_functions_to_subcolumns": 0,
    "do_not_merge_across_partitions_select_final": 1,
    "max_threads": 1,  # it may take its time; questions and intake may not
}


class Finaliser:
    """``pause`` keeps the writer between two inserts while it is held. Safe to call from any thread."""

    def __init__(self, engine: Engine, pause: Callable[[], AbstractContextManager[object]]) -> None:
        self._engine = engine
        self._pause = pause
        self._running = threading.Lock()
        self._turn = threading.Lock()
        self._times_forgotten = 0
        self._is_stopping = False
        self._may_hold_stale_rows = True  # a crash may have left some

    @cached_property
    def _client(self) -> Client:
        """Opened when first needed: a server may be away while Footfall starts."""
        return self._engine.client(_SETTINGS)

    def run(self, sites: Iterable[Site], now_ms: int) -> int:
        """Roll up what has closed or changed; returns how many days and months that were."""
        with self._running:
            with self._turn:
                self._sweep()
            return sum(self._finalise(site, now_ms) for site in sites)

    def pause(self) -> threading.Lock:
        """A lock that, while held, keeps rollups as they are."""
        return self._turn

    @contextmanager
    def forgetting(self, site_id: int, days: Container[int] | None = None, *, strays: int = 0) -> Iterator[None]:
        """Forget the rollups of these local days (None: of all), and compute none while the context lasts.

        For whoever deletes events: they are deleted inside, and what is left of those days is rolled up afterwards.
        ``strays`` is by how many days the days given may differ from those of the site's zone.
        """
        with self._turn:
            self._times_forgotten += 1
            self._forget(site_id, days, strays)
            yield

    def forget_days(self, site_id: int, days: Container[int] | None = None) -> None:
        """Forget the rollups of these local days (None: of all), so that they are computed again."""
        with self.forgetting(site_id, days):
            return

    def reach(self, site_id: int) -> int:
        """How many days the longest visit of a site goes on past the one it opened on."""
        rows = self._rows("SELECT max(days) FROM visit_spans WHERE site_id = {site:UInt32}", site=site_id)
        return int(rows[0][0])

    def close(self) -> None:
        """End a run after the day it is at, and close the client; nothing may be forgotten after it."""
        self._is_stopping = True
        with self._turn:
            if "_client" in self.__dict__:
                self._client.close()

    def _finalise(self, site: Site, now_ms: int) -> int:
        state, times_forgotten = self._state(site)
        # Backwards: while a day that reaches into it is not done, the day that was done is still read live.
        due = sorted(_due_days(state, site.zone, now_ms), reverse=True)
        days = self._one_by_one(due, times_forgotten, partial(self._roll_up_day, site, state))
        if days:
            state, times_forgotten = self._state(site)
        due = _due_months(state, site.zone, now_ms)
        return days + self._one_by_one(due, times_forgotten, partial(self._roll_up_month, site, state))

    def _one_by_one(self, due: Sequence[int], times_forgotten: int, roll_up: Callable[[int], None]) -> int:
        """Take a turn for each, so that who deletes need not wait for all; what they leave is due in the next run."""
        for done, day in enumerate(due):
            with self._turn:
                if self._is_stopping or self._times_forgotten != times_forgotten:
                    return done
                roll_up(day)
        return len(due)

    def _state(self, site: Site) -> tuple[ClosedDays, int]:
        """What is known of the site's days while no insert is half done: each change counted is in all tables.

        With it how often days had been forgotten by then.
        """
        statement = state_of_days(site.id)
        with self._turn:
            if self._is_stopping:
                return ClosedDays(), self._times_forgotten
            with self._pause():
                rows = self._rows(statement.sql, **statement.parameters)
            return closed_days((tuple(row) for row in rows), site), self._times_forgotten

    def _roll_up_day(self, site: Site, state: ClosedDays, day: int) -> None:
        first_ms, end_ms = day_bounds_ms(day, site.zone)
        generation = state.days[day].generation + 1 if day in state.days else 1
        for name in _BY_DAY:
            self._fill(
                name,
                site=site.id,
                day=day,
                generation=generation,
                first_ms=first_ms,
                end_ms=end_ms,
                strays=STRAY_DAYS if day <= site.strays_until else 0,
                lead=2 * site.stray_days,
            )
        self._note(site, "day", day, generation, state.changes_of(day))

    def _roll_up_month(self, site: Site, state: ClosedDays, first_day: int) -> None:
        generations = state.generations(first_day) or []
        generation = state.months[first_day].generation + 1 if first_day in state.months else 1
        for name in _BY_MONTH:
            self._fill(name, site=site.id, day=first_day, generation=generation, generations=generations)
        self._note(site, "month", first_day, generation, sum(generations))

    def _fill(self, name: str, **parameters: Any) -> None:
        self._may_hold_stale_rows = True
        self._command(named_sql(name), **parameters)

    def _note(self, site: Site, span: str, day: int, generation: int, made_from: int) -> None:
        self._command(
            "INSERT INTO finalised SELECT {site:UInt32}, {span:String}, toDate({day:UInt16}), {generation:UInt16},"
            " {made_from:UInt64}, {timezone:String}, now()",
            site=site.id,
            span=span,
            day=day,
            generation=generation,
            made_from=made_from,
            timezone=site.timezone,
        )

    def _sweep(self) -> None:
        """Delete the rows of generations that do not hold: superseded, or cut off before they did."""
        if not self._may_hold_stale_rows:
            return
        for span, tables in _TABLES.items():
            holds = f"SELECT site_id, day, generation FROM finalised FINAL WHERE span = '{span}'"
            stale = f"(site_id, day, generation) NOT IN ({holds})"
            for table in tables:
                self._delete(table, stale)
        self._may_hold_stale_rows = False

    def _forget(self, site_id: int, days: Container[int] | None, strays: int) -> None:
        """Delete first what says that the rollups hold, then the rollups, also those of a run that was cut off."""
        self._sweep()
        chosen = self._chosen(site_id, days, strays)
        by_span = {"day": chosen, "month": sorted({first_of_month(day) for day in chosen})}
        for span, known in by_span.items():
            self._delete("finalised", f"span = '{span}' AND {_OF_DAYS}", site=site_id, days=known)
        for span, tables in _TABLES.items():
            for table in tables:
                self._delete(table, _OF_DAYS, site=site_id, days=by_span[span])

    def _chosen(self, site_id: int, days: Container[int] | None, strays: int) -> list[int]:
        """The rolled-up days among these, and those that a visit on one of them may reach into."""
        rows = self._rows(
            "SELECT DISTINCT toUInt16(day) FROM finalised WHERE site_id = {site:UInt32} AND span = 'day'", site=site_id
        )
        known, reach = sorted(int(day) for (day,) in rows), self.reach(site_id) + 2 * strays
        return [
            day for day in known if days is None or any(near in days for near in range(day - reach, day + reach + 1))
        ]

    def _delete(self, table: str, where: str, **parameters: Any) -> None:
        """Delete these rows if there are any: a deletion takes a second even of nothing."""
        if not self._rows(f"SELECT 1 FROM {table} WHERE {where} LIMIT 1", **parameters):
            return
        self._command(f"ALTER TABLE {table} DELETE WHERE {where} SETTINGS mutations_sync = 2", **parameters)
        os.sync()  # the engine does not sync what a deletion has written

    def _rows(self, sql: str, **parameters: Any) -> Sequence[Sequence[Any]]:
        with said_plainly():
            return self._client.query(f"/* {_TAG} */ {sql}", parameters=parameters).result_rows

    def _command(self, sql: str, **parameters: Any) -> None:
        with said_plainly():
            self._client.command(f"/* {_TAG} */ {sql}", parameters=parameters)


def rolled_up_days(state: ClosedDays, zone: ZoneInfo, now_ms: int) -> tuple[int, int]:
    """How many of a site's closed days are rolled up, and how many there are."""
    closed = [day for day in state.candidates if _is_closed(day, zone, now_ms)]
    return sum(state.generation(day) is not None for day in closed), len(closed)


def _due_days(state: ClosedDays, zone: ZoneInfo, now_ms: int) -> list[int]:
    """Closed days whose events are not in the rollups."""
    return [day for day in state.candidates if _is_closed(day, zone, now_ms) and state.generation(day) is None]


def _due_months(state: ClosedDays, zone: ZoneInfo, now_ms: int) -> list[int]:
    """Months of closed days that are not rolled up, or not from the rollups of today."""
    months = sorted({first_of_month(day) for day in state.candidates})
    return [
        first_day
        for first_day in months
        if _is_closed(days_of_month(first_day)[-1], zone, now_ms)
        and state.generations(first_day) is not None
        and state.generation_of_month(first_day) is None
    ]


def _is_closed(day: int, zone: ZoneInfo, now_ms: int) -> bool:
    return day_bounds_ms(day, zone)[1] + SETTLED_MS <= now_ms
