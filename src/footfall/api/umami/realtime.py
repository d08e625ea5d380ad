"""`/api/realtime/{id}`: the last 30 minutes of a website."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from footfall.api.asking import Asking, Question
from footfall.api.umami.callers import Callers
from footfall.api.umami.columns import name_of_nothing
from footfall.api.umami.errors import UmamiRoute
from footfall.api.umami.figures import bucket_text
from footfall.api.umami.filters import Filters, parse_filters
from footfall.api.umami.ids import Ids
from footfall.api.umami.records import shown_event
from footfall.domain import Site
from footfall.query import Answer
from footfall.query.records import events_of

_MOST_ROWS = 100
_SPAN = "realtime"
_COUNTRY, _REFERRER = "visit:country", "visit:referrer"


def realtime_router(asking: Asking, callers: Callers, ids: Ids) -> APIRouter:
    """Make the route."""
    router = APIRouter(prefix="/api/realtime", tags=["umami"], route_class=UmamiRoute)

    @router.get("/{website_id}")
    async def realtime(request: Request, site: Annotated[Site, Depends(callers.site)]) -> dict[str, Any]:
        """Tell the last 30 minutes: places, pages, referrers, events, and the figures by minute."""
        filters = parse_filters(request.query_params)
        questions = (
            _question(["pageviews", "visitors", "events"], filters),
            _question(["pageviews", "visitors"], filters, "time:minute"),
            _question(["pageviews"], filters, "event:page"),
            _question(["visitors"], filters, _COUNTRY),
            _question(["visitors"], filters, _REFERRER),
        )
        totals, minutes, pages, countries, referrers = await asyncio.gather(
            *(asking.ask(site, question) for question in questions)
        )
        events = await events_of(asking.reader, site, totals, limit=_MOST_ROWS)
        views, visitors, all_events = totals.rows[0].metrics
        return {
            "countries": _counts(countries),
            "urls": _counts(pages),
            "referrers": _counts(referrers),
            "events": [_typed(shown_event(site, ids, event)) for event in events],
            "series": {"views": _points(minutes, 0), "visitors": _points(minutes, 1)},
            "totals": {
                "views": views,
                "visitors": visitors,
                "events": (all_events or 0) - (views or 0),
                "countries": len(countries.rows),
            },
            "timestamp": int(asking.now().timestamp() * 1000),
        }

    return router


def _question(metrics: list[str], filters: Filters, dimension: str = "") -> Question:
    question: Question = {"metrics": metrics, "date_range": _SPAN, "filters": filters}
    if not dimension:
        return question
    nothing = None if dimension.startswith("time") else name_of_nothing(dimension)
    known = [["is_not", dimension, [nothing]]] if nothing else []
    paging = {"limit": _MOST_ROWS}
    return question | {"dimensions": [dimension], "filters": [*filters, *known], "pagination": paging}


def _counts(answer: Answer) -> dict[str, Any]:
    return {row.dimensions[0]: row.metrics[0] for row in answer.rows}


def _points(answer: Answer, index: int) -> list[dict[str, Any]]:
    return [{"x": bucket_text(row), "t": bucket_text(row), "y": row.metrics[index]} for row in answer.rows]


def _typed(event: dict[str, Any]) -> dict[str, Any]:
    return {"__type": "event" if event["eventName"] else "pageview"} | event
