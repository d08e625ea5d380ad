"""Starting, stopping, freezing and misleading the ClickHouse server that stands in for a real one."""

import json
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from tests.serving import ENVIRONMENT, PATIENCE_SECONDS

ALWAYS = 1e9


class ClickHouse:
    """A server with its data in ``folder``."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = int(found.getsockname()[1])
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://tester@127.0.0.1:{self.port}/footfall"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.faults.stand_in", str(self.port), str(self._folder)]
        self._process = subprocess.Popen(command, env=ENVIRONMENT)
        ends_at = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            assert self._process.poll() is None, "the ClickHouse server ended"
            assert time.monotonic() < ends_at, "the ClickHouse server took too long"
            threading.Event().wait(0.05)

    def kill(self) -> None:
        """End it at once; what was under way is cut off, later connections are refused."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @contextmanager
    def away(self) -> Iterator[None]:
        """Not there while the block runs."""
        self.kill()
        yield
        self.start()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Connections are taken but nothing happens; what was asked meanwhile is done afterwards, all of it."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    @contextmanager
    def fault(self, kind: str) -> Iterator[None]:
        """Every request suffers ``kind`` while the block runs."""
        self.next_requests(kind, ALWAYS)
        yield
        self.next_requests("", 0)

    def next_requests(self, kind: str, times: float) -> None:
        self._ask("/fault", {"kind": kind, "times": times})

    def faults_done(self) -> int:
        return int(json.loads(self._ask("/fault"))["done"])

    def _answers(self) -> bool:
        try:
            return self._ask("/ping") == b"Ok.\n"
        except (urllib.error.URLError, OSError):
            return False

    def _ask(self, path: str, body: Any = None) -> bytes:
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", data, timeout=5) as answer:
            content: bytes = answer.read()
        return content
