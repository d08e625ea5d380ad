"""`/api/v1/sites/PUBLIC_ID/verdicts`: what became of the events sent to a site in its last 30 days."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from footfall.accounts import Caller
from footfall.api.errors import TextErrorRoute
from footfall.api.keys import SITES_WORDS, Keys, caller_with
from footfall.api.sites import site_of_caller_by_id
from footfall.collect.verdicts import ACCEPTED, REJECTED
from footfall.domain import DropReason, Site
from footfall.sites import SiteDirectory


def verdicts_router(*, sites: SiteDirectory, counts_of: Callable[[Site], Mapping[str, int]], keys: Keys) -> APIRouter:
    """Make the one route of verdicts."""
    router = APIRouter(prefix="/api/v1/sites/{public_id}/verdicts", tags=["verdicts"], route_class=TextErrorRoute)
    reader = Depends(caller_with(keys, "sites:read", SITES_WORDS))

    @router.get("")
    def verdicts(public_id: str, caller: Annotated[Caller, reader]) -> dict[str, Any]:
        counts = counts_of(site_of_caller_by_id(sites, caller, public_id))
        dropped = {reason.value: counts[reason] for reason in DropReason if counts.get(reason)}
        return {"accepted": counts.get(ACCEPTED, 0), "rejected": counts.get(REJECTED, 0), "dropped": dropped}

    return router
