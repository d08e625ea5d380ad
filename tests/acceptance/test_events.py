"""POST /api/v1/events: the keyed batch of servers and imports."""

import gzip
import json
from typing import Any

import pytest
from tests.acceptance.running import FIREFOX, Running


def view(minute: int, **more: Any) -> dict[str, Any]:
    timestamp = f"2026-01-01T{minute // 60:02}:{minute % 60:02}:00Z"
    return {"name": "pageview", "url": "https://alice.example/a", "timestamp": timestamp, "visitor": "v1", **more}


def test_it_takes_given_attributes_over_derived_ones(running: Running) -> None:
    event = {
        **view(0, visitor=None, ip="203.0.113.9", user_agent=FIREFOX, url="https://alice.example/a?utm_source=x"),
        "country": "EE",
        "region": "EE-37",
        "city": "Tallinn",
        "browser": "Vivaldi",
        "browser_version": "7",
        "os": "Mac",
        "os_version": "14",
        "device": "Tablet",
        "source": "Google",
        "utm_medium": "cpc",
        "props": {"plan": "pro", "seats": 3, "trial": True, "none": None, "list": [1]},
        "revenue": {"amount": "9.99", "currency": "EUR"},
        "language": "de-DE",
        "id": "e1",
    }

    answer = running.send(event)

    assert answer.status_code == 202
    assert answer.json() == {"accepted": 1, "duplicates": [], "dropped": [], "errors": []}
    columns = "country, region, city, browser, browser_version, os, os_version, device, source, utm_medium, channel"
    assert running.rows(columns) == [
        ("EE", "EE-37", "Tallinn", "Vivaldi", "7", "Mac", "14", "Tablet", "Google", "cpc", "Paid Search")
    ]
    assert running.rows("props, toString(revenue_amount), revenue_currency") == [
        ({"plan": "pro", "seats": "3", "trial": "true"}, "9.99", "EUR")
    ]


def test_it_makes_the_same_visits_whatever_the_order(running: Running) -> None:
    minutes = [70, 0, 20, 130, 45, 100]

    running.send(*(view(minute, id=str(minute)) for minute in minutes))

    assert running.rows("pageviews", "visits") == [(6,)]
    assert running.rows(
        "uniqExact(visit_id), min(toUnixTimestamp(visit_opened_at)) = min(toUnixTimestamp(timestamp))"
    ) == [(1, True)]


def test_it_continues_visits_of_long_ago_from_request_to_request(running: Running) -> None:
    running.send(view(0), view(20))
    running.send(view(45), view(90))

    assert running.rows("pageviews", "visits") == [(1,), (3,)]


def test_a_wrong_event_sinks_no_other(running: Running) -> None:
    answer = running.send(
        view(0),
        {"name": "pageview"},
        view(1, timestamp="1999-12-31T23:59:59Z"),
        view(2, timestamp="2999-01-01T00:00:00Z"),
        view(3, url=5),
        view(4, id="twice"),
        view(4, id="twice"),
    )

    assert answer.status_code == 202
    body = answer.json()
    assert body["accepted"] == 2
    assert body["duplicates"] == [6]
    assert body["dropped"] == [{"index": 2, "reason": "too_old"}]
    assert [(error["index"], error["field"]) for error in body["errors"]] == [(1, ""), (3, "timestamp"), (4, "url")]


def test_it_knows_an_event_of_long_ago_after_a_restart_of_its_memory(running: Running) -> None:
    running.send(view(0, id="old"))
    running.install.storage.spool._seen._recent.clear()

    answer = running.send(view(0, id="old"))

    assert answer.json()["duplicates"] == [0]
    assert running.rows("count()") == [(1,)]


def test_it_drops_what_is_older_than_the_site_keeps(running: Running) -> None:
    running.install.sites.update(running.site.id, retention_days=30)

    assert running.send(view(0)).json()["dropped"] == [{"index": 0, "reason": "too_old"}]


def test_it_counts_a_named_visitor_once_over_days(running: Running) -> None:
    running.send(view(0), view(0, timestamp="2026-01-05T00:00:00Z"), view(0, visitor="v2"))

    assert running.rows("uniqExact(visitor_id), min(is_lasting)") == [(2, True)]


def test_it_counts_an_address_anew_each_day(running: Running) -> None:
    sender = {"visitor": None, "ip": "203.0.113.9", "user_agent": FIREFOX}

    running.send(view(0, **sender), view(1, **sender), view(0, timestamp="2026-01-05T00:00:00Z", **sender))

    assert running.rows("uniqExact(visitor_id), max(is_lasting)") == [(2, False)]


def test_it_takes_gzip_and_bounds_what_it_unfolds_to(running: Running) -> None:
    body = gzip.compress(json.dumps({"site": "alice.example", "events": [view(0)]}).encode())
    bomb = gzip.compress(b" " * 20_000_000)
    headers = {"Authorization": f"Bearer {running.key}", "Content-Encoding": "gzip"}

    assert running.http.post("/api/v1/events", content=body, headers=headers).json()["accepted"] == 1
    assert running.http.post("/api/v1/events", content=bomb, headers=headers).status_code == 413
    assert running.http.post("/api/v1/events", content=body[:-9], headers=headers).status_code == 400


@pytest.mark.parametrize(
    ("key", "status", "code"),
    [("", 401, "not_signed_in"), ("ff_wrong", 401, "not_signed_in"), ("READ", 403, "not_allowed")],
)
def test_it_needs_a_key_with_the_scope(running: Running, key: str, status: int, code: str) -> None:
    if key == "READ":
        key = running.install.people.keys.create(["stats:read"], site_id=running.site.id)

    answer = running.send(view(0), Authorization=f"Bearer {key}")

    assert answer.status_code == status
    assert answer.json()["error"]["code"] == code


def test_a_key_reaches_its_own_site_only(running: Running) -> None:
    charlie = running.install.people.accounts.create_user("charlie@charlie.example", "correct horse battery")
    theirs = running.install.sites.create("charlie.example", "Etc/UTC", charlie.id)

    body = {"site": theirs.domain, "events": [view(0)]}
    answer = running.http.post("/api/v1/events", json=body, headers={"Authorization": f"Bearer {running.key}"})

    assert answer.status_code == 403


def test_it_takes_a_thousand_events_and_no_more(running: Running) -> None:
    events = [view(0, id=str(number)) for number in range(1001)]

    assert running.send(*events[:1000]).json()["accepted"] == 1000
    assert running.send(*events).json()["error"]["field"] == "events"


def test_it_spreads_events_over_decades(running: Running) -> None:
    events = [
        view(0, timestamp=f"{year}-{month:02}-15T12:00:00Z", id=f"{year}-{month}")
        for year in range(2000, 2026)
        for month in range(1, 13)
    ]

    assert running.send(*events).json()["accepted"] == len(events)
    assert running.rows("count(), uniqExact(visit_id)") == [(len(events), len(events))]
