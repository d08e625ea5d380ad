"""The people of a team: inviting them, changing what they may do, taking them out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import Membership, Place, Teams, User
from footfall.errors import FootfallError
from footfall.texts import Phrase
from footfall.web.guard import Guard
from footfall.web.inviting import Inviting, checked_role
from footfall.web.pages.team_page import TeamAccess, TeamPage

Text = Annotated[str, Form()]


def team_people_router(
    *, teams: Teams, inviting: Inviting, page: TeamPage, access: TeamAccess, guard: Guard
) -> APIRouter:
    """Make the routes below `/teams/{public_id}` for its owners and admins."""
    router = APIRouter(prefix="/teams", include_in_schema=False)
    ThisUser = Annotated[User, access.signed_in]  # noqa: N806 (a type)
    AsManager = Annotated[Membership, access.manager]  # noqa: N806
    own_form = [Depends(guard.form)]

    @router.post("/{public_id}/invitations", dependencies=own_form)
    async def invite(request: Request, user: ThisUser, mine: AsManager, email: Text = "", role: Text = "") -> Response:
        try:
            place = Place(team_id=mine.team.id)
            invited = await inviting.invite(
                request, user, mine.role, place, Phrase("the team {team}", team=mine.team.name), email, role
            )
        except FootfallError as error:
            typed = {"email": email, "role": role}
            return await run_in_threadpool(page.show, request, user, mine, error, form="invitations", typed=typed)
        return await run_in_threadpool(page.show, request, user, mine, form="invitations", invited=invited)

    @router.post("/{public_id}/invitations/{invitation_id}/withdraw", dependencies=own_form)
    def withdraw(request: Request, user: ThisUser, mine: AsManager, invitation_id: int) -> Response:
        place = Place(team_id=mine.team.id)
        withdrawal = lambda: inviting.invitations.withdraw(invitation_id, place)  # noqa: E731
        return page.tried(request, user, mine, "invitations", withdrawal)

    @router.post("/{public_id}/members/{user_id}/role", dependencies=own_form)
    def change_role(request: Request, user: ThisUser, mine: AsManager, user_id: int, role: Text = "") -> Response:
        def change() -> None:
            teams.change_role(mine.team.id, mine.role, user_id, checked_role(role))

        return page.tried(request, user, mine, "members", change)

    @router.post("/{public_id}/members/{user_id}/remove", dependencies=own_form)
    def remove(request: Request, user: ThisUser, mine: AsManager, user_id: int) -> Response:
        return page.tried(request, user, mine, "members", lambda: teams.remove(mine.team.id, mine.role, user_id))

    return router
