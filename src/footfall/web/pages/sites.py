"""The list of sites, and what the start leads to."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.templating import Jinja2Templates

from footfall.accounts import User
from footfall.domain import Site
from footfall.reports.figures import Unit
from footfall.reports.overview import SiteSummary
from footfall.sites import SiteDirectory
from footfall.web.guard import SECOND_FACTOR_PAGE, Guard

SummariesOf = Callable[[Sequence[Site]], Awaitable[Sequence[SiteSummary]]]
SITES_PER_PAGE = 24


def sites_router(
    *, sites: SiteDirectory, guard: Guard, templates: Jinja2Templates, summaries_of: SummariesOf
) -> APIRouter:
    """Make `/` and `/sites`."""
    router = APIRouter(include_in_schema=False)
    ThisUser = Annotated[User, Depends(guard.user)]  # noqa: N806 (a type)

    @router.get("/")
    def start(user: ThisUser) -> Response:
        """Lead to what there is: the form for the first site, the dashboard of an only one, or the list."""
        mine = sites.of_user(user.id)
        if not mine and sites.held_back(user.id):
            return RedirectResponse(SECOND_FACTOR_PAGE, 303)
        return RedirectResponse(f"/sites/{mine[0].domain}" if len(mine) == 1 else "/sites", 303)

    @router.get("/sites")
    async def list_sites(
        request: Request,
        user: ThisUser,
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

    return router
