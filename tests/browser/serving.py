"""`footfall serve` as its owner runs it, and a small real site that carries its snippet."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

PATIENCE_SECONDS = 30.0

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<script defer src="{script}"></script></head><body style="height:3000px"><h1>{title}</h1>
<nav><a href="/">Home</a> <a href="/pricing">Pricing</a> <a href="/app">App</a></nav>
<button id="next" onclick="history.pushState(0, '', '/app/second'); document.title = 'Second'">Next</button>
<button id="buy" onclick="footfall('Purchase', {{revenue: {{amount: '9.99', currency: 'EUR'}}}})">Buy</button>
</body></html>"""


class FootfallServer:
    """The server in a process of its own; ``restored_from`` is a backup its data is made of first."""

    def __init__(self, data_dir: Path, restored_from: Path | None = None) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.data_dir = data_dir
        self._process: subprocess.Popen[bytes] | None = None
        self._restored_from = restored_from

    def __enter__(self) -> Self:
        if self._restored_from is not None:
            self.command("restore", str(self._restored_from))
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "footfall",
            "--data-dir",
            str(self.data_dir),
            "serve",
            "--port",
            str(self.port),
        ]
        source = str(Path(__file__).parents[2] / "src")
        self._process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": source})
        self._await(is_ready=True)

    def await_restart(self) -> None:
        """Return once the server has gone and come back."""
        self._await(is_ready=False)
        self._await(is_ready=True)

    def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> int:
        assert self._process is not None
        self._process.send_signal(with_signal)
        return self._process.wait(PATIENCE_SECONDS)

    def command(self, *arguments: str, text: str = "") -> str:
        """Run another `footfall` command on the same data."""
        command = [sys.executable, "-m", "footfall", "--data-dir", str(self.data_dir), *arguments]
        source = str(Path(__file__).parents[2] / "src")
        done = subprocess.run(
            command, input=text, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": source}
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _await(self, *, is_ready: bool) -> None:
        assert self._process is not None
        ends_at = time.monotonic() + PATIENCE_SECONDS
        while self._is_ready() != is_ready:
            assert self._process.poll() is None, "footfall serve ended"
            assert time.monotonic() < ends_at, "footfall serve took too long"
            threading.Event().wait(0.02)

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/ready", timeout=1) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


class SmallSite:
    """A site of a few pages at `shop.test`, one of them a single-page application."""

    def __init__(self, script: str, page: str = _PAGE) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _pages(script, page))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def url(self, path: str) -> str:
        return f"http://shop.test:{self._server.server_port}{path}"


def _pages(script: str, page: str) -> type[BaseHTTPRequestHandler]:
    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            title = self.path.split("?")[0].strip("/").capitalize() or "Home"
            body = page.format(title=title, script=script).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Pages


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
