"""POST /api/event and what else sites made for Plausible call."""

import json
from dataclasses import replace
from typing import Any

import httpx2 as httpx
import pytest
from tests.acceptance.running import FIREFOX, Running

from footfall.app import web_app
from footfall.cli.in_process import InProcessTransport
from footfall.collect.address import TrustedProxies
from footfall.store import Statement

VISITOR = "198.51.100.7"
VIEW = {"n": "pageview", "u": "https://alice.example/", "d": "alice.example"}
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
HEADLESS = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0.0.0 Safari/537.36"
)


def send(running: Running, body: Any = None, /, headers: dict[str, str] | None = None, **fields: Any) -> httpx.Response:
    """Send a view with these fields changed, or another body, as Plausible's script does."""
    content = body if isinstance(body, str | bytes) else json.dumps({**VIEW, **fields} if body is None else body)
    always = {"User-Agent": FIREFOX, "Content-Type": "text/plain", "X-Forwarded-For": VISITOR}
    return running.http.post("/api/event", content=content, headers={**always, **(headers or {})})


def rows(running: Running, columns: str) -> list[tuple[Any, ...]]:
    running.settle()
    return running.rows(columns)


# The request


def test_it_stores_a_view_as_our_own_script_would(running: Running) -> None:
    answer = send(
        running, u="https://www.alice.example/pricing?utm_source=news&x=1", r="https://www.google.com/search?q=a"
    )

    assert answer.status_code == 202
    assert answer.text == "ok"
    assert "x-plausible-dropped" not in answer.headers
    assert answer.headers["access-control-allow-origin"] == "*"
    assert rows(running, "name, hostname, path, source, browser, is_interactive, referrer") == [
        ("pageview", "alice.example", "/pricing", "news", "Firefox", True, "https://google.com/search")
    ]


def test_it_reads_json_whatever_the_content_type(running: Running) -> None:
    for content_type in ("text/plain", "application/json", "application/x-www-form-urlencoded", ""):
        assert send(running, headers={"Content-Type": content_type}).text == "ok"


def test_it_knows_long_and_short_names(running: Running) -> None:
    money = {"amount": "9.99", "currency": "EUR"}
    common = {
        "referrer": "https://b.example/",
        "props": {"a": "b"},
        "revenue": money,
        "interactive": False,
        "hashMode": 1,
    }
    send(running, {"name": "Buy", "url": "https://alice.example/p#q", "domain": "alice.example", **common})
    send(
        running,
        {"n": "Buy", "u": "https://alice.example/p#q", "d": "alice.example", "r": "https://b.example/", "p": {"a": "b"},
         "$": money, "i": False, "h": 1, "v": 36},
    )  # fmt: skip

    stored = rows(running, "name, path, referrer, props['a'], revenue_amount, revenue_currency, is_interactive")

    assert len(stored) == 2
    assert stored[0] == stored[1]
    assert stored[0][:4] == ("Buy", "/p#q", "https://b.example", "b")
    assert float(stored[0][4]) == 9.99
    assert stored[0][5:] == ("EUR", False)


def test_it_stores_numbers_as_names_and_trims(running: Running) -> None:
    send(running, n=404)
    send(running, n=" Sign up ")
    send(running, n="x" * 120)

    assert rows(running, "name") == [("404",), ("Sign up",), ("x" * 120,)]


def test_it_stores_host_and_path(running: Running) -> None:
    stored = {
        "https://www.alice.example": ("alice.example", "/"),
        "https://alice.example/caf%C3%A9%20": ("alice.example", "/café"),
        "https://alice.example/a#part": ("alice.example", "/a"),
        "https://alice.example/b?" + "q" * 3000: ("alice.example", "/b"),
        "/only/path": ("(none)", "/only/path"),
        "app://alice.example/screen": ("alice.example", "/screen"),
        "chrome-extension://alice/options": ("alice", "/options"),
        "/redirect?to=https://b.example/": ("(none)", "/redirect"),
    }

    assert {send(running, u=url).text for url in stored} == {"ok"}
    assert rows(running, "hostname, path") == sorted(stored.values())


