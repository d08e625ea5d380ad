"""An answer beside that of another range: which rows belong together, and by how much they differ.

Rows are the engine's here, so that stretches of time go by where they begin: two may have one label.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from footfall.query.dates import DateRange
from footfall.query.dimensions import Level
from footfall.query.metrics import MONEY_NOTES, Metric
from footfall.query.plan import Only, Plan, make_plan
from footfall.query.question import Order, Question
from footfall.query.revenue import Money

Figure: TypeAlias = int | float | None
"""One that is Money tells its currency, too."""
RawRow: TypeAlias = tuple[Any, ...]

_MOST_ROWS = 1_000_000


@dataclass(frozen=True)
class ComparedRow:
    """The row that belongs to one of the answer; ``change`` is in percent, of rates in points."""

    dimensions: tuple[str, ...]
    metrics: tuple[Figure, ...]
    change: tuple[Figure, ...]


def change(metric: Metric, value: Figure, before: Figure) -> Figure:
    """By how much ``value`` differs: in points for a rate, else in percent; None where either is missing."""
    if value is None or before is None or _currency(value) != _currency(before):
        return None
    if metric.is_rate:
        return round(value - before, metric.decimals or None)
    if before == 0:
        return 100 if value else 0
    return round(100 * (value - before) / abs(before))


def is_dense(question: Question) -> bool:
    """Whether every stretch of time has a row, also one in which nothing happened."""
    is_by_time_alone = len(question.dimensions) == 1 and question.dimensions[0].level is Level.TIME
    return question.include.comparisons is not None and is_by_time_alone


def whole_plan(plan: Plan) -> Plan:
    """The plan without pages: rows that are missing are put in before any are left out."""
    return replace(plan, question=replace(plan.question, limit=_MOST_ROWS, offset=0))


def compared_plan(plan: Plan, rows: Sequence[RawRow], within: DateRange) -> Plan:
    """The plan for the other range: the same question about the same rows, whatever their time."""
    columns = {
        index: tuple(str(row[index]) for row in rows)
        for index, dimension in enumerate(plan.question.dimensions)
        if dimension.level is not Level.TIME
    }
    other = make_plan(replace(plan.question, limit=_MOST_ROWS, offset=0), within, plan.week_start)
    return replace(other, only=Only(columns) if columns else None)


def dense_rows(plan: Plan, rows: Sequence[RawRow]) -> list[RawRow]:
    """A row for each stretch of time, in the order asked."""
    found = {row[0]: row for row in rows}
    starts = plan.buckets.starts_ms if plan.buckets else ()
    filled = [found.get(start) or _empty(plan, (start,)) for start in starts]
    for order in reversed(plan.question.order_by):
        filled = _sorted(filled, order, plan.question)
    return filled


def compared_rows(plan: Plan, rows: Sequence[RawRow], other: Plan, other_rows: Sequence[RawRow]) -> list[RawRow | None]:
    """For each row the one of the other range: the same stretch counted from the start, the same other values.

    None where the other range is too short to have that stretch.
    """
    width = len(plan.question.dimensions)
    found = {row[:width]: row for row in other_rows}
    keys = [_key_in_other(plan, row[:width], other) for row in rows]
    return [None if key is None else found.get(key) or _empty(other, key) for key in keys]


def _key_in_other(plan: Plan, key: RawRow, other: Plan) -> RawRow | None:
    if plan.buckets is None or other.buckets is None:
        return key
    starts = dict(zip(plan.buckets.starts_ms, other.buckets.starts_ms, strict=False))
    pairs = zip(plan.question.dimensions, key, strict=True)
    moved = tuple(starts.get(value) if one.level is Level.TIME else value for one, value in pairs)
    return None if None in moved else moved


def _empty(plan: Plan, key: RawRow) -> RawRow:
    """A row of the engine where nothing happened."""
    metrics = plan.question.metrics
    figures = (None if metric.is_null_when_empty or metric.is_money else 0 for metric in metrics)
    notes = (0,) * len(MONEY_NOTES) if plan.tells_currencies else ()
    return (*key, *figures, *notes, 0)


def _sorted(rows: list[RawRow], order: Order, question: Question) -> list[RawRow]:
    names = [*(one.name for one in question.dimensions), *(one.name for one in question.metrics)]
    at = names.index(order.name)
    known = [row for row in rows if row[at] is not None]
    unknown = [row for row in rows if row[at] is None]
    return sorted(known, key=lambda row: row[at], reverse=order.is_descending) + unknown


def _currency(figure: Figure) -> str:
    return figure.currency if isinstance(figure, Money) else ""
