"""A small real site that carries Footfall's snippet."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<script defer src="{script}"></script></head><body style="height:3000px"><h1>{title}</h1>
<nav><a href="/">Home</a> <a href="/pricing">Pricing</a> <a href="/app">App</a></nav>
<button id="next" onclick="history.pushState(0, '', '/app/second'); document.title = 'Second'">Next</button>
<button id="buy" onclick="footfall('Purchase', {{revenue: {{amount: '9.99', currency: 'EUR'}}}})">Buy</button>
</body></html>"""


class SmallSite:
    """A site of a few pages at ``host``, one of them a single-page application."""

    def __init__(self, script: str, page: str = _PAGE, host: str = "shop.test") -> None:
        self._host = host
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
        return f"http://{self._host}:{self._server.server_port}{path}"


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
