"""What may be asked together: one rule a function, each with the sentence a caller reads."""

from collections.abc import Callable, Iterable

from footfall.errors import InvalidInput
from footfall.query.dimensions import EXIT_PAGE, PAGE, Level
from footfall.query.metrics import EVENT_METRICS, METRICS, VISIT_METRICS, Metric
from footfall.query.question import Comparison, Question, comparisons

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
    if sum(1 for _ in comparisons(question.filters)) > MAX_COMPARISONS:
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
    for name in ("scroll_depth", "time_on_page"):
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


def _hostname_at_top_level(question: Question) -> str | None:
    nested = [one for one in question.filters if not isinstance(one, Comparison)]
    if any(one.dimension.name == "event:hostname" for one in comparisons(tuple(nested))):
        return "Invalid filters. Dimension `event:hostname` can only be filtered at the top level."
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
    _hostname_at_top_level,
)
