"""Umami names a site by a UUID; ours is derived from the site's public id, so nothing has to be stored."""

from functools import lru_cache
from typing import Protocol
from uuid import UUID, uuid5

from footfall.domain import Site


class Sites(Protocol):
    """Look-ups of sites, from memory."""

    def by_public_id(self, public_id: str) -> Site | None:
        """The site with this public id."""

    def all(self) -> list[Site]:
        """Every site."""


_NAMESPACE = UUID("6f0f7a52-2f4e-4c39-9d0c-5a1c8f7e3b64")  # never to change: websites carry what is derived from it


def website_id(site: Site) -> str:
    """The site's `data-website-id`."""
    return _derived(site.public_id)


def umami_snippet(base_url: str, site: Site) -> str:
    """The line of a page that counted with Umami, with this install's host."""
    return f'<script defer src="{base_url}/script.js" data-website-id="{website_id(site)}"></script>'


class Websites:
    """Finds a site by its UUID, or by its public id."""

    def __init__(self, sites: Sites) -> None:
        self._sites = sites
        self._public_ids: dict[str, str] = {}  # by UUID

    def find(self, name: str) -> Site | None:
        """The site a payload names."""
        return self._sites.by_public_id(name) or self._by_uuid(name.lower())

    def _by_uuid(self, uuid: str) -> Site | None:
        if uuid not in self._public_ids:
            self._public_ids = {website_id(site): site.public_id for site in self._sites.all()}
        return self._sites.by_public_id(self._public_ids.get(uuid, ""))


@lru_cache(maxsize=65_536)
def _derived(public_id: str) -> str:
    return str(uuid5(_NAMESPACE, public_id))
