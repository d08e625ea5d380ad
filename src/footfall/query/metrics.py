"""What is counted: the formulas of METRICS.md as two tables.

A partial is an integer one table can sum up; a metric is one partial, or one partial over another.
Rounding is exact integer arithmetic in the engine, ties to the even number.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Source(StrEnum):
    """Where partials are summed up."""

    VISITS = "visits"  # visits that overlap the range
    EVENTS = "events"  # events in the range but engagement
    READING = "reading"  # per visit, how long and how deep was read in the range
    EXIT_VIEWS = "exit_views"  # page views in the range, filed under the page as if it were an exit


@dataclass(frozen=True)
class Ids:
    """What a distinct count counts: ids, of which only the sets of different days can be added up."""

    column: str
    rolled: str  # the rollup's column of the ids that may stand under many days


@dataclass(frozen=True)
class Partial:
    """An aggregate by source; more than one source where either can give it.

    ``rolled`` is the column of the rollups that holds it. Where ``ids`` has the source, that is but a part of a
    distinct count, to which the number of different ids is added.
    """

    name: str
    sql: dict[Source, str]
    rolled: dict[Source, str] = field(default_factory=dict)
    ids: dict[Source, Ids] = field(default_factory=dict)

    @property
    def only_source(self) -> Source | None:
        """The one source that has it, None where there is a choice."""
        return next(iter(self.sql)) if len(self.sql) == 1 else None


@dataclass(frozen=True)
class Metric:
    """``times`` × part ÷ (``per`` × whole), rounded to ``decimals``; just the part where there is no whole.

    One of conversions counts visitors where the event did happen; one of money says in which currency, and is null
    where there are several.
    """

    name: str
    part: Partial
    whole: Partial | None = None
    times: int = 1
    per: int = 1
    decimals: int = 0
    is_null_when_empty: bool = False
    is_rate: bool = False  # two of them differ in points, not in percent
    is_of_conversions: bool = False
    is_money: bool = False
    partials: tuple[Partial, ...] = field(init=False)

    def __post_init__(self) -> None:
        parts = (self.part, self.whole, *(MONEY_NOTES if self.is_money else ()))
        object.__setattr__(self, "partials", tuple(partial for partial in parts if partial is not None))


_BOUNCED = "(pageviews < 2 AND interactions = 0)"
_LASTED_MS = "toUInt64(toUnixTimestamp64Milli(ended_at) - toUnixTimestamp64Milli(started_at))"


def _on(source: Source, name: str, sql: str, rolled: str = "") -> Partial:
    return Partial(name, {source: sql}, {source: rolled} if rolled else {})


_VISITOR = Ids("visitor_id", "other_visitors")
VISITORS = Partial(
    "visitor_count",
    sql={Source.VISITS: "uniqExact(visitor_id)", Source.EVENTS: "uniqExact(visitor_id)"},
    rolled={Source.VISITS: "confined_visitors", Source.EVENTS: "confined_visitors"},
    ids={Source.VISITS: _VISITOR, Source.EVENTS: _VISITOR},
)
_VISITS = Partial(
    "visit_count",
    sql={Source.VISITS: "count()", Source.EVENTS: "uniqExact(visit_id)"},
    rolled={Source.VISITS: "visits", Source.EVENTS: "confined_visits"},
    ids={Source.EVENTS: Ids("visit_id", "other_visits")},
)
_WHOLE_VISITS = _on(Source.VISITS, "whole_visits", "count()", "visits")
_ENTERED = _on(Source.VISITS, "entered_count", "countIf({entered})", "visits")
_BOUNCES = _on(Source.VISITS, "bounce_count", f"countIf({_BOUNCED} AND {{entered}})", "bounces")
_LASTED = _on(Source.VISITS, "lasted_ms", f"sum(if({_BOUNCED}, 0, {_LASTED_MS}))", "duration_ms")
_VIEWS_OF_VISITS = _on(Source.VISITS, "views_of_visits", "sum(pageviews)", "pageviews")
_VIEWS = _on(Source.EVENTS, "view_count", "countIf(name = 'pageview')", "pageviews")
_EVENTS = _on(Source.EVENTS, "event_count", "countIf(name != 'engagement')", "events")
_ENGAGED_MS = _on(Source.READING, "engaged_ms", "sum(engaged)")
_ENGAGED = _on(Source.READING, "engaged_visits", "countIf(engaged > 0)")
_DEPTHS = _on(Source.READING, "depth_sum", "sumIf(depth, has_depth)")
_SCROLLED = _on(Source.READING, "scrolled_visits", "countIf(has_depth)")
_EXIT_VIEWS = _on(Source.EXIT_VIEWS, "exit_views", "count()")

_HAS_REVENUE = "revenue_currency != ''"
# A goal may count revenue in one currency only: the condition that it makes of that.
_IS_COUNTED = f"({_HAS_REVENUE} AND {{paid}})"
# The letters of a currency as a number, since partials are numbers.
_CURRENCY = "reinterpretAsUInt32(toString(revenue_currency))"
_REVENUE = _on(Source.EVENTS, "revenue_milli", f"sumIf(toInt64(revenue_amount * 1000), {_IS_COUNTED})")
_REVENUES = _on(Source.EVENTS, "revenue_count", f"countIf({_IS_COUNTED})")

CURRENCIES = (
    _on(Source.EVENTS, "lowest_currency", f"minIf({_CURRENCY}, {_IS_COUNTED})"),
    _on(Source.EVENTS, "highest_currency", f"maxIf({_CURRENCY}, {_IS_COUNTED})"),
)
"""Equal where there is one currency, 0 where there is none."""
OTHER_REVENUES = _on(Source.EVENTS, "other_revenue_count", f"countIf({_HAS_REVENUE} AND NOT {{paid}})")
"""Events with revenue in another currency than that of the goal they reach."""
MONEY_NOTES = (*CURRENCIES, OTHER_REVENUES)
"""What each row tells of its money besides."""

TOTAL_VISITORS = Partial("total_visitors", {})
"""Visitors of all rows: no part of a row, but one figure for the whole answer."""
CONVERTIBLE = Partial("convertible_visitors", {})
"""Visitors whatever they did: as one figure for the whole answer, without filters on goals and properties."""
GROUP_CONVERTIBLE = Partial("group_convertible_visitors", {})
"""The same for each group of rows that are alike but for goal and properties."""
APART = (TOTAL_VISITORS, CONVERTIBLE, GROUP_CONVERTIBLE)
"""What no part sums up by row."""


def _conversion(name: str, whole: Partial) -> Metric:
    return Metric(name, VISITORS, whole, times=100, decimals=2, is_rate=True, is_of_conversions=True)


_ALL = (
    Metric("visitors", VISITORS),
    Metric("visits", _VISITS),
    Metric("pageviews", _VIEWS),
    Metric("events", _EVENTS),
    Metric("views_per_visit", _VIEWS_OF_VISITS, _WHOLE_VISITS, decimals=2),
    Metric("bounce_rate", _BOUNCES, _ENTERED, times=100, is_rate=True),
    Metric("visit_duration", _LASTED, _WHOLE_VISITS, per=1000),
    Metric("time_on_page", _ENGAGED_MS, _ENGAGED, per=1000, is_null_when_empty=True),
    Metric("scroll_depth", _DEPTHS, _SCROLLED, is_null_when_empty=True, is_rate=True),
    Metric("exit_rate", _WHOLE_VISITS, _EXIT_VIEWS, times=100, decimals=1, is_null_when_empty=True, is_rate=True),
    Metric("percentage", VISITORS, TOTAL_VISITORS, times=100, decimals=1, is_rate=True),
    _conversion("conversion_rate", CONVERTIBLE),
    _conversion("group_conversion_rate", GROUP_CONVERTIBLE),
    Metric("total_revenue", _REVENUE, decimals=3, is_money=True),
    Metric("average_revenue", _REVENUE, _REVENUES, decimals=3, is_money=True),
)

METRICS = {row.name: row for row in _ALL}

# Plausible's kinds, which decide what may be asked together.
READING_METRICS = frozenset({"scroll_depth", "time_on_page"})
CONVERSION_METRICS = frozenset({"conversion_rate", "group_conversion_rate"})
VISIT_METRICS = frozenset({"views_per_visit", "bounce_rate", "visit_duration"})
EVENT_METRICS = frozenset({"pageviews", "events", "time_on_page", "scroll_depth", "total_revenue", "average_revenue"})
