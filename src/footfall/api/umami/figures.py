"""`stats`, `pageviews`, `metrics`, `metrics/expanded`, `values`: figures of a span of time."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request

from footfall.api.asking import Asking, Question
from footfall.api.umami.callers import Callers
from footfall.api.umami.columns import COLUMNS, IN_COUNTRIES, name_of_nothing
from footfall.api.umami.errors import UmamiRoute
from footfall.api.umami.filters import Filters, parse_filters
from footfall.api.umami.spans import AskedSpan, Span
from footfall.api.umami.websites import moment_text
from footfall.domain import Site
from footfall.errors import InvalidInput
from footfall.query import DIMENSIONS, Answer, Row
from footfall.query.dimensions import Level

_PAGE = "event:page"
_BASE = ("visitors", "visits")
_OF_VISITS = ("bounce_rate", "visit_duration")
_MAX_LIMIT = 10_000
_NO_VIEWS = ["is_not", "event:name", ["pageview"]]
_COUNTRY = "visit:country"
_EVENT = "event"

Point = dict[str, Any]


def figures_router(asking: Asking, callers: Callers) -> APIRouter:
    """Make the routes."""
    router = APIRouter(prefix="/api/websites/{website_id}", tags=["umami"], route_class=UmamiRoute)
    AskedSite = Annotated[Site, Depends(callers.site)]  # noqa: N806 (a type)

    @router.get("/stats")
    async def stats(request: Request, site: AskedSite, span: AskedSpan, compare: str = "prev") -> dict[str, Any]:
        """Tell the totals of a span, and those of the one before."""
        filters = parse_filters(request.query_params)
        metrics = [*_BASE, "pageviews", *_OF_VISITS]
        answers = await asyncio.gather(
            *(asking.ask(site, _question(each, filters, metrics)) for each in (span, span.before(compare)))
        )
        current, before = (_totals(answer, answer.rows[0]) for answer in answers)
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

    @router.get("/metrics")
    async def metrics(
        request: Request,
        site: AskedSite,
        span: AskedSpan,
        type: str,  # noqa: A002 (its name on the wire)
        search: str = "",
        limit: Annotated[int, Query(ge=1, le=_MAX_LIMIT)] = 500,
        offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    ) -> list[Point]:
        """Tell the visitors by the values of one column; of events how often each happened."""
        figure = "events" if type == _EVENT else "visitors"
        extra = [_COUNTRY] if type in IN_COUNTRIES else []
        question = _breakdown(span, request, type, search, [figure], (limit, offset))
        if question is None:
            return []
        answer = await asking.ask(site, question | {"dimensions": [*question["dimensions"], *extra]})
        return [_point(row, has_country=bool(extra)) for row in answer.rows]

    @router.get("/metrics/expanded")
    async def expanded(
        request: Request,
        site: AskedSite,
        span: AskedSpan,
        type: str,  # noqa: A002 (its name on the wire)
        search: str = "",
        limit: Annotated[int, Query(ge=1, le=_MAX_LIMIT)] = 500,
        offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    ) -> list[dict[str, Any]]:
        """Tell all totals by the values of one column; 0 where a column and a figure have nothing in common."""
        dimension = _dimension(type)
        question = _breakdown(span, request, type, search, _askable(dimension), (limit, offset)) if dimension else None
        if question is None:
            return []
        answer = await asking.ask(site, question)
        return [{"name": row.dimensions[0]} | _totals(answer, row) for row in answer.rows]

    @router.get("/values")
    async def values(
        request: Request,
        site: AskedSite,
        span: AskedSpan,
        type: str,  # noqa: A002 (its name on the wire)
        search: str = "",
    ) -> list[str]:
        """List the values of a column in their order, those that hold the text `search`."""
        question = _breakdown(span, request, type, search, ["visitors"], (_MAX_LIMIT, 0))
        if question is None:
            return []
        answer = await asking.ask(site, question)
        return sorted(row.dimensions[0] for row in answer.rows)

    return router


def _question(span: Span, filters: Filters, metrics: list[str]) -> Question:
    return {"metrics": metrics, "date_range": span.date_range, "filters": filters}


def _breakdown(
    span: Span, request: Request, column: str, search: str, metrics: list[str], rows: tuple[int, int]
) -> Question | None:
    """The question by one column; None for what is not kept."""
    dimension = _dimension(column)
    if dimension is None:
        return None
    filters = parse_filters(request.query_params)
    if column == _EVENT:
        filters.append(_NO_VIEWS)
    if search:
        filters.append(["contains", dimension, [search], {"case_sensitive": False}])
    if nothing := name_of_nothing(dimension):
        filters.append(["is_not", dimension, [nothing]])
    limit, offset = rows
    paging = {"pagination": {"limit": limit, "offset": offset}}
    return _question(span, filters, metrics) | {"dimensions": [dimension]} | paging


def _dimension(column: str) -> str | None:
    if column not in COLUMNS:
        raise InvalidInput(f"There is no type {column}; use one of {', '.join(COLUMNS)}.", field="type")
    return COLUMNS[column]


def _askable(dimension: str) -> list[str]:
    """The metrics that rows by a dimension can have."""
    known = DIMENSIONS.get(dimension)
    if known is None or (known.level is Level.EVENT and dimension != _PAGE):
        return [*_BASE, "pageviews"]
    return [*_BASE, *_OF_VISITS] if known.is_of_whole_visits else [*_BASE, "pageviews", *_OF_VISITS]


def _totals(answer: Answer, row: Row) -> dict[str, int]:
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


def _point(row: Row, *, has_country: bool) -> Point:
    point: Point = {"x": row.dimensions[0], "y": row.metrics[0]}
    return point | {"country": row.dimensions[1]} if has_country else point
