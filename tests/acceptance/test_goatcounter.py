"""/count, POST /api/v0/count and /count.js: what GoatCounter's clients send and read."""

import base64
from typing import Any

import httpx2 as httpx
import pytest
from tests.acceptance.running import FIREFOX, Running

GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
PERSON = {"user_agent": FIREFOX, "ip": "203.0.113.9"}


def count(running: Running, method: str = "GET", headers: dict[str, str] | None = None, **query: Any) -> httpx.Response:
    return running.http.request(method, "/count", params=query, headers={"User-Agent": FIREFOX, **(headers or {})})


def send(running: Running, *hits: dict[str, Any], headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:
    authorization = {"Authorization": f"Bearer {running.key}"}
    return running.http.post("/api/v0/count", json={"hits": hits, **more}, headers=authorization | (headers or {}))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_it_counts_a_view_and_answers_a_picture(running: Running, method: str) -> None:
    answer = count(
        running,
        method,
        p="/pricing",
        t="Pricing",
        r="https://www.google.com/",
        s="1440,900,2",
        q="?utm_source=news",
        b="0",
    )
    running.settle()

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/gif"
    assert answer.headers["cache-control"] == "no-store"
    assert len(answer.content) == 43
    assert running.rows("name, hostname, path, source, referrer, screen") == [
        ("pageview", "alice.example", "/pricing", "news", "https://google.com", "1280–1599")
    ]


def test_it_counts_an_event_on_the_page_it_came_from(running: Running) -> None:
    count(running, p="download-pdf", e="true", headers={"Referer": "https://blog.alice.example/a"})
    running.settle()

    assert running.rows("name, hostname, path") == [("download-pdf", "blog.alice.example", "/a")]


def test_it_takes_a_referrer_that_is_no_address_as_the_source(running: Running) -> None:
    count(running, p="/", r="My Newsletter")
    running.settle()

    assert running.rows("utm_source, referrer") == [("My Newsletter", "")]


@pytest.mark.parametrize(
    ("query", "headers", "reason"),
    [
        ({"b": "150"}, {}, "bot"),
        ({}, {"User-Agent": GOOGLEBOT}, "bot"),
        ({}, {"Sec-Purpose": "prefetch"}, "prefetch"),
    ],
)
def test_it_answers_the_picture_for_what_it_does_not_keep(
    running: Running, query: dict[str, Any], headers: dict[str, str], reason: str
) -> None:
    answer = count(running, headers=headers, p="/", **query)
    running.settle()

    assert (answer.status_code, len(answer.content)) == (200, 43)
    assert answer.headers["x-footfall-dropped"] == reason
    assert running.rows("count()") == [(0,)]


@pytest.mark.parametrize(
    ("headers", "reason"),
    [({"Sec-GPC": "1"}, "opted_out"), ({"Referer": "https://copycat.example/"}, "host_not_allowed")],
)
def test_it_says_in_a_header_why_a_hit_is_ignored(running: Running, headers: dict[str, str], reason: str) -> None:
    running.install.sites.update(running.site.id, allowed_hostnames=("alice.example",))

    answer = count(running, headers=headers, p="/", site="alice.example")

    assert (answer.status_code, len(answer.content)) == (202, 43)
    assert answer.headers["x-goatcounter"] == f"ignored because of {reason}"
    assert answer.headers["x-footfall-dropped"] == reason


@pytest.mark.parametrize(
    "query", [{}, {"p": ""}, {"p": "x" * 2_049}, {"p": "/", "b": "7"}, {"p": "/", "b": "many"}, {"p": "/", "b": "-1"}]
)
def test_it_says_in_a_header_what_is_wrong(running: Running, query: dict[str, Any]) -> None:
    answer = count(running, **query)

    assert answer.status_code == 400
    assert answer.headers["x-goatcounter"]
    assert answer.headers["content-type"] == "image/gif"


@pytest.mark.parametrize(
    ("query", "headers", "domain"),
    [
        ({"site": "bob.example"}, {"Referer": "https://alice.example/"}, "bob.example"),
        ({}, {"Referer": "https://www.bob.example/", "Host": "stats.alice.example"}, "bob.example"),
        ({}, {"Referer": "https://shop.bob.example/"}, "bob.example"),
        ({}, {"Host": "stats.alice.example:8443"}, "alice.example"),
        ({}, {"Referer": "https://nobody.example/"}, None),
        ({"site": "nobody.example"}, {"Referer": "https://alice.example/"}, None),
    ],
)
def test_it_works_out_the_site(
    running: Running, query: dict[str, Any], headers: dict[str, str], domain: str | None
) -> None:
    bob = running.install.sites.create("bob.example")

    answer = count(running, headers=headers, p="/", **query)
    running.settle()

    assert answer.status_code == (200 if domain else 400)
    assert running.rows("count()") == [(int(domain == "alice.example"),)]
    assert running.install.intake.counts["dropped:unknown_site"] == int(domain is None)
    assert bob.domain == "bob.example"


def test_it_refuses_a_hit_of_too_many_parameters(running: Running) -> None:
    many: dict[str, Any] = {f"x{number}": "1" for number in range(60)}

    answer = count(running, p="/", **many)

    assert (answer.status_code, answer.headers["x-goatcounter"]) == (400, "a hit has at most 50 parameters")


def test_it_takes_the_only_site_where_nothing_tells(running: Running) -> None:
    assert count(running, p="/").status_code == 200


def test_it_stores_what_a_server_sends(running: Running) -> None:
    hit = {**PERSON, "path": "/x?utm_source=news", "title": "X", "size": [1920], "location": "NL-NB", "language": "nl"}
    event = {
        "path": "signed-up",
        "event": True,
        "session": "s1",
        "created_at": "2025-01-18T14:42:00Z",
        "ref": "Partner",
    }

    answer = send(running, hit, event)
    running.settle()

    assert answer.status_code == 202
    assert answer.json() == {"status": "ok"}
    assert answer.headers["x-rate-limit-limit"] == "4"
    assert answer.headers["x-rate-limit-remaining"] == "3"
    assert "x-rate-limit-reset" in answer.headers
    assert running.rows("name, path, utm_source, country, region, toYear(timestamp) = 2025") == [
        ("pageview", "/x", "news", "NL", "NL-NB", False),
        ("signed-up", "/", "Partner", "", "", True),
    ]


def test_it_stores_the_others_when_some_hits_are_wrong(running: Running) -> None:
    ahead = "2099-01-01T00:00:00Z"
    answer = send(
        running,
        {**PERSON, "path": "/good"},
        {**PERSON},
        {"path": "/nobody"},
        {**PERSON, "path": "/ahead", "created_at": ahead},
        {**PERSON, "path": "/when", "created_at": "yesterday"},
        {**PERSON, "path": "/b", "bot": 3},
        {**PERSON, "path": "/ip", "ip": "nowhere"},
        {**PERSON, "path": "/where", "location": "Holland"},
    )
    running.settle()

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["1", "2", "3", "4", "5", "6", "7"]
    assert running.rows("path") == [("/good",)]


def test_it_lists_the_hits_it_filtered(running: Running) -> None:
    answer = send(
        running,
        {**PERSON, "path": "/"},
        {**PERSON, "path": "/", "user_agent": GOOGLEBOT},
        {**PERSON, "path": "/", "bot": 150},
        filter=["ip"],
    )

    assert answer.status_code == 202
    assert answer.headers["x-goatcounter-filter"] == "1, 2"
    assert answer.headers["x-footfall-dropped"] == "bot"


def test_it_counts_every_hit_as_a_visitor_without_sessions(running: Running) -> None:
    send(running, {"path": "/a"}, {"path": "/b"}, no_sessions=True)
    running.settle()

    assert running.rows("uniqExact(visitor_id)") == [(2,)]


def test_it_keeps_sessions_that_are_told_without_sessions(running: Running) -> None:
    send(running, *({"path": "/", "session": "s1"} for _ in range(2)), no_sessions=True)
    send(running, *({**PERSON, "path": "/"} for _ in range(2)), no_sessions=True)
    running.settle()

    assert running.rows("uniqExact(visitor_id), countIf(is_lasting)") == [(2, 2)]


def test_it_takes_the_key_as_a_password(running: Running) -> None:
    def answer_to(user_and_password: str) -> int:
        basic = base64.b64encode(user_and_password.encode()).decode()
        return send(running, {**PERSON, "path": "/"}, headers={"Authorization": f"Basic {basic}"}).status_code

    assert answer_to(f":{running.key}") == 202
    assert answer_to(f"alice:{running.key}") == 401
    assert answer_to(":") == 401


@pytest.mark.parametrize(
    ("headers", "status", "error"),
    [
        ({}, 401, "no Authorization header"),
        ({"Authorization": "Bearer ff_nonsense"}, 401, "unknown token"),
        ({"Authorization": "Basic %%%"}, 401, "unknown token"),
    ],
)
def test_it_asks_for_a_key(running: Running, headers: dict[str, str], status: int, error: str) -> None:
    answer = running.http.post("/api/v0/count", json={"hits": [{"path": "/"}]}, headers=headers)

    assert (answer.status_code, answer.json()) == (status, {"error": error})
    assert answer.headers["www-authenticate"] == 'Basic realm="Footfall"'


def test_it_asks_for_a_key_that_may_send(running: Running) -> None:
    reader = running.install.people.keys.create(["stats:read"], site_id=running.site.id)

    answer = send(running, {"path": "/"}, headers={"Authorization": f"Bearer {reader}"})

    assert (answer.status_code, answer.json()) == (403, {"error": "requires 'count' permission"})


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "no hits"),
        ({"hits": []}, "no hits"),
        ({"hits": [{"path": "/"}] * 501}, "maximum amount of pageviews in one batch is 500"),
        ({"hits": [], "nope": 1}, 'unknown parameter: "nope"'),
        ({"hits": [{"path": "/", "nope": 1}]}, 'unknown parameter: "nope"'),
    ],
)
def test_it_refuses_a_wrong_body(running: Running, body: dict[str, Any], error: str) -> None:
    answer = running.http.post("/api/v0/count", json=body, headers={"Authorization": f"Bearer {running.key}"})

    assert (answer.status_code, answer.json()) == (400, {"error": error})


