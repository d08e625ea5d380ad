"""How many requests a key may make for reports, told in the headers of every answer."""

import secrets
import time
from collections.abc import Callable, Coroutine
from hashlib import blake2b
from math import ceil
from typing import Any, NamedTuple

from fastapi import Request, Response
from fastapi.routing import APIRoute
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from footfall.api.errors import json_error
from footfall.api.keys import bearer_key
from footfall.errors import FootfallError, TooManyRequests

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
            "ratelimit-remaining": str(max(0, self.remaining)),
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

    def count(self, request: Request) -> None:
        """Count the request of a caller who was let in; raises TooManyRequests. Whoever has no key is not counted.

        Keys that do not exist are not held, so nobody can fill the memory with them.
        """
        key = bearer_key(request)
        if key is None:
            return
        allowance = request.state.allowance = self.spend(key)
        if allowance.remaining < 0:
            raise TooManyRequests(
                f"This key asks more than {allowance.limit} times a minute; try again later.",
                retry_after_seconds=allowance.reset_seconds,
            )


class RatedRoute(APIRoute):
    """A route that says with every answer how many requests are left to the key."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the route's handler."""
        handle = super().get_route_handler()

        async def handle_with_headers(request: Request) -> Response:
            try:
                answer = await handle(request)
            except FootfallError as error:
                answer = json_error(error)
            allowance: Allowance | None = getattr(request.state, "allowance", None)
            if allowance is not None:
                answer.headers.update(allowance.headers())
            return answer

        return handle_with_headers
