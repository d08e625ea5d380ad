"""POST /api/send, POST /api/batch and /script.js: what Umami's clients send and read."""

from typing import Any

import httpx2 as httpx
import pytest
from tests.acceptance.running import FIREFOX, Running

from footfall.collect.umami import website_id
from footfall.domain import IdentityMode

GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def send(
    running: Running, kind: str = "event", headers: dict[str, str] | None = None, **payload: Any
) -> httpx.Response:
    page = {"website": website_id(running.site), "hostname": "alice.example", "url": "/pricing"}
    body = {"type": kind, "payload": {**page, **payload}}
    return running.http.post("/api/send", json=body, headers={"User-Agent": FIREFOX, **(headers or {})})


def test_it_stores_a_page_view(running: Running) -> None:
    answer = send(
        running,
        url="/pricing?utm_source=news&secret=1#plans",
        referrer="https://www.google.com/",
        screen="1440x900",
        language="de-DE",
        title="Pricing",
    )
    running.settle()

    assert answer.status_code == 200
    assert set(answer.json()) == {"cache", "sessionId", "visitId"}
    assert answer.headers["access-control-allow-origin"] == "*"
    assert running.rows("name, hostname, path, source, referrer, language, screen, browser") == [
        ("pageview", "alice.example", "/pricing", "news", "https://google.com", "de-DE", "1280–1599", "Firefox")
    ]


def test_it_stores_a_named_event_with_its_data_and_revenue(running: Running) -> None:
    data = {
        "plan": "pro",
        "seats": 3,
        "address": {"city": "Tartu"},
        "tags": ["a", "b"],
        "revenue": 9.5,
        "currency": "eur",
    }
    send(running, name="Buy", data=data, tag="summer")
    running.settle()

    ((name, props, amount, currency),) = running.rows("name, props, toString(revenue_amount), revenue_currency")
    assert (name, currency) == ("Buy", "EUR")
    assert float(amount) == 9.5
    assert props == {
        "plan": "pro",
        "seats": "3",
        "address.city": "Tartu",
        "tags": '["a", "b"]',
        "revenue": "9.5",
        "currency": "eur",
        "tag": "summer",
    }


def test_it_accepts_the_public_id_of_a_site(running: Running) -> None:
    assert send(running, website=running.site.public_id).status_code == 200


def test_it_goes_by_the_host_where_the_id_is_umamis_own(running: Running) -> None:
    answer = send(running, website="94db1cb1-74f4-4a40-ad6c-962362670409", hostname="www.alice.example")
    running.settle()

    assert answer.status_code == 200
    assert running.rows("name, hostname") == [("pageview", "alice.example")]


def test_it_takes_events_that_name_no_page(running: Running) -> None:
    answer = send(running, hostname=None, url=None, name="Sign-up")
    running.settle()

    assert answer.status_code == 200
    assert running.rows("name, hostname, path") == [("Sign-up", "(none)", "/")]


def test_it_keeps_session_and_visit_while_the_token_comes_back(running: Running) -> None:
    first = send(running).json()
    again = send(running, headers={"x-umami-cache": first["cache"]}).json()
    other = send(running, headers={"User-Agent": FIREFOX.replace("128", "129"), "x-umami-cache": first["cache"]}).json()

    assert (again["sessionId"], again["visitId"]) == (first["sessionId"], first["visitId"])
    assert other["sessionId"] != first["sessionId"]
    assert other["visitId"] != first["visitId"]


def test_it_answers_bots_as_umami_does(running: Running) -> None:
    for kind in ("event", "identify", "performance"):
        answer = send(running, kind, headers={"User-Agent": GOOGLEBOT})

        assert (answer.status_code, answer.json()) == (200, {"beep": "boop"})
        assert answer.headers["x-footfall-dropped"] == "bot"
    running.settle()
    assert running.rows("count()") == [(0,)]


