"""`/api/v1/sites/teams` in the shape of Plausible's Sites API: the teams whose sites a key reaches."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends

from footfall.accounts import Caller, Membership, Teams
from footfall.api.errors import TextErrorRoute
from footfall.api.keys import SITES_WORDS, Keys, caller_with
from footfall.api.paging import AskedPage, page_of


def teams_api_router(*, teams: Teams, keys: Keys) -> APIRouter:
    """Make the route; include it before those of sites."""
    router = APIRouter(prefix="/api/v1/sites/teams", tags=["sites"], route_class=TextErrorRoute)
    reader = Depends(caller_with(keys, "sites:read", SITES_WORDS))

    @router.get("")
    def list_teams(caller: Annotated[Caller, reader], asked: AskedPage) -> dict[str, Any]:
        mine = sorted(teams.of_user(caller.owner_id), key=_number) if caller.owner_id is not None else []
        page = page_of(mine, _number, asked)
        return {"teams": [_shown(membership) for membership in page.items], "meta": page.meta}

    return router


def _shown(membership: Membership) -> dict[str, Any]:
    return {"id": membership.team.public_id, "name": membership.team.name, "api_available": True}


def _number(membership: Membership) -> int:
    return membership.team.id
