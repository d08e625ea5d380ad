"""SIGHUP: a fresh process takes the place of the running one, and whoever connects meanwhile waits for it."""

import os
import signal
import threading
import urllib.error
import urllib.request
from pathlib import Path

from tests.serving import FootfallServer


def test_it_starts_anew_without_refusing_anybody(tmp_path: Path) -> None:
    said = tmp_path / "said"
    with FootfallServer(tmp_path / "data", said_in=said) as server:
        pid = server.pid
        refused = []
        os.kill(pid, signal.SIGHUP)
        while said.read_text().count("Footfall is ready") < 2:
            try:
                urllib.request.urlopen(f"{server.url}/health", timeout=20).close()
            except urllib.error.URLError as error:
                refused.append(error)
            except OSError:
                pass  # in the moment between connecting and asking: to be sent again, as after any closed connection
            threading.Event().wait(0.01)

        assert server.is_running()
        assert [error for error in refused if isinstance(error.reason, ConnectionRefusedError)] == []
        with urllib.request.urlopen(f"{server.url}/ready") as answer:
            assert (answer.status, server.pid) == (200, pid)
