"""A year of one site's events, and a tenth of them of a second site.

SIZE says how many: `SIZE=100m`, 25 million where nothing is said. They take minutes to make; with `KEEP=FOLDER` they
stay there, and the next run finds them.
"""

import json
import os
import time
from typing import NamedTuple

from benchmarks.dashboard import EMAIL, PASSWORD
from benchmarks.dataset import PAGES
from benchmarks.server import Footfall, run_module

DOMAIN, TENTH = "bench.example", "tenth.example"
_MILLION = 1_000_000


class Year(NamedTuple):
    """What is there."""

    public_id: str
    bytes_per_event: dict[str, float]  # by table
    filled: str  # in words


def fill_year(install: Footfall) -> Year:
    """Fill the store, roll up its closed days; what is there from an earlier run stays as it is."""
    events = size_of(os.environ.get("SIZE", "25m"))
    if DOMAIN not in install.sites():
        install.command("user", "add", EMAIL, "--password-stdin", text=PASSWORD)
        for domain in (DOMAIN, TENTH):
            install.add_site(domain, "--owner", EMAIL)
    began_at = time.perf_counter()
    wanted = json.dumps([[DOMAIN, events, PAGES], [TENTH, events // 10, PAGES]])
    stored = json.loads(run_module("benchmarks.dataset", str(install.data_dir), text=wanted))
    took = f"made and rolled up in {time.perf_counter() - began_at:.0f} s"
    return Year(install.sites()[DOMAIN], stored, f"{events:,} events of a year, merged; {took}")


def size_of(text: str) -> int:
    """A number of events, written as 25m or as digits."""
    return int(text[:-1]) * _MILLION if text.endswith("m") else int(text)
