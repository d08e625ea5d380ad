"""Dates as a locale writes them, by the skeletons of the CLDR; what was written once is kept, for days come again."""

from datetime import date, datetime, time
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, format_time, get_day_names

_KEPT = 8192
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Dates:
    """How one locale writes days and hours."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale

    def day(self, day: date) -> str:
        """Such as 3 Nov 2026."""
        return _written(self._locale, "yMMMd", day)

    def day_of_year(self, day: date) -> str:
        """Such as 3 Nov."""
        return _written(self._locale, "MMMd", day)

    def day_of_week(self, day: date) -> str:
        """Such as Tue, 3 Nov 2026."""
        return _written(self._locale, "yMMMEd", day)

    def day_of_this_week(self, day: date) -> str:
        """Such as Tue 3 Nov."""
        return _written(self._locale, "MMMEd", day)

    def month(self, day: date) -> str:
        """Such as Nov."""
        return _month(self._locale, day.month)

    def month_of_year(self, day: date) -> str:
        """Such as Nov 2026."""
        return _written(self._locale, "yMMM", day)

    def span(self, first: date, last: date) -> str:
        """Two days as one phrase that repeats nothing."""
        return _span(self._locale, first, last)

    def clock(self, at: datetime) -> str:
        """Such as 14:05."""
        return _clock(self._locale, at.time().replace(second=0, microsecond=0))

    def moment(self, at: datetime) -> str:
        """Such as 3 Nov 2026, 14:05."""
        return f"{self.day(at.date())}, {self.clock(at)}"

    def weekday(self, name: str) -> str:
        """What the day that English calls ``name`` is called."""
        return str(get_day_names("wide", "stand-alone", self._locale)[_WEEK.index(name)])


@lru_cache(maxsize=_KEPT)
def _written(locale: Locale, skeleton: str, day: date) -> str:
    return _plain(format_skeleton(skeleton, day, locale=locale))


@lru_cache(maxsize=_KEPT)
def _month(locale: Locale, month: int) -> str:
    return str(format_date(date(2000, month, 1), "LLL", locale))


@lru_cache(maxsize=_KEPT)
def _clock(locale: Locale, at: time) -> str:
    return _plain(format_time(at, "short", locale=locale))


@lru_cache(maxsize=_KEPT)
def _span(locale: Locale, first: date, last: date) -> str:
    written = format_interval(first, last, "yMMMd", locale=locale)
    is_one_month = (first.year, first.month) == (last.year, last.month)
    return _plain(written.replace("\u2009", "") if is_one_month else written)


def _plain(text: str) -> str:
    """Thin spaces look different in every font; these do not."""
    return text.replace("\u2009", " ").replace("\u202f", "\u00a0")
