"""Every unit in every zone of the IANA database: no moment is lost, none stands in two buckets."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from footfall.domain import Site, WeekStart
from footfall.domain.calendar import day_bounds_ms, day_of, local_day
from footfall.query.buckets import buckets
from footfall.query.dates import DateRange, midnight, resolve_date_range

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
ZONES = sorted(available_timezones())
HOUR_MS = 3_600_000
# Zones whose clocks change at midnight, at half hours, by half hours, or that have left out or repeated a day.
TELLING = {
    "America/Sao_Paulo": ["2018-11-04", "2018-02-18"],
    "America/Havana": ["2024-03-10", "2024-11-03"],
    "Asia/Beirut": ["2024-03-31", "2024-10-27"],
    "Africa/Cairo": ["2024-04-26", "2024-11-01"],
    "America/Asuncion": ["2024-03-24", "2024-10-06"],
    "America/Santiago": ["2024-04-07", "2024-09-08"],
    "Asia/Gaza": ["2024-04-20", "2024-10-26"],
    "America/Scoresbysund": ["2024-03-31", "2024-10-27"],
    "America/St_Johns": ["2011-03-13", "2010-11-07"],
    "Australia/Lord_Howe": ["2024-04-07", "2024-10-06"],
    "Antarctica/Troll": ["2024-03-31", "2024-10-27"],
    "Pacific/Apia": ["2011-12-31", "2011-12-29"],
    "Pacific/Kwajalein": ["1993-08-22"],
    "Asia/Pyongyang": ["2018-05-05", "2015-08-15"],
    "America/Caracas": ["2016-05-01", "2007-12-09"],
    "Asia/Kathmandu": ["1986-01-01"],
}


def unlike_each_other() -> list[str]:
    """One of all zones whose clocks showed the same throughout 2024."""
    days = [datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(days=number) for number in range(366)]
    alike = {tuple(day.astimezone(ZoneInfo(zone)).utcoffset() for day in days): zone for zone in ZONES}
    return sorted(alike.values())


def range_of(zone: str, first: date, last: date) -> DateRange:
    site = Site(id=1, public_id="p", domain="d", timezone=zone)
    return resolve_date_range([first.isoformat(), last.isoformat()], site, NOW)


def check_tiles(within: DateRange, unit: str) -> tuple[int, ...]:
    found = buckets(within, unit)
    assert found.starts_ms[0] == within.first_ms
    assert found.starts_ms[-1] < within.end_ms
    assert all(one < following for one, following in pairwise(found.starts_ms))
    return found.starts_ms


@pytest.mark.parametrize("unit", ["hour", "day", "week", "month"])
def test_it_tiles_a_year_in_every_zone(unit: str) -> None:
    for zone in unlike_each_other() if unit == "hour" else ZONES:
        within = range_of(zone, date(2024, 1, 1), date(2024, 12, 31))

        starts = check_tiles(within, unit)

        ends = [*starts[1:], within.end_ms]
        if unit == "hour":  # a clock that changes by half an hour cuts one hour short
            assert {end - start for start, end in zip(starts, ends, strict=True)} <= {HOUR_MS // 2, HOUR_MS}, zone
            assert len(starts) >= 366 * 24 - 1, zone
        elif unit == "day":
            assert len(starts) == 366, zone
            hours = {(end - start) / HOUR_MS for start, end in zip(starts, ends, strict=True)}
            assert hours <= {21, 22, 23, 23.5, 24, 24.5, 25, 26, 27}, (zone, hours)
        else:
            assert len(starts) == {"week": 53, "month": 12}[unit], zone


def test_it_files_every_half_hour_of_every_zone_under_the_day_its_clock_shows() -> None:
    for zone in ZONES:
        tz, within = ZoneInfo(zone), range_of(zone, date(2024, 3, 1), date(2024, 4, 30))
        starts = check_tiles(within, "day")
        for start, end in pairwise([*starts, within.end_ms]):
            shown = {datetime.fromtimestamp(ms / 1000, tz).date() for ms in range(start, end, HOUR_MS // 2)}
            assert len(shown) == 1, (zone, shown)


@pytest.mark.parametrize(("zone", "day"), [(zone, day) for zone, days in TELLING.items() for day in days])
@pytest.mark.parametrize("unit", ["minute", "hour", "day", "week", "month"])
def test_it_tiles_the_days_around_a_change_of_the_clock(zone: str, day: str, unit: str) -> None:
    middle = date.fromisoformat(day)
    within = range_of(zone, middle - timedelta(days=2), middle + timedelta(days=2))

    starts = check_tiles(within, unit)

    lengths = [end - start for start, end in pairwise([*starts, within.end_ms])]
    assert sum(lengths) == within.end_ms - within.first_ms
    if unit == "minute":
        assert set(lengths) == {60_000}
    if unit == "hour":
        assert set(lengths) <= {HOUR_MS // 4, HOUR_MS // 2, 3 * HOUR_MS // 4, HOUR_MS}


@pytest.mark.parametrize(("zone", "day"), [(zone, day) for zone, days in TELLING.items() for day in days])
def test_it_gives_every_moment_one_local_day(zone: str, day: str) -> None:
    tz, middle = ZoneInfo(zone), day_of(date.fromisoformat(day))
    for number in range(middle - 2, middle + 3):
        first_ms, end_ms = day_bounds_ms(number, tz)
        assert first_ms <= end_ms
        assert end_ms == day_bounds_ms(number + 1, tz)[0]
        assert {local_day(ms, tz) for ms in range(first_ms, end_ms, HOUR_MS // 2)} <= {number}


@pytest.mark.parametrize(("week_start", "first"), [("monday", 6), ("saturday", 4), ("sunday", 5)])
def test_it_begins_weeks_on_the_day_the_site_has_chosen(week_start: str, first: int) -> None:
    within = range_of("Europe/Berlin", date(2024, 5, 1), date(2024, 5, 31))

    found = buckets(within, "week", WeekStart(week_start).weekday)

    assert found.labels[:2] == ("2024-05-01", f"2024-05-{first:02}")
    assert found.starts_ms[1] == int(midnight(date(2024, 5, first), within.zone).timestamp() * 1000)
    assert {date.fromisoformat(label).weekday() for label in found.labels[1:]} == {WeekStart(week_start).weekday}
