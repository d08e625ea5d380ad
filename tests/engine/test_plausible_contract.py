"""Every word of Plausible's stats API v2 is understood; the words stand here as its documentation has them."""

import itertools
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.engine.test_query_api import ALICES, NOW_MS, TwoSites, alice_only

from footfall.api.query import query_router
from footfall.domain import Goal, GoalKind
from footfall.query import Vocabulary
from footfall.store import Reader

GOAL = ["is", "event:goal", ["Signup"]]
PAGE = ["is", "event:page", ["/"]]
VOCABULARY = Vocabulary((Goal(1, ALICES.id, GoalKind.EVENT, "Signup", "Signup"),), {7: [PAGE]})

METRICS: dict[str, dict[str, Any]] = {
    **{name: {} for name in ("visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "visit_duration")},
    **{name: {} for name in ("events", "average_revenue", "total_revenue")},
    "percentage": {"dimensions": ["visit:source"]},
    "scroll_depth": {"filters": [PAGE]},
    "time_on_page": {"dimensions": ["event:page"]},
    "conversion_rate": {"filters": [GOAL]},
    "group_conversion_rate": {"filters": [GOAL], "dimensions": ["visit:source"]},
    "exit_rate": {"dimensions": ["visit:exit_page"]},
}
"""Each with what it needs to be asked with."""

OF_VISITS = (
    *("entry_page", "exit_page", "entry_page_hostname", "exit_page_hostname", "source", "referrer", "channel"),
    *("utm_medium", "utm_source", "utm_campaign", "utm_content", "utm_term", "device", "screen", "browser"),
    *("browser_version", "os", "os_version", "country", "region", "city", "country_name", "region_name", "city_name"),
)
DIMENSIONS = (
    *("event:name", "event:page", "event:hostname", "event:props:plan"),
    *(f"visit:{name}" for name in OF_VISITS),
)
TIMES = ("time", "time:minute", "time:hour", "time:day", "time:week", "time:month")
BY_TIME = {"date_range": "day", "include": {"time_labels": True}}
RANGES: tuple[Any, ...] = (
    *("day", "24h", "7d", "28d", "30d", "91d", "month", "6mo", "12mo", "year", "all", "5000d", "100mo"),
    ["2024-11-01", "2024-11-02"],
    ["2024-11-01T00:00:00+01:00", "2024-11-02T12:00:00Z"],
)
FILTERS: tuple[list[Any], ...] = (
    *(
        [operator, name, ["a", "B"], *modifiers]
        for operator, name, modifiers in itertools.product(
            ("is", "is_not", "contains", "contains_not"),
            ("event:page", "visit:source"),
            ([], [{"case_sensitive": False}], [{"case_sensitive": True}]),
        )
    ),
    ["matches", "event:page", ["^/a", "b$"]],
    ["matches_not", "visit:utm_source", ["(?i)x"]],
    ["is", "visit:city", [2950159]],
    GOAL,
    ["contains", "event:goal", ["sign"], {"case_sensitive": False}],
    ["and", [PAGE, ["not", PAGE]]],
    ["or", [PAGE, ["is", "visit:country", ["EE"]]]],
    ["not", ["or", [PAGE, PAGE]]],
    ["has_done", GOAL],
    ["has_not_done", ["or", [PAGE, ["is", "event:props:plan", ["pro"]]]]],
    ["is", "segment", [7]],
)
INCLUDES: tuple[dict[str, Any], ...] = (
    *({name: value} for name in ("imports", "total_rows", "trim_relative_date_range") for value in (True, False)),
    *({"comparisons": {"mode": mode}} for mode in ("previous_period", "year_over_year")),
    {"comparisons": {"mode": "previous_period", "match_day_of_week": True}},
    {"comparisons": {"mode": "custom", "date_range": ["2024-10-01", "2024-10-07"]}},
)
REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"metrics": ["visitors", "baa"]}, '#/metrics/1: Invalid metric "baa"'),
    ({"date_range": "bad_period"}, '#/date_range: Invalid date range "bad_period"'),
    ({"date_range": "5001d"}, '#/date_range: Invalid date range "5001d"'),
    ({"date_range": "101mo"}, '#/date_range: Invalid date range "101mo"'),
    ({"dimensions": ["badproperty"]}, '#/dimensions/0: Invalid dimension "badproperty"'),
    ({"metrics": ["visits", "visits"]}, "#/metrics: Expected items to be unique but they were not."),
    ({"filters": [["was", "event:page", ["/"]]]}, '#/filters/0: Invalid filter ["was", "event:page", ["/"]]'),
    ({"filters": [["matches", "event:goal", ["S"]]]}, '#/filters/0: Invalid filter ["matches", "event:goal", ["S"]]'),
    ({"filters": [["is", "event:goal", ["X"]]]}, "The goal `X` is not configured for this site. Find out how"),
    (
        {"metrics": ["scroll_depth"]},
        "Metric `scroll_depth` can only be queried with event:page filters or dimensions.",
    ),
    ({"unknown": 1}, "#/unknown: Schema does not allow additional properties."),
    ({"pagination": {"limit": 10_001}}, "#/pagination/limit: Expected the value to be <= 10000"),
    ({"include": {"time_labels": True}}, "Invalid include.time_labels: requires a time dimension."),
    ({"site_id": ""}, "Missing site ID. Please provide the required site_id parameter with your request."),
)


