"""Filters as they stand in a URL: ``filter=page:is:/pricing``, as often as needed."""

from footfall.api.native.asked import QueryFilter
from footfall.errors import InvalidInput
from footfall.query import OPERATORS
from footfall.query.dimensions import PROPERTY_PREFIX

_PROPERTY = "property."
_OF_EVENTS = ("page", "hostname")
_OF_VISITS = (
    *("entry_page", "exit_page", "entry_page_hostname", "exit_page_hostname", "source", "channel", "referrer"),
    *("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "click_id_kind"),
    *("device", "browser", "browser_version", "os", "os_version", "language", "country", "region", "city"),
)

FILTERED_BY = {
    **{word: f"event:{word}" for word in _OF_EVENTS},
    **{word: f"visit:{word}" for word in _OF_VISITS},
    "event": "event:name",
    "screen": "visit:screen_size",
}


def read_filters(texts: list[str]) -> tuple[QueryFilter, ...]:
    """Filters of different dimensions or operators add up, values of the same are alternatives; raises InvalidInput."""
    found: dict[tuple[str, str], list[str]] = {}
    for text in texts:
        word, operator, value = _parts(text)
        found.setdefault((operator, _dimension(word)), []).append(value)
    return tuple([operator, dimension, values] for (operator, dimension), values in found.items())


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
