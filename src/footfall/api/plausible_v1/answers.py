"""Answers of the query room in the shapes of the v1 API."""

from typing import Any

from footfall.query import IMPORTS_LEFT_OUT, Answer
from footfall.reports.figures import METRICS, Unit, change

Figures = dict[str, int | float | None]

_RATES = {"conversion_rate"} | {metric.name for metric in METRICS.values() if metric.unit is Unit.PERCENT}
_NULL_WHEN_EMPTY = ("visit_duration", "time_on_page")


def aggregate_of(answer: Answer, previous: Answer | None) -> dict[str, Any]:
    """One figure a metric, beside that of the previous period where it was asked for."""
    current = _figures(answer)
    if previous is None:
        return {name: {"value": value} for name, value in current.items()}
    before = _figures(previous)
    return {
        name: {"value": value, "change": _change(name, value, before[name]), "comparison_value": before[name]}
        for name, value in current.items()
    }


def series_of(answer: Answer) -> list[dict[str, Any]]:
    """A row for every stretch of time, also where nothing happened."""
    names = _names(answer)
    empty = tuple(None if name in _NULL_WHEN_EMPTY else 0 for name in names)
    found = {row.dimensions[0]: row.metrics for row in answer.rows}
    return [{"date": label} | dict(zip(names, found.get(label, empty), strict=True)) for label in answer.time_labels]


def breakdown_of(answer: Answer, key: str) -> list[dict[str, Any]]:
    """A row for each value of the property."""
    names = _names(answer)
    return [{key: row.dimensions[0]} | dict(zip(names, row.metrics, strict=True)) for row in answer.rows]


def warned(answer: Answer) -> dict[str, str]:
    """That imported data were asked for and had to be left out."""
    warning = IMPORTS_LEFT_OUT.get(answer.imports_skipped)
    return {"warning": warning} if warning else {}


def _figures(answer: Answer) -> Figures:
    return dict(zip(_names(answer), answer.rows[0].metrics, strict=True))


def _names(answer: Answer) -> list[str]:
    return [metric.name for metric in answer.question.metrics]


def _change(name: str, current: float | None, before: float | None) -> float | None:
    return change(current, before, Unit.PERCENT if name in _RATES else Unit.COUNT)
