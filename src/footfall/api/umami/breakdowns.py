"""`metrics`, `metrics/expanded` and `values`: figures by the values of one column."""

from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Query, Request

from footfall.api.asking import Asking, Question
from footfall.api.umami.callers import Callers
from footfall.api.umami.columns import COLUMNS, IN_COUNTRIES, name_of_nothing
from footfall.api.umami.errors import UmamiRoute
from footfall.api.umami.figures import OF_ROWS, OF_VIEWS, OF_VISITS, totals_of
from footfall.api.umami.filters import Filters, parse_filters
from footfall.api.umami.spans import AskedSpan
from footfall.domain import Site
from footfall.errors import InvalidInput
from footfall.query import DIMENSIONS, Row
from footfall.query.dimensions import Level

_MAX_LIMIT = 10_000
_MAX_OFFSET = 1_000_000
_EVENT = "event"
_NO_VIEWS = ["is_not", "event:name", ["pageview"]]
_PAGE = "event:page"
_COUNTRY = "visit:country"


class Breakdown(NamedTuple):
    """The question by one column, without metrics; ``dimension`` is None for a column that is not kept."""

    column: str
    dimension: str | None
    question: Question


def breakdown_asked(
    request: Request,
    span: AskedSpan,
    type: str,  # noqa: A002 (its name on the wire)
    search: str = "",
    limit: Annotated[int, Query(ge=1, le=_MAX_LIMIT)] = 500,
    offset: Annotated[int, Query(ge=0, le=_MAX_OFFSET)] = 0,
) -> Breakdown:
    """Read it off a request; raises InvalidInput."""
    if type not in COLUMNS:
        raise InvalidInput(f"There is no type {type}; use one of {', '.join(COLUMNS)}.", field="type")
    dimension = COLUMNS[type]
    filters = parse_filters(request.query_params)
    question: Question = {
        "date_range": span.date_range,
        "dimensions": [dimension],
        "filters": [*filters, *_on_values(type, dimension, search)] if dimension else filters,
        "pagination": {"limit": limit, "offset": offset},
    }
    return Breakdown(type, dimension, question)


AskedBreakdown = Annotated[Breakdown, Depends(breakdown_asked)]


def breakdowns_router(asking: Asking, callers: Callers) -> APIRouter:
    """Make the routes."""
    router = APIRouter(prefix="/api/websites/{website_id}", tags=["umami"], route_class=UmamiRoute)
    AskedSite = Annotated[Site, Depends(callers.site)]  # noqa: N806 (a type)

    @router.get("/metrics")
    async def metrics(site: AskedSite, asked: AskedBreakdown) -> list[dict[str, Any]]:
        """Tell the visitors by the values of one column; of events how often each happened."""
        if asked.dimension is None:
            return []
        figure = "events" if asked.column == _EVENT else "visitors"
        dimensions = [asked.dimension, _COUNTRY] if asked.column in IN_COUNTRIES else [asked.dimension]
        answer = await asking.ask(site, asked.question | {"metrics": [figure], "dimensions": dimensions})
        return [_point(row) for row in answer.rows]

    @router.get("/metrics/expanded")
    async def expanded(site: AskedSite, asked: AskedBreakdown) -> list[dict[str, Any]]:
        """Tell all totals by the values of one column; 0 where a column and a figure have nothing in common."""
        if asked.dimension is None:
            return []
        answer = await asking.ask(site, asked.question | {"metrics": _askable(asked.dimension)})
        return [{"name": row.dimensions[0]} | totals_of(answer, row) for row in answer.rows]

    @router.get("/values")
    async def values(site: AskedSite, asked: AskedBreakdown) -> list[str]:
        """List the values of a column in their order, those that hold the text `search`."""
        if asked.dimension is None:
            return []
        answer = await asking.ask(site, asked.question | {"metrics": ["visitors"]})
        return sorted(row.dimensions[0] for row in answer.rows)

    return router


def _on_values(column: str, dimension: str, search: str) -> Filters:
    """What the values of a breakdown must be: something, as searched for, and of events no views."""
    filters: Filters = [_NO_VIEWS] if column == _EVENT else []
    if search:
        filters.append(["contains", dimension, [search], {"case_sensitive": False}])
    if nothing := name_of_nothing(dimension):
        filters.append(["is_not", dimension, [nothing]])
    return filters


def _askable(dimension: str) -> list[str]:
    """The metrics that rows by a dimension can have."""
    known = DIMENSIONS.get(dimension)
    if known is None or (known.level is Level.EVENT and dimension != _PAGE):
        return [*OF_ROWS, *OF_VIEWS]
    return [*OF_ROWS, *OF_VISITS] if known.is_of_whole_visits else [*OF_ROWS, *OF_VIEWS, *OF_VISITS]


def _point(row: Row) -> dict[str, Any]:
    point: dict[str, Any] = {"x": row.dimensions[0], "y": row.metrics[0]}
    return point | {"country": row.dimensions[1]} if len(row.dimensions) > 1 else point
