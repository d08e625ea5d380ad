"""The headline figures: each with its change to the period before, and the series its sparkline and the chart draw."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from footfall.domain import Site
from footfall.query import Answer, ComparedWith, DateRange, compared_range, resolve_date_range
from footfall.reports.asking import Ask, Asking, AskOverTime, Question, exact_range
from footfall.reports.dimensions import GOAL
from footfall.reports.figures import HEADLINE, METRICS, OF_GOALS, Direction, Metric, Unit, change, direction
from footfall.reports.intervals import Interval, chosen
from footfall.reports.left_out import left_out_of_figures
from footfall.reports.periods import ALL_TIME
from footfall.reports.series import AVERAGES, Series, Values, series_from
from footfall.reports.view import DateRangeValue, View
from footfall.texts import Phrase

NO_SEGMENTS: Mapping[int, list[Any]] = MappingProxyType({})


@dataclass(frozen=True)
class Figure:
    """One headline figure."""

    metric: Metric
    value: float | None
    previous: float | None
    spark: Values

    @property
    def change(self) -> float | None:
        """Percent, or points for a rate; none where it cannot be said."""
        return change(self.value, self.previous, self.metric.unit)

    @property
    def direction(self) -> Direction:
        """Whether it got better."""
        return direction(self.metric, self.change)


@dataclass(frozen=True)
class Headline:
    """Figures and series of a range and of the one before it; all time has none before."""

    range: DateRange
    previous_range: DateRange | None
    figures: tuple[Figure, ...]
    series: Series
    previous_series: Series | None
    left_out: Phrase | None = None
    """Why imported data are not in it, where they could have been."""


def span_days(span: DateRange) -> int:
    """How many days a range spans, a begun one included."""
    return max(1, -((span.first_at - span.end_at) // timedelta(days=1)))


def metrics_for(view: View, segments: Mapping[int, list[Any]] = NO_SEGMENTS) -> tuple[str, ...]:
    """The headline metrics that can be asked: views of a visit mean nothing once its pages are filtered."""
    if any(one.dimension == GOAL for one in view.filters):
        return OF_GOALS
    filters_pages = view.names("event:page", segments)
    return tuple(name for name in HEADLINE if not (name == "views_per_visit" and filters_pages))


async def ask_headline(asking: Asking, site: Site, view: View, now: datetime) -> Headline:
    """Ask totals and series of the range and of the one it is compared with, all at once; raises InvalidInput."""
    ask, metrics = asking.over_time, metrics_for(view, asking.segments)
    span, previous = await _ranges(asking.ask, site, view, now)
    interval = chosen(view.interval, span_days(span))
    current, before = await asyncio.gather(
        _measure(ask, view, metrics, view.date_range, interval, now),
        _measure(ask, view, metrics, exact_range(previous), interval, now) if previous else _nothing(),
    )
    totals_before = before.totals if before else {}
    figures = tuple(
        Figure(METRICS[name], value, totals_before.get(name), current.series.of(name))
        for name, value in current.totals.items()
        if not (METRICS[name].unit is Unit.MONEY and value is None)
    )
    return Headline(span, previous, figures, current.series, before.series if before else None, current.left_out)


def totals_question(view: View, segments: Mapping[int, list[Any]] = NO_SEGMENTS) -> Question:
    """The question of the headline's totals, for whatever else needs one of them."""
    return _totals_of(view, metrics_for(view, segments), view.date_range)


def _totals_of(view: View, metrics: tuple[str, ...], date_range: DateRangeValue) -> Question:
    return {"metrics": list(metrics), "date_range": date_range, "filters": view.query_filters()}


@dataclass(frozen=True)
class _Measured:
    totals: dict[str, float | None]
    series: Series
    left_out: Phrase | None


async def _ranges(ask: Ask, site: Site, view: View, now: datetime) -> tuple[DateRange, DateRange | None]:
    """The range of the view and the one it is compared with. Where all time begins, only the store knows."""
    if view.period == ALL_TIME:
        span = (await ask({"metrics": ["visitors"], "date_range": view.date_range})).range
        return span, _compared(view, span, site, now) if view.comparison.first else None
    span = resolve_date_range(view.date_range, site, now)
    return span, _compared(view, span, site, now)


def _compared(view: View, span: DateRange, site: Site, now: datetime) -> DateRange | None:
    kind, days = view.comparison.shown, view.comparison
    if not kind.mode:
        return None
    ends = (days.first.isoformat(), days.last.isoformat()) if days.first and days.last else None
    return compared_range(ComparedWith(kind.mode, days.matches_weekday, ends), span, site, now)


async def _measure(
    ask: AskOverTime,
    view: View,
    metrics: tuple[str, ...],
    date_range: DateRangeValue,
    interval: Interval,
    now: datetime,
) -> _Measured:
    totals = _totals_of(view, metrics, date_range)
    steps: Question = {**totals, "dimensions": [interval.dimension], "include": {"time_labels": True}}
    total, step_answer = await ask(steps)
    series = series_from(step_answer, metrics, interval, now)
    return _Measured(_totals(total, metrics), series, left_out_of_figures(total, step_answer))


def _totals(answer: Answer, metrics: tuple[str, ...]) -> dict[str, float | None]:
    """Figures by metric; an average of no visits is none rather than zero, so that no change is told from it."""
    values = answer.rows[0].metrics if answer.rows else (None,) * len(metrics)
    totals = dict(zip(metrics, values, strict=True))
    if totals.get("visits", True):
        return totals
    return {name: None if name in AVERAGES else value for name, value in totals.items()}


async def _nothing() -> None:
    return None
