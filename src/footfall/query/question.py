"""What was asked, as values: no defaults left open, no names left unchecked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from footfall.query.dimensions import Dimension
from footfall.query.metrics import Metric
from footfall.query.operators import Operator

MAX_ROWS = 10_000


@dataclass(frozen=True)
class Comparison:
    """One dimension against values."""

    operator: Operator
    dimension: Dimension
    values: tuple[str, ...]
    is_case_sensitive: bool = True

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


Filter: TypeAlias = Comparison | Junction | Negation


@dataclass(frozen=True)
class Order:
    """One key to sort by: the name of an asked metric or dimension."""

    name: str
    is_descending: bool


@dataclass(frozen=True)
class Include:
    """What else to tell besides the rows."""

    imports: bool = False
    time_labels: bool = False
    total_rows: bool = False
    trim_relative_date_range: bool = False


@dataclass(frozen=True)
class Question:
    """One question; ``date_range`` is as sent, since only the site's zone and the clock make it a range."""

    metrics: tuple[Metric, ...]
    date_range: str | tuple[str, str]
    dimensions: tuple[Dimension, ...] = ()
    filters: tuple[Filter, ...] = ()
    order_by: tuple[Order, ...] = ()
    include: Include = Include()
    limit: int = MAX_ROWS
    offset: int = 0


def comparisons(filters: tuple[Filter, ...]) -> Iterator[Comparison]:
    """Every comparison of these filters, however deep."""
    for one in filters:
        match one:
            case Comparison():
                yield one
            case Junction(filters=inner):
                yield from comparisons(inner)
            case Negation(filter=inner_filter):
                yield from comparisons((inner_filter,))


def filter_as_json(one: Filter) -> list[Any]:
    """The filter as it can be sent again."""
    match one:
        case Junction():
            return [one.word, [filter_as_json(inner) for inner in one.filters]]
        case Negation():
            return ["not", filter_as_json(one.filter)]
        case Comparison():
            sent: list[Any] = [one.operator.name, one.dimension.name, list(one.values)]
            return sent if one.is_case_sensitive else [*sent, {"case_sensitive": False}]
