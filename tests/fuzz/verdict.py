"""Whether an answer is one that a bad request may get."""

import json
from collections.abc import Callable, Mapping
from typing import Any

_GIF = b"GIF89a"


def complaint(wire_shape: str, answer: bytes) -> str:
    """What is wrong with an answer; empty where nothing is. No answer at all is fine: the connection was closed."""
    if not answer:
        return ""
    head, _, body = answer.partition(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    if status >= 500:
        return f"status {status}"
    if status < 400 or status == 405:
        return ""
    shapes = (_SHAPES[wire_shape], _is_native)  # what no door has seen yet is refused in the native shape
    return "" if any(is_right(head.lower(), body) for is_right in shapes) else f"status {status} with {body[:200]!r}"


def _is_native(head: bytes, body: bytes) -> bool:
    error = _object(body).get("error")
    return (
        isinstance(error, dict) and {"code", "message"} <= error.keys() and not {"traceback", "detail"} & error.keys()
    )


def _is_plausible(head: bytes, body: bytes) -> bool:
    errors = _object(body).get("errors")
    return isinstance(errors, dict) and all(isinstance(words, list) and words for words in errors.values())


def _is_umami(head: bytes, body: bytes) -> bool:
    error = _object(body).get("error")
    return isinstance(error, dict) and {"code", "message", "status"} <= error.keys()


def _is_goatcounter(head: bytes, body: bytes) -> bool:
    return body.startswith(_GIF) and b"x-goatcounter: " in head


def _is_goatcounter_api(head: bytes, body: bytes) -> bool:
    said = _object(body)
    return isinstance(said.get("error"), str) or isinstance(said.get("errors"), dict)


def _object(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


_SHAPES: Mapping[str, Callable[[bytes, bytes], bool]] = {
    "native": _is_native,
    "pixel": _is_native,
    "plausible": _is_plausible,
    "umami": _is_umami,
    "goatcounter": _is_goatcounter,
    "goatcounter api": _is_goatcounter_api,
}
