"""POST /api/v1/event: what a browser sends."""

import json

import pytest
from tests.acceptance.running import FIREFOX, Running

from footfall.domain import TrackerOptions

pytestmark = pytest.mark.shares_install


def test_it_stores_a_page_view_with_what_the_request_tells(running: Running) -> None:
    answer = running.visit(
        url="https://www.alice.example/pricing?utm_source=news&utm_medium=email&secret=1",
        referrer="https://www.google.com/search?q=private",
        screen_width=1440,
        timezone="Europe/Tallinn",
        headers={"Accept-Language": "de-DE,de;q=0.9"},
    )
    running.settle()

    assert answer.status_code == 202
    assert answer.json() == {"accepted": 1}
    assert answer.headers["access-control-allow-origin"] == "*"
    (row,) = running.rows("name, hostname, path, source, channel, browser, os, device, country, is_place_approximate")
    assert row[:4] == ("pageview", "alice.example", "/pricing", "news")
    assert row[4:] == ("Email", "Firefox", "GNU/Linux", "Desktop", "EE", True)
    assert running.rows("referrer, language") == [("https://google.com/search", "de-DE")]


def test_it_accepts_text_plain_as_sent_by_a_beacon(running: Running) -> None:
    body = json.dumps({"site": running.site.public_id, "name": "pageview", "url": "https://alice.example/a"})

    answer = running.http.post(
        "/api/v1/event", content=body, headers={"User-Agent": FIREFOX, "Content-Type": "text/plain"}
    )

    assert answer.status_code == 202


def test_it_counts_one_visitor_and_one_visit_for_two_views(running: Running) -> None:
    running.visit(url="https://alice.example/a")
    running.visit(url="https://alice.example/b")
    running.visit("engagement", url="https://alice.example/b", engagement_time_ms=5000, scroll_depth=80)
    running.settle()

    assert running.rows("pageviews, events, tupleElement(entry, 'path'), tupleElement(exit, 'path')", "visits") == [
        (2, 2, "/a", "/b")
    ]
    assert running.rows("uniqExact(visitor_id), sum(engagement_ms), max(if(scroll_depth = 255, 0, scroll_depth))") == [
        (1, 5000, 80)
    ]


def test_it_stores_an_event_sent_again_once(running: Running) -> None:
    first = running.visit(id="abc-1")
    again = running.visit(id="abc-1")
    running.settle()

    assert first.json() == {"accepted": 1}
    assert again.status_code == 202
    assert again.json()["duplicates"] == [0]
    assert running.rows("count()") == [(1,)]


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Sec-GPC": "1"}, "opted_out"),
        ({"DNT": "1"}, "opted_out"),
        ({"Sec-Purpose": "prefetch;prerender"}, "prefetch"),
        ({"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}, "bot"),
        ({"User-Agent": ""}, "bot"),
    ],
)
def test_it_tells_why_an_event_was_dropped(running: Running, headers: dict[str, str], reason: str) -> None:
    answer = running.visit(headers=headers)
    running.settle()

    assert answer.status_code == 202
    assert answer.headers["x-footfall-dropped"] == reason
    assert answer.json()["dropped"] == [{"index": 0, "reason": reason}]
    assert running.rows("count()") == [(0,)]


def test_it_drops_events_of_unknown_sites_and_hosts(running: Running) -> None:
    unknown = running.http.post("/api/v1/event", json={"site": "nope", "name": "pageview", "url": "https://a.example/"})
    running.install.sites.update(running.site.id, allowed_hostnames=("alice.example",))
    foreign = running.visit(url="https://copycat.example/")

    assert unknown.headers["x-footfall-dropped"] == "unknown_site"
    assert foreign.headers["x-footfall-dropped"] == "host_not_allowed"


def test_it_counts_those_who_send_dnt_where_the_site_says_so(running: Running) -> None:
    running.install.sites.update(running.site.id, tracker=TrackerOptions(respect_dnt=False))

    assert running.visit(headers={"DNT": "1"}).json() == {"accepted": 1}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ('{"site": "SITE", "name": "pageview"}', None),
        ('{"site": "SITE", "name": "", "url": "https://alice.example/"}', "name"),
        ('{"site": "SITE", "name": "%s", "url": "https://alice.example/"}' % ("x" * 121), "name"),
        ('{"site": "SITE", "name": "pageview", "url": "data:text/html,hi"}', "url"),
        ('{"site": "SITE", "name": "pageview", "url": 7}', "url"),
        ('{"site": "SITE", "name": "engagement", "url": "https://alice.example/"}', "engagement_time_ms"),
        ('{"site": "SITE", "name": "x", "url": "https://alice.example/", "props": []}', "props"),
        ('{"site": "SITE", "name": "buy", "url": "https://a.example/", "revenue": {"amount": "x", "currency": "EUR"}}',
         "revenue.amount"),
        ("not json", None),
        ("[" * 50_000, None),
        ('{"site": "SITE", "name": "\\ud800", "url": "https://alice.example/"}', None),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_in_one_shape(running: Running, body: str, field: str | None) -> None:
    answer = running.http.post(
        "/api/v1/event",
        content=body.replace("SITE", running.site.public_id).encode(),
        headers={"User-Agent": FIREFOX},
    )

    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["code"] == "invalid_input"
    assert error["message"].endswith(".")
    assert error.get("field") == field


def test_it_refuses_a_body_that_is_too_large(running: Running) -> None:
    answer = running.http.post("/api/v1/event", content=b"x" * 70_000)

    assert answer.status_code == 413


def test_it_answers_a_preflight(running: Running) -> None:
    answer = running.http.request("OPTIONS", "/api/v1/event")

    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"


def test_it_counts_a_view_by_the_pixel(running: Running) -> None:
    answer = running.http.get(
        f"/px/{running.site.public_id}.gif",
        headers={"User-Agent": FIREFOX, "Referer": "https://alice.example/no-script"},
    )
    running.settle()

    assert answer.headers["content-type"] == "image/gif"
    assert running.rows("path") == [("/no-script",)]


def test_it_serves_the_script_of_a_site(running: Running) -> None:
    answer = running.http.get(f"/js/{running.site.public_id}.js")
    again = running.http.get(f"/js/{running.site.public_id}.js", headers={"If-None-Match": answer.headers["etag"]})

    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) <= 1_500
    assert running.site.public_id in answer.text
    assert again.status_code == 304
    assert running.http.get("/js/nobody.js").status_code == 404
