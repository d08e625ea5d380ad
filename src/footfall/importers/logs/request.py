"""A line of a log once understood, or why it is not counted."""

from enum import StrEnum

import msgspec


class SkipReason(StrEnum):
    """Why a line gives no page view; the value is what the summary shows."""

    MALFORMED = "malformed"
    STATIC_FILE = "static_file"
    FEED = "feed"
    OTHER_HOST = "other_host"
    OTHER_METHOD = "other_method"
    REDIRECT = "redirect"
    ERROR = "error"
    NO_AGENT = "no_agent"
    EXCLUDED = "excluded"


class Skipped(msgspec.Struct, frozen=True):
    """A line that gives no page view. ``detail`` never quotes the line: it may hold an address."""

    line_number: int
    reason: SkipReason
    detail: str = ""


class LoggedRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One request as a server logged it; text that was not logged is empty."""

    line_number: int
    at_ms: int
    path: str  # with its query
    method: str = "GET"
    host: str = ""
    status: int = 200
    referrer: str = ""
    content_type: str = ""
    address: str = ""
    user_agent: str | None = None  # None where the format has none, empty where the client sent none

    def __repr__(self) -> str:
        # Whatever prints a request (a traceback, an assertion, a log call) must not print who made it.
        return f"LoggedRequest(line_number={self.line_number}, at_ms={self.at_ms}, method={self.method!r})"
