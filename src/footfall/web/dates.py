"""Dates as people read them: of a range, of a bucket, and short enough for an axis."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from footfall.query import DateRange
from footfall.reports.series import Bucket
from footfall.texts import Phrase, reader

Word = Callable[[Bucket], str]


def day_title(day: date) -> str:
    """Such as 3 Nov 2026."""
    return reader().dates.day(day)


def moment_title(at: datetime, zone: ZoneInfo) -> str:
    """A moment on the clock of ``zone``, such as 3 Nov 2026, 14:05."""
    return reader().dates.moment(at.astimezone(zone))


def weekday_name(name: str) -> str:
    """What the day that English calls ``name`` is called."""
    return reader().dates.weekday(name)


def span_title(first: date, last: date) -> str:
    """Two days as one phrase that repeats nothing: 3–9 Nov 2026, 28 Oct – 3 Nov 2026."""
    return reader().dates.day_of_week(first) if first == last else reader().dates.span(first, last)


def range_title(span: DateRange) -> str:
    """The days of a range in the site's zone, with the hour where it stops within a day."""
    first_at, last_at = _local(span.first_at, span), _local(span.end_at - timedelta(seconds=1), span)
    title = span_title(first_at.date(), last_at.date())
    is_whole = (last_at + timedelta(seconds=1)).date() != last_at.date()
    return (
        title if is_whole else reader().of(Phrase("{days}, to {time}", days=title, time=reader().dates.clock(last_at)))
    )


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
    dates = reader().dates
    day = dates.day_of_this_week(bucket.first_at.date())
    return f"{day}, {dates.clock(bucket.first_at)}–{dates.clock(bucket.end_at)}"


def _last_day(bucket: Bucket) -> date:
    return (bucket.end_at - timedelta(seconds=1)).date()


def _span(bucket: Bucket) -> str:
    return span_title(bucket.first_at.date(), _last_day(bucket))


def _hour_tick(bucket: Bucket) -> str:
    """The time; midnight is called by its day, so that a range of days can be told apart."""
    is_midnight = (bucket.first_at.hour, bucket.first_at.minute) == (0, 0)
    return _day_tick(bucket) if is_midnight else reader().dates.clock(bucket.first_at)


def _month_tick(bucket: Bucket) -> str:
    day, dates = bucket.first_at.date(), reader().dates
    return dates.month_of_year(day) if day.month == 1 else dates.month(day)


def _day_tick(bucket: Bucket) -> str:
    return reader().dates.day_of_year(bucket.first_at.date())


_TITLES: dict[str, Word] = {"minute": _hour_title, "hour": _hour_title, "day": _span, "week": _span, "month": _span}
_TICKS: dict[str, Word] = {
    "minute": _hour_tick,
    "hour": _hour_tick,
    "day": _day_tick,
    "week": _day_tick,
    "month": _month_tick,
}
