"""The public page for a site's visitors: what is counted, how, for how long, and how to stay out of it."""

from fastapi import APIRouter, Request, Response
from starlette.templating import Jinja2Templates

from footfall.domain import Site
from footfall.errors import NotFound
from footfall.sites import SiteDirectory


def privacy_router(*, sites: SiteDirectory, templates: Jinja2Templates) -> APIRouter:
    """Make `/privacy/{public_id}`, which needs no sign-in."""
    router = APIRouter(include_in_schema=False)

    @router.get("/privacy/{public_id}")
    def privacy(request: Request, public_id: str) -> Response:
        site = sites.by_public_id(public_id)
        if site is None:
            raise NotFound("There is no site at this address.")
        context = {"site": site, "is_on_site": _is_on_site(request, site)}
        return templates.TemplateResponse(request, "privacy.html", context)

    return router


def _is_on_site(request: Request, site: Site) -> bool:
    """Whether this page is served on the site's own host, where alone the visitor's choice can be seen and kept."""
    host = (request.url.hostname or "").removeprefix("www.")
    return host == site.domain or host in site.allowed_hostnames