def test_it_keeps_the_fragment_of_events_in_hash_mode_only(running: Running) -> None:
    send(running, u="https://alice.example/#/cart", h=1)
    send(running, u="https://alice.example/#/cart")

    assert rows(running, "path") == [("/",), ("/#/cart",)]


def test_it_stores_an_event_for_each_site_of_a_list_at_the_same_moment(running: Running) -> None:
    other = running.install.sites.create("all.example")
    answer = send(running, d="alice.example, www.all.example")
    running.settle()

    assert answer.text == "ok"
    assert "x-plausible-dropped" not in answer.headers
    both = [running.install.storage.reader.run(statement_of(site_id)) for site_id in (running.site.id, other.id)]
    assert both[0] == both[1]
    assert len(both[0]) == 1


def statement_of(site_id: int) -> Statement:
    return Statement("test", "SELECT timestamp, path FROM events WHERE site_id = {site:UInt32}", {"site": site_id})


def test_it_finds_the_site_by_the_host_where_none_is_named(running: Running) -> None:
    body = {"n": "pageview", "u": "https://www.alice.example/"}

    assert "x-plausible-dropped" not in send(running, body).headers
    assert rows(running, "count()") == [(1,)]


def test_it_cuts_or_ignores_referrers(running: Running) -> None:
    stored = {
        "https://b.example/" + "a/" * 3000: ("https://b.example" + "/a" * 991,),
        "https://www.alice.example/other": ("",),
        "http://localhost/": ("",),
        "ftp://b.example/": ("",),
        "not an address": ("",),
        "android-app://org.b.app": ("android-app://org.b.app",),
        7: ("",),
        None: ("",),
    }

    for number, referrer in enumerate(stored):
        visitor = {"X-Forwarded-For": f"198.51.100.{number}"}  # a visit keeps the referrer it began with
        assert send(running, headers=visitor, r=referrer).text == "ok"
    assert rows(running, "referrer") == sorted(stored.values())


def test_it_keeps_plain_properties_as_text(running: Running) -> None:
    props: dict[str, Any] = {
        "plan": "pro",
        "n": 3,
        "yes": True,
        "none": None,
        "blank": " ",
        "list": [1],
        "object": {},
        " ": "x",
    }

    for key in ("props", "p", "meta", "m"):
        assert send(running, {**VIEW, key: props}).text == "ok"
        assert send(running, {**VIEW, key: json.dumps(props)}).text == "ok"

    assert rows(running, "DISTINCT props") == [({"plan": "pro", "n": "3", "yes": "true"},)]


def test_it_keeps_the_first_30_properties(running: Running) -> None:
    send(running, n="Buy", p={f"key{number:02}": number for number in range(40)})

    assert rows(running, "length(props), mapContains(props, 'key29'), mapContains(props, 'key30')") == [(30, 1, 0)]


def test_it_gives_the_path_to_events_that_are_about_one(running: Running) -> None:
    for name in ("404", "Form: Submission", "WP Form Completions"):
        send(running, n=name, u="https://alice.example/lost")
        send(running, n=name, u="https://alice.example/lost", p={"path": "/said"})

    assert rows(running, "props['path']") == [("/lost",)] * 3 + [("/said",)] * 3


def test_it_keeps_events_whose_revenue_makes_no_sense(running: Running) -> None:
    good = {"amount": "10.29", "currency": "USD"}
    stated: list[Any] = [good, json.dumps(good), {"amount": "ten", "currency": "EUR"}, "nonsense", []]
    for revenue in stated:
        assert send(running, n="Buy", revenue=revenue).text == "ok"

    stored = rows(running, "toString(revenue_amount), revenue_currency")
    assert [currency for _, currency in stored] == ["", "", "", "USD", "USD"]
    assert {float(amount) for amount, _ in stored} == {0, 10.29}


