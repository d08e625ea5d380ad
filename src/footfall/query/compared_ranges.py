"""Which range stands beside another: the period before, a year before, or one of the caller's choice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from footfall.domain import Site
from footfall.errors import InvalidInput
from footfall.query.dates import DateRange, earlier, previous_period, resolve_date_range, trimmed
from footfall.query.question import ComparedWith

_DAYS_OF_WEEK = 7
_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)


def compared_range(wanted: ComparedWith, current: DateRange, site: Site, now: datetime) -> DateRange:
    """The range that stands beside ``current``; raises InvalidInput where that would be no range."""
    found = _RULES[wanted.mode](wanted, current, site, now)
    moved = _on_same_weekday(found, current) if wanted.match_day_of_week else found
    if moved.first_at < _EARLIEST:
        raise InvalidInput("#/include/comparisons: Nothing can be compared with a time before 1970.", field="include")
    return moved


def _previous(_: ComparedWith, current: DateRange, __: Site, now: datetime) -> DateRange:
    return previous_period(current, now)


def _year_before(_: ComparedWith, current: DateRange, __: Site, now: datetime) -> DateRange:
    """From the same date a year before, as much as has passed of the current range."""
    first = current.first_at.astimezone(current.zone).date()
    return _moved(trimmed(current, now), first - _a_year_before(first))


def _custom(wanted: ComparedWith, _: DateRange, site: Site, now: datetime) -> DateRange:
    return resolve_date_range(wanted.date_range or "day", site, now)


_RULES: dict[str, Callable[[ComparedWith, DateRange, Site, datetime], DateRange]] = {
    "previous_period": _previous,
    "year_over_year": _year_before,
    "custom": _custom,
}


def _a_year_before(day: date) -> date:
    """The same date; of the 29th of February the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _on_same_weekday(found: DateRange, current: DateRange) -> DateRange:
    """Moved by three days at most to begin on the same weekday, or by more where it would reach into ``current``."""
    weekdays = [one.first_at.astimezone(one.zone).weekday() for one in (current, found)]
    ahead = (weekdays[0] - weekdays[1]) % _DAYS_OF_WEEK
    back = (weekdays[1] - weekdays[0]) % _DAYS_OF_WEEK
    later = _moved(found, timedelta(days=-ahead))
    is_free = later.end_at <= current.first_at or found.first_at >= current.end_at
    return later if ahead <= back and is_free else _moved(found, timedelta(days=back))


def _moved(within: DateRange, back: timedelta) -> DateRange:
    """So many days earlier by the clock of its zone."""
    return replace(
        within, first_at=earlier(within.first_at, back, within.zone), end_at=earlier(within.end_at, back, within.zone)
    )
