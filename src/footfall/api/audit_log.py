"""`/api/v1/sites/PUBLIC_ID/audit-log`, `/api/v1/audit-log`: who did what, for owners of a site, a team, the install."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse, Response, StreamingResponse

from footfall.accounts import Accounts, AuditLog, Caller, Part, Teams, Wanted, audit_csv
from footfall.api.errors import ShapedErrorRoute
from footfall.api.keys import Keys, caller_with
from footfall.api.sites import site_of_caller_by_id
from footfall.domain.roles import Right, Role
from footfall.errors import NotAllowed
from footfall.sites import SiteDirectory

_MOST = 1_000
_UTC = ZoneInfo("UTC")
Form = Annotated[Literal["json", "csv"], Query(alias="format", description="csv: all entries as a file, oldest first.")]


class Asked(NamedTuple):
    """Which entries, and in what portions."""

    who: str
    what: str
    first: date | None
    last: date | None
    form: str
    limit: int
    page: int

    def wanted(self, zone: ZoneInfo) -> Wanted:
        """The entries, by days of ``zone``."""
        since_ms = _start_ms(self.first, zone) if self.first else None
        before_ms = _start_ms(self.last + timedelta(days=1), zone) if self.last and self.last < date.max else None
        return Wanted(self.who, self.what, since_ms, before_ms)


def _asked(
    form: Form = "json",
    who: Annotated[str, Query(max_length=254)] = "",
    what: Annotated[str, Query(max_length=40)] = "",
    first: Annotated[date | None, Query(alias="from")] = None,
    last: Annotated[date | None, Query(alias="to")] = None,
    limit: Annotated[int, Query(ge=1, le=_MOST)] = 100,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Asked:
    return Asked(who, what, first, last, form, limit, page)


WhatIsAsked = Annotated[Asked, Depends(_asked)]


def audit_log_router(*, sites: SiteDirectory, teams: Teams, accounts: Accounts, keys: Keys, log: AuditLog) -> APIRouter:
    """Make the routes; a site's takes a key with the scope sites:write, the others one with admin, of an owner."""
    router = APIRouter(prefix="/api/v1", route_class=ShapedErrorRoute)
    writer, admin = Depends(caller_with(keys, "sites:write")), Depends(caller_with(keys, "admin"))

    def answer(part: Part, asked: Asked, zone: ZoneInfo = _UTC) -> Response:
        wanted = asked.wanted(zone)
        if asked.form == "csv":
            lines = audit_csv(log.entries(part, wanted))
            headers = {"content-disposition": 'attachment; filename="audit-log.csv"'}
            return StreamingResponse(lines, media_type="text/csv", headers=headers)
        entries, total = log.newest(part, wanted, limit=asked.limit, offset=(asked.page - 1) * asked.limit)
        meta = {"page": asked.page, "limit": asked.limit, "total_rows": total}
        results: list[Any] = [msgspec.to_builtins(entry) for entry in entries]
        return JSONResponse({"results": results, "meta": meta})

    @router.get("/sites/{public_id}/audit-log", response_class=JSONResponse, tags=["sites"])
    def audit_log(public_id: str, caller: Annotated[Caller, writer], asked: WhatIsAsked) -> Response:
        """List what was done to a site and all that belongs to it, newest first."""
        site = site_of_caller_by_id(sites, caller, public_id)
        if not sites.may(_person(caller), site.id, Right.OWN):
            raise NotAllowed("Only an owner of this site may read its log; ask one to do so.")
        return answer(Part(site_id=site.id), asked, site.zone)

    @router.get("/audit-log", response_class=JSONResponse, tags=["operations"])
    def whole_audit_log(
        caller: Annotated[Caller, admin],
        asked: WhatIsAsked,
        team: Annotated[str, Query(max_length=16)] = "",
    ) -> Response:
        """List what was done in a team and its sites or, for who owns it, in this whole install, newest first."""
        person = _person(caller)
        if team:
            mine = teams.membership(person, team)
            if mine.role is not Role.OWNER:
                raise NotAllowed("Only an owner of the team may read its log; ask one to do so.")
            return answer(Part(team_id=mine.team.id), asked)
        if not accounts.is_owner(person):
            raise NotAllowed("Only the person who owns this install may read its log; name a team of yours.")
        return answer(Part(), asked)

    return router


def _person(caller: Caller) -> int:
    """A key of a site is made by whoever manages it, who need not own it."""
    if caller.owner_id is None:
        raise NotAllowed("The audit log is for owners: send a key that belongs to a person.")
    return caller.owner_id


def _start_ms(day: date, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, time(), zone).timestamp() * 1000)
