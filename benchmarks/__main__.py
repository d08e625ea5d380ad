"""`python -m benchmarks [NAME …]`: all figures of this machine in one run, or those of the benchmarks named.

Each has an install of its own; with `KEEP=FOLDER` one benchmark uses the install there and leaves it there.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from benchmarks.dashboard import measure_dashboard
from benchmarks.exporting import measure_export
from benchmarks.figures import Figure, print_figures, print_head
from benchmarks.intake import measure_intake
from benchmarks.live import measure_live
from benchmarks.neighbour import measure_neighbour
from benchmarks.query import measure_query
from benchmarks.server import Footfall
from benchmarks.web import measure_web

BENCHMARKS: dict[str, Callable[[Footfall], Iterator[Figure]]] = {
    "intake": measure_intake,
    "dashboard": measure_dashboard,
    "live": measure_live,
    "query": measure_query,
    "web": measure_web,
    "neighbour": measure_neighbour,
    "export": measure_export,
}


def measure(names: list[str]) -> Iterator[Figure]:
    """The figures of the benchmarks named, each on a fresh install unless one is kept."""
    if kept := os.environ.get("KEEP"):
        (name,) = names
        return BENCHMARKS[name](Footfall(Path(kept)))
    return chain.from_iterable(_on_fresh_install(BENCHMARKS[name]) for name in names)


def _on_fresh_install(benchmark: Callable[[Footfall], Iterator[Figure]]) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="footfall-bench-") as folder:
        yield from benchmark(Footfall(Path(folder) / "data"))


if __name__ == "__main__":
    print_head()
    print_figures(measure(sys.argv[1:] or list(BENCHMARKS)))
