"""What the front doors of other products share: where events go, which sites there are, whom to believe."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from footfall.collect import http
from footfall.collect.address import TrustedProxies
from footfall.collect.doors import Caller
from footfall.collect.draft import Sender
from footfall.collect.http import Headers, Scope
from footfall.collect.intake import Intake
from footfall.collect.sender import sender_behind
from footfall.domain import Site
from footfall.enrich.host import clean_hostname, host_suffixes

SENDS_EVENTS = "events:write"


class Sites(Protocol):
    """Look-ups of sites, from memory."""

    def by_public_id(self, public_id: str) -> Site | None:
        """The site with this public id."""

    def by_domain(self, domain: str) -> Site | None:
        """The site with this domain."""

    def all(self) -> list[Site]:
        """Every site."""


def site_of_host(sites: Sites, host: str, is_allowed: Callable[[Site], bool] = lambda _: True) -> Site | None:
    """The site whose domain is this host, or the nearest name above it, among those allowed."""
    found = (sites.by_domain(suffix) for suffix in host_suffixes(clean_hostname(host)))
    return next((site for site in found if site and is_allowed(site)), None)


@dataclass(frozen=True, slots=True)
class Desk:
    """One for all of them; ``check_key`` takes a key's text and a scope, and raises where it is not good for it."""

    intake: Intake
    sites: Sites
    proxies: TrustedProxies
    check_key: Callable[[str, str], Caller]

    async def caller(self, headers: Headers) -> Caller | None:
        """Whoever shows a key that may send events; browsers have none."""
        key = http.bearer_key(headers)
        return None if key is None else await self.holder(key)

    async def holder(self, key: str) -> Caller:
        """Whoever has this key; asked for in a thread, since the database may be far, slow or away."""
        return await asyncio.to_thread(self.check_key, key, SENDS_EVENTS)

    def sender(self, scope: Scope, headers: Headers) -> Sender:
        """Who sends, as far as sockets and trusted proxies tell."""
        return sender_behind(self.proxies, scope, headers)
