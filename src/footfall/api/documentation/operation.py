"""One row of the description, and the shapes that errors come in."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec import Struct

Schema = dict[str, Any]


class ErrorBody(Struct, frozen=True):
    """What is wrong and what to do, and the field that is to blame where there is one."""

    code: str
    message: str
    field: str = ""


class Error(Struct, frozen=True):
    """An error of Footfall's own routes."""

    error: ErrorBody


class TextError(Struct, frozen=True):
    """An error as Plausible's clients read it."""

    error: str


class UmamiErrorBody(Struct, frozen=True):
    """What is wrong."""

    message: str
    code: str
    status: int


class UmamiError(Struct, frozen=True):
    """An error as Umami's clients read it."""

    error: UmamiErrorBody


class ErrorShape(NamedTuple):
    """How a kind of routes tells errors: the type, and an example."""

    type: type[Struct]
    example: Any


OWN = ErrorShape(
    Error,
    {"error": {"code": "invalid_input", "message": "Parameter `limit` is a number from 1 to 1,000.", "field": "limit"}},
)
TEXT = ErrorShape(TextError, {"error": 'Invalid metric "visitor".'})
UMAMI = ErrorShape(UmamiError, {"error": {"message": "There is no type pth.", "code": "invalid-input", "status": 400}})

REFUSALS = {
    400: "Something that was sent cannot be understood; the message names it.",
    401: "No key, or none that fits.",
    402: "The plan of the team has no room for it; only installs with plans say so.",
    403: "The caller is known and may not do this.",
    404: "There is no such thing, or the key does not reach it.",
    408: "The request took too long to arrive.",
    409: "It exists already.",
    413: "The body is over its limit.",
    422: "The question needs too much time or memory.",
    429: "Too many requests; `Retry-After` says in how many seconds to try again.",
    503: "Not for now; `Retry-After` says when to try again.",
}
"""What each status means; the rows say which of them an operation may answer."""

ASKED_WITH_KEY = (400, 401, 402, 403, 404, 429)
QUESTION = (*ASKED_WITH_KEY, 422, 503)
SENT_WITH_KEY = (*ASKED_WITH_KEY, 409, 413)


class Operation(NamedTuple):
    """One operation.

    ``answer`` is the type or the schema of the answer, ``example`` one of them; ``body`` and ``body_example`` are the
    same for what is sent. Without a ``scope`` it needs no key. ``parameters`` are those FastAPI does not know.
    """

    route: str
    name: str
    tag: str
    summary: str
    answer: Any
    example: Any
    scope: str = ""
    errors: ErrorShape = OWN
    refusals: tuple[int, ...] = ASKED_WITH_KEY
    body: Any = None
    body_example: Any = None
    body_type: str = "application/json"
    parameters: tuple[str, ...] = ()
    description: str = ""
    media_type: str = "application/json"
    status: int = 200
    also_types: tuple[str, ...] = ()
    """Other media types the answer may have."""
    components: Mapping[str, Schema] = {}
    """Schemas that ``answer`` and ``body`` refer to, where they are none of types."""
    by_session: bool = False
    """It needs the session of a browser."""

    @property
    def method(self) -> str:
        """The method as the description writes it."""
        return self.route.partition(" ")[0].lower()

    @property
    def path(self) -> str:
        """The path with its parameters in braces."""
        return self.route.partition(" ")[2]
