"""Questions nobody can answer: each is a 400 that names the part, in v2, v1 and the native API; intake goes on."""

from collections.abc import Iterator
from typing import Any

import httpx2 as httpx
import pytest
from tests.acceptance.running import Running, running_by
from tests.people import ManualClock

from footfall.settings import Settings

INJECTIONS = (
    "' OR 1=1 --",
    "'); DROP TABLE events; --",
    "{site:UInt32}",
    "\\' UNION SELECT * FROM file('/etc/passwd') --",
    "%s%n{0}${jndi}",
    "\u202e\u0000x",
)
REDOS = ("(a+)+$", "(a|a)*b", "((((((.*)*)*)*)*)*)*x", "(.{1,1000}){1,1000}", "[", "(?=a)", "\\1")
LONG = "9" * 400


@pytest.fixture(scope="module")
def alice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("bad") / "data", apply_interval_ms=10, max_memory_mb=800)
    with running_by(settings, ManualClock()) as running:
        running.key = running.install.people.keys.create(["admin"], site_id=running.site.id)
        yield running
        assert running.send({"name": "pageview", "url": "https://alice.example/", "visitor": "ann"}).status_code == 202
        assert len(running.rows("event_id")) == 1  # whatever was asked


def v2(alice: Running, **changes: Any) -> httpx.Response:
    body = {"site_id": "alice.example", "metrics": ["visitors"], "date_range": "7d", **changes}
    return alice.http.post("/api/v2/query", json=body, headers={"Authorization": f"Bearer {alice.key}"})


def get(alice: Running, path: str, parameters: dict[str, Any]) -> httpx.Response:
    return alice.http.get(path, params=parameters, headers={"Authorization": f"Bearer {alice.key}"})


def v1(alice: Running, route: str = "aggregate", **parameters: Any) -> httpx.Response:
    return get(alice, f"/api/v1/stats/{route}", {"site_id": "alice.example", **parameters})


def native(alice: Running, report: str = "pages", **parameters: Any) -> httpx.Response:
    return get(alice, f"/api/v1/sites/{alice.site.public_id}/{report}", parameters)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"date_range": ["9999-12-30", "9999-12-31"]}, "#/date_range"),
        ({"date_range": ["0001-01-01", "0001-01-02"]}, "#/date_range"),
        ({"date_range": ["9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59-12:00"]}, "#/date_range"),
        ({"date_range": f"{LONG}d"}, "#/date_range"),
        ({"date_range": {"from": 1}}, "#/date_range"),
        ({"metrics": "visitors"}, "#/metrics"),
        ({"metrics": [{"x": 1}]}, "#/metrics"),
        ({"metrics": ["visitors"] * 2}, "#/metrics"),
        ({"metrics": []}, "#/metrics"),
        ({"dimensions": ["visit:nonsense"]}, "#/dimensions/0"),
        ({"dimensions": [7]}, "#/dimensions/0"),
        ({"dimensions": ["visit:source"] * 50}, "#/dimensions"),
        ({"filters": [["is", "visit:country", ["EE"]]] * 10_000}, "#/filters"),
        ({"filters": [["is", "visit:country", ["EE"] * 10_000]]}, "#/filters"),
        ({"filters": [["is", "visit:country", "EE"]]}, "#/filters/0"),
        ({"filters": [["was", "visit:country", ["EE"]]]}, "#/filters/0"),
        ({"filters": "visit:country==EE"}, "#/filters"),
        ({"order_by": [["nonsense", "desc"]]}, "order_by"),
        ({"pagination": {"limit": "many"}}, "#/pagination"),
        ({"pagination": {"limit": 10**30}}, "#/pagination"),
        ({"include": {"nonsense": True}}, "#/include"),
        ({"nonsense": 1}, "nonsense"),
    ],
)
def test_it_names_the_place_in_a_query(alice: Running, changes: dict[str, Any], place: str) -> None:
    answer = v2(alice, **changes)

    assert answer.status_code == 400, answer.text
    assert place in answer.json()["error"]