def test_it_reads_engagement(running: Running) -> None:
    send(running)
    readings = ({"sd": 40, "e": 5000}, {"sd": "60", "e": "7"}, {"sd": 180}, {"e": 1}, {"sd": 10, "e": 30 * 86_400_000})

    assert {send(running, n="engagement", **reading).text for reading in readings} == {"ok"}
    engagement = [row[1:] for row in rows(running, "name, engagement_ms, scroll_depth") if row[0] == "engagement"]
    assert engagement == [(0, 10), (0, 100), (1, 255), (7, 60), (5000, 40)]


def test_it_ignores_reading_of_other_events(running: Running) -> None:
    send(running, n="Buy", sd=40, e=5000)

    assert rows(running, "engagement_ms, scroll_depth") == [(0, 255)]


# The answer


def test_it_says_what_is_wrong_field_by_field(running: Running) -> None:
    nothing = send(running, {})
    no_json = send(running, "not json")
    too_long = send(running, p={"key": "é" * 1001})

    assert (nothing.status_code, no_json.status_code, too_long.status_code) == (400, 400, 400)
    assert nothing.json() == {
        "errors": {"event_name": ["can't be blank"], "url": ["is required"], "domain": ["can't be blank"]}
    }
    assert no_json.json() == {"errors": {"request": ["Unable to parse request body as json"]}}
    assert too_long.json() == {"errors": {"props": ["keys should have at most 300 bytes and values 2000 bytes"]}}


def test_it_refuses_a_body_over_a_million_bytes(running: Running) -> None:
    padding = 1_000_000 - len(json.dumps({**VIEW, "x": ""}))

    assert send(running, x="a" * padding).status_code == 202
    too_large = send(running, x="a" * (padding + 1))
    assert too_large.status_code == 413
    assert list(too_large.json()["errors"]) == ["request"]


DROPPED: list[tuple[dict[str, str], dict[str, str], str]] = [
    ({"User-Agent": GOOGLEBOT}, {}, "bot"),
    ({"User-Agent": HEADLESS}, {}, "bot"),
    ({"X-Plausible-IP-Type": "dc_ip"}, {}, "bot"),
    ({"Sec-GPC": "1"}, {}, "opted_out"),
    ({}, {"d": "nobody.example"}, "unknown_site"),
    ({}, {"r": "https://semalt.com/"}, "referrer_spam"),
]


def test_it_tells_of_drops_in_the_header(running: Running) -> None:
    for headers, fields, reason in DROPPED:
        answer = send(running, None, headers, **fields)

        assert answer.status_code == 202
        assert answer.text == "ok"
        assert answer.headers["x-plausible-dropped"] == "1"
        assert answer.headers["x-footfall-dropped"] == reason
    assert rows(running, "count()") == [(0,)]


def test_it_counts_the_dropped_events_of_a_list(running: Running) -> None:
    answer = send(running, d="alice.example,nobody.example,noone.example")

    assert answer.status_code == 202
    assert answer.headers["x-plausible-dropped"] == "2"
    assert rows(running, "count()") == [(1,)]


def test_it_tells_of_shields(running: Running) -> None:
    running.install.sites.update(running.site.id, allowed_hostnames=("alice.example",))

    assert send(running, u="https://copycat.example/").headers["x-footfall-dropped"] == "host_not_allowed"


def test_it_answers_preflights_and_other_methods(running: Running) -> None:
    assert running.http.request("OPTIONS", "/api/event").status_code == 204
    assert running.http.get("/api/event").status_code == 405


# Whose address counts


STATED: list[tuple[dict[str, str], str]] = [
    ({"X-Plausible-IP": "192.0.2.1", "CF-Connecting-IP": "192.0.2.2"}, "192.0.2.1"),
    ({"CF-Connecting-IP": "192.0.2.2", "B-Forwarded-For": "192.0.2.3"}, "192.0.2.2"),
    ({"B-Forwarded-For": "192.0.2.3, 10.0.0.1", "X-Forwarded-For": "192.0.2.4"}, "192.0.2.3"),
    ({"X-Forwarded-For": "unknown, 192.0.2.4:4711, 10.0.0.1", "Forwarded": "for=192.0.2.5"}, "192.0.2.4"),
    ({"X-Forwarded-For": "[2001:db8::4]:443"}, "2001:db8::4"),
    ({"X-Forwarded-For": "2001:db8::4"}, "2001:db8::4"),
    ({"X-Forwarded-For": "", "Forwarded": 'proto=https;for="[2001:db8::5]:443", for=10.0.0.1'}, "2001:db8::5"),
    ({"X-Forwarded-For": ""}, "127.0.0.1"),
]


