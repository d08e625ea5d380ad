"""How many requests a key may make: a bound per second, as GoatCounter's API tells it in headers."""

from collections.abc import Callable
from hashlib import blake2b
from typing import NamedTuple

from footfall.errors import TooManyRequests

LIMIT = 4
_WINDOW_MS = 1_000
_CAPACITY = 10_000


class Allowance(NamedTuple):
    """What is left of this second."""

    remaining: int

    def headers(self) -> tuple[tuple[bytes, bytes], ...]:
        """As clients read it."""
        return (
            (b"x-rate-limit-limit", b"%d" % LIMIT),
            (b"x-rate-limit-remaining", b"%d" % self.remaining),
            (b"x-rate-limit-reset", b"1"),
        )


class RequestRate:
    """Counts requests by key; of a key only a hash is held, and of no more than ten thousand."""

    def __init__(self, clock_ms: Callable[[], int]) -> None:
        self._clock_ms = clock_ms
        self._spent: dict[bytes, tuple[int, int]] = {}  # key → its second, requests in it

    def spend(self, key: str) -> Allowance:
        """Count one request; raises TooManyRequests where the second has no more."""
        name, second = blake2b(key.encode(), digest_size=16).digest(), self._clock_ms() // _WINDOW_MS
        started, spent = self._spent.pop(name, (second, 0))
        spent = spent + 1 if started == second else 1
        self._spent[name] = (second, min(spent, LIMIT + 1))
        if len(self._spent) > _CAPACITY:
            del self._spent[next(iter(self._spent))]
        if spent > LIMIT:
            raise TooManyRequests(f"rate limit exceeded: at most {LIMIT} requests a second")
        return Allowance(LIMIT - spent)
