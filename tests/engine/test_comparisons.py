"""Answers beside those of another range: each side by the definitions, paired and subtracted in plain Python."""

import asyncio
import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.oracle import Hit, Oracle, applied, visits_of
from tests.engine.test_query_against_oracle import GOALS, Data, data, insert_in_pieces, questions

from footfall.domain import Site
from footfall.errors import InvalidInput
from footfall.query import METRICS, Answer, Vocabulary, ask, v2_json
from footfall.query.revenue import Money
from footfall.store import Reader, Writer

NOW = datetime(2025, 1, 1, tzinfo=UTC)
RATES = {"bounce_rate", "scroll_depth", "exit_rate", "percentage", "conversion_rate", "group_conversion_rate"}
NULL_WHEN_EMPTY = {"time_on_page", "scroll_depth", "exit_rate", "total_revenue", "average_revenue"}
_site_ids = itertools.count(4_000_000)


def expected_change(name: str, value: Any, before: Any) -> Any:
    if value is None or before is None or getattr(value, "currency", "") != getattr(before, "currency", ""):
        return None
    if name in RATES:
        return round(value - before, 2)
    if not before:
        return 100 if value else 0
    return round((value - before) / abs(before) * 100)


def is_by_time(question: dict[str, Any]) -> bool:
    return any(name.startswith("time") for name in question["dimensions"])


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=data(), asked=st.lists(questions(), min_size=6, max_size=6), days=st.integers(1, 3), back=st.integers(1, 3))
def test_it_puts_each_row_beside_its_own(
    writer: Writer, reader: Reader, *, data: Data, asked: list[dict[str, Any]], days: int, back: int
) -> None:
    site = Site(id=next(_site_ids), public_id="p", domain="example.com", timezone=data.zone)
    visits = visits_of(data.hits)
    insert_in_pieces(writer, applied(visits, site.id, site.zone))
    first, last = data.day, data.day + timedelta(days=days - 1)
    other_first, other_last = first - timedelta(days=back), last - timedelta(days=back)
    before = Oracle(visits, site.zone, other_first, other_last, GOALS)

    for one in asked:
        if is_by_time(one):
            continue
        include = {"comparisons": {"mode": "custom", "date_range": [other_first.isoformat(), other_last.isoformat()]}}
        question = {**one, "date_range": [first.isoformat(), last.isoformat()], "include": include}
        rows_before = dict(before.answer({**one, "pagination": {}}))
        answer = asyncio.run(ask(reader, site, question, NOW, Vocabulary(GOALS)))

        expected = Oracle(visits, site.zone, first, last, GOALS).answer(question)
        assert [(row.dimensions, row.metrics) for row in answer.rows] == expected, question
        assert answer.compared is not None
        for row, beside in zip(answer.rows, answer.compared.rows, strict=True):
            assert beside is not None
            nothing = tuple(None if name in NULL_WHEN_EMPTY else 0 for name in one["metrics"])
            assert (beside.dimensions, beside.metrics) == (row.dimensions, rows_before.get(row.dimensions, nothing))
            assert beside.change == tuple(map(expected_change, one["metrics"], row.metrics, beside.metrics)), question


