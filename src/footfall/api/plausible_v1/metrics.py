"""Metrics of the v1 API: which there are, and what each may be asked with. One row a metric."""

from collections.abc import Callable
from typing import NamedTuple

from footfall.errors import InvalidInput

_PAGE, _GOAL, _NAME, _OWN = "event:page", "event:goal", "event:name", "event:props:"


class Asked(NamedTuple):
    """What decides whether a metric may be asked: the property broken down by, and those filtered by."""

    broken_down_by: str | None
    filtered_by: tuple[str, ...]


Rule = Callable[[str, Asked], str | None]


def parse_metrics(text: str, asked: Asked) -> list[str]:
    """The names in their order; raises InvalidInput."""
    names = text.split(",")
    if len(set(names)) < len(names):
        raise InvalidInput("Metrics cannot be queried multiple times.", field="metrics")
    for name in names:
        _check(name, asked)
    return names


def _check(name: str, asked: Asked) -> None:
    if name not in _METRICS:
        raise InvalidInput(f"The metric `{name}` is not recognized.", field="metrics")
    for rule in _METRICS[name]:
        if sentence := rule(name, asked):
            raise InvalidInput(sentence, field="metrics")


def _is_of_events_only(name: str) -> bool:
    return name in (_NAME, _GOAL) or name.startswith(_OWN)


def _of_visits(metric: str, asked: Asked) -> str | None:
    if asked.broken_down_by and _is_of_events_only(asked.broken_down_by):
        return f"Session metric `{metric}` cannot be queried for breakdown by `{asked.broken_down_by}`."
    found = next(filter(_is_of_events_only, asked.filtered_by), None)
    return f"Session metric `{metric}` cannot be queried when using a filter on `{found}`." if found else None


def _of_all_pages(metric: str, asked: Asked) -> str | None:
    if _PAGE in asked.filtered_by:
        return f"Metric `{metric}` cannot be queried with a filter on `event:page`."
    return f"Metric `{metric}` is not supported in breakdown queries." if asked.broken_down_by else None


def _without(name: str) -> Rule:
    def rule(metric: str, asked: Asked) -> str | None:
        is_filtered = name in asked.filtered_by
        return f"Metric `{metric}` cannot be queried when filtering by `{name}`" if is_filtered else None

    return rule


def _of_pages(metric: str, asked: Asked) -> str | None:
    if asked.broken_down_by not in (None, _PAGE):
        return f"Metric `{metric}` is not supported in breakdown queries (except `event:page` breakdown)"
    if _PAGE not in (asked.broken_down_by, *asked.filtered_by):
        return f"Metric `{metric}` can only be queried in a page breakdown or with a page filter."
    return None


def _of_goals(metric: str, asked: Asked) -> str | None:
    if _GOAL in (asked.broken_down_by, *asked.filtered_by):
        return None
    return f"Metric `{metric}` can only be queried in a goal breakdown or with a goal filter"


_METRICS: dict[str, tuple[Rule, ...]] = {
    "visitors": (),
    "visits": (_of_visits,),
    "pageviews": (),
    "events": (),
    "views_per_visit": (_of_all_pages, _of_visits),
    "bounce_rate": (_of_visits,),
    "visit_duration": (_of_visits,),
    "time_on_page": (_without(_GOAL), _without(_NAME), _of_pages),
    "conversion_rate": (_of_goals,),
}
