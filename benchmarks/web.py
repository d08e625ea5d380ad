"""What somebody in front of the dashboard waits for, measured in Chromium: first and largest paint, shift, clicks.

On the demo site; with SIZE on a year of so many events: `SIZE=25m`.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

from benchmarks.dashboard import EMAIL, PASSWORD
from benchmarks.figures import Figure, milliseconds, percentile
from benchmarks.server import Footfall, Serving
from benchmarks.year import DOMAIN, fill_year

ROUNDS = 20
_DEMO = "demo.footfall.example"
_CHROMIUM = Path("/usr/bin/chromium")
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_ROWS = "#panel-sources .row"

_PAINTS = """new Promise((done) => {
  const found = { fcp: 0, lcp: 0, cls: 0, server: 0, bytes: 0 };
  const watch = (type, add) =>
    new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type, buffered: true });
  watch("paint", (one) => { if (one.name === "first-contentful-paint") found.fcp = one.startTime; });
  watch("largest-contentful-paint", (one) => { found.lcp = one.startTime; });
  watch("layout-shift", (one) => { if (!one.hadRecentInput) found.cls += one.value; });
  const page = performance.getEntriesByType("navigation")[0];
  found.server = page.responseStart - page.requestStart;
  setTimeout(() => done(found), 600);
})"""

# From the click until the figure of the headline is another, and a frame with it was drawn.
_CLICK = """(row) => new Promise((done) => {
  const figure = () => document.querySelector(".cell-figure")?.textContent;
  const [before, from] = [figure(), performance.now()];
  const look = () => (figure() === before ? requestAnimationFrame(look) : done(performance.now() - from));
  document.querySelectorAll("#panel-sources .row")[row].click();
  requestAnimationFrame(look);
})"""


def measure_web(install: Footfall) -> Iterator[Figure]:
    """Fill a site, then open, reload and click as people do."""
    domain, filled = _fill(install)
    with install.serving() as serving, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_CHROMIUM, args=_ARGUMENTS)
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        _sign_in(page, serving)
        yield from _paints(page, f"{serving.origin}/sites/{domain}", filled)
        yield from _clicks(page, f"{serving.origin}/sites/{domain}", filled)
        chromium.close()


def _fill(install: Footfall) -> tuple[str, str]:
    """The site, and what it has."""
    if "SIZE" in os.environ:
        return DOMAIN, fill_year(install).filled
    install.command("user", "add", EMAIL, "--password-stdin", text=PASSWORD)
    install.command("demo")
    return _DEMO, "demo site"


def _sign_in(page: Page, serving: Serving) -> None:
    page.goto(f"{serving.origin}/sign-in")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/sites**")


def _paints(page: Page, address: str, filled: str) -> Iterator[Figure]:
    found = []
    for _ in range(ROUNDS + 1):
        page.goto(address)
        found.append(page.evaluate(_PAINTS))
    loads = found[1:]
    for key, name in (("server", "first byte"), ("fcp", "first contentful paint"), ("lcp", "largest paint")):
        cell = milliseconds([one[key] for one in loads], 0.5, 0.95)
        yield Figure(f"{name} p50 / p95", cell, f"{filled}, {ROUNDS} loads with assets in the cache")
    yield Figure("layout shift, worst", f"{percentile([one['cls'] for one in loads], 1):.4f}", filled)


def _clicks(page: Page, address: str, filled: str) -> Iterator[Figure]:
    times = []
    for number in range(ROUNDS):
        page.goto(f"{address}?{urlencode({'period': '28d'})}")
        page.wait_for_selector(_ROWS)
        page.wait_for_load_state("networkidle")
        times.append(page.evaluate(_CLICK, number % min(5, page.locator(_ROWS).count())))
    yield Figure("filter click to new figures p50 / p95", milliseconds(times, 0.5, 0.95), f"{filled}, {ROUNDS} clicks")
