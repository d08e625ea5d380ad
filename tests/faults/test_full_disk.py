"""A disk that is full: for the spool, for the store. Small file systems in memory stand in for it."""

import itertools
import json
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.faults.load import FIREFOX
from tests.faults.rig import DOMAIN, Rig
from tests.serving import FootfallServer

_BALLAST = "ballast"
_RECOVERY_SECONDS = 5.0
_PATIENCE_SECONDS = 30.0
_numbers = itertools.count()


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "footfall-test", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("file systems cannot be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> None:
    """Leave no free byte."""
    with (folder / _BALLAST).open("ab", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue


@dataclass
class Answer:
    status: int
    headers: Any
    body: Any
    seconds: float


def ask(server: FootfallServer, path: str, body: Any = None, **headers: str) -> Answer:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{server.url}{path}", data, {"Content-Type": "application/json", **headers})
    began_at = time.monotonic()
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            content, status, given = answer.read(), answer.status, answer.headers
    except urllib.error.HTTPError as error:
        content, status, given = error.read(), error.code, error.headers
    return Answer(status, given, json.loads(content), time.monotonic() - began_at)


def send(rig: Rig, server: FootfallServer) -> Answer:
    body = {"site": rig.site.public_id, "name": "pageview", "url": f"https://{DOMAIN}/own-{next(_numbers)}"}
    return ask(server, "/api/v1/event", body, **{"User-Agent": FIREFOX})


def query(rig: Rig, server: FootfallServer) -> Answer:
    body = {"site_id": DOMAIN, "metrics": ["visitors", "pageviews"], "date_range": "day"}
    return ask(server, "/api/v2/query", body, Authorization=f"Bearer {rig.key}")


def wait_until(is_true: Any, seconds: float, what: str) -> None:
    ends_at = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < ends_at, f"{what} not within {seconds} s"
        threading.Event().wait(0.05)


def send_and_wait(rig: Rig, server: FootfallServer) -> Answer:
    """Send an event of a key and wait until it can be queried."""
    url = f"https://{DOMAIN}/own-{next(_numbers)}"
    body = {"site": DOMAIN, "events": [{"name": "pageview", "url": url, "visitor": "waiting"}]}
    return ask(server, "/api/v1/events?wait=true", body, Authorization=f"Bearer {rig.key}")


def test_it_refuses_events_while_the_disk_is_full_and_goes_on_once_there_is_room(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    with mounted(data_dir, "64m"), mounted(data_dir / "store", "500m"):
        rig = Rig(data_dir, tmp_path / "ledger")
        with rig.server() as server, rig.load(server):
            threading.Event().wait(0.5)
            fill(data_dir)
            wait_until(lambda: send(rig, server).status == 503, _PATIENCE_SECONDS, "a refusal")
            refused, ready, figures = send(rig, server), ask(server, "/ready"), query(rig, server)
            (data_dir / _BALLAST).unlink()
            wait_until(lambda: send(rig, server).status == 202, _RECOVERY_SECONDS, "intake")
            wait_until(lambda: send_and_wait(rig, server).status == 202, _RECOVERY_SECONDS, "the store")
        rig.check_nothing_lost_or_doubled()

    assert refused.body["error"]["code"] == "unavailable"
    assert int(refused.headers["Retry-After"]) > 0
    assert refused.seconds < 1
    assert ready.status == 200
    assert figures.status == 200


def test_it_takes_events_while_the_disk_of_the_store_is_full_and_stores_them_after(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    with mounted(data_dir / "store", "100m"):
        rig = Rig(data_dir, tmp_path / "ledger")
        with rig.server() as server, rig.load(server):
            threading.Event().wait(0.5)
            fill(data_dir / "store")
            wait_until(lambda: ask(server, "/ready").body["store"] != "ok", _PATIENCE_SECONDS, "a failing store")
            assert server.stop() == 0
            server.start()
            taken, figures = send(rig, server), query(rig, server)
            (data_dir / "store" / _BALLAST).unlink()
            wait_until(lambda: send_and_wait(rig, server).status == 202, _RECOVERY_SECONDS, "the store")
        rig.check_nothing_lost_or_doubled()

    assert taken.status == 202
    assert figures.status == 200
