"""The export of a site's events, among its settings."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response

from footfall.domain import Site
from footfall.errors import InvalidInput
from footfall.web.guard import Guard
from footfall.web.pages.danger import SiteData
from footfall.web.pages.settings_page import Reader

ExportEvents = Callable[[Site, str, dict[str, str]], Awaitable[Response]]
FORMATS = {"csv": "CSV", "jsonl": "JSON lines", "parquet": "Parquet"}


def export_reader(data: SiteData) -> Reader:
    """What the template of the export shows."""

    def read(_request: Request, site: Site) -> dict[str, Any]:
        return {"stored": data.stored(site), "formats": FORMATS}

    return read


def export_router(*, guard: Guard, export_events: ExportEvents) -> APIRouter:
    """Make `/sites/{domain}/settings/export`, for who manages the site."""
    router = APIRouter(prefix="/sites/{domain}/settings", include_in_schema=False)

    # Posted, so that nothing but this page starts it.
    @router.post("/export", dependencies=[Depends(guard.form)])
    async def export(
        site: Annotated[Site, Depends(guard.managed_site)], form: Annotated[str, Form(alias="format")] = "csv"
    ) -> Response:
        if form not in FORMATS:
            raise InvalidInput(f"The format must be one of {', '.join(FORMATS)}.", field="format")
        name = f"{site.domain}-events.{form}"
        headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
        return await export_events(site, form, headers)

    return router
