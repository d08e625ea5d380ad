"""The metrics people see: their words, their units, and which way is better."""

from enum import Enum, StrEnum
from typing import NamedTuple

from footfall.texts import Phrase


class Unit(Enum):
    """What a figure is measured in."""

    COUNT = "count"
    PERCENT = "percent"
    RATIO = "ratio"
    SECONDS = "seconds"
    MONEY = "money"


class Direction(StrEnum):
    """Whether a change is for the better; also the word screens mark it with."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


class Metric(NamedTuple):
    """One metric: its name in queries and URLs, its title, its unit."""

    name: str
    title: str
    unit: Unit = Unit.COUNT
    is_lower_better: bool = False
    short_title: str = ""

    @property
    def heading(self) -> str:
        """Its title where there is little room."""
        return self.short_title or self.title


METRICS = {
    metric.name: metric
    for metric in (
        Metric("visitors", Phrase("Visitors")),
        Metric("visits", Phrase("Visits")),
        Metric("pageviews", Phrase("Views")),
        Metric("views_per_visit", Phrase("Views per visit"), Unit.RATIO),
        Metric("bounce_rate", Phrase("Bounce rate"), Unit.PERCENT, is_lower_better=True),
        Metric("visit_duration", Phrase("Visit duration"), Unit.SECONDS),
        Metric("events", Phrase("Events")),
        Metric("percentage", Phrase("Share"), Unit.PERCENT),
        Metric("time_on_page", Phrase("Time on page"), Unit.SECONDS),
        Metric("scroll_depth", Phrase("Scroll depth"), Unit.PERCENT),
        Metric("exit_rate", Phrase("Exit rate"), Unit.PERCENT, is_lower_better=True),
        Metric("conversion_rate", Phrase("Conversion rate"), Unit.PERCENT, short_title=Phrase("Rate")),
        Metric("group_conversion_rate", Phrase("Conversion rate"), Unit.PERCENT),
        Metric("total_revenue", Phrase("Revenue"), Unit.MONEY),
        Metric("average_revenue", Phrase("Revenue each"), Unit.MONEY),
    )
}

HEADLINE = ("visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "visit_duration")
OF_GOALS = ("visitors", "events", "conversion_rate", "total_revenue")
"""The headline where a goal is filtered by: who reached it, how often, and what it brought."""
CHARTED = (*HEADLINE, *(name for name in OF_GOALS if name not in HEADLINE))


def change(current: float | None, previous: float | None, unit: Unit) -> float | None:
    """Percent from ``previous`` to ``current``, or points between two rates; none where either is missing."""
    if current is None or previous is None:
        return None
    if unit is Unit.PERCENT:
        return round(current - previous)
    if previous == 0:
        return 100 if current else 0
    return round(100 * (current - previous) / previous)


def direction(metric: Metric, changed: float | None) -> Direction:
    """Whether ``changed`` is good news for this metric."""
    if not changed:
        return Direction.SAME
    return Direction.BETTER if (changed > 0) != metric.is_lower_better else Direction.WORSE
