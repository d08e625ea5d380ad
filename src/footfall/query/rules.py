"""What may be asked together: one rule a function, each with the sentence a caller reads."""

from collections.abc import Callable, Iterable

from footfall.errors import InvalidInput
from footfall.query.dimensions import EXIT_PAGE, GOAL, PAGE, Level
from footfall.query.metrics import CONVERSION_METRICS, EVENT_METRICS, METRICS, READING_METRICS, VISIT_METRICS, Metric
from footfall.query.question import Comparison, Question, behaviours, comparisons

MAX_COMPARISONS = 50


def check(question: Question) -> None:
    """Raise InvalidInput for the first rule the question breaks."""
    for rule in _RULES:
        if sentence := rule(question):
            raise InvalidInput(sentence)


def _asks(question: Question, name: str) -> bool:
    return METRICS[name] in question.metrics


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _asked_of(metrics: tuple[Metric, ...], names: frozenset[str]) -> list[str]:
    return [metric.name for metric in metrics if metric.name in names]


def _filters_page(question: Question) -> bool:
    return any(one.dimension == PAGE for one in comparisons(question.filters))


def _few_comparisons(question: Question) -> str | None:
    if sum(1 for _ in comparisons(question.filters, also_done=True)) > MAX_COMPARISONS:
        return f"#/filters: A query takes {MAX_COMPARISONS} comparisons at most."
    return None


def _one_time_dimension(question: Question) -> str | None:
    if sum(dimension.level is Level.TIME for dimension in question.dimensions) > 1:
        return "#/dimensions: Only one time dimension can be queried at a time."
    return None


def _order_by_what_is_asked(question: Question) -> str | None:
    known = {metric.name for metric in question.metrics} | {one.name for one in question.dimensions}
    for order in question.order_by:
        if order.name not in known:
            direction = "desc" if order.is_descending else "asc"
            entry = f'["{order.name}", "{direction}"]'
            return f"Invalid order_by entry '{entry}'. Entry is not a queried metric or dimension."
    return None


def _time_labels_of_time(question: Question) -> str | None:
    if question.include.time_labels and not any(one.level is Level.TIME for one in question.dimensions):
        return "Invalid include.time_labels: requires a time dimension."
    return None


def _percentage_of_rows(question: Question) -> str | None:
    if _asks(question, "percentage") and not question.dimensions:
        return "Metric `percentage` can only be queried with dimensions."
    return None


def _reading_of_pages(question: Question) -> str | None:
    if PAGE in question.dimensions or _filters_page(question):
        return None
    for name in sorted(READING_METRICS):
        if _asks(question, name):
            return f"Metric `{name}` can only be queried with event:page filters or dimensions."
    return None


def _views_per_visit_of_all(question: Question) -> str | None:
    if not _asks(question, "views_per_visit"):
        return None
    if _filters_page(question):
        return "Metric `views_per_visit` cannot be queried with a filter on `event:page`."
    # Over time is no breakdown of visits by what they saw: each visit still falls in one bucket, whole.
    if any(dimension.level is not Level.TIME for dimension in question.dimensions):
        return "Metric `views_per_visit` cannot be queried with `dimensions`."
    return None


def _exit_rate_of_exit_pages(question: Question) -> str | None:
    if not _asks(question, "exit_rate"):
        return None
    if question.dimensions != (EXIT_PAGE,):
        return 'Metric `exit_rate` requires a `"visit:exit_page"` dimension. No other dimensions are allowed.'
    if any(one.dimension.level is Level.EVENT for one in comparisons(question.filters)):
        return "Metric `exit_rate` cannot be queried when filtering on event dimensions."
    return None


def _visit_metrics_of_visits(question: Question) -> str | None:
    metrics = _asked_of(question.metrics, VISIT_METRICS)
    of_events = [one.name for one in question.dimensions if one.level is Level.EVENT and one != PAGE]
    if metrics and of_events:
        return (
            f"Session metric(s) {_quoted(metrics)} cannot be queried along with event dimension(s)"
            f" {_quoted(of_events)}."
        )
    return None


def _event_metrics_of_events(question: Question) -> str | None:
    metrics = _asked_of(question.metrics, EVENT_METRICS)
    of_visits = [dimension.name for dimension in question.dimensions if dimension.is_of_whole_visits]
    if metrics and of_visits:
        return (
            f"Event metric(s) {_quoted(metrics)} cannot be queried along with session dimension(s)"
            f" {_quoted(of_visits)}."
        )
    return None


def _events_or_whole_visits(question: Question) -> str | None:
    of_events = [dimension.name for dimension in question.dimensions if dimension.level is Level.EVENT]
    of_visits = [dimension.name for dimension in question.dimensions if dimension.is_of_whole_visits]
    if of_events and of_visits:
        return f"Dimensions {_quoted(of_events)} cannot be queried along with {_quoted(of_visits)}."
    return None


def _at_top_level(question: Question) -> str | None:
    nested = tuple(one for one in question.filters if not isinstance(one, Comparison))
    for name in ("event:hostname", "event:goal"):
        if any(one.dimension.name == name for one in comparisons(nested)):
            return f"Invalid filters. Dimension `{name}` can only be filtered at the top level."
    return None


def _done_by_events(question: Question) -> str | None:
    for one in behaviours(question.filters):
        if any(True for _ in behaviours((one.filter,))):
            return "Invalid filters. Behavioral filters (has_done, has_not_done) cannot be nested."
        if any(inner.dimension.level is not Level.EVENT for inner in comparisons((one.filter,))):
            return (
                "Invalid filters. Behavioral filters (has_done, has_not_done) can only be used with event dimension"
                " filters."
            )
    return None


def _has_goal(question: Question) -> bool:
    filtered = any(isinstance(one, Comparison) and one.dimension == GOAL for one in question.filters)
    return filtered or GOAL in question.dimensions


def _conversions_of_goals(question: Question) -> str | None:
    for name in sorted(CONVERSION_METRICS):
        if _asks(question, name) and not _has_goal(question):
            return f"Metric `{name}` can only be queried with event:goal filters or dimensions."
    if _asks(question, "group_conversion_rate") and not question.dimensions:
        return "Metric `group_conversion_rate` can only be queried with dimensions."
    return None


def _reading_without_goals(question: Question) -> str | None:
    metrics = _asked_of(question.metrics, READING_METRICS)
    if metrics and _has_goal(question):
        return f"Metric(s) {_quoted(metrics)} cannot be queried with event:goal filters or dimensions."
    return None


_RULES: tuple[Callable[[Question], str | None], ...] = (
    _few_comparisons,
    _one_time_dimension,
    _order_by_what_is_asked,
    _time_labels_of_time,
    _percentage_of_rows,
    _reading_of_pages,
    _views_per_visit_of_all,
    _exit_rate_of_exit_pages,
    _visit_metrics_of_visits,
    _event_metrics_of_events,
    _events_or_whole_visits,
    _at_top_level,
    _done_by_events,
    _conversions_of_goals,
    _reading_without_goals,
)
