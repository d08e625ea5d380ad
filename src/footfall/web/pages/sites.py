"""The list of sites, adding one, and waiting for its first visit."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.templating import Jinja2Templates

from footfall.accounts import Team, Teams, User
from footfall.collect.goatcounter import goatcounter_snippet
from footfall.collect.umami import umami_snippet
from footfall.domain import Site
from footfall.errors import FootfallError, InvalidInput
from footfall.reports.figures import Unit
from footfall.reports.overview import SiteSummary
from footfall.sites import SiteDirectory, currencies, pixel_snippet, script_snippet, timezones
from footfall.web.addresses import public_address
from footfall.web.guard import SECOND_FACTOR_PAGE, Guard
from footfall.web.pages.team_page import may_add_sites

HasEvents = Callable[[Site], Awaitable[bool]]
SummariesOf = Callable[[Sequence[Site]], Awaitable[Sequence[SiteSummary]]]
SITES_PER_PAGE = 24


def sites_router(
    *,
    sites: SiteDirectory,
    teams: Teams,
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

    def open_teams(user: User) -> list[Team]:
        """The teams a person may add sites to."""
        return [each.team for each in teams.of_user(user.id) if may_add_sites(each)]

    def show_form(
        request: Request, user: User, given: dict[str, str], error: FootfallError | None = None, team: str = ""
    ) -> Response:
        context = {
            "given": given,
            "error": error,
            "timezones": timezones(),
            "currencies": currencies(),
            "teams": open_teams(user),
            "chosen_team": team or request.query_params.get("team", ""),
        }
        return templates.TemplateResponse(request, "sites/new.html", context, error.status if error else 200)

    @router.get("/")
    def start(user: Annotated[User, signed_in]) -> Response:
        """Lead to what there is: the form for the first site, the dashboard of an only one, or the list."""
        mine = sites.of_user(user.id)
        if not mine and sites.held_back(user.id):
            return RedirectResponse(SECOND_FACTOR_PAGE, 303)
        return RedirectResponse(f"/sites/{mine[0].domain}" if len(mine) == 1 else "/sites", 303)

    @router.get("/sites")
    async def list_sites(
        request: Request,
        user: Annotated[User, signed_in],
        search: str = "",
        page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    ) -> Response:
        mine, held_back = sites.of_user(user.id), sites.held_back(user.id)
        if not mine:
            return RedirectResponse(SECOND_FACTOR_PAGE if held_back else "/sites/new", 303)
        found = [site for site in mine if search.strip().lower() in site.domain]
        first = (page - 1) * SITES_PER_PAGE
        context = {
            "summaries": await summaries_of(found[first : first + SITES_PER_PAGE]),
            "visitors_unit": Unit.COUNT,
            "held_back": held_back,
            "search": search,
            "found": len(found),
            "all_sites": len(mine),
            "page": page,
            "pages": -(-len(found) // SITES_PER_PAGE),
        }
        return templates.TemplateResponse(request, "sites/list.html", context)

    @router.get("/sites/new")
    def new_site_form(request: Request, user: Annotated[User, signed_in]) -> Response:
        return show_form(request, user, {"domain": "", "timezone": "", "currency": "EUR"})

    @router.post("/sites/new", dependencies=[Depends(guard.form)])
    def create_site(
        request: Request,
        user: Annotated[User, signed_in],
        domain: Annotated[str, Form()] = "",
        timezone: Annotated[str, Form()] = "",
        currency: Annotated[str, Form()] = "EUR",
        team: Annotated[str, Form()] = "",
    ) -> Response:
        """Add it to the chosen team; without a choice, to the first one this person owns."""
        given = {"domain": domain, "timezone": timezone, "currency": currency}
        try:
            chosen = next((each.id for each in open_teams(user) if each.public_id == team), None)
            if team and chosen is None:
                raise InvalidInput("Choose a team in which you are an owner or admin.", field="team")
            site = sites.create(owner_id=user.id, team_id=chosen, **given)
        except FootfallError as error:
            return show_form(request, user, given, error, team)
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
