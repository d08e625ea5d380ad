"""Fifty questions made to be too much, on a few hundred thousand events and under limits that are soon reached.

Each is answered, or refused in a way that says what to do, and all that comes in meanwhile is stored.
"""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, NamedTuple

import httpx2 as httpx
import pytest
from benchmarks.dataset import PAGES, fill
from tests.acceptance.running import Running, running_by
from tests.people import NOON_MS, ManualClock

from footfall.settings import Settings
from footfall.store import Statement

TOO_HEAVY = "This question needs too much time or memory; ask for a shorter range or fewer filters."
EVENTS = 200_000
YEAR = ["2025-09-22", "2026-09-21"]  # up to NOON_MS
WORDS = [f"/section-{number % 40}/page-{number}" for number in range(2_000)]
ALL_OF_VISITS = ["visitors", "visits", "pageviews", "bounce_rate", "visit_duration", "views_per_visit"]
SOURCES = ["visit:source", "visit:channel", "visit:referrer", "visit:utm_campaign"]
PLACES = ["visit:country", "visit:region", "visit:city"]
MACHINES = ["visit:browser", "visit:browser_version", "visit:os", "visit:os_version", "visit:device", "visit:screen"]
REDOS = (
    "(a+)+$",
    "(a|a)*b",
    "(.*)*(.*)*(.*)*(.*)*x",
    "((((((.*)*)*)*)*)*)*x",
    "(.{1,100}){1,10}z",
    "(.{1,1000}){1,1000}",
    "^(([a-z-])+.)+[A-Z]([a-z])+$",
    r"(\w*\W*)*\d{5}$",
    ".*" * 900,
    "(" * 900 + "a" + ")" * 900,
    "(?i)" + "[^x]*" * 300,
    "|".join(f"page-{number}.*-{number}" for number in range(120)),
    "|".join(WORDS)[:1_990],
)


def matches(*patterns: str, column: str = "event:page") -> list[Any]:
    return ["matches", column, list(patterns)]


def nested(depth: int) -> Any:
    """A filter within as many words."""
    inner: Any = matches("a.*b")
    for number in range(depth):
        inner = [("and", "or")[number % 2], [inner, ["is_not", "event:page", [f"/{number}"]]]]
    return inner


def custom(dimensions: list[str], filters: Any = (), **more: Any) -> dict[str, Any]:
    return {"metrics": ["visitors"], "dimensions": dimensions, "filters": [*filters], **more}


DONE = [["has_done", ["is", "event:page", [WORDS[number]]]] for number in range(40)]
BESIDE: dict[str, Any] = {"include": {"comparisons": {"mode": "previous_period"}}}
FAR: dict[str, Any] = {"pagination": {"limit": 10_000, "offset": 10_000_000}}
ALL_ROWS: dict[str, Any] = {"include": {"total_rows": True}}

HEAVY: list[dict[str, Any]] = [
    *(custom(["event:page"], [matches(pattern)]) for pattern in REDOS),
    *(custom([], [["not", matches(pattern, column="visit:referrer")]]) for pattern in REDOS[:2]),
    custom(["event:page"], [matches(*(f"{'.*'.join(str(number))}.*x" for number in range(20)))]),
    custom(["event:page"], [matches(*(f"(.*{number}){{1,30}}" for number in range(20)))] * 50),
    custom([], [["contains", "event:page", WORDS[:200], {"case_sensitive": False}]] * 50),
    custom([], [["contains_not", "visit:referrer", ["x" * 1_999] * 200]] * 2),
    custom(["visit:city"], [["is", "event:page", WORDS, {"case_sensitive": False}]] * 8),
    custom(["event:page"], [["is", "event:page", WORDS]] * 8),
    custom(["event:page"], [["is_not", "event:page", ["y" * 400] * 2_000]]),
    custom([], DONE),
    custom(["event:page"], [["or", DONE]]),
    custom(["event:page", "time:day"], [["and", [["not", one] for one in DONE]]]),
    custom(["visit:source"], [["has_not_done", ["and", [matches("(.*a){9}"), matches(".*z.*")]]]] * 12),
    custom([], [["has_done", ["has_done", ["is", "event:page", ["/"]]]]]),
    custom([], [nested(7)] * 6),
    custom([], [nested(400)]),
    custom([*PLACES, *SOURCES, "time:minute"]),
    custom([*PLACES, *SOURCES, "event:page"]),
    custom([*MACHINES, "event:page", "time:hour"], date_range="7d"),
    custom(["visit:entry_page", "visit:exit_page", "visit:referrer", "visit:city", "time:day"], **ALL_ROWS),
    custom(["event:page", "visit:referrer", "visit:city"], **ALL_ROWS),
    custom(["event:page", "visit:referrer", "visit:city", "time:day"], **FAR),
    custom(["event:page", "visit:city"], order_by=[["event:page", "desc"], ["visit:city", "asc"]], **FAR),
    custom(["event:page"], **FAR, **ALL_ROWS),
    custom(["visit:referrer", "time:week"], pagination={"limit": 10_000, "offset": 9_999_999}),
    custom(["time:minute"]),
    custom(["time:minute", "event:page"], date_range="7d"),
    custom(["time:minute", "event:page"], date_range=["2026-09-16", "2026-09-21"], **ALL_ROWS),
    custom(["time:hour", "event:page"], **ALL_ROWS),
    custom(["time:hour"], date_range=["1970-01-02", "2099-12-31"]),
    custom(["event:page", "time:day"], **BESIDE),
    custom(["event:page", "visit:city"], **BESIDE),
    custom(["time:day", "visit:city", "visit:referrer"], **BESIDE),
    custom(["time:day"], metrics=[*ALL_OF_VISITS, "events", "percentage"], **BESIDE),
    custom(["event:page"], metrics=["visitors", "bounce_rate", "time_on_page", "scroll_depth"]),
    custom(["event:page"], [matches("(.*e.*){3}")], metrics=["visitors", "time_on_page", "scroll_depth"]),
    custom(["visit:exit_page"], metrics=["visits", "exit_rate"]),
    custom(["event:props:plan", "event:page", "event:name"]),
    custom([f"event:props:{number}" for number in range(8)], [["is_not", "event:props:plan", WORDS]]),
    custom(PLACES, [["is", f"event:props:{number}", ["x"]] for number in range(50)]),
]


