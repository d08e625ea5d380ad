from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.domain import Site
from footfall.errors import InvalidInput
from footfall.query.buckets import buckets, natural_unit
from footfall.query.dates import DateRange, resolve_date_range

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
ZONES = [
    "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Apia",
    "America/Sao_Paulo", "America/St_Johns", "Africa/Casablanca", "Etc/UTC",
]  # fmt: skip
HOUR_MS = 3_600_000


def days(first: str, last: str, timezone: str) -> DateRange:
    return resolve_date_range([first, last], Site(id=1, public_id="p", domain="d", timezone=timezone), NOW)


@given(
    zone=st.sampled_from(ZONES),
    first=st.dates(datetime(2000, 1, 1).date(), datetime(2025, 1, 1).date()),  # noqa: DTZ001
    length=st.integers(0, 40),
    unit=st.sampled_from(["hour", "day", "week", "month"]),
)
def test_it_covers_a_range_without_gap_or_overlap(zone: str, first: datetime, length: int, unit: str) -> None:
    within = days(f"{first:%Y-%m-%d}", f"{first + timedelta(days=length):%Y-%m-%d}", zone)
    if within.first_at >= within.end_at:
        return

    found = buckets(within, unit)

    assert found.starts_ms[0] == within.first_ms
    assert found.starts_ms[-1] < within.end_ms
    assert all(one < following for one, following in zip(found.starts_ms, found.starts_ms[1:], strict=False))
    if unit != "hour":
        assert list(found.labels) == sorted(set(found.labels))


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", "2024-03-31", 23),
        ("Europe/Berlin", "2024-10-27", 25),
        ("America/New_York", "2024-03-10", 23),
        ("America/New_York", "2024-11-03", 25),
        ("Asia/Kathmandu", "2024-11-03", 24),
    ],
)
def test_it_gives_a_day_as_many_hours_as_it_has(zone: str, day: str, hours: int) -> None:
    found = buckets(days(day, day, zone), "hour")

    assert len(found.labels) == hours
    assert {end - start for start, end in zip(found.starts_ms, found.starts_ms[1:], strict=False)} == {HOUR_MS}


def test_it_shows_the_repeated_hour_twice() -> None:
    labels = buckets(days("2024-10-27", "2024-10-27", "Europe/Berlin"), "hour").labels

    assert labels[1:5] == (
        "2024-10-27 01:00:00",
        "2024-10-27 02:00:00",
        "2024-10-27 02:00:00",
        "2024-10-27 03:00:00",
    )


def test_it_begins_weeks_on_monday_and_the_first_where_the_range_does() -> None:
    assert buckets(days("2024-11-20", "2024-12-02", "Etc/UTC"), "week").labels == (
        "2024-11-20",
        "2024-11-25",
        "2024-12-02",
    )


def test_it_names_months_by_their_first_day() -> None:
    assert buckets(days("2024-11-20", "2025-01-02", "Etc/UTC"), "month").labels == (
        "2024-11-01",
        "2024-12-01",
        "2025-01-01",
    )


def test_it_leaves_out_a_day_that_never_was() -> None:
    # Samoa crossed the date line: there was no 30 December 2011.
    assert buckets(days("2011-12-29", "2011-12-31", "Pacific/Apia"), "day").labels == ("2011-12-29", "2011-12-31")


def test_it_bounds_the_number_of_buckets() -> None:
    with pytest.raises(InvalidInput, match="time:minute"):
        buckets(days("2024-01-01", "2024-01-08", "Etc/UTC"), "minute")


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        ("2024-10-27", "2024-10-28", "hour"),  # 49 hours, yet two days
        ("2024-10-26", "2024-10-28", "day"),
        ("2024-01-01", "2024-02-09", "day"),
        ("2024-01-01", "2024-02-10", "week"),
        ("2024-01-01", "2024-12-29", "week"),
        ("2024-01-01", "2024-12-30", "month"),
    ],
)
def test_it_chooses_the_unit_of_time_by_length(first: str, last: str, unit: str) -> None:
    assert natural_unit(days(first, last, "Europe/Berlin")) == unit
