"""kill -9 at random moments under load. `make soak` does it a thousand times."""

import os
import random
import signal
import threading

from tests.faults.rig import Rig

KILLS = int(os.environ.get("SOAK", "6"))
_LONGEST_SECONDS = 2.0


def test_it_loses_and_doubles_nothing_when_killed_under_load(rig: Rig) -> None:
    chance = random.Random(os.environ.get("SOAK_SEED", "footfall"))
    server = rig.server()
    server.start()
    for _ in range(KILLS):
        with rig.load(server):
            threading.Event().wait(chance.uniform(0.3, _LONGEST_SECONDS))
            server.stop(signal.SIGKILL)
            server.start()
        server.stop(signal.SIGKILL)
        rig.check_nothing_lost_or_doubled()
        server.start()
    server.stop()
