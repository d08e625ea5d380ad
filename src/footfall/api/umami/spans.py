"""What span of time a request is about: `startAt` and `endAt` in milliseconds, the `unit` of its buckets."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, NamedTuple

from fastapi import Depends, Query

from footfall.errors import InvalidInput

_SECOND = timedelta(seconds=1)
_EARLIEST_MS, _LATEST_MS = 86_400_000, 4_102_444_800_000  # what the query room knows: 1970-01-02 to 2100
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
            return Span(_year_earlier(self.first_at), _year_earlier(self.last_at), self.unit)
        length = self.last_at - self.first_at + _SECOND
        return Span(self.first_at - length, self.last_at - length, self.unit)


def span_asked(
    start_at: Annotated[int, Query(alias="startAt")],
    end_at: Annotated[int, Query(alias="endAt")],
    unit: str = "",
) -> Span:
    """Read it off a request; raises InvalidInput."""
    if not _EARLIEST_MS <= start_at <= end_at <= _LATEST_MS:
        raise InvalidInput("startAt and endAt are milliseconds since 1970, the first before the second.")
    return Span(_moment(start_at), _moment(end_at), unit)


AskedSpan = Annotated[Span, Depends(span_asked)]


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms // 1000, UTC)


def _year_earlier(moment: datetime) -> datetime:
    day = 28 if (moment.month, moment.day) == (2, 29) else moment.day
    return moment.replace(year=moment.year - 1, day=day)
