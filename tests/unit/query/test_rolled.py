from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from footfall.domain import Goal, GoalKind, Site
from footfall.query.dates import DateRange, resolve_date_range
from footfall.query.metrics import Source
from footfall.query.parse import parse
from footfall.query.plan import Plan, make_plan
from footfall.query.rolled import MAX_GAPS, rolled_days
from footfall.query.vocabulary import Vocabulary
from footfall.store import ClosedDays
from footfall.store.closed_days import Finalised

NOW = datetime(2024, 3, 20, 12, tzinfo=UTC)
SITE = Site(id=7, public_id="p", domain="example.com")
GOALS = Vocabulary((Goal(1, 0, GoalKind.EVENT, "Signup", "Signup"),))
JANUARY_1 = 19_723  # 2024
MARCH_1 = JANUARY_1 + 60


def closed(*days: int, months: dict[int, int] | None = None) -> ClosedDays:
    """These days rolled up, and these months from so many days; something happened on every day."""
    known = {day: Finalised(1, 1, SITE.timezone) for day in days}
    by_month = {first: Finalised(count, 5, SITE.timezone) for first, count in (months or {}).items()}
    return ClosedDays(SITE.timezone, dict.fromkeys(range(JANUARY_1, MARCH_1 + 20), 1), known, by_month)


def within(first: str, last: str) -> DateRange:
    return resolve_date_range((first, last), SITE, NOW)


def plan(metrics: list[str], dimensions: list[str] | None = None, filters: list[Any] | None = None) -> Plan:
    asked = {"metrics": metrics, "dimensions": dimensions or [], "filters": filters or [], "date_range": "30d"}
    return make_plan(parse(asked, GOALS), resolve_date_range("30d", SITE, NOW))


def rollups(made: Plan) -> dict[Source, str | None]:
    return {part.source: part.rollup for part in made.parts}


def test_it_leaves_gaps_around_the_days_that_are_rolled_up() -> None:
    known = closed(MARCH_1 + 1, MARCH_1 + 2, MARCH_1 + 4)

    found = rolled_days(within("2024-03-01", "2024-03-06"), known, by_month=True)

    assert found is not None
    assert found.days == {MARCH_1 + 1: 1, MARCH_1 + 2: 1, MARCH_1 + 4: 1}
    assert [(gap.first_day - MARCH_1, gap.last_day - MARCH_1) for gap in found.gaps] == [(0, 0), (3, 3), (5, 5)]
    assert found.gaps[0].end_ms == (MARCH_1 + 1) * 86_400_000


def test_it_takes_no_day_that_the_range_cuts() -> None:
    cut = resolve_date_range(("2024-03-01T06:00:00Z", "2024-03-02T23:59:59Z"), SITE, NOW)

    found = rolled_days(cut, closed(MARCH_1, MARCH_1 + 1), by_month=True)

    assert found is not None
    assert found.days == {MARCH_1 + 1: 1}
    assert [(gap.first_day, gap.first_ms) for gap in found.gaps] == [(MARCH_1, MARCH_1 * 86_400_000 + 6 * 3_600_000)]


def test_it_takes_whole_months_and_the_days_around_them() -> None:
    days = range(JANUARY_1, MARCH_1 + 2)

    found = rolled_days(within("2024-01-30", "2024-03-02"), closed(*days, months={JANUARY_1 + 31: 29}), by_month=True)

    assert found is not None
    assert found.months == {JANUARY_1 + 31: 5}
    assert list(found.days) == [JANUARY_1 + 29, JANUARY_1 + 30, MARCH_1, MARCH_1 + 1]
    assert found.gaps == ()


def test_it_keeps_the_longest_stretches_where_there_are_many() -> None:
    every_other = [JANUARY_1 + 2 * step for step in range(20)]
    known = closed(*every_other, *range(MARCH_1, MARCH_1 + 5))

    found = rolled_days(within("2024-01-01", "2024-03-10"), known, by_month=False)

    assert found is not None
    assert len(found.gaps) <= MAX_GAPS
    assert set(range(MARCH_1, MARCH_1 + 5)) <= found.days.keys()


def test_it_reads_nothing_from_rollups_where_no_day_is_closed() -> None:
    assert rolled_days(within("2024-03-01", "2024-03-06"), closed(), by_month=True) is None


@pytest.mark.parametrize(
    ("metrics", "dimensions", "filters", "expected"),
    [
        (["visitors"], [], [], {Source.VISITS: ""}),
        (["visitors", "pageviews", "bounce_rate"], [], [], {Source.VISITS: "", Source.EVENTS: ""}),
        (["visitors"], ["visit:country_name"], [], {Source.VISITS: "country"}),
        (["visitors", "bounce_rate"], ["event:page"], [], {Source.EVENTS: "page", Source.VISITS: "entry_page"}),
        (["visitors"], ["time:day", "visit:source"], [], {Source.VISITS: "source"}),
        (["visitors"], [], [["is", "visit:source", ["Google"]]], {Source.VISITS: "source"}),
        (["visitors"], ["visit:source"], [["contains", "visit:source", ["oo"]]], {Source.VISITS: "source"}),
        (["events"], [], [["is", "event:name", ["Signup"]]], {Source.EVENTS: "name"}),
    ],
)
def test_it_finds_the_dimension_of_the_rollups(
    metrics: list[str], dimensions: list[str], filters: list[Any], expected: dict[Source, str]
) -> None:
    assert rollups(plan(metrics, dimensions, filters)) == expected


