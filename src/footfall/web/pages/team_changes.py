"""What is done with one team as a whole: renaming, leaving, giving a site to another team, deleting."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from footfall.accounts import Membership, Teams, User
from footfall.errors import FootfallError, InvalidInput, NotFound
from footfall.sites import SiteDirectory
from footfall.web.guard import Guard
from footfall.web.pages.team_page import TeamAccess, TeamPage, may_add_sites

Text = Annotated[str, Form()]


def team_changes_router(
    *, teams: Teams, sites: SiteDirectory, page: TeamPage, access: TeamAccess, guard: Guard
) -> APIRouter:
    """Make the forms below `/teams/{public_id}`."""
    router = APIRouter(prefix="/teams/{public_id}", include_in_schema=False, dependencies=[Depends(guard.form)])
    ThisUser = Annotated[User, access.signed_in]  # noqa: N806 (a type)
    AsMember = Annotated[Membership, access.member]  # noqa: N806
    AsOwner = Annotated[Membership, access.owner]  # noqa: N806

    @router.post("/name")
    def rename(request: Request, user: ThisUser, mine: AsOwner, name: Text = "") -> Response:
        return page.tried(request, user, mine, "name", lambda: teams.rename(mine.team.id, name))

    @router.post("/leave")
    def leave(request: Request, user: ThisUser, mine: AsMember) -> Response:
        try:
            teams.leave(mine.team.id, user.id)
        except FootfallError as error:
            return page.show(request, user, mine, error, form="leave")
        sites.refresh()
        return RedirectResponse("/teams", 303)

    @router.post("/sites/{domain}/move")
    def move(request: Request, user: ThisUser, mine: AsOwner, domain: str, to: Text = "") -> Response:
        return page.tried(request, user, mine, "sites", lambda: _move(teams, sites, user, mine, domain, to))

    @router.post("/delete")
    def delete(request: Request, user: ThisUser, mine: AsOwner) -> Response:
        try:
            teams.delete(mine.team.id)
        except FootfallError as error:
            return page.show(request, user, mine, error, form="delete")
        return RedirectResponse("/teams", 303)

    return router


def _move(teams: Teams, sites: SiteDirectory, user: User, mine: Membership, domain: str, to: str) -> None:
    """Give a site of one's team to another of one's teams, the one with the public id ``to``."""
    site = sites.by_domain(domain)
    if site is None or sites.team_of(site.id) != mine.team.id:
        raise NotFound("This team has no such site; it may have been moved already.")
    target = next((each for each in teams.of_user(user.id) if each.team.public_id == to), None)
    if target is None or not may_add_sites(target):
        raise InvalidInput("Choose a team of yours in which you are an owner or admin.", field="to")
    sites.move(site.id, target.team.id)
