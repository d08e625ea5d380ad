"""What was asked, as values: no defaults left open, no names left unchecked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from footfall.domain import Goal
from footfall.query.dimensions import Dimension
from footfall.query.metrics import Metric
from footfall.query.operators import Operator

MAX_ROWS = 10_000


@dataclass(frozen=True)
class Comparison:
    """One dimension against values; where the dimension is `event:goal`, they name ``goals``."""

    operator: Operator
    dimension: Dimension
    values: tuple[str, ...]
    is_case_sensitive: bool = True
    goals: tuple[Goal, ...] = ()

    @property
    def stored_values(self) -> tuple[str, ...]:
        """The values as stored: what an answer calls `(not set)` is empty there."""
        is_blank_meant = self.dimension.blank.lower() in {value.lower() for value in self.values}
        return (*self.values, "") if self.operator.is_exact and is_blank_meant else self.values


@dataclass(frozen=True)
class Junction:
    """Several filters joined by ``and`` or ``or``."""

    word: str
    filters: tuple["Filter", ...]


@dataclass(frozen=True)
class Negation:
    """The opposite of a filter."""

    filter: "Filter"


@dataclass(frozen=True)
class Done:
    """Whether one event of the visit, in the range, fits the filter."""

    filter: "Filter"
    is_negated: bool = False


Filter: TypeAlias = Comparison | Junction | Negation | Done


@dataclass(frozen=True)
class Order:
    """One key to sort by: the name of an asked metric or dimension."""

    name: str
    is_descending: bool


MODES = ("previous_period", "year_over_year", "custom")


@dataclass(frozen=True)
class ComparedWith:
    """The range whose figures stand beside the answer; ``date_range`` is of the mode `custom` only."""

    mode: str
    match_day_of_week: bool = False
    date_range: tuple[str, str] | None = None


@dataclass(frozen=True)
class Include:
    """What else to tell besides the rows."""

    imports: bool = False
    time_labels: bool = False
    total_rows: bool = False
    trim_relative_date_range: bool = False
    comparisons: ComparedWith | None = None


@dataclass(frozen=True)
class Question:
    """One question; ``date_range`` is as sent, since only the site's zone and the clock make it a range."""

    metrics: tuple[Metric, ...]
    date_range: str | tuple[str, str]
    dimensions: tuple[Dimension, ...] = ()
    goals: tuple[Goal, ...] = ()  # that rows by goal are about
    filters: tuple[Filter, ...] = ()
    order_by: tuple[Order, ...] = ()
    include: Include = Include()
    limit: int = MAX_ROWS
    offset: int = 0


def comparisons(filters: tuple[Filter, ...], *, also_done: bool = False) -> Iterator[Comparison]:
    """Every comparison of these filters, however deep; what a visit has done only if asked."""
    for one in filters:
        match one:
            case Comparison():
                yield one
            case Junction(filters=inner):
                yield from comparisons(inner, also_done=also_done)
            case Negation(filter=inner_filter):
                yield from comparisons((inner_filter,), also_done=also_done)
            case Done(filter=inner_filter) if also_done:
                yield from comparisons((inner_filter,))


def behaviours(filters: tuple[Filter, ...]) -> Iterator[Done]:
    """Every filter on what a visit has done, however deep, but not those inside another."""
    for one in filters:
        match one:
            case Done():
                yield one
            case Junction(filters=inner):
                yield from behaviours(inner)
            case Negation(filter=inner_filter):
                yield from behaviours((inner_filter,))


def filter_as_json(one: Filter) -> list[Any]:
    """The filter as it can be sent again."""
    match one:
        case Junction():
            return [one.word, [filter_as_json(inner) for inner in one.filters]]
        case Negation():
            return ["not", filter_as_json(one.filter)]
        case Done():
            return ["has_not_done" if one.is_negated else "has_done", filter_as_json(one.filter)]
        case Comparison():
            sent: list[Any] = [one.operator.name, one.dimension.name, list(one.values)]
            return sent if one.is_case_sensitive else [*sent, {"case_sensitive": False}]
