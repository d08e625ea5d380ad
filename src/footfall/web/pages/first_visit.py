"""What to put into a site, and waiting for its first visit."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse
from starlette.templating import Jinja2Templates

from footfall.collect.goatcounter import goatcounter_snippet
from footfall.collect.umami import umami_snippet
from footfall.domain import Site
from footfall.sites import pixel_snippet, script_snippet
from footfall.web.addresses import public_address
from footfall.web.guard import Guard

HasEvents = Callable[[Site], Awaitable[bool]]


def first_visit_router(
    *, guard: Guard, templates: Jinja2Templates, has_events: HasEvents, base_url: str = ""
) -> APIRouter:
    """Make a site's `/install` and `/first-visit`; ``base_url`` is the address sites reach us by, where it was set."""
    router = APIRouter(prefix="/sites/{domain}", include_in_schema=False)
    ThisSite = Annotated[Site, Depends(guard.site)]  # noqa: N806 (a type)

    @router.get("/install")
    async def install(request: Request, site: ThisSite) -> Response:
        base = base_url or public_address(request)
        context = {
            "site": site,
            "snippet": script_snippet(base, site),
            "pixel": pixel_snippet(base, site),
            "umami": umami_snippet(base, site),
            "goatcounter": goatcounter_snippet(base, site),
            "is_counting": await has_events(site),
        }
        return templates.TemplateResponse(request, "sites/install.html", context)

    @router.get("/first-visit")
    async def first_visit(site: ThisSite) -> Response:
        if await has_events(site):
            return HTMLResponse("", headers={"hx-redirect": f"/sites/{site.domain}?period=today"})
        return Response(status_code=204)

    return router
