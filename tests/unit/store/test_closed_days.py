from typing import Any

from footfall.domain import Site
from footfall.store.closed_days import ClosedDays, closed_days, days_of_month, first_of_month

JANUARY_1 = 19_723  # 2024
FEBRUARY_1 = JANUARY_1 + 31
BERLIN = "Europe/Berlin"
SITE = Site(id=1, public_id="p", domain="example.com", timezone=BERLIN)


def changed(day: int, changes: int = 10) -> tuple[Any, ...]:
    return ("changes", day, changes, 0, "")


def rolled_up(day: int, made_from: int = 10, generation: int = 1, zone: str = BERLIN) -> tuple[Any, ...]:
    return ("day", day, made_from, generation, zone)


def state(*rows: tuple[Any, ...], reach: int = 0) -> ClosedDays:
    return closed_days([*rows, ("reach", 0, reach, 0, "")], SITE)


def test_it_trusts_a_day_that_has_not_changed_since() -> None:
    days = state(changed(5), rolled_up(5, generation=3), changed(6, 11), rolled_up(6))

    assert [days.generation(day) for day in (5, 6)] == [3, None]


def test_it_reads_a_day_live_that_was_never_rolled_up_or_in_another_zone() -> None:
    days = state(changed(5), changed(6), rolled_up(6, zone="Etc/UTC"))

    assert [days.generation(day) for day in (5, 6)] == [None, None]


def test_it_reads_days_live_into_which_a_visit_of_a_changed_day_may_reach() -> None:
    rows = [row for day in (5, 6, 7, 8) for row in (changed(day), rolled_up(day))]

    days = state(*rows, changed(5, 12), reach=2)

    assert [days.generation(day) for day in (5, 6, 7, 8)] == [None, None, None, 1]


def test_it_knows_days_without_events_before_one_that_is_rolled_up() -> None:
    days = state(changed(7), rolled_up(7))

    assert [days.generation(day) for day in (6, 7, 8)] == [0, 1, None]
    assert ClosedDays().generation(6) is None


def test_it_trusts_a_month_made_from_the_days_of_now() -> None:
    rows = [changed(JANUARY_1), rolled_up(JANUARY_1, generation=2), changed(FEBRUARY_1), rolled_up(FEBRUARY_1)]

    assert state(*rows, ("month", JANUARY_1, 2, 4, BERLIN)).generation_of_month(JANUARY_1) == 4
    assert state(*rows, ("month", JANUARY_1, 1, 4, BERLIN)).generation_of_month(JANUARY_1) is None
    assert state(*rows).generation_of_month(JANUARY_1 - 31) == 0
    assert state(*rows).generation_of_month(FEBRUARY_1) is None


def test_it_knows_how_long_months_are() -> None:
    assert [len(days_of_month(first)) for first in (JANUARY_1, FEBRUARY_1, JANUARY_1 - 31)] == [31, 29, 31]
    assert first_of_month(FEBRUARY_1 + 28) == FEBRUARY_1
