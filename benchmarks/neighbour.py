"""The dashboard of a small site, alone in a store and then beside a neighbour of ten million pages.

PAGES says how many: `PAGES=1m`.
"""

import json
import os
from collections.abc import Iterator

from benchmarks.dashboard import EMAIL, PASSWORD, Browser
from benchmarks.dataset import PAGES
from benchmarks.figures import Figure, milliseconds, percentile
from benchmarks.query import PERIODS, ROUNDS
from benchmarks.server import Footfall, run_module
from benchmarks.year import size_of

SMALL, NEIGHBOUR = "small.example", "neighbour.example"
EVENTS = 1_000_000
_EVENTS_PER_PAGE = 28 / 13  # 13 of 28 are views, here each of a page of its own

Times = dict[str, list[float]]


def measure_neighbour(install: Footfall) -> Iterator[Figure]:
    """Time the pages of the small site before and after the neighbour's events are stored."""
    pages = size_of(os.environ.get("PAGES", "10m"))
    install.command("user", "add", EMAIL, "--password-stdin", text=PASSWORD)
    for domain in (SMALL, NEIGHBOUR):
        install.add_site(domain, "--owner", EMAIL)
    _fill(install, SMALL, EVENTS, PAGES)
    alone = _times(install)
    _fill(install, NEIGHBOUR, int(pages * _EVENTS_PER_PAGE), 0)
    beside = _times(install)
    for period in PERIODS:
        ratio = percentile(beside[period], 0.95) / percentile(alone[period], 0.95)
        cells = " against ".join(milliseconds(times[period], 0.5, 0.95) for times in (beside, alone))
        yield Figure(f"{period}: beside {pages:,} pages", f"{ratio:.2f} × p95, of alone", cells)


def _fill(install: Footfall, domain: str, events: int, pages: int) -> None:
    run_module("benchmarks.dataset", str(install.data_dir), text=json.dumps([[domain, events, pages]]))


def _times(install: Footfall) -> Times:
    with install.serving() as serving:
        browser = Browser(serving)
        return {
            period: [browser.get(f"/sites/{SMALL}?period={period}")[1] for _ in range(ROUNDS + 1)][1:]
            for period in PERIODS
        }
