"""What a request itself tells of who sends it, the same for every front door."""

from footfall.collect import http
from footfall.collect.address import TrustedProxies
from footfall.collect.draft import Sender
from footfall.collect.http import Headers, Scope
from footfall.enrich import ClientHints

_AGENT_BYTES = 2_000
_LANGUAGE_BYTES = 200


def sender_of(headers: Headers, address: str) -> Sender:
    """The sender at ``address``, which is the front door's to find out.

    Headers are cut where no browser's are longer: what is looked up by them is remembered.
    """
    return Sender(
        address=address,
        user_agent=http.text(headers, b"user-agent")[:_AGENT_BYTES],
        language=http.text(headers, b"accept-language")[:_LANGUAGE_BYTES],
        hints=ClientHints.from_headers(headers),
        has_opted_out=headers.get(b"sec-gpc") == b"1",
        asks_not_to_track=headers.get(b"dnt") == b"1",
        is_prefetch=b"prefetch" in headers.get(b"sec-purpose", headers.get(b"purpose", b"")).lower(),
        has_fetch_metadata=b"sec-fetch-mode" in headers,
    )


def sender_behind(proxies: TrustedProxies, scope: Scope, headers: Headers) -> Sender:
    """The sender at the other end of the socket, or whom trusted proxies say they speak for."""
    peer = scope.get("client") or ("", 0)
    return sender_of(headers, proxies.client(str(peer[0]), http.text(headers, b"x-forwarded-for")))
