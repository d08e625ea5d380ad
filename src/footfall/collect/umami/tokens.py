"""The token Umami's tracker echoes back to keep its session and visit: a JSON Web Token (RFC 7519) signed with HS256.

Nobody is recognised by it. Who a visitor is, the salted hash alone decides; the token only lets a client see the same
visit id as before.
"""

import binascii
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b, sha256
from uuid import UUID

import msgspec

from footfall.collect.umami.websites import website_id
from footfall.domain import Site
from footfall.identity import VisitorIds

VISIT_SECONDS = 1_800

_HEADER = urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').rstrip(b"=")


class Claims(msgspec.Struct, frozen=True, rename="camel"):
    """What a token says; ``iat`` is the time of its signing in seconds."""

    website_id: str
    session_id: str
    visit_id: str
    iat: int


_decode_claims = msgspec.json.Decoder(Claims).decode


class CacheTokens:
    """Signs tokens with a key derived from a secret of this install."""

    def __init__(self, secret: str) -> None:
        self._key = blake2b(b"umami cache token", key=bytes.fromhex(secret), digest_size=32).digest()

    def claims(self, site: Site, visitor: VisitorIds, echoed: str, now_ms: int) -> Claims:
        """The claims about a visitor now; ``echoed`` is the token of the visitor's last answer, if any.

        A visit that goes on over midnight keeps its session, as it keeps its visitor.
        """
        now = now_ms // 1000
        before = self.read(echoed)
        sessions = [self._uuid("session", site.id, visitor_id) for visitor_id in (visitor.current, visitor.previous)]
        if before and before.session_id in sessions and 0 <= now - before.iat < VISIT_SECONDS:
            return Claims(website_id(site), before.session_id, before.visit_id, now)
        return Claims(website_id(site), sessions[0], self._uuid("visit", sessions[0], now // VISIT_SECONDS), now)

    def sign(self, claims: Claims) -> str:
        """The token's text."""
        signed = _HEADER + b"." + urlsafe_b64encode(msgspec.json.encode(claims)).rstrip(b"=")
        return (signed + b"." + self._signature(signed)).decode()

    def read(self, token: str) -> Claims | None:
        """The claims of a token of ours; None for any other text."""
        signed, _, signature = token.encode("utf-8", "replace").rpartition(b".")
        if not hmac.compare_digest(self._signature(signed), signature):
            return None
        try:
            return _decode_claims(urlsafe_b64decode(signed.rpartition(b".")[2] + b"=="))
        except (binascii.Error, msgspec.DecodeError):
            return None

    def _signature(self, signed: bytes) -> bytes:
        return urlsafe_b64encode(hmac.digest(self._key, signed, sha256)).rstrip(b"=")

    def _uuid(self, *parts: str | int) -> str:
        """Stable, and telling nothing of what it was made from."""
        text = "/".join(str(part) for part in parts).encode()
        return str(UUID(bytes=blake2b(text, key=self._key, digest_size=16).digest(), version=4))
