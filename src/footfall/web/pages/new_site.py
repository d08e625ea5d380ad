"""Adding a site."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.templating import Jinja2Templates

from footfall.accounts import Team, Teams, User
from footfall.errors import FootfallError, InvalidInput
from footfall.sites import SiteDirectory, currencies, timezones
from footfall.web.guard import Guard
from footfall.web.pages.team_page import may_add_sites

Text = Annotated[str, Form()]


class NewSitePage:
    """Shows the form, and knows which teams a site may be added to."""

    def __init__(self, teams: Teams, templates: Jinja2Templates) -> None:
        self._teams = teams
        self._templates = templates

    def show(
        self, request: Request, user: User, given: dict[str, str], error: FootfallError | None = None, team: str = ""
    ) -> Response:
        """Show it with what was ``given``; ``team`` is the public id of the one that was chosen."""
        context = {
            "given": given,
            "error": error,
            "timezones": timezones(),
            "currencies": currencies(),
            "teams": self._open_teams(user),
            "chosen_team": team or request.query_params.get("team", ""),
        }
        return self._templates.TemplateResponse(request, "sites/new.html", context, error.status if error else 200)

    def chosen_team(self, user: User, public_id: str) -> int | None:
        """The number of the team of this public id, None without one; raises InvalidInput where they may not."""
        chosen = next((each.id for each in self._open_teams(user) if each.public_id == public_id), None)
        if public_id and chosen is None:
            raise InvalidInput("Choose a team in which you are an owner or admin.", field="team")
        return chosen

    def _open_teams(self, user: User) -> list[Team]:
        """The teams a person may add sites to."""
        return [each.team for each in self._teams.of_user(user.id) if may_add_sites(each)]


def new_site_router(*, sites: SiteDirectory, guard: Guard, page: NewSitePage) -> APIRouter:
    """Make `/sites/new`; include it before pages at `/sites/{domain}`."""
    router = APIRouter(prefix="/sites/new", include_in_schema=False)
    ThisUser = Annotated[User, Depends(guard.user)]  # noqa: N806 (a type)

    @router.get("")
    def new_site_form(request: Request, user: ThisUser) -> Response:
        return page.show(request, user, {"domain": "", "timezone": "", "currency": "EUR"})

    @router.post("", dependencies=[Depends(guard.form)])
    def create_site(
        request: Request,
        user: ThisUser,
        domain: Text = "",
        timezone: Text = "",
        currency: Text = "EUR",
        team: Text = "",
    ) -> Response:
        """Add it to the chosen team; without a choice, to the first one this person owns."""
        given = {"domain": domain, "timezone": timezone, "currency": currency}
        try:
            site = sites.create(owner_id=user.id, team_id=page.chosen_team(user, team), **given)
        except FootfallError as error:
            return page.show(request, user, given, error, team)
        return RedirectResponse(f"/sites/{site.domain}/install", 303)

    return router