def test_it_honours_address_headers_in_their_order(running: Running) -> None:
    for headers, address in STATED:
        answer = send(running, headers={**headers, "X-Debug-Request": "true"})

        assert answer.status_code == 200
        assert answer.text == address
    assert rows(running, "count()") == [(0,)]


def test_it_believes_no_stranger(running: Running) -> None:
    install = replace(running.install, proxies=TrustedProxies("203.0.113.1"))
    with httpx.Client(transport=InProcessTransport(web_app(install)), base_url="http://testserver") as client:
        answer = client.post("/api/event", headers={"X-Plausible-IP": VISITOR, "X-Debug-Request": "true"})

    assert answer.text == "127.0.0.1"


def test_it_believes_whoever_holds_a_key(running: Running) -> None:
    key = {"Authorization": f"Bearer {running.key}", "X-Forwarded-For": VISITOR}

    assert send(running, headers={**key, "X-Debug-Request": "true"}).text == VISITOR
    assert send(running, headers=key).text == "ok"
    running.install.sites.create("charlie.example")
    assert send(running, headers=key, d="charlie.example").status_code == 403
    assert send(running, headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_it_counts_two_addresses_as_two_visitors(running: Running) -> None:
    send(running, headers={"X-Forwarded-For": "192.0.2.1"})
    send(running, headers={"X-Forwarded-For": "192.0.2.2"})

    assert rows(running, "uniqExact(visitor_id)") == [(2,)]


# Scripts and health


SCRIPTS = (
    "script.js",
    "plausible.js",
    "script.hash.outbound-links.js",
    "script.outbound-links.hash.js",
    "plausible.compat.exclusions.file-downloads.hash.local.manual.pageleave.pageview-props.revenue.tagged-events.js",
)


def test_it_serves_every_script(running: Running) -> None:
    for name in SCRIPTS:
        answer = running.http.get(f"/js/{name}")
        again = running.http.get(f"/js/{name}", headers={"If-None-Match": answer.headers["etag"]})

        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/javascript")
        assert "max-age" in answer.headers["cache-control"]
        assert again.status_code == 304
        assert running.http.request("HEAD", f"/js/{name}").status_code == 200


def test_it_serves_the_script_of_a_site(running: Running) -> None:
    answer = running.http.get(f"/js/pa-{running.site.public_id}.js")

    assert '"domain":"alice.example"' in answer.text


def test_it_serves_a_script_that_names_no_site_under_an_id_of_plausibles_own(running: Running) -> None:
    answer = running.http.get("/js/pa-Jk29sdQaLmXr0VbT.js")

    assert answer.status_code == 200
    assert '"domain"' not in answer.text
    assert '({"outboundLinks":true,"fileDownloads":true},[' in answer.text


def test_it_does_not_serve_parts_it_does_not_know(running: Running) -> None:
    assert running.http.get("/js/script.surprise.js").status_code == 404


def test_it_answers_health_checks(running: Running) -> None:
    healthy = {"postgres": "ok", "clickhouse": "ok", "sites_cache": "ok"}

    assert running.http.get("/api/health").json() == healthy
    assert running.http.get("/api/system/health/ready").json() == healthy
    assert running.http.get("/api/system/health/live").json() == {"ok": True}


def test_it_fails_health_checks_while_the_store_fails(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running.install.storage.applier, "is_failing", True)

    for path in ("/api/health", "/api/system/health/ready"):
        answer = running.http.get(path)
        assert (answer.status_code, answer.json()["clickhouse"]) == (500, "error")
    assert running.http.get("/api/system/health/live").status_code == 200


def test_it_listens_to_snippets_that_failed(running: Running) -> None:
    answer = running.http.get("/api/error")

    assert (answer.status_code, answer.text) == (200, "")
