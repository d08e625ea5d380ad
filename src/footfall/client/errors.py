"""What can go wrong.

ClientError
├── Refused          the server answered with an error
│   └── AskedTooOften    429: ask again in ``retry_after_seconds``
├── NotAnswered      no answer that can be read came
└── NotSent          events could not be sent in time; what is sure of them is told
"""

from collections.abc import Sequence
from typing import Any

import httpx2 as httpx
import msgspec


class ClientError(Exception):
    """Base of all errors of the client."""


class Refused(ClientError):
    """The server answered with an error: ``status``, its ``code`` where it told one, and the ``field`` to blame."""

    def __init__(self, status: int, message: str, *, code: str = "", field: str = "") -> None:
        super().__init__(f"{message} (status {status})")
        self.status = status
        self.message = message
        self.code = code
        self.field = field


class AskedTooOften(Refused):
    """The key asked more often than it may; ask again in ``retry_after_seconds``."""

    def __init__(self, message: str, retry_after_seconds: float) -> None:
        super().__init__(429, message, code="too_many_requests")
        self.retry_after_seconds = retry_after_seconds


class NotAnswered(ClientError):
    """No answer came, or none that can be read."""


class NotSent(ClientError):
    """Some events could not be sent in time.

    ``events`` are those, each with its id: send them again, and none is stored twice.
    """

    def __init__(self, message: str, events: Sequence[Any]) -> None:
        super().__init__(message)
        self.events = tuple(events)


def refusal(answer: httpx.Response) -> Refused:
    """The error that an answer tells, in any of the shapes the server has for it."""
    message, code, field = _told(answer.content)
    message = message or answer.reason_phrase or "The server refused"
    if answer.status_code == 429:
        return AskedTooOften(message, retry_after(answer))
    return Refused(answer.status_code, message, code=code, field=field)


def retry_after(answer: httpx.Response) -> float:
    """The seconds after which to try again; 1 where the server does not tell."""
    told = answer.headers.get("retry-after", "")
    return float(told) if told.isascii() and told.isdigit() else 1.0


def _told(body: bytes) -> tuple[str, str, str]:
    try:
        error = msgspec.json.decode(body)["error"]
    except (msgspec.DecodeError, KeyError, TypeError):
        return "", "", ""
    if isinstance(error, dict):
        return str(error.get("message", "")), str(error.get("code", "")), str(error.get("field", ""))
    return str(error), "", ""
