"""`events` and `sessions`: single events, and what each visitor did, newest first."""

from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request

from footfall.api.asking import Asking
from footfall.api.umami.callers import Callers
from footfall.api.umami.errors import UmamiRoute
from footfall.api.umami.filters import parse_filters
from footfall.api.umami.ids import Ids
from footfall.api.umami.paging import AskedPage, Page
from footfall.api.umami.spans import AskedSpan, Span
from footfall.api.umami.websites import moment_text
from footfall.collect.umami import website_id
from footfall.domain import Site
from footfall.query.records import EventRecord, VisitorRecord, Wanted, events_of, visitors_of

_VIEW, _EVENT = 1, 2


def records_router(asking: Asking, callers: Callers, ids: Ids) -> APIRouter:
    """Make the routes."""
    router = APIRouter(prefix="/api/websites/{website_id}", tags=["umami"], route_class=UmamiRoute)
    AskedSite = Annotated[Site, Depends(callers.site)]  # noqa: N806 (a type)

    @router.get("/events")
    async def events(
        request: Request, site: AskedSite, span: AskedSpan, page: AskedPage, search: str = ""
    ) -> dict[str, Any]:
        """List page views and events, those whose name or path hold the text `search`."""
        wanted = _wanted(request, span, page, search)
        found, count = await events_of(asking.reader, site, wanted, asking.now())
        return page.envelope([shown_event(site, ids, one) for one in found], count)

    @router.get("/sessions")
    async def sessions(
        request: Request, site: AskedSite, span: AskedSpan, page: AskedPage, search: str = ""
    ) -> dict[str, Any]:
        """List visitors and what each did; without consent a visitor of another day is another visitor."""
        wanted = _wanted(request, span, page, search)
        found, count = await visitors_of(asking.reader, site, wanted, asking.now())
        return page.envelope([_shown_visitor(site, ids, one) for one in found], count)

    return router


def _wanted(request: Request, span: Span, page: Page, search: str) -> Wanted:
    return Wanted(span.date_range, parse_filters(request.query_params), search, page.size, page.offset)


def shown_event(site: Site, ids: Ids, event: EventRecord) -> dict[str, Any]:
    """An event as Umami lists it; titles and query strings are not kept."""
    is_view = event.name == "pageview"
    referrer = urlsplit(event.referrer)
    return {
        "id": ids.of_event(event.event_id),
        "websiteId": website_id(site),
        "sessionId": ids.of_session(site.id, event.visitor_id),
        "createdAt": moment_text(event.at),
        "hostname": event.hostname,
        "urlPath": event.path,
        "urlQuery": "",
        "referrerPath": referrer.path,
        "referrerQuery": "",
        "referrerDomain": referrer.hostname or "",
        "country": event.country,
        "region": event.region,
        "city": event.city,
        "device": event.device,
        "os": event.os,
        "browser": event.browser,
        "pageTitle": "",
        "eventType": _VIEW if is_view else _EVENT,
        "eventName": "" if is_view else event.name,
        "hasData": int(event.has_properties),
    }


def _shown_visitor(site: Site, ids: Ids, visitor: VisitorRecord) -> dict[str, Any]:
    told = ("visits", "views", "events", "hostname", "browser", "os", "device", "screen", "language")
    places = ("country", "region", "city")
    return {name: getattr(visitor, name) for name in (*told, *places)} | {
        "id": ids.of_session(site.id, visitor.visitor_id),
        "websiteId": website_id(site),
        "firstAt": moment_text(visitor.first_at),
        "lastAt": moment_text(visitor.last_at),
        "createdAt": moment_text(visitor.first_at),
    }
