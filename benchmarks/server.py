"""A real `footfall serve` on a loopback port with data of its own, and other processes beside it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_START_SECONDS = 120.0
_STOP_SECONDS = 120.0
_POLL_SECONDS = 0.1


def run_module(module: str, *arguments: str, text: str = "") -> str:
    """Run `python -m module` to its end with ``text`` as its input; returns what it prints."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip()[-2000:]
        raise RuntimeError(f"{module} {' '.join(arguments)} ended with {done.returncode}: {said}")
    return done.stdout


class Footfall:
    """An install in ``data_dir``; its commands work with and without a running server."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def command(self, *arguments: str, text: str = "") -> str:
        return run_module("footfall", "--data-dir", str(self.data_dir), *arguments, text=text).strip()

    def add_site(self, domain: str, *options: str) -> str:
        """Add a site; returns the public id its snippet names."""
        snippet = self.command("site", "add", domain, "--timezone", "Etc/UTC", *options)
        return snippet.partition("/js/")[2].partition(".js")[0]

    def sites(self) -> dict[str, str]:
        """The public id of each site, by domain."""
        rows = (line.split("\t") for line in self.command("site", "list").splitlines())
        return {domain: public_id for domain, public_id, *_ in rows}

    @contextmanager
    def serving(self) -> "Iterator[Serving]":
        """Serve until the end of the block."""
        port = free_port()
        command = ("footfall", "--data-dir", str(self.data_dir), "serve", "--port", str(port))
        with background(*command) as process:
            serving = Serving(process, port)
            _await(lambda: serving.get("/ready"), process)
            yield serving


class Serving:
    """A server that runs."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self.port = port
        self.origin = f"http://127.0.0.1:{port}"
        self._process = process

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"{self.origin}{path}", timeout=60) as answer:
            body: bytes = answer.read()
            return body

    def ready(self) -> dict[str, Any]:
        """What `/ready` tells, among it how many events wait in the spool."""
        state: dict[str, Any] = json.loads(self.get("/ready"))
        return state

    def resident_mb(self) -> float:
        return self._megabytes("VmRSS")

    def peak_mb(self) -> float:
        return self._megabytes("VmHWM")

    def _megabytes(self, name: str) -> float:
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith(f"{name}:"))
        return int(kilobytes) / 1000

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def seconds_until_stored(self) -> float:
        """Wait until the spool is empty; returns how long that took."""
        began_at = time.perf_counter()
        while self.ready()["waiting"]:
            time.sleep(_POLL_SECONDS)
        return time.perf_counter() - began_at


@contextmanager
def background(module: str, *arguments: str) -> "Iterator[subprocess.Popen[bytes]]":
    """Run `python -m module` beside the block."""
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(_STOP_SECONDS)


@contextmanager
def serving_noop() -> Iterator[int]:
    """Serve the baseline; gives its port."""
    port = free_port()
    with background("benchmarks.noop", str(port)) as process:
        _await(lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close(), process)
        yield port


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await(attempt: Any, process: "subprocess.Popen[bytes]") -> None:
    ends_at = time.perf_counter() + _START_SECONDS
    while True:
        try:
            attempt()
            return
        except (urllib.error.URLError, ConnectionError):
            if process.poll() is not None or time.perf_counter() > ends_at:
                raise RuntimeError("The server did not start.") from None
            time.sleep(_POLL_SECONDS)
