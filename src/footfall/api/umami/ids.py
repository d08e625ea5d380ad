"""Ids for lists: UUIDs that stand for numbers of the store and tell nothing of them.

They are made with a key of their own, so that no id in a list is the one a browser was told when it sent an event.
"""

from hashlib import blake2b
from uuid import UUID


class Ids:
    """Makes ids with ``key``."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of_session(self, site_id: int, visitor_id: int) -> str:
        """What stands for a visitor of a site."""
        return self._uuid("session", site_id, visitor_id)

    def of_event(self, event_id: int) -> str:
        """What stands for an event."""
        return self._uuid("event", event_id)

    def _uuid(self, *parts: str | int) -> str:
        text = "/".join(map(str, parts)).encode()
        return str(UUID(bytes=blake2b(text, key=self._key, digest_size=16).digest(), version=4))
