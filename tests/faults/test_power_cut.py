"""The power goes: what no sync had put on the disk is gone."""

import os
import random
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.disk import Disk, disk_at
from tests.faults.rig import Rig
from tests.faults.tracing import SYNCS, needs_strace, strace

CUTS = 3
LONGEST_SECONDS = 2.0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with disk_at(tmp_path / "data", tmp_path / "image") as disk:
        yield disk


@pytest.fixture
def rig(disk: Disk, tmp_path: Path) -> Rig:
    rig = Rig(tmp_path / "data", tmp_path / "ledger")
    os.sync()
    return rig


def test_it_loses_and_doubles_nothing_when_the_power_goes_under_load(rig: Rig, disk: Disk) -> None:
    chance = random.Random(1)
    server = rig.server()
    server.start()
    with rig.load(server):
        for number in range(CUTS):
            threading.Event().wait(chance.uniform(0.1, LONGEST_SECONDS))
            server.stop(signal.SIGKILL)
            disk.lose_power()
            if number % 2:  # else the server mends what it finds
                rig.check_nothing_lost_or_doubled()
            server.start()

    rig.check_nothing_lost_or_doubled(server)


@pytest.mark.parametrize("step", ["visits rebuilt", "finished"])
def test_it_loses_and_doubles_nothing_when_the_power_goes_while_mending(rig: Rig, disk: Disk, step: str) -> None:
    rig.die_under_load("inserted")
    rig.die_while_mending(step)

    disk.lose_power()

    rig.check_nothing_lost_or_doubled()


def test_it_keeps_what_the_engine_has_merged(rig: Rig, disk: Disk) -> None:
    """A merged part takes the place of parts that were synced."""
    with rig.server() as server, rig.load(server):
        threading.Event().wait(1)
    os.sync()
    rig.die_after_merging()

    disk.lose_power()

    rig.check_nothing_lost_or_doubled()


@needs_strace
def test_it_would_find_out_a_server_that_does_not_sync(rig: Rig, disk: Disk) -> None:
    """The control: what is lost without syncs is what the other tests would report."""
    server = rig.server()
    server.start()
    with strace(server, SYNCS, "retval=0"), rig.load(server):
        threading.Event().wait(LONGEST_SECONDS)
        server.stop(signal.SIGKILL)
        disk.lose_power()

    assert rig.acknowledged() - set(rig.recount()["ids"])
