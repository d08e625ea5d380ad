"""What span of time a request is about: `startAt` and `endAt` in milliseconds, the `unit` of its buckets."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, NamedTuple

from fastapi import Depends, Query

from footfall.errors import InvalidInput

_SECOND = timedelta(seconds=1)
_MOST_MS = 250_000_000_000_000  # in the year 9892, short of where dates end
# What the query room knows. Clients ask for all time as from 0.
_EARLIEST, _LATEST = datetime(1970, 1, 3, tzinfo=UTC), datetime(2099, 12, 30, tzinfo=UTC)
# The longest span that is shown in a unit; there is none longer than a month.
_UNITS = (
    ("minute", timedelta(hours=1)),
    ("hour", timedelta(days=30)),
    ("day", timedelta(days=214)),
    ("month", timedelta.max),
)
_COARSER = {"year": "month"}


class Span(NamedTuple):
    """From a moment to another, both included, and the unit asked for."""

    first_at: datetime
    last_at: datetime
    unit: str = ""

    @property
    def date_range(self) -> list[str]:
        """The same for a v2 question."""
        return [self.first_at.isoformat(), self.last_at.isoformat()]

    @property
    def dimension(self) -> str:
        """The time dimension: the unit asked for, or the finest that a span of this length is shown in."""
        names = [name for name, longest in _UNITS if self.last_at - self.first_at <= longest]
        asked = _COARSER.get(self.unit, self.unit)
        return f"time:{asked if asked in names else names[0]}"

    def before(self, compare: str) -> "Span":
        """What it is compared with: the same length just before, or a year earlier."""
        if compare == "yoy":
            return Span(_known(_year_earlier(self.first_at)), _known(_year_earlier(self.last_at)), self.unit)
        length = self.last_at - self.first_at + _SECOND
        return Span(_known(self.first_at - length), _known(self.last_at - length), self.unit)


def span_asked(
    start_at: Annotated[int, Query(alias="startAt")],
    end_at: Annotated[int, Query(alias="endAt")],
    unit: str = "",
) -> Span:
    """Read it off a request; raises InvalidInput."""
    if not 0 <= start_at <= end_at <= _MOST_MS:
        raise InvalidInput("startAt and endAt are milliseconds since 1970, the first before the second.")
    return Span(_known(_moment(start_at)), _known(_moment(end_at)), unit)


AskedSpan = Annotated[Span, Depends(span_asked)]


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms // 1000, UTC)


def _known(moment: datetime) -> datetime:
    """The nearest moment the query room knows."""
    return min(max(moment, _EARLIEST), _LATEST)


def _year_earlier(moment: datetime) -> datetime:
    day = 28 if (moment.month, moment.day) == (2, 29) else moment.day
    return moment.replace(year=moment.year - 1, day=day)