@pytest.mark.parametrize("kind", ["identify", "performance"])
def test_it_answers_in_shape_what_tells_nothing(running: Running, kind: str) -> None:
    answer = send(running, kind, data={})
    running.settle()

    assert set(answer.json()) == {"cache", "sessionId", "visitId"}
    assert answer.headers["x-footfall-dropped"] == "unsupported"
    assert running.install.intake.counts["dropped:unsupported"] == 1
    assert (running.rows("count()"), running.rows("count()", "asides")) == ([(0,)], [(0,)])


def test_it_keeps_figures_and_session_data_apart_from_events(running: Running) -> None:
    send(running, url="/a")
    told = send(running, "identify", data={"plan": "pro", "mail": "ada@lovelace.example", "of": {"age": 36}})
    measured = send(running, "performance", url="/a?x=1", lcp=2500.5, cls=0.1, inp=0)
    send(running, "performance", url="/a", lcp=1200, headers={"User-Agent": FIREFOX.replace("128", "129")})
    running.settle()

    assert not {"x-footfall-dropped"} & {*told.headers, *measured.headers}
    assert running.rows("name, path") == [("pageview", "/a")]
    assert running.rows("events, pageviews", "visits") == [(1, 1)]
    ((visitor,),) = running.rows("visitor_id")
    identities = running.rows("kind, visitor_id, props", "asides")
    assert identities[0][:2] == ("identity", visitor)
    assert identities[0][2]["plan"] == "pro"
    assert identities[0][2]["of.age"] == "36"
    assert "lovelace" not in str(identities)
    figures = "visitor_id, path, lcp, inp, round(toFloat64(cls), 3), ttfb"
    assert [row for row in running.rows(f"kind, {figures}", "asides") if row[0] == "vitals"] == [
        ("vitals", 0, "/a", 1200, None, None, None),
        ("vitals", 0, "/a", 2500.5, 0, 0.1, None),
    ]
    seen = [one.text for one in running.install.belongings.registry.known.new if one.site_id == running.site.id]
    assert seen == []  # neither names nor keys of events


def test_it_knows_who_is_identified_on_a_site_with_consent(running: Running) -> None:
    running.install.sites.update(running.site.id, identity_mode=IdentityMode.CONSENTED)
    nobody = send(running).json()
    named = send(running, "identify", id="customer-7")
    told = send(running, "identify", id="customer-7", data={"plan": "pro"})
    viewed = send(running, id="customer-7", headers={"x-umami-cache": named.json()["cache"]}).json()
    running.settle()

    assert "x-footfall-dropped" not in named.headers
    assert "x-footfall-dropped" not in told.headers
    assert nobody["sessionId"] != named.json()["sessionId"] == told.json()["sessionId"] == viewed["sessionId"]
    assert viewed["visitId"] == named.json()["visitId"]
    assert running.rows("is_lasting") == [(False,), (True,)]
    assert set(running.rows("visitor_id", "asides")) < set(running.rows("visitor_id"))


def test_it_does_not_know_who_is_identified_on_a_cookieless_site(running: Running) -> None:
    nobody = send(running).json()
    named = send(running, "identify", id="customer-7")
    send(running, id="customer-7")
    running.settle()

    assert named.headers["x-footfall-dropped"] == "unsupported"
    assert named.json()["sessionId"] == nobody["sessionId"]
    assert running.rows("uniqExact(visitor_id), countIf(is_lasting)") == [(1, 0)]


def test_it_drops_those_who_opted_out(running: Running) -> None:
    assert send(running, headers={"Sec-GPC": "1"}).headers["x-footfall-dropped"] == "opted_out"


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        ({"website": "00000000-0000-4000-8000-000000000000", "hostname": "nobody.example"}, "Website not found."),
        ({"website": "nonsense"}, "Website not found."),
        ({"website": None, "link": "x"}, "Link not found."),
        ({"website": None, "pixel": "x"}, "Pixel not found."),
    ],
)
def test_it_says_that_a_site_is_unknown(running: Running, ids: dict[str, Any], message: str) -> None:
    answer = send(running, **ids)

    assert answer.status_code == 400
    assert answer.json() == {"error": {"message": message, "code": "bad-request", "status": 400}}
    assert running.install.intake.counts["dropped:unknown_site"] == 1


