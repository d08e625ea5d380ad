"""Answers for people who are no members of a site: nobody can be singled out by what they ask.

Whatever shows figures to such people asks here, so that pages, files and JSON can't differ. Why these rules, and what
they leave open: docs/explanation/shared-figures.md.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from footfall.errors import InvalidInput
from footfall.query.comparisons import ComparedRow, Figure, change
from footfall.query.dimensions import DIMENSIONS, NO_SOURCE, NOT_SET, PROPERTY_PREFIX, Level
from footfall.query.metrics import METRICS, Metric
from footfall.query.question import MAX_ROWS
from footfall.query.shape import Answer, Compared, Row
from footfall.texts import Phrase

FOLDED = "(small groups)"
"""The row of all groups that are too small to be shown."""

LEAST_VISITORS = 5
MOST_FILTERS = 3

Question = dict[str, Any]
Ask = Callable[[Question], Awaitable[Answer]]

_VISITORS = METRICS["visitors"]
_COUNTS = frozenset({"visitors", "visits", "pageviews", "events"})
_SHARES = frozenset({"percentage", "conversion_rate", "group_conversion_rate"})
_SECONDS = frozenset({"visit_duration", "time_on_page"})
_CITIES = frozenset({"visit:city", "visit:city_name"})
_STEP = 5
_SECONDS_STEP = 10
# What lists leave out by themselves; to leave out anything else is to ask about who is left out.
_ALWAYS_LEFT_OUT = frozenset({NOT_SET, NO_SOURCE, "pageview", "engagement"})


@dataclass(frozen=True)
class PublicRules:
    """What people who are no members may see; ``only`` are the filters of a segment they can't leave."""

    shows_small_groups: bool = False
    shows_cities: bool = False
    only: tuple[Any, ...] = ()

    def hides(self, dimension: str) -> bool:
        """Whether nothing is told by this dimension."""
        return (
            dimension == "segment"
            or dimension.startswith(PROPERTY_PREFIX)
            or (dimension in _CITIES and not self.shows_cities)
        )


async def ask_publicly(ask: Ask, question: Question, rules: PublicRules) -> Answer:
    """Answer the body of a v2 query within the rules; raises InvalidInput for what they do not allow."""
    _check_dimensions(question, rules)
    locked = {**question, "filters": [*question.get("filters", []), *rules.only]}
    if rules.shows_small_groups:
        return await ask(locked)
    searched = _check_filters(question)
    is_narrowed = bool(locked["filters"]) or any(not _is_time(name) for name in question.get("dimensions", []))
    if not is_narrowed:
        return _without_money(await ask(locked))
    names = list(question["metrics"])
    asked = {**locked, "metrics": names if "visitors" in names else [*names, "visitors"]}
    answer = await ask(_whole(asked) if _is_list(question) else asked)
    safe = _folded(answer, searched, question) if _is_list(question) else _rounded(answer)
    return safe if "visitors" in names else _without_last_metric(safe)


def _is_time(name: str) -> bool:
    known = DIMENSIONS.get(name)
    return known is not None and known.level is Level.TIME


def _is_list(question: Question) -> bool:
    """Whether its rows are groups of visitors, which can be folded into one; groups over time can't."""
    names = question.get("dimensions", [])
    return len(names) == 1 and not _is_time(names[0])


def _check_dimensions(question: Question, rules: PublicRules) -> None:
    names = question.get("dimensions", [])
    for name in [*names, *_filtered(question.get("filters", []))]:
        if rules.hides(name):
            raise InvalidInput("The owner of this site does not show this to everybody.", field="dimensions")
    if sum(not _is_time(name) for name in names) > 1:
        raise InvalidInput("Shared figures are told by one dimension at a time.", field="dimensions")


def _filtered(filters: Sequence[Any]) -> list[str]:
    """The dimensions of filters, however deep."""
    found: list[str] = []
    for one in filters:
        if not isinstance(one, list) or len(one) < 2:
            continue
        if isinstance(one[1], str):
            found.append(one[1])
        else:
            found += _filtered([one[1]] if one[1] and isinstance(one[1][0], str) else one[1])
    return found


