"""Days in a site's time zone, as whole numbers since 1970-01-01.

A day runs from its midnight to the next, so it has 23 or 25 hours across a clock change, and none where a zone
skipped it.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY_MS = 86_400_000
_EPOCH = date(1970, 1, 1)


def local_day(at_ms: int, zone: ZoneInfo) -> int:
    """The day a UTC time in milliseconds falls on in ``zone``."""
    guess = at_ms // DAY_MS
    for day in (guess, guess - 1, guess + 1):
        first_ms, end_ms = day_bounds_ms(day, zone)
        if first_ms <= at_ms < end_ms:
            return day
    raise AssertionError("no zone is more than a day away from UTC")


@lru_cache(maxsize=16_384)
def day_bounds_ms(day: int, zone: ZoneInfo) -> tuple[int, int]:
    """First and end (exclusive) of a local day in UTC milliseconds."""
    return _midnight_ms(day, zone), _midnight_ms(day + 1, zone)


def date_of(day: int) -> date:
    """The calendar date of a day number."""
    return _EPOCH + timedelta(days=day)


def day_of(at: date) -> int:
    """The day number of a calendar date."""
    return (at - _EPOCH).days


def _midnight_ms(day: int, zone: ZoneInfo) -> int:
    at = date_of(day)
    return int(datetime(at.year, at.month, at.day, tzinfo=zone).timestamp() * 1000)
