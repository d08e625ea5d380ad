"""`/api/v1/sites/PUBLIC_ID/REPORT`: every report over events that were sent."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import httpx2 as httpx
import pyarrow.parquet as pq
import pytest
from tests.acceptance.running import Running, running_by
from tests.people import NOON_MS, ManualClock

from footfall.api.native.openapi import example
from footfall.api.native.reports import REPORTS
from footfall.collect.umami import website_id
from footfall.settings import Settings
from footfall.sites import GoalKind

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
DAY_MS = 86_400_000


class Reports:
    """Two visitors today, one of them yesterday as well; Ada signs up."""

    def __init__(self, running: Running) -> None:
        self.running = running
        site, keys = running.site, running.install.people.keys
        self.key = keys.create(["stats:read"], site_id=site.id)
        self.sends = keys.create(["events:write"], site_id=site.id)
        running.key = self.sends
        running.install.belongings.goals.add(site.id, GoalKind.EVENT, "Signup", "Signed up")
        running.install.belongings.goals.add(site.id, GoalKind.PAGE, "/blog/*", "Read a post")
        tagged = "https://alice.example/?utm_source=letter&utm_medium=email&utm_campaign=spring"
        sent = running.send(
            self.view("Ada", "https://alice.example/pricing", DAY_MS),
            self.view("Ada", tagged, 60_000),
            self.view("Ada", "https://alice.example/blog/one", 40_000),
            {**self.view("Ada", "https://alice.example/blog/one", 20_000), "name": "Signup", "props": {"plan": "pro"}},
            self.view("Bo", "https://alice.example/", 50_000, referrer="https://www.google.com/"),
        )
        for lcp, path in ((1000, "/"), (2000, "/"), (3000, "/"), (4000, "/blog/one")):
            measured = {"website": website_id(running.site), "url": path, "lcp": lcp, "cls": lcp / 10_000}
            running.http.post(
                "/api/send", json={"type": "performance", "payload": measured}, headers={"User-Agent": CHROME}
            )
        running.settle()
        assert sent.json()["accepted"] == 5, sent.text

    def view(self, visitor: str, url: str, age_ms: int, **more: str) -> dict[str, Any]:
        fields = {"user_agent": CHROME, "timestamp": NOON_MS - age_ms, **more}
        return {"name": "pageview", "url": url, "visitor": visitor, **fields}

    def get(self, report: str, key: str = "", **parameters: Any) -> httpx.Response:
        path = f"/api/v1/sites/{self.running.site.public_id}/{report}"
        headers = {"Authorization": f"Bearer {key or self.key}"}
        return self.running.http.get(path, params={"period": "today", **parameters}, headers=headers)

    def rows(self, report: str, **parameters: Any) -> list[dict[str, Any]]:
        answer = self.get(report, **parameters)
        assert answer.status_code == 200, answer.text
        rows: list[dict[str, Any]] = answer.json()["results"]
        return rows


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reports]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("reports") / "data", apply_interval_ms=10, max_memory_mb=800)
    with running_by(settings, ManualClock()) as running:
        yield Reports(running)


def test_it_tells_web_vitals(reports: Reports) -> None:
    none = {"inp": None, "fcp": None, "ttfb": None}

    assert reports.rows("vitals") == [{"samples": 4, "lcp": 4000, "cls": 0.4, **none}]
    assert reports.rows("vitals-pages") == [
        {"page": "/", "samples": 3, "lcp": 3000, "cls": 0.3, **none},
        {"page": "/blog/one", "samples": 1, "lcp": 4000, "cls": 0.4, **none},
    ]
    (desktops,) = reports.rows("vitals-devices", limit=1)
    assert (desktops["device"], desktops["samples"]) == ("Desktop", 4)
    assert reports.get("vitals", filter="page:is:/").status_code == 400


def test_it_tells_the_figures_of_a_period(reports: Reports) -> None:
    assert reports.rows("stats") == [
        {
            "visitors": 2,
            "visits": 2,
            "pageviews": 3,
            "views_per_visit": 1.5,
            "bounce_rate": 50,
            "visit_duration": 20,
        }
    ]


@pytest.mark.parametrize(
    ("filters", "visitors"),
    [
        (["goal:is:Signed up"], 1),
        (["goal:contains:e"], 1),
        (["segment:is:{number}"], 1),
        (['["has_not_done", ["is", "event:goal", ["Signed up"]]]'], 1),
        (['["has_done", ["is", "event:page", ["/"]]]', "page:is:/"], 2),
        (['["or", [["is", "event:page", ["/blog/one"]], ["is", "visit:source", ["Google"]]]]'], 2),
        (['["contains", "event:page", ["BLOG"], {"case_sensitive": false}]'], 1),
        (['["not", ["is", "visit:source", ["Google"]]]'], 1),
    ],
)
def test_it_filters_as_the_stats_api_does(reports: Reports, filters: list[str], visitors: int) -> None:
    site = reports.running.site
    known = reports.running.install.belongings.segments.seen_by(site.id, None)
    segment = next(iter(known), None) or reports.running.install.belongings.segments.add(
        site.id, None, "Searching", [["is", "visit:source", ["Google"]]]
    )
    filters = [text.replace("{number}", str(segment.id)) for text in filters]

    assert [row["visitors"] for row in reports.rows("stats", filter=filters, metrics="visitors")] == [visitors]


@pytest.mark.parametrize(
    "text", ["goal:is:Nothing", "segment:is:9999", "segment:is:x", "[", '["is"]', '["is","time",["a"]]']
)
def test_it_refuses_a_filter_that_names_nothing(reports: Reports, text: str) -> None:
    answer = reports.get("stats", filter=text)

    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "filter")


def test_it_counts_goals_within_what_filters_let_through(reports: Reports) -> None:
    assert reports.rows("goals", filter="goal:is:Signed up") == [
        {"goal": "Signed up", "visitors": 1, "events": 1, "conversion_rate": 50}
    ]


@pytest.mark.parametrize("report", REPORTS)
def test_it_answers_in_the_shape_it_describes(reports: Reports, report: str) -> None:
    answer = reports.get(report)

    described = example(REPORTS[report])
    assert answer.status_code == 200, answer.text
    assert set(answer.json()["meta"]) == set(described["meta"])
    assert report == "properties" or answer.json()["results"]
    for row in answer.json()["results"]:
        assert report == "properties" or set(described["results"][0]) <= set(row)


@pytest.mark.parametrize(
    ("report", "first"),
    [
        ("pages", {"page": "/", "visitors": 2, "pageviews": 2}),
        ("entry-pages", {"entry_page": "/", "visitors": 2, "visits": 2}),
        ("exit-pages", {"exit_page": "/", "visitors": 1, "visits": 1}),
        ("sources", {"source": "Google", "visitors": 1}),
        ("campaigns", {"utm_campaign": "spring", "visitors": 1}),
        ("browsers", {"browser": "Chrome", "visitors": 2}),
        ("events", {"event": "Signup", "visitors": 1, "events": 1}),
        ("properties", {"property": "plan", "visitors": 1, "events": 1}),
        ("goals", {"goal": "Signed up", "visitors": 1, "events": 1, "conversion_rate": 50.0}),
        ("visits", {"entry_page": "/", "exit_page": "/blog/one", "pageviews": 2, "seconds": 40, "source": "letter"}),
    ],
)
def test_it_tells_what_happened(reports: Reports, report: str, first: dict[str, Any]) -> None:
    rows = reports.rows(report)

    assert any(first.items() <= row.items() for row in rows), rows


def test_it_tells_source_medium_and_campaign_together(reports: Reports) -> None:
    (row,) = reports.rows("traffic-sources", filter="source:is:letter")

    assert {"source": "letter", "utm_medium": "email", "utm_campaign": "spring", "visits": 1}.items() <= row.items()


def test_it_counts_pages_of_a_goal_within_a_segment(reports: Reports) -> None:
    (_, read) = reports.rows("goals")

    assert read == {"goal": "Read a post", "visitors": 1, "events": 1, "conversion_rate": 50.0}


def test_it_tells_the_values_of_a_property(reports: Reports) -> None:
    assert {"value": "pro", "visitors": 1, "events": 1} in reports.rows("properties", property="plan")


def test_it_tells_a_row_for_every_hour(reports: Reports) -> None:
    rows = reports.rows("timeseries", interval="hour")

    assert len(rows) > 10
    assert sum(row["visitors"] for row in rows) == 2
    assert rows[0]["pageviews"] == 0


def test_it_compares_with_the_period_before(reports: Reports) -> None:
    answer = reports.get("pages", compare="previous", sort="page").json()

    assert answer["meta"]["compared_with"]["from"] < answer["meta"]["from"]
    assert answer["results"][0]["previous"]["visitors"] == 0
    assert reports.rows("stats", compare="previous")[0]["previous"]["visitors"] == 1
    assert all("previous" in row for row in reports.rows("timeseries", compare="previous"))


def test_it_narrows_by_filters(reports: Reports) -> None:
    assert reports.rows("stats", filter="source:is:Google")[0]["visitors"] == 1
    assert reports.rows("visits", filter=["source:is:Google", "page:is:/"])[0]["source"] == "Google"
    assert reports.rows("stats", filter=["source:is:Google", "source:is:letter"])[0]["visitors"] == 2


def test_it_tells_a_page_of_rows_at_a_time(reports: Reports) -> None:
    first, second = (reports.get("pages", sort="page", limit=1, page=page).json() for page in (1, 2))

    assert [row["page"] for row in (*first["results"], *second["results"])] == ["/", "/blog/one"]
    assert first["meta"]["total_rows"] == second["meta"]["total_rows"] == 2


def test_it_writes_a_file_for_spreadsheets(reports: Reports) -> None:
    answer = reports.get("pages", format="csv", sort="page")

    assert answer.headers["content-type"].startswith("text/csv")
    assert [row["page"] for row in csv.DictReader(io.StringIO(answer.text))] == ["/", "/blog/one"]


def test_it_writes_a_file_for_programs(reports: Reports) -> None:
    answer = reports.get("pages", format="parquet", sort="page", compare="previous")
    empty = reports.get("pages", format="parquet", filter="page:is:/nowhere")

    (first, second) = pq.read_table(io.BytesIO(answer.content)).to_pylist()
    assert (first["page"], first["visitors"], first["previous_visitors"]) == ("/", 2, 0)
    assert second["page"] == "/blog/one"
    assert pq.read_table(io.BytesIO(empty.content)).column_names == [*reports.rows("pages")[0]]


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"period": "nonsense"}, "period"),
        ({"period": "all", "compare": "previous"}, "compare"),
        ({"limit": "1001"}, "limit"),
        ({"filter": "page:matches:("}, "filter"),
        ({"filter": "nonsense:is:1"}, "filter"),
        ({"filter": [f"property.key{number}:is:1" for number in range(51)]}, "filter"),
        ({"nonsense": "1"}, "nonsense"),
        ({"metrics": "exit_rate"}, None),
    ],
)
def test_it_says_what_is_wrong(reports: Reports, parameters: dict[str, Any], field: str | None) -> None:
    answer = reports.get("pages", **parameters)

    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]["code"] == "invalid_input"
    assert answer.json()["error"].get("field") == field


def test_it_is_for_keys_that_reach_the_site(reports: Reports) -> None:
    elsewhere = reports.running.install.sites.create("charlie.example")
    stranger = reports.running.install.people.keys.create(["stats:read"], site_id=elsewhere.id)
    without_key = reports.running.http.get(f"/api/v1/sites/{reports.running.site.public_id}/stats")

    assert without_key.status_code == 401
    assert reports.get("stats", key="ff_nonsense").status_code == 401
    assert reports.get("stats", key=reports.sends).status_code == 403
    assert reports.get("stats", key=stranger).status_code == 404


def test_it_says_how_many_requests_are_left(reports: Reports) -> None:
    first, second = (reports.get("stats").headers for _ in range(2))

    assert int(first["ratelimit-remaining"]) - int(second["ratelimit-remaining"]) == 1
    assert first["ratelimit-limit"] == "600"


def test_it_refuses_a_key_that_asks_too_often(reports: Reports) -> None:
    greedy = reports.running.install.people.keys.create(["stats:read"], site_id=reports.running.site.id)
    wrong = {"limit": "0"}
    answers = [reports.get("stats", key=greedy, **wrong) for _ in range(601)]

    assert {answer.status_code for answer in answers[:600]} == {400}
    assert answers[600].status_code == 429
    assert int(answers[600].headers["retry-after"]) > 0
    assert answers[600].headers["ratelimit-remaining"] == "0"


def test_it_describes_every_report(reports: Reports) -> None:
    paths = reports.running.http.get("/api/openapi.json").json()["paths"]

    for name, report in REPORTS.items():
        operation = paths[f"/api/v1/sites/{{public_id}}/{name}"]["get"]
        assert [one["name"] for one in operation["parameters"] if one["in"] == "query"] == list(report.takes)
        assert operation["responses"]["200"]["content"]["application/json"]["example"] == example(report)


@pytest.mark.parametrize(
    ("report", "tables"),
    [("stats", "events, visits"), ("pages", "events, visits"), ("sources", "visits"), ("events", "events")],
)
def test_it_tells_which_tables_an_answer_was_read_from(reports: Reports, report: str, tables: str) -> None:
    answers = [reports.get(report, format=form) for form in ("json", "csv")]

    assert [answer.headers["footfall-tables"] for answer in answers] == [tables, tables]
