"""Pages at `shop.test` as a site made for Plausible has them, and what its browser sends to a real Footfall."""

import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import pytest
from playwright.sync_api import Page, Request, Response
from tests.serving import FootfallServer

ROOT = Path(__file__).parents[2]
NODE_MODULES = ROOT / "node_modules"
DOMAIN = "shop.test"
# A browser that calls itself headless is a bot to us.
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
PATIENCE_SECONDS = 10

Payload = dict[str, Any]


class Pages:
    """Serves one HTML text at every path, and files by name."""

    def __init__(self, html: str, files: Mapping[str, bytes]) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(html.encode(), files))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def url(self, path: str = "/", host: str = DOMAIN) -> str:
        return f"http://{host}:{self._server.server_port}{path}"


@dataclass
class Visitor:
    """A browser on the site's pages, with what it has sent and how that was answered."""

    page: Page
    footfall: FootfallServer
    sent: list[Payload] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._note)
        self.page.on("response", self._note_answer)

    @contextmanager
    def on(
        self,
        snippet: str,
        path: str = "/",
        *,
        body: str = "",
        host: str = DOMAIN,
        files: Mapping[str, bytes] | None = None,
    ) -> Iterator[Pages]:
        """Visit a page with this snippet; ``{stats}`` in it is Footfall's address."""
        html = f"<!doctype html><title>Shop</title>{snippet.replace('{stats}', self.footfall.url)}{body}"
        with Pages(html, files or {}) as pages:
            self.page.goto(pages.url(path, host))
            yield pages
            self.page.goto("about:blank")

    def events(self, count: int) -> list[Payload]:
        """What was sent but engagement, once it is so many events and all were answered."""
        self._wait_until(lambda: len(self._sent(is_engagement=False)) >= count and len(self.statuses) == len(self.sent))
        assert len(self._sent(is_engagement=False)) == count, self.sent
        assert set(self.statuses) <= {202}
        return self._sent(is_engagement=False)

    def engagement(self) -> Payload:
        """The first report of reading."""
        self._wait_until(lambda: bool(self._sent(is_engagement=True)))
        return self._sent(is_engagement=True)[0]

    def _sent(self, *, is_engagement: bool) -> list[Payload]:
        return [payload for payload in self.sent if (payload["n"] == "engagement") == is_engagement]

    def _wait_until(self, is_there: Callable[[], bool]) -> None:
        ends_at = time.monotonic() + PATIENCE_SECONDS
        while not is_there():
            assert time.monotonic() < ends_at, (self.sent, self.statuses)
            self.page.wait_for_timeout(10)  # Playwright hands out events only while it is called

    def _note(self, request: Request) -> None:
        if _is_event(request):
            self.sent.append(json.loads(request.post_data or ""))

    def _note_answer(self, response: Response) -> None:
        if _is_event(response):
            self.statuses.append(response.status)


def _is_event(message: Request | Response) -> bool:
    request = message if isinstance(message, Request) else message.request
    return request.method == "POST" and request.url.endswith("/api/event")


def add_site(footfall: FootfallServer) -> None:
    """Alice, and her site."""
    footfall.command("user", "add", "alice@alice.example", "--password-stdin", text="correct horse battery\n")
    footfall.command("site", "add", DOMAIN, "--timezone", "Etc/UTC")


def stored(footfall: FootfallServer, count: int) -> list[dict[str, Any]]:
    """The site's events as Footfall has them, once there are so many."""
    for _ in range(10):
        lines = footfall.command("export", "--site", DOMAIN, "--format", "jsonl").splitlines()
        if len(lines) >= count:
            break
    return [json.loads(line) for line in lines]


def bundle(source: str, folder: Path) -> bytes:
    """A browser script of this module and what it imports from npm."""
    if not NODE_MODULES.exists():
        pytest.skip("node_modules is not there; run npm ci")
    entry, output = folder / "entry.js", folder / "bundle.js"
    entry.write_text(source)
    command = [
        str(NODE_MODULES / ".bin" / "esbuild"),
        str(entry),
        "--bundle",
        f"--outfile={output}",
        "--log-level=warning",
    ]
    subprocess.run(command, check=True, env={**os.environ, "NODE_PATH": str(NODE_MODULES)})
    return output.read_bytes()


def _handler_of(html: bytes, files: Mapping[str, bytes]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            body = files.get(path, html)
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript" if path in files else "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
