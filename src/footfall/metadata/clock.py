"""The clock that accounts and sites are given, UTC milliseconds since 1970, and one that is never set."""

import time
from collections.abc import Callable

Clock = Callable[[], int]


def system_clock() -> int:
    """Read this machine's clock."""
    return time.time_ns() // 1_000_000


def elapsed_ms() -> int:
    """Tell milliseconds since some moment in the past: good for durations, whatever is done to the clock."""
    return time.monotonic_ns() // 1_000_000
