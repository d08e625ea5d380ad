"""footfall privacy scan: on an install with a server and without one."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from tests.serving import FootfallServer

SECRET = "alice@alice.example"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[FootfallServer]:
    server = FootfallServer(tmp_path / "data", max_memory_mb=800, apply_interval_ms=10)
    yield server
    if server.is_running():
        server.stop()


def scan(server: FootfallServer, *arguments: str, text: str = "") -> tuple[int, dict[str, Any]]:
    done = server.try_command("privacy", "scan", "--json", *arguments, text=text)
    return done.returncode, json.loads(done.stdout)


@pytest.mark.parametrize("is_running", [True, False])
def test_it_finds_nothing_of_its_made_up_visitors(server: FootfallServer, is_running: bool) -> None:
    if is_running:
        server.start()

    done = server.try_command("privacy", "scan")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "found: 0" in done.stdout
    assert "144 of 144 taken" in done.stdout
    assert server.command("site", "list") == ""


def test_it_finds_what_the_owner_asks_for(server: FootfallServer, tmp_path: Path) -> None:
    server.command("site", "add", "alice.example", "--timezone", "Etc/UTC")
    (tmp_path / "access.log").write_text(f"GET /?email={SECRET.upper()}\n")
    with closing(sqlite3.connect(tmp_path / "data" / "forgotten.db")) as database:
        database.execute("CREATE TABLE mails (address)")
        database.execute("INSERT INTO mails VALUES (?)", (SECRET,))
        database.commit()

    code, verdict = scan(server, "--logs", str(tmp_path / "access.log"), "--for-file", "-", text=f"{SECRET}\n")

    places = {finding["place"].rpartition("/")[2]: finding["label"] for finding in verdict["report"]["findings"]}
    assert code == 1
    assert places == {"access.log": "given 1", "forgotten.db": "given 1", "forgotten.db (rows)": "given 1"}
    assert verdict["control"]["missed"] == []
    assert SECRET not in json.dumps(verdict)


def test_it_finds_what_stands_in_a_column_of_the_store(server: FootfallServer) -> None:
    server.start()
    server.command("site", "add", "alice.example", "--timezone", "Etc/UTC")
    key = server.command("key", "create", "--site", "alice.example", "--scope", "events:write").strip()
    httpx.post(
        f"{server.url}/api/v1/events?wait=true",
        json={"site": "alice.example", "events": [{"name": "pageview", "url": "https://alice.example/blue-pullover"}]},
        headers={"Authorization": f"Bearer {key}"},
    ).raise_for_status()

    code, verdict = scan(server, "--for", "blue-pullover")

    places = {finding["place"] for finding in verdict["report"]["findings"]}
    assert code == 1
    assert {"events.path", "visits.entry", "visits.exit"} <= places


def test_it_asks_for_more_than_a_few_letters(server: FootfallServer) -> None:
    done = server.try_command("privacy", "scan", "--for", "abc")

    assert done.returncode == 1
    assert done.stderr.startswith("Error: given 1 is too short to tell")
