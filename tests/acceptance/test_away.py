"""The database of people is away or locked: events are taken and stored, pages say 503 in words, and all comes back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import URL
from tests.acceptance.running import Running, open_running
from tests.conftest import Outage
from tests.people import PASSWORD, ManualClock

from footfall.metadata.clock import system_clock
from footfall.settings import Settings

ALICE = {"email": "alice@alice.example", "password": PASSWORD}


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(system_clock())


@pytest.fixture
def served(settings: Settings, database_url: URL, clock: ManualClock) -> Iterator[Running]:
    """A whole install on either database."""
    if database_url.get_backend_name() != "sqlite":
        settings = settings.model_copy(update={"database_url": given(database_url)})
    with open_running(settings, clock) as running:
        yield running


def given(url: URL) -> object:
    return Settings(database_url=url.render_as_string(hide_password=False)).database_url


def test_it_takes_and_stores_events_for_a_day_without_the_database(
    served: Running, outage: Outage, clock: ManualClock
) -> None:
    assert served.http.post("/sign-in", data=ALICE).status_code == 303
    assert served.send({"name": "before", "url": "https://alice.example/", "visitor": "a"}).status_code == 202

    with outage(served.install.database):
        clock.move(seconds=2)
        taken = [served.visit("at-once").status_code]
        clock.move(days=0.95)
        taken.append(served.visit("hours-later").status_code)
        taken.append(served.send({"name": "keyed", "url": "https://alice.example/", "visitor": "a"}).status_code)
        stored = served.rows("name")
        pages = [served.http.post("/sign-in", data=ALICE), served.http.get("/sites"), served.http.get("/account")]
        state = [served.http.get(path) for path in ("/ready", "/health")]

    assert taken == [202, 202, 202]
    assert stored == [("at-once",), ("before",), ("hours-later",), ("keyed",)]
    for page in pages:
        assert (page.status_code, page.headers["retry-after"]) == (503, "5")
        assert "The database of people and sites cannot be reached just now" in page.text
        assert page.headers["content-type"].startswith("text/html")
    assert [answer.status_code for answer in state] == [200, 200]
    assert state[0].json()["database"].startswith("away")

    served.install.database._rests_until = 0.0  # a second is over
    assert served.http.post("/sign-in", data=ALICE).status_code == 303
    assert served.http.get("/ready").json()["database"] == "ok"
    assert served.http.get("/sites").status_code == 200
    served.settle()


def test_it_says_so_while_another_process_has_locked_the_file(settings: Settings) -> None:
    with (
        open_running(settings, system_clock) as running,
        closing(sqlite3.connect(settings.data_dir / "footfall.db", isolation_level=None)) as other,
    ):
        other.execute("BEGIN EXCLUSIVE")

        page = running.http.post("/sign-in", data=ALICE)
        event = running.send({"name": "meanwhile", "url": "https://alice.example/", "visitor": "a"})
        other.execute("ROLLBACK")

        assert (page.status_code, page.headers["retry-after"]) == (503, "5")
        assert "busy" in page.text
        assert event.status_code == 202
        assert running.rows("name") == [("meanwhile",)]
        assert running.http.post("/sign-in", data=ALICE).status_code == 303
