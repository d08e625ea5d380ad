"""What someone looks at: a period, a metric, filters and chosen tabs. The URL says it all, and nothing else does."""

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from footfall.reports.dimensions import DIMENSIONS
from footfall.reports.intervals import AUTOMATIC
from footfall.reports.periods import CUSTOM, DEFAULT_PERIOD, PERIODS

DateRangeValue = str | list[str]
QueryFilter = list[object]


class Filter(NamedTuple):
    """Rows whose dimension is (or is not) this value."""

    dimension: str
    value: str
    is_negated: bool = False


@dataclass(frozen=True)
class View:
    """One state of the dashboard. ``first`` and ``last`` are set for a custom period only."""

    period: str = DEFAULT_PERIOD
    first: date | None = None
    last: date | None = None
    interval: str = AUTOMATIC
    metric: str = "visitors"
    filters: tuple[Filter, ...] = ()
    tabs: tuple[tuple[str, str], ...] = ()

    @property
    def date_range(self) -> DateRangeValue:
        """The period as queries name it."""
        if self.period == CUSTOM and self.first and self.last:
            return [self.first.isoformat(), self.last.isoformat()]
        return PERIODS[self.period].date_range

    def query_filters(self) -> list[QueryFilter]:
        """The filters as queries take them: values of one dimension are alternatives, dimensions add up."""
        return [
            ["is_not" if is_negated else "is", DIMENSIONS[dimension].name, values]
            for (dimension, is_negated), values in self._grouped().items()
        ]

    def is_filtered_by(self, dimension: str) -> bool:
        """Whether a filter on this dimension is set."""
        return any(one.dimension == dimension for one in self.filters)

    def is_narrowed_to(self, dimension: str) -> bool:
        """Whether only some of this dimension's values are left in."""
        return any(one.dimension == dimension and not one.is_negated for one in self.filters)

    def toggled(self, one: Filter) -> "View":
        """The view with this filter added, or removed where it is set."""
        if one in self.filters:
            return replace(self, filters=tuple(other for other in self.filters if other != one))
        return replace(self, filters=(*self.filters, one))

    def flipped(self, one: Filter) -> "View":
        """The view with this filter turned into its opposite."""
        opposite = one._replace(is_negated=not one.is_negated)
        return replace(self, filters=tuple(opposite if other == one else other for other in self.filters))

    def with_tab(self, panel: str, tab: str) -> "View":
        """The view with this tab chosen in this panel."""
        return replace(self, tabs=tuple(sorted({**dict(self.tabs), panel: tab}.items())))

    def _grouped(self) -> dict[tuple[str, bool], list[str]]:
        groups: dict[tuple[str, bool], list[str]] = {}
        for one in self.filters:
            groups.setdefault((one.dimension, one.is_negated), []).append(one.value)
        return groups
