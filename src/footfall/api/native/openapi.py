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
_ERROR = {
    "error": {"code": "invalid_input", "message": "Parameter `limit` is a number from 1 to 1,000.", "field": "limit"}
}
_REFUSALS = {
    400: "A parameter is wrong; `field` names it.",
    401: "No key, or one that does not exist.",
    403: "The key lacks the scope stats:read.",
    404: "There is no such site, or the key does not reach it.",
    422: "The question needs too much time or memory.",
    429: "Too many requests; Retry-After and RateLimit-Reset say when to try again.",
}


def described(report: Report) -> dict[str, Any]:
    """The parts of the operation that FastAPI cannot know."""
    return {
        "parameters": [_parameter(name) for name in report.takes],
        "responses": {
            "200": {
                "description": report.title,
                "headers": {name: {"schema": {"type": "integer"}} for name in _HEADERS},
                "content": {
                    "application/json": {"schema": _schema(report), "example": example(report)},
                    "text/csv": {"schema": {"type": "string"}},
                    "application/vnd.apache.parquet": {"schema": {"type": "string", "format": "binary"}},
                },
            },
            **{str(status): _refusal(text) for status, text in _REFUSALS.items()},
        },
    }


def example(report: Report) -> dict[str, Any]:
    """An answer of one row."""
    row = {name: _VALUES[name] for name in report.fields} | {name: _FIGURES[name] for name in report.metrics}
    return {"results": [row], "meta": _META}


_HEADERS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")


def _parameter(name: str) -> dict[str, Any]:
    row = PARAMETERS[name]
    return {"name": name, "in": "query", "description": row.text, "schema": row.schema, "example": row.example}


def _schema(report: Report) -> dict[str, Any]:
    figures = {name: {"type": ["number", "null"]} for name in (*report.metrics, *METRICS)}
    row = {**{name: {"type": "string"} for name in report.fields}, **figures}
    return {
        "type": "object",
        "required": ["results", "meta"],
        "properties": {
            "results": {"type": "array", "items": {"type": "object", "properties": row}},
            "meta": {"type": "object", "required": list(_META)},
        },
    }


def _refusal(text: str) -> dict[str, Any]:
    return {"description": text, "content": {"application/json": {"example": _ERROR}}}
