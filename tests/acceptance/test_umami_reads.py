"""Umami's read API: what its clients ask, and what they get back."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2 as httpx
import pytest
from tests.acceptance.running import FIREFOX, Running, running_by
from tests.people import ManualClock

from footfall.collect.umami import website_id
from footfall.settings import Settings

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
EMAIL, PASSWORD = "alice@alice.example", "correct horse battery"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def hit(at: str, visitor: str, path: str = "/", name: str = "pageview", **more: Any) -> dict[str, Any]:
    url = f"https://alice.example{path}"
    return {"name": name, "url": url, "visitor": visitor, "timestamp": f"{at}+00:00", **more}


HITS = (
    hit("2026-01-25T09:00:00", "ann"),
    hit("2026-02-02T09:00:00", "ann", "/?utm_source=News", country="EE", browser="Firefox"),
    hit("2026-02-02T09:10:00", "ann", "/blog", country="EE", browser="Firefox"),
    hit("2026-02-02T09:11:00", "ann", "/blog", "Signup", props={"plan": "pro", "tag": "b"}, browser="Firefox"),
    hit("2026-02-03T10:00:00", "bea", "/blog", referrer="https://www.google.com/search", country="DE", city="Berlin"),
    hit("2026-03-10T11:58:00", "cid", "/now", country="DE"),
    hit("2026-03-10T11:59:00", "cid", "/now", "Bought"),
)


def span(first: str = "2026-02-01T00:00:00", last: str = "2026-02-07T23:59:59", **more: Any) -> dict[str, Any]:
    start, end = (int(datetime.fromisoformat(f"{text}+01:00").timestamp()) * 1000 for text in (first, last))
    return {"startAt": start, "endAt": end, **more}


@pytest.fixture(scope="module")
def alice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("umami") / "data", apply_interval_ms=10, max_memory_mb=800)
    with running_by(settings, ManualClock(int(NOW.timestamp() * 1000))) as running:
        owner = running.install.people.accounts.create_owner(EMAIL, PASSWORD)
        running.install.sites.create("bob.example", owner_id=owner.id)
        running.key = running.install.people.keys.create(["events:write", "stats:read"], site_id=running.site.id)
        assert running.send(*HITS).status_code == 202
        running.settle()
        yield running


def login(alice: Running, **changes: str) -> httpx.Response:
    return alice.http.post("/api/auth/login", json={"username": EMAIL, "password": PASSWORD, **changes})


def get(alice: Running, route: str = "", key: str | None = None, **parameters: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {alice.key if key is None else key}"}
    path = route if route.startswith("/") else f"/api/websites/{website_id(alice.site)}/{route}".rstrip("/")
    return alice.http.get(path, params=parameters, headers=headers)


def read(alice: Running, route: str = "", **parameters: Any) -> Any:
    answer = get(alice, route, **parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_it_signs_in_and_out(alice: Running) -> None:
    signed_in = login(alice).json()
    bearer = {"Authorization": f"Bearer {signed_in['token']}"}

    verified = alice.http.post("/api/auth/verify", headers=bearer).json()
    listed = alice.http.get("/api/websites", headers=bearer).json()
    me = alice.http.get("/api/me", headers=bearer).json()
    left = alice.http.post("/api/auth/logout", headers=bearer).json()

    assert signed_in["user"] == verified == me["user"]
    assert verified["username"] == EMAIL
    assert [site["domain"] for site in listed["data"]] == ["alice.example", "bob.example", "settle.example"]
    assert left == {"ok": True}
    assert alice.http.post("/api/auth/verify", headers=bearer).status_code == 401


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"password": "wrong"}, 401, "incorrect-username-password"),
        ({"username": "nobody@alice.example"}, 401, "incorrect-username-password"),
        ({"username": ""}, 400, "bad-request"),
    ],
)
def test_it_refuses_to_sign_in(alice: Running, changes: dict[str, str], status: int, code: str) -> None:
    answer = login(alice, **changes)

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["status"]) == (status, code, status)


def test_it_bounds_guessing(alice: Running) -> None:
    answers = [login(alice, username="dora@alice.example", password="wrong").status_code for _ in range(11)]

    assert (answers[0], answers[-1]) == (401, 429)


def test_it_takes_a_key_in_the_header_of_umamis_cloud(alice: Running) -> None:
    answer = alice.http.get("/api/websites", headers={"x-umami-api-key": alice.key})

    assert [site["domain"] for site in answer.json()["data"]] == ["alice.example"]


def test_it_lists_and_shows_websites(alice: Running) -> None:
    listed = read(alice, "/api/websites")

    assert {"count": 1, "page": 1, "pageSize": 20}.items() <= listed.items()
    assert listed["data"] == [read(alice)]
    assert {"id": website_id(alice.site), "name": "alice.example", "domain": "alice.example"}.items() <= read(
        alice
    ).items()
    assert read(alice, "/api/websites", search="nothing")["data"] == []


def test_it_tells_totals_and_those_before(alice: Running) -> None:
    assert read(alice, "stats", **span()) == {
        "pageviews": 3,
        "visitors": 2,
        "visits": 2,
        "bounces": 1,
        "totaltime": 660,
        "comparison": {"pageviews": 1, "visitors": 1, "visits": 1, "bounces": 1, "totaltime": 0},
    }
    assert read(alice, "stats", **span(compare="yoy"))["comparison"]["visits"] == 0


@pytest.mark.parametrize("compare", ["prev", "yoy"])
def test_it_takes_all_time_as_from_nothing(alice: Running, compare: str) -> None:
    stats = read(alice, "stats", startAt=0, endAt=9_000_000_000_000, compare=compare)

    assert stats["pageviews"] == 5


@pytest.mark.parametrize(
    ("filters", "pageviews"),
    [
        ({"path": "/blog"}, 2),
        ({"path": "eq./blog,/"}, 3),
        ({"path": "neq./blog"}, 1),
        ({"browser": "c.fire"}, 2),
        ({"browser": "dnc.fire"}, 1),
        ({"path": "re.^/b"}, 2),
        ({"utmSource": "News", "path": "/blog"}, 1),
        ({"utmSource": "News", "country": "DE", "match": "any"}, 3),
        ({"path": "neq./x", "path1": "neq./blog"}, 1),
        ({"eventType": "2"}, 0),
        ({"country": "ZZ"}, 0),
    ],
)
def test_it_filters(alice: Running, filters: dict[str, str], pageviews: int) -> None:
    assert read(alice, "stats", **span(**filters))["pageviews"] == pageviews


def test_it_tells_views_over_time(alice: Running) -> None:
    assert read(alice, "pageviews", **span(unit="day")) == {
        "pageviews": [{"x": "2026-02-02 00:00:00", "y": 2}, {"x": "2026-02-03 00:00:00", "y": 1}],
        "sessions": [{"x": "2026-02-02 00:00:00", "y": 1}, {"x": "2026-02-03 00:00:00", "y": 1}],
    }
    compared = read(alice, "pageviews", **span(unit="day", compare="prev"))
    assert compared["startDate"] == "2026-01-31T23:00:00.000Z"
    assert compared["compare"]["pageviews"] == [{"x": "2026-01-25 00:00:00", "y": 1}]


@pytest.mark.parametrize(
    ("unit", "days", "label"),
    [
        ("minute", 7, "2026-02-02 10:00:00"),  # too fine: by hour
        ("hour", 7, "2026-02-02 10:00:00"),
        ("month", 7, "2026-02-01 00:00:00"),
        ("year", 7, "2026-02-01 00:00:00"),
        ("hour", 60, "2026-02-02 00:00:00"),
    ],
)
def test_it_chooses_a_unit_the_span_can_be_shown_in(alice: Running, unit: str, days: int, label: str) -> None:
    last = (datetime.fromisoformat("2026-02-01T00:00:00") + timedelta(days=days)).isoformat()

    assert read(alice, "pageviews", **span(last=last, unit=unit))["pageviews"][0]["x"] == label


@pytest.mark.parametrize(
    ("column", "rows"),
    [
        ("path", [{"x": "/blog", "y": 2}, {"x": "/", "y": 1}]),
        ("entry", [{"x": "/", "y": 1}, {"x": "/blog", "y": 1}]),
        ("exit", [{"x": "/blog", "y": 2}]),
        ("event", [{"x": "Signup", "y": 1}]),
        ("tag", [{"x": "b", "y": 1}]),
        ("country", [{"x": "DE", "y": 1}, {"x": "EE", "y": 1}]),
        ("city", [{"x": "Berlin", "y": 1, "country": "DE"}]),
        ("browser", [{"x": "Firefox", "y": 1}]),
        ("utmSource", [{"x": "News", "y": 1}]),
        ("referrer", [{"x": "https://google.com/search", "y": 1}]),
        ("title", []),
        ("distinctId", []),
    ],
)
def test_it_tells_figures_by_column(alice: Running, column: str, rows: list[dict[str, Any]]) -> None:
    assert read(alice, "metrics", **span(type=column)) == rows


def test_it_tells_all_totals_by_column(alice: Running) -> None:
    ann = {"name": "/", "pageviews": 1, "visitors": 1, "visits": 1, "bounces": 0, "totaltime": 660}
    of_event = read(alice, "metrics/expanded", **span(type="event"))

    assert ann in read(alice, "metrics/expanded", **span(type="path"))
    assert of_event == [{"name": "Signup", "pageviews": 0, "visitors": 1, "visits": 1, "bounces": 0, "totaltime": 0}]
    assert read(alice, "metrics/expanded", **span(type="entry", search="blog"))[0]["bounces"] == 1
    assert len(read(alice, "metrics", **span(type="path", limit=1, offset=1))) == 1


def test_it_lists_values(alice: Running) -> None:
    assert read(alice, "values", **span(type="path")) == ["/", "/blog"]
    assert read(alice, "values", **span(type="path", search="BLOG")) == ["/blog"]


def test_it_lists_events(alice: Running) -> None:
    found = read(alice, "events", **span(pageSize=2))
    searched = read(alice, "events", **span(search="signup"))

    assert (found["count"], found["page"], found["pageSize"], len(found["data"])) == (4, 1, 2, 2)
    assert [event["createdAt"] for event in found["data"]] == ["2026-02-03T10:00:00.000Z", "2026-02-02T09:11:00.000Z"]
    (signup,) = searched["data"]
    assert UUID.fullmatch(signup["id"])
    assert UUID.fullmatch(signup["sessionId"])
    assert {"eventType": 2, "eventName": "Signup", "urlPath": "/blog", "hasData": 1}.items() <= signup.items()
    assert found["data"][0]["referrerDomain"] == "google.com"


def test_it_lists_sessions(alice: Running) -> None:
    found = read(alice, "sessions", **span())

    bea, ann = found["data"]
    assert found["count"] == 2
    assert {"visits": 1, "views": 2, "events": 1, "browser": "Firefox"}.items() <= ann.items()
    assert (ann["firstAt"], ann["lastAt"]) == ("2026-02-02T09:00:00.000Z", "2026-02-02T09:11:00.000Z")
    assert {"country": "DE", "city": "Berlin", "views": 1}.items() <= bea.items()
    assert len(read(alice, "sessions", **span(country="DE"))["data"]) == 1
    assert read(alice, "sessions", **span(search="SIGN", page=2)) == {"data": [], "count": 1, "page": 2, "pageSize": 20}


def test_it_tells_what_happens_now(alice: Running) -> None:
    realtime = read(alice, f"/api/realtime/{website_id(alice.site)}")

    assert read(alice, "active") == {"visitors": 1}
    assert realtime["urls"] == {"/now": 1}
    assert realtime["countries"] == {"DE": 1}
    assert realtime["totals"] == {"views": 1, "visitors": 1, "events": 1, "countries": 1}
    assert [event["__type"] for event in realtime["events"]] == ["event", "pageview"]
    assert realtime["series"]["views"][0] == {"x": "2026-03-10 12:58:00", "t": "2026-03-10 12:58:00", "y": 1}
    assert realtime["timestamp"] == int(NOW.timestamp() * 1000)


def test_it_tells_since_when_there_is_something(alice: Running) -> None:
    assert read(alice, "daterange") == {
        "startDate": "2026-01-25T09:00:00.000Z",
        "endDate": "2026-03-10T11:59:00.000Z",
    }


ROUTES = (
    "",
    "stats",
    "pageviews",
    "metrics",
    "metrics/expanded",
    "values",
    "events",
    "sessions",
    "active",
    "daterange",
)


@pytest.mark.parametrize("route", [*ROUTES, "/api/realtime/ID"])
def test_it_is_for_callers_who_may_read_the_site(alice: Running, route: str) -> None:
    bob = alice.install.sites.by_domain("bob.example")
    assert bob is not None
    path = route.replace("ID", website_id(alice.site))
    keys = (
        "",
        "ff_nonsense",
        alice.install.people.keys.create(["stats:read"], site_id=bob.id),
        alice.install.people.keys.create(["events:write"], site_id=alice.site.id),
    )

    for key in keys:
        answer = get(alice, path, key, **span(type="path"))
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthorized")
    assert get(alice, path, **span(type="path")).status_code == 200


@pytest.mark.parametrize("name", ["00000000-0000-4000-8000-000000000000", "nobody", "%20", "bob.example"])
def test_it_knows_no_other_websites(alice: Running, name: str) -> None:
    assert get(alice, f"/api/websites/{name}").status_code == 401


@pytest.mark.parametrize(
    ("route", "parameters"),
    [
        ("stats", {}),
        ("stats", {"startAt": 1, "endAt": "tomorrow"}),
        ("stats", {"startAt": 2_000_000_000_000, "endAt": 1_900_000_000_000}),
        ("stats", {"startAt": 10**17, "endAt": 10**17}),
        ("stats", span(path="gt.5")),
        ("stats", span(path="re.(")),
        ("stats", span(title="Home")),
        ("stats", span(segment="a")),
        ("stats", span(eventType="5")),
        ("metrics", span()),
        ("metrics", span(type="mood")),
        ("metrics/expanded", span(type="mood")),
        ("metrics", span(type="path", limit=0)),
        ("values", span(type="mood")),
        ("events", span(page=0)),
        ("events", span(path="re.(")),
        ("sessions", span(path="re.(")),
        ("events", span(pageSize=100_000)),
        ("pageviews", span(first="1980-01-01T00:00:00", unit="minute", path="re.[")),
    ],
)
def test_it_says_what_is_wrong(alice: Running, route: str, parameters: dict[str, Any]) -> None:
    answer = get(alice, route, **parameters)

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["status"]) == (400, "bad-request", 400)


def test_it_reads_what_identify_said_of_visitors(alice: Running) -> None:
    at = int(NOW.timestamp()) - 60
    for second, (visitor, plan) in enumerate((("ann", "free"), ("ann", "pro"), ("bea", "pro"))):
        data = {"plan": plan, "seats": 3}
        body = {"website": website_id(alice.site), "id": visitor, "timestamp": at + second, "data": data}
        headers = {"Authorization": f"Bearer {alice.key}", "User-Agent": FIREFOX}
        alice.http.post("/api/send", json={"type": "identify", "payload": body}, headers=headers)
    alice.settle()
    now = span("2026-03-10T00:00:00", "2026-03-10T23:59:59")
    everybody = read(alice, "sessions", **span("2026-02-01T00:00:00", "2026-03-10T23:59:59"))["data"]
    told = {one["id"]: read(alice, f"sessions/{one['id']}/properties") for one in everybody}

    assert sorted(len(each) for each in told.values()) == [0, 2, 2]
    (plan, seats), *_ = (each for each in told.values() if each)
    assert (plan["dataKey"], plan["stringValue"], plan["dataType"]) == ("plan", "pro", 1)
    assert (seats["dataKey"], seats["numberValue"], seats["dataType"]) == ("seats", 3, 2)
    assert read(alice, "session-data/properties", **now) == [
        {"propertyName": "plan", "total": 2},
        {"propertyName": "seats", "total": 2},
    ]
    assert read(alice, "session-data/values", **now, propertyName="plan") == [{"value": "pro", "total": 2}]
    assert read(alice, "session-data/values", **span(), propertyName="plan") == []
    assert read(alice, f"sessions/{website_id(alice.site)}/properties") == []
