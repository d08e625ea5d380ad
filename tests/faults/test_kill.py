"""kill -9 at random moments under load. `make soak` does it a thousand times."""

import os
import random
import signal
import threading

import pytest
from tests.faults.rig import Rig

KILLS = int(os.environ.get("SOAK", "6"))
KILLS_PER_INSTALL = 6
LONGEST_SECONDS = 2.0


@pytest.mark.parametrize("seed", range(-(-KILLS // KILLS_PER_INSTALL)))
def test_it_loses_and_doubles_nothing_when_killed_under_load(rig: Rig, seed: int) -> None:
    """The load goes on through all of it: what a kill left without an answer is sent again after the start."""
    chance = random.Random(seed)
    server = rig.server()
    server.start()
    with rig.load(server):
        for _ in range(KILLS_PER_INSTALL):
            threading.Event().wait(chance.uniform(0.3, LONGEST_SECONDS))
            server.stop(signal.SIGKILL)
            rig.check_nothing_lost_or_doubled()
            server.start()
    server.stop()

    rig.check_nothing_lost_or_doubled()
