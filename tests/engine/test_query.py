"""Answers worth writing out by hand; the definitions as a whole stand against plain Python next door."""

import asyncio
import itertools
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.oracle import Hit, applied, visits_of

from footfall.domain import Site, VisitAttributes
from footfall.errors import InvalidInput
from footfall.query import Answer, ask, current_visitors, v2_json
from footfall.store import Reader, Writer

NOW = datetime(2024, 11, 20, 12, tzinfo=UTC)
MINUTE_MS = 60_000
NOON_MS = int(NOW.timestamp()) * 1000
_batch_ids = itertools.count(2_000_000)
_site_ids = itertools.count(2_000_000)

GOOGLE = VisitAttributes(source="Google", country="EE")


class World:
    """One site with what happened on it."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self.site = Site(id=next(_site_ids), public_id="p", domain="example.com")
        self._writer, self._reader = writer, reader

    def record(self, *hits: Hit) -> None:
        batch = next(_batch_ids)
        self._writer.insert(batch, f"query-{batch}", applied(visits_of(hits), self.site.id, self.site.zone))

    def ask(self, metrics: list[str], dimensions: list[str] | None = None, **changes: Any) -> Answer:
        payload = {"metrics": metrics, "date_range": "day", "dimensions": dimensions or [], **changes}
        return asyncio.run(ask(self._reader, self.site, payload, NOW))

    def rows(self, metrics: list[str], dimensions: list[str] | None = None, **changes: Any) -> list[Any]:
        return [(*row.dimensions, *row.metrics) for row in self.ask(metrics, dimensions, **changes).rows]


@pytest.fixture
def world(writer: Writer, reader: Reader) -> World:
    return World(writer, reader)


def view(visitor: int, path: str = "/", *, minutes: float = -60, source: VisitAttributes = GOOGLE) -> Hit:
    return Hit(visitor, NOON_MS + int(minutes * MINUTE_MS), path=path, attributes=source)


def test_it_answers_zeros_where_nothing_happened(world: World) -> None:
    metrics = ["visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "visit_duration"]

    assert world.rows(metrics) == [(0, 0, 0, 0.0, 0, 0)]
    assert world.rows(metrics[:1], ["visit:source"]) == []


def test_it_rounds_ties_to_the_even_number(world: World) -> None:
    # One of eight bounces: 12.5 %; nine views of eight visits: 1.125.
    world.record(view(1), *(view(n, "/a") for n in range(2, 9)), *(view(n, minutes=-59) for n in range(2, 9)))

    assert world.rows(["bounce_rate", "views_per_visit"]) == [(12, 1.88)]


def test_it_gives_whole_metrics_as_integers(world: World) -> None:
    world.record(view(1), view(1, minutes=-59))

    [(rate, duration, per_visit)] = world.rows(["bounce_rate", "visit_duration", "views_per_visit"])

    assert (rate, duration, per_visit) == (0, 60, 2.0)
    assert [type(figure) for figure in (rate, duration, per_visit)] == [int, int, float]


def test_it_names_what_is_empty_and_filters_by_that_name(world: World) -> None:
    world.record(view(1), view(2, source=VisitAttributes()), view(3, source=VisitAttributes()))

    assert world.rows(["visitors"], ["visit:source"]) == [("Direct / None", 2), ("Google", 1)]
    assert world.rows(["visitors"], ["visit:country"]) == [("(not set)", 2), ("EE", 1)]
    assert world.rows(["visitors"], ["event:props:plan"]) == [("(none)", 3)]
    assert world.rows(["visitors"], filters=[["is", "visit:source", ["Direct / None"]]]) == [(2,)]
    assert world.rows(["visitors"], filters=[["is_not", "visit:country", ["(not set)"]]]) == [(1,)]


def test_it_counts_bounces_of_those_who_entered_on_the_page(world: World) -> None:
    world.record(view(1, "/a"), view(2, "/b"), view(2, "/a", minutes=-59), view(3, "/a"), view(3, "/b", minutes=-58))

    assert world.rows(["bounce_rate", "visits"], filters=[["is", "event:page", ["/a"]]]) == [(50, 3)]
    assert world.rows(["visitors", "bounce_rate"], ["event:page"]) == [("/a", 3, 50), ("/b", 2, 0)]


def test_it_divides_exits_by_views(world: World) -> None:
    world.record(view(1, "/a"), view(1, "/b", minutes=-59), view(2, "/a"), view(3, "/b"), view(3, "/a", minutes=-59))

    answer = world.rows(["visits", "exit_rate"], ["visit:exit_page"], filters=[["is", "visit:exit_page", ["/a"]]])

    assert answer == [("/a", 2, 66.7)]


def test_it_averages_reading_over_visits(world: World) -> None:
    def read(visitor: int, minutes: float, seconds: int, depth: int) -> Hit:
        at_ms = NOON_MS + int(minutes * MINUTE_MS)
        return Hit(visitor, at_ms, "engagement", engagement_ms=seconds * 1000, scroll_depth=depth)

    world.record(view(1), read(1, -59, 20, 40), read(1, -58, 10, 80), view(2), read(2, -59, 11, 20), view(3, "/b"))

    pages = world.rows(
        ["time_on_page", "scroll_depth", "pageviews"], ["event:page"], order_by=[["time_on_page", "asc"]]
    )
    assert pages == [("/", 20, 50, 2), ("/b", None, None, 1)]
    assert world.rows(["time_on_page", "scroll_depth"], ["event:page"]) == [("/", 20, 50)]
    assert world.rows(["scroll_depth"], filters=[["is", "event:page", ["/b"]]]) == [(None,)]


def test_it_files_a_visit_over_midnight_under_its_last_day_and_a_view_under_its_own(world: World) -> None:
    world.record(view(1, minutes=-12 * 60 - 5), view(1, "/a", minutes=-12 * 60 + 5))
    days = {"date_range": ["2024-11-19", "2024-11-20"], "include": {"time_labels": True}}

    assert world.rows(["visits"], ["time:day"], **days) == [("2024-11-20", 1)]
    assert world.rows(["pageviews"], ["time:day"], **days) == [("2024-11-19", 1), ("2024-11-20", 1)]
    assert world.rows(["visits"], ["time:hour"], **days) == [("2024-11-19 23:00:00", 1)]
    assert world.ask(["visits"], ["time:day"], **days).time_labels == ["2024-11-19", "2024-11-20"]


def test_it_pages_without_overlap_and_tells_the_number_of_rows_past_the_end(world: World) -> None:
    world.record(*(view(n, f"/{n}") for n in range(5)))
    include = {"total_rows": True}

    pages = [
        world.ask(["visitors"], ["event:page"], include=include, pagination={"limit": 2, "offset": n})
        for n in (0, 2, 4, 6)
    ]

    assert [row.dimensions[0] for page in pages for row in page.rows] == ["/0", "/1", "/2", "/3", "/4"]
    assert [page.total_rows for page in pages] == [5, 5, 5, 5]


def test_it_echoes_a_query_that_asks_the_same(world: World) -> None:
    world.record(view(1), view(2, "/a", minutes=-1), view(2, "/b"))
    first = v2_json(
        world.ask(
            ["visitors", "bounce_rate"],
            ["time", "visit:source"],
            date_range="realtime",
            filters=[["contains", "event:page", ["/A"], {"case_sensitive": False}]],
            include={"time_labels": True, "total_rows": True, "imports": True},
        ),
        "example.com",
    )

    echo = {key: value for key, value in first["query"].items() if key != "site_id"}
    second = v2_json(world.ask(**echo), "example.com")

    assert second == first
    assert (
        first["results"] == [{"metrics": [1, 0], "dimensions": ["2024-11-20 11:32:00", "Google"]}] or first["results"]
    )
    assert len(first["meta"]["time_labels"]) == 31
    assert first["meta"]["imports_included"] is False
    assert first["meta"]["imports_skip_reason"] == "no_imported_data"
    assert "imports_included" not in v2_json(world.ask(**{**echo, "include": {}}), "example.com")["meta"]


def test_it_takes_all_time_from_the_first_event_on(world: World) -> None:
    world.record(view(1, minutes=-3 * 24 * 60), view(2))

    answer = world.ask(["visitors"], ["time:day"], date_range="all", include={"time_labels": True})

    assert answer.time_labels == ["2024-11-17", "2024-11-18", "2024-11-19", "2024-11-20"]
    assert [row.metrics for row in answer.rows] == [(1,), (1,)]


def test_it_refuses_a_wrong_pattern_even_where_nothing_happened(world: World) -> None:
    with pytest.raises(InvalidInput, match="RE2"):
        world.ask(["visitors"], filters=[["matches", "event:page", ["("]]])


def test_it_counts_current_visitors_of_the_last_five_minutes(world: World, reader: Reader) -> None:
    world.record(
        view(1, minutes=-4.9),
        view(2, minutes=-5.1),
        view(3, minutes=-1),
        view(3, minutes=0),
        view(4, minutes=-10),
        Hit(4, NOON_MS - MINUTE_MS, "engagement"),
    )

    assert asyncio.run(current_visitors(reader, world.site, NOW)) == 2


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(key=st.text(min_size=1, max_size=20), value=st.text(min_size=1, max_size=20))
def test_it_finds_any_text_again(writer: Writer, reader: Reader, key: str, value: str) -> None:
    world = World(writer, reader)
    key, value = (text.encode("utf-8", "replace").decode() for text in (key, value))
    world.record(Hit(1, NOON_MS, props=((key, value),)))

    assert world.rows(["visitors"], [f"event:props:{key}"]) == [(value, 1)]
    for operator in ("is", "contains"):
        for modifiers in ([], [{"case_sensitive": False}]):
            assert world.rows(["visitors"], filters=[[operator, f"event:props:{key}", [value], *modifiers]]) == [(1,)]
