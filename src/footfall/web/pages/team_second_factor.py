"""Whether a team asks everybody who sees its sites for a second factor."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from footfall.accounts import Membership, SecondFactors, Teams, User
from footfall.errors import Conflict
from footfall.web.guard import Guard
from footfall.web.pages.team_page import TeamAccess, TeamPage


def team_second_factor_router(
    *, teams: Teams, factors: SecondFactors, page: TeamPage, access: TeamAccess, guard: Guard
) -> APIRouter:
    """Make `/teams/{public_id}/second-factor` for its owners and admins."""
    router = APIRouter(prefix="/teams", include_in_schema=False)
    ThisUser = Annotated[User, access.signed_in]  # noqa: N806 (a type)
    AsManager = Annotated[Membership, access.manager]  # noqa: N806

    @router.post("/{public_id}/second-factor", dependencies=[Depends(guard.form)])
    def require(
        request: Request,
        user: ThisUser,
        mine: AsManager,
        is_required: Annotated[bool, Form()] = False,
    ) -> Response:
        def change() -> None:
            if is_required and factors.state(user.id) is None:
                raise Conflict("Set up a second factor of your own first, or you would lock yourself out.")
            teams.require_second_factor(mine.team.id, is_required=is_required)

        return page.tried(request, user, mine, "second-factor", change)

    return router
