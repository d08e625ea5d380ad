"""Periods of the v1 API: whole, in order, and as long as their name says from any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.api.plausible_v1.periods import days_of

TODAY = date(2026, 3, 10)
DAYS = st.dates(date(1972, 1, 1), date(2099, 12, 31))


@given(DAYS, st.sampled_from([("7d", 7), ("30d", 30)]))
def test_it_counts_days_up_to_the_day_before(day: date, period: tuple[str, int]) -> None:
    name, count = period

    first, last = days_of(name, day.isoformat(), TODAY)

    assert (last, (last - first).days + 1) == (day - timedelta(days=1), count)


@given(DAYS, st.sampled_from([("month", 1), ("6mo", 6), ("12mo", 12)]))
def test_it_counts_whole_months_with_that_of_the_day(day: date, period: tuple[str, int]) -> None:
    name, count = period

    first, last = days_of(name, day.isoformat(), TODAY)

    assert first.day == 1
    assert (last + timedelta(days=1)).day == 1
    assert first <= day <= last
    assert (last.year - first.year) * 12 + last.month - first.month + 1 == count


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("month", ("2026-03-01", "2026-03-31")),
        ("6mo", ("2025-09-01", "2026-02-28")),
        ("12mo", ("2025-03-01", "2026-02-28")),
        ("day", ("2026-03-10", "2026-03-10")),
    ],
)
def test_it_ends_whole_months_before_this_one_without_a_date(period: str, days: tuple[str, str]) -> None:
    assert tuple(day.isoformat() for day in days_of(period, None, TODAY)) == days