@pytest.mark.parametrize(
    ("route", "parameters", "word"),
    [
        ("aggregate", {"period": "forever"}, "period"),
        ("aggregate", {"period": "custom", "date": "9999-12-30,9999-12-31"}, "date"),
        ("aggregate", {"period": "day", "date": "10000-01-01"}, "date"),
        ("aggregate", {"metrics": "nonsense"}, "nonsense"),
        ("aggregate", {"metrics": "visitors,visitors"}, "Metrics"),
        ("aggregate", {"filters": ";".join(["visit:country==EE"] * 1_000)}, "filters"),
        ("timeseries", {"interval": "eon"}, "interval"),
        ("breakdown", {"property": "visit:nonsense"}, "nonsense"),
        ("breakdown", {"property": "visit:source", "limit": LONG}, "limit"),
        ("breakdown", {"property": "visit:source", "page": "-1"}, "page"),
    ],
)
def test_it_names_the_parameter_of_v1(alice: Running, route: str, parameters: dict[str, str], word: str) -> None:
    answer = v1(alice, route, **parameters)

    assert answer.status_code == 400, answer.text
    assert word in answer.json()["error"]


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"period": "forever"}, "period"),
        ({"period": f"{LONG}d"}, "period"),
        ({"from": "9999-12-30", "to": "9999-12-31"}, "period"),
        ({"from": "2026-01-31", "to": "2026-01-01"}, "period"),
        ({"metrics": "nonsense"}, "metrics"),
        ({"sort": "nonsense"}, "sort"),
        ({"limit": LONG}, "limit"),
        ({"page": "1e3"}, "page"),
        ({"filter": f"page:is:{'x' * 2_001}"}, "filter"),
        ({"filter": "nonsense:is:EE"}, "filter"),
        ({"filter": "country:was:EE"}, "filter"),
        ({"filter": "country"}, "filter"),
        ({"format": "xls"}, "format"),
        ({"nonsense": "1"}, "nonsense"),
    ],
)
def test_it_names_the_parameter_of_a_report(alice: Running, parameters: dict[str, Any], field: str) -> None:
    answer = native(alice, **parameters)

    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]["field"] == field


@pytest.mark.parametrize("text", INJECTIONS)
def test_it_takes_every_text_as_text(alice: Running, text: str) -> None:
    asked = [
        v2(alice, filters=[["is", "event:page", [text]]]),
        v2(alice, filters=[["contains", "visit:source", [text], {"case_sensitive": False}]]),
        v2(alice, dimensions=[f"event:props:{text}"]),
        v1(alice, filters=f"event:page=={text}"),
        v1(alice, "breakdown", property=f"event:props:{text}"),
        native(alice, filter=f"page:contains:{text}"),
        native(alice, "properties", property=text),
    ]

    for answer in asked:
        assert answer.status_code in (200, 400), answer.text
        assert (
            answer.status_code == 400
            or answer.json()["results"] in ([], [{"metrics": [0], "dimensions": []}])
            or (answer.json()["results"] == {"visitors": {"value": 0}})
        )


@pytest.mark.parametrize("text", INJECTIONS)
def test_it_knows_no_name_that_is_none(alice: Running, text: str) -> None:
    asked = [
        v2(alice, metrics=[text]),
        v2(alice, dimensions=[text]),
        v2(alice, filters=[[text, "event:page", ["/"]]]),
        v2(alice, filters=[["is", text, ["/"]]]),
        v2(alice, order_by=[[text, "desc"]]),
        v2(alice, order_by=[["visitors", text]]),
        v2(alice, date_range=text),
        v2(alice, date_range=[text, text]),
        v1(alice, metrics=text),
        v1(alice, period=text),
        v1(alice, period="day", date=text),
        v1(alice, "breakdown", property=text),
        v1(alice, "timeseries", interval=text),
        native(alice, metrics=text),
        native(alice, period=text),
        native(alice, sort=text),
        native(alice, filter=f"{text}:is:x"),
        native(alice, "timeseries", interval=text),
    ]

    assert [answer.status_code for answer in asked] == [400] * len(asked), [answer.text for answer in asked]


@pytest.mark.parametrize("pattern", REDOS)
def test_it_bounds_what_a_pattern_costs(alice: Running, pattern: str) -> None:
    asked = [
        v2(alice, filters=[["matches", "event:page", [pattern]]]),
        native(alice, filter=f"page:matches:{pattern}"),
    ]

    for answer in asked:
        assert answer.status_code in (200, 400), answer.text
