"""Reports that are one question: totals, a breakdown by dimensions, or figures over time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from footfall.api.native.asked import Answers, Asked, Report, Row, Table
from footfall.errors import InvalidInput
from footfall.query import METRICS, Answer, DateRange, previous_period
from footfall.query.question import MAX_ROWS
from footfall.reports.asking import exact_range

Figures = Mapping[str, int | float | None]
_Key = tuple[str, ...]


async def breakdown(answers: Answers, report: Report, asked: Asked) -> Table:
    """One row for each value of the dimensions; a single one where there are none."""
    metrics = asked.metrics or report.metrics
    asked = replace(asked, filters=(*asked.filters, *report.only))
    by = {"dimensions": list(report.dimensions), "order_by": [_order(asked.sort or f"-{metrics[0]}", report)]}
    page = {"limit": asked.limit, "offset": asked.offset}
    answer = await answers.ask(asked, metrics, **by, pagination=page, include={"total_rows": True})
    rows = [dict(zip(report.fields, row.dimensions, strict=True)) | figures for row, figures in _figured(answer)]
    if not asked.has_comparison:
        return Table(rows, answer.range, answer.total_rows or 0)
    span = _before(answers, asked, answer)
    before = await answers.ask(replace(asked, date_range=exact_range(span)), metrics, **by)
    known = {row.dimensions: figures for row, figures in _figured(before)}
    unknown = _nothing(metrics) if len(known) < MAX_ROWS else dict.fromkeys(metrics)
    keys = [row.dimensions for row in answer.rows]
    return Table(_beside(rows, [known.get(key, unknown) for key in keys]), answer.range, answer.total_rows or 0, span)


async def over_time(answers: Answers, report: Report, asked: Asked) -> Table:
    """One row for each bucket, those without events included."""
    metrics = asked.metrics or report.metrics
    by = {
        "dimensions": [f"time:{asked.interval}" if asked.interval else "time"],
        "include": {"time_labels": True, "trim_relative_date_range": True},
    }
    answer = await answers.ask(asked, metrics, **by)
    rows: list[Row] = [{"time": label} | dict(figures) for label, figures in _dense(answer, metrics)]
    if not asked.has_comparison:
        return Table(rows, answer.range, len(rows))
    span = _before(answers, asked, answer)
    before = await answers.ask(replace(asked, date_range=exact_range(span)), metrics, **by)
    earlier = [figures for _, figures in _dense(before, metrics)]
    missing = [dict.fromkeys(metrics)] * (len(rows) - len(earlier))
    return Table(_beside(rows, [*earlier, *missing]), answer.range, len(rows), span)


def _order(sort: str, report: Report) -> list[str]:
    name = sort.removeprefix("-")
    dimension = dict(zip(report.fields, report.dimensions, strict=True)).get(name, name)
    return [dimension, "desc" if sort.startswith("-") else "asc"]


def _figured(answer: Answer) -> list[tuple[Any, dict[str, Any]]]:
    names = [metric.name for metric in answer.question.metrics]
    return [(row, dict(zip(names, row.metrics, strict=True))) for row in answer.rows]


def _dense(answer: Answer, metrics: tuple[str, ...]) -> list[tuple[str, Figures]]:
    known = {row.dimensions[0]: figures for row, figures in _figured(answer)}
    return [(label, known.get(label, _nothing(metrics))) for label in answer.time_labels]


def _nothing(metrics: tuple[str, ...]) -> dict[str, Any]:
    """The figures of no events."""
    return {name: None if METRICS[name].is_null_when_empty else 0 for name in metrics}


def _before(answers: Answers, asked: Asked, answer: Answer) -> DateRange:
    if asked.date_range == "all":
        raise InvalidInput("All time has no period before it; ask for a shorter one.", field="compare")
    return previous_period(answer.range, answers.now)


def _beside(rows: list[Row], before: Sequence[Figures]) -> list[Row]:
    return [row | {"previous": dict(figures)} for row, figures in zip(rows, before, strict=False)]
