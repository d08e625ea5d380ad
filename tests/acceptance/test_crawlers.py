"""What machines read: kept apart from what people read, and shown on a page and by the API."""

import json
from typing import Any

import httpx2 as httpx
import pytest
from tests.acceptance.running import FIREFOX, Running

pytestmark = pytest.mark.shares_install

GPTBOT = "Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)"
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
UNUSUAL = "Mozilla/5.0 (Mixed) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0"
HEADERS_OF_A_BROWSER = {"Accept-Language": "de", "Sec-Fetch-Mode": "no-cors"}


def read(running: Running, agent: str, path: str = "/", **more: Any) -> httpx.Response:
    headers = {"User-Agent": agent, **more.pop("headers", {})}
    return running.visit(url=f"https://alice.example{path}", headers=headers, **more)


@pytest.fixture
def browser(running: Running) -> httpx.Client:
    answer = running.http.post("/sign-in", data={"email": "alice@alice.example", "password": "correct horse battery"})
    assert answer.status_code == 303
    return running.http


def test_it_keeps_views_of_machines_apart(running: Running) -> None:
    stored = running.install.storage.applier.stored

    answers = [read(running, GPTBOT, "/a?utm_source=x&secret=1"), read(running, GPTBOT, "/b"), read(running, FIREFOX)]
    running.settle()

    assert [answer.headers.get("X-Footfall-Dropped") for answer in answers] == ["bot", "bot", None]
    assert running.rows("name, vendor, kind, hostname, path", "crawler_views") == [
        ("GPTBot", "OpenAI", "ai-training", "alice.example", "/a"),
        ("GPTBot", "OpenAI", "ai-training", "alice.example", "/b"),
    ]
    assert running.rows("path") == [("/",)]
    assert running.install.intake.counts["dropped:bot"] == 2
    assert running.install.storage.applier.stored == stored + 2  # one view of a person, and the marker waited for


def test_it_keeps_no_other_event_of_a_machine(running: Running) -> None:
    read(running, GPTBOT, name="Order")
    running.settle()

    assert running.rows("name", "crawler_views") == []


def test_it_keeps_a_view_that_is_sent_twice_once(running: Running) -> None:
    for _ in range(2):
        assert read(running, GPTBOT, id="same").headers["X-Footfall-Dropped"] == "bot"
    running.settle()

    assert len(running.rows("event_id", "crawler_views")) == 1


def test_it_keeps_views_of_a_keyed_batch_apart(running: Running) -> None:
    event = {"id": "log-1", "name": "pageview", "url": "https://alice.example/x", "timestamp": 1_767_000_000_000}
    for _ in range(2):
        answer = running.send({**event, "user_agent": GOOGLEBOT}, {**event, "id": "log-2", "user_agent": FIREFOX})

    assert answer.json()["dropped"] == [{"index": 0, "reason": "bot"}]
    assert answer.json()["duplicates"] == [1]
    assert running.rows("name, path", "crawler_views") == [("Googlebot", "/x")]


@pytest.mark.parametrize(
    ("headers", "is_machine"),
    [(HEADERS_OF_A_BROWSER, False), ({"Accept-Language": "de"}, True), ({"Sec-Fetch-Mode": "no-cors"}, True)],
)
def test_it_takes_two_kinds_of_evidence_without_a_name(
    running: Running, headers: dict[str, str], is_machine: bool
) -> None:
    answer = read(running, UNUSUAL, headers=headers)

    assert ("X-Footfall-Dropped" in answer.headers) == is_machine


def test_it_shows_the_crawlers_of_a_site(running: Running, browser: httpx.Client) -> None:
    for agent, path in ((GPTBOT, "/a"), (GPTBOT, "/b"), (GOOGLEBOT, "/<b>")):
        read(running, agent, path)
    running.settle()

    page = browser.get("/sites/alice.example/crawlers?period=today").text
    of_ai = browser.get("/sites/alice.example/crawlers?period=today&group=ai").text
    pages = browser.get("/sites/alice.example/crawlers/pages?period=today&name=Googlebot").text

    assert "GPTBot" in page
    assert "Googlebot" in page
    assert "Googlebot" not in of_ai
    assert "&lt;b&gt;" in pages or "%3Cb%3E" in pages
    assert "<b>" not in pages.partition("<tbody>")[2].partition("</tbody>")[0]


@pytest.mark.parametrize("path", ["/sites/alice.example/crawlers", "/sites/alice.example/crawlers/pages?name=x"])
def test_it_shows_crawlers_to_members_only(running: Running, path: str) -> None:
    assert running.http.get(path).headers["location"].startswith("/sign-in")

    running.install.people.accounts.create_user("charlie@charlie.example", "correct horse battery")
    running.http.post("/sign-in", data={"email": "charlie@charlie.example", "password": "correct horse battery"})

    assert running.http.get(path).status_code == 404


def test_it_says_what_would_appear(browser: httpx.Client) -> None:
    assert "No crawler in this period" in browser.get("/sites/alice.example/crawlers").text
    assert "read nothing" in browser.get("/sites/alice.example/crawlers/pages?name=Nobody&period=all").text


def ask(running: Running, query: str = "", key: str = "") -> httpx.Response:
    url = f"/api/v1/sites/{running.site.public_id}/crawlers{query}"
    return running.http.get(url, headers={"Authorization": f"Bearer {key or running.key}"})


def test_it_answers_programs(running: Running) -> None:
    read(running, GPTBOT, "/a")
    running.settle()

    answer = ask(running, "?period=day").json()

    assert answer["crawlers"][0].pop("last_seen_at").endswith("+00:00")
    assert answer["crawlers"] == [{"name": "GPTBot", "vendor": "OpenAI", "kind": "ai-training", "views": 1, "pages": 1}]
    assert ask(running, "?period=2020-01-01,2020-01-31").json()["crawlers"] == []
    assert ask(running, "?period=all").json()["crawlers"]


@pytest.mark.parametrize(
    ("query", "key", "status"), [("?period=soon", "", 400), ("", "ff_wrong", 401), ("?period=7d,", "", 400)]
)
def test_it_refuses_what_it_cannot_answer(running: Running, query: str, key: str, status: int) -> None:
    assert ask(running, query, key).status_code == status


def test_it_names_the_parameter_it_cannot_read(running: Running) -> None:
    assert ask(running, "?period=soon").json()["error"] == {
        "code": "invalid_input",
        "message": 'Invalid date range "soon"',
        "field": "period",
    }


def test_a_key_reaches_its_own_site_only(running: Running) -> None:
    other = running.install.sites.create("bob.example")

    answer = running.http.get(
        f"/api/v1/sites/{other.public_id}/crawlers", headers={"Authorization": f"Bearer {running.key}"}
    )

    assert answer.status_code == 404


def test_it_exports_them(running: Running) -> None:
    read(running, GPTBOT, "/a")
    running.settle()
    asked = {"period": "all", "format": "jsonl"}
    key = {"Authorization": f"Bearer {running.key}"}

    answer = running.http.get("/api/v1/sites/alice.example/export/crawler-views", params=asked, headers=key)

    assert [row["path"] for row in map(json.loads, answer.text.splitlines())] == ["/a"]


def test_it_forgets_them_with_the_site(running: Running) -> None:
    read(running, GPTBOT)
    running.settle()

    running.install.rights.eraser.site(running.site)

    assert running.rows("name", "crawler_views") == []
