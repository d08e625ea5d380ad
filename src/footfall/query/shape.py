"""From rows of the engine to the answer, and from the answer to the v2 JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from typing import Any

from footfall.query.comparisons import ComparedRow, Figure, RawRow, change, compared_rows
from footfall.query.dates import DateRange
from footfall.query.dimensions import Dimension, Level
from footfall.query.imports import WARNINGS as WARNINGS_OF_IMPORTS
from footfall.query.metrics import MONEY_NOTES, Metric
from footfall.query.plan import Plan
from footfall.query.question import Include, Question, filter_as_json
from footfall.query.revenue import WARNINGS, Money, money, warning_code


@dataclass(frozen=True)
class Row:
    """One row: dimensions and metrics in the order they were asked."""

    dimensions: tuple[str, ...]
    metrics: tuple[Figure, ...]


@dataclass(frozen=True)
class Answer:
    """What a question came to. ``question`` has its defaults filled in; time labels are dense, rows are not.

    ``tables`` are those it was read from.
    """

    rows: list[Row]
    time_labels: list[str]
    total_rows: int
    range: DateRange
    question: Question
    tables: tuple[str, ...]
    warnings: dict[str, str] = field(default_factory=dict)
    """By metric, what keeps it from being told: one of the codes of `revenue.WARNINGS`."""
    compared: "Compared | None" = None
    imports_skipped: str = ""
    """Why imported data were left out, though asked for; one of `imports.WARNINGS`."""


@dataclass(frozen=True)
class Compared:
    """The range an answer was compared with, and for each row the one that belongs to it, if there is one."""

    range: DateRange
    rows: list[ComparedRow | None]
    time_labels: list[str]


def shape(plan: Plan, rows: Sequence[tuple[Any, ...]], total_rows: int) -> Answer:
    """Name the buckets and scale the figures of the engine's rows."""
    return Answer(
        rows=[_row(plan, row) for row in rows],
        time_labels=list(plan.buckets.labels) if plan.buckets else [],
        total_rows=total_rows,
        range=plan.range,
        question=plan.question,
        tables=plan.tables,
        warnings=_warnings(plan, rows),
        imports_skipped=plan.imports_skipped,
    )


def shape_with_total(plan: Plan, rows: Sequence[tuple[Any, ...]]) -> tuple[Answer | None, Answer]:
    """What all rows come to, none where there are none, and the rows over time beside it."""
    steps = [row for row in rows if row[0]]
    alone = replace(plan, question=replace(plan.question, dimensions=()), buckets=None)
    total = next((shape(alone, [row[1:]], 1) for row in rows if not row[0]), None)
    return total, shape(plan, steps, int(rows[0][-1]) - 1 if rows else 0)


def shape_compared(
    answer: Answer, plan: Plan, rows: Sequence[RawRow], other: Plan, other_rows: Sequence[RawRow]
) -> Answer:
    """The answer with what it was compared with; ``rows`` are those it was made of."""
    found = (None if row is None else _row(other, row) for row in compared_rows(plan, rows, other, other_rows))
    beside = [_compared(answer.question, row, before) for row, before in zip(answer.rows, found, strict=True)]
    labels = list(other.buckets.labels) if other.buckets else []
    return replace(answer, compared=Compared(other.range, beside, labels))


def _compared(question: Question, row: Row, before: Row | None) -> ComparedRow | None:
    if before is None:
        return None
    changes = map(change, question.metrics, row.metrics, before.metrics)
    return ComparedRow(before.dimensions, before.metrics, tuple(changes))


def v2_json(answer: Answer, site_id: str) -> dict[str, Any]:
    """The body of `POST /api/v2/query`; its `query` can be sent again and asks the same."""
    return {
        "results": _results(answer),
        "meta": _meta(answer),
        "query": _echo(answer, site_id),
    }


