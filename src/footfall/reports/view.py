"""What someone looks at: a period, a comparison, a metric, filters and chosen tabs.

The URL says it all, and nothing else does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from footfall.reports.compared import BY_DEFAULT, Comparison
from footfall.reports.dimensions import SEGMENT, named
from footfall.reports.filter_operators import IS, OPERATORS, FilterOperator
from footfall.reports.intervals import AUTOMATIC
from footfall.reports.periods import CUSTOM, DEFAULT_PERIOD, PERIODS

DateRangeValue = str | list[str]
QueryFilter = list[object]


class Filter(NamedTuple):
    """Rows whose dimension is (or is not, contains, matches …) this value."""

    dimension: str
    value: str
    operator: str = IS
    is_case_sensitive: bool = True

    @property
    def compares(self) -> FilterOperator:
        """How it compares."""
        return OPERATORS[self.operator]

    @property
    def is_negated(self) -> bool:
        """Whether it leaves out what it names."""
        return self.compares.is_negated


class FilterGroup(NamedTuple):
    """Filters that are alternatives: one dimension, compared in one way, and the values."""

    dimension: str
    operator: str
    is_case_sensitive: bool
    values: tuple[str, ...]

    @property
    def compares(self) -> FilterOperator:
        """How it compares."""
        return OPERATORS[self.operator]

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The filters of the group."""
        return tuple(Filter(self.dimension, one, self.operator, self.is_case_sensitive) for one in self.values)

    def as_query(self) -> list[QueryFilter]:
        """The group as queries take it; segments add up, where values are alternatives."""
        if self.dimension == SEGMENT:
            return [["is", SEGMENT, [int(value)]] for value in self.values]
        asked: QueryFilter = [self.operator, named(self.dimension).name, list(self.values)]
        return [asked if self.is_case_sensitive else [*asked, {"case_sensitive": False}]]


@dataclass(frozen=True)
class View:
    """One state of the dashboard. ``first`` and ``last`` are set for a custom period only.

    ``misread`` is what its address names that does not exist: no part of the state, but people are told.
    """

    period: str = DEFAULT_PERIOD
    first: date | None = None
    last: date | None = None
    comparison: Comparison = BY_DEFAULT
    interval: str = AUTOMATIC
    metric: str = "visitors"
    filters: tuple[Filter, ...] = ()
    tabs: tuple[tuple[str, str], ...] = ()
    misread: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def date_range(self) -> DateRangeValue:
        """The period as queries name it."""
        if self.period == CUSTOM and self.first and self.last:
            return [self.first.isoformat(), self.last.isoformat()]
        return PERIODS[self.period].date_range

    @property
    def groups(self) -> tuple[FilterGroup, ...]:
        """The filters, those that are alternatives together, in the order they were set."""
        found: dict[tuple[str, str, bool], list[str]] = {}
        for one in self.filters:
            found.setdefault((one.dimension, one.operator, one.is_case_sensitive), []).append(one.value)
        return tuple(FilterGroup(*key, tuple(values)) for key, values in found.items())

    def query_filters(self) -> list[QueryFilter]:
        """The filters as queries take them: values of one dimension are alternatives, dimensions add up."""
        return [asked for group in self.groups for asked in group.as_query()]

    def names(self, dimension: str, segments: Mapping[int, list[Any]]) -> bool:
        """Whether filters name a dimension whose name in queries begins so, be it inside a segment."""
        inside = (segments.get(int(one.value), []) for one in self.filters if one.dimension == SEGMENT)
        return any(_named_in(one, dimension) for one in (self.query_filters(), *inside))

    def is_narrowed_to(self, dimension: str) -> bool:
        """Whether only one of this dimension's values is left in."""
        groups = [group for group in self.groups if group.dimension == dimension and group.operator == IS]
        return any(len(group.values) == 1 for group in groups)

    def toggled(self, one: Filter) -> "View":
        """The view with this filter added, or removed where it is set."""
        if one in self.filters:
            return self.with_filters(other for other in self.filters if other != one)
        return self.with_filters((*self.filters, one))

    def flipped(self, group: FilterGroup) -> "View":
        """The view with this group of filters turned into its opposite."""
        opposite = group.compares.opposite
        flipped = {one: one._replace(operator=opposite) for one in group.filters}
        return self.with_filters(flipped.get(one, one) for one in self.filters)

    def without(self, group: FilterGroup) -> "View":
        """The view with this group of filters removed."""
        return self.with_filters(one for one in self.filters if one not in group.filters)

    def with_filters(self, filters: Iterable[Filter]) -> "View":
        """The view with these filters, each once."""
        return replace(self, filters=tuple(dict.fromkeys(filters)))

    def with_tab(self, panel: str, tab: str) -> "View":
        """The view with this tab chosen in this panel."""
        return replace(self, tabs=tuple(sorted({**dict(self.tabs), panel: tab}.items())))


def _named_in(filters: Any, dimension: str) -> bool:
    """A filter is [operator, dimension, values], or holds others."""
    match filters:
        case [str(), str(name), [*_], *_]:
            return name.startswith(dimension)
        case [*inner]:
            return any(_named_in(one, dimension) for one in inner)
    return False
