"""How the process begins and ends: SIGTERM under load, a first start cut off, two processes on one folder."""

import signal
import threading
import time

import pytest
from tests.faults.rig import Rig

_EXIT_SECONDS = 10


@pytest.mark.parametrize("after_seconds", [0.1, 1.3])
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


def test_it_starts_after_a_first_start_that_was_cut_off_anywhere(rig: Rig) -> None:
    server = rig.server()
    for tenths in range(4, 12, 2):
        server.launch()
        threading.Event().wait(tenths / 10)
        server.stop(signal.SIGKILL)
    server.start()
    with rig.load(server):
        threading.Event().wait(0.3)
    server.stop()

    rig.check_nothing_lost_or_doubled()


def test_it_refuses_a_data_folder_that_another_process_uses(rig: Rig) -> None:
    with rig.server() as server:
        second = rig.server().try_command("serve", "--port", "0")
        assert server.is_running()

    assert second.returncode == 1
    assert second.stderr.strip().splitlines() == [
        f"Error: Another Footfall process uses {rig.data_dir}; stop it, or give this one a folder of its own."
    ]
