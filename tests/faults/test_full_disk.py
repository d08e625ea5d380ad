"""A disk that is full: for the spool, for the store. Small file systems in memory stand in for it."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.faults.asking import PATIENCE_SECONDS, RECOVERY_SECONDS, ask, query, send, send_and_wait
from tests.faults.rig import Rig
from tests.faults.waiting import wait_until

_BALLAST = "ballast"


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


def test_it_refuses_events_while_the_disk_is_full_and_goes_on_once_there_is_room(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    with mounted(data_dir, "64m"), mounted(data_dir / "store", "500m"):
        rig = Rig(data_dir, tmp_path / "ledger")
        with rig.server() as server, rig.load(server):
            threading.Event().wait(0.5)
            fill(data_dir)
            wait_until(lambda: send(rig, server).status == 503, PATIENCE_SECONDS, "a refusal")
            refused, ready, figures = send(rig, server), ask(server, "/ready"), query(rig, server)
            (data_dir / _BALLAST).unlink()
            wait_until(lambda: send(rig, server).status == 202, RECOVERY_SECONDS, "intake")
            wait_until(lambda: send_and_wait(rig, server).status == 202, RECOVERY_SECONDS, "the store")
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
            wait_until(lambda: ask(server, "/ready").body["store"] != "ok", PATIENCE_SECONDS, "a failing store")
            assert server.stop() == 0
            server.start()
            taken, figures = send(rig, server), query(rig, server)
            (data_dir / "store" / _BALLAST).unlink()
            wait_until(lambda: send_and_wait(rig, server).status == 202, RECOVERY_SECONDS, "the store")
        rig.check_nothing_lost_or_doubled()

    assert taken.status == 202
    assert figures.status == 200
