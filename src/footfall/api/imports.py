"""`/api/v1/sites/PUBLIC_ID/imports`: totals that another product has counted, brought in as the file it exports."""

import tempfile
from collections.abc import Callable
from typing import IO, Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool

from footfall.api.errors import ShapedErrorRoute
from footfall.api.query import Authorize
from footfall.api.site_of_path import site_of_path
from footfall.domain import Site
from footfall.domain.calendar import date_of
from footfall.errors import TooLarge
from footfall.importers.totals import TotalsImporter
from footfall.sites import SiteDirectory
from footfall.store import Import

SCOPE = "sites:write"
MAX_BYTES = 200_000_000

_Number = Annotated[int, Path(ge=1, lt=1 << 48)]


def imports_router(
    *,
    sites: SiteDirectory,
    importer: TotalsImporter,
    authorize: Authorize,
    note: Callable[[str, Site, Import], None],
) -> APIRouter:
    """Make the routes, for whoever may change the site: people's keys, and the command line of this machine.

    ``note`` writes into the audit log what became of which import: it lies in the store, whose changes tell nobody.
    """
    router = APIRouter(prefix="/api/v1/sites/{public_id}/imports", tags=["imports"], route_class=ShapedErrorRoute)
    site_for = site_of_path(sites, authorize, SCOPE)

    @router.get("")
    def list_imports(request: Request, public_id: str) -> dict[str, Any]:
        return {"imports": [_shown(one) for one in importer.of_site(site_for(request, public_id))]}

    @router.post("", status_code=201)
    async def add_import(request: Request, public_id: str, origin: str = "plausible") -> dict[str, Any]:
        site = await run_in_threadpool(site_for, request, public_id)
        with tempfile.TemporaryFile() as file:
            await _receive(request, file)
            added = await run_in_threadpool(importer.add, site, origin, file)
        await run_in_threadpool(note, "import added", site, added)
        return _shown(added)

    @router.delete("/{import_id}")
    def delete_import(request: Request, public_id: str, import_id: _Number) -> dict[str, str]:
        site = site_for(request, public_id)
        note("import deleted", site, importer.delete(site, import_id))
        return {"deleted": "true"}

    return router


async def _receive(request: Request, file: IO[bytes]) -> None:
    size = 0
    async for block in request.stream():
        size += len(block)
        if size > MAX_BYTES:
            raise TooLarge(f"An export may have at most {MAX_BYTES:,} bytes.")
        await run_in_threadpool(file.write, block)
    file.seek(0)


def _shown(one: Import) -> dict[str, Any]:
    return {
        "id": one.id,
        "origin": one.origin,
        "from": date_of(one.first_day).isoformat(),
        "to": date_of(one.last_day).isoformat(),
        "rows": one.rows,
        "imported_at": one.imported_at.isoformat(timespec="seconds"),
    }