@pytest.fixture
def client(reader: Reader) -> TestClient:
    app = FastAPI()
    app.include_router(query_router(reader, TwoSites(), alice_only, lambda: NOW_MS, lambda site, user_id: VOCABULARY))
    return TestClient(app, headers={"authorization": "Bearer alice"})


def answer(client: TestClient, question: dict[str, Any]) -> dict[str, Any]:
    """The answer, which the same question asked again by its echo has, too."""
    asked = {"site_id": ALICES.domain, "metrics": ["visitors"], "date_range": "7d", **question}
    sent = client.post("/api/v2/query", json=asked)
    assert sent.status_code == 200, (question, sent.text)
    told: dict[str, Any] = sent.json()
    assert client.post("/api/v2/query", json=told["query"]).json()["results"] == told["results"], question
    assert told.keys() == {"results", "meta", "query"}
    return told


def test_it_knows_every_metric(client: TestClient) -> None:
    for name, needed in METRICS.items():
        assert answer(client, {"metrics": [name], **needed})["query"]["metrics"] == [name]


def test_it_knows_every_dimension(client: TestClient) -> None:
    for name in (*DIMENSIONS, "event:goal"):
        assert answer(client, {"dimensions": [name]})["results"] == []
    for name in DIMENSIONS:
        answer(client, {"filters": [["is", name, ["x"]]]})
    for name in TIMES:
        assert answer(client, {**BY_TIME, "dimensions": [name]})["meta"]["time_labels"]


def test_it_knows_every_range(client: TestClient) -> None:
    for asked in RANGES:
        first, last = answer(client, {"date_range": asked})["query"]["date_range"]
        assert first < last


def test_it_knows_every_filter(client: TestClient) -> None:
    for one in FILTERS:
        answer(client, {"filters": [one]})


def test_it_knows_all_there_is_to_include(client: TestClient) -> None:
    for include in INCLUDES:
        told = answer(client, {"include": include})
        assert ("comparison" in told["results"][0]) == ("comparisons" in include)
        assert ("total_rows" in told["meta"]) == bool(include.get("total_rows"))
        assert ("imports_included" in told["meta"]) == bool(include.get("imports"))


def test_it_refuses_in_the_words_clients_know(client: TestClient) -> None:
    for changes, sentence in REFUSED:
        asked = {"site_id": ALICES.domain, "metrics": ["visitors"], "date_range": "7d", **changes}
        sent = client.post("/api/v2/query", json=asked)
        assert (sent.status_code, sent.json().keys()) == (400, {"error"}), changes
        assert sent.json()["error"].startswith(sentence), sent.text
