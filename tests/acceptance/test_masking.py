"""What of a person reaches the store, through every front door."""

import pytest
from tests.acceptance.running import FIREFOX, Running

pytestmark = pytest.mark.shares_install

SECRETS = ("alice", "hunter2", "9018 20", "901820", "4111", "eyJhbGci")
PERSONAL = "alice.b@example.com +49 30 901820 4111 1111 1111 1111"


def test_it_masks_paths_referrers_names_and_properties_of_an_event(running: Running) -> None:
    running.visit(
        name="Asked by alice.b@example.com",
        url="https://shop.example/in/alice.b%40example.com?utm_term=%2B49%2030%20901820",
        referrer="https://mail.example/u/alice.b%40example.com/1",
        props={"note": PERSONAL, "password": "hunter2", "plan": "Pro 2024", "+49 30 901820": "yes"},
    )
    running.settle()

    [(name, path, term, referrer, props)] = running.rows("name, path, utm_term, referrer, props")

    assert name == "Asked by :email"
    assert (path, term) == ("/in/:email", ":phone")
    assert referrer == "https://mail.example/u/:email/1"
    assert props == {"note": ":email :phone :card", "password": ":token", "plan": "Pro 2024", ":phone": "yes"}


def test_it_keeps_of_an_outbound_link_what_it_keeps_of_a_page(running: Running) -> None:
    running.install.sites.update(running.site.id, query_parameters=["page"])
    link = "https://user:hunter2@shop.example/list?page=2&token=eyJhbGci&utm_source=us#top"
    running.visit(name="Outbound Link: Click", url="https://alice.example/", props={"url": link})
    running.settle()

    assert running.rows("props") == [({"url": "https://shop.example/list?page=2&utm_source=us"},)]


def test_it_masks_what_other_protocols_send(running: Running) -> None:
    agent = {"User-Agent": FIREFOX}
    link = {"url": "https://shop.example/a?mail=alice.b@example.com&ref=x"}
    plausible = {"n": "File Download", "u": "https://alice.example/", "d": "alice.example", "p": link}
    running.http.post("/api/event", json=plausible, headers=agent)
    running.http.get("/count", params={"p": f"/u/{PERSONAL}", "site": running.site.public_id}, headers=agent)
    running.send({"name": "pageview", "url": "/", "utm_term": PERSONAL, "visitor": "b"})
    running.settle()

    rows = running.rows("path, utm_term, props")

    assert rows == [
        ("/", "", {"url": "https://shop.example/a?ref=x"}),
        ("/", ":email :phone :card", {}),
        ("/u/:email :phone :card", "", {}),
    ]
    assert not any(secret in str(rows) for secret in SECRETS)


def test_it_refuses_a_picture_with_too_many_parameters(running: Running) -> None:
    query = "&".join(f"x{number}=1" for number in range(60))

    answer = running.http.get(f"/px/{running.site.public_id}.gif?{query}")

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_input")


def test_it_refuses_null_bytes_and_half_surrogate_pairs(running: Running) -> None:
    for text in ("a\\u0000b", "a\\ud800b"):
        body = f'{{"site": "{running.site.public_id}", "name": "x", "url": "/", "props": {{"note": "{text}"}}}}'

        answer = running.http.post("/api/v1/event", content=body, headers={"User-Agent": FIREFOX})

        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_input")
