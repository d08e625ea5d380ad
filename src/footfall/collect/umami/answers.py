"""What Umami's clients read: its answers and its shape of errors."""

from typing import Any

from footfall.collect import http
from footfall.collect.http import Response
from footfall.collect.refusals import refusal_headers
from footfall.domain import DropReason
from footfall.errors import FootfallError, InvalidInput, NotAllowed, NotFound, NotSignedIn, Unavailable


class NoSuchWebsite(InvalidInput):
    """The payload names a website, link or pixel that nobody has."""


class IncorrectPassword(NotSignedIn):
    """A name and a password that do not belong together."""


_CODES: dict[type[FootfallError], str] = {
    IncorrectPassword: "incorrect-username-password",
    InvalidInput: "bad-request",
    NotSignedIn: "unauthorized",
    NotAllowed: "forbidden",
    NotFound: "not-found",
    Unavailable: "unavailable",
}
_FIELDS = {"props": "data", "user_agent": "userAgent", "visitor": "id"}  # where intake's name differs


def error_body(error: FootfallError) -> dict[str, Any]:
    """An error as Umami tells it: where a field is to blame, a tree of fields with the sentence at its leaf."""
    if not isinstance(error, InvalidInput) or isinstance(error, NoSuchWebsite):
        return {"error": {"message": error.message, **code_of(error)}}
    return {"error": {"message": "Bad request", **code_of(error), **_tree(_path(error.field), error.message)}}


def error_response(error: FootfallError) -> Response:
    """The same as a response."""
    return http.json(error.status, error_body(error), *refusal_headers(error))


def code_of(error: FootfallError) -> dict[str, Any]:
    """The code and the status of an error."""
    code = next((code for kind, code in _CODES.items() if isinstance(error, kind)), error.code.replace("_", "-"))
    return {"code": code, "status": error.status}


def _path(field: str | None) -> list[str]:
    parts = field.split(".") if field else []
    if not parts or parts[0] in ("type", "payload"):
        return parts
    return ["payload", _FIELDS.get(parts[0], parts[0]), *parts[1:]]


def _tree(path: list[str], message: str) -> dict[str, Any]:
    if not path:
        return {"errors": [message]}
    return {"errors": [], "properties": {path[0]: _tree(path[1:], message)}}


OF_DROPS: dict[DropReason, tuple[int, dict[str, Any]]] = {  # reason → status and body; the rest look like success
    DropReason.BOT: (200, {"beep": "boop"}),
    DropReason.SHIELD_ADDRESS: (403, error_body(NotAllowed("Forbidden"))),
}
