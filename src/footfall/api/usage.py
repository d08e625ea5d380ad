"""`/api/v1/teams/PUBLIC_ID/usage`: what a team uses of its plan, for programs."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends

from footfall.accounts import Caller, Teams
from footfall.api.errors import ShapedErrorRoute
from footfall.api.keys import Keys, caller_with
from footfall.errors import NotAllowed
from footfall.plans import TeamPlans, TeamUsage, Usage


def usage_router(*, teams: Teams, plans: TeamPlans, usage: Usage, keys: Keys) -> APIRouter:
    """Make the route; it takes a key of a person who belongs to the team."""
    router = APIRouter(prefix="/api/v1/teams/{public_id}", tags=["teams"], route_class=ShapedErrorRoute)

    @router.get("/usage")
    def team_usage(
        public_id: str, caller: Annotated[Caller, Depends(caller_with(keys, "sites:read"))]
    ) -> dict[str, Any]:
        if caller.owner_id is None:
            raise NotAllowed("A key of one site does not reach its team; use one of a person.")
        team = teams.membership(caller.owner_id, public_id).team
        plans.require_plans()
        return shown(usage.of_team(team.id))

    return router


def shown(used: TeamUsage) -> dict[str, Any]:
    """What a team uses, as the API shows it; a limit of null is none."""
    plan = used.plan
    return {
        "plan": plan.key,
        "month": used.months[0].month,
        "views": {"used": used.views, "limit": plan.monthly_views},
        "sites": {"used": used.sites, "limit": plan.sites},
        "people": {"used": used.people, "limit": plan.people},
        "api": plan.has_api,
        "custom_domain": plan.has_custom_domain,
        "months": [msgspec.to_builtins(month) for month in used.months],
    }
