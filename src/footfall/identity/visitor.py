"""Visitor ids: 64-bit keyed hashes."""

from hashlib import blake2b

import msgspec

from footfall.domain import Site
from footfall.domain.calendar import local_day
from footfall.identity.salts import LIVE, SaltStore


class VisitorIds(msgspec.Struct, frozen=True, gc=False):
    """The id of an event's own day, and that under the day before's salt while it lives (0 without)."""

    current: int
    previous: int
    is_lasting: bool


class Identity:
    """Turns what is known of a sender into visitor ids."""

    def __init__(self, salts: SaltStore, visitor_key: str) -> None:
        self._salts = salts
        self._visitor_key = bytes.fromhex(visitor_key)

    def of_day(
        self, site: Site, address: str, user_agent: str, *, at_ms: int, now_ms: int, scope: str = LIVE
    ) -> VisitorIds:
        """Cookieless ids: good for one local day of one site, and for a visit that crosses its midnight."""
        zone = site.zone
        day = local_day(at_ms, zone)
        person = f"{address}\n{user_agent}".encode("utf-8", "replace")
        salt = self._salts.salt(site.id, day, zone, now_ms, scope)
        before = self._salts.existing(site.id, day - 1, scope)
        return VisitorIds(_hash(person, salt), _hash(person, before) if before else 0, False)

    def lasting(self, site: Site, name: str, renewal: int = 0) -> VisitorIds:
        """The id of a visitor named by a keyed caller or by the visitor's consent; differs from site to site.

        ``renewal`` counts the consents under this name that have ended: each has an id of its own.
        """
        person = f"{site.id}\n{name}".encode("utf-8", "replace")
        return VisitorIds(_hash(person, self._visitor_key, renewal.to_bytes(8, "big")), 0, is_lasting=True)


def _hash(person: bytes, key: bytes, salt: bytes = b"") -> int:
    # 0 stands for "no visitor" elsewhere.
    return int.from_bytes(blake2b(person, digest_size=8, key=key, salt=salt).digest(), "big") or 1
