"""/api/v1/stats: what clients of Plausible's older stats API ask, and what they get back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx2 as httpx
import pytest
from tests.acceptance.running import Running, running_by
from tests.people import ManualClock

from footfall.settings import Settings
from footfall.sites import GoalKind

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
JANUARY = {"period": "month", "date": "2026-01-15"}


def hit(at: str, visitor: str, path: str = "/", name: str = "pageview", **more: Any) -> dict[str, Any]:
    url = f"https://alice.example{path}"
    return {"name": name, "url": url, "visitor": visitor, "timestamp": f"{at}+00:00", **more}


HITS = (
    hit("2025-12-30T09:00:00", "ann"),
    hit("2026-01-02T09:00:00", "ann", "/?utm_source=News"),
    hit("2026-01-02T09:10:00", "ann", "/blog/a"),
    hit("2026-01-02T23:30:00", "bea", "/blog/b?utm_source=Ads"),
    hit("2026-01-20T10:00:00", "cid", "/price|list", props={"plan": "pro"}),
    hit("2026-01-20T10:01:00", "cid", "/price|list", "Signup", props={"plan": "pro"}),
    hit("2026-03-10T11:58:00", "dora", "/now"),
)


@pytest.fixture(scope="module")
def alice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("v1") / "data",
        apply_interval_ms=10,
        max_memory_mb=800,
        query_timeout_seconds=20,
    )
    with running_by(settings, ManualClock(int(NOW.timestamp() * 1000))) as running:
        running.key = running.install.people.keys.create(["events:write", "stats:read"], site_id=running.site.id)
        assert running.send(*HITS).status_code == 202
        running.settle()
        yield running


def get(alice: Running, route: str, **parameters: str) -> httpx.Response:
    return alice.http.get(
        f"/api/v1/stats/{route}",
        params={"site_id": "alice.example", **parameters},
        headers={"Authorization": f"Bearer {alice.key}"},
    )


def results(alice: Running, route: str, **parameters: str) -> Any:
    answer = get(alice, route, **parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]


def test_it_counts_current_visitors_as_a_bare_number(alice: Running) -> None:
    assert get(alice, "realtime/visitors").json() == 1


def test_it_aggregates_a_month(alice: Running) -> None:
    metrics = "visitors,visits,pageviews,views_per_visit,bounce_rate,visit_duration,events"

    assert results(alice, "aggregate", metrics=metrics, **JANUARY) == {
        "visitors": {"value": 3},
        "visits": {"value": 3},
        "pageviews": {"value": 4},
        "views_per_visit": {"value": 1.33},
        "bounce_rate": {"value": 33},
        "visit_duration": {"value": 220},
        "events": {"value": 5},
    }


def test_it_compares_with_the_period_before(alice: Running) -> None:
    found = results(alice, "aggregate", metrics="visitors,bounce_rate", compare="previous_period", **JANUARY)

    assert found == {
        "visitors": {"value": 3, "change": 200, "comparison_value": 1},
        "bounce_rate": {"value": 33, "change": -67, "comparison_value": 100},
    }


@pytest.mark.parametrize(
    ("parameters", "visitors"),
    [
        ({}, 0),
        ({"period": "day"}, 1),
        ({"period": "day", "date": "2026-01-20"}, 1),
        ({"period": "7d", "date": "2026-01-09"}, 2),  # the seven days before
        ({"period": "6mo"}, 3),  # September to February
        ({"period": "12mo", "date": "2026-03-01"}, 4),
        ({"period": "custom", "date": "2026-01-03, 2026-01-20"}, 2),  # one of them past midnight in Berlin
    ],
)
def test_it_sees_periods_from_their_date(alice: Running, parameters: dict[str, str], visitors: int) -> None:
    assert results(alice, "aggregate", **parameters) == {"visitors": {"value": visitors}}


@pytest.mark.parametrize(
    ("filters", "visitors"),
    [
        ("", 3),
        ("visit:source==News", 1),
        ("visit:source==News|Ads", 2),
        ("visit:source!=News", 2),
        ("event:page==/blog/**", 2),
        ("event:page!=/blog/*", 2),
        ("event:page==/price\\|list", 1),
        ("visit:source==News;event:page==/blog/a", 1),
        ("visit:source==News;event:page==/blog/b", 0),
        ("event:props:plan==pro", 1),
        ('[["contains", "event:page", ["/blog"]]]', 2),
        ("visit:country==Estonia", 3),  # no code: left out
        ("nothing;visit:source", 3),
        ("[", 3),
    ],
)
def test_it_filters(alice: Running, filters: str, visitors: int) -> None:
    assert results(alice, "aggregate", filters=filters, **JANUARY) == {"visitors": {"value": visitors}}


def test_it_gives_every_day_of_a_series(alice: Running) -> None:
    rows = results(alice, "timeseries", metrics="visitors,visit_duration,bounce_rate", **JANUARY)

    assert len(rows) == 31
    assert rows[0] == {"date": "2026-01-01", "visitors": 0, "visit_duration": None, "bounce_rate": 0}
    assert rows[1] == {"date": "2026-01-02", "visitors": 1, "visit_duration": 600, "bounce_rate": 0}


@pytest.mark.parametrize(
    ("parameters", "count", "first"),
    [
        ({"period": "day", "date": "2026-01-02"}, 24, "2026-01-02 00:00:00"),
        ({"period": "6mo", "date": "2026-01-31"}, 6, "2025-08-01"),
        ({"period": "6mo", "date": "2026-01-31", "interval": "date"}, 184, "2025-08-01"),
        ({"period": "custom", "date": "2026-01-01,2026-02-28", "interval": "month"}, 2, "2026-01-01"),
    ],
)
def test_it_chooses_the_interval_by_the_period(
    alice: Running, parameters: dict[str, str], count: int, first: str
) -> None:
    rows = results(alice, "timeseries", **parameters)

    assert (len(rows), rows[0]["date"]) == (count, first)


def test_it_breaks_down_by_a_property(alice: Running) -> None:
    sources = results(alice, "breakdown", property="visit:source", metrics="visits,pageviews", **JANUARY)
    pages = results(alice, "breakdown", property="event:page", limit="2", page="2", **JANUARY)
    plans = results(alice, "breakdown", property="event:props:plan", filters="event:name==Signup", **JANUARY)

    assert sorted(sources, key=lambda row: row["source"]) == [
        {"source": "Ads", "visits": 1, "pageviews": 1},
        {"source": "Direct / None", "visits": 1, "pageviews": 1},
        {"source": "News", "visits": 1, "pageviews": 2},
    ]
    assert pages == [{"page": "/blog/b", "visitors": 1}, {"page": "/price|list", "visitors": 1}]
    assert plans == [{"plan": "pro", "visitors": 1}]


def test_it_tells_conversions(alice: Running) -> None:
    alice.install.belongings.goals.add(alice.site.id, GoalKind.EVENT, "Signup")

    goals = results(alice, "breakdown", property="event:goal", metrics="visitors,conversion_rate", **JANUARY)
    rate = results(alice, "aggregate", metrics="conversion_rate", filters="event:goal==Signup", **JANUARY)

    assert goals == [{"goal": "Signup", "visitors": 1, "conversion_rate": 33.33}]
    assert rate == {"conversion_rate": {"value": 33.33}}
    assert get(alice, "aggregate", filters="event:goal==Nothing").status_code == 400


WRONG = [
    ("aggregate", {"period": "week"}, "Error parsing `period` parameter: invalid period `week`."),
    ("aggregate", {"period": "custom"}, "The `date` parameter is required when using a custom period."),
    ("aggregate", {"period": "custom", "date": "2026-01-01"}, "Invalid format for `date` parameter."),
    ("aggregate", {"date": "2026-13-01"}, "Error parsing `date` parameter: invalid_format. Please specify"),
    ("aggregate", {"date": "9999-12-31"}, "Error parsing `date` parameter: invalid_format."),
    ("aggregate", {"metrics": "visitors,baa"}, "The metric `baa` is not recognized."),
    ("aggregate", {"metrics": "scroll_depth"}, "The metric `scroll_depth` is not recognized."),
    ("aggregate", {"metrics": "visits,visits"}, "Metrics cannot be queried multiple times."),
    ("aggregate", {"filters": "visit:mood==good"}, "Invalid filter property 'visit:mood'."),
    ("aggregate", {"filters": "time:day==1"}, "Invalid filter property 'time:day'."),
    ("aggregate", {"metrics": "time_on_page"}, "Metric `time_on_page` can only be queried in a page breakdown or"),
    ("aggregate", {"metrics": "conversion_rate"}, "Metric `conversion_rate` can only be queried in a goal breakdown"),
    (
        "aggregate",
        {"metrics": "bounce_rate", "filters": "event:name==Signup"},
        "Session metric `bounce_rate` cannot be queried when using a filter on `event:name`.",
    ),
    (
        "aggregate",
        {"metrics": "views_per_visit", "filters": "event:page==/"},
        "Metric `views_per_visit` cannot be queried with a filter on `event:page`.",
    ),
    ("timeseries", {"interval": "week"}, "Error parsing `interval` parameter: invalid interval `week`. Valid"),
    ("breakdown", {}, "The `property` parameter is required."),
    ("breakdown", {"period": "week"}, "Error parsing `period` parameter"),
    ("breakdown", {"property": "visit:mood"}, "Invalid property 'visit:mood'."),
    ("breakdown", {"property": "event:hostname"}, "Property 'event:hostname' is currently not supported"),
    (
        "breakdown",
        {"property": "visit:source", "limit": "1001"},
        "Please provide limit as a number between 1 and 1000.",
    ),
    ("breakdown", {"property": "visit:source", "limit": "ten"}, "Please provide limit as a number between 1 and 1000."),
    ("breakdown", {"property": "visit:source", "page": "0"}, "Please provide page as a number"),
    (
        "breakdown",
        {"property": "event:name", "metrics": "bounce_rate"},
        "Session metric `bounce_rate` cannot be queried for breakdown by `event:name`.",
    ),
    (
        "breakdown",
        {"property": "visit:source", "metrics": "views_per_visit"},
        "Metric `views_per_visit` is not supported in breakdown queries.",
    ),
    (
        "breakdown",
        {"property": "visit:source", "metrics": "time_on_page"},
        "Metric `time_on_page` is not supported in breakdown queries (except `event:page` breakdown)",
    ),
]


@pytest.mark.parametrize(("route", "parameters", "sentence"), WRONG)
def test_it_says_what_is_wrong(alice: Running, route: str, parameters: dict[str, str], sentence: str) -> None:
    answer = get(alice, route, **parameters)

    assert answer.status_code == 400
    assert answer.json()["error"].startswith(sentence)


@pytest.mark.parametrize("route", ["realtime/visitors", "aggregate", "timeseries", "breakdown"])
def test_it_asks_who_wants_to_know(alice: Running, route: str) -> None:
    stranger = alice.install.sites.by_domain("charlie.example") or alice.install.sites.create("charlie.example")
    keys = {
        "": "Missing API key.",
        "ff_nonsense": "Invalid API key or site ID.",
        alice.install.people.keys.create(["stats:read"], site_id=stranger.id): "Invalid API key or site ID.",
        alice.install.people.keys.create(["events:write"], site_id=alice.site.id): "Invalid API key or site ID.",
    }

    for key, sentence in keys.items():
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        answer = alice.http.get(f"/api/v1/stats/{route}?site_id=alice.example", headers=headers)
        assert (answer.status_code, answer.json()["error"].startswith(sentence)) == (401, True)
    nowhere = get(alice, route, site_id="nowhere.example")
    assert (nowhere.status_code, nowhere.json()["error"][:27]) == (401, "Invalid API key or site ID.")
    assert get(alice, route, site_id="").status_code == 400
