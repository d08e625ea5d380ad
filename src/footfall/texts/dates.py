"""Dates as a locale writes them, by the skeletons of the CLDR; what was written once is kept, for days come again."""

from datetime import date, datetime, time
from functools import lru_cache, partial

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, format_time, get_day_names

_KEPT = 8192
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Dates:
    """How one locale writes days and hours."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale
        # Kept by each locale for itself: a locale of Babel is slow to look up by.
        self._written = lru_cache(_KEPT)(partial(_written, locale))
        self._span = lru_cache(_KEPT)(partial(_span, locale))
        self._clock = lru_cache(_KEPT)(partial(_clock, locale))
        self._months = [_month(locale, month) for month in range(1, 13)]

    def day(self, day: date) -> str:
        """Such as 3 Nov 2026."""
        return self._written("yMMMd", day)

    def day_of_year(self, day: date) -> str:
        """Such as 3 Nov."""
        return self._written("MMMd", day)

    def day_of_week(self, day: date) -> str:
        """Such as Tue, 3 Nov 2026."""
        return self._written("yMMMEd", day)

    def day_of_this_week(self, day: date) -> str:
        """Such as Tue 3 Nov."""
        return self._written("MMMEd", day)

    def month(self, day: date) -> str:
        """Such as Nov."""
        return self._months[day.month - 1]

    def month_of_year(self, day: date) -> str:
        """Such as Nov 2026."""
        return self._written("yMMM", day)

    def span(self, first: date, last: date) -> str:
        """Two days as one phrase that repeats nothing."""
        return self._span(first, last)

    def clock(self, at: datetime) -> str:
        """Such as 14:05."""
        return self._clock(at.hour, at.minute)

    def moment(self, at: datetime) -> str:
        """Such as 3 Nov 2026, 14:05."""
        return f"{self.day(at.date())}, {self.clock(at)}"

    def weekday(self, name: str) -> str:
        """What the day that English calls ``name`` is called."""
        return str(get_day_names("wide", "stand-alone", self._locale)[_WEEK.index(name)])


def _written(locale: Locale, skeleton: str, day: date) -> str:
    return _plain(format_skeleton(skeleton, day, locale=locale))


def _month(locale: Locale, month: int) -> str:
    return str(format_date(date(2000, month, 1), "LLL", locale))


def _clock(locale: Locale, hour: int, minute: int) -> str:
    return _plain(format_time(time(hour, minute), "short", locale=locale))


def _span(locale: Locale, first: date, last: date) -> str:
    written = format_interval(first, last, "yMMMd", locale=locale)
    is_one_month = (first.year, first.month) == (last.year, last.month)
    return _plain(written.replace("\u2009", "") if is_one_month else written)


def _plain(text: str) -> str:
    """Thin spaces look different in every font; these do not."""
    return text.replace("\u2009", " ").replace("\u202f", "\u00a0")
