"""The clock that accounts and sites are given: UTC milliseconds since 1970."""

import time
from collections.abc import Callable

Clock = Callable[[], int]


def system_clock() -> int:
    """Read this machine's clock."""
    return time.time_ns() // 1_000_000
