"""`/api/v1/sites/PUBLIC_ID/imports`: totals that another product has counted, brought in as the file it exports."""

import tempfile
from typing import IO, Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import Caller
from footfall.api.errors import ShapedErrorRoute
from footfall.api.keys import Keys, caller_with
from footfall.api.sites import site_of_caller_by_id
from footfall.domain.calendar import date_of
from footfall.errors import TooLarge
from footfall.importers.totals import TotalsImporter
from footfall.sites import SiteDirectory
from footfall.store import Import

MAX_BYTES = 200_000_000

_Number = Annotated[int, Path(ge=1, lt=1 << 48)]


def imports_router(*, sites: SiteDirectory, importer: TotalsImporter, keys: Keys) -> APIRouter:
    """Make the routes, for keys that may change the site."""
    router = APIRouter(prefix="/api/v1/sites/{public_id}/imports", tags=["imports"], route_class=ShapedErrorRoute)
    writer = Depends(caller_with(keys, "sites:write"))

    @router.get("")
    def list_imports(public_id: str, caller: Annotated[Caller, writer]) -> dict[str, Any]:
        site = site_of_caller_by_id(sites, caller, public_id)
        return {"imports": [_shown(one) for one in importer.of_site(site)]}

    @router.post("", status_code=201)
    async def add_import(
        request: Request, public_id: str, caller: Annotated[Caller, writer], origin: str = "plausible"
    ) -> dict[str, Any]:
        site = await run_in_threadpool(site_of_caller_by_id, sites, caller, public_id)
        with tempfile.TemporaryFile() as file:
            await _receive(request, file)
            return _shown(await run_in_threadpool(importer.add, site, origin, file))

    @router.delete("/{import_id}")
    def delete_import(public_id: str, import_id: _Number, caller: Annotated[Caller, writer]) -> dict[str, str]:
        importer.delete(site_of_caller_by_id(sites, caller, public_id), import_id)
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
