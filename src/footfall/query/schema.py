"""The query as a JSON Schema (draft 2020-12), made of the same tables that the parser reads.

It says what a query looks like; what may be asked together stands in `rules`, and only a site knows its goals.
"""

from typing import Any

from footfall.query.dates import COUNTED, NAMED
from footfall.query.dimensions import DIMENSIONS, GOAL, MAX_PROPERTY_LENGTH, PROPERTY_PREFIX, Level
from footfall.query.filters import GOAL_OPERATORS, MAX_DEPTH, MAX_SEGMENTS, MAX_VALUE_LENGTH, SEGMENT
from footfall.query.metrics import METRICS
from footfall.query.operators import OPERATORS
from footfall.query.parse import DIRECTIONS, MAX_DIMENSIONS, MAX_OFFSET, SWITCHES
from footfall.query.question import MAX_ROWS, MODES

Schema = dict[str, Any]

# The end of a text, also in dialects where `$` lets a line break follow.
_END = r"$(?!\n)"
_ENDS = {"$ref": "#/$defs/ends"}


def query_schema() -> Schema:
    """The schema of the body of `POST /api/v2/query`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A question to Footfall",
        **_object(
            {
                "site_id": _said("Domain or public id of the site.", {"type": "string", "minLength": 1}),
                "metrics": _said("What to count.", _list({"enum": list(METRICS)}, least=1, unique=True)),
                "date_range": _said("When, in the zone of the site.", _date_range()),
                "dimensions": _said("What to break down by.", _list(_dimension(), most=MAX_DIMENSIONS, unique=True)),
                "filters": _said("What all must hold.", _list({"$ref": "#/$defs/filter_1"})),
                "order_by": _said("What to sort by.", _list(_tuple({"type": "string"}, {"enum": list(DIRECTIONS)}))),
                "include": _said("What else to tell.", _include()),
                "pagination": _said("Which rows to tell.", _pagination()),
            },
            required=["site_id", "metrics", "date_range"],
        ),
        "$defs": {
            "ends": _said("First and last day, or moment with its offset.", _tuple(*[{"type": "string"}] * 2)),
            "comparison": {"anyOf": [*_comparisons(), _goal_comparison()]},
            **{f"filter_{depth}": _filter(depth) for depth in range(1, MAX_DEPTH + 1)},
        },
    }


def _said(text: str, schema: Schema) -> Schema:
    return {"description": text, **schema}


def _object(properties: dict[str, Schema], required: list[str] | None = None) -> Schema:
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return schema | ({"required": required} if required else {})


def _list(items: Schema, *, least: int = 0, most: int | None = None, unique: bool = False) -> Schema:
    limits = {"minItems": least or None, "maxItems": most, "uniqueItems": unique or None}
    return {"type": "array", "items": items} | {key: value for key, value in limits.items() if value is not None}


def _tuple(*items: Schema, optional: Schema | None = None) -> Schema:
    """An array with these items, each in its place, and perhaps one more."""
    places = [*items, *([optional] if optional else [])]
    return {"type": "array", "prefixItems": places, "items": False, "minItems": len(items)}


def _date_range() -> Schema:
    return {"anyOf": [{"enum": list(NAMED)}, {"type": "string", "pattern": f"^(?:{COUNTED}){_END}"}, _ENDS]}


def _dimension(*, is_filtered: bool = False) -> Schema:
    rows = DIMENSIONS.values()
    names = [one.name for one in rows if not is_filtered or not (one.level is Level.TIME or one == GOAL)]
    key = f"^{PROPERTY_PREFIX}[\\s\\S]{{1,{MAX_PROPERTY_LENGTH}}}{_END}"
    return {"anyOf": [{"enum": names}, {"type": "string", "pattern": key}]}


def _filter(depth: int) -> Schema:
    """A filter that stands so deep; the deepest ones join no others."""
    kinds: list[Schema] = [{"$ref": "#/$defs/comparison"}]
    if depth == 1 or depth + 2 <= MAX_DEPTH:  # a segment spreads into two levels, but at the top
        kinds.append(
            _tuple({"const": "is"}, {"const": SEGMENT}, _list({"type": "integer"}, least=1, most=MAX_SEGMENTS))
        )
    if depth < MAX_DEPTH:
        inner = {"$ref": f"#/$defs/filter_{depth + 1}"}
        kinds.append(_tuple({"enum": ["and", "or"]}, _list(inner, least=1)))
        kinds.append(_tuple({"enum": ["not", "has_done", "has_not_done"]}, inner))
    return {"anyOf": kinds}


def _comparisons() -> list[Schema]:
    """One for each number of values that operators take."""
    by_most: dict[int, list[str]] = {}
    for operator in OPERATORS.values():
        by_most.setdefault(operator.max_values, []).append(operator.name)
    return [_comparison(names, _dimension(is_filtered=True), most) for most, names in by_most.items()]


def _goal_comparison() -> Schema:
    name = {"const": GOAL.name}
    return {"anyOf": [_comparison([word], name, OPERATORS[word].max_values) for word in GOAL_OPERATORS]}


def _comparison(operators: list[str], dimension: Schema, most: int) -> Schema:
    value = {"anyOf": [{"type": "string", "maxLength": MAX_VALUE_LENGTH}, {"type": "integer"}]}
    option = _object({"case_sensitive": {"type": "boolean"}}, required=["case_sensitive"])
    return _tuple({"enum": operators}, dimension, _list(value, least=1, most=most), optional=option)


def _include() -> Schema:
    switches: dict[str, Schema] = {name: {"type": "boolean"} for name in SWITCHES}
    return _object(switches | {"comparisons": _compared_with()})


def _compared_with() -> Schema:
    matches = {"match_day_of_week": {"type": "boolean"}}
    others = [mode for mode in MODES if mode != "custom"]
    custom = _object({"mode": {"const": "custom"}, "date_range": _ENDS, **matches}, required=["mode", "date_range"])
    return {"anyOf": [_object({"mode": {"enum": others}, **matches}, required=["mode"]), custom]}


def _pagination() -> Schema:
    return _object(
        {
            "limit": {"type": "integer", "minimum": 1, "maximum": MAX_ROWS},
            "offset": {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET},
        }
    )