class World:
    """One site in Berlin with what happened on it."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self.site = Site(id=next(_site_ids), public_id="p", domain="example.com", timezone="Europe/Berlin")
        self._writer, self._reader = writer, reader

    def record(self, *hits: Hit) -> None:
        insert_in_pieces(self._writer, applied(visits_of(hits), self.site.id, self.site.zone))

    def ask(self, mode: str, date_range: Any, now: datetime = NOW, **changes: Any) -> Answer:
        matches = changes.pop("match_day_of_week", False)
        compared = {"mode": mode, "match_day_of_week": matches} | changes.pop("custom", {})
        payload = {"metrics": ["visitors"], "date_range": date_range, **changes}
        payload["include"] = {"comparisons": compared} | changes.get("include", {})
        return asyncio.run(ask(self._reader, self.site, payload, now))


@pytest.fixture
def world(writer: Writer, reader: Reader) -> World:
    return World(writer, reader)


def at(day: date, hour: int) -> int:
    return int(datetime(day.year, day.month, day.day, hour, tzinfo=UTC).timestamp()) * 1000


def ends(answer: Answer) -> list[str]:
    return list(v2_json(answer, "example.com")["meta"]["comparison_date_range"])


JULY = ["2024-07-01", "2024-07-07"]


@pytest.mark.parametrize(
    ("mode", "date_range", "matches", "expected"),
    [
        ("previous_period", JULY, False, ["2024-06-24T00:00:00+02:00", "2024-06-30T23:59:59+02:00"]),
        ("year_over_year", JULY, False, ["2023-07-01T00:00:00+02:00", "2023-07-07T23:59:59+02:00"]),
        ("year_over_year", JULY, True, ["2023-07-03T00:00:00+02:00", "2023-07-09T23:59:59+02:00"]),
        (
            "year_over_year",
            ["2024-02-29", "2024-02-29"],
            False,
            ["2023-02-28T00:00:00+01:00", "2023-02-28T23:59:59+01:00"],
        ),
        # Three days later would reach into the range itself, so it is four days earlier.
        (
            "previous_period",
            ["2024-07-01", "2024-07-10"],
            True,
            ["2024-06-17T00:00:00+02:00", "2024-06-26T23:59:59+02:00"],
        ),
    ],
)
def test_it_chooses_the_other_range(
    world: World, mode: str, date_range: list[str], *, matches: bool, expected: list[str]
) -> None:
    assert ends(world.ask(mode, date_range, match_day_of_week=matches)) == expected


def test_it_compares_a_day_that_is_not_over_with_as_much_of_the_other(world: World) -> None:
    now = datetime(2024, 7, 3, 10, 0, tzinfo=UTC)

    assert ends(world.ask("previous_period", "day", now)) == ["2024-07-02T00:00:00+02:00", "2024-07-02T12:00:00+02:00"]
    assert ends(world.ask("year_over_year", "day", now)) == ["2023-07-03T00:00:00+02:00", "2023-07-03T12:00:00+02:00"]


@pytest.mark.parametrize(("mode", "first"), [("previous_period", "1970-01-03"), ("year_over_year", "1970-12-31")])
def test_it_refuses_a_range_before_all_time(world: World, mode: str, first: str) -> None:
    with pytest.raises(InvalidInput, match="before 1970"):
        world.ask(mode, [first, "1971-01-01"])


def test_it_pairs_stretches_of_time_and_has_a_row_for_each(world: World) -> None:
    world.record(Hit(1, at(date(2024, 7, 2), 10)), Hit(2, at(date(2024, 6, 25), 10)), Hit(3, at(date(2024, 6, 25), 11)))

    answer = world.ask("previous_period", JULY, dimensions=["time:day"], pagination={"limit": 2, "offset": 1})

    assert [row.dimensions for row in answer.rows] == [("2024-07-02",), ("2024-07-03",)]
    body = v2_json(answer, "example.com")
    assert body["results"] == [
        {
            "dimensions": ["2024-07-02"],
            "metrics": [1],
            "comparison": {"dimensions": ["2024-06-25"], "metrics": [2], "change": [-50]},
        },
        {
            "dimensions": ["2024-07-03"],
            "metrics": [0],
            "comparison": {"dimensions": ["2024-06-26"], "metrics": [0], "change": [0]},
        },
    ]
    assert answer.total_rows == 7


def test_it_keeps_the_two_hours_of_one_name_apart(world: World) -> None:
    """Clocks are put back on 27 October 2024: the hour from 2 to 3 is there twice."""
    day = date(2024, 10, 27)
    world.record(Hit(1, at(day, 0)), Hit(2, at(day, 1)), Hit(3, at(day, 1)))

    answer = world.ask("previous_period", [day.isoformat()] * 2, dimensions=["time:hour"])

    assert [row.metrics for row in answer.rows if row.dimensions == ("2024-10-27 02:00:00",)] == [(1,), (2,)]
    assert len(answer.rows) == 25
    assert answer.compared is not None
    assert answer.compared.rows[-1] is None


def test_it_accepts_its_own_echo(world: World) -> None:
    world.record(Hit(1, at(date(2024, 12, 30), 10)), Hit(2, at(date(2024, 12, 20), 10)))
    answer = world.ask("previous_period", "7d", include={"time_labels": True}, dimensions=["time"])
    body = v2_json(answer, "example.com")

    again = {key: value for key, value in body["query"].items() if key != "site_id"}
    reader = world._reader

    assert v2_json(asyncio.run(ask(reader, world.site, again, NOW)), "example.com") == body
    assert body["query"]["include"]["comparisons"] == {"mode": "previous_period", "match_day_of_week": False}
    assert body["meta"]["comparison_time_labels"][0] == "2024-12-18"


def test_it_tells_revenue_in_its_currency_and_warns_where_there_are_several(world: World) -> None:
    morning = at(date(2024, 7, 2), 10)
    world.record(
        Hit(1, morning, name="Order", path="/a", revenue_milli=49_900, currency="EUR"),
        Hit(2, morning, name="Order", path="/a", revenue_milli=100, currency="EUR"),
        Hit(3, morning, name="Order", path="/b", revenue_milli=1_000, currency="USD"),
    )
    metrics = ["total_revenue", "average_revenue"]

    of_all = world.ask("previous_period", JULY, metrics=metrics)
    by_page = world.ask("previous_period", JULY, metrics=metrics, dimensions=["event:page"])
    by_currency = world.ask("previous_period", JULY, metrics=metrics, dimensions=["event:currency"])

    assert of_all.rows[0].metrics == (None, None)
    assert v2_json(of_all, "p")["meta"]["metric_warnings"]["total_revenue"]["code"] == "no_single_revenue_currency"
    euros = v2_json(by_page, "p")["results"][0]
    assert euros["metrics"][0] == {"value": 50.0, "currency": "EUR", "short": "€50.0", "long": "€50.00"}
    assert euros["comparison"] == {"dimensions": ["/a"], "metrics": [None, None], "change": [None, None]}
    assert "metric_warnings" not in v2_json(by_page, "p")["meta"]
    assert [figure.currency for row in by_currency.rows for figure in row.metrics if isinstance(figure, Money)] == [
        "EUR",
        "EUR",
        "USD",
        "USD",
    ]


def test_it_warns_where_nothing_brought_revenue(world: World) -> None:
    answer = world.ask("previous_period", JULY, metrics=["total_revenue"])

    assert v2_json(answer, "p")["meta"]["metric_warnings"]["total_revenue"]["code"] == "no_revenue_goals_matching"


def test_it_says_of_every_metric_whether_it_is_a_rate() -> None:
    assert {name for name, metric in METRICS.items() if metric.is_rate} == RATES
