"""How the process begins and ends: SIGTERM at any moment, a first start cut off, two processes on one folder."""

import random
import signal
import socket
import threading
import time

from tests.faults.history import dashboards
from tests.faults.rig import Rig
from tests.serving import FootfallServer

_EXIT_SECONDS = 10
_ENDS = 4
_LONGEST_SECONDS = 1.5
_HALF_A_REQUEST = b"POST /api/v1/event HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"


def ended_by_sigterm(server: FootfallServer) -> tuple[int, float]:
    """The exit code, and how long it took."""
    began_at = time.monotonic()
    code = server.stop(signal.SIGTERM)
    return code, time.monotonic() - began_at


def test_it_drains_and_exits_within_ten_seconds_of_sigterm_at_any_moment(rig: Rig) -> None:
    """Under load and heavy queries, with somebody on the line who never ends a request."""
    chance = random.Random(1)
    server = rig.with_history().server()
    server.start()
    ends = []
    with rig.load(server), dashboards(server, rig.history_key):
        for _ in range(_ENDS):
            with socket.create_connection(("127.0.0.1", server.port)) as somebody:
                somebody.sendall(_HALF_A_REQUEST)
                threading.Event().wait(chance.uniform(0, _LONGEST_SECONDS))
                ends.append((*ended_by_sigterm(server), rig.waiting_in_spool()))
            server.start()

    assert [(code, waiting) for code, _, waiting in ends] == [(0, 0)] * _ENDS
    assert max(took for _, took, _ in ends) < _EXIT_SECONDS
    rig.check_nothing_lost_or_doubled(server)


def test_it_starts_after_a_first_start_that_was_cut_off_anywhere(rig: Rig) -> None:
    server = rig.server()
    for tenths in range(4, 12, 2):
        server.launch()
        threading.Event().wait(tenths / 10)
        server.stop(signal.SIGKILL)
    server.start()
    with rig.load(server):
        threading.Event().wait(0.3)

    rig.check_nothing_lost_or_doubled(server)


def test_it_refuses_a_data_folder_that_another_process_uses(rig: Rig) -> None:
    with rig.server() as server:
        second = rig.server().try_command("serve", "--port", "0")
        assert server.is_running()

    assert second.returncode == 1
    assert second.stderr.strip().splitlines() == [
        f"Error: Another Footfall process uses {rig.data_dir}; stop it, or give this one a folder of its own."
    ]
