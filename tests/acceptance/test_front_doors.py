"""What the front doors of other products share: no stranger is believed, and bad input is told in their own words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import ANY

import httpx2 as httpx
import pytest
from tests.acceptance.running import FIREFOX, Running

from footfall.app import web_app
from footfall.cli.in_process import InProcessTransport
from footfall.collect.address import TrustedProxies
from footfall.collect.plausible.door import ADDRESS_HEADERS
from footfall.collect.umami import website_id
from footfall.sites import ShieldKind

OLD_FIREFOX = FIREFOX.replace("Firefox/128.0", "Firefox/99.0")
VIEW = {"name": "pageview", "domain": "alice.example", "url": "https://alice.example/"}
Send = Callable[..., httpx.Response]


def plausible(running: Running, headers: dict[str, str], **fields: Any) -> httpx.Response:
    return running.http.post("/api/event", json={**VIEW, **fields}, headers={"User-Agent": FIREFOX, **headers})


def umami(running: Running, headers: dict[str, str], **fields: Any) -> httpx.Response:
    payload = {"website": website_id(running.site), "hostname": "alice.example", "url": "/", **fields}
    body = {"type": "event", "payload": payload}
    return running.http.post("/api/send", json=body, headers={"User-Agent": FIREFOX, **headers})


def goatcounter(running: Running, headers: dict[str, str], **fields: Any) -> httpx.Response:
    """With a key by the API, without one by the address a page asks for."""
    if "Authorization" not in headers:
        return running.http.get("/count", params={"p": "/", **fields}, headers={"User-Agent": FIREFOX, **headers})
    hit = {"path": "/", "user_agent": FIREFOX, "ip": "198.51.100.1", **fields}
    return running.http.post("/api/v0/count", json={"hits": [hit]}, headers=headers)


def key(running: Running) -> dict[str, str]:
    return {"Authorization": f"Bearer {running.key}"}


# What a sender may say of somebody else


CLAIMS: list[tuple[Send, str, Any, str]] = [  # door, field, what is claimed, what is stored where that is believed
    (umami, "userAgent", OLD_FIREFOX, "browser_version = '99.0'"),
    (umami, "timestamp", 1_600_000_000, "toYear(timestamp) = 2020"),
    (umami, "id", "customer-7", "is_lasting"),
    (umami, "browser", "Opera", "browser = 'Opera'"),
    (umami, "os", "Plan 9", "os = 'Plan 9'"),
    (umami, "device", "TV", "device = 'TV'"),
    (goatcounter, "user_agent", OLD_FIREFOX, "browser_version = '99.0'"),
    (goatcounter, "created_at", "2020-01-18T14:42:00Z", "toYear(timestamp) = 2020"),
    (goatcounter, "session", "customer-7", "is_lasting"),
    (goatcounter, "location", "NL", "country = 'NL'"),
    (goatcounter, "language", "nl", "language = 'nl'"),
]


@pytest.mark.parametrize(("send", "field", "claim", "evidence"), CLAIMS)
def test_it_believes_what_a_sender_claims_only_with_a_key(
    running: Running, send: Send, field: str, claim: Any, evidence: str
) -> None:
    stranger = {"X-Forwarded-For": "198.51.100.9"}  # another visitor: a visit keeps what it began with

    assert send(running, stranger, **{field: claim}).is_success
    running.settle()
    assert running.rows(f"toBool({evidence})") == [(False,)]

    assert send(running, key(running), **{field: claim}).is_success
    running.settle()
    assert running.rows(f"toBool({evidence})") == [(False,), (True,)]


@pytest.mark.parametrize("send", [umami, goatcounter])
def test_it_believes_an_address_in_the_body_only_with_a_key(running: Running, send: Send) -> None:
    for address in ("203.0.113.1", "203.0.113.2"):
        assert send(running, {}, ip=address).is_success
    running.settle()
    assert running.rows("uniqExact(visitor_id)") == [(1,)]

    for address in ("203.0.113.3", "203.0.113.4"):
        assert send(running, key(running), ip=address).is_success
    running.settle()
    assert running.rows("uniqExact(visitor_id)") == [(3,)]


@pytest.mark.parametrize("field", ["ip", "user_agent", "timestamp", "visitor", "id", "country", "browser"])
def test_it_knows_no_such_field_in_plausibles_event_even_with_a_key(running: Running, field: str) -> None:
    columns = "DISTINCT visitor_id, is_lasting, browser, country, toYear(timestamp) > 2020"
    claim = {"ip": "203.0.113.1", "user_agent": OLD_FIREFOX, "timestamp": 1_600_000_000_000}.get(field, "XX")

    for headers in ({}, key(running)):
        assert plausible(running, headers).is_success
        assert plausible(running, headers, **{field: claim}).is_success
    running.settle()

    assert len(running.rows(columns)) == 1


@pytest.mark.parametrize("header", [name.decode() for name in ADDRESS_HEADERS])
def test_it_believes_plausibles_headers_only_with_a_key_or_from_a_proxy(running: Running, header: str) -> None:
    stated = "for=203.0.113.7" if header == "forwarded" else "203.0.113.7"
    debug = {header: stated, "X-Debug-Request": "true"}

    assert plausible(running, debug).text == "203.0.113.7"
    with behind_no_proxy(running) as elsewhere:
        assert plausible(elsewhere, debug).text == "127.0.0.1"
        assert plausible(elsewhere, {**debug, **key(running)}).text == "203.0.113.7"


@pytest.mark.parametrize("send", [plausible, umami, goatcounter])
def test_it_believes_no_stranger_about_addresses(running: Running, send: Send) -> None:
    with behind_no_proxy(running) as elsewhere:
        for address in ("203.0.113.1", "203.0.113.2"):
            assert send(elsewhere, {"X-Forwarded-For": address, "X-Real-IP": address}).is_success
    running.settle()

    assert running.rows("count(), uniqExact(visitor_id)") == [(2, 1)]


@contextmanager
def behind_no_proxy(running: Running) -> Iterator[Running]:
    """The same install to which every sender is a stranger."""
    install = replace(running.install, proxies=TrustedProxies("203.0.113.250"))
    with httpx.Client(transport=InProcessTransport(web_app(install)), base_url="http://testserver") as client:
        yield replace(running, http=client)


# Who is kept out


SHIELDED: list[tuple[Send, int, dict[str, str]]] = [
    (plausible, 202, {"x-plausible-dropped": "1"}),
    (umami, 403, {}),
    (goatcounter, 202, {"x-goatcounter": "ignored because of shield_address"}),
]


@pytest.mark.parametrize(("send", "status", "headers"), SHIELDED)
def test_it_tells_of_a_shield_in_its_own_way(
    running: Running, send: Send, status: int, headers: dict[str, str]
) -> None:
    running.install.belongings.shields.add(running.site.id, ShieldKind.ADDRESS, "203.0.113.0/24")

    answer = send(running, {"X-Forwarded-For": "203.0.113.7"})

    assert answer.status_code == status
    assert (headers | {"x-footfall-dropped": "shield_address"}).items() <= answer.headers.items()
    assert send(running, {"X-Forwarded-For": "198.51.100.1"}).status_code in (200, 202)


def test_it_tells_of_a_shield_in_umamis_words(running: Running) -> None:
    running.install.belongings.shields.add(running.site.id, ShieldKind.ADDRESS, "203.0.113.0/24")

    answer = umami(running, {"X-Forwarded-For": "203.0.113.7"})

    assert answer.json() == {"error": {"message": "Forbidden", "code": "forbidden", "status": 403}}


# What is wrong


def errors_of_plausible(answer: httpx.Response) -> Any:
    return answer.json()["errors"]


def fields_of_umami(answer: httpx.Response) -> Any:
    """The path of the field to blame."""
    error = answer.json()["error"]
    assert (error["message"], error["code"], error["status"]) == ("Bad request", "bad-request", answer.status_code)
    path = []
    while "properties" in error:
        ((name, error),) = error["properties"].items()
        path.append(name)
    assert error["errors"]
    return ".".join(path)


def test_it_says_in_plausibles_words_what_is_wrong(running: Running) -> None:
    blank = ["can't be blank"]
    no_reading = ["engagement event requires a valid integer value for at least one of 'sd' or 'e' fields"]
    said: dict[str, Any] = {
        "": {"request": ["Unable to parse request body as json"]},
        "[]": {"request": ["Unable to parse request body as json"]},
        '{"n": "\\ud800", "u": "https://alice.example/", "d": "alice.example"}': {
            "request": ["Unable to parse request body as json"]
        },
        "{}": {"event_name": blank, "url": ["is required"], "domain": blank},
        '{"n": "x", "u": 7, "d": "alice.example"}': {"url": ["must be a valid url"]},
        '{"n": "x", "u": "data:text/html,x", "d": "alice.example"}': {"url": ["scheme is not allowed"]},
        '{"n": {}, "u": "https://alice.example/", "d": "alice.example"}': {"event_name": ["is invalid"]},
        '{"n": "x", "u": "https://alice.example/", "d": ""}': {"domain": blank},
        '{"n": "engagement", "u": "https://alice.example/"}': {"event_name": no_reading},
    }

    answers = {body: running.http.post("/api/event", content=body, headers={"User-Agent": FIREFOX}) for body in said}

    assert {answer.status_code for answer in answers.values()} == {400}
    assert {body: errors_of_plausible(answer) for body, answer in answers.items()} == said


def test_it_says_in_umamis_words_what_is_wrong(running: Running) -> None:
    wrong: dict[str, Any] = {
        "payload.hostname": {"hostname": "x" * 101},
        "payload.language": {"language": "x" * 36},
        "payload.screen": {"screen": "1" * 12},
        "payload.name": {"name": "x" * 51},
        "payload.tag": {"tag": "x" * 51},
        "payload.id": {"id": "x" * 51},
        "payload.data": {"data": [1]},
        "payload.timestamp": {"timestamp": "soon"},
        "payload.url": {"url": "https://[x/"},
        "payload.lcp": {"lcp": -1},
        "payload.inp": {"inp": 60_001},
        "payload.cls": {"cls": "much"},
        "payload.fcp": {"fcp": [0]},
        "payload.ttfb": {"ttfb": 1e9},
        "payload": {"link": "both"},
    }

    answers = {field: umami(running, {}, **payload) for field, payload in wrong.items()}

    assert {answer.status_code for answer in answers.values()} == {400}
    assert {field: fields_of_umami(answer) for field, answer in answers.items()} == {field: field for field in wrong}


def test_it_says_in_goatcounters_words_what_is_wrong(running: Running) -> None:
    person = {"user_agent": FIREFOX, "ip": "203.0.113.9"}
    said: list[tuple[dict[str, Any], Any]] = [
        ({"hits": "x"}, {"error": ANY}),
        ({"hits": []}, {"error": "no hits"}),
        ({"hits": [{"path": "/"}] * 501}, {"error": "maximum amount of pageviews in one batch is 500"}),
        ({"hits": [{"p": "/"}]}, {"error": 'unknown parameter: "p"'}),
        ({"hits": [{"path": "/"}], "filter": ["ip", "moon"]}, {"error": "unknown value in filter: moon"}),
        ({"hits": [{"path": "/"}]}, {"errors": {"0": ANY}}),
        ({"hits": [{**person, "path": "/"}, {**person, "path": ""}]}, {"errors": {"1": ANY}}),
        ({"hits": [{**person, "path": "/", "created_at": "2099-01-01T00:00:00Z"}]}, {"errors": {"0": ANY}}),
    ]

    for body, answered in said:
        own_key = running.install.people.keys.create(["events:write"], site_id=running.site.id)  # each has its rate
        headers = {"Authorization": f"Bearer {own_key}"}
        answer = running.http.post("/api/v0/count", json=body, headers=headers)
        assert (answer.status_code, answer.json()) == (400, answered)
        assert answer.headers["x-rate-limit-limit"] == "4"


NASTY: list[bytes] = [
    b"",
    b"\0",
    b"\xff\xfe",
    b"null",
    b"true",
    b'"text"',
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"NaN",
    b"1e999",
    b"9" * 10_000,
    b'{"type": "event", "payload": {"website": "\\ud800"}}',
    b'{"hits": [{"path": "\\ud800", "session": "s"}]}',
    b'{"hits": [{"path": "/", "session": "s", "size": [1e999]}]}',
    b'{"n": 1e999, "u": "/"}',
    b"\x1f\x8b\x08",
]


@pytest.mark.parametrize("path", ["/api/event", "/api/send", "/api/batch", "/api/v0/count"])
def test_it_refuses_whatever_is_sent_in_the_shape_of_its_protocol(running: Running, path: str) -> None:
    for body in NASTY:
        own_key = running.install.people.keys.create(["events:write"], site_id=running.site.id)
        answer = running.http.post(path, content=body, headers={"Authorization": f"Bearer {own_key}"})

        assert 400 <= answer.status_code < 500, body
        assert answer.json().keys() <= {"error", "errors"}


@pytest.mark.parametrize(
    "query", ["p=%FF%00%ED%A0%80", "p=/&s=" + "9" * 5_000, "p=/&q=" + "%00&" * 5_000, "p=/&r=http://["]
)
def test_it_answers_a_picture_whatever_is_asked(running: Running, query: str) -> None:
    answer = running.http.get(f"/count?{query}", headers={"User-Agent": FIREFOX})

    assert answer.status_code < 500
    assert len(answer.content) == 43
