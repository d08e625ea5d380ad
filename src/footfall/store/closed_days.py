"""Which days and months of a site are rolled up and still true, read from the store at one moment.

A day's rollups are true while nothing has happened to it since they were computed, nor to a day from which a visit may
reach into it. A day without any event, once later ones are rolled up, needs no rollups to be known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from footfall.domain import Site
from footfall.domain.calendar import date_of
from footfall.domain.site import STRAY_DAYS
from footfall.store.reader import Statement

_STATE = """
SELECT 'changes', toUInt16(day), sum(changes), 0, '' FROM day_changes WHERE site_id = {site:UInt32} GROUP BY day
UNION ALL
SELECT toString(span), toUInt16(day), made_from, generation, timezone FROM finalised FINAL WHERE site_id = {site:UInt32}
UNION ALL
SELECT 'reach', 0, toUInt64(max(days)), 0, '' FROM visit_spans WHERE site_id = {site:UInt32}
"""


class Finalised(NamedTuple):
    """What was noted when a day or a month was rolled up; see the table `finalised`."""

    made_from: int
    generation: int
    timezone: str


@dataclass(frozen=True)
class ClosedDays:
    """Days are counted from 1970-01-01; a month stands under its first day. Without arguments nothing is rolled up."""

    timezone: str = ""
    changes: Mapping[int, int] = field(default_factory=dict)
    days: Mapping[int, Finalised] = field(default_factory=dict)
    months: Mapping[int, Finalised] = field(default_factory=dict)
    reach: int = 0  # how many days the longest visit goes on past the one it opened on
    strays_until: int = -1  # the last day of which events may be stored, and counted as changes, under days near it

    def generation(self, day: int) -> int | None:
        """The generation of the day's rollups, 0 where nothing happened that day, None where it is read live."""
        if day not in self._generations:
            self._generations[day] = self._find_generation(day)
        return self._generations[day]

    def _find_generation(self, day: int) -> int | None:
        if not self.changes_of(day):
            return 0 if day < self._last_rolled_up else None
        noted = self.days.get(day)
        if noted is None or not self._is_true(noted) or any(map(self._has_changed, range(day - self.reach, day + 1))):
            return None
        return noted.generation

    def changes_of(self, day: int) -> int:
        """How often anything has changed that may be of this day; it only grows."""
        if day > self.strays_until:
            return self.changes.get(day, 0)
        return sum(self.changes.get(near, 0) for near in _around(day))

    @property
    def candidates(self) -> set[int]:
        """The days that may have events."""
        near = {near for day in self.changes if day - STRAY_DAYS <= self.strays_until for near in _around(day)}
        return {*self.changes, *near}

    def generation_of_month(self, first_day: int) -> int | None:
        """Likewise of the month that begins on this day; 0 where nothing happened in it."""
        generations = self.generations(first_day)
        if generations is None:
            return None
        if not any(generations):
            return 0
        noted = self.months.get(first_day)
        is_true = noted is not None and self._is_true(noted) and noted.made_from == sum(generations)
        return noted.generation if noted and is_true else None

    def generations(self, first_day: int) -> list[int] | None:
        """The generations of all days of a month, None where one is read live."""
        found = [self.generation(day) for day in days_of_month(first_day)]
        known = [generation for generation in found if generation is not None]
        return known if len(known) == len(found) else None

    @cached_property
    def _generations(self) -> dict[int, int | None]:
        """Those asked for: a year of days is asked for by day and by month."""
        return {}

    @cached_property
    def _last_rolled_up(self) -> int:
        return max(self.days, default=0)

    def _is_true(self, noted: Finalised) -> bool:
        return noted.timezone == self.timezone

    def _has_changed(self, day: int) -> bool:
        noted = self.days.get(day)
        return noted is not None and noted.made_from != self.changes_of(day)


def _around(day: int) -> range:
    return range(max(day - STRAY_DAYS, 0), day + STRAY_DAYS + 1)


def days_of_month(first_day: int) -> range:
    """The days of the month that begins on this day."""
    first = date_of(first_day)
    following = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return range(first_day, first_day + (following - first).days)


def first_of_month(day: int) -> int:
    """The first day of the month this day is in."""
    return day - date_of(day).day + 1


def state_of_days(site_id: int) -> Statement:
    """Ask for what ``closed_days`` is made of."""
    return Statement("store.closed_days", _STATE, {"site": site_id}, site_id)


def closed_days(rows: Iterable[tuple[Any, ...]], site: Site) -> ClosedDays:
    """Make it of the rows, for the site as it is now."""
    changes: dict[int, int] = {}
    finalised: dict[str, dict[int, Finalised]] = {"day": {}, "month": {}}
    reach = 0
    for kind, day, figure, generation, zone in rows:
        match kind:
            case "changes":
                changes[day] = figure
            case "reach":
                reach = figure
            case _:
                finalised[kind][day] = Finalised(figure, generation, zone)
    reach += site.stray_days  # a visit's first day and a later one may have been told in two zones
    return ClosedDays(site.timezone, changes, finalised["day"], finalised["month"], reach, site.strays_until)
