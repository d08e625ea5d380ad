"""`/api/v1/sites/PUBLIC_ID/audit-log`: who did what to a site, for its owners."""

import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse, Response, StreamingResponse

from footfall.accounts import AuditLog, Caller, Entry
from footfall.api.errors import ShapedErrorRoute
from footfall.api.keys import Keys, caller_with
from footfall.api.native.files import csv_lines
from footfall.api.sites import site_of_caller_by_id
from footfall.sites import SiteDirectory

COLUMNS = Entry.__struct_fields__
_MOST = 1_000


def audit_log_router(*, sites: SiteDirectory, keys: Keys, log: AuditLog) -> APIRouter:
    """Make the route; it takes a key with the scope sites:write, which only owners' keys have for a site."""
    router = APIRouter(prefix="/api/v1/sites/{public_id}", tags=["sites"], route_class=ShapedErrorRoute)
    owner = Depends(caller_with(keys, "sites:write"))

    @router.get("/audit-log", response_class=JSONResponse)
    def audit_log(
        public_id: str,
        caller: Annotated[Caller, owner],
        form: Annotated[
            Literal["json", "csv"], Query(alias="format", description="csv: all entries as a file, oldest first.")
        ] = "json",
        limit: Annotated[int, Query(ge=1, le=_MOST)] = 100,
        page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    ) -> Response:
        """List what was done to a site and its settings, keys, members, goals and shields, newest first."""
        site = site_of_caller_by_id(sites, caller, public_id)
        if form == "csv":
            headers = {"content-disposition": 'attachment; filename="audit-log.csv"'}
            return StreamingResponse(audit_csv(log.entries(site.id)), media_type="text/csv", headers=headers)
        entries, total = log.of_site(site.id, limit=limit, offset=(page - 1) * limit)
        meta = {"page": page, "limit": limit, "total_rows": total}
        return JSONResponse({"results": [msgspec.to_builtins(entry) for entry in entries], "meta": meta})

    return router


def audit_csv(entries: Iterator[Entry]) -> Iterator[str]:
    """The lines of a file, with ``detail`` as JSON."""
    yield from csv_lines(COLUMNS, [])
    for entry in entries:
        row: dict[str, Any] = msgspec.to_builtins(entry)
        row["detail"] = json.dumps(row["detail"])
        yield from list(csv_lines(COLUMNS, [row]))[1:]
