"""`/api/websites`: the caller's sites as Umami's websites."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from footfall.api.asking import Asking
from footfall.api.umami.callers import Callers
from footfall.api.umami.errors import UmamiRoute
from footfall.api.umami.paging import AskedPage
from footfall.collect.umami import website_id
from footfall.domain import Site
from footfall.query import current_visitors
from footfall.query.records import first_and_last


def websites_router(asking: Asking, callers: Callers) -> APIRouter:
    """Make the routes."""
    router = APIRouter(prefix="/api/websites", tags=["umami"], route_class=UmamiRoute)
    asked_site = Depends(callers.site)

    @router.get("")
    def list_websites(
        mine: Annotated[list[Site], Depends(callers.sites)], page: AskedPage, search: str = ""
    ) -> dict[str, Any]:
        """List the websites of the caller by domain."""
        found = [site for site in mine if search.lower() in site.domain]
        shown = [_shown(site) for site in found[page.offset : page.offset + page.size]]
        return page.envelope(shown, len(found)) | {"orderBy": "name", "search": search}

    @router.get("/{website_id}")
    def get_website(site: Annotated[Site, asked_site]) -> dict[str, Any]:
        """Tell what a website is."""
        return _shown(site)

    @router.get("/{website_id}/active")
    async def active(site: Annotated[Site, asked_site]) -> dict[str, int]:
        """Count the visitors of the last five minutes."""
        return {"visitors": await current_visitors(asking.reader, site, asking.now())}

    @router.get("/{website_id}/daterange")
    async def date_range(site: Annotated[Site, asked_site]) -> dict[str, str]:
        """Tell when the first and the last event happened; of a site without any, this moment."""
        moments = await first_and_last(asking.reader, site) or (asking.now(), asking.now())
        first, last = map(moment_text, moments)
        return {"startDate": first, "endDate": last}

    return router


def moment_text(moment: datetime) -> str:
    """A moment as JavaScript writes it: UTC, milliseconds, `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _shown(site: Site) -> dict[str, Any]:
    created = moment_text(datetime.fromtimestamp(site.created_ms / 1000, UTC))
    unknown = ("shareId", "resetAt", "teamId", "userId", "createdBy", "deletedAt", "replayConfig")
    return {
        "id": website_id(site),
        "name": site.domain,
        "domain": site.domain,
        "createdAt": created,
        "updatedAt": created,
        "recorderEnabled": False,
    } | dict.fromkeys(unknown)
