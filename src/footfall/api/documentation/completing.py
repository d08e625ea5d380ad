"""Completes FastAPI's description from the table."""

from collections.abc import Sequence
from typing import Any

import msgspec

from footfall.api.documentation.operation import REFUSALS, Operation, Schema
from footfall.api.documentation.parameters import BY_TAG, PARAMETERS

_PLACE = "#/components/schemas/{name}"
_KEY = "key"
_KEY_TEXT = "An API key, made on a site's settings page or with `footfall key create`; the scopes it needs are named."
_SESSION = "session"
_SESSION_TEXT = "The session of a browser, from `/api/v1/auth/login`; without TLS the cookie is called `footfall`."
_RATE_HEADERS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")


def documented(document: Schema, operations: Sequence[Operation]) -> Schema:
    """The description with what the table says; operations the table does not know stay as they are."""
    shapes = _Shapes(operations)
    paths = {path: dict(methods) for path, methods in document["paths"].items()}
    for row in operations:
        methods = paths.setdefault(row.path, {})
        methods[row.method] = _completed(methods.get(row.method, {}), row, shapes)
    keys = {
        _KEY: {"type": "http", "scheme": "bearer", "description": _KEY_TEXT},
        _SESSION: {"type": "apiKey", "in": "cookie", "name": "__Host-footfall", "description": _SESSION_TEXT},
    }
    return document | {"paths": paths, "components": {"schemas": shapes.components, "securitySchemes": keys}}


class _Shapes:
    """The schemas of all types that the table names."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        types = {one for row in operations for one in (row.answer, row.body, row.errors.type) if _is_type(one)}
        self._types = sorted(types, key=str)
        found, components = msgspec.json.schema_components(self._types, ref_template=_PLACE)
        self._schemas = dict(zip(self._types, found, strict=True))
        for row in operations:
            components |= row.components
        self.components = dict(sorted(components.items()))

    def of(self, shape: Any) -> Schema:
        """The schema of a type, or the schema that was given."""
        return self._schemas[shape] if _is_type(shape) else shape


def _is_type(shape: Any) -> bool:
    return shape is not None and not isinstance(shape, dict)


def _completed(known: Schema, row: Operation, shapes: _Shapes) -> Schema:
    content = {row.media_type: {"schema": shapes.of(row.answer), "example": row.example}}
    content |= {name: {"schema": {"type": "string"}} for name in row.also_types}
    operation: Schema = {
        "tags": [row.tag],
        "summary": row.summary,
        "operationId": row.name,
        **({"description": row.description} if row.description else {}),
        "parameters": _parameters(known, row),
        "responses": _responses(row, content, shapes),
    }
    if row.body is not None:
        sent = {"schema": shapes.of(row.body), "example": row.body_example}
        operation["requestBody"] = {"required": True, "content": {row.body_type: sent}}
    return operation | {"security": _security(row)}


def _security(row: Operation) -> list[Schema]:
    if row.by_session:
        return [{_SESSION: []}]
    return [{_KEY: [row.scope]}] if row.scope else []


def _responses(row: Operation, content: Schema, shapes: _Shapes) -> Schema:
    headers = {name: {"schema": {"type": "integer"}} for name in _RATE_HEADERS} if 429 in row.refusals else {}
    told = {"headers": headers} if headers and row.scope else {}
    refusal = {"application/json": {"schema": shapes.of(row.errors.type), "example": row.errors.example}}
    return {str(row.status): {"description": row.summary, **told, "content": content}} | {
        str(status): {"description": REFUSALS[status], **_again(status), "content": refusal}
        for status in sorted(row.refusals)
    }


def _again(status: int) -> Schema:
    wait = {"Retry-After": {"description": "seconds", "schema": {"type": "integer"}}}
    return {"headers": wait} if status in (429, 503) else {}


def _parameters(known: Schema, row: Operation) -> list[Schema]:
    told = [_described(one, row) for one in known.get("parameters", [])]
    names = {one["name"] for one in told}
    return told + [_added(name) for name in row.parameters if name not in names]


def _described(parameter: Schema, row: Operation) -> Schema:
    name = parameter["name"]
    if "example" in parameter or name not in PARAMETERS:
        return parameter
    about = BY_TAG.get(row.tag, {}).get(name, PARAMETERS[name])
    schema = {key: value for key, value in parameter["schema"].items() if key != "title"}
    required = {"required": True} if about.is_required or parameter["in"] == "path" else {}
    return parameter | {"description": about.text, "example": about.example, "schema": schema} | required


def _added(name: str) -> Schema:
    about = PARAMETERS[name]
    place = {"name": name, "in": "query", "description": about.text, "example": about.example}
    return place | {"schema": about.schema} | ({"required": True} if about.is_required else {})
