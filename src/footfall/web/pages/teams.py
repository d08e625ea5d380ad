"""Teams: the list of one's own, founding one, and the page of each."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.templating import Jinja2Templates

from footfall.accounts import Membership, Teams, User
from footfall.errors import FootfallError
from footfall.sites import SiteDirectory
from footfall.web.guard import Guard
from footfall.web.pages.team_page import TeamAccess, TeamPage

Text = Annotated[str, Form()]


def teams_router(
    *,
    teams: Teams,
    sites: SiteDirectory,
    page: TeamPage,
    access: TeamAccess,
    guard: Guard,
    templates: Jinja2Templates,
    gives_plans: Callable[[int], bool] = lambda _: False,
) -> APIRouter:
    """Make `/teams` and `/teams/{public_id}`; a team one is no member of does not exist.

    ``gives_plans`` tells who sees the way to the plans of all teams.
    """
    router = APIRouter(prefix="/teams", include_in_schema=False)
    ThisUser = Annotated[User, access.signed_in]  # noqa: N806 (a type)
    AsMember = Annotated[Membership, access.member]  # noqa: N806
    own_form = [Depends(guard.form)]

    def show_list(request: Request, user: User, error: FootfallError | None = None, name: str = "") -> Response:
        listed = [
            (each, len(teams.members(each.team.id)), len(sites.of_team(each.team.id)))
            for each in teams.of_user(user.id)
        ]
        context = {"teams": listed, "error": error, "name": name, "gives_plans": gives_plans(user.id)}
        return templates.TemplateResponse(request, "teams/list.html", context, error.status if error else 200)

    @router.get("")
    def list_teams(request: Request, user: ThisUser) -> Response:
        return show_list(request, user)

    @router.post("", dependencies=own_form)
    def create_team(request: Request, user: ThisUser, name: Text = "") -> Response:
        try:
            team = teams.create(name, user.id)
        except FootfallError as error:
            return show_list(request, user, error, name)
        return RedirectResponse(f"/teams/{team.public_id}", 303)

    @router.get("/{public_id}")
    def show_team(request: Request, user: ThisUser, mine: AsMember) -> Response:
        return page.show(request, user, mine)

    return router
