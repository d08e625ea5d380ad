from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.domain.calendar import DAY_MS, date_of, day_bounds_ms, local_day

ZONES = sorted(available_timezones())
LATE_ENOUGH_MS = 946_684_800_000
END_MS = 2_145_916_800_000


@given(st.integers(LATE_ENOUGH_MS, END_MS), st.sampled_from(ZONES))
def test_it_gives_the_local_date_for_every_zone(at_ms: int, name: str) -> None:
    zone = ZoneInfo(name)

    day = local_day(at_ms, zone)

    first_ms, end_ms = day_bounds_ms(day, zone)
    assert first_ms <= at_ms < end_ms
    local = datetime.fromtimestamp(at_ms / 1000, zone)
    # A clock turned back across midnight shows yesterday's date again for an hour; the day has begun all the same.
    assert date_of(day) == local.date() or local.fold == 1


@pytest.mark.parametrize(
    ("zone", "date", "hours"),
    [
        ("Europe/Berlin", datetime(2026, 3, 29, tzinfo=UTC), 23),
        ("Europe/Berlin", datetime(2026, 10, 25, tzinfo=UTC), 25),
        ("Asia/Kathmandu", datetime(2026, 5, 1, tzinfo=UTC), 24),
        ("Pacific/Apia", datetime(2011, 12, 30, tzinfo=UTC), 0),
    ],
)
def test_it_knows_how_long_a_day_is(zone: str, date: datetime, hours: int) -> None:
    day = int(date.timestamp() * 1000) // DAY_MS

    first_ms, end_ms = day_bounds_ms(day, ZoneInfo(zone))

    assert (end_ms - first_ms) / 3_600_000 == hours
