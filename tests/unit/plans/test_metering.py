"""Counting the views of teams: which month, whose, and what intake is told."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.people import Install

from footfall.domain.plans import PLANS, Month
from footfall.metadata import Database, sqlite_url
from footfall.plans import Metering, TeamPlans, Usage


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


class Metered(Install):
    """An install with plans, and a store that is a table of views by month and site."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.clock.now_ms = at("2026-11-20T12:00")
        self.stored: dict[str, dict[int, int]] = {}
        self.asked: list[str] = []
        self.plans = TeamPlans(self.database)
        self.usage = Usage(self.database, self.clock)
        self.metering = self.metered(drops=True)
        self.alice = self.accounts.create_user("alice@example.com", "correct horse battery")
        self.charlie = self.accounts.create_user("charlie@example.com", "correct horse battery")
        self.site = self.sites.create("example.com", owner_id=self.alice.id)
        self.team = self.teams.of_user(self.alice.id)[0].team

    def metered(self, *, drops: bool) -> Metering:
        return Metering(self.database, self.usage, self.plans, self._count, self.clock, drops=drops)

    def _count(self, first_ms: int, end_ms: int) -> dict[int, int]:
        month = Month.at(first_ms)
        assert (first_ms, end_ms) == (month.begins_ms, month.ends_ms)
        self.asked.append(month.name)
        return self.stored.get(month.name, {})


@pytest.fixture
def metered(tmp_path: Path) -> Iterator[Metered]:
    database = Database(sqlite_url(tmp_path), has_plans=True)
    database.migrate()
    yield Metered(database)
    database.close()


def test_it_knows_the_months_of_utc() -> None:
    november = Month.at(at("2026-11-30T23:59:59.999"))

    assert november == Month(2026, 11) == Month.numbered(202611)
    assert (november.begins_ms, november.ends_ms) == (at("2026-11-01"), at("2026-12-01"))
    assert (Month(2026, 12).after, Month(2026, 1).before) == (Month(2027, 1), Month(2025, 12))
    assert (november.name, november.number) == ("2026-11", 202611)


def test_it_holds_the_plans_there_are() -> None:
    assert {key: plan[2:] for key, plan in PLANS.items()} == {
        "free": (1, 10_000, 1, False, False),
        "pro": (10, 100_000, 1, False, False),
        "business": (None, 1_000_000, None, True, True),
        "unlimited": (None, None, None, True, True),
    }


def test_it_adds_up_the_sites_of_a_team(metered: Metered) -> None:
    metered.plans.give(metered.team.public_id, "pro")
    second = metered.sites.create("two.example", owner_id=metered.alice.id)
    stranger = metered.sites.create("charlie.example", owner_id=metered.charlie.id)
    metered.stored = {"2026-11": {metered.site.id: 700, second.id: 300, stranger.id: 5}, "2026-10": {second.id: 40}}

    metered.metering.run()

    used = metered.usage.of_team(metered.team.id)
    assert (used.views, used.sites, used.people) == (1000, 2, 1)
    assert [(month.month, month.views) for month in used.months] == [("2026-11", 1000), ("2026-10", 40)]


@pytest.mark.parametrize(
    ("views", "percent", "nearly", "dropped"),
    [(7_999, 79, False, False), (8_000, 80, True, False), (9_999, 99, True, False), (10_000, 100, True, True)],
)
def test_it_judges_by_the_plan(metered: Metered, views: int, percent: int, nearly: bool, dropped: bool) -> None:
    metered.stored = {"2026-11": {metered.site.id: views}}

    metered.metering.run()

    assert metered.usage.of_team(metered.team.id).percent == percent
    assert (metered.team.id in metered.metering.nearly_used_up) is nearly
    assert (metered.site.id in metered.metering.used_up.sites) is dropped


def test_it_drops_nothing_where_views_are_counted_on(metered: Metered) -> None:
    metered.stored = {"2026-11": {metered.site.id: 50_000}}
    counting_on = metered.metered(drops=False)

    counting_on.run()

    assert counting_on.used_up.sites == frozenset()
    assert counting_on.nearly_used_up[metered.team.id].percent == 500


def test_it_never_drops_on_unlimited(metered: Metered) -> None:
    metered.plans.give(metered.team.public_id, "unlimited")
    metered.stored = {"2026-11": {metered.site.id: 50_000_000}}

    metered.metering.run()

    assert (metered.metering.used_up.sites, metered.metering.nearly_used_up) == (frozenset(), {})


def test_it_is_told_of_a_larger_plan_without_counting_again(metered: Metered) -> None:
    metered.stored = {"2026-11": {metered.site.id: 20_000}}
    metered.metering.run()
    assert metered.site.id in metered.metering.used_up.sites

    metered.plans.give(metered.team.public_id, "pro")
    metered.metering.judge()

    assert metered.site.id not in metered.metering.used_up.sites


def test_it_begins_anew_with_the_month(metered: Metered) -> None:
    metered.stored = {"2026-11": {metered.site.id: 20_000}}
    metered.metering.run()
    used_up = metered.metering.used_up

    metered.clock.now_ms = at("2026-12-01T00:00")

    assert not used_up.first_ms <= metered.clock.now_ms < used_up.end_ms  # before the job has run
    metered.metering.run()
    assert metered.metering.used_up.sites == frozenset()
    assert [month.month for month in metered.usage.of_team(metered.team.id).months] == ["2026-12", "2026-11"]


def test_it_gives_no_views_back_for_what_is_deleted(metered: Metered) -> None:
    metered.stored = {"2026-11": {metered.site.id: 20_000}}
    metered.metering.run()

    metered.stored = {"2026-11": {metered.site.id: 10}}
    metered.metering.run()
    metered.sites.delete(metered.site.id)
    metered.metering.run()

    assert metered.usage.of_team(metered.team.id).views == 20_000


def test_it_takes_a_site_s_views_along_to_another_team(metered: Metered) -> None:
    metered.stored = {"2026-11": {metered.site.id: 500}}
    metered.metering.run()
    to = metered.teams.create("To", metered.charlie.id)

    metered.sites.move(metered.site.id, to.id)
    metered.metering.run()

    assert [metered.usage.of_team(team).views for team in (metered.team.id, to.id)] == [0, 500]


def test_it_looks_at_the_month_before_once_an_hour(metered: Metered) -> None:
    for minutes in (0, 1, 58, 1):
        metered.clock.move(seconds=60 * minutes)
        metered.metering.run()

    assert metered.asked == ["2026-11", "2026-10", "2026-11", "2026-11", "2026-11", "2026-10"]


def test_it_makes_all_months_anew_of_what_is_stored(metered: Metered) -> None:
    metered.usage.write_down(Month(2026, 9), {metered.site.id: 123_456})
    metered.stored = {"2026-09": {metered.site.id: 3}, "2026-11": {metered.site.id: 4}}

    months = metered.metering.recount(Month(2026, 9))

    assert months == 3
    found = {month.month: month.views for month in metered.usage.of_team(metered.team.id).months}
    assert {name: views for name, views in found.items() if views} == {"2026-11": 4, "2026-09": 3}


def test_it_counts_nothing_without_plans(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path))
    database.migrate()
    metered = Metered(database)

    metered.metering.run()

    assert metered.asked == []
    database.close()
