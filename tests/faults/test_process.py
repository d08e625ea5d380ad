"""How the process begins and ends: SIGTERM, a first start cut off, two processes on one folder."""

import random
import signal
import sqlite3
import threading
import time
from contextlib import closing

import pytest
from tests.faults.rig import DOMAIN, Rig

_EXIT_SECONDS = 10


@pytest.mark.parametrize("after_seconds", [0.1, 0.7, 1.5])
def test_it_drains_and_exits_within_ten_seconds_of_sigterm(rig: Rig, after_seconds: float) -> None:
    server = rig.server()
    server.start()
    with rig.load(server):
        threading.Event().wait(after_seconds)
        began_at = time.monotonic()
        code = server.stop(signal.SIGTERM)
        took = time.monotonic() - began_at
        waiting = rig.waiting_in_spool()
        server.start()
    server.stop()

    assert code == 0
    assert took < _EXIT_SECONDS
    assert waiting == 0
    rig.check_nothing_lost_or_doubled()
