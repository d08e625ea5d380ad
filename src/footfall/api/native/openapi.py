"""What the OpenAPI description tells of a report: its parameters, the shape of its answer, and an example."""

from typing import Any

from footfall.api.native.asked import Report
from footfall.api.native.parameters import PARAMETERS
from footfall.query import METRICS

_FIGURES = {
    "visitors": 128,
    "visits": 150,
    "pageviews": 402,
    "events": 431,
    "views_per_visit": 2.68,
    "bounce_rate": 38,
    "visit_duration": 94,
    "time_on_page": 41,
    "conversion_rate": 3.91,
    "seconds": 94,
    "samples": 1200,
    "lcp": 2100,
    "inp": 180,
    "cls": 0.082,
    "fcp": 1400,
    "ttfb": 320,
}
_VALUES = {
    "time": "2026-01-31",
    "page": "/pricing",
    "entry_page": "/",
    "exit_page": "/pricing",
    "source": "Google",
    "referrer": "https://news.example/story",
    "channel": "Organic Search",
    "utm_medium": "email",
    "utm_campaign": "spring",
    "country": "EE",
    "region": "EE-79",
    "city": "Tartu",
    "device": "Mobile",
    "browser": "Firefox",
    "os": "Android",
    "screen": "360–767",
    "language": "et-EE",
    "event": "Signup",
    "value": "pro",
    "goal": "Signed up",
    "visitor": "Fluffy Panda",
    "started_at": "2026-01-31T12:30:05+02:00",
}
_META = {
    "from": "2026-01-01T00:00:00+02:00",
    "to": "2026-01-31T23:59:59+02:00",
    "timezone": "Europe/Tallinn",
    "page": 1,
    "limit": 100,
    "total_rows": 1,
}
_MOMENT = {"type": "string", "format": "date-time"}
_NUMBER = {"type": "integer"}
_META_SCHEMA = {
    "type": "object",
    "required": list(_META),
    "properties": {
        "from": _MOMENT,
        "to": _MOMENT,
        "timezone": {"type": "string"},
        "page": _NUMBER,
        "limit": _NUMBER,
        "total_rows": _NUMBER,
        "imports_included": {"type": "boolean"},
        "imports_skip_reason": {"type": "string"},
        "compared_with": {
            "type": "object",
            "required": ["from", "to"],
            "properties": {"from": _MOMENT, "to": _MOMENT},
        },
    },
}


def described(report: Report) -> dict[str, Any]:
    """The parameters of the operation, which FastAPI cannot know."""
    return {"parameters": [_parameter(name) for name in report.takes]}


def example(report: Report) -> dict[str, Any]:
    """An answer of one row."""
    row = {name: _VALUES[name] for name in report.fields} | {name: _FIGURES[name] for name in report.metrics}
    return {"results": [row], "meta": _META}


def _parameter(name: str) -> dict[str, Any]:
    row = PARAMETERS[name]
    return {"name": name, "in": "query", "description": row.text, "schema": row.schema, "example": row.example}


def answer_schema(report: Report) -> dict[str, Any]:
    """The shape of an answer in JSON."""
    figures = {name: {"type": ["number", "null"]} for name in (*report.metrics, *METRICS)}
    row: dict[str, Any] = {**{name: {"type": "string"} for name in report.fields}, **figures}
    if "compare" in report.takes:
        row["previous"] = {"type": "object", "properties": figures}
    return {
        "type": "object",
        "required": ["results", "meta"],
        "properties": {
            "results": {
                "type": "array",
                "items": {"type": "object", "properties": row},
            },
            "meta": _META_SCHEMA,
        },
    }
