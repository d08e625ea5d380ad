"""An install whose events are on a ClickHouse server: what people see, and what its commands say."""

import asyncio
import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.acceptance.running import Running
from tests.faults.asking import PATIENCE_SECONDS
from tests.faults.clickhouse import ClickHouse
from tests.faults.waiting import wait_until
from tests.serving import FootfallServer

from footfall.app.check import check_install
from footfall.domain.calendar import DAY_MS
from footfall.settings import Settings
from footfall.store import Statement

PASSWORD = "a password nobody may read"


@pytest.fixture
def clickhouse(tmp_path: Path) -> Iterator[ClickHouse]:
    with ClickHouse(tmp_path / "clickhouse") as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path, clickhouse: ClickHouse) -> Settings:
    (tmp_path / "password").write_text(f"{PASSWORD}\n")
    return Settings(
        data_dir=tmp_path / "data",
        apply_interval_ms=10,
        clickhouse_url=clickhouse.url,
        clickhouse_password_file=tmp_path / "password",
        clickhouse_timeout_seconds=2,
    )


@pytest.fixture
def alice(running: Running) -> Running:
    running.http.post("/sign-in", data={"email": "alice@alice.example", "password": "correct horse battery"})
    return running


def findings(running: Running) -> dict[str, bool]:
    return {finding.name: finding.is_fine for finding in check_install(running.install)}


def test_it_stores_and_shows_events(alice: Running) -> None:
    three_days_ago = int(time.time() * 1000) - 3 * DAY_MS
    view = {"name": "pageview", "url": "https://alice.example/on-a-server", "id": "one", "timestamp": three_days_ago}

    answer, again = alice.send(view), alice.send(view)

    assert answer.json()["accepted"] == 1
    assert again.json()["duplicates"] == [0]
    assert "/on-a-server" in alice.http.get("/sites/alice.example").text
    assert (
        b"/on-a-server"
        in alice.http.get(
            "/api/v1/sites/alice.example/export/events?from=2026-01-01&to=2099-12-31",
            headers={"Authorization": f"Bearer {alice.install.secrets.local_token}"},
        ).content
    )
    assert all(findings(alice).values())


def test_it_says_in_words_that_the_store_is_away(alice: Running, clickhouse: ClickHouse) -> None:
    alice.send({"name": "pageview", "url": "https://alice.example/"})
    with clickhouse.away():
        page = alice.http.get("/sites/alice.example")
        taken = alice.visit()
        found = findings(alice)

    assert page.status_code == 503
    assert "The store of events does not answer just now; try again in a moment." in page.text
    assert int(page.headers["retry-after"]) > 0
    assert taken.status_code == 202
    assert [name for name, is_fine in found.items() if not is_fine and "events on" not in name] == [
        "store",
        "parts of the store intact",
        "visits agree with events",
    ]


def test_it_logs_a_failure_once_and_nothing_of_the_events(
    alice: Running, clickhouse: ClickHouse, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "footfall")
    with clickhouse.fault("too_many_parts"):
        alice.visit(url="https://alice.example/secret-path")
        wait_until(lambda: clickhouse.faults_done() > 3, PATIENCE_SECONDS, "several attempts")

    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert errors == ["the store does not take events (TOO_MANY_PARTS, code 252); they wait in the spool"]
    assert "secret-path" not in caplog.text
    assert PASSWORD not in caplog.text


def test_it_leaves_the_store_out_of_a_backup_and_says_so(tmp_path: Path, clickhouse: ClickHouse) -> None:
    with FootfallServer(tmp_path / "data", clickhouse_url=clickhouse.url) as server:
        server.command("site", "add", "alice.example", "--timezone", "Etc/UTC")
        said = server.command("backup", str(tmp_path / "backup"))

    elsewhere = FootfallServer(tmp_path / "elsewhere", clickhouse_url=clickhouse.url)
    embedded = FootfallServer(tmp_path / "embedded").try_command("restore", str(tmp_path / "backup"))
    restored = elsewhere.command("restore", str(tmp_path / "backup"))

    assert "on the ClickHouse server and not in this backup" in said
    assert not (tmp_path / "backup" / "store").exists()
    assert "Restored" in restored
    assert "alice.example" in elsewhere.command("site", "list")
    assert embedded.returncode == 1
    assert "the kind of store it was made from" in embedded.stderr


async def test_it_ends_a_question_whose_caller_has_left(running: Running) -> None:
    reader = running.install.storage.reader
    asked = asyncio.create_task(reader.ask(Statement("endless", "SELECT count() FROM numbers(1000000000000)")))
    counting = Statement("count", "SELECT count() FROM system.processes WHERE startsWith(query, '/* endless')")
    await asyncio.to_thread(wait_until, lambda: reader.run(counting) == [(1,)], 10, "the question ran")

    asked.cancel()

    await asyncio.to_thread(wait_until, lambda: reader.run(counting) == [(0,)], 10, "the question ended")