class Asked(NamedTuple):
    """The answers in the order of the questions, and the paths of views acknowledged meanwhile."""

    answers: list[httpx.Response]
    acknowledged: set[str]


@pytest.fixture(scope="module")
def alice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("heavy") / "data",
        apply_interval_ms=50,
        max_memory_mb=300,
        query_timeout_seconds=0.4,
    )
    with running_by(settings, ManualClock(NOON_MS)) as running:
        running.key = running.install.people.keys.create(["admin"], site_id=running.site.id)
        client = running.install.storage.engine.writing_client()
        fill(client, running.site.id, EVENTS, PAGES, NOON_MS)
        client.close()
        yield running


@pytest.fixture(scope="module")
def asked(alice: Running) -> Asked:
    """Two ask all questions between them, while a third sends one view after the other."""
    ends, acknowledged = threading.Event(), set[str]()

    def send() -> None:
        while not ends.is_set():
            path = f"/sent/{len(acknowledged)}"
            view = {"name": "pageview", "url": f"https://alice.example{path}", "visitor": path}
            assert alice.send(view, wait=False).status_code == 202
            acknowledged.add(path)

    with ThreadPoolExecutor(3) as threads:
        sending = threads.submit(send)
        try:
            answers = list(threads.map(partial(ask, alice), HEAVY))
        finally:
            ends.set()
        sending.result()
    return Asked(answers, acknowledged)


def ask(alice: Running, question: dict[str, Any]) -> httpx.Response:
    body = {"site_id": "alice.example", "date_range": YEAR, **question}
    return alice.http.post("/api/v2/query", json=body, headers={"Authorization": f"Bearer {alice.key}"})


@pytest.mark.parametrize("number", range(len(HEAVY)))
def test_it_answers_or_says_what_to_change(asked: Asked, number: int) -> None:
    answer = asked.answers[number]

    match answer.status_code:
        case 200:
            assert answer.json()["results"] is not None
        case 400:
            assert any(place in answer.json()["error"] for place in ("#/", "dimension", "filters")), answer.text
        case _:
            assert (answer.status_code, answer.json()) == (422, {"error": TOO_HEAVY}), answer.text


def test_it_reaches_its_limits(asked: Asked) -> None:
    statuses = {answer.status_code for answer in asked.answers}

    assert (len(HEAVY) >= 50, statuses) == (True, {200, 400, 422})


def test_it_tells_a_report_of_its_limits_in_our_own_shape(alice: Running) -> None:
    of = ("page", "referrer", "city", "source", "entry_page")
    conditions = [f"{word}:matches_not:(.*{number}){{1,30}}.*{number}.*#" for word in of for number in range(20)]
    parameters = {"from": YEAR[0], "to": YEAR[1], "filter": conditions}
    path = f"/api/v1/sites/{alice.site.public_id}/pages"

    answer = alice.http.get(path, params=parameters, headers={"Authorization": f"Bearer {alice.key}"})

    assert (answer.status_code, answer.json()) == (422, {"error": {"code": "query_too_heavy", "message": TOO_HEAVY}})


def test_it_stores_all_that_comes_in_meanwhile(alice: Running, asked: Asked) -> None:
    alice.settle()

    sql = "SELECT path FROM events WHERE site_id = {site:UInt32} AND startsWith(path, '/sent/')"
    stored = [path for (path,) in alice.install.storage.reader.run(Statement("test", sql, {"site": alice.site.id}))]

    assert len(stored) == len(asked.acknowledged) > len(HEAVY)
    assert set(stored) == asked.acknowledged
