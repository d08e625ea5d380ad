"""`events` and `sessions`: single events, and what each visitor did, newest first."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from footfall.api.asking import Asking, Question
from footfall.api.umami.callers import Callers
from footfall.api.umami.errors import UmamiRoute
from footfall.api.umami.filters import parse_filters
from footfall.api.umami.ids import Ids
from footfall.api.umami.paging import AskedPage
from footfall.api.umami.spans import AskedSpan
from footfall.api.umami.websites import moment_text
from footfall.collect.umami import website_id
from footfall.domain import Site
from footfall.query import Answer
from footfall.query.records import EventRecord, VisitorRecord, events_of, visitors_of

_VIEW, _EVENT = 1, 2
_COUNTED = ("events", "visitors")
_SEARCHED = ("event:name", "event:page")


def records_asked(request: Request, span: AskedSpan, search: str = "") -> Question:
    """The question that counts the records of a request."""
    found = [["contains", name, [search], {"case_sensitive": False}] for name in _SEARCHED]
    filters = parse_filters(request.query_params) + ([["or", found]] if search else [])
    return {"metrics": list(_COUNTED), "date_range": span.date_range, "filters": filters}


AskedRecords = Annotated[Question, Depends(records_asked)]


def records_router(asking: Asking, callers: Callers, ids: Ids) -> APIRouter:
    """Make the routes."""
    router = APIRouter(prefix="/api/websites/{website_id}", tags=["umami"], route_class=UmamiRoute)
    AskedSite = Annotated[Site, Depends(callers.site)]  # noqa: N806 (a type)

    @router.get("/events")
    async def events(site: AskedSite, asked: AskedRecords, page: AskedPage) -> dict[str, Any]:
        """List page views and events, those whose name or path hold the text `search`."""
        counted = await asking.ask(site, asked)
        found = await events_of(asking.reader, site, counted, limit=page.size, offset=page.offset)
        return page.envelope([shown_event(site, ids, one) for one in found], _counts(counted)["events"])

    @router.get("/sessions")
    async def sessions(site: AskedSite, asked: AskedRecords, page: AskedPage) -> dict[str, Any]:
        """List visitors and what each did; without consent a visitor of another day is another visitor."""
        counted = await asking.ask(site, asked)
        found = await visitors_of(asking.reader, site, counted, limit=page.size, offset=page.offset)
        return page.envelope([_shown_visitor(site, ids, one) for one in found], _counts(counted)["visitors"])

    return router


def _counts(counted: Answer) -> dict[str, int]:
    return dict(zip(_COUNTED, (int(value or 0) for value in counted.rows[0].metrics), strict=True))


def shown_event(site: Site, ids: Ids, event: EventRecord) -> dict[str, Any]:
    """An event as Umami lists it; titles and query strings are not kept."""
    is_view = event.name == "pageview"
    referrer_domain, slash, referrer_path = event.referrer.partition("://")[2].partition("/")
    return {
        "id": ids.of_event(event.event_id),
        "websiteId": website_id(site),
        "sessionId": ids.of_session(site.id, event.visitor_id),
        "createdAt": moment_text(event.at),
        "hostname": event.hostname,
        "urlPath": event.path,
        "urlQuery": "",
        "referrerPath": slash + referrer_path,
        "referrerQuery": "",
        "referrerDomain": referrer_domain,
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
