from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from footfall.query import DateRange
from footfall.reports.series import Bucket
from footfall.web.dates import bucket_tick, bucket_title, range_title, span_title


def at(year: int, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        (date(2026, 11, 3), date(2026, 11, 3), "Tue, 3 Nov 2026"),
        (date(2026, 11, 3), date(2026, 11, 9), "3–9 Nov 2026"),
        (date(2026, 10, 28), date(2026, 11, 3), "28 Oct – 3 Nov 2026"),
        (date(2025, 12, 29), date(2026, 1, 4), "29 Dec 2025 – 4 Jan 2026"),
    ],
)
def test_it_repeats_nothing_in_a_span(first: date, last: date, title: str) -> None:
    assert span_title(first, last) == title


def test_it_reads_ranges_in_the_zone_of_the_site() -> None:
    zone = ZoneInfo("Asia/Kathmandu")
    span = DateRange(datetime(2026, 11, 2, 18, 15, tzinfo=UTC), datetime(2026, 11, 4, 18, 15, tzinfo=UTC), zone)

    assert range_title(span) == "3–4 Nov 2026"


def test_it_tells_where_a_range_stops_within_a_day() -> None:
    span = DateRange(datetime(2026, 11, 3, tzinfo=UTC), datetime(2026, 11, 3, 14, 30, tzinfo=UTC), ZoneInfo("Etc/UTC"))

    assert range_title(span) == "Tue, 3 Nov 2026, to 14:29"


@pytest.mark.parametrize(
    ("first", "end", "interval", "title", "tick"),
    [
        (at(2026, 11, 3, 14), at(2026, 11, 3, 15), "hour", "Tue 3 Nov, 14:00–15:00", "14:00"),
        (at(2026, 11, 3), at(2026, 11, 3, 1), "hour", "Tue 3 Nov, 00:00–01:00", "3 Nov"),
        (at(2026, 11, 3), at(2026, 11, 4), "day", "Tue, 3 Nov 2026", "3 Nov"),
        (at(2026, 11, 2), at(2026, 11, 9), "week", "2–8 Nov 2026", "2 Nov"),
        (at(2026, 11, 1), at(2026, 12, 1), "month", "1–30 Nov 2026", "Nov"),
        (at(2026, 1, 1), at(2026, 2, 1), "month", "1–31 Jan 2026", "Jan 2026"),
    ],
)
def test_it_names_buckets(first: datetime, end: datetime, interval: str, title: str, tick: str) -> None:
    bucket = Bucket(first, end, (1,))

    assert bucket_title(bucket, interval) == title
    assert bucket_tick(bucket, interval) == tick
