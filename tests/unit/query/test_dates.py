from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.domain import Site
from footfall.errors import InvalidInput
from footfall.query.dates import DateRange, previous_period, resolve_date_range, trimmed

NOW = datetime(2024, 11, 20, 13, 30, 15, 250_000, tzinfo=UTC)  # 14:30 in Berlin, a Wednesday


def site(timezone: str = "Europe/Berlin") -> Site:
    return Site(id=1, public_id="p", domain="example.com", timezone=timezone)


def ends(within: DateRange) -> tuple[str, str]:
    """First second and first second after, on the site's clock."""
    first, end = (moment.astimezone(within.zone) for moment in (within.first_at, within.end_at))
    return f"{first:%Y-%m-%d %H:%M:%S}", f"{end:%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("value", "first", "end"),
    [
        ("day", "2024-11-20 00:00:00", "2024-11-21 00:00:00"),
        ("yesterday", "2024-11-19 00:00:00", "2024-11-20 00:00:00"),
        ("24h", "2024-11-19 14:30:16", "2024-11-20 14:30:16"),
        ("realtime", "2024-11-20 14:00:16", "2024-11-20 14:30:16"),
        ("7d", "2024-11-13 00:00:00", "2024-11-20 00:00:00"),
        ("28d", "2024-10-23 00:00:00", "2024-11-20 00:00:00"),
        ("91d", "2024-08-21 00:00:00", "2024-11-20 00:00:00"),
        ("month", "2024-11-01 00:00:00", "2024-11-21 00:00:00"),
        ("year", "2024-01-01 00:00:00", "2024-11-21 00:00:00"),
        ("1mo", "2024-10-01 00:00:00", "2024-11-01 00:00:00"),
        ("6mo", "2024-05-01 00:00:00", "2024-11-01 00:00:00"),
        ("12mo", "2023-11-01 00:00:00", "2024-11-01 00:00:00"),
        (["2024-03-31", "2024-03-31"], "2024-03-31 00:00:00", "2024-04-01 00:00:00"),
        (["2024-03-31T00:00:00Z", "2024-03-31T09:59:59Z"], "2024-03-31 01:00:00", "2024-03-31 12:00:00"),
    ],
)
def test_it_resolves_a_range_in_the_zone_of_the_site(value: str | list[str], first: str, end: str) -> None:
    assert ends(resolve_date_range(value, site(), NOW)) == (first, end)


def test_it_takes_all_from_the_first_event_on() -> None:
    assert ends(resolve_date_range("all", site(), NOW, first_day=date(2021, 5, 6)))[0] == "2021-05-06 00:00:00"
    assert ends(resolve_date_range("all", site(), NOW))[0] == "2024-11-20 00:00:00"


@pytest.mark.parametrize(
    "value",
    [
        "bad_period", "", "0d", "5001d", "101mo", "7D", "٣d",
        ["2024-01-02", "2024-01-01"], ["2024-01-01", "x"], ["2024-02-30", "2024-03-01"], ["0001-01-01", "0001-01-02"],
        ["9999-12-31", "9999-12-31"], ["2024-01-01T00:00:00", "2024-01-02T00:00:00"], ["2024-01-01"],
    ],
)  # fmt: skip
def test_it_refuses_what_is_no_range(value: str | list[str]) -> None:
    with pytest.raises(InvalidInput, match="#/date_range: Invalid date range"):
        resolve_date_range(value, site(), NOW)


@given(first=st.text(max_size=30), last=st.datetimes(timezones=st.timezones()).map(datetime.isoformat))
def test_it_understands_or_refuses_any_text(first: str, last: str) -> None:
    for value in (first, [first, last], [last, first], [last, last]):
        with suppress(InvalidInput):
            within = resolve_date_range(value, site(), NOW)
            assert within.first_at < within.end_at


def test_it_names_the_range_it_refuses() -> None:
    with pytest.raises(InvalidInput) as refused:
        resolve_date_range("bad_period", site(), NOW)

    assert refused.value.message == '#/date_range: Invalid date range "bad_period"'


@pytest.mark.parametrize(
    ("value", "first", "end"),
    [
        ("7d", "2024-11-06 00:00:00", "2024-11-13 00:00:00"),
        ("day", "2024-11-19 00:00:00", "2024-11-19 14:30:16"),
        ("month", "2024-10-12 00:00:00", "2024-10-31 14:30:16"),
        ("24h", "2024-11-18 14:30:16", "2024-11-19 14:30:16"),
        ("realtime", "2024-11-20 13:30:16", "2024-11-20 14:00:16"),
        (["2024-11-04", "2024-11-05"], "2024-11-02 00:00:00", "2024-11-04 00:00:00"),
        (["2024-10-28", "2024-10-28"], "2024-10-27 00:00:00", "2024-10-28 00:00:00"),
    ],
)
def test_it_compares_with_as_many_days_just_before(value: str | list[str], first: str, end: str) -> None:
    current = resolve_date_range(value, site(), NOW)

    assert ends(previous_period(current, NOW)) == (first, end)


def test_it_trims_to_what_has_passed() -> None:
    assert ends(trimmed(resolve_date_range("day", site(), NOW), NOW))[1] == "2024-11-20 14:30:16"
    past = resolve_date_range("7d", site(), NOW)
    assert trimmed(past, NOW) == past


def test_it_looks_at_both_days_where_a_clock_went_back_over_midnight() -> None:
    # St. John's put its clocks back at 00:01, to 23:01 of the day before.
    within = resolve_date_range(["2010-11-07", "2010-11-07"], site("America/St_Johns"), NOW)

    first, last = within.local_days

    assert (first, last) == tuple((date(2010, 11, day) - date(1970, 1, 1)).days for day in (6, 7))
    assert within.end_at - within.first_at == timedelta(hours=25)