def _row(plan: Plan, row: tuple[Any, ...]) -> Row:
    dimensions, metrics = plan.question.dimensions, plan.question.metrics
    names = tuple(_label(plan, dimension, value) for dimension, value in zip(dimensions, row, strict=False))
    figures = row[len(dimensions) : len(dimensions) + len(metrics)]
    notes = _money_notes(row)
    return Row(names, tuple(_figure(metric, value, notes) for metric, value in zip(metrics, figures, strict=True)))


def _money_notes(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """What a row tells of its money, before the number of rows; anything where no money is asked."""
    return row[-1 - len(MONEY_NOTES) : -1]


def _warnings(plan: Plan, rows: Sequence[tuple[Any, ...]]) -> dict[str, str]:
    if not plan.tells_currencies:
        return {}
    code = warning_code(_money_notes(row) for row in rows)
    return {metric.name: code for metric in plan.question.metrics if metric.is_money} if code else {}


def _label(plan: Plan, dimension: Dimension, value: Any) -> str:
    if dimension.level is Level.TIME and plan.buckets:
        return plan.buckets.label_of[value]
    return str(value)


def _figure(metric: Metric, scaled: int | None, notes: tuple[Any, ...]) -> Figure:
    if metric.is_money:
        return money(scaled, notes)
    if scaled is None or not metric.decimals:
        return scaled
    return float(scaled / 10**metric.decimals)


def _results(answer: Answer) -> list[dict[str, Any]]:
    results = [_figures(row) for row in answer.rows]
    if answer.compared is None:
        return results
    return [
        {**result, "comparison": before and {**_figures(before), "change": list(before.change)}}
        for result, before in zip(results, answer.compared.rows, strict=True)
    ]


def _figures(row: Row | ComparedRow) -> dict[str, Any]:
    return {"metrics": [_shown(figure) for figure in row.metrics], "dimensions": list(row.dimensions)}


def _shown(figure: Figure) -> Any:
    return figure.as_json() if isinstance(figure, Money) else figure


def _meta(answer: Answer) -> dict[str, Any]:
    include = answer.question.include
    meta: dict[str, Any] = {}
    if include.imports:
        meta |= _imports(answer.imports_skipped)
    if include.time_labels:
        meta["time_labels"] = answer.time_labels
    if include.total_rows:
        meta["total_rows"] = answer.total_rows
    if answer.compared is not None:
        meta["comparison_date_range"] = _ends(answer.compared.range)
    if answer.compared is not None and include.time_labels:
        meta["comparison_time_labels"] = answer.compared.time_labels
    if answer.warnings:
        meta["metric_warnings"] = {
            name: {"code": code, "warning": WARNINGS[code]} for name, code in answer.warnings.items()
        }
    return meta


def _imports(skipped: str) -> dict[str, Any]:
    reason = {"imports_skip_reason": skipped} if skipped else {}
    warning = {"imports_warning": WARNINGS_OF_IMPORTS[skipped]} if WARNINGS_OF_IMPORTS.get(skipped) else {}
    return {"imports_included": not skipped, **reason, **warning}


def _echo(answer: Answer, site_id: str) -> dict[str, Any]:
    question = answer.question
    return {
        "site_id": site_id,
        "metrics": [metric.name for metric in question.metrics],
        "date_range": _ends(answer.range),
        "filters": [filter_as_json(one) for one in question.filters],
        "dimensions": [dimension.name for dimension in question.dimensions],
        "order_by": [[order.name, "desc" if order.is_descending else "asc"] for order in question.order_by],
        "include": _include(question.include),
        "pagination": {"limit": question.limit, "offset": question.offset},
    }


def _include(include: Include) -> dict[str, Any]:
    """The switches, and what is compared with where that was asked."""
    shown = asdict(include)
    compared = {key: value for key, value in (shown.pop("comparisons") or {}).items() if value is not None}
    return shown | ({"comparisons": compared} if compared else {})


def _ends(within: DateRange) -> list[str]:
    """First and last second, on the site's clock."""
    ends = (within.first_at, within.end_at - timedelta(seconds=1))
    return [moment.astimezone(within.zone).isoformat(timespec="seconds") for moment in ends]
