"""Operations in the shape of Plausible's stats APIs, v2 and v1."""

from typing import Any

import msgspec

from footfall.api.documentation.operation import QUESTION, TEXT, Operation
from footfall.api.documentation.shapes import V1Aggregate, V1Rows
from footfall.client.values import QueryAnswer
from footfall.query import query_schema

_SCOPE = "stats:read"
_QUESTION: dict[str, Any] = {
    "site_id": "example.com",
    "metrics": ["visitors", "pageviews"],
    "date_range": "7d",
    "dimensions": ["visit:source"],
    "filters": [["is", "visit:country", ["EE"]]],
}
_ANSWER: dict[str, Any] = {
    "results": [{"metrics": [128, 402], "dimensions": ["Google"]}],
    "meta": {},
    "query": {
        **_QUESTION,
        "date_range": ["2026-01-01T00:00:00+02:00", "2026-01-07T23:59:59+02:00"],
        "order_by": [["visitors", "desc"]],
        "include": {"imports": False, "time_labels": False, "total_rows": False, "trim_relative_date_range": False},
        "pagination": {"limit": 10000, "offset": 0},
    },
}
_V1 = "/api/v1/stats"


def _as_components(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of questions and its parts, which the description has no other place for than beside each other."""
    text = msgspec.json.encode(schema).replace(b"#/$defs/", b"#/components/schemas/Query_")
    whole = msgspec.json.decode(text)
    parts = whole.pop("$defs")
    del whole["$schema"]
    return {"Query": whole} | {f"Query_{name}": part for name, part in parts.items()}


def _v1(route: str, name: str, summary: str, answer: Any, example: Any) -> Operation:
    return Operation(f"GET {_V1}/{route}", f"v1_{name}", "stats v1", summary, answer, example, _SCOPE, TEXT, QUESTION)


def _schema(path: str, name: str) -> Operation:
    example = {"title": "A question to Footfall"}
    return Operation(
        f"GET {path}", name, "stats", "The JSON Schema of questions", {"type": "object"}, example, refusals=()
    )


PLAUSIBLE = (
    Operation(
        "POST /api/v2/query",
        "query",
        "stats",
        "Ask for metrics, broken down by dimensions, over a range of time",
        QueryAnswer,
        _ANSWER,
        _SCOPE,
        TEXT,
        (*QUESTION, 413),
        body={"$ref": "#/components/schemas/Query"},
        body_example=_QUESTION,
        components=_as_components(query_schema()),
    ),
    _schema("/api/v2/query/schema.json", "query_schema"),
    _schema("/api/docs/query/schema.json", "query_schema_for_plausible"),
    _v1("realtime/visitors", "realtime_visitors", "Visitors of the last five minutes", {"type": "integer"}, 7),
    _v1(
        "aggregate",
        "aggregate",
        "Metrics of a period",
        V1Aggregate,
        {"results": {"visitors": {"value": 128, "change": 12, "comparison_value": 114}}},
    ),
    _v1(
        "timeseries",
        "timeseries",
        "Metrics by hour, day or month",
        V1Rows,
        {"results": [{"date": "2026-01-01", "visitors": 12}]},
    ),
    _v1(
        "breakdown",
        "breakdown",
        "Metrics by the values of a property",
        V1Rows,
        {"results": [{"page": "/pricing", "visitors": 12}]},
    ),
)
