"""Spans of Umami's requests: what they are compared with, and the unit they are shown in."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.api.umami.spans import Span

MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (naive bounds)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=3_000)))
def test_it_compares_with_as_long_just_before(first: datetime, length: timedelta) -> None:
    span = Span(first, first + length)

    before = span.before("prev")

    assert before.last_at - before.first_at == length
    assert before.last_at + timedelta(seconds=1) == first


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=3_000)))
def test_it_compares_with_a_year_earlier(first: datetime, length: timedelta) -> None:
    before = Span(first, first + length).before("yoy")

    assert before.first_at.year == first.year - 1
    assert before.first_at <= before.last_at


@pytest.mark.parametrize(
    ("days", "unit", "dimension"),
    [
        (0, "", "time:minute"),
        (0, "hour", "time:hour"),
        (1, "minute", "time:hour"),
        (31, "hour", "time:day"),
        (300, "day", "time:month"),
        (3_000, "year", "time:month"),
        (1, "fortnight", "time:hour"),
    ],
)
def test_it_shows_a_span_in_a_unit_that_fits(days: int, unit: str, dimension: str) -> None:
    first = datetime(2026, 1, 1, tzinfo=UTC)

    assert Span(first, first + timedelta(days=days), unit).dimension == dimension