def test_it_names_the_wrong_field_in_a_tree(running: Running) -> None:
    answer = send(running, name="x" * 51)

    error = answer.json()["error"]
    assert answer.status_code == 400
    assert (error["message"], error["code"], error["status"]) == ("Bad request", "bad-request", 400)
    assert error["properties"]["payload"]["properties"]["name"]["errors"]


@pytest.mark.parametrize(
    "body", ["nope", "[]", "{}", '{"type":"event"}', '{"type":"event","payload":{}}', "[" * 50_000]
)
def test_it_refuses_what_is_no_request(running: Running, body: str) -> None:
    answer = running.http.post("/api/send", content=body, headers={"User-Agent": FIREFOX})

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "bad-request"


def test_it_believes_address_agent_and_time_only_with_a_key(running: Running) -> None:
    claimed: dict[str, Any] = {
        "ip": "203.0.113.9",
        "userAgent": FIREFOX.replace("Firefox/128.0", "Firefox/99.0"),
        "timestamp": 1_700_000_000,
    }
    own, spoofed = send(running).json(), send(running, **claimed).json()
    keyed = send(running, headers={"Authorization": f"Bearer {running.key}"}, **claimed).json()
    running.settle()

    assert own["sessionId"] == spoofed["sessionId"] != keyed["sessionId"]
    assert running.rows("browser_version, toYear(timestamp) = 2023") == [
        ("128.0", False),
        ("128.0", False),
        ("99.0", True),
    ]


def test_it_refuses_a_key_it_does_not_know(running: Running) -> None:
    answer = send(running, headers={"Authorization": "Bearer ff_nonsense"})

    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "unauthorized"


def test_it_refuses_a_key_for_another_site(running: Running) -> None:
    other = running.install.sites.create("bob.example")

    answer = send(running, headers={"Authorization": f"Bearer {running.key}"}, website=website_id(other))

    assert answer.status_code == 403


def test_it_takes_events_of_umamis_client_for_servers(running: Running) -> None:
    answer = send(running, name="Order", headers={"User-Agent": "Mozilla/5.0 Umami/v20.20.2"})
    running.settle()

    assert "cache" in answer.json()
    assert running.rows("name") == [("Order",)]


def test_it_takes_a_batch_and_tells_which_failed(running: Running) -> None:
    website = website_id(running.site)
    view = {"type": "event", "payload": {"website": website, "hostname": "alice.example", "url": "/a"}}
    body = [
        view,
        {"type": "nonsense", "payload": {}},
        {"type": "event", "payload": {"website": "gone"}},
        {"type": "performance", "payload": {"website": website, "lcp": 120.5}},
        view,
    ]

    answer = running.http.post("/api/batch", json=body, headers={"User-Agent": FIREFOX})
    running.settle()

    done = answer.json()
    assert answer.status_code == 200
    assert (done["size"], done["processed"], done["errors"]) == (5, 3, 2)
    assert "x-footfall-dropped" not in answer.headers
    assert [detail["index"] for detail in done["details"]] == [1, 2]
    assert done["details"][1]["response"]["error"]["message"] == "Website not found."
    assert done["cache"]
    assert running.rows("path") == [("/a",), ("/a",)]
    assert running.rows("count()", "visits") == [(1,)]


def test_it_bounds_a_batch(running: Running) -> None:
    assert running.http.post("/api/batch", json=[{}] * 1_001).status_code == 400
    assert running.http.post("/api/batch", content="{}").status_code == 400


def test_it_allows_the_header_of_the_token_from_everywhere(running: Running) -> None:
    answer = running.http.request("OPTIONS", "/api/send")

    assert "x-umami-cache" in answer.headers["access-control-allow-headers"]


def test_it_serves_the_script(running: Running) -> None:
    answer = running.http.get("/script.js")
    again = running.http.get("/script.js", headers={"If-None-Match": answer.headers["etag"]})

    assert answer.headers["content-type"].startswith("text/javascript")
    assert "data-umami-event" in answer.text
    assert again.status_code == 304
