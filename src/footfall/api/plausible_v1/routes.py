"""`/api/v1/stats/…`: current visitors, aggregate, time series and breakdown, with Plausible's texts of errors."""

from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool

from footfall.api.asking import Asking, Question
from footfall.api.errors import TextErrorRoute
from footfall.api.keys import STATS_WORDS, bearer_key
from footfall.api.plausible_v1.answers import aggregate_of, breakdown_of, series_of, warned
from footfall.api.plausible_v1.filters import filtered_properties, parse_filters
from footfall.api.plausible_v1.metrics import Asked, parse_metrics
from footfall.api.plausible_v1.periods import Days, days_of, interval_of
from footfall.api.plausible_v1.properties import breakdown_property, key_of
from footfall.api.query import SCOPE, Authorize, Sites
from footfall.domain import Site
from footfall.errors import InvalidInput, NotAllowed, NotSignedIn
from footfall.query import Answer, current_visitors, previous_period
from footfall.reports.asking import exact_range

_MAX_ROWS = 1000
_DEFAULT_ROWS = 100
_MAX_PAGE = 10_000
_NO_SITE_ID = "Missing site ID. Please provide the required site_id parameter with your request."


class Parameters(NamedTuple):
    """What all questions take."""

    period: str
    date: str | None
    metrics: str
    filters: str
    with_imported: bool


def parameters(
    period: str = "30d",
    date: str | None = None,
    metrics: str = "visitors",
    filters: str = "",
    with_imported: str = "",
) -> Parameters:
    """Read them off a request."""
    return Parameters(period, date, metrics, filters, with_imported == "true")


AskedParameters = Annotated[Parameters, Depends(parameters)]


def stats_v1_router(asking: Asking, sites: Sites, authorize: Authorize) -> APIRouter:
    """Make the four routes."""
    router = APIRouter(prefix="/api/v1/stats", tags=["stats"], route_class=TextErrorRoute)

    async def site_of_caller(request: Request, site_id: str = "") -> Site:
        if bearer_key(request) is None:
            raise NotSignedIn(STATS_WORDS.missing)
        if not site_id:
            raise InvalidInput(_NO_SITE_ID, field="site_id")
        site = sites.by_domain(site_id) or sites.by_public_id(site_id)
        if site is None:
            raise NotSignedIn(STATS_WORDS.unfit)
        try:
            await run_in_threadpool(authorize, request, SCOPE, site)
        except (NotSignedIn, NotAllowed):
            raise NotSignedIn(STATS_WORDS.unfit) from None
        return site

    AskedSite = Annotated[Site, Depends(site_of_caller)]  # noqa: N806 (a type)

    @router.get("/realtime/visitors")
    async def realtime_visitors(site: AskedSite) -> int:
        """Count the visitors of the last five minutes."""
        return await current_visitors(asking.reader, site, asking.now())

    @router.get("/aggregate")
    async def aggregate(site: AskedSite, asked: AskedParameters, compare: str = "") -> dict[str, Any]:
        """Ask for metrics over a period, and how they changed since the one before (`compare=previous_period`)."""
        question = _question(asked, _days(asking, site, asked))
        answer = await asking.ask(site, question)
        before = await _before(asking, site, question, answer) if compare == "previous_period" else None
        return {"results": aggregate_of(answer, before)} | warned(answer)

    @router.get("/timeseries")
    async def timeseries(site: AskedSite, asked: AskedParameters, interval: str | None = None) -> dict[str, Any]:
        """Ask for metrics by hour, day or month of a period."""
        unit = interval_of(interval, asked.period)
        question = _question(asked, _days(asking, site, asked))
        include = {"time_labels": True, **question["include"]}
        answer = await asking.ask(site, question | {"dimensions": [f"time:{unit}"], "include": include})
        return {"results": series_of(answer)} | warned(answer)

    @router.get("/breakdown")
    async def breakdown(
        site: AskedSite,
        asked: AskedParameters,
        property: str | None = None,  # noqa: A002 (its name on the wire)
        limit: str = str(_DEFAULT_ROWS),
        page: str = "1",
    ) -> dict[str, Any]:
        """Ask for metrics by the values of a property."""
        days = _days(asking, site, asked)
        name = breakdown_property(property)
        question = _question(asked, days, name) | {"pagination": _rows(limit, page)}
        answer = await asking.ask(site, question)
        return {"results": breakdown_of(answer, key_of(name))} | warned(answer)

    return router


def _days(asking: Asking, site: Site, asked: Parameters) -> Days:
    return days_of(asked.period, asked.date, asking.now().astimezone(site.zone).date())


def _question(asked: Parameters, days: Days, broken_down_by: str | None = None) -> Question:
    """The v2 body without its pagination; raises InvalidInput."""
    filters = parse_filters(asked.filters)
    metrics = parse_metrics(asked.metrics, Asked(broken_down_by, tuple(filtered_properties(filters))))
    question: Question = {
        "date_range": [day.isoformat() for day in days],
        "metrics": metrics,
        "filters": filters,
        "include": {"imports": asked.with_imported},
    }
    return question | {"dimensions": [broken_down_by]} if broken_down_by else question


async def _before(asking: Asking, site: Site, question: Question, answer: Answer) -> Answer:
    """The same question about the period before."""
    span = previous_period(answer.range, asking.now())
    return await asking.ask(site, question | {"date_range": exact_range(span)})


def _rows(limit: str, page: str) -> dict[str, int]:
    count = _number(limit, _MAX_ROWS)
    if count is None:
        raise InvalidInput(f"Please provide limit as a number between 1 and {_MAX_ROWS}.", field="limit")
    number = _number(page, _MAX_PAGE)
    if number is None:
        raise InvalidInput(f"Please provide page as a number between 1 and {_MAX_PAGE}.", field="page")
    return {"limit": count, "offset": (number - 1) * count}


def _number(text: str, most: int) -> int | None:
    """A whole number from 1 to ``most``; None for any other text."""
    is_number = text.isascii() and text.isdigit() and len(text) <= 9
    return int(text) if is_number and 1 <= int(text) <= most else None
