"""Dates as people read them: of a range, of a bucket, and short enough for an axis."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from footfall.query import DateRange
from footfall.reports.series import Bucket

Word = Callable[[Bucket], str]


def day_title(day: date) -> str:
    """Such as 3 Nov 2026."""
    return f"{day.day} {day:%b %Y}"


def moment_title(at: datetime, zone: ZoneInfo) -> str:
    """A moment on the clock of ``zone``, such as 3 Nov 2026, 14:05."""
    local = at.astimezone(zone)
    return f"{day_title(local.date())}, {local:%H:%M}"


def span_title(first: date, last: date) -> str:
    """Two days as one phrase that repeats nothing: 3–9 Nov 2026, 28 Oct – 3 Nov 2026."""
    if first == last:
        return f"{first:%a} {day_title(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_title(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%b} – {day_title(last)}"
    return f"{day_title(first)} – {day_title(last)}"


def range_title(span: DateRange) -> str:
    """The days of a range in the site's zone, with the hour where it stops within a day."""
    first_at, last_at = _local(span.first_at, span), _local(span.end_at - timedelta(seconds=1), span)
    title = span_title(first_at.date(), last_at.date())
    is_whole = (last_at + timedelta(seconds=1)).date() != last_at.date()
    return title if is_whole else f"{title}, to {last_at:%H:%M}"


def range_days(span: DateRange) -> tuple[date, date]:
    """The first and the last day of a range, in the site's zone."""
    return _local(span.first_at, span).date(), _local(span.end_at - timedelta(seconds=1), span).date()


def bucket_title(bucket: Bucket, interval: str) -> str:
    """The whole stretch a bucket covers."""
    return _TITLES[interval](bucket)


def bucket_days(bucket: Bucket) -> tuple[date, date]:
    """The first and the last day it reaches into."""
    return bucket.first_at.date(), _last_day(bucket)


def bucket_tick(bucket: Bucket, interval: str) -> str:
    """Its beginning, short enough for an axis."""
    return _TICKS[interval](bucket)


def _local(moment: datetime, span: DateRange) -> datetime:
    return moment.astimezone(span.zone)


def _hour_title(bucket: Bucket) -> str:
    day = f"{bucket.first_at:%a} {bucket.first_at.day} {bucket.first_at:%b}"
    return f"{day}, {bucket.first_at:%H:%M}–{bucket.end_at:%H:%M}"


def _last_day(bucket: Bucket) -> date:
    return (bucket.end_at - timedelta(seconds=1)).date()


def _span(bucket: Bucket) -> str:
    return span_title(bucket.first_at.date(), _last_day(bucket))


def _hour_tick(bucket: Bucket) -> str:
    """The time; midnight is called by its day, so that a range of days can be told apart."""
    return f"{bucket.first_at:%H:%M}" if bucket.first_at.hour or bucket.first_at.minute else _day_tick(bucket)


def _month_tick(bucket: Bucket) -> str:
    return f"{bucket.first_at:%b %Y}" if bucket.first_at.month == 1 else f"{bucket.first_at:%b}"


def _day_tick(bucket: Bucket) -> str:
    return f"{bucket.first_at.day} {bucket.first_at:%b}"


_TITLES: dict[str, Word] = {"minute": _hour_title, "hour": _hour_title, "day": _span, "week": _span, "month": _span}
_TICKS: dict[str, Word] = {
    "minute": _hour_tick,
    "hour": _hour_tick,
    "day": _day_tick,
    "week": _day_tick,
    "month": _month_tick,
}
