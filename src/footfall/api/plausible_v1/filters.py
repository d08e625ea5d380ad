"""Filters of the v1 API: `visit:source==Google|Bing;event:page!=/admin**` becomes a list of v2 filters.

`;` joins by and, `|` by or, `*` stands for any text, `\\|` for the stroke itself. A part that says nothing is left
out, as Plausible leaves it out.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from footfall.api.plausible_v1.properties import is_property
from footfall.errors import InvalidInput

Filters = list[Any]

_PART = re.compile(r"\s*([^=!;]+?)\s*(==|!=)(.*)", re.DOTALL)
_STROKE = re.compile(r"(?<!\\)\|")
_STARS = re.compile(r"\*+")
_OPERATORS = {("==", False): "is", ("!=", False): "is_not", ("==", True): "matches", ("!=", True): "matches_not"}
_JOINTS = ("and", "or")
_WITHOUT_WILDCARDS = ("event:goal",)
_COUNTRY = re.compile(r"[A-Za-z]{2}")


def parse_filters(text: str) -> Filters:
    """The filters as a v2 body takes them; raises InvalidInput for a property nobody knows."""
    filters = _from_json(text)
    if filters is None:
        filters = [one for part in text.split(";") if (one := _comparison(part))]
    for name in filtered_properties(filters):
        if not is_property(name):
            raise InvalidInput(f"Invalid filter property '{name}'.", field="filters")
    return filters


def filtered_properties(filters: Filters) -> Iterator[str]:
    """The property of every comparison, however deep."""
    for one in filters:
        match one:
            case [word, [*inner]] if word in _JOINTS:
                yield from filtered_properties(inner)
            case ["not" | "has_done" | "has_not_done", [*inner]]:
                yield from filtered_properties([inner])
            case [_, str(name), *_]:
                yield name


def _from_json(text: str) -> Filters | None:
    if not text.lstrip().startswith("["):
        return None
    try:
        filters = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return filters if isinstance(filters, list) else None


def _comparison(part: str) -> Filters | None:
    found = _PART.fullmatch(part)
    if found is None:
        return None
    name, sign, text = found.groups()
    values = [value.replace("\\|", "|").strip() for value in _STROKE.split(text)]
    if not all(values) or (name == "visit:country" and not all(map(_COUNTRY.fullmatch, values))):
        return None
    has_wildcards = name not in _WITHOUT_WILDCARDS and any("*" in value for value in values)
    return [
        _OPERATORS[sign, has_wildcards],
        name,
        [_pattern(value) for value in values] if has_wildcards else values,
    ]


def _pattern(value: str) -> str:
    """The value as a regular expression; one star and two mean the same here."""
    return f"(?s)^{'.*'.join(re.escape(text) for text in _STARS.split(value))}$"
