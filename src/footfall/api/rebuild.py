"""`GET /api/v1/sites/PUBLIC_ID/rebuild`: how far a site's stored data follow its time zone and the rules of today."""

from collections.abc import Callable
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import Caller
from footfall.api.errors import TextErrorRoute
from footfall.api.keys import SITES_WORDS, Keys, caller_with
from footfall.api.sites import site_of_caller_by_id
from footfall.domain import Site
from footfall.sites import SiteDirectory


class RebuildState(Protocol):
    """How far a site is: whether it is done, and how many of how many months and days are."""

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to do."""

    @property
    def channels(self) -> tuple[int, int]:
        """Months whose channels were told again by other rules, of so many."""

    @property
    def rollups(self) -> tuple[int, int]:
        """Closed days that are rolled up, of so many."""


def rebuild_router(*, sites: SiteDirectory, state_of: Callable[[Site], RebuildState], keys: Keys) -> APIRouter:
    """Make the one route of rebuilds."""
    router = APIRouter(prefix="/api/v1/sites/{public_id}/rebuild", tags=["sites"], route_class=TextErrorRoute)
    reader = Depends(caller_with(keys, "sites:read", SITES_WORDS))

    @router.get("")
    async def rebuild(public_id: str, caller: Annotated[Caller, reader]) -> dict[str, Any]:
        """Tell how far a site's stored data follow its time zone and the rules of channels."""
        site = site_of_caller_by_id(sites, caller, public_id)
        return shown(await run_in_threadpool(state_of, site))

    return router


def shown(state: RebuildState) -> dict[str, Any]:
    """Return a state as the API shows it."""
    told, months = state.channels
    rolled_up, days = state.rollups
    return {
        "is_done": state.is_done,
        "channels": {"months_done": told, "months": months},
        "rollups": {"days_done": rolled_up, "days": days},
    }
