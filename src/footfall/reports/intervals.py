"""The bucket sizes of the time series, and which of them suit a range."""

from typing import NamedTuple

from footfall.texts import Phrase

AUTOMATIC = ""


class Interval(NamedTuple):
    """Buckets of one size: offered between ``from_days`` and ``to_days``, chosen by itself up to ``chosen_to_days``.

    Minutes are never chosen by themselves: a day has 1,440 of them.
    """

    key: str
    title: str
    from_days: int
    to_days: int
    chosen_to_days: int

    @property
    def dimension(self) -> str:
        """Its name in queries."""
        return f"time:{self.key}"


INTERVALS = (
    Interval("minute", Phrase("Minutes"), 0, 1, 0),
    Interval("hour", Phrase("Hours"), 0, 7, 2),
    Interval("day", Phrase("Days"), 2, 400, 100),
    Interval("week", Phrase("Weeks"), 14, 1500, 250),
    Interval("month", Phrase("Months"), 59, 1_000_000, 1_000_000),
)


def offered(days: int) -> tuple[Interval, ...]:
    """The intervals that make sense for a range of so many days."""
    return tuple(interval for interval in INTERVALS if interval.from_days <= days <= interval.to_days)


def chosen(key: str, days: int) -> Interval:
    """The interval asked for where it makes sense, else the one that suits."""
    for interval in offered(days):
        if interval.key == key:
            return interval
    return next(interval for interval in INTERVALS if days <= interval.chosen_to_days)
