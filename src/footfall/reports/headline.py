"""The headline figures: each with its change to the period before, and the series its sparkline and the chart draw."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from footfall.domain import Site
from footfall.query import Answer, DateRange, previous_period, resolve_date_range
from footfall.reports.asking import Ask, Question, exact_range
from footfall.reports.figures import HEADLINE, METRICS, Direction, Metric, change, direction
from footfall.reports.intervals import Interval, chosen
from footfall.reports.periods import ALL_TIME
from footfall.reports.series import AVERAGES, Series, Values, series_from
from footfall.reports.view import DateRangeValue, View


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


def span_days(span: DateRange) -> int:
    """How many days a range spans, a begun one included."""
    return max(1, -((span.first_at - span.end_at) // timedelta(days=1)))


def metrics_for(view: View) -> tuple[str, ...]:
    """The headline metrics that can be asked: views of a visit mean nothing once its pages are filtered."""
    return tuple(name for name in HEADLINE if not (name == "views_per_visit" and view.is_filtered_by("page")))


async def ask_headline(ask: Ask, site: Site, view: View, now: datetime) -> Headline:
    """Ask totals and series of the range and of the one before, all at once."""
    span, previous = await _ranges(ask, site, view, now)
    interval = chosen(view.interval, span_days(span))
    current, before = await asyncio.gather(
        _measure(ask, view, view.date_range, interval, now),
        _measure(ask, view, exact_range(previous), interval, now) if previous else _nothing(),
    )
    totals_before = before.totals if before else {}
    figures = tuple(
        Figure(METRICS[name], value, totals_before.get(name), current.series.of(name))
        for name, value in current.totals.items()
    )
    return Headline(span, previous, figures, current.series, before.series if before else None)


@dataclass(frozen=True)
class _Measured:
    totals: dict[str, float | None]
    series: Series


async def _ranges(ask: Ask, site: Site, view: View, now: datetime) -> tuple[DateRange, DateRange | None]:
    """The range of the view and the one before it. Where all time begins, only the store knows."""
    if view.period == ALL_TIME:
        return (await ask({"metrics": ["visitors"], "date_range": view.date_range})).range, None
    span = resolve_date_range(view.date_range, site, now)
    return span, previous_period(span, now)


async def _measure(ask: Ask, view: View, date_range: DateRangeValue, interval: Interval, now: datetime) -> _Measured:
    metrics = metrics_for(view)
    totals: Question = {"metrics": list(metrics), "date_range": date_range, "filters": view.query_filters()}
    steps: Question = {**totals, "dimensions": [interval.dimension], "include": {"time_labels": True}}
    total, step_answer = await asyncio.gather(ask(totals), ask(steps))
    return _Measured(_totals(total, metrics), series_from(step_answer, metrics, interval, now))


def _totals(answer: Answer, metrics: tuple[str, ...]) -> dict[str, float | None]:
    """Figures by metric; an average of no visits is none rather than zero, so that no change is told from it."""
    values = answer.rows[0].metrics if answer.rows else (None,) * len(metrics)
    totals = dict(zip(metrics, values, strict=True))
    if totals["visits"]:
        return totals
    return {name: None if name in AVERAGES else value for name, value in totals.items()}


async def _nothing() -> None:
    return None
