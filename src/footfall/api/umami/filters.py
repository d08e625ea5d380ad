"""Umami's filters, such as `browser=c.fire&browser1=neq.Edge`, as filters of a v2 question."""

import re
from typing import Any

from starlette.datastructures import QueryParams

from footfall.api.umami.columns import COLUMNS
from footfall.errors import InvalidInput

Filters = list[Any]

_NAME = re.compile(r"([A-Za-z]+?)\d*")
_VALUE = re.compile(r"(eq|neq|c|dnc|re|nre|s|ns|t|f|gt|lt|gte|lte|bf|af)\.(.*)", re.DOTALL)
_LISTS = ("eq", "neq")
_OPERATORS = {
    "eq": "is",
    "neq": "is_not",
    "c": "contains",
    "dnc": "contains_not",
    "re": "matches",
    "nre": "matches_not",
}
_WITHOUT_CASE = ("contains", "contains_not")
_EVENT_TYPES = {
    "1": ["is", "event:name", ["pageview"]],
    "2": ["is_not", "event:name", ["pageview"]],
}
_UNKNOWN_HERE = ("segment", "cohort", "excludeBounce")


def parse_filters(parameters: QueryParams) -> Filters:
    """The filters among the parameters of a request; raises InvalidInput for those that cannot be answered."""
    filters = [one for name, value in parameters.multi_items() if value and (one := _filter(name, value))]
    if parameters.get("match") == "any" and filters:
        return [["or", filters]]
    return filters


def _filter(name: str, value: str) -> Filters | None:
    if name in _UNKNOWN_HERE:
        raise InvalidInput(f"There are no filters by {name} here.", field=name)
    if name == "eventType":
        return _event_type(value)
    found = _NAME.fullmatch(name)
    if found is None or found[1] not in COLUMNS:
        return None
    dimension = COLUMNS[found[1]]
    if dimension is None:
        raise InvalidInput(f"{found[1]} is not kept here, so nothing can be filtered by it.", field=name)
    return _comparison(name, dimension, value)


def _comparison(name: str, dimension: str, text: str) -> Filters:
    found = _VALUE.fullmatch(text)
    word, value = (found[1], found[2]) if found else ("eq", text)
    operator = _OPERATORS.get(word)
    if operator is None:
        raise InvalidInput(f"{name}: the operator `{word}` is for numbers and dates; none is one here.", field=name)
    values = value.split(",") if word in _LISTS else [value]
    comparison: Filters = [operator, dimension, values]
    return [*comparison, {"case_sensitive": False}] if operator in _WITHOUT_CASE else comparison


def _event_type(value: str) -> Filters | None:
    if value not in _EVENT_TYPES:
        raise InvalidInput("eventType: 1 are page views, 2 are other events.", field="eventType")
    return _EVENT_TYPES[value]
