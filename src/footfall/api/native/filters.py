"""Filters as they stand in a URL: ``filter=page:is:/pricing``, as often as needed."""

from footfall.api.native.asked import QueryFilter
from footfall.errors import InvalidInput
from footfall.query import DIMENSIONS, OPERATORS
from footfall.query.dimensions import PROPERTY_PREFIX, Level

_PROPERTY = "property."
# Where the word of this API is not the one after the colon.
_OWN_WORDS = {"event": "event:name", "screen": "visit:screen_size"}
_LEFT_OUT = {
    "event:name",
    "visit:screen",
    "visit:screen_size",
    "visit:country_name",
    "visit:region_name",
    "visit:city_name",
}

FILTERED_BY = {
    **{
        row.name.partition(":")[2]: row.name
        for row in DIMENSIONS.values()
        if row.level is not Level.TIME and row.name not in _LEFT_OUT
    },
    **_OWN_WORDS,
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
