"""What `umami.identify` said of visitors: of one session, by key, and by the texts under a key."""

import asyncio
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from footfall.api.asking import Asking
from footfall.api.umami.callers import Callers
from footfall.api.umami.errors import UmamiRoute
from footfall.api.umami.ids import Ids
from footfall.api.umami.spans import AskedSpan, Span
from footfall.api.umami.websites import moment_text
from footfall.collect.umami import website_id
from footfall.domain import Site
from footfall.query import DateRange
from footfall.query.identities import Told, told_keys, told_of, told_values, told_visitors

_TEXT, _NUMBER, _TRUTH = 1, 2, 3  # Umami's types of data
_TRUTHS = ("true", "false")


def session_data_router(asking: Asking, callers: Callers, ids: Ids) -> APIRouter:
    """Make the routes."""
    router = APIRouter(prefix="/api/websites/{website_id}", tags=["umami"], route_class=UmamiRoute)
    AskedSite = Annotated[Site, Depends(callers.site)]  # noqa: N806 (a type)

    @router.get("/sessions/{session_id}/properties")
    async def session_properties(site: AskedSite, session_id: str) -> list[dict[str, Any]]:
        """List what was said of one visitor; nothing for whoever was never told of."""
        known = await told_visitors(asking.reader, site)
        visitor_id = await asyncio.to_thread(_meant, ids, site, session_id, known)
        told = await told_of(asking.reader, site, visitor_id) if visitor_id is not None else []
        return [_shown(site, session_id, one) for one in told]

    @router.get("/session-data/properties")
    async def keys(site: AskedSite, span: AskedSpan) -> list[dict[str, Any]]:
        """List the keys, and of how many visitors each was said."""
        found = await told_keys(asking.reader, site, _range(site, span))
        return [{"propertyName": key, "total": visitors} for key, visitors in found]

    @router.get("/session-data/values")
    async def values(site: AskedSite, span: AskedSpan, propertyName: str) -> list[dict[str, Any]]:  # noqa: N803 (Umami's)
        """List the texts under a key, and of how many visitors each was said last."""
        found = await told_values(asking.reader, site, _range(site, span), propertyName)
        return [{"value": value, "total": visitors} for value, visitors in found]

    return router


def _meant(ids: Ids, site: Site, session_id: str, known: list[int]) -> int | None:
    """Whose session that is: an id cannot be turned back."""
    return next((one for one in known if ids.of_session(site.id, one) == session_id), None)


def _range(site: Site, span: Span) -> DateRange:
    return DateRange(span.first_at, span.last_at + timedelta(seconds=1), site.zone)


def _shown(site: Site, session_id: str, told: Told) -> dict[str, Any]:
    kind = _type_of(told.value)
    return {
        "websiteId": website_id(site),
        "sessionId": session_id,
        "dataKey": told.key,
        "dataType": kind,
        "stringValue": told.value,
        "numberValue": float(told.value) if kind == _NUMBER else None,
        "dateValue": None,
        "createdAt": moment_text(told.at),
    }


def _type_of(value: str) -> int:
    if value in _TRUTHS:
        return _TRUTH
    try:
        return _NUMBER if abs(float(value)) < float("inf") else _TEXT
    except ValueError:
        return _TEXT
