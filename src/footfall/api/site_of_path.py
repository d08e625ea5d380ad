"""The site a path names, for routes that speak of one site alone."""

from collections.abc import Callable

from fastapi import Request

from footfall.api.query import Authorize, Sites
from footfall.domain import Site
from footfall.errors import NotFound


def site_of_path(sites: Sites, authorize: Authorize, scope: str) -> Callable[[Request, str], Site]:
    """Make what finds a site by its public id or its domain, and raises NotFound, NotSignedIn or NotAllowed."""

    def find(request: Request, public_id: str) -> Site:
        site = sites.by_public_id(public_id) or sites.by_domain(public_id)
        if site is None:
            raise NotFound("There is no such site.")
        authorize(request, scope, site)
        return site

    return find
