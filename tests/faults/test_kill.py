"""kill -9 at random moments under load and heavy queries. `make soak` does it a thousand times."""

import os
import random
import signal
import threading

import pytest
from tests.faults.history import dashboards
from tests.faults.rig import Rig

KILLS = int(os.environ.get("SOAK", "20"))
KILLS_PER_INSTALL = 10
LOOKED_AT_AFTER = 4  # else the server mends what it finds
LONGEST_SECONDS = 1.5


@pytest.mark.parametrize("seed", range(-(-KILLS // KILLS_PER_INSTALL)))
def test_it_loses_and_doubles_nothing_when_killed_under_load(rig: Rig, seed: int) -> None:
    """The load goes on through all of it: what a kill left without an answer is sent again after the start."""
    chance = random.Random(seed)
    server = rig.with_history().server()
    server.start()
    with rig.load(server), dashboards(server, rig.history_key):
        for number in range(KILLS_PER_INSTALL):
            threading.Event().wait(chance.uniform(0.1, LONGEST_SECONDS))
            server.stop(signal.SIGKILL)
            if number == LOOKED_AT_AFTER:
                rig.check_nothing_lost_or_doubled()
            server.start()

    rig.check_nothing_lost_or_doubled(server)
