"""Requests to events, with ids that are the same in every run.

An id is a keyed hash of site, time, path and ordinal: it says nothing about who asked.
"""

from collections import Counter
from datetime import UTC, datetime
from hashlib import blake2b

from footfall.importers.batches import BatchEvent
from footfall.importers.logs.request import LoggedRequest

_ID_BYTES = 16


class EventMaker:
    """Makes the page view of each request of one log, in the log's order.

    Every request must be passed, skipped ones too: the ordinal counts equal (time, path) pairs, and must not
    shift when a rule or the list of bots changes between two runs.
    """

    def __init__(self, domain: str, key: bytes) -> None:
        self._domain = domain
        self._hash = blake2b(domain.encode(), digest_size=_ID_BYTES, key=key[:64])
        self._ordinals: Counter[int] = Counter()

    def event_of(self, request: LoggedRequest) -> BatchEvent:
        """The page view that ``request`` would be."""
        return {
            "id": self._id(request),
            "name": "pageview",
            "url": f"https://{request.host or self._domain}{request.path}",
            "referrer": request.referrer or None,
            "timestamp": datetime.fromtimestamp(request.at_ms / 1000, UTC).isoformat(),
            "ip": request.address or None,
            "user_agent": request.user_agent,
        }

    def _id(self, request: LoggedRequest) -> str:
        place = self._hash.copy()
        place.update(f"\n{request.at_ms}\n{request.path}".encode())
        seen = int.from_bytes(place.digest()[:8])  # small keys: logs are long
        ordinal = self._ordinals[seen]
        self._ordinals[seen] = ordinal + 1
        place.update(f"\n{ordinal}".encode())
        return place.hexdigest()
