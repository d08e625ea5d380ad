"""Bodies as Plausible's clients send them: JSON, or a form where ``a[b]`` stands for ``b`` inside ``a``."""

import json
import re
from typing import Any

from fastapi import Request

from footfall.errors import InvalidInput, TooLarge

_MAX_BYTES = 64_000
_NESTED = re.compile(r"(\w+)\[(\w+)\]")
_FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


async def read_body(request: Request) -> dict[str, Any]:
    """Return the fields of the body; raises InvalidInput if there is no reading it, TooLarge past 64 kB."""
    if int(request.headers.get("content-length") or 0) > _MAX_BYTES:
        raise TooLarge(f"The body may have at most {_MAX_BYTES:,} bytes.")
    if request.headers.get("content-type", "").startswith(_FORM_TYPES):
        return _nested(
            [(name, value) for name, value in (await request.form()).multi_items() if isinstance(value, str)]
        )
    try:
        fields = json.loads(await request.body() or b"{}")
    except ValueError as error:
        raise InvalidInput("The body is no JSON.") from error
    if not isinstance(fields, dict):
        raise InvalidInput("The body must be a JSON object.")
    return fields


def text_field(fields: dict[str, Any], name: str, default: str | None = None) -> str:
    """Return a field that must be text; raises InvalidInput if it is missing without ``default``, or is none."""
    value = fields.get(name, default)
    if value is None or value == "":
        raise InvalidInput(f"Parameter `{name}` is required.", field=name)
    if not isinstance(value, str):
        raise InvalidInput(f"Parameter `{name}` must be text.", field=name)
    if not _is_storable(value):
        raise InvalidInput(f"Parameter `{name}` holds half of a surrogate pair or a NUL, which is no text.", field=name)
    return value


def _is_storable(text: str) -> bool:
    """JSON may spell characters that no encoding has and no database takes."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _nested(items: list[tuple[str, str]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in items:
        inside = _NESTED.fullmatch(name)
        if inside:
            fields.setdefault(inside[1], {})[inside[2]] = value
        else:
            fields[name] = value
    return fields
