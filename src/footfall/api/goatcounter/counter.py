"""`/counter/PATH.json|svg|html`: GoatCounter's visitor counter, which `visit_count()` of its script shows.

GoatCounter counts a page once a visit; so does this, while our own badge counts views.
"""

from collections.abc import Callable
from datetime import date, timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from footfall.api.asking import Asking
from footfall.api.badge import picture_response
from footfall.api.public_counts import (
    ALL_TIME,
    FOR_ANYBODY,
    WHOLE_SITE,
    PublicCounts,
    PublicRoute,
    Span,
    no_counter,
    path_and_ending,
)
from footfall.collect import http
from footfall.collect.goatcounter.site_of_request import SiteOfRequest
from footfall.errors import InvalidInput, NotFound
from footfall.sites import SiteDirectory

_EARLIEST = "1971-01-01"
_WORD = "visits"
_BACK = {"week": timedelta(days=7), "month": timedelta(days=30), "year": timedelta(days=365)}
# A frame on any page; nothing in it may load or run.
_FRAMED = {"content-security-policy": "default-src 'none'; frame-ancestors *"}


def counter_router(sites: SiteDirectory, counts: PublicCounts, asking: Asking) -> APIRouter:
    """Make the route."""
    router = APIRouter(tags=["public"], route_class=PublicRoute)
    site_of_request = SiteOfRequest(sites)

    @router.get("/counter/{path:path}")
    async def counter(request: Request, path: str, start: str = "", end: str = "") -> Response:
        """Tell how many visits saw a page, or with `TOTAL` the site, as `.json`, `.svg` or `.html`."""
        site = site_of_request.find(request.scope, http.headers_of(request.scope), lambda one: one.public_counter)
        if site is None:
            raise no_counter()
        name, ending = path_and_ending(path)
        show = _SHOWN.get(ending)
        if show is None:
            raise NotFound(f"A counter ends in one of .{', .'.join(_SHOWN)}.")
        visits = (await counts.of(site, name, _span(start, end, asking.now().astimezone(site.zone).date()))).visits
        response = show(f"{visits:,}")
        response.status_code = 200 if visits or name == WHOLE_SITE else 404
        return response

    return router


def _as_json(count: str) -> Response:
    return JSONResponse({"count": count, "count_unique": count}, headers=FOR_ANYBODY)


def _as_picture(count: str) -> Response:
    return picture_response(count, _WORD)


def _as_page(count: str) -> Response:
    text = f"{count} {_WORD}"
    page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{text}</title><p>{text}</p></html>'
    return HTMLResponse(page, headers=FOR_ANYBODY | _FRAMED)


_SHOWN: dict[str, Callable[[str], Response]] = {"json": _as_json, "svg": _as_picture, "html": _as_page}


def _span(start: str, end: str, today: date) -> Span:
    """The days asked for; both belong to the range."""
    if not start and not end:
        return ALL_TIME
    back = _BACK.get(start)
    first = (today - back).isoformat() if back else _day("start", start or _EARLIEST)
    return first, _day("end", end or today.isoformat())


def _day(field: str, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise InvalidInput(f"{field}: write a date as 2026-01-31.", field=field) from None
