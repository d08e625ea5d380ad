"""How many requests a key may make for reports, told in the headers of every answer."""

import secrets
import time
from hashlib import blake2b
from math import ceil
from typing import NamedTuple

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from footfall.errors import TooManyRequests

PER_MINUTE = 600


class Allowance(NamedTuple):
    """What is left, and in how many seconds all of it will be there again."""

    limit: int
    remaining: int
    reset_seconds: int

    def headers(self) -> dict[str, str]:
        """As clients read it: draft-ietf-httpapi-ratelimit-headers-06."""
        return {
            "ratelimit-limit": str(self.limit),
            "ratelimit-remaining": str(self.remaining),
            "ratelimit-reset": str(self.reset_seconds),
        }


class KeyRate:
    """At most ``per_minute`` requests a minute for each key; of a key only a hash is held, and that for a minute."""

    def __init__(self, per_minute: int = PER_MINUTE) -> None:
        self._item = RateLimitItemPerMinute(per_minute)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._secret = secrets.token_bytes(32)

    def spend(self, key: str) -> Allowance:
        """Count a request; tells a negative rest where there was none left."""
        name = blake2b(key.encode(), key=self._secret, digest_size=16).hexdigest()
        is_within = self._limiter.hit(self._item, name)
        window = self._limiter.get_window_stats(self._item, name)
        wait_seconds = max(1, ceil(window.reset_time - time.time()))
        return Allowance(self._item.amount, window.remaining if is_within else -1, wait_seconds)


def refuse_past(allowance: Allowance) -> None:
    """Raise TooManyRequests where nothing was left."""
    if allowance.remaining < 0:
        raise TooManyRequests(
            f"This key asks more than {allowance.limit} times a minute; try again later.",
            retry_after_seconds=allowance.reset_seconds,
        )
