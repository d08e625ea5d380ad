"""`/api/v1/sites/PUBLIC_ID/segments`: filters under a name, for a person or for all members of a site."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import Caller
from footfall.api.body import read_body, text_field
from footfall.api.errors import TextErrorRoute
from footfall.api.holders import edit_check, holder, kind_of
from footfall.api.keys import SITES_WORDS, Keys, caller_with
from footfall.api.sites import site_of_caller_by_id
from footfall.errors import NotAllowed
from footfall.query import check_filters
from footfall.sites import Goals, Segment, Segments, SiteDirectory

_Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


def segments_router(*, sites: SiteDirectory, segments: Segments, goals: Goals, keys: Keys) -> APIRouter:
    """Make the routes of segments; a key that reads statistics may keep segments of its person."""
    router = APIRouter(prefix="/api/v1/sites/{public_id}/segments", tags=["segments"], route_class=TextErrorRoute)
    reader = Depends(caller_with(keys, "stats:read", SITES_WORDS))
    may_edit = edit_check(keys, sites)

    @router.get("")
    def list_segments(public_id: str, caller: Annotated[Caller, reader]) -> dict[str, Any]:
        site = site_of_caller_by_id(sites, caller, public_id)
        return {"segments": [_shown(segment) for segment in segments.seen_by(site.id, caller.owner_id)]}

    @router.post("")
    async def add_segment(request: Request, public_id: str, caller: Annotated[Caller, reader]) -> dict[str, Any]:
        site = site_of_caller_by_id(sites, caller, public_id)
        fields = await read_body(request)
        name, owner_id = text_field(fields, "name"), holder(text_field(fields, "type", "personal"), caller)
        if owner_id is None and not await run_in_threadpool(may_edit, request, site):
            raise NotAllowed("A segment for all members needs the scope sites:write, and the right to edit the site.")
        filters = check_filters(fields.get("filters"), tuple(await run_in_threadpool(goals.of_site, site.id)))
        return _shown(await run_in_threadpool(segments.add, site.id, owner_id, name, filters))

    @router.delete("/{segment_id}")
    def delete_segment(
        request: Request, public_id: str, segment_id: _Number, caller: Annotated[Caller, reader]
    ) -> dict[str, str]:
        site = site_of_caller_by_id(sites, caller, public_id)
        segments.delete(site.id, segment_id, caller.owner_id, is_owner=may_edit(request, site))
        return {"deleted": "true"}

    return router


def _shown(segment: Segment) -> dict[str, Any]:
    return {
        "id": segment.id,
        "name": segment.name,
        "type": kind_of(segment.owner_id),
        "filters": segment.filters,
    }
