"""The section of a site's settings that says who sees it: its team, and guests of this site alone."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import Place, Teams, User
from footfall.domain import Site
from footfall.domain.roles import GIVES, Role
from footfall.errors import FootfallError, NotAllowed
from footfall.sites import SiteDirectory
from footfall.web.guard import Guard
from footfall.web.inviting import Inviting, checked_role, role_choices
from footfall.web.pages.settings_page import Reader, SettingsPage

Text = Annotated[str, Form()]
# Owners of a site are the owners of its team: a guest who could give it away would be more than a guest.
_NO_GUEST = Role.OWNER


def people_reader(teams: Teams, sites: SiteDirectory, inviting: Inviting) -> Reader:
    """What the section's template shows."""

    def read(request: Request, site: Site) -> dict[str, Any]:
        user: User = request.state.user
        role = sites.role(user.id, site.id) or Role.VIEWER
        team_id = sites.team_of(site.id)
        mine = {each.team.id: each.team for each in teams.of_user(user.id)}
        return {
            "guests": sites.guests(site.id),
            "invitations": inviting.invitations.open_at(Place(site_id=site.id)),
            "team": mine.get(team_id or 0),
            "team_size": len(teams.members(team_id)) if team_id else 0,
            "gives": set(GIVES[role]),
            "choices": _guest_choices(role),
            "invited": None,
            "typed": {"email": "", "role": Role.VIEWER.value},
        }

    return read


def site_people_router(*, sites: SiteDirectory, inviting: Inviting, guard: Guard, page: SettingsPage) -> APIRouter:
    """Make `/sites/{domain}/settings/people` for those who may manage a site."""
    router = APIRouter(prefix="/sites/{domain}/settings/people", include_in_schema=False)
    ThisSite = Annotated[Site, Depends(guard.managed_site)]  # noqa: N806 (a type)
    own_form = [Depends(guard.form)]

    def giver(user: User, site: Site) -> Role:
        return sites.role(user.id, site.id) or Role.VIEWER

    def require_gift(user: User, site: Site, guest_id: int) -> None:
        known = next((guest.role for guest in sites.guests(site.id) if guest.user_id == guest_id), None)
        if known is not None and known not in GIVES[giver(user, site)]:
            raise NotAllowed("Only an owner of this site may do this; ask one to do so.")

    @router.post("/invitations", dependencies=own_form)
    async def invite(
        request: Request,
        site: ThisSite,
        user: Annotated[User, Depends(guard.user)],
        email: Text = "",
        role: Text = "",
    ) -> Response:
        try:
            _checked_guest_role(role)
            place = Place(site_id=site.id)
            invited = await inviting.invite(request, user, giver(user, site), place, site.domain, email, role)
        except FootfallError as error:
            typed = {"email": email, "role": role}
            return await run_in_threadpool(page.show, request, site, "people", error, typed=typed)
        return await run_in_threadpool(page.show, request, site, "people", invited=invited)

    @router.post("/invitations/{invitation_id}/withdraw", dependencies=own_form)
    def withdraw(site: ThisSite, invitation_id: int) -> Response:
        inviting.invitations.withdraw(invitation_id, Place(site_id=site.id))
        return page.saved(site, "people")

    @router.post("/guests/{user_id}/role", dependencies=own_form)
    def change_role(
        request: Request,
        site: ThisSite,
        user: Annotated[User, Depends(guard.user)],
        user_id: int,
        role: Text = "",
    ) -> Response:
        require_gift(user, site, user_id)
        try:
            sites.change_guest(site.id, user_id, _checked_guest_role(role))
        except FootfallError as error:
            return page.show(request, site, "people", error)
        return page.saved(site, "people")

    @router.post("/guests/{user_id}/remove", dependencies=own_form)
    def remove(site: ThisSite, user: Annotated[User, Depends(guard.user)], user_id: int) -> Response:
        require_gift(user, site, user_id)
        sites.remove_guest(site.id, user_id)
        return page.saved(site, "people")

    return router


def _guest_choices(role: Role) -> dict[str, str]:
    return {name: meaning for name, meaning in role_choices(role).items() if name != _NO_GUEST}


def _checked_guest_role(role: str) -> Role:
    chosen = checked_role(role)
    if chosen is _NO_GUEST:
        raise NotAllowed("Owners of a site are the owners of its team; invite them to the team.")
    return chosen
