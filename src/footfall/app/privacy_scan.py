"""What a privacy scan needs of the process that owns the data: a throw-away site, and a look at every column.

Files are read by the command, never here: closing a file of SQLite drops this process's locks on it.
"""

import asyncio
from typing import Any

import msgspec
from fastapi import APIRouter
from pydantic import BaseModel

from footfall.app.install import Install
from footfall.app.site_data import delete_site_data
from footfall.errors import InvalidInput
from footfall.privacy.control import Control, control_needles, control_of, planted
from footfall.privacy.needles import Needle
from footfall.privacy.scan import Report, Scan
from footfall.store import Reader
from footfall.store.columns import column_bytes, probe, stored_columns

SCAN_SITES = ".privacy-scan.invalid"
"""How the domains of throw-away sites end."""


class Wanted(BaseModel):
    """What to look for: labels with texts."""

    needles: list[tuple[str, str]]


def privacy_scan_router(install: Install) -> APIRouter:
    """Routes under /internal/privacy-scans; each scan is named by the domain of its throw-away site."""
    router = APIRouter(prefix="/privacy-scans/{domain}")
    delete_data = delete_site_data(install)

    @router.put("", status_code=201)
    async def begin(domain: str) -> dict[str, str]:
        if not domain.endswith(SCAN_SITES):
            raise InvalidInput(f"The site of a scan ends in {SCAN_SITES}.", field="domain")
        site = await asyncio.to_thread(install.sites.create, domain)
        return {"public_id": site.public_id}

    @router.post("/columns")
    async def columns(wanted: Wanted) -> dict[str, Any]:
        needles = [Needle(*each) for each in wanted.needles]
        control = await asyncio.to_thread(_control_column, install)
        report = await asyncio.to_thread(_scan_columns, install.storage.reader, needles)
        return {"control": msgspec.to_builtins(control), "report": msgspec.to_builtins(report)}

    @router.delete("", status_code=204)
    async def end(domain: str) -> None:
        site = install.sites.by_domain(domain)
        if site is None or not domain.endswith(SCAN_SITES):
            return
        await delete_data(site)
        await asyncio.to_thread(install.sites.delete, site.id)

    return router


def _scan_columns(reader: Reader, needles: list[Needle]) -> Report:
    scan, report = Scan(needles), Report()
    for column in stored_columns(reader):
        report.add(scan.column(f"{column.table}.{column.name}", column_bytes(reader, column)))
    return report


def _control_column(install: Install) -> Control:
    needles = control_needles()
    with probe(install.storage.engine, planted(needles)) as column:
        report = Scan(needles).column("probe", column_bytes(install.storage.reader, column))
    return control_of("a column of the store", needles, report)
