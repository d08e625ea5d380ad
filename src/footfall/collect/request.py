"""What every front door reads off a request before its body: who sends it, and which key came with it."""

from typing import Protocol

from footfall.collect import http
from footfall.collect.address import TrustedProxies
from footfall.collect.draft import Sender
from footfall.collect.http import Headers, Scope
from footfall.domain import DropReason, Site
from footfall.enrich import ClientHints
from footfall.errors import NotSignedIn


class Caller(Protocol):
    """Whoever holds a key."""

    def may_use(self, site_id: int) -> bool:
        """Whether the key reaches this site."""


class Sites(Protocol):
    """Look-ups of sites, from memory."""

    def by_public_id(self, public_id: str) -> Site | None:
        """The site with this public id."""

    def by_domain(self, domain: str) -> Site | None:
        """The site with this domain."""

    def all(self) -> list[Site]:
        """Every site."""


def sender_of(scope: Scope, headers: Headers, proxies: TrustedProxies) -> Sender:
    """Who sends a request without a key."""
    peer = scope.get("client") or ("", 0)
    return Sender(
        address=proxies.client(str(peer[0]), http.text(headers, b"x-forwarded-for")),
        user_agent=http.text(headers, b"user-agent"),
        language=http.text(headers, b"accept-language"),
        hints=ClientHints.from_headers(headers),
        has_opted_out=headers.get(b"sec-gpc") == b"1",
        asks_not_to_track=headers.get(b"dnt") == b"1",
        is_prefetch=b"prefetch" in headers.get(b"sec-purpose", headers.get(b"purpose", b"")).lower(),
    )


def bearer(headers: Headers) -> str:
    """The key's text; raises NotSignedIn without one."""
    scheme, _, key = http.text(headers, b"authorization").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise NotSignedIn("Send an API key with the scope events:write as a Bearer token.")
    return key.strip()


def dropped_header(reason: DropReason) -> tuple[bytes, bytes]:
    """Tells the sender why its event is not kept."""
    return (b"x-footfall-dropped", reason.value.encode())
