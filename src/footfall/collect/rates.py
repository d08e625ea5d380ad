"""How many events a minute a client and a site may send. Of a client only a keyed hash is held, in memory."""

import secrets
import socket
import time
from hashlib import blake2b
from math import ceil

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from footfall.collect.draft import Sender
from footfall.domain import Site

_SLOTS = 1 << 16
_MOST_IN_SLOT = 255
_QUIET_SHARE = 300
_MOST_BUSY_NAMES = 4_096


class Rate:
    """At most ``per_minute`` events a minute for each name.

    Asking `limits` takes locks and some ten microseconds, too much to do for every event. So events are counted by
    slot within the running second, and a name is asked about only when its slot has had more than is quiet. Names
    that share a slot are asked about sooner, and that is all: each has its own count at `limits`. What passes quietly
    in a whole minute is taken off what `limits` is told, so nobody gets more than ``per_minute``; at least four fifths
    of it may come at once.
    """

    def __init__(self, per_minute: int) -> None:
        self._quiet = min(per_minute // _QUIET_SHARE, _MOST_IN_SLOT)
        self._item = RateLimitItemPerMinute(per_minute - 60 * self._quiet)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._key = secrets.token_bytes(32)
        self._busy: set[str] = set()
        self._second = 0
        self._slots = bytearray(_SLOTS)

    def spend(self, name: str, events: int, now_ms: int) -> int:
        """Count events; returns 0, or after how many seconds to try again where they are too many."""
        second = now_ms // 1000
        if second != self._second:
            self._second = second
            self._slots = bytearray(_SLOTS)
        slot = hash(name) % _SLOTS
        in_slot = self._slots[slot] + events
        if in_slot <= self._quiet:
            self._slots[slot] = in_slot
            return 0
        return self._ask(name, events)

    def _ask(self, name: str, events: int) -> int:
        hashed = blake2b(name.encode(), key=self._key, digest_size=16).hexdigest()
        self._remember(hashed)
        # A batch larger than the whole bound would else never pass.
        if self._limiter.hit(self._item, hashed, cost=min(events, self._item.amount)):
            return 0
        ends_at = self._limiter.get_window_stats(self._item, hashed).reset_time
        return max(1, ceil(ends_at - time.time()))

    def _remember(self, hashed: str) -> None:
        # The storage looks through all it holds a hundred times a second; a flood of names must not make that costly.
        if len(self._busy) >= _MOST_BUSY_NAMES:
            self._busy.clear()
            self._limiter.storage.reset()
        self._busy.add(hashed)


class Rates:
    """The bounds of one install; 0 is none."""

    def __init__(self, *, per_client: int, per_site: int) -> None:
        self._of_clients = Rate(per_client) if per_client else None
        self._of_sites = Rate(per_site) if per_site else None

    def spend(self, site: Site, sender: Sender, events: int, now_ms: int) -> int:
        """Count events of a request; returns 0, or after how many seconds to try again.

        A caller with a key speaks for many visitors, so its events count for the site alone.
        """
        if self._of_clients is not None and not sender.is_keyed:
            wait_seconds = self._of_clients.spend(_client(sender.address), events, now_ms)
            if wait_seconds:
                return wait_seconds
        return 0 if self._of_sites is None else self._of_sites.spend(site.public_id, events, now_ms)


def _client(address: str) -> str:
    """One client has one IPv4 address, but a whole /64 of IPv6."""
    return socket.inet_pton(socket.AF_INET6, address)[:8].hex() if ":" in address else address
