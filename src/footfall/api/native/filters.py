"""Filters as they stand in a URL: ``filter=page:is:/pricing``, as often as needed, or one of the stats API in JSON."""

import json
from typing import Any

from footfall.api.native.asked import QueryFilter
from footfall.errors import InvalidInput
from footfall.query import OPERATORS
from footfall.query.dimensions import PROPERTY_PREFIX

_PROPERTY = "property."
_OF_EVENTS = ("page", "hostname", "goal")
_OF_VISITS = (
    *("entry_page", "exit_page", "entry_page_hostname", "exit_page_hostname", "source", "channel", "referrer"),
    *("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "click_id_kind"),
    *("device", "browser", "browser_version", "os", "os_version", "language", "country", "region", "city"),
)
SEGMENT = "segment"

FILTERED_BY = {
    **{word: f"event:{word}" for word in _OF_EVENTS},
    **{word: f"visit:{word}" for word in _OF_VISITS},
    "event": "event:name",
    "screen": "visit:screen_size",
    SEGMENT: SEGMENT,
}


def read_filters(texts: list[str]) -> tuple[QueryFilter, ...]:
    """Filters of different dimensions or operators add up, values of the same are alternatives; raises InvalidInput."""
    found: dict[tuple[str, str], list[str | int]] = {}
    whole: list[QueryFilter] = []
    for text in texts:
        if text.startswith("["):
            whole.append(_from_json(text))
            continue
        word, operator, value = _parts(text)
        found.setdefault((operator, _dimension(word)), []).append(_number(value) if word == SEGMENT else value)
    return (*([operator, dimension, values] for (operator, dimension), values in found.items()), *whole)


def _from_json(text: str) -> QueryFilter:
    """What the list says is for the query room to judge."""
    try:
        read: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise InvalidInput(
            "A filter that begins with [ is a list in JSON, as the stats API has it.", field="filter"
        ) from None
    return list(read)


def _parts(text: str) -> tuple[str, str, str]:
    word, _, rest = text.partition(":")
    operator, colon, value = rest.partition(":")
    if not colon or operator not in OPERATORS:
        known = ", ".join(OPERATORS)
        raise InvalidInput(f"A filter reads DIMENSION:OPERATOR:VALUE; operators are {known}.", field="filter")
    return word, operator, value


def _dimension(word: str) -> str:
    if word.startswith(_PROPERTY):
        return PROPERTY_PREFIX + word.removeprefix(_PROPERTY)
    if word not in FILTERED_BY:
        raise InvalidInput(f"Filters know {', '.join(FILTERED_BY)} and property.KEY.", field="filter")
    return FILTERED_BY[word]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InvalidInput("A segment is named by its number, as in segment:is:7.", field="filter")
    return int(text)
