"""The dashboard over HTTP, signed in, on a year of one site's events."""

import json
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from html import unescape
from http.cookiejar import CookieJar

from benchmarks.dataset import PAGES
from benchmarks.figures import Figure, milliseconds
from benchmarks.server import Footfall, Serving, run_module

SIZES = {"bench-1m.example": 1_000_000, "bench-10m.example": 10_000_000}
PERIODS = ("day", "7d", "30d", "12mo")
ROUNDS = 20

EMAIL, PASSWORD = "bench@example.com", "correct horse battery staple"
_PANEL = re.compile(r'hx-get="([^"]+/panels/[^"]+)"')


def measure_dashboard(install: Footfall) -> Iterator[Figure]:
    """Fill the store, then time whole pages and single panels."""
    install.command("user", "add", EMAIL, "--password-stdin", text=PASSWORD)
    for domain in SIZES:
        install.add_site(domain, "--owner", EMAIL)
    began_at = time.perf_counter()
    wanted = json.dumps([[*size, PAGES] for size in SIZES.items()])
    sizes = json.loads(run_module("benchmarks.dataset", str(install.data_dir), text=wanted))
    took = f"{sum(SIZES.values()):,} events of a year, merged; filled in {time.perf_counter() - began_at:.0f} s"
    yield Figure("bytes stored per event", f"{sum(sizes.values()):.1f}", f"of it events {sizes['events']:.1f}; {took}")
    with install.serving() as serving:
        browser = Browser(serving)
        for domain, events in SIZES.items():
            yield from _pages(browser, domain, events)
        yield Figure("memory, after the dashboard", f"{serving.resident_mb():,.0f} MB", "resident")


class Browser:
    """Someone signed in; follows redirects and keeps cookies."""

    def __init__(self, serving: Serving) -> None:
        self._origin = serving.origin
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        form = urllib.parse.urlencode({"email": EMAIL, "password": PASSWORD}).encode()
        request = urllib.request.Request(f"{self._origin}/sign-in", form, {"Origin": self._origin})
        self._opener.open(request).close()

    def get(self, path: str) -> tuple[str, float]:
        """Text and milliseconds."""
        began_at = time.perf_counter()
        with self._opener.open(self._origin + path) as answer:
            text = answer.read().decode()
        return text, (time.perf_counter() - began_at) * 1000


def _pages(browser: Browser, domain: str, events: int) -> Iterator[Figure]:
    name = f"dashboard, {events // 1_000_000} M events"
    for period in PERIODS:
        path = f"/sites/{domain}?period={period}"
        text, _ = browser.get(path)
        times = [browser.get(path)[1] for _ in range(ROUNDS)]
        yield Figure(f"{name}, {period}: page p50 / p95", milliseconds(times, 0.5, 0.95), f"{ROUNDS} loads, all panels")
        panels = sorted({unescape(found) for found in _PANEL.findall(text)})
        times = [browser.get(panel)[1] for _ in range(3) for panel in panels]
        if times:
            cell = milliseconds(times, 0.5, 0.95)
            yield Figure(f"{name}, {period}: panel p50 / p95", cell, f"{len(panels)} panels, 3 loads each")
