"""The store on a ClickHouse server that is away, hangs, refuses, or answers and does otherwise.

The server is a stand-in: its engine is a real one, its HTTP interface is `stand_in.py`. `AWAY_SECONDS=120` lets every
fault last two minutes.
"""

import itertools
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from functools import partial
from pathlib import Path

import pytest
from tests.faults.asking import PATIENCE_SECONDS, RECOVERY_SECONDS, Answer, ask, query, send, send_and_wait
from tests.faults.clickhouse import ClickHouse
from tests.faults.rig import DOMAIN, Rig
from tests.faults.waiting import wait_until
from tests.serving import FootfallServer

from footfall.settings import load_secrets

AWAY_SECONDS = float(os.environ.get("AWAY_SECONDS", "4"))
TIMEOUT_SECONDS = 2

FAULTS: dict[str, Callable[[ClickHouse], AbstractContextManager[None]]] = {
    "refused": ClickHouse.away,
    "frozen": ClickHouse.frozen,
    "hang": lambda clickhouse: clickhouse.fault("hang"),
    "late": lambda clickhouse: clickhouse.fault("late"),
    "reset after commit": lambda clickhouse: clickhouse.fault("reset_after_commit"),
    "too many parts": lambda clickhouse: clickhouse.fault("too_many_parts"),
}


@pytest.fixture
def clickhouse(tmp_path: Path) -> Iterator[ClickHouse]:
    with ClickHouse(tmp_path / "clickhouse") as server:
        yield server


@pytest.fixture
def rig(tmp_path: Path, clickhouse: ClickHouse) -> Rig:
    options = {"clickhouse_url": clickhouse.url, "clickhouse_timeout_seconds": TIMEOUT_SECONDS}
    return Rig(tmp_path / "data", tmp_path / "ledger", options)


def is_failing(server: FootfallServer) -> bool:
    return bool(ask(server, "/ready").body["store"] == "failing; events wait in the spool")


def has_done(clickhouse: ClickHouse, faults: int) -> bool:
    return clickhouse.faults_done() == faults


def wait_until_stored(rig: Rig, server: FootfallServer) -> None:
    wait_until(lambda: send_and_wait(rig, server).status == 202, PATIENCE_SECONDS, "the store")


@pytest.mark.parametrize("fault", FAULTS)
def test_it_takes_events_while_the_store_is_away_and_stores_each_once_after(
    rig: Rig, clickhouse: ClickHouse, fault: str
) -> None:
    with rig.server() as server, rig.load(server):
        wait_until_stored(rig, server)
        with FAULTS[fault](clickhouse):
            wait_until(lambda: is_failing(server), PATIENCE_SECONDS, "a failing store")
            before = len(rig.acknowledged())
            threading.Event().wait(AWAY_SECONDS)
            taken = len(rig.acknowledged()) - before
        wait_until(lambda: not is_failing(server), PATIENCE_SECONDS, "a store that works")
        wait_until_stored(rig, server)

    assert taken > 10 * AWAY_SECONDS
    rig.check_nothing_lost_or_doubled()


def test_it_stores_each_event_once_when_several_answers_in_a_row_are_lost(rig: Rig, clickhouse: ClickHouse) -> None:
    with rig.server() as server, rig.load(server):
        for number in (1, 2, 3):
            wait_until_stored(rig, server)
            clickhouse.next_requests("reset_after_commit", number)
            wait_until(partial(has_done, clickhouse, number), PATIENCE_SECONDS, "lost answers")

    rig.check_nothing_lost_or_doubled()


def test_it_waits_for_a_store_that_is_slow(rig: Rig, clickhouse: ClickHouse) -> None:
    rig.options["clickhouse_timeout_seconds"] = 10
    with rig.server() as server, rig.load(server), clickhouse.fault("slow"):
        wait_until(lambda: clickhouse.faults_done() > 5, PATIENCE_SECONDS, "slow answers")
        assert send(rig, server).seconds < 1
        assert not is_failing(server)

    rig.check_nothing_lost_or_doubled()


def test_it_loses_and_doubles_nothing_when_the_store_is_killed_under_load(rig: Rig, clickhouse: ClickHouse) -> None:
    with rig.server() as server, rig.load(server):
        for pause in (0.9, 0.5, 0.7):
            wait_until_stored(rig, server)
            threading.Event().wait(pause)
            clickhouse.kill()
            clickhouse.start()
        wait_until_stored(rig, server)

    rig.check_nothing_lost_or_doubled()


def test_it_meets_inserts_of_a_killed_process_that_the_store_carries_out_late(rig: Rig, clickhouse: ClickHouse) -> None:
    server = rig.server()
    server.start()
    with rig.load(server):
        wait_until_stored(rig, server)
        with clickhouse.frozen():
            wait_until(lambda: is_failing(server), PATIENCE_SECONDS, "a failing store")
            server.stop(signal.SIGKILL)
            server.start()
            threading.Event().wait(1)
        wait_until_stored(rig, server)
    assert server.stop() == 0

    rig.check_nothing_lost_or_doubled()


