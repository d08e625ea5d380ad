"""How often somebody may try: a bound per name in a fixed window, kept in memory."""

import hashlib
import secrets
import threading

from footfall.errors import TooManyRequests
from footfall.metadata import Clock
from footfall.texts import counted


class Attempts:
    """Counts tries per name (an account, a client) in windows of ``window_seconds``.

    Names are kept as hashes under a key that dies with the process, ``capacity`` of them at most; past that the
    oldest are forgotten.
    """

    def __init__(self, clock: Clock, *, limit: int, window_seconds: int, capacity: int = 10_000) -> None:
        self._clock = clock
        self._limit = limit
        self._window_ms = window_seconds * 1000
        self._capacity = capacity
        self._key = secrets.token_bytes(32)
        self._counts: dict[bytes, tuple[int, int]] = {}  # name → start of its window, tries in it
        self._lock = threading.Lock()

    def spend(self, name: str) -> None:
        """Count one try; raises TooManyRequests when the window has no more."""
        key = self._hidden(name)
        with self._lock:
            started_ms, tries = self._window(key)
            if tries >= self._limit:
                minutes = max(1, self._window_ms // 60_000)
                raise TooManyRequests(
                    counted(
                        "Too many attempts; try again in a minute.",
                        "Too many attempts; try again in {count} minutes.",
                        minutes,
                    )
                )
            self._counts[key] = (started_ms, tries + 1)
            while len(self._counts) > self._capacity:
                del self._counts[next(iter(self._counts))]

    def refund(self, name: str) -> None:
        """Take one try back: it succeeded, and many people may share one client address."""
        key = self._hidden(name)
        with self._lock:
            started_ms, tries = self._window(key)
            self._counts[key] = (started_ms, max(0, tries - 1))

    def forgive(self, name: str) -> None:
        """Forget the tries of ``name``, for it has shown who it is."""
        with self._lock:
            self._counts.pop(self._hidden(name), None)

    def _hidden(self, name: str) -> bytes:
        # Without a key all addresses of IPv4 could be tried against the hashes.
        return hashlib.blake2b(name.encode(), digest_size=16, key=self._key).digest()

    def _window(self, key: bytes) -> tuple[int, int]:
        now = self._clock()
        started_ms, tries = self._counts.get(key, (now, 0))
        return (now, 0) if now - started_ms >= self._window_ms else (started_ms, tries)
