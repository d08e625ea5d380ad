"""The machine's clock is set, by an hour or by decades, forwards or back, while Footfall runs and while it doesn't."""

import pytest
from tests.acceptance.running import running_by
from tests.people import NOON_MS, ManualClock

from footfall.settings import Settings

HOUR_MS, DAY_MS = 3_600_000, 86_400_000
YEAR_2038_MS = 2_147_483_647_000
JUMPS = {
    "an hour ahead": NOON_MS + HOUR_MS,
    "an hour back": NOON_MS - HOUR_MS,
    "a day ahead": NOON_MS + DAY_MS,
    "a day back": NOON_MS - DAY_MS,
    "to 2038": YEAR_2038_MS,
    "to 1970": 5_000,
}


@pytest.mark.parametrize("jump", JUMPS)
def test_it_stores_every_event_once_through_a_jump_of_the_clock(settings: Settings, jump: str) -> None:
    """In 1970 it takes none, and says so: what is from before 2000 is too old."""
    clock = ManualClock()
    with running_by(settings, clock) as running:
        first = running.visit(id="first")
        clock.now_ms = JUMPS[jump]
        during, again = running.visit(id="during"), running.visit(id="first")
        clock.now_ms = NOON_MS + 1000
        after = [running.visit(id=name) for name in ("during", "after", "first")]
        running.settle()

        assert first.json() == {"accepted": 1}
        assert again.headers["X-Footfall-Dropped"] == ("too_old" if jump == "to 1970" else "duplicate")
        assert during.headers.get("X-Footfall-Dropped") == ("too_old" if jump == "to 1970" else None)
        assert after[2].headers["X-Footfall-Dropped"] == "duplicate"
        assert running.rows("count(), uniqExact(event_id)") == [(3, 3)]
        assert running.rows("sum(events)", "visits") == [(3,)]


@pytest.mark.parametrize("jump", JUMPS)
def test_it_starts_whatever_the_clock_says_and_remembers_what_it_took(settings: Settings, jump: str) -> None:
    clock = ManualClock()
    with running_by(settings, clock) as running:
        running.visit(id="first")

    clock.now_ms = JUMPS[jump]
    with running_by(settings, clock) as running:
        running.visit(id="during")
        clock.now_ms = NOON_MS + 1000
        again = running.visit(id="first")
        running.settle()
        running.install.visitors.salts.destroy_expired(clock())

        assert again.headers["X-Footfall-Dropped"] == "duplicate"
        assert running.install.visitors.salts.overdue(clock()) == 0
        assert running.rows("count() > 1, uniqExact(event_id) = count()") == [(jump != "to 1970", True)]
