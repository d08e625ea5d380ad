"""Stretches of the site's clock: where each minute, hour, day, week or month of a range begins.

Python knows every zone's past; the engine gets plain numbers. A day may have 23 or 25 hours, and the hour that a
clock change repeats is there twice under one label.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from footfall.errors import InvalidInput
from footfall.query.dates import DateRange, in_ms, midnight

MAX_BUCKETS = 10_000


@dataclass(frozen=True)
class Buckets:
    """Where each bucket begins, in UTC milliseconds, and what it is called."""

    unit: str
    starts_ms: tuple[int, ...]
    labels: tuple[str, ...]

    @cached_property
    def label_of(self) -> dict[int, str]:
        """The label of the bucket that begins then."""
        return dict(zip(self.starts_ms, self.labels, strict=True))

    @property
    def files_by_start(self) -> bool:
        """Whether a visit falls where it started; else where it was last active."""
        return self.unit in ("minute", "hour")


@dataclass(frozen=True)
class _Unit:
    next_start: Callable[[datetime, ZoneInfo, int], datetime]
    label: Callable[[datetime], str]


def buckets(within: DateRange, unit: str, week_start: int = 0) -> Buckets:
    """The buckets of a range; the first begins where the range does. Weeks begin on a weekday, Monday being 0."""
    rule = _UNITS[unit]
    starts: list[int] = []
    labels: list[str] = []
    at = within.first_at
    while at < within.end_at:
        if len(starts) == MAX_BUCKETS:
            raise InvalidInput(
                f"This range has more than {MAX_BUCKETS} of the dimension `time:{unit}`; ask for a longer unit.",
                field="dimensions",
            )
        local = at.astimezone(within.zone)
        starts.append(in_ms(at))
        labels.append(rule.label(local))
        at = rule.next_start(local, within.zone, week_start)
    return Buckets(unit, tuple(starts), tuple(labels))


def natural_unit(within: DateRange) -> str:
    """The unit `time` stands for: up to 48 hours, 40 days and 52 weeks, as clocks and calendars read."""
    if within.is_realtime:
        return "minute"
    first, end = (moment.astimezone(within.zone).replace(tzinfo=None) for moment in (within.first_at, within.end_at))
    length = end - first
    limits = ((timedelta(hours=48), "hour"), (timedelta(days=40), "day"), (timedelta(weeks=52), "week"))
    return next((unit for limit, unit in limits if length <= limit), "month")


def _clock_step(step: timedelta) -> Callable[[datetime, ZoneInfo, int], datetime]:
    """Up to the next full step, as the clock reads at the start of it."""

    def next_start(local: datetime, _: ZoneInfo, __: int) -> datetime:
        since_midnight = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
        return local.astimezone(UTC) + step - since_midnight % step

    return next_start


def _calendar_step(following: Callable[[date, int], date]) -> Callable[[datetime, ZoneInfo, int], datetime]:
    """To the first midnight of the following stretch of days."""

    def next_start(local: datetime, zone: ZoneInfo, week_start: int) -> datetime:
        now, day = local.astimezone(UTC), following(local.date(), week_start)
        # A clock put back across midnight can read the day before again: that midnight has passed.
        while midnight(day, zone) <= now:
            day = following(day, week_start)
        return midnight(day, zone)

    return next_start


def _next_day(day: date, _: int) -> date:
    return day + timedelta(days=1)


def _next_week(day: date, week_start: int) -> date:
    return day + timedelta(days=7 - (day.weekday() - week_start) % 7)


def _next_month(day: date, _: int) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


_UNITS = {
    "minute": _Unit(_clock_step(timedelta(minutes=1)), lambda local: f"{local:%Y-%m-%d %H:%M}:00"),
    "hour": _Unit(_clock_step(timedelta(hours=1)), lambda local: f"{local:%Y-%m-%d %H}:00:00"),
    "day": _Unit(_calendar_step(_next_day), lambda local: f"{local:%Y-%m-%d}"),
    "week": _Unit(_calendar_step(_next_week), lambda local: f"{local:%Y-%m-%d}"),
    "month": _Unit(_calendar_step(_next_month), lambda local: f"{local:%Y-%m}-01"),
}
