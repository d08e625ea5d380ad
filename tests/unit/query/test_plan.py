from datetime import UTC, datetime
from typing import Any

import pytest

from footfall.domain import Site
from footfall.query.compile import compile_plan
from footfall.query.dates import resolve_date_range
from footfall.query.metrics import Source
from footfall.query.parse import parse
from footfall.query.plan import Plan, make_plan
from footfall.query.question import Order, filter_as_json

NOW = datetime(2024, 11, 20, 12, tzinfo=UTC)
SITE = Site(id=7, public_id="p", domain="example.com")


def plan(metrics: list[str], date_range: str = "7d", **changes: Any) -> Plan:
    question = parse({"metrics": metrics, "date_range": date_range, **changes})
    return make_plan(question, resolve_date_range(date_range, SITE, NOW))


def sources(made: Plan) -> dict[Source, list[str]]:
    return {part.source: [partial.name for partial in part.partials] for part in made.parts}


@pytest.mark.parametrize(
    ("metrics", "dimensions", "expected"),
    [
        (["visitors", "visits", "bounce_rate"], [], {Source.VISITS}),
        (["visitors"], ["visit:source"], {Source.VISITS}),
        (["visitors"], ["event:page"], {Source.EVENTS}),
        (["visitors", "pageviews"], ["visit:source"], {Source.EVENTS}),
        (["visitors", "pageviews", "bounce_rate"], [], {Source.EVENTS, Source.VISITS}),
        (["visitors", "scroll_depth"], ["event:page"], {Source.EVENTS, Source.READING}),
        (["exit_rate"], ["visit:exit_page"], {Source.VISITS, Source.EXIT_VIEWS}),
    ],
)
def test_it_gives_each_figure_its_home(metrics: list[str], dimensions: list[str], expected: set[Source]) -> None:
    assert set(sources(plan(metrics, dimensions=dimensions))) == expected


def test_it_counts_visitors_where_events_are_asked() -> None:
    made = sources(plan(["visitors", "pageviews", "visit_duration"]))

    assert made[Source.EVENTS] == ["visitor_count", "view_count"]
    assert made[Source.VISITS] == ["lasted_ms", "whole_visits"]


def test_it_answers_with_pages_seen_not_only_entered() -> None:
    made = plan(["visitors", "bounce_rate"], dimensions=["event:page"])

    assert {part.source: part.makes_rows for part in made.parts} == {Source.EVENTS: True, Source.VISITS: False}


def test_it_resolves_time_in_dimensions_and_order() -> None:
    made = plan(["visitors"], dimensions=["time"], order_by=[["time", "desc"]])

    assert [dimension.name for dimension in made.question.dimensions] == ["time:day"]
    assert made.question.order_by == (Order("time:day", is_descending=True),)
    assert made.buckets is not None
    assert len(made.buckets.labels) == 7


def test_it_orders_by_time_then_by_the_first_metric() -> None:
    assert plan(["visits"], dimensions=["time:day", "visit:source"]).question.order_by == (
        Order("time:day", is_descending=False),
        Order("visits", is_descending=True),
    )


def test_it_holds_a_hostname_filter_against_the_page_visits_are_filed_by() -> None:
    made = plan(["visitors"], dimensions=["visit:source"], filters=[["is", "event:hostname", ["a.com"]]])

    assert [filter_as_json(one) for one in made.filters] == [
        ["is", "event:hostname", ["a.com"]],
        ["is", "visit:entry_page_hostname", ["a.com"]],
    ]
    assert len(made.question.filters) == 1


def test_it_binds_everything_a_caller_sent() -> None:
    mark = "x'); DROP TABLE events --"
    made = plan(
        ["visitors", "bounce_rate"],
        dimensions=["event:page"],
        filters=[["is", f"event:props:{mark}", [mark]], ["matches", "visit:source", [mark]]],
    )

    statement = compile_plan(made, SITE)

    assert mark not in statement.sql
    assert mark in statement.parameters.values()
    assert [mark] in statement.parameters.values()


def test_it_compiles_the_same_question_to_the_same_text() -> None:
    one, another = (
        compile_plan(plan(["visitors"], dimensions=["time:day"]), Site(id=number, public_id="p", domain="d"))
        for number in (1, 2)
    )

    assert one.sql == another.sql