def test_it_starts_without_the_store_and_stores_no_event_again(rig: Rig, clickhouse: ClickHouse) -> None:
    with rig.server() as server:
        known = [send(rig, server, id=f"known-{number}").status for number in range(3)]
        wait_until_stored(rig, server)
    with clickhouse.away(), rig.server() as server:
        ready, answer = ask(server, "/ready"), query(rig, server)
        again = [send(rig, server, id=f"{name}-{number}") for name in ("known", "new") for number in range(3)]
        assert server.stop() == 0
        server.start()
        once_more = send(rig, server, id="new-0")
    with rig.server() as server:
        wait_until_stored(rig, server)
        late = send(rig, server, id="known-0")

    assert known == [202] * 3
    assert ready.body["store"] == "failing; events wait in the spool"
    assert answer.status == 503
    assert [one.body["accepted"] for one in again] == [1] * 6  # nobody can tell yet
    assert once_more.body["duplicates"] == [0]
    assert late.body["duplicates"] == [0]
    ids = rig.recount()["ids"]
    assert len(ids) == len(set(ids))
    assert len([one for one in ids if one.startswith("own-")]) == 6 + 2


def test_it_takes_events_at_once_when_it_starts_while_the_store_hangs(rig: Rig, clickhouse: ClickHouse) -> None:
    with rig.server() as server:
        wait_until_stored(rig, server)
    with rig.server(clickhouse_timeout_seconds=60) as server:
        with clickhouse.frozen():
            server.stop()
            server.start()
            taken, failing = send(rig, server), is_failing(server)
        wait_until_stored(rig, server)

    assert taken.status == 202
    assert failing
    assert len(rig.recount()["ids"]) == 3


def test_it_stops_within_ten_seconds_while_the_store_hangs(rig: Rig, clickhouse: ClickHouse) -> None:
    rig.options["clickhouse_timeout_seconds"] = 60
    server = rig.server()
    server.start()
    with rig.load(server):
        wait_until_stored(rig, server)
        with clickhouse.frozen():
            threading.Event().wait(1)
            began_at = time.monotonic()
            code = server.stop()
            took = time.monotonic() - began_at
        server.start()
    server.stop()

    assert code == 0
    assert took < 10
    rig.check_nothing_lost_or_doubled()


def test_it_refuses_past_the_disk_budget_and_catches_up(
    rig: Rig, clickhouse: ClickHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    rig.options["spool_max_mb"] = 16
    with rig.server() as server, rig.load(server):
        wait_until_stored(rig, server)
        with clickhouse.away():
            arriving = arrival_rate(rig)
            refused = fill_budget(rig, server)
            wait_until(lambda: send(rig, server).status == 503, PATIENCE_SECONDS, "a full spool")
            waiting = events_waiting(rig)
        began_at = time.monotonic()
        wait_until(lambda: events_waiting(rig) < waiting / 20, PATIENCE_SECONDS, "an empty spool")
        took = time.monotonic() - began_at
        wait_until(lambda: send(rig, server).status == 202, RECOVERY_SECONDS, "intake")
        wait_until_stored(rig, server)
    with capsys.disabled():
        rate = waiting / took
        print(f"\n{waiting:,} events waited; caught up at {rate:,.0f}/s, {rate / arriving:,.0f} x the load")

    assert refused.body["error"]["code"] == "unavailable"
    assert int(refused.headers["Retry-After"]) > 0
    assert waiting > 10_000
    rig.check_nothing_lost_or_doubled()


def arrival_rate(rig: Rig) -> float:
    """Events a second that the load gets through."""
    before = len(rig.acknowledged())
    threading.Event().wait(AWAY_SECONDS)
    return (len(rig.acknowledged()) - before) / AWAY_SECONDS


def fill_budget(rig: Rig, server: FootfallServer) -> Answer:
    """Send events, a thousand at a time, until they are refused; those that were not stand in the ledger."""
    token = load_secrets(rig.data_dir).local_token
    for number in itertools.count():
        ids = [f"filling-{number}-{place}" for place in range(1000)]
        events = [{"id": one, "name": "pageview", "url": f"https://{DOMAIN}/{one}", "visitor": one} for one in ids]
        body = {"site": DOMAIN, "events": events}
        answer = ask(server, "/api/v1/events", body, Authorization=f"Bearer {token}")
        if answer.status != 202:
            return answer
        with (rig.ledger / "filling").open("a") as ledger:
            ledger.writelines(f"{one}\n" for one in ids)
    raise AssertionError


def events_waiting(rig: Rig) -> int:
    with closing(sqlite3.connect(rig.data_dir / "spool.db")) as spool:
        return int(spool.execute("SELECT coalesce(sum(events), 0) FROM groups").fetchone()[0])
