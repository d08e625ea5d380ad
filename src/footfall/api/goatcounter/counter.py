"""`/counter/PATH.json|svg|png|html`: GoatCounter's visitor counter, which `visit_count()` of its script shows.

GoatCounter counts a page once a visit; so does this, while our own badge counts views.
"""

from collections.abc import Callable
from datetime import date, timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from footfall.api.asking import Asking
from footfall.api.public_counts import (
    ALL_TIME,
    WHOLE_SITE,
    PublicCounts,
    PublicRoute,
    Span,
    headers_for_anybody,
    no_counter,
    path_and_ending,
    words_for_anybody,
)
from footfall.api.small_picture import AS_PICTURE
from footfall.collect import http
from footfall.collect.goatcounter.site_of_request import SiteOfRequest
from footfall.errors import InvalidInput, NotFound
from footfall.sites import SiteDirectory
from footfall.texts import Words, counted

_EARLIEST = "1971-01-01"
_BACK = {"week": timedelta(days=7), "month": timedelta(days=30), "year": timedelta(days=365)}
# A frame on any page; nothing in it may load or run.
_FRAMED = {"content-security-policy": "default-src 'none'; frame-ancestors *"}


def counter_router(sites: SiteDirectory, counts: PublicCounts, asking: Asking) -> APIRouter:
    """Make the route."""
    router = APIRouter(tags=["public"], route_class=PublicRoute)
    site_of_request = SiteOfRequest(sites)

    @router.get("/counter/{path:path}")
    async def counter(request: Request, path: str, start: str = "", end: str = "") -> Response:
        """Tell how many visits saw a page, or with `TOTAL` the site, as `.json`, `.svg`, `.png` or `.html`."""
        site = site_of_request.find(request.scope, http.headers_of(request.scope), lambda one: one.public_counter)
        if site is None:
            raise no_counter()
        name, ending = path_and_ending(path)
        show, words = _SHOWN.get(ending), words_for_anybody(request)
        if show is None:
            raise NotFound(f"A counter ends in one of .{', .'.join(_SHOWN)}.")
        visits = (await counts.of(site, name, _span(start, end, asking.now().astimezone(site.zone).date()))).visits
        response = show(visits, words)
        response.status_code = 200 if visits or name == WHOLE_SITE else 404
        return response

    return router


def _as_json(visits: int, words: Words) -> Response:
    count = words.numbers.whole(visits)
    return JSONResponse({"count": count, "count_unique": count}, headers=headers_for_anybody(words))


def _as_picture(ending: str) -> Callable[[int, Words], Response]:
    return lambda visits, words: AS_PICTURE[ending](_said(visits, words), words)


def _as_page(visits: int, words: Words) -> Response:
    said = _said(visits, words)
    page = f'<!doctype html><html lang="{words.tag}"><meta charset="utf-8"><title>{said}</title><p>{said}</p></html>'
    return HTMLResponse(page, headers=headers_for_anybody(words) | _FRAMED)


def _said(visits: int, words: Words) -> str:
    return words.of(counted("{count} visit", "{count} visits", visits))


_SHOWN: dict[str, Callable[[int, Words], Response]] = {
    "json": _as_json,
    "html": _as_page,
    **{ending: _as_picture(ending) for ending in AS_PICTURE},
}


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
