"""A small real site and the intake its tracker sends to, in one recording HTTP server on two hosts."""

import json
import sys
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from typing import Any, Self

import msgspec
from playwright.sync_api import Page

from footfall.collect.opt_out import opt_out_script
from footfall.collect.script import tracker_script
from footfall.domain import IdentityMode, Site, TrackerOptions
from footfall.texts import words_of

PAGES = Path(__file__).parent / "site"
MODULE = Path(__file__).parents[2] / "tracker" / "dist" / "index.js"
SITE = Site(id=1, public_id="Q7hX2mZk9LpRtV4w", domain="site.test")
PATIENCE_SECONDS = 10
_QUIET_SECONDS = 0.2
_POLL_SECONDS = 0.02  # how soon the server sees that it should end

# Headless Chromium never hides a tab, so the page is told what a hidden tab would be told.
SET_HIDDEN = """hidden => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}"""

Sent = dict[str, Any]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # browsers drop connections when a page closes
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class TrackedSite:
    """`site.test` has the pages, `stats.test` the script and the intake; one port serves both."""

    def __init__(self) -> None:
        self._server = _Server(("127.0.0.1", 0), _handler_of(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_POLL_SECONDS,), daemon=True)
        self._arrival = threading.Condition()
        self.site = SITE
        self.sent: list[Sent] = []
        self.said: list[tuple[str, Sent]] = []
        self.transports: list[str] = []
        self.answers: list[HTTPStatus] = []
        self.page_headers: dict[str, str] = {}

    def set_options(self, mode: IdentityMode = IdentityMode.COOKIELESS, **options: bool) -> None:
        self.site = msgspec.structs.replace(SITE, identity_mode=mode, tracker=TrackerOptions(**options))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def stats_origin(self) -> str:
        return f"http://stats.test:{self._server.server_port}"

    def url(self, path: str, host: str = "site.test") -> str:
        return f"http://{host}:{self._server.server_port}{path}"

    def receive(self, event: Sent) -> HTTPStatus:
        with self._arrival:
            self.sent.append(event)
            self._arrival.notify_all()
            return self.answers.pop(0) if self.answers else HTTPStatus.ACCEPTED

    def hear(self, what: str, body: Sent) -> None:
        """Take what the tracker says of a visitor: `consent` or `identify`."""
        with self._arrival:
            self.said.append((what, {name: value for name, value in body.items() if name != "site"}))
            self._arrival.notify_all()

    def wait_for_said(self, count: int) -> list[tuple[str, Sent]]:
        """The first `count` things said of visitors."""
        self.wait_for(lambda _: len(self.said) >= count)
        return self.said

    def wait_for(self, is_there: Callable[[list[Sent]], object]) -> None:
        with self._arrival:
            assert self._arrival.wait_for(lambda: is_there(self.sent), PATIENCE_SECONDS), self.sent

    def wait_for_events(self, count: int) -> list[Sent]:
        """The first `count` events but engagement."""
        self.wait_for(lambda _: len(self.events()) >= count)
        return self.events()

    def wait_for_named(self, name: str, count: int = 1) -> list[Sent]:
        self.wait_for(lambda _: len(self.named(name)) >= count)
        return self.named(name)

    def wait_for_quiet(self) -> None:
        """Until nothing has come for a moment: requests sent one after the other travel side by side."""
        with self._arrival:
            while self._arrival.wait(_QUIET_SECONDS):
                continue

    def events(self) -> list[Sent]:
        return [event for event in self.sent if event["name"] != "engagement"]

    def named(self, name: str) -> list[Sent]:
        return [event for event in self.sent if event["name"] == name]


def settle(page: Page, site: TrackedSite) -> list[Sent]:
    """All events but engagement, once one sent after them has been answered, and those it has overtaken have come."""
    page.evaluate("() => new Promise(resolve => footfall('Settled', { callback: resolve }))")
    site.wait_for_named("Settled")
    site.wait_for_quiet()
    return [event for event in site.events() if event["name"] != "Settled"]


def _handler_of(tracked: TrackedSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            if path == f"/js/{SITE.public_id}.js":
                return self._answer(HTTPStatus.OK, tracker_script(tracked.site), "text/javascript")
            if path == "/js/opt-out.js":
                return self._answer(HTTPStatus.OK, opt_out_script(words_of("en")), "text/javascript")
            if path == "/module.js":
                return self._answer(HTTPStatus.OK, MODULE.read_bytes(), "text/javascript")
            if path.endswith((".pdf", ".ico")):
                return self._answer(HTTPStatus.NO_CONTENT, b"", "application/pdf")
            file = PAGES / f"{path.strip('/') or 'index'}.html"
            status = HTTPStatus.OK if file.is_file() else HTTPStatus.NOT_FOUND
            text = (file if file.is_file() else PAGES / "index.html").read_text()
            body = Template(text).substitute(stats=tracked.stats_origin, site=SITE.public_id)
            return self._answer(status, body.encode(), "text/html; charset=utf-8", tracked.page_headers)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path in ("/api/v1/consent", "/api/v1/identify"):
                tracked.hear(self.path.rpartition("/")[2], json.loads(body))
                return self._answer(
                    HTTPStatus.ACCEPTED, b"{}", "application/json", {"Access-Control-Allow-Origin": "*"}
                )
            if self.path != "/api/v1/event":
                return self._answer(HTTPStatus.NO_CONTENT, b"", "text/plain")
            tracked.transports.append(self.headers["Content-Type"])
            status = tracked.receive(json.loads(body))
            return self._answer(status, b"{}", "application/json", {"Access-Control-Allow-Origin": "*"})

        def _answer(
            self, status: HTTPStatus, body: bytes, content_type: str, headers: dict[str, str] | None = None
        ) -> None:
            self.send_response(status)
            for name, value in {
                "Content-Type": content_type,
                "Content-Length": str(len(body)),
                **(headers or {}),
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
