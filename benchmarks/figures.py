"""What was measured, as a table."""

import os
import platform
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """One row: what, how much, and under which conditions."""

    name: str
    value: str
    conditions: str = ""


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def milliseconds(values: Sequence[float], *shares: float) -> str:
    """Percentiles of latencies in one cell."""
    return " / ".join(f"{percentile(values, share):,.1f}" for share in shares) + " ms"


def print_head() -> None:
    memory_bytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    cores, python = os.cpu_count(), platform.python_version()
    print(f"{platform.machine()}, {cores} cores, {memory_bytes / 2**30:.0f} GiB, Python {python}\n")


def print_figures(figures: Iterable[Figure]) -> None:
    """Print each row as soon as it is there: the whole takes minutes."""
    print(f"{'figure':<44} {'value':>24}  conditions\n{'-' * 110}")
    for figure in figures:
        print(f"{figure.name:<44} {figure.value:>24}  {figure.conditions}", flush=True)
