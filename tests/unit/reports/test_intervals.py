import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.reports.intervals import INTERVALS, chosen, offered


@pytest.mark.parametrize(("days", "key"), [(1, "hour"), (7, "day"), (91, "day"), (183, "week"), (365, "month")])
def test_it_chooses_buckets_that_suit_the_range(days: int, key: str) -> None:
    assert chosen("", days).key == key


@given(st.sampled_from([interval.key for interval in INTERVALS]), st.integers(min_value=1, max_value=5000))
def test_it_always_shows_an_interval_it_offers(asked: str, days: int) -> None:
    assert chosen(asked, days) in offered(days)


def test_it_takes_the_interval_asked_for() -> None:
    assert chosen("week", 28).key == "week"


def test_it_does_not_draw_a_year_by_the_hour() -> None:
    assert chosen("hour", 365).key == "month"


def test_it_draws_a_day_by_the_minute_where_that_is_asked_for() -> None:
    assert chosen("minute", 1).key == "minute"
    assert "minute" not in {interval.key for interval in offered(2)}