def test_it_refuses_an_unknown_parameter_of_the_address(running: Running) -> None:
    answer = running.http.post("/api/v0/count?nope=1", json={}, headers={"Authorization": f"Bearer {running.key}"})

    assert answer.json() == {"error": 'unknown parameter: "nope"'}


def test_it_bounds_the_requests_of_a_key(running: Running) -> None:
    answers = [send(running, {**PERSON, "path": "/"}) for _ in range(20)]

    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert refused[0].headers["x-rate-limit-remaining"] == "0"
    assert "error" in refused[0].json()


def test_it_sends_only_to_sites_the_key_reaches(running: Running) -> None:
    running.install.sites.create("bob.example")

    def answer_to(site: str) -> int:
        headers = {"Authorization": f"Bearer {running.key}"}
        return running.http.post(
            f"/api/v0/count?site={site}", json={"hits": [{**PERSON, "path": "/"}]}, headers=headers
        ).status_code

    assert send(running, {**PERSON, "path": "/"}, headers={"Host": "bob.example"}).status_code == 202
    assert answer_to("alice.example") == 202
    assert answer_to("bob.example") == 404
    running.settle()
    assert running.rows("count()") == [(2,)]


def test_it_serves_the_script(running: Running) -> None:
    answer = running.http.get("/count.js")

    assert answer.headers["content-type"].startswith("text/javascript")
    assert "data-goatcounter-click" in answer.text
    assert running.http.get("/count.js", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