def _check_filters(question: Question) -> str:
    """What the rows are searched for; raises InvalidInput for filters by which groups could be compared."""
    searched, chosen = "", 0
    for one in question.get("filters", []):
        operator, dimension, values = _parts(one)
        if operator == "contains" and dimension in question.get("dimensions", []) and len(values) == 1:
            searched = values[0]
        elif operator == "is_not" and set(values) <= _ALWAYS_LEFT_OUT:
            continue
        elif operator == "is" and (len(values) == 1 or _has_row_for_each(question, dimension)):
            chosen += 1
        else:
            raise InvalidInput("Shared figures can be filtered by what is, one value at a time.", field="filters")
    if chosen > MOST_FILTERS:
        raise InvalidInput(Phrase("Shared figures take {most} filters at most.", most=MOST_FILTERS), field="filters")
    return searched


def _has_row_for_each(question: Question, dimension: str) -> bool:
    """Whether several values are but several rows: nothing is told of all of them together."""
    return dimension in question.get("dimensions", []) and "percentage" not in question["metrics"]


def _parts(one: Any) -> tuple[str, str, list[str]]:
    """Operator, dimension and values of a comparison; of anything else, what no rule allows."""
    if not isinstance(one, list) or len(one) < 3 or not isinstance(one[1], str) or not isinstance(one[2], list):
        return "", "", []
    return str(one[0]), one[1], [str(value) for value in one[2]]


def _whole(question: Question) -> Question:
    """The question without its search and its page: both are of the rows that are left."""
    by = question["dimensions"][0]
    filters = [one for one in question["filters"] if not (one[0] == "contains" and one[1] == by)]
    return {
        **question,
        "filters": filters,
        "order_by": [["visitors", "desc"]],
        "pagination": {"limit": MAX_ROWS, "offset": 0},
    }


def _folded(answer: Answer, searched: str, question: Question) -> Answer:
    """The rows of groups that are large enough, in the order and the page that was asked, then all others as one."""
    metrics = answer.question.metrics
    at = metrics.index(_VISITORS)
    before = answer.compared.rows if answer.compared else [None] * len(answer.rows)
    paired = list(zip(answer.rows, before, strict=True))
    kept = [pair for pair in paired if _count(pair[0], at) >= LEAST_VISITORS]
    small = [row for row, _ in paired if _count(row, at) < LEAST_VISITORS]
    # What is left over can be reckoned from the whole, so it must be large enough as well.
    while small and kept and sum(_count(row, at) for row in small) < LEAST_VISITORS:
        small.append(kept.pop()[0])
    shown = [_safe_pair(metrics, at, row, other) for row, other in kept]
    shown = _ordered(metrics, [pair for pair in shown if searched.lower() in pair[0].dimensions[0].lower()], question)
    if sum(_count(row, at) for row in small) >= LEAST_VISITORS and not searched:
        shown.append((_sum(metrics, small), None))
    page = question.get("pagination", {})
    first = page.get("offset", 0)
    cut = shown[first : first + page.get("limit", MAX_ROWS)]
    compared = answer.compared and replace(answer.compared, rows=[other for _, other in cut])
    return replace(answer, rows=[row for row, _ in cut], total_rows=len(shown), compared=compared)


def _rounded(answer: Answer) -> Answer:
    """One row, or rows over time: those of too few visitors are not told."""
    metrics = answer.question.metrics
    at = metrics.index(_VISITORS)
    before = answer.compared.rows if answer.compared else [None] * len(answer.rows)
    pairs = [_safe_pair(metrics, at, row, other) for row, other in zip(answer.rows, before, strict=True)]
    if any(not _is_time(one.name) for one in answer.question.dimensions):
        pairs = [pair for pair in pairs if pair[0].metrics[at] is not None]
    elif answer.question.dimensions:
        pairs = [(_as_none(metrics, row), other) for row, other in pairs]
    compared: Compared | None = answer.compared and replace(answer.compared, rows=[other for _, other in pairs])
    return replace(answer, rows=[row for row, _ in pairs], total_rows=len(pairs), compared=compared)


def _as_none(metrics: Sequence[Metric], row: Row) -> Row:
    """A step of time that is not told reads as one in which nothing happened: the two must not be told apart."""
    figures = (0 if value is None and metric.name in _COUNTS else value for metric, value in _with(metrics, row))
    return replace(row, metrics=tuple(figures))


