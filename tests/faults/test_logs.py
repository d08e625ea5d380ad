"""Whatever goes wrong, the log names the place in the code and never what was sent."""

import json
import shutil
import signal
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.faults.asking import PATIENCE_SECONDS, ask
from tests.faults.private_load import Target, browser_sendings, people, send
from tests.faults.rig import DOMAIN, Rig
from tests.faults.waiting import wait_until
from tests.serving import FootfallServer

from footfall.privacy.canaries import Canary, events_of
from footfall.privacy.needles import Needle
from footfall.privacy.scan import Scan

SPOOL_MB = 16
FULL_EVENTS = 60
FILLING = {f"key {number}": "x" * 1_900 for number in range(30)}


@pytest.fixture
def everyone() -> list[Canary]:
    return people(40)


@pytest.fixture
def said(tmp_path: Path) -> Path:
    return tmp_path / "said.log"


@pytest.fixture
def server(rig: Rig, said: Path) -> Iterator[FootfallServer]:
    server = rig.server(said_in=said, log_level="debug", spool_max_mb=SPOOL_MB)
    yield server
    if server.is_running():  # a failed test leaves it
        server.stop(signal.SIGKILL)


def send_some(rig: Rig, server: FootfallServer, everyone: list[Canary]) -> None:
    target = Target(server.port, rig.site.public_id, DOMAIN, rig.key)
    send(browser_sendings(everyone, target), len(everyone), server.port, connections=1)


def fill_spool(rig: Rig, server: FootfallServer, person: Canary) -> None:
    events = [{**event, "props": FILLING} for event in events_of(person, DOMAIN)] * (FULL_EVENTS // 3)
    body = {"site": DOMAIN, "events": events}
    headers = {"Authorization": f"Bearer {rig.key}"}
    wait_until(lambda: ask(server, "/api/v1/events", body, **headers).status == 503, PATIENCE_SECONDS, "a full spool")


def damage_first_row(data_dir: Path) -> None:
    with closing(sqlite3.connect(data_dir / "spool.db")) as spool:
        spool.execute("UPDATE groups SET checksum = checksum + 1 WHERE seq = (SELECT min(seq) FROM groups)")
        spool.commit()


def ask_of_broken_store(rig: Rig, server: FootfallServer, person: Canary) -> None:
    """A question whose filter names someone, when the files of the columns are gone."""
    headers = {"Authorization": f"Bearer {rig.key}"}
    events = [event | {"visitor": person.email} for event in events_of(person, DOMAIN)]
    assert ask(server, "/api/v1/events?wait=true", {"site": DOMAIN, "events": events}, **headers).status == 202
    for part in (rig.data_dir / "store").rglob("20*_*_*_*"):
        shutil.rmtree(part)
    filters = [["contains", "event:page", [person.email, person.token]]]
    query = {"site_id": DOMAIN, "metrics": ["visitors"], "date_range": "day", "filters": filters}
    assert ask(server, "/api/v2/query", query, **headers).body["error"]["code"] == "error"


def ask_nonsense(server: FootfallServer, person: Canary) -> None:
    """Requests that no door or page can do anything with, each with what names a person."""
    named = f"{person.email}/{person.token}"
    filters = [["is", "event:page", [named]], ["contains", person.email, [person.token]]]
    query = {"site_id": person.email, "metrics": [person.token], "date_range": named, "filters": filters}
    headers = {
        "User-Agent": person.agent,
        "X-Forwarded-For": person.address,
        "Authorization": f"Bearer {person.token}",
        "Cookie": f"footfall_session={person.token}",
        "Content-Type": "application/json",
    }
    bodies = (query, {"name": named, "url": person.email, "props": person.token}, named, {"email": person.email})
    for path in ("/api/v1/event", "/api/event", "/api/send", "/api/v1/events", "/api/v2/query", "/login", "/setup"):
        for body in bodies:
            _ask_quietly(f"{server.url}{path}?{named}", body, headers)
    for path in (f"/sites/{named}", f"/js/{named}.js", f"/count?p={named}&b={person.token}", f"/px/{named}.gif"):
        _ask_quietly(f"{server.url}{path}", None, headers)


def _ask_quietly(url: str, body: object, headers: dict[str, str]) -> None:
    data = None if body is None else json.dumps(body).encode()
    try:
        urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=20).close()
    except urllib.error.HTTPError as error:
        error.close()


def test_it_logs_no_input_whatever_fails(rig: Rig, server: FootfallServer, everyone: list[Canary], said: Path) -> None:
    server.start()
    ask_nonsense(server, everyone[0])
    ask_of_broken_store(rig, server, everyone[3])
    shutil.rmtree(rig.data_dir / "tmp")  # where each insert begins
    send_some(rig, server, everyone)
    wait_until(lambda: ask(server, "/ready").body["store"] != "ok", PATIENCE_SECONDS, "a failing store")
    fill_spool(rig, server, everyone[1])
    server.stop(signal.SIGKILL)
    damage_first_row(rig.data_dir)
    server.start()
    (rig.data_dir / "salts.db").write_bytes(b"no database at all" * 1000)
    with closing(sqlite3.connect(rig.data_dir / "footfall.db")) as database:
        database.execute("DROP TABLE api_keys")
    ask_nonsense(server, everyone[2])
    server.stop(signal.SIGKILL)

    log = said.read_text()
    needles = [needle for person in everyone for needle in person.needles()]
    secrets = [Needle("secret", rig.key), Needle("secret", (rig.data_dir / "secrets.json").read_text()[30:60])]
    assert Scan([*needles, *secrets]).files([said]).findings == []
    for sentence in (
        "the store does not take events",
        "the spool cannot be written",
        "is damaged",
        "intake failed",
        "a request failed",
    ):
        assert sentence in log, log
