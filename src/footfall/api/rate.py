"""How many requests a key may make, told in the headers of every answer.

Our own routes have a bound by the minute, those made for clients of other products one by the hour, as they know it.
"""

import secrets
import time
from collections.abc import Callable
from hashlib import blake2b
from math import ceil
from typing import NamedTuple, TypeAlias

from fastapi import Request
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter, SlidingWindowCounterRateLimiter

from footfall.accounts import Caller, KeyRing
from footfall.api.keys import bearer_key
from footfall.errors import TooManyRequests

PER_MINUTE = 600

Limiter: TypeAlias = Callable[[MemoryStorage], MovingWindowRateLimiter | SlidingWindowCounterRateLimiter]

_OWN_WORDS = "This key asks more than {} times a minute; try again later."
# The text of Plausible's API, which its clients may look for.
_WORDS_BY_THE_HOUR = (
    "Too many API requests. Your API key is limited to {} requests per hour."
    " Please contact us to request more capacity."
)


class Allowance(NamedTuple):
    """What is left, and in how many seconds all of it will be there again."""

    limit: int
    remaining: int
    reset_seconds: int

    def headers(self) -> dict[str, str]:
        """As clients read it: draft-ietf-httpapi-ratelimit-headers-06."""
        return {
            "ratelimit-limit": str(self.limit),
            "ratelimit-remaining": str(max(0, self.remaining)),
            "ratelimit-reset": str(self.reset_seconds),
        }


class KeyRate:
    """At most so many requests for each key; of a key only a hash is held, and that while its requests count."""

    def __init__(self, item: RateLimitItem, words: str, limiter: Limiter) -> None:
        self._item = item
        self._words = words
        self._limiter = limiter(MemoryStorage())
        self._secret = secrets.token_bytes(32)

    @classmethod
    def by_the_minute(cls, requests: int = PER_MINUTE) -> "KeyRate":
        """The bound of our own routes."""
        return cls(RateLimitItemPerMinute(requests), _OWN_WORDS, MovingWindowRateLimiter)

    @classmethod
    def by_the_hour(cls, requests: int) -> "KeyRate":
        """The bound of other products' routes; 0 is none.

        Two counts for each key: moments of so many requests would take a megabyte.
        """
        return cls(RateLimitItemPerHour(requests), _WORDS_BY_THE_HOUR, SlidingWindowCounterRateLimiter)

    def spend(self, key: str) -> Allowance:
        """Count a request; tells a negative rest where there was none left."""
        name = blake2b(key.encode(), key=self._secret, digest_size=16).hexdigest()
        is_within = self._limiter.hit(self._item, name)
        window = self._limiter.get_window_stats(self._item, name)
        wait_seconds = max(1, ceil(window.reset_time - time.time()))
        return Allowance(self._item.amount, window.remaining if is_within else -1, wait_seconds)

    def count(self, request: Request, token: str | None = None) -> None:
        """Count the request of a caller who was let in, once; raises TooManyRequests.

        Whoever has no key is not counted. Keys that do not exist are not held, so nobody can fill the memory with
        them. ``token`` is what the caller showed where that is no bearer key.
        """
        key = token or bearer_key(request)
        if key is None or self._item.amount == 0 or hasattr(request.state, "allowance"):
            return
        allowance = request.state.allowance = self.spend(key)
        if allowance.remaining < 0:
            raise TooManyRequests(self._words.format(allowance.limit), retry_after_seconds=allowance.reset_seconds)


class RatedKeys:
    """Keys whose requests are counted."""

    def __init__(self, keys: KeyRing, rate: KeyRate) -> None:
        self._keys = keys
        self._rate = rate

    def check(self, request: Request, key: str, scope: str) -> Caller:
        """Tell who shows a key; raises NotSignedIn, NotAllowed or TooManyRequests."""
        caller = self._keys.check(key, scope)
        self._rate.count(request)
        return caller
