"""Ranges of time in the site's zone: what `7d` or two dates mean, and the period before.

A range is half open and whole seconds long, so that its echo (first and last second) says it exactly.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from footfall.domain import Site
from footfall.errors import InvalidInput

_EPOCH = date(1970, 1, 1)
_SECOND = timedelta(seconds=1)
_EARLIEST, _LATEST = date(1970, 1, 2), date(2100, 1, 1)
# Up to 5,000 days and up to 100 months.
COUNTED = r"([1-9][0-9]{0,2}|[1-4][0-9]{3}|5000)d|([1-9][0-9]?|100)mo"
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

DateRangeValue = str | tuple[str, str]


@dataclass(frozen=True)
class DateRange:
    """The moments from ``first_at`` up to but not including ``end_at``, both in UTC."""

    first_at: datetime
    end_at: datetime
    zone: ZoneInfo
    is_realtime: bool = False

    @property
    def first_ms(self) -> int:
        """First millisecond in the range."""
        return in_ms(self.first_at)

    @property
    def end_ms(self) -> int:
        """First millisecond after the range."""
        return in_ms(self.end_at)

    @property
    def local_days(self) -> tuple[int, int]:
        """First and last local day of any moment in the range, counted from 1970-01-01."""
        # A clock put back across midnight returns to a day that was over: hence the moments just inside.
        inside = (timedelta(0), timedelta(minutes=30))
        moments = [self.first_at + step for step in inside] + [self.end_at - _SECOND - step for step in inside]
        days = [(moment.astimezone(self.zone).date() - _EPOCH).days for moment in moments]
        return min(days), max(days)


def in_ms(moment: datetime) -> int:
    """UTC milliseconds since 1970."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, when this local day begins."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def resolve_date_range(
    value: DateRangeValue | list[str], site: Site, now: datetime, *, first_day: date | None = None
) -> DateRange:
    """The range ``value`` means at ``now``; ``first_day`` is that of the site's first event, for `all`."""
    if not isinstance(value, str):
        return _custom(value, site.zone)
    today = now.astimezone(site.zone).date()
    if value == "all":
        return _days(min(first_day or today, today), today, site.zone)
    if days := _DAYS.get(value):
        return _days(*days(today), site.zone)
    if moments := _MOMENTS.get(value):
        return moments(now, site.zone)
    return _days(*_counted(value, today), site.zone)


def is_range(value: str) -> bool:
    """Whether a range has this name."""
    return value in NAMED or re.fullmatch(COUNTED, value) is not None


def previous_period(current: DateRange, now: datetime) -> DateRange:
    """As many days just before; of a range that is not over, only as much as has passed."""
    end_at = min(current.end_at, max(_second_after(now), current.first_at + _SECOND))
    first_local = current.first_at.astimezone(current.zone)
    if current.first_at != midnight(first_local.date(), current.zone):
        return DateRange(current.first_at - (end_at - current.first_at), current.first_at, current.zone)
    last_local = (end_at - _SECOND).astimezone(current.zone)
    back = timedelta(days=(last_local.date() - first_local.date()).days + 1)
    first_at = midnight(first_local.date() - back, current.zone)
    return DateRange(first_at, min(earlier(end_at, back, current.zone), current.first_at), current.zone)


def trimmed(current: DateRange, now: datetime) -> DateRange:
    """The part of the range that has passed."""
    end_at = min(current.end_at, max(_second_after(now), current.first_at + _SECOND))
    return DateRange(current.first_at, end_at, current.zone, current.is_realtime)


def earlier(moment: datetime, days: timedelta, zone: ZoneInfo) -> datetime:
    """The same time on the clock so many days earlier."""
    return (moment.astimezone(zone) - days).astimezone(UTC)


def _second_after(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(microsecond=0) + _SECOND


def _days(first: date, last: date, zone: ZoneInfo) -> DateRange:
    return DateRange(midnight(first, zone), midnight(last + timedelta(days=1), zone), zone)


def _last(length: timedelta, *, is_realtime: bool = False) -> Callable[[datetime, ZoneInfo], DateRange]:
    def rule(now: datetime, zone: ZoneInfo) -> DateRange:
        end_at = _second_after(now)
        return DateRange(end_at - length, end_at, zone, is_realtime)

    return rule


_DAYS: dict[str, Callable[[date], tuple[date, date]]] = {
    "day": lambda today: (today, today),
    "yesterday": lambda today: (today - timedelta(days=1), today - timedelta(days=1)),
    "month": lambda today: (today.replace(day=1), today),
    "year": lambda today: (today.replace(month=1, day=1), today),
}

_MOMENTS: dict[str, Callable[[datetime, ZoneInfo], DateRange]] = {
    "24h": _last(timedelta(hours=24)),
    "realtime": _last(timedelta(minutes=30), is_realtime=True),
}


NAMED = ("all", *_DAYS, *_MOMENTS)


def _counted(value: str, today: date) -> tuple[date, date]:
    """So many days up to yesterday, or whole months up to the last one."""
    found = re.fullmatch(COUNTED, value)
    if found is None:
        raise _invalid(f'"{value}"')
    days, months = found.groups()
    if days:
        return today - timedelta(days=int(days)), today - timedelta(days=1)
    month = today.replace(day=1)
    return _months_before(month, int(months)), month - timedelta(days=1)


def _months_before(month: date, count: int) -> date:
    years, index = divmod(month.year * 12 + month.month - 1 - count, 12)
    return date(years, index + 1, 1)


def _custom(value: tuple[str, str] | list[str], zone: ZoneInfo) -> DateRange:
    """Two local days, or two moments with their offset; both ends belong to the range."""
    try:
        first, last = value
        found = _between_days(first, last, zone) if _DATE.fullmatch(first) else _between_moments(first, last, zone)
    except (ValueError, TypeError, OverflowError):
        raise _invalid(list(value)) from None
    is_known = midnight(_EARLIEST, zone) <= found.first_at < found.end_at <= midnight(_LATEST, zone)
    if not is_known:
        raise _invalid(list(value))
    return found


def _between_days(first: str, last: str, zone: ZoneInfo) -> DateRange:
    if not _DATE.fullmatch(last):
        raise ValueError(last)
    return _days(date.fromisoformat(first), date.fromisoformat(last), zone)


def _between_moments(first: str, last: str, zone: ZoneInfo) -> DateRange:
    first_at, last_at = (_second_of(datetime.fromisoformat(text)) for text in (first, last))
    return DateRange(first_at, last_at + _SECOND, zone)


def _second_of(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(moment)
    return moment.astimezone(UTC).replace(microsecond=0)


def _invalid(value: object) -> InvalidInput:
    shown = str(value).replace("'", '"')
    return InvalidInput(f"#/date_range: Invalid date range {shown}", field="date_range")