def _safe_pair(
    metrics: Sequence[Metric], at: int, row: Row, before: ComparedRow | None
) -> tuple[Row, ComparedRow | None]:
    now = replace(row, metrics=_safe(metrics, at, row.metrics))
    if before is None:
        return now, None
    then = _safe(metrics, at, before.metrics)
    return now, replace(before, metrics=then, change=tuple(map(change, metrics, now.metrics, then)))


def _safe(metrics: Sequence[Metric], at: int, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures of one group: none where it is too small, else rounded so that a difference of two tells nothing."""
    visitors = int(figures[at] or 0)
    if visitors < LEAST_VISITORS:
        return (None,) * len(figures)
    return tuple(_coarse(metric, value, visitors) for metric, value in zip(metrics, figures, strict=True))


def _coarse(metric: Metric, value: Figure, visitors: int) -> Figure:
    if value is None or metric.is_money:
        return None
    if metric.name in _COUNTS:
        return _to_step(value, _STEP)
    if metric.name in _SHARES:
        return _share(value, visitors)
    if metric.name in _SECONDS:
        return _to_step(value, _SECONDS_STEP)
    return _to_step(value, _STEP) if metric.is_rate else round(value, 1)


def _share(percent: float, visitors: int) -> float:
    """A share of rounded counts: one told exactly would tell what they were."""
    if not percent:
        return 0
    whole = max(_STEP, _to_step(100 * visitors / percent, _STEP))
    return round(min(100, 100 * _to_step(visitors, _STEP) / whole), 1)


def _to_step(value: float, step: int) -> int:
    return (int(value) + step // 2) // step * step


def _sum(metrics: Sequence[Metric], rows: Sequence[Row]) -> Row:
    """All small groups as one; averages of it are not told."""
    sums = [sum(row.metrics[index] or 0 for row in rows) for index in range(len(metrics))]
    visitors = int(sums[metrics.index(_VISITORS)])
    figures = (
        _coarse(metric, value, visitors) if metric.name in _COUNTS or metric.name == "percentage" else None
        for metric, value in zip(metrics, sums, strict=True)
    )
    return Row((FOLDED,), tuple(figures))


def _ordered(
    metrics: Sequence[Metric], pairs: list[tuple[Row, ComparedRow | None]], question: Question
) -> list[tuple[Row, ComparedRow | None]]:
    """Sorted by what is shown, names breaking ties: the order must not tell what was rounded."""
    name, direction = (question.get("order_by") or [[question["metrics"][0], "desc"]])[0]
    pairs.sort(key=lambda pair: pair[0].dimensions)
    position = next((index for index, metric in enumerate(metrics) if metric.name == name), None)
    if position is None:
        pairs.sort(key=lambda pair: pair[0].dimensions, reverse=direction == "desc")
    else:
        pairs.sort(key=lambda pair: pair[0].metrics[position] or 0, reverse=direction == "desc")
    return pairs


def _without_money(answer: Answer) -> Answer:
    """What one visitor paid can be told from a sum over time."""
    metrics = answer.question.metrics
    if not any(metric.is_money for metric in metrics):
        return answer
    rows = [
        replace(row, metrics=tuple(None if metric.is_money else value for metric, value in _with(metrics, row)))
        for row in answer.rows
    ]
    return replace(answer, rows=rows, compared=None, warnings={})


def _without_last_metric(answer: Answer) -> Answer:
    """The visitors that were asked to judge the rows by, but not to be told."""
    asked = replace(answer.question, metrics=answer.question.metrics[:-1])
    rows = [replace(row, metrics=row.metrics[:-1]) for row in answer.rows]
    compared = answer.compared and replace(answer.compared, rows=[_shorter(row) for row in answer.compared.rows])
    return replace(answer, question=asked, rows=rows, compared=compared)


def _shorter(row: ComparedRow | None) -> ComparedRow | None:
    return row and replace(row, metrics=row.metrics[:-1], change=row.change[:-1])


def _count(row: Row, at: int) -> int:
    return int(row.metrics[at] or 0)


def _with(metrics: Sequence[Metric], row: Row) -> Sequence[tuple[Metric, Figure]]:
    return list(zip(metrics, row.metrics, strict=True))
