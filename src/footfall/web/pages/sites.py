"""The list of sites, adding one, and waiting for its first visit."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.templating import Jinja2Templates

from footfall.accounts import User
from footfall.collect.goatcounter import goatcounter_snippet
from footfall.collect.umami import umami_snippet
from footfall.domain import Site
from footfall.errors import FootfallError
from footfall.reports.figures import Unit
from footfall.reports.overview import SiteSummary
from footfall.sites import SiteDirectory, currencies, pixel_snippet, script_snippet, timezones
from footfall.web.guard import Guard
from footfall.web.session_cookie import is_https

HasEvents = Callable[[Site], Awaitable[bool]]
SummariesOf = Callable[[Sequence[Site]], Awaitable[Sequence[SiteSummary]]]
SITES_PER_PAGE = 24


def sites_router(
    *,
    sites: SiteDirectory,
    guard: Guard,
    templates: Jinja2Templates,
    has_events: HasEvents,
    summaries_of: SummariesOf,
    base_url: str = "",
) -> APIRouter:
    """Make `/sites`, `/sites/new` and a site's `/install`; include it before pages at `/sites/{domain}`."""
    router = APIRouter(include_in_schema=False)
    signed_in = Depends(guard.user)
    visible_site = Depends(guard.site)

    def show_form(request: Request, given: dict[str, str], error: FootfallError | None = None) -> Response:
        context = {"given": given, "error": error, "timezones": timezones(), "currencies": currencies()}
        return templates.TemplateResponse(request, "sites/new.html", context, error.status if error else 200)

    @router.get("/")
    def start(user: Annotated[User, signed_in]) -> Response:
        """Lead to what there is: the form for the first site, the dashboard of an only one, or the list."""
        mine = sites.of_user(user.id)
        return RedirectResponse(f"/sites/{mine[0].domain}" if len(mine) == 1 else "/sites", 303)

    @router.get("/sites")
    async def list_sites(
        request: Request,
        user: Annotated[User, signed_in],
        search: str = "",
        page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    ) -> Response:
        mine = sites.of_user(user.id)
        if not mine:
            return RedirectResponse("/sites/new", 303)
        found = [site for site in mine if search.strip().lower() in site.domain]
        first = (page - 1) * SITES_PER_PAGE
        context = {
            "summaries": await summaries_of(found[first : first + SITES_PER_PAGE]),
            "visitors_unit": Unit.COUNT,
            "search": search,
            "found": len(found),
            "all_sites": len(mine),
            "page": page,
            "pages": -(-len(found) // SITES_PER_PAGE),
        }
        return templates.TemplateResponse(request, "sites/list.html", context)

    @router.get("/sites/new", dependencies=[signed_in])
    def new_site_form(request: Request) -> Response:
        return show_form(request, {"domain": "", "timezone": "", "currency": "EUR"})

    @router.post("/sites/new", dependencies=[Depends(guard.form)])
    def create_site(
        request: Request,
        user: Annotated[User, signed_in],
        domain: Annotated[str, Form()] = "",
        timezone: Annotated[str, Form()] = "",
        currency: Annotated[str, Form()] = "EUR",
    ) -> Response:
        given = {"domain": domain, "timezone": timezone, "currency": currency}
        try:
            site = sites.create(owner_id=user.id, **given)
        except FootfallError as error:
            return show_form(request, given, error)
        return RedirectResponse(f"/sites/{site.domain}/install", 303)

    @router.get("/sites/{domain}/install")
    async def install(request: Request, site: Annotated[Site, visible_site]) -> Response:
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

    @router.get("/sites/{domain}/first-visit")
    async def first_visit(site: Annotated[Site, visible_site]) -> Response:
        if await has_events(site):
            return HTMLResponse("", headers={"hx-redirect": f"/sites/{site.domain}?period=today"})
        return Response(status_code=204)

    return router


def public_address(request: Request) -> str:
    """Return the address under which the browser reached us, without a final slash."""
    return f"{'https' if is_https(request) else 'http'}://{request.url.netloc}"
