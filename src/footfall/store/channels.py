"""The channels of stored events and visits: what they were told from, and telling them again by other rules.

Both tables are changed in place, part by part. Whoever reads meanwhile finds a visit under its old channel or its new
one; all days it touches are marked as changed before, so that rollups made of the old one no longer hold.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from clickhouse_connect.driver.client import Client

from footfall.domain.site import STRAY_DAYS
from footfall.store.engine import Engine
from footfall.store.failures import said_plainly

_MOST_ARRIVALS = 1000
"""As many in one statement."""

_DAY_OF = {"events": "local_day", "visits": "opened_day"}
_TOLD_FROM = "toString(source), toString(utm_medium), toString(utm_campaign), toString(click_id_kind)"
_ARRIVALS = "Array(Tuple(String, String, String, String))"
_IN_DAYS = "site_id = {{site:UInt32}} AND {day} BETWEEN toDate({{first:UInt16}}) AND toDate({{last:UInt16}})"


class Arrival(NamedTuple):
    """What the channel of a visit is told from."""

    source: str
    utm_medium: str
    utm_campaign: str
    click_id_kind: str


class Channels:
    """Used by one thread, while rollups are kept as they are; days are counted from 1970-01-01."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @cached_property
    def _client(self) -> Client:
        """Opened when first needed: a server may be away while Footfall starts."""
        return self._engine.writing_client()

    def months(self, site_id: int) -> list[int]:
        """The first day of every month that a site has anything in, newest first."""
        both = " UNION DISTINCT ".join(
            f"SELECT DISTINCT toUInt16(toStartOfMonth({day})) AS month FROM {table} WHERE site_id = {{site:UInt32}}"
            for table, day in _DAY_OF.items()
        )
        return [int(month) for (month,) in self._rows(f"SELECT month FROM ({both}) ORDER BY month DESC", site=site_id)]

    def told_otherwise(
        self, site_id: int, first: int, last: int, channel_of: Callable[[Arrival], str]
    ) -> dict[Arrival, str]:
        """The arrivals of these days whose stored channel is another than it would be now, with that of now."""
        both = " UNION DISTINCT ".join(
            f"SELECT DISTINCT {_TOLD_FROM}, toString(channel) FROM {table} WHERE {_IN_DAYS.format(day=day)}"
            for table, day in _DAY_OF.items()
        )
        changed: dict[Arrival, str] = {}
        for *told_from, channel in self._rows(both, site=site_id, first=first, last=last):
            arrival = Arrival(*told_from)
            now = channel_of(arrival)
            if now != channel:
                changed[arrival] = now
        return changed

    def mark(self, site_id: int, first: int, last: int) -> None:
        """Count a change of every day that a visit of these days may be filed under."""
        reach = "(SELECT max(days) FROM visit_spans WHERE site_id = {site:UInt32})"
        self._command(
            "INSERT INTO day_changes SELECT site_id, day, 1 FROM day_changes"
            f" WHERE site_id = {{site:UInt32}} AND day >= toDate({{first:UInt16}}) - {STRAY_DAYS:d}"
            f" AND day <= toDate({{last:UInt16}}) + {reach} + {STRAY_DAYS:d}"
            " GROUP BY site_id, day SETTINGS insert_deduplicate = 0",
            site=site_id,
            first=first,
            last=last,
        )

    def tell(self, site_id: int, first: int, last: int, channels: Mapping[Arrival, str]) -> None:
        """Give these arrivals of these days their channels."""
        for few in _few_at_a_time(channels):
            told, bindings = _told_now(few)
            for table, day in _DAY_OF.items():
                self._command(
                    f"ALTER TABLE {table} UPDATE channel = {told} WHERE {_IN_DAYS.format(day=day)}"
                    f" AND ({_TOLD_FROM}) IN {{all:{_ARRIVALS}}} SETTINGS mutations_sync = 2",
                    site=site_id,
                    first=first,
                    last=last,
                    all=[tuple(arrival) for arrival in few],
                    **bindings,
                )
        os.sync()  # the engine does not sync what such a change has written

    def close(self) -> None:
        """Close the client, where one was needed."""
        if "_client" in self.__dict__:
            self._client.close()

    def _rows(self, sql: str, **parameters: Any) -> Sequence[Sequence[Any]]:
        with said_plainly():
            return self._client.query(f"/* store.channels */ {sql}", parameters=parameters).result_rows

    def _command(self, sql: str, **parameters: Any) -> None:
        with said_plainly():
            self._client.command(f"/* store.channels */ {sql}", parameters=parameters)


def _few_at_a_time(channels: Mapping[Arrival, str]) -> Iterator[dict[Arrival, str]]:
    pairs = iter(channels.items())
    while few := dict(islice(pairs, _MOST_ARRIVALS)):
        yield few


def _told_now(channels: Mapping[Arrival, str]) -> tuple[str, dict[str, Any]]:
    """The channel of a row as SQL, and what is bound in it: one change of all, for each waits for its turn."""
    arrivals: dict[str, list[tuple[str, ...]]] = {}
    for arrival, channel in channels.items():
        arrivals.setdefault(channel, []).append(tuple(arrival))
    bindings: dict[str, Any] = {}
    cases: list[str] = []
    for number, (channel, those) in enumerate(arrivals.items()):
        bindings |= {f"channel_{number}": channel, f"arrivals_{number}": those}
        cases.append(f"({_TOLD_FROM}) IN {{arrivals_{number}:{_ARRIVALS}}}, {{channel_{number}:String}}")
    return f"multiIf({', '.join(cases)}, toString(channel))", bindings
