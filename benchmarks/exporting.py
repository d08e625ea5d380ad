"""Raw export of a year of one site's events, in each format: how long, and how much memory above an idle server's.

SIZE says how many events: `SIZE=1m`, 5 million where nothing is said.
"""

import json
import os
import time
import urllib.request
from collections.abc import Iterator

from benchmarks.dataset import PAGES
from benchmarks.figures import Figure
from benchmarks.server import Footfall, Serving, run_module
from benchmarks.year import DOMAIN, size_of
from footfall.query import RAW_FORMATS

_BLOCK_BYTES = 1 << 20
_MEGABYTE = 1_000_000


def measure_export(install: Footfall) -> Iterator[Figure]:
    """Fill the store; then one file of each format, from a server that was started for it."""
    events = size_of(os.environ.get("SIZE", "5m"))
    public_id = install.add_site(DOMAIN)
    key = install.command("key", "create", "--site", DOMAIN, "--scope", "stats:read").split()[-1]
    run_module("benchmarks.dataset", str(install.data_dir), text=json.dumps([[DOMAIN, events, PAGES]]))
    for form in RAW_FORMATS:
        with install.serving() as serving:
            yield _export(serving, f"/api/v1/sites/{public_id}/export/events?period=all&format={form}", key, form)


def _export(serving: Serving, path: str, key: str, form: str) -> Figure:
    idle_mb, size = serving.resident_mb(), 0
    request = urllib.request.Request(f"{serving.origin}{path}", headers={"Authorization": f"Bearer {key}"})
    began_at = time.perf_counter()
    with urllib.request.urlopen(request, timeout=600) as answer:
        rows = answer.headers["footfall-rows"]
        while block := answer.read(_BLOCK_BYTES):
            size += len(block)
    took = f"{int(rows):,} events, {size / _MEGABYTE:,.0f} MB in {time.perf_counter() - began_at:.0f} s"
    above = serving.peak_mb() - idle_mb
    return Figure(f"raw export, {form}: memory", f"{above:,.0f} MB above idle", f"peak; idle {idle_mb:,.0f} MB; {took}")