@pytest.mark.parametrize(
    ("metrics", "dimensions", "filters"),
    [
        (["visitors"], ["visit:source", "visit:country"], []),
        (["visitors"], ["visit:source"], [["is", "visit:country", ["EE"]]]),
        (["visitors"], [], [["is", "visit:source", ["Google", "Bing"]]]),
        (["visitors"], [], [["contains", "visit:source", ["oo"]]]),
        (["visitors"], [], [["is", "visit:source", ["Direct / None"]]]),
        (["visitors"], [], [["is", "event:page", ["/"]]]),
        (["visitors"], ["event:props:plan"], []),
        (["visitors", "percentage"], ["visit:source"], [["is", "visit:source", ["Google"]]]),
    ],
)
def test_it_reads_live_what_rows_of_rollups_would_count_twice_or_not_know(
    metrics: list[str], dimensions: list[str], filters: list[Any]
) -> None:
    assert set(rollups(plan(metrics, dimensions, filters)).values()) == {None}


SIGNED_UP = ["is", "event:goal", ["Signup"]]


@pytest.mark.parametrize(
    ("metric", "dimensions", "filters", "expected"),
    [
        ("conversion_rate", [], [SIGNED_UP], {Source.EVENTS: ""}),
        ("conversion_rate", ["event:goal"], [], {Source.EVENTS: ""}),
        ("conversion_rate", ["event:goal"], [["is", "visit:source", ["Google"]]], {Source.EVENTS: "source"}),
        ("conversion_rate", ["visit:entry_page"], [SIGNED_UP], {Source.VISITS: ""}),
        ("group_conversion_rate", ["event:goal"], [["is", "event:props:plan", ["pro"]]], {Source.EVENTS: ""}),
        ("group_conversion_rate", ["visit:source"], [SIGNED_UP], {Source.EVENTS: "source"}),
        ("group_conversion_rate", ["time:day", "event:goal"], [], {Source.EVENTS: ""}),
        ("group_conversion_rate", ["visit:exit_page"], [SIGNED_UP], {Source.VISITS: "exit_page"}),
        ("percentage", ["visit:source"], [], {Source.VISITS: ""}),
    ],
)
def test_it_finds_what_rates_are_a_share_of_in_rollups(
    metric: str, dimensions: list[str], filters: list[Any], expected: dict[Source, str]
) -> None:
    made = plan([metric], dimensions, filters)

    assert {whole.part.source: whole.part.rollup for whole in made.wholes} == expected
    assert made.wants_closed_days


@pytest.mark.parametrize(
    ("metric", "dimensions", "filters"),
    [
        ("conversion_rate", [], [SIGNED_UP, ["has_done", ["is", "event:name", ["pageview"]]]]),
        ("conversion_rate", [], [SIGNED_UP, ["contains", "visit:source", ["oo"]]]),
        ("group_conversion_rate", ["visit:source", "visit:country"], [SIGNED_UP]),
        ("group_conversion_rate", ["visit:source"], [SIGNED_UP, ["is", "event:hostname", ["a.example"]]]),
    ],
)
def test_it_reads_live_what_rates_are_a_share_of_where_rollups_do_not_know(
    metric: str, dimensions: list[str], filters: list[Any]
) -> None:
    assert [whole.part.rollup for whole in plan([metric], dimensions, filters).wholes] == [None]


def test_it_tells_the_tables_of_both_halves_of_a_rate() -> None:
    made = plan(["conversion_rate"], [], [SIGNED_UP]).over(closed(*range(JANUARY_1, MARCH_1 + 19)))

    assert made.tables == ("daily_events", "events")
    assert not made.is_small


def test_it_names_the_visits_that_reach_out_only_where_it_reads_no_others() -> None:
    whole, cut = closed(*range(MARCH_1 - 11, MARCH_1 + 19)), closed(*range(MARCH_1 - 11, MARCH_1 + 18))

    assert plan(["visitors"]).over(whole).wants_reaching
    assert not plan(["visitors"]).over(cut).wants_reaching  # its last day is read live
    assert not plan(["visitors"]).over(closed()).wants_reaching
    assert not plan(["events"], ["event:name"]).over(whole).wants_reaching


def test_it_reads_no_visits_where_none_reaches_out() -> None:
    rolled = plan(["visitors"]).over(closed(*range(MARCH_1 - 11, MARCH_1 + 19))).rolled

    assert rolled is not None
    assert rolled.leaves_visits
    assert replace(rolled, reaching=((date(2024, 3, 19), 7),)).leaves_visits
    assert not replace(rolled, reaching=()).leaves_visits
