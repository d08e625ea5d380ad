"""Waiting for a condition, and no longer than it may take."""

import threading
import time
from collections.abc import Callable


def wait_until(is_true: Callable[[], bool], seconds: float, what: str) -> None:
    ends_at = time.monotonic() + seconds
    while True:
        found = is_true()
        assert time.monotonic() < ends_at, f"{what} not within {seconds} s"
        if found:
            return
        threading.Event().wait(0.05)
