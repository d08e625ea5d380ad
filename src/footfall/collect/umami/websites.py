"""Umami names a site by a UUID; ours is derived from the site's public id, so nothing has to be stored."""

import re
from functools import lru_cache
from uuid import UUID, uuid5

from footfall.collect.desk import Sites, site_of_host
from footfall.domain import Site

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NAMESPACE = UUID("6f0f7a52-2f4e-4c39-9d0c-5a1c8f7e3b64")  # never to change: websites carry what is derived from it


def website_id(site: Site) -> str:
    """The site's `data-website-id`."""
    return _derived(site.public_id)


def umami_snippet(base_url: str, site: Site) -> str:
    """The line of a page that counted with Umami, with this install's host."""
    return f'<script defer src="{base_url}/script.js" data-website-id="{website_id(site)}"></script>'


class Websites:
    """Finds a site by its UUID, by its public id, or by the host of the page."""

    def __init__(self, sites: Sites) -> None:
        self._sites = sites
        self._public_ids: dict[str, str] = {}  # by UUID

    def find(self, name: str, hostname: str = "") -> Site | None:
        """The site a payload names.

        A UUID of nobody here is one that Umami gave, in a snippet that moved over as it was: then the host tells.
        """
        uuid = name.lower()
        site = self._sites.by_public_id(name) or self._by_uuid(uuid)
        if site or not _UUID.fullmatch(uuid):
            return site
        return site_of_host(self._sites, hostname)

    def _by_uuid(self, uuid: str) -> Site | None:
        if uuid not in self._public_ids:
            self._public_ids = {website_id(site): site.public_id for site in self._sites.all()}
        return self._sites.by_public_id(self._public_ids.get(uuid, ""))


@lru_cache(maxsize=65_536)
def _derived(public_id: str) -> str:
    return str(uuid5(_NAMESPACE, public_id))
