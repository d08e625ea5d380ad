"""The chart of one metric: rows a table can show and a script can draw, both from the same cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from footfall.reports.figures import METRICS, Metric
from footfall.reports.headline import Headline
from footfall.reports.series import Bucket, Series
from footfall.sites import Annotation
from footfall.web.dates import bucket_days
from footfall.web.drawing import Line, line


@dataclass(frozen=True)
class Point:
    """One bucket's value, how long buckets are, and the days it begins and ends on."""

    bucket: Bucket
    interval: str
    value: float | None
    first: date
    last: date

    @property
    def is_unfinished(self) -> bool:
        """Whether it is still filling."""
        return self.bucket.is_unfinished

    @property
    def begins_day(self) -> bool:
        """Whether it is the first of its day."""
        return (self.bucket.first_at.hour, self.bucket.first_at.minute) == (0, 0)


@dataclass(frozen=True)
class ChartRow:
    """A bucket beside the one in its place in the period before."""

    current: Point
    previous: Point | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """One metric over time. The lines are what is seen before the script draws, and on paper."""

    metric: Metric
    rows: tuple[ChartRow, ...]
    line: Line
    previous_line: Line

    @property
    def values(self) -> list[float | None]:
        """The figures of both periods."""
        return [point.value for row in self.rows for point in (row.current, row.previous) if point]


def chart_of(headline: Headline, name: str, notes: Sequence[Annotation] = ()) -> Chart:
    """Lay the range and the one before over each other, bucket by bucket; a note stands where its first day does."""
    metric = METRICS[name if name in headline.series.metrics else headline.series.metrics[0]]
    current = _points(headline.series, metric.name)
    previous = _points(headline.previous_series, metric.name)[: len(current)]
    top = max((point.value or 0 for point in [*current, *previous]), default=0)
    return Chart(
        metric,
        tuple(
            ChartRow(now, before, _noted(now, notes, is_first=now is current[0]))
            for now, before in zip_longest(current, previous)
        ),
        line([point.value for point in current], top=top, is_open=any(point.is_unfinished for point in current)),
        line(_padded([point.value for point in previous], len(current)), top=top),
    )


def _noted(point: Point, notes: Sequence[Annotation], *, is_first: bool) -> tuple[str, ...]:
    """The notes that begin here, in the chart's first bucket also those that began before it.

    Where buckets are hours, a day's notes stand at its first.
    """
    first = date.min if is_first else point.first
    return tuple(note.text for note in notes if point.begins_day and first <= note.first <= point.last)


def _points(series: Series | None, metric: str) -> list[Point]:
    if series is None:
        return []
    interval = series.interval.key
    values = zip(series.buckets, series.of(metric), strict=True)
    return [Point(bucket, interval, value, *bucket_days(bucket)) for bucket, value in values]


def _padded(values: list[float | None], length: int) -> list[float | None]:
    return [*values, *[None] * (length - len(values))]
