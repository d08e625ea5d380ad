"""What the command line asks of the process that owns the data; open to holders of the local token only."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from hmac import compare_digest
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header
from pydantic import BaseModel

from footfall.api.rebuild import shown
from footfall.app.backup import back_up, check_backup
from footfall.app.check import check_install
from footfall.app.install import Install
from footfall.app.privacy_scan import privacy_scan_router
from footfall.app.site_data import roll_up_again
from footfall.app.surroundings import check_surroundings
from footfall.domain import Site
from footfall.domain.plans import Month
from footfall.errors import NotFound, NotSignedIn
from footfall.metadata import note_actor
from footfall.store import first_month_with_views

RESTORE_REQUEST = "restore-request"
"""File that tells the next start to restore the backup it names."""


class Folder(BaseModel):
    """A folder on the server's own machine."""

    folder: Path


class Rebuild(BaseModel):
    """A site, or all of them."""

    domain: str | None = None


def control_router(install: Install) -> APIRouter:
    """Routes under /internal."""

    def site_of(domain: str) -> Site:
        site = install.sites.by_domain(domain)
        if site is None:
            raise NotFound(f"There is no site {domain}; see footfall site list.")
        return site

    async def note(action: str, site_id: int | None = None) -> None:
        await asyncio.to_thread(install.people.audit_log.note, action, site_id)

    router = APIRouter(
        prefix="/internal", include_in_schema=False, dependencies=[Depends(_local_only(install.secrets.local_token))]
    )

    @router.post("/backup")
    async def backup(request: Folder) -> dict[str, Any]:
        made = await asyncio.to_thread(back_up, install, request.folder)
        await note("backup made")
        return made

    @router.post("/restore")
    async def restore(request: Folder) -> dict[str, str]:
        """Leave a note for the next start, which `footfall serve` makes at once."""
        await asyncio.to_thread(check_backup, request.folder)
        await note("restore asked")
        (install.settings.data_dir / RESTORE_REQUEST).write_text(str(request.folder.resolve()))
        install.restart.set()
        return {"restoring": str(request.folder)}

    @router.get("/check")
    async def check() -> list[dict[str, Any]]:
        around = await asyncio.to_thread(check_surroundings, install.settings)
        return [asdict(finding) for finding in (*around, *await asyncio.to_thread(check_install, install))]

    @router.post("/rebuild")
    async def rebuild(request: Rebuild) -> dict[str, int]:
        sites = install.sites.all() if request.domain is None else [site_of(request.domain)]
        for site in sites:
            await note("rollups rebuilt", site.id)
        return {"days_and_months": await asyncio.to_thread(roll_up_again, install, sites)}

    @router.get("/rebuild")
    async def rebuilds(domain: str | None = None) -> dict[str, Any]:
        """Tell how far each site is, by its domain."""
        sites = install.sites.all() if domain is None else [site_of(domain)]
        return await asyncio.to_thread(lambda: {site.domain: shown(install.rebuilder.state(site)) for site in sites})

    @router.post("/views")
    async def recount_views() -> dict[str, int]:
        """Make the views of teams anew from what is stored."""
        install.allowances.plans.require_plans()
        return {"months": await asyncio.to_thread(_recount_views, install)}

    @router.delete("/imports/{import_id}", status_code=204)
    async def end_import(import_id: str) -> None:
        install.visitors.salts.end_import(import_id)

    router.include_router(privacy_scan_router(install))
    return router


def _local_only(token: str) -> Callable[[str], None]:
    """What refuses whoever does not bring the token of this machine."""

    def require_local_token(authorization: Annotated[str, Header()] = "") -> None:
        if not compare_digest(authorization.encode(), f"Bearer {token}".encode()):
            raise NotSignedIn("Only the command line on this machine may do this.")
        note_actor("command", None, "")

    return require_local_token


def _recount_views(install: Install) -> int:
    first = first_month_with_views(install.storage.reader)
    return install.allowances.metering.recount(Month.numbered(first) if first is not None else None)
