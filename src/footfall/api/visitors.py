"""A visitor's rights over the API: everything stored about them, and erasure of them or of days."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from footfall.api.errors import ShapedErrorRoute
from footfall.api.query import Authorize, Sites
from footfall.api.site_of_path import site_of_path
from footfall.domain import Site

SCOPE = "sites:write"
_MEDIA_TYPE = "application/x-ndjson"


class Rights(Protocol):
    """What is done for a visitor; `app` brings it."""

    def visitor_ids(self, site: Site, *, user: str = "", visitor: str = "") -> list[int]:
        """Every id of the visitor meant."""

    def export(self, site: Site, visitor_ids: Sequence[int]) -> Iterator[bytes]:
        """Everything stored about a visitor, one JSON object a line."""

    def erase(self, site: Site, visitor_ids: Sequence[int]) -> dict[str, Any]:
        """Erase a visitor."""

    def erase_days(self, site: Site, first: date, last: date) -> dict[str, Any]:
        """Erase the events of local days."""


def visitors_router(sites: Sites, rights: Rights, authorize: Authorize) -> APIRouter:
    """Make the routes; a site is named by its public id or its domain."""
    router = APIRouter(prefix="/api/v1/sites/{public_id}", tags=["visitors"], route_class=ShapedErrorRoute)
    site_for = site_of_path(sites, authorize, SCOPE)

    @router.get("/visitors/export", response_class=StreamingResponse)
    def export_visitor(request: Request, public_id: str, user: str = "", visitor: str = "") -> StreamingResponse:
        """Everything stored about one visitor: profile, consents, events."""
        site = site_for(request, public_id)
        lines = rights.export(site, rights.visitor_ids(site, user=user, visitor=visitor))
        return StreamingResponse(lines, media_type=_MEDIA_TYPE)

    @router.delete("/visitors")
    async def erase_visitor(request: Request, public_id: str, user: str = "", visitor: str = "") -> dict[str, Any]:
        """Erase one visitor."""
        site = await run_in_threadpool(site_for, request, public_id)
        visitor_ids = rights.visitor_ids(site, user=user, visitor=visitor)
        return await run_in_threadpool(rights.erase, site, visitor_ids)

    @router.delete("/events")
    async def erase_days(
        request: Request,
        public_id: str,
        first: Annotated[date, Query(alias="from")],
        last: Annotated[date, Query(alias="to")],
    ) -> dict[str, Any]:
        """Erase the events of local days, both named ones among them."""
        site = await run_in_threadpool(site_for, request, public_id)
        return await run_in_threadpool(rights.erase_days, site, first, last)

    return router
