"""`stats` and `pageviews`: figures of a span of time, and of the span it is compared with."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from footfall.api.asking import Asking, Question
from footfall.api.umami.callers import Callers
from footfall.api.umami.errors import UmamiRoute
from footfall.api.umami.filters import Filters, parse_filters
from footfall.api.umami.spans import AskedSpan, Span
from footfall.api.umami.websites import moment_text
from footfall.domain import Site
from footfall.query import Answer, Row

OF_ROWS = ("visitors", "visits")
OF_VIEWS = ("pageviews",)
OF_VISITS = ("bounce_rate", "visit_duration")


def figures_router(asking: Asking, callers: Callers) -> APIRouter:
    """Make the routes."""
    router = APIRouter(prefix="/api/websites/{website_id}", tags=["umami"], route_class=UmamiRoute)
    AskedSite = Annotated[Site, Depends(callers.site)]  # noqa: N806 (a type)

    @router.get("/stats")
    async def stats(request: Request, site: AskedSite, span: AskedSpan, compare: str = "prev") -> dict[str, Any]:
        """Tell the totals of a span, and those of the one before."""
        filters = parse_filters(request.query_params)
        metrics = [*OF_ROWS, *OF_VIEWS, *OF_VISITS]
        answers = await asyncio.gather(
            *(asking.ask(site, _question(each, filters, metrics)) for each in (span, span.before(compare)))
        )
        current, before = (totals_of(answer, answer.rows[0]) for answer in answers)
        return current | {"comparison": before}

    @router.get("/pageviews")
    async def pageviews(request: Request, site: AskedSite, span: AskedSpan, compare: str = "") -> dict[str, Any]:
        """Tell page views and visitors by minute, hour, day or month."""
        filters = parse_filters(request.query_params)
        current = await _series(asking, site, span, filters)
        if not compare:
            return current
        earlier = span.before(compare)
        before = await _series(asking, site, earlier, filters)
        return current | _ends(span) | {"compare": before | _ends(earlier)}

    return router


def _question(span: Span, filters: Filters, metrics: list[str]) -> Question:
    return {"metrics": metrics, "date_range": span.date_range, "filters": filters}


def totals_of(answer: Answer, row: Row) -> dict[str, int]:
    """Umami's five; bounces and total time come from rate and mean, so that a client's division gives those again."""
    names = [metric.name for metric in answer.question.metrics]
    figures = {name: value or 0 for name, value in zip(names, row.metrics, strict=True)}
    visits = figures["visits"]
    return {
        "pageviews": int(figures.get("pageviews", 0)),
        "visitors": int(figures["visitors"]),
        "visits": int(visits),
        "bounces": round(visits * figures.get("bounce_rate", 0) / 100),
        "totaltime": round(visits * figures.get("visit_duration", 0)),
    }


async def _series(asking: Asking, site: Site, span: Span, filters: Filters) -> dict[str, Any]:
    question = _question(span, filters, ["pageviews", "visitors"]) | {"dimensions": [span.dimension]}
    rows = (await asking.ask(site, question)).rows
    views, visitors = ([{"x": bucket_text(row), "y": row.metrics[index]} for row in rows] for index in (0, 1))
    return {"pageviews": views, "sessions": visitors}


def bucket_text(row: Row) -> str:
    """When a bucket begins, on the site's clock, always with a time of day."""
    label = row.dimensions[0]
    return label if " " in label else f"{label} 00:00:00"


def _ends(span: Span) -> dict[str, str]:
    return {"startDate": moment_text(span.first_at), "endDate": moment_text(span.last_at)}
