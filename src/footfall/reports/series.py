"""The time series: answers turned into dense buckets, the unfinished one marked, the future left blank."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from footfall.query import Answer
from footfall.reports.intervals import Interval

Values = tuple[float | None, ...]
# Where nothing happened these are none rather than zero: there was nothing to average.
AVERAGES = frozenset({"views_per_visit", "bounce_rate", "visit_duration"})


@dataclass(frozen=True)
class Bucket:
    """One step of the series, [``first_at``, ``end_at``) in the site's zone; values stand in the metrics' order."""

    first_at: datetime
    end_at: datetime
    values: Values
    is_unfinished: bool = False


@dataclass(frozen=True)
class Series:
    """Buckets of one interval."""

    interval: Interval
    metrics: tuple[str, ...]
    buckets: tuple[Bucket, ...]

    @property
    def is_unfinished(self) -> bool:
        """Whether its last known bucket is still filling."""
        return any(bucket.is_unfinished for bucket in self.buckets)

    def of(self, metric: str) -> Values:
        """One metric's values."""
        position = self.metrics.index(metric)
        return tuple(bucket.values[position] for bucket in self.buckets)


def series_from(answer: Answer, metrics: tuple[str, ...], interval: Interval, now: datetime) -> Series:
    """Fill the buckets of ``answer`` in, one for each of its time labels."""
    zone = answer.range.zone
    found = {row.dimensions[0]: row.metrics for row in answer.rows}
    empty = tuple(None if metric in AVERAGES else 0 for metric in metrics)
    starts = [_start(label, zone) for label in answer.time_labels]
    ends = [*starts[1:], answer.range.end_at.astimezone(zone)]
    buckets = (
        _bucket(first_at, end_at, found.get(label, empty), now)
        for label, first_at, end_at in zip(answer.time_labels, starts, ends, strict=True)
    )
    return Series(interval, metrics, tuple(buckets))


def _bucket(first_at: datetime, end_at: datetime, values: Values, now: datetime) -> Bucket:
    if first_at > now:
        return Bucket(first_at, end_at, (None,) * len(values))
    return Bucket(first_at, end_at, values, is_unfinished=end_at > now)


def _start(label: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(label).replace(tzinfo=zone)
