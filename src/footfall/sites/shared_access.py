"""Who may see a site without being a member: the one place that decides it, for pages and programs alike."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass

from footfall.domain import Site
from footfall.errors import NotFound
from footfall.sites.directory import SiteDirectory
from footfall.sites.shared_links import SharedLink, SharedLinks

PROOF_SECONDS = 86_400


@dataclass(frozen=True)
class Shown:
    """A site that somebody may see: by ``link``, or because it is public.

    While it ``is_locked``, its password has not been told, and nothing may be shown but the question for it.
    """

    site: Site
    link: SharedLink | None = None
    is_locked: bool = False


class SharedAccess:
    """Decides; ``key`` is a secret of this install, ``clock`` gives UTC milliseconds."""

    def __init__(self, sites: SiteDirectory, links: SharedLinks, key: bytes, clock: Callable[[], int]) -> None:
        self._sites = sites
        self._links = links
        self._key = key
        self._clock = clock

    def public(self, domain: str) -> Shown:
        """The site of this domain if its dashboard is public; raises NotFound for any other and for none alike."""
        site = self._sites.by_domain(domain)
        if site is None or not site.public_dashboard:
            raise nothing_shared()
        return Shown(site)

    def by_link(self, domain: str, slug: str, proof_of: Callable[[SharedLink], str] = lambda _: "") -> Shown:
        """The site behind a link; ``proof_of`` gives what was handed out for its password. Raises NotFound likewise."""
        site = self._sites.by_domain(domain)
        link = self._links.at(site.id, slug) if site and slug else None
        if site is None or link is None:
            raise nothing_shared()
        return Shown(site, link, is_locked=link.has_password and not self._is_proof(link, proof_of(link)))

    def proof(self, link: SharedLink) -> str:
        """What shows for a day that somebody knew the password; another password makes it void."""
        ends_ms = self._clock() + PROOF_SECONDS * 1000
        return f"{ends_ms}.{self._signature(link, ends_ms)}"

    def _is_proof(self, link: SharedLink, text: str) -> bool:
        ends, _, signature = text.partition(".")
        if not (ends.isascii() and ends.isdigit() and len(ends) < 20) or int(ends) <= self._clock():
            return False
        return hmac.compare_digest(signature.encode(), self._signature(link, int(ends)).encode())

    def _signature(self, link: SharedLink, ends_ms: int) -> str:
        said = f"{link.id} {link.slug} {link.password_hash} {ends_ms}"
        return hmac.new(self._key, said.encode(), hashlib.sha256).hexdigest()


def nothing_shared() -> NotFound:
    """The one answer for a site that is not there, one that is private, and a link that is over."""
    return NotFound("There is nothing at this address, or it is no longer shared.")
